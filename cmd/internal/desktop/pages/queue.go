package pages

import (
	"context"
	"strconv"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// queueAPage is how many orders the list shows at a time: each has a digit and a place
// for a finger.
const queueAPage = 6

// selectedQueue is the page of the list, from 0, among the shell's selections.
const selectedQueue = "queue-page"

// Queue is the orders that are still to pack.
type Queue struct {
	*shell.Shell
	part screen.QueuePart // "": next
	text string
	read queueList
	open bool
}

// wanted is what the page wants of the database.
type wanted struct {
	part screen.QueuePart
	text string
	page int
}

// queueList is what the page shows of it, all of one reading.
type queueList struct {
	of     wanted
	orders []screen.QueuedOrder
	counts map[screen.QueuePart]int // nil: nothing is read
}

// Choose takes another part, or another text to search for.
func (p *Queue) Choose(part, text string) {
	p.part, p.text, p.Stale = screen.QueuePart(part), text, true
	delete(p.Selected, selectedQueue)
}

// Find searches all parts for a text.
func (p *Queue) Find(text string) { p.Choose(string(p.part), text) }

func (p *Queue) wants() wanted {
	page, _ := strconv.Atoi(p.Selected[selectedQueue])
	w := wanted{p.part, p.text, page}
	if w.part == "" {
		w.part = screen.QueueNext
	}
	return w
}

// Reading reads one page of one part, by its index, however many orders there are.
func (p *Queue) Reading() shell.Reading {
	want, bench := p.wants(), p.Bench.Station
	return func(ctx context.Context, _ say.Names) (func(), error) {
		list, err := readQueue(ctx, p.Folder, bench, want)
		return func() {
			if want != p.wants() { // something else was chosen meanwhile
				p.Stale = true
				return
			}
			p.read = list
			p.part = list.of.part
			p.Selected[selectedQueue] = strconv.Itoa(list.of.page)
		}, err
	}
}

func readQueue(ctx context.Context, d *folder.Folder, bench string, want wanted) (queueList, error) {
	f := store.QueueFilter{Station: bench, Now: d.Clock(), Text: want.text, Limit: queueAPage}
	counts, err := d.Store.CountQueue(ctx, f)
	if err != nil {
		return queueList{}, err
	}
	list := queueList{of: want, counts: map[screen.QueuePart]int{}}
	for kind, n := range counts {
		list.counts[screen.QueuePart(kind)] = n
	}
	if want.text != "" && list.counts[want.part] == 0 { // it is shown where it is
		for _, part := range []screen.QueuePart{screen.QueueShort, screen.QueueHeld, screen.QueueWaiting, screen.QueueNext} {
			if list.counts[part] > 0 {
				list.of.part = part
			}
		}
	}
	if n := list.counts[list.of.part]; want.page*queueAPage >= n { // the last ones were packed meanwhile
		list.of.page = max(n-1, 0) / queueAPage
	}
	f.Kind, f.Skip = store.QueueKind(list.of.part), list.of.page*queueAPage
	queued, err := d.Store.Queue(ctx, f)
	for _, q := range queued {
		list.orders = append(list.orders, queuedOrder(q))
	}
	return list, err
}

func queuedOrder(q store.Queued) screen.QueuedOrder {
	o := screen.QueuedOrder{ID: q.ID, Called: q.Called(), To: q.To, Units: q.Units(), ShipBy: q.ShipBy, Status: q.Status, Reason: q.Reason, Bench: q.Holder}
	if q.Progress.State == store.ProgressShort {
		o.Short = q.Progress.Short
	}
	if q.Progress.State == store.ProgressParked || q.Progress.State == store.ProgressPacking {
		o.Bench, o.Parked = q.Progress.Station, q.Progress.State == store.ProgressParked
	}
	return o
}

func (p *Queue) View(frame screen.Frame) screen.View {
	s, r := p.Bench.Engine.State(), p.read
	frame.Unread = r.counts == nil
	return screen.Queue(screen.QueueInputs{
		Frame: frame, Part: r.of.part, Orders: r.orders, Counts: r.counts, First: r.of.page * queueAPage, APage: queueAPage, Text: r.of.text,
		Here: s.Parked, Free: s.Phase == pack.Idle && s.Loading == nil && s.Question == nil,
		May: p.May(people.Orders), Said: p.Said, Home: p.Folder.Sender().Country,
	})
}

// PutBack has what was left out of an order packed, in the name of the person at the bench.
func (p *Queue) PutBack(id string) {
	p.AtDesk(func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		_, err := d.QueueRest(ctx, who, id)
		return err
	}, func(err error) {
		said := p.Language().Phrase("It is among the next orders again")
		if err != nil {
			said = say.Sentence(shell.FirstLine(err))
		}
		p.Say(screen.About("queue", "orders"), said)
	})
}

// Follow returns what takes scans while the page is open, nil while it is not: answer
// cards are the numbers of the orders, and the card Back leaves the page. Whatever
// else is scanned stays with the bench, which opens it.
func (p *Queue) Follow(s pack.State) (take func(engine.Scan) bool) {
	was := p.open
	p.open = p.Page == screen.PageQueue && s.Phase == pack.Idle && s.Question == nil
	switch {
	case p.open:
		return p.divert
	case was:
		p.read = queueList{} // what it showed is old when it is opened again
	}
	return nil
}

// divert takes the cards of the page, on the goroutine of their device.
func (p *Queue) divert(scan engine.Scan) bool {
	own, _ := folder.CutPrefixFold(scan.Data, folder.OwnPrefix)
	kind, value, _ := strings.Cut(strings.ToLower(own), ":")
	if kind != string(pack.MeansAnswer) && own != "command:back" {
		return false
	}
	p.Do(func() { p.card(scan, value) })
	return true
}

// card opens the order with the number of an answer card.
func (p *Queue) card(scan engine.Scan, value string) {
	if !p.open { // the page was left meanwhile
		p.Bench.Engine.Post(scan)
		return
	}
	if value == "back" {
		p.Open("")
		return
	}
	for _, row := range p.View(screen.Frame{}).Queue.Rows {
		if row.Open.Enabled && row.Open.Key == value && row.Open.Intent.Kind == screen.IntentRequeue {
			p.PutBack(row.Open.Intent.Name)
			return
		}
		if row.Open.Enabled && row.Open.Key == value {
			scan.AIM, scan.Data = "", row.Open.Intent.Value
			p.Bench.Engine.Post(scan)
			return
		}
	}
	p.Live().Judged(scan.Device, pack.Refused)
}

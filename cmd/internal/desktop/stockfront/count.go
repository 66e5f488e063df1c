package stockfront

import (
	"context"
	"strconv"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/stockroom"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/stock"
)

const (
	dueAPage    = 4
	dueShown    = 300
	selectedDue = "due-page" // from 0
)

// Count is the page of a stock count: a walk from bin to bin.
type Count struct {
	*shell.Shell
	walk *stockroom.Walk // nil while it is not begun, or has to be read again
	of   string          // whose walk it is
	who  string          // who is at the page
	open bool
	todo []task // what was scanned and touched, in its order
	busy bool   // one of it is being done
	now  bin    // as it is shown
	done bin    // that was ended last
	last screen.CountSaid
	due  due
	edit string // the product whose number is being typed

	reading   bool     // an RFID reader counts
	strangers []string // tags that it saw, and that should not lie in the bin
}

// bin is what stands on the page of one.
type bin struct {
	code    string
	found   []screen.CountedUnits
	others  []string
	results []screen.CountResult
}

// due is what should be counted, all of one reading.
type due struct {
	page int
	list []screen.DueCount
	all  int
	read bool
}

// task is one thing to do with the walk, in the background.
type task struct {
	who    string
	do     func(ctx context.Context, w *stockroom.Walk) (stockroom.Heard, error)
	device string // that scanned, "" for a touch
	scan   engine.Scan
}

// Opened begins where the person left off. What is still to be done of before is done.
func (p *Count) Opened() {
	p.who, p.last, p.now, p.done, p.due, p.edit, p.strangers = "", screen.CountSaid{}, bin{}, bin{}, due{}, "", nil
	delete(p.Selected, selectedDue)
}

// Follow returns what takes scans while the page is open and the bench is idle, nil
// while it is not. A badge, and a card of the bench, go to the bench.
func (p *Count) Follow(s pack.State) (take func(engine.Scan) bool) {
	p.open = p.Page == screen.PageCount && s.Phase == pack.Idle && s.Question == nil && s.Person.ID != ""
	if !p.open {
		return nil
	}
	if p.who != s.Person.ID { // somebody else begins, or goes on, with their own
		p.Opened()
		p.who = s.Person.ID
		p.add(task{do: func(context.Context, *stockroom.Walk) (stockroom.Heard, error) { return stockroom.Heard{}, nil }})
	}
	return p.divert
}

// divert takes a scan, on the goroutine of its device.
func (p *Count) divert(scan engine.Scan) bool {
	own, is := folder.CutPrefixFold(scan.Data, folder.OwnPrefix)
	if is && !startsWith(own, "bin:") && !startsWith(own, "quantity:") && own != "command:back" {
		return false
	}
	p.Do(func() {
		switch {
		case !p.open: // the page was left meanwhile
			p.Bench.Engine.Post(scan)
		case own == "command:back" && is:
			p.Open("")
		default:
			p.add(task{device: scan.Device, scan: scan, do: func(ctx context.Context, w *stockroom.Walk) (stockroom.Heard, error) { return w.Line(ctx, scan.Data) }})
		}
	})
	return true
}

func startsWith(text, prefix string) bool {
	_, is := folder.CutPrefixFold(text, prefix)
	return is
}

// add has something done after all that was there before.
func (p *Count) add(t task) {
	t.who = p.who
	p.todo = append(p.todo, t)
	p.next()
}

// next does the first thing that waits, in the background: each is on the disk before it
// is shown.
func (p *Count) next() {
	if p.busy || len(p.todo) == 0 {
		return
	}
	t := p.todo[0]
	p.todo, p.busy = p.todo[1:], true
	walk, room := p.walk, stockroom.New(p.Folder)
	if p.of != t.who {
		walk = nil
	}
	p.Ask(func(ctx context.Context) func() {
		var heard stockroom.Heard
		var err error
		if walk == nil {
			walk, err = resume(ctx, room, t.who)
		}
		if err == nil {
			heard, err = t.do(ctx, walk)
		}
		var now bin
		if walk != nil {
			now = shown(walk)
		}
		if err != nil {
			walk = nil // what is on the disk counts
		}
		return func() {
			p.busy, p.walk, p.of = false, walk, t.who
			if p.who == t.who {
				p.came(t, heard, now, err)
			}
			p.next()
		}
	})
}

func resume(ctx context.Context, room stockroom.Room, who string) (*stockroom.Walk, error) {
	asker, err := desk.New(room.Folder).AskerAt(ctx, who)
	if err != nil {
		return nil, err
	}
	return room.Resume(ctx, asker.Person)
}

func shown(w *stockroom.Walk) bin {
	code, found, others := w.Bin()
	b := bin{code: code, others: others}
	for _, f := range found {
		b.found = append(b.found, screen.CountedUnits(f))
	}
	return b
}

// came shows what something led to.
func (p *Count) came(t task, h stockroom.Heard, now bin, err error) {
	was := p.now.code
	if err == nil {
		p.now = now
	}
	kind := pack.Accepted
	switch {
	case err != nil:
		kind = pack.Refused
		p.last = screen.CountSaid{Kind: kind, Why: shell.FirstLine(err)}
	case h.Kind == stockroom.HeardBadge: // who it belongs to takes the bench
		p.Bench.Engine.Post(t.scan)
		return
	case h.Kind == stockroom.HeardStranger:
		kind = pack.Refused
		p.last = screen.CountSaid{Kind: kind, Code: h.Code, Why: h.Why}
	case h.Kind == stockroom.HeardItem:
		p.last = screen.CountSaid{Kind: kind, SKU: h.SKU, Name: h.Name, Bin: h.Bin}
	default:
		p.last = screen.CountSaid{}
	}
	if len(h.Ended) > 0 || was != "" && was != now.code && err == nil {
		p.done = bin{code: was}
		for _, r := range h.Ended {
			p.done.results = append(p.done.results, screen.CountResult{SKU: r.SKU, Name: r.Name, Counted: r.Counted, Outcome: r.Outcome, Diff: r.Diff, Case: r.Case})
		}
		p.Stale = true
	}
	if t.device != "" {
		p.Live().Judged(t.device, kind)
	}
}

// Reading reads what should be counted, while no bin is in hand.
func (p *Count) Reading() shell.Reading {
	room, page := stockroom.New(p.Folder), p.page()
	return func(ctx context.Context, _ say.Names) (func(), error) {
		list, all, err := room.Due(ctx, dueShown)
		if err != nil {
			return nil, err
		}
		got := due{page: page, all: len(list), read: true}
		if got.page*dueAPage >= len(list) {
			got.page = max(len(list)-1, 0) / dueAPage
		}
		first := got.page * dueAPage
		for _, d := range list[first:min(len(list), first+dueAPage)] {
			got.list = append(got.list, screen.DueCount{Bin: d.Bin, SKU: d.SKU, Name: d.Name, Why: d.Why})
		}
		got.all = min(all, dueShown)
		return func() {
			if page != p.page() {
				p.Stale = true
				return
			}
			p.due = got
			p.Selected[selectedDue] = strconv.Itoa(got.page)
		}, nil
	}
}

func (p *Count) page() int {
	page, _ := strconv.Atoi(p.Selected[selectedDue])
	return max(page, 0)
}

// View is the page.
func (p *Count) View(frame screen.Frame) screen.View {
	frame.Unread = p.now.code == "" && !p.due.read
	in := screen.CountInputs{
		Frame: frame, Bin: p.now.code, Found: p.now.found, Others: p.now.others, Last: p.last, Due: p.due.list, DueAll: p.due.all,
		First: p.due.page * dueAPage, APage: dueAPage, Ended: p.done.code, Results: p.done.results, Readers: p.readers(), Reading: p.reading,
	}
	p.strange(&in)
	return screen.Count(in)
}

// Act carries out what a person touched on the page.
func (p *Count) Act(in screen.Intent) {
	if !p.open {
		return
	}
	line := func(text string) {
		p.strangers = nil
		p.add(task{do: func(ctx context.Context, w *stockroom.Walk) (stockroom.Heard, error) { return w.Line(ctx, text) }})
	}
	switch in.Name {
	case screen.CountBin:
		line("bin " + in.Value)
	case screen.CountEnd:
		line("end")
	case screen.CountReader:
		p.byReader(in.Value)
	case screen.CountPark: // it is kept
		p.Open("")
	case screen.CountNumber:
		if p.edit = in.Value; p.edit != "" {
			p.Entry = entry(screen.EntryCounted, "", "")
		}
	}
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Count) Typed(field, text string) bool {
	switch field {
	case screen.EntryCounted:
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > stock.MaxQty {
			p.Entry = entry(field, text, "A whole number, 0 for none")
			return true
		}
		if sku := p.edit; p.open && sku != "" {
			p.add(task{do: func(ctx context.Context, w *stockroom.Walk) (stockroom.Heard, error) { return w.Set(ctx, sku, n) }})
		}
	case screen.EntryCountBin:
		if err := stock.CheckBin(text); err != nil {
			p.Entry = entry(field, text, say.Sentence(err.Error()))
			return true
		}
		p.Act(screen.Intent{Name: screen.CountBin, Value: text})
	default:
		return false
	}
	return true
}

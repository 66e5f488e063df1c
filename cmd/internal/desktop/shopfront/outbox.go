package shopfront

import (
	"context"
	"strconv"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder/once"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// outboxAPage is how many entries the list shows at a time.
const outboxAPage = 20

// Selections of the outbox, in the shell.
const (
	selectedEntry = "entry"
	selectedPage  = "outbox-page" // from 0
)

// Outbox is the page of what shops are still to be told.
type Outbox struct {
	*shell.Shell
	part screen.OutboxPart
	read entries
	why  string // the entry of which it is asked why it is not to be sent
	busy string // the entry that something is done with
	lamp stuck
}

// stuck is what should have been told long ago.
type stuck struct{ refused, unknown int }

// wish is what the page wants of the database.
type wish struct {
	part   screen.OutboxPart
	page   int
	chosen int64
}

// entries is what the page shows, all of one reading.
type entries struct {
	of     wish
	list   []screen.OutboxEntry
	shown  *screen.OutboxEntry
	counts map[screen.OutboxPart]int // nil: nothing is read
	team   bool                      // some of them go to the team
}

// Choose takes another part of the outbox.
func (p *Outbox) Choose(part string) {
	p.part, p.why, p.Stale = screen.OutboxPart(part), "", true
	delete(p.Selected, selectedEntry)
	delete(p.Selected, selectedPage)
}

// Opened shows all that is open, and one entry of it where that is named.
func (p *Outbox) Opened(entry string) {
	p.read, p.busy = entries{}, ""
	p.Choose("")
	if entry != "" {
		p.Selected[selectedEntry] = entry
	}
}

func (p *Outbox) wants() wish {
	page, _ := strconv.Atoi(p.Selected[selectedPage])
	chosen, _ := strconv.ParseInt(p.Selected[selectedEntry], 10, 64)
	return wish{p.part, max(page, 0), chosen}
}

// long is for how long an answer may be unknown before people are told.
const long = 5 * time.Minute

// Watch reads what should have been told long ago, for the lamp of every page.
func (p *Outbox) Watch() shell.Reading {
	from := p.Folder
	return func(ctx context.Context, _ say.Names) (func(), error) {
		var got stuck
		var err error
		got.refused, got.unknown, err = from.Store.StuckEntries(ctx, from.Clock().Add(-long))
		return func() { p.lamp = got }, err
	}
}

// Lamp is that of the outbox; there is none while all is well.
func (p *Outbox) Lamp() screen.Lamp {
	return screen.OutboxLamp(p.Language(), p.lamp.refused, p.lamp.unknown)
}

// Reading reads one page of one part, and the entry beside it.
func (p *Outbox) Reading() shell.Reading {
	want := p.wants()
	return func(ctx context.Context, _ say.Names) (func(), error) {
		got, err := readOutbox(ctx, p.Folder.Store, want)
		return func() {
			if want != p.wants() {
				p.Stale = true
				return
			}
			p.read = got
			p.Selected[selectedPage] = strconv.Itoa(got.of.page)
			if got.shown != nil { // it stays in front of the person
				p.Selected[selectedEntry] = strconv.FormatInt(got.shown.ID, 10)
				p.read.of.chosen = got.shown.ID
			}
		}, err
	}
}

func readOutbox(ctx context.Context, from *store.Store, want wish) (entries, error) {
	out := entries{of: want, counts: map[screen.OutboxPart]int{}}
	counts, err := from.CountEntries(ctx)
	if err != nil {
		return out, err
	}
	for _, c := range counts {
		out.counts[screen.OutboxPart(c.State)] += c.N
		out.team = out.team || c.Team()
		if c.State != store.EntryGivenUp {
			out.counts[screen.OutboxOpen] += c.N
		}
	}
	if n := out.counts[want.part]; want.page*outboxAPage >= n { // the last ones went out meanwhile
		out.of.page = max(n-1, 0) / outboxAPage
	}
	list, err := from.Entries(ctx, store.EntryFilter{
		State: store.EntryState(want.part), Due: want.part == screen.OutboxOpen, Skip: out.of.page * outboxAPage, Limit: outboxAPage,
	})
	if err != nil {
		return out, err
	}
	for _, e := range list {
		shown := entryShown(e)
		out.list = append(out.list, shown)
		if e.ID == want.chosen || want.chosen == 0 && out.shown == nil {
			out.shown = &shown
		}
	}
	if out.shown == nil && want.chosen != 0 {
		e, known, err := store.Known(from.Entry(ctx, want.chosen))
		if err != nil {
			return out, err
		}
		if known {
			shown := entryShown(e)
			out.shown = &shown
		}
	}
	return out, nil
}

func entryShown(e store.Entry) screen.OutboxEntry {
	called := e.Number
	if called == "" {
		called = e.Order
	}
	to, team := e.Target, e.Team()
	if team != "" {
		to = team
	}
	return screen.OutboxEntry{
		ID: e.ID, Shop: to, Team: team != "", Kind: string(e.Kind), Order: called, Parcel: e.Parcel, State: screen.OutboxPart(e.State), Tries: e.Tries,
		Added: e.Added, Next: e.Next, Answer: e.Answer,
	}
}

// View is the page.
func (p *Outbox) View(frame screen.Frame) screen.View {
	r := p.read
	frame.Unread = r.counts == nil
	in := screen.OutboxInputs{
		Frame: frame, Part: r.of.part, Entries: r.list, Counts: r.counts, First: r.of.page * outboxAPage, APage: outboxAPage, Said: p.Said, Shown: p.shown(), Team: r.team,
	}
	if in.Shown != nil {
		id := strconv.FormatInt(in.Shown.ID, 10)
		in.Why, in.Busy = p.why == id, p.busy == id
	}
	return screen.Outbox(in)
}

// shown is the entry on the right: the one that was touched, at once.
func (p *Outbox) shown() *screen.OutboxEntry {
	touched := p.wants().chosen
	for i := range p.read.list {
		if p.read.list[i].ID == touched {
			return &p.read.list[i]
		}
	}
	return p.read.shown
}

// current reports whether an entry is the one that is shown, to someone who may act on
// it, with nothing being done: what was meant for another one does nothing.
func (p *Outbox) current(id string) bool {
	s := p.shown()
	return p.Page == screen.PageOutbox && p.May(people.Outbox) && s != nil && strconv.FormatInt(s.ID, 10) == id && p.busy == ""
}

// Act carries out what a person touched on the page.
func (p *Outbox) Act(in screen.Intent) {
	if !p.current(in.Name) {
		return
	}
	switch in.Kind {
	case screen.IntentAgain:
		p.do(in.Name, "It is sent again", func(ctx context.Context, id int64, at time.Time) (bool, error) {
			return once.Again(ctx, p.Folder, id, at)
		})
	case screen.IntentGiveUp:
		switch in.Value {
		case "":
			p.why = in.Name
		case screen.GiveUpLeave:
			p.why = ""
		default:
			p.giveUp(in.Name, in.Value)
		}
	}
}

// Typed takes a reason that was typed; it reports whether the field was its own.
func (p *Outbox) Typed(field, text string) bool {
	if field != screen.EntryReason {
		return false
	}
	if p.why != "" && text != "" && p.current(p.why) {
		p.giveUp(p.why, text)
	}
	return true
}

func (p *Outbox) giveUp(id, reason string) {
	p.do(id, "It is not sent", func(ctx context.Context, id int64, at time.Time) (bool, error) {
		return once.GiveUp(ctx, p.Folder, id, reason, at)
	})
}

// do does something with an entry in the background, and says how it went.
func (p *Outbox) do(id, words string, act func(ctx context.Context, id int64, at time.Time) (bool, error)) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return
	}
	p.why, p.busy = "", id
	at, of := p.Folder.Clock(), screen.About("entry", id)
	p.Ask(func(ctx context.Context) func() {
		is, err := act(ctx, n, at)
		switch {
		case err != nil:
			words = say.Sentence(shell.FirstLine(err))
		case !is:
			words = "Nothing was changed: it is done by now, or was taken back"
		}
		return func() {
			p.busy, p.Stale = "", true
			p.Say(of, words)
		}
	})
}

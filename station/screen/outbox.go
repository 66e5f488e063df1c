package screen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// OutboxPart is a part of what is to be told, named as the store has it; "" is all that
// is still open.
type OutboxPart string

// The parts.
const (
	OutboxOpen    OutboxPart = ""
	OutboxWaiting OutboxPart = "waiting"
	OutboxUnknown OutboxPart = "unknown"
	OutboxRefused OutboxPart = "refused"
	OutboxGivenUp OutboxPart = "given-up"
)

// OutboxInputs is what the outbox is made of.
type OutboxInputs struct {
	Frame   Frame
	Part    OutboxPart
	Entries []OutboxEntry      // this page of the part, oldest first
	Counts  map[OutboxPart]int // how many each part has
	First   int                // how many come before this page
	APage   int
	Shown   *OutboxEntry // the one on the right, nil for none
	Why     bool         // it is asked why the shown one is not to be sent
	Busy    bool         // what was touched is being done
	Said    Said
	Team    bool // some of it goes to the team
}

// OutboxEntry is one thing that a shop, or the team, is to be told.
type OutboxEntry struct {
	ID     int64
	Shop   string // or who else is told
	Team   bool   // it goes to the team
	Kind   string // shipment, void…
	Order  string
	Parcel string
	State  OutboxPart // "done" and "withdrawn" besides
	Tries  int
	Added  time.Time
	Next   time.Time // not before; zero: now
	Answer string
}

// The field for a reason that is typed.
const EntryReason = "outbox-reason"

// OutboxView is the page of what shops and the team are still to be told.
type OutboxView struct {
	Title  string
	Tools  []Action
	Chips  []Action
	Rows   []OutboxRow
	Pages  []Action
	Paged  string // "1–20 of 60"
	Empty  string
	Well   bool
	Detail *OutboxDetail
}

// OutboxRow is one entry of the list.
type OutboxRow struct {
	Kind   pack.Kind
	Shape  Shape
	Title  string // "Shipment of order 1042"
	Sub    string // "web · refused after 3 tries"
	Age    string
	On     bool
	Select Action
}

// OutboxDetail is one entry in full.
type OutboxDetail struct {
	Kind    pack.Kind
	Shape   Shape
	Title   string
	Sub     string
	State   string // in one sentence
	Next    string // what happens, or what to do
	Said    string // the shop's last answer
	Asked   string // said over the reasons
	Actions []Action
	Saved   string
}

// Outbox makes the page.
func Outbox(in OutboxInputs) View {
	view := in.Frame.view(PageOutbox, "cases")
	v := &OutboxView{Title: "Outbox", Empty: "Every shop has been told", Well: true}
	if in.Part != OutboxOpen {
		v.Empty = "Nothing here"
	}
	if n := in.Counts[OutboxOpen]; n > 0 {
		v.Title = "Outbox: " + say.Many(n, "message") + " to shops"
		if in.Team {
			v.Title = "Outbox: " + say.Many(n, "message")
		}
	}
	v.Tools = []Action{{ID: "back", Label: "Back", Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCases)}}}
	for _, c := range []struct {
		part  OutboxPart
		label string
	}{{OutboxOpen, "All"}, {OutboxRefused, "Refused"}, {OutboxUnknown, "No answer"}, {OutboxWaiting, "Waiting"}, {OutboxGivenUp, "Not sent"}} {
		v.Chips = append(v.Chips, Action{
			ID: "outbox:" + string(c.part), Label: c.label, Count: in.Counts[c.part], Enabled: true, On: c.part == in.Part,
			Intent: Intent{Kind: IntentFilter, Value: string(c.part)},
		})
	}
	for _, e := range in.Entries {
		kind, state := e.stands()
		id := digits64(e.ID)
		v.Rows = append(v.Rows, OutboxRow{
			Kind: kind, Shape: ShapeOf(kind), Title: e.title(), Sub: e.Shop + " · " + state, Age: age(in.Frame.Lang, in.Frame.Now.Sub(e.Added)),
			On:     in.Shown != nil && in.Shown.ID == e.ID,
			Select: Action{ID: "entry:" + id, Label: e.title(), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "entry", Value: id}},
		})
	}
	v.Paged, v.Pages = turnPages("outbox-page", in.First, len(in.Entries), in.APage, in.Counts[in.Part])
	for i := range v.Pages {
		v.Pages[i].Label = []string{"Earlier", "Later"}[i]
	}
	if in.Frame.Unread {
		v.Empty, v.Well = beingRead, false
	}
	if in.Shown != nil {
		view.Of = About("entry", digits64(in.Shown.ID))
		v.Detail = in.detail(*in.Shown)
		v.Detail.Saved = in.Said.On(view.Of)
	}
	view.Outbox = v
	return view
}

func digits64(n int64) string { return fmt.Sprint(n) }

func (e OutboxEntry) title() string {
	what := map[string]string{
		"shipment": "Shipment", "void": "Cancelled shipment", "stock": "Stock", "return": "Return", "message": "Message", "sheet": "Sheet",
	}[e.Kind]
	if what == "" {
		what = say.Sentence(e.Kind)
	}
	if e.Order == "" {
		return what
	}
	return what + " of order " + e.Order
}

// stands says in a few words how far an entry has come.
func (e OutboxEntry) stands() (pack.Kind, string) {
	switch e.State {
	case OutboxRefused:
		return pack.Refused, "refused"
	case OutboxUnknown:
		return pack.Asked, "no answer yet"
	case OutboxGivenUp:
		return pack.Info, "not sent"
	case OutboxWaiting:
		if e.Tries > 0 {
			return pack.Asked, "tried " + times(e.Tries)
		}
		return pack.Info, "waiting"
	}
	return pack.Accepted, string(e.State)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// detail is the entry on the right.
func (in OutboxInputs) detail(e OutboxEntry) *OutboxDetail {
	kind, _ := e.stands()
	d := &OutboxDetail{Kind: kind, Shape: ShapeOf(kind), Title: e.title(), Said: e.Answer}
	parts := []string{"shop " + e.Shop}
	if e.Team {
		parts[0] = "to " + e.Shop
	}
	if e.Parcel != "" {
		parts = append(parts, "parcel "+e.Parcel)
	}
	d.Sub = strings.Join(append(parts, "since "+when(e.Added, in.Frame.Now), "entry "+digits64(e.ID)), " · ")
	later := ""
	if e.Next.After(in.Frame.Now) {
		later = " The next try is at " + e.Next.In(in.Frame.Now.Location()).Format("15:04") + "."
	}
	if d.State, d.Next = e.toShop(later); e.Team {
		d.State, d.Next = e.toTeam(later)
	}
	if e.over() {
		return d
	}
	open := e.State != OutboxGivenUp
	id := digits64(e.ID)
	add := func(a Action) {
		a.Enabled = !in.Busy
		d.Actions = append(d.Actions, a)
	}
	if in.Why && open {
		d.Asked = "Why is it not to be sent?"
		reasons := []string{"entered in the shop by hand", "the order was cancelled", "it was a test"}
		if e.Team {
			reasons = []string{"it came", "it is too old", "it was a test"}
		}
		for _, r := range reasons {
			add(Action{ID: "why:" + r, Label: say.Sentence(r), Intent: Intent{Kind: IntentGiveUp, Name: id, Value: r}})
		}
		add(Action{ID: "why:other", Label: "Another reason", Intent: Intent{Kind: IntentEdit, Name: EntryReason}})
		add(Action{ID: "why:back", Label: "Cancel", Key: "Esc", Command: "back", Intent: Intent{Kind: IntentGiveUp, Name: id, Value: GiveUpLeave}})
		return d
	}
	add(Action{ID: "entry:again", Label: "Send again", Primary: e.State == OutboxRefused, Intent: Intent{Kind: IntentAgain, Name: id}})
	if open {
		add(Action{ID: "entry:give-up", Label: "Do not send", Destructive: true, Intent: Intent{Kind: IntentGiveUp, Name: id}})
	}
	return d
}

// over reports whether nothing is left to do: it was told, or taken back before.
func (e OutboxEntry) over() bool {
	return !slices.Contains([]OutboxPart{OutboxWaiting, OutboxUnknown, OutboxRefused, OutboxGivenUp}, e.State)
}

// toShop says how far a message to a shop has come, and what to do.
func (e OutboxEntry) toShop(later string) (state, next string) {
	switch e.State {
	case OutboxWaiting:
		if e.Tries > 0 {
			return "Tried " + times(e.Tries) + ", not taken yet", "It is sent by itself." + later
		}
		return "Not sent yet", "It is sent by itself." + later
	case OutboxUnknown:
		return "Sent, and no answer came", "The shop is asked what it has before anything is sent again." + later
	case OutboxRefused:
		return "The shop refused it", "Put it right in the shop, then send it again; or enter it there by hand, and do not send it."
	case OutboxGivenUp:
		return "Not sent", "Somebody decided so. Send it again if that was wrong: what the shop has is asked first."
	case "withdrawn":
		return "Taken back", "The label was voided before the shop was told."
	}
	return "Done", "The shop has it."
}

// toTeam says how far a message to the team has come, and what to do.
func (e OutboxEntry) toTeam(later string) (state, next string) {
	switch e.State {
	case OutboxUnknown:
		return "It may have been sent", "Look there whether it came. If it did not, send it again: by itself it is not."
	case OutboxRefused:
		return "It was not taken", "Put it right in Settings, Messages, then send it again; or do not send it."
	case OutboxGivenUp:
		return "Not sent", "Somebody decided so. Send it again if that was wrong."
	case OutboxWaiting:
		if e.Tries > 0 {
			return "Tried " + times(e.Tries) + ", not taken yet", "It is sent by itself, and what happens meanwhile after it." + later
		}
		return "Not sent yet", "It is sent by itself." + later
	case "withdrawn":
		return "Taken back", "Nobody was to be told any more."
	}
	return "Done", "It was sent."
}

// GiveUpLeave is the Value of an IntentGiveUp that takes the question back.
const GiveUpLeave = "\x00"

// OutboxLamp is the lamp of what shops should have been told long ago; there is none
// while all is well.
func OutboxLamp(refused, unknown int) Lamp {
	var parts []string
	if refused > 0 {
		parts = append(parts, "refused "+say.Many(refused, "message"))
	}
	if unknown > 0 {
		parts = append(parts, "has not answered "+say.Many(unknown, "message"))
	}
	if len(parts) == 0 {
		return Lamp{}
	}
	return Lamp{
		Kind: "outbox", Name: fmt.Sprintf("outbox %d", refused+unknown), Colour: LampAmber,
		Words: "a shop " + strings.Join(parts, ", "), Fix: "a supervisor looks at the outbox, beside the cases",
	}
}

// entryOf is the entry of the outbox that a case is about, "" for none.
func entryOf(c cases.Case) string {
	if _, id, ok := strings.Cut(c.Scanned, ", entry "); ok && c.Kind == cases.KindShop {
		return id
	}
	return ""
}

// outbox offers the way to the outbox, where shops are told what has left.
func (v *CasesView) outbox(in CasesInputs) {
	if in.Shops {
		out := Action{ID: "page:outbox", Label: "Outbox", Key: in.Frame.keys()["outbox"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageOutbox)}}
		if in.Stuck > 0 {
			out.Label = fmt.Sprintf("Outbox %d", in.Stuck)
		}
		v.Search = append(v.Search, out)
	}
}

// targets are in the order in which they stand.
func (v *OutboxView) targets() []Action {
	out := slices.Clone(v.Chips)
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	out = append(out, v.Pages...)
	if v.Detail != nil {
		out = append(out, v.Detail.Actions...)
	}
	return append(out, v.Tools...)
}

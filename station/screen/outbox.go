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
	Kind     pack.Kind
	Shape    Shape
	Title    string
	Sub      string
	State    string // in one sentence
	Next     string // what happens, or what to do
	Said     string // the shop's last answer
	SaidWord string // over it
	Asked    string // said over the reasons
	Actions  []Action
	Saved    string
}

// Outbox makes the page.
func Outbox(in OutboxInputs) View {
	view := in.Frame.view(PageOutbox, "cases")
	l := in.Frame.Lang
	v := &OutboxView{Title: l.Phrase("Outbox"), Empty: l.Phrase("Every shop has been told"), Well: true}
	if in.Part != OutboxOpen {
		v.Empty = l.Phrase("Nothing here")
	}
	if n := in.Counts[OutboxOpen]; n > 0 {
		v.Title = l.Say("Outbox: {messages} to shops", "messages", l.Many(n, "message"))
		if in.Team {
			v.Title = l.Say("Outbox: {messages}", "messages", l.Many(n, "message"))
		}
	}
	v.Tools = []Action{{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCases)}}}
	for _, c := range []struct {
		part  OutboxPart
		label string
	}{{OutboxOpen, "All"}, {OutboxRefused, "Refused"}, {OutboxUnknown, "No answer"}, {OutboxWaiting, "Waiting"}, {OutboxGivenUp, "Not sent"}} {
		v.Chips = append(v.Chips, Action{
			ID: "outbox:" + string(c.part), Label: l.Phrase(c.label), Count: in.Counts[c.part], Enabled: true, On: c.part == in.Part,
			Intent: Intent{Kind: IntentFilter, Value: string(c.part)},
		})
	}
	for _, e := range in.Entries {
		kind, state := e.stands(l)
		id := digits64(e.ID)
		v.Rows = append(v.Rows, OutboxRow{
			Kind: kind, Shape: ShapeOf(kind), Title: e.title(l), Sub: e.Shop + " · " + state, Age: age(l, in.Frame.Now.Sub(e.Added)),
			On:     in.Shown != nil && in.Shown.ID == e.ID,
			Select: Action{ID: "entry:" + id, Label: e.title(l), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "entry", Value: id}},
		})
	}
	v.Paged, v.Pages = turnPages(l, "outbox-page", in.First, len(in.Entries), in.APage, in.Counts[in.Part])
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
	}
	if in.Frame.Unread {
		v.Empty, v.Well = l.Phrase(beingRead), false
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

func (e OutboxEntry) title(l say.Language) string {
	what := map[string]string{
		"shipment": "Shipment", "void": "Cancelled shipment", "stock": "Stock", "return": "Return", "message": "Message", "sheet": "Sheet",
	}[e.Kind]
	if what == "" {
		what = say.Sentence(e.Kind)
	}
	if what = l.Phrase(what); e.Order == "" {
		return what
	}
	return l.Say("{what} of order {no}", "what", what, "no", e.Order)
}

// stands says in a few words how far an entry has come.
func (e OutboxEntry) stands(l say.Language) (pack.Kind, string) {
	switch e.State {
	case OutboxRefused:
		return pack.Refused, l.Phrase("refused")
	case OutboxUnknown:
		return pack.Asked, l.Phrase("no answer yet")
	case OutboxGivenUp:
		return pack.Info, l.Phrase("not sent")
	case OutboxWaiting:
		if e.Tries > 0 {
			return pack.Asked, tried(l, e.Tries)
		}
		return pack.Info, l.Phrase("waiting")
	}
	return pack.Accepted, l.Phrase(string(e.State))
}

// tried says how often an entry was sent.
func tried(l say.Language, n int) string {
	if n == 1 {
		return l.Phrase("tried once")
	}
	return l.Say("tried {times}", "times", l.Many(n, "time"))
}

// detail is the entry on the right.
func (in OutboxInputs) detail(e OutboxEntry) *OutboxDetail {
	l := in.Frame.Lang
	kind, _ := e.stands(l)
	d := &OutboxDetail{Kind: kind, Shape: ShapeOf(kind), Title: e.title(l), Said: e.Answer, SaidWord: l.Phrase("The last answer")}
	parts := []string{l.Say("shop {shop}", "shop", e.Shop)}
	if e.Team {
		parts[0] = l.Say("to {who}", "who", e.Shop)
	}
	if e.Parcel != "" {
		parts = append(parts, l.Say("parcel {parcel}", "parcel", e.Parcel))
	}
	d.Sub = strings.Join(append(parts, l.Say("since {time}", "time", whenIn(l, e.Added, in.Frame.Now)), l.Say("entry {id}", "id", digits64(e.ID))), " · ")
	var waits bool
	if d.State, d.Next, waits = e.toShop(); e.Team {
		d.State, d.Next, waits = e.toTeam()
	}
	d.State, d.Next = l.Phrase(d.State), l.Phrase(d.Next)
	if e.State == OutboxWaiting && e.Tries > 0 {
		d.State = l.Say("{tried}, not taken yet", "tried", l.Sentence(tried(l, e.Tries)))
	}
	if waits && e.Next.After(in.Frame.Now) {
		later := l.Say("The next try is at {time}.", "time", e.Next.In(in.Frame.Now.Location()).Format("15:04"))
		d.Next = l.Say("{first} {second}", "first", d.Next, "second", later)
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
		d.Asked = l.Phrase("Why is it not to be sent?")
		reasons := []string{"entered in the shop by hand", "the order was cancelled", "it was a test"}
		if e.Team {
			reasons = []string{"it came", "it is too old", "it was a test"}
		}
		for _, r := range reasons {
			add(Action{ID: "why:" + r, Label: l.Sentence(l.Phrase(r)), Intent: Intent{Kind: IntentGiveUp, Name: id, Value: r}})
		}
		add(Action{ID: "why:other", Label: l.Phrase("Another reason"), Intent: Intent{Kind: IntentEdit, Name: EntryReason}})
		add(Action{ID: "why:back", Label: l.Phrase("Cancel"), Key: "Esc", Command: "back", Intent: Intent{Kind: IntentGiveUp, Name: id, Value: GiveUpLeave}})
		return d
	}
	add(Action{ID: "entry:again", Label: l.Phrase("Send again"), Primary: e.State == OutboxRefused, Intent: Intent{Kind: IntentAgain, Name: id}})
	if open {
		add(Action{ID: "entry:give-up", Label: l.Phrase("Do not send"), Destructive: true, Intent: Intent{Kind: IntentGiveUp, Name: id}})
	}
	return d
}

// over reports whether nothing is left to do: it was told, or taken back before.
func (e OutboxEntry) over() bool {
	return !slices.Contains([]OutboxPart{OutboxWaiting, OutboxUnknown, OutboxRefused, OutboxGivenUp}, e.State)
}

// toShop says how far a message to a shop has come, what to do, and whether the time of
// the next try belongs to it.
func (e OutboxEntry) toShop() (state, next string, timed bool) {
	switch e.State {
	case OutboxWaiting:
		return "Not sent yet", "It is sent by itself.", true
	case OutboxUnknown:
		return "Sent, and no answer came", "The shop is asked what it has before anything is sent again.", true
	case OutboxRefused:
		return "The shop refused it", "Put it right in the shop, then send it again; or enter it there by hand, and do not send it.", false
	case OutboxGivenUp:
		return "Not sent", "Somebody decided so. Send it again if that was wrong: what the shop has is asked first.", false
	case "withdrawn":
		return "Taken back", "The label was voided before the shop was told.", false
	}
	return "Done", "The shop has it.", false
}

// toTeam says how far a message to the team has come, and what to do.
func (e OutboxEntry) toTeam() (state, next string, timed bool) {
	switch e.State {
	case OutboxUnknown:
		return "It may have been sent", "Look there whether it came. If it did not, send it again: by itself it is not.", false
	case OutboxRefused:
		return "It was not taken", "Put it right in Settings, Messages, then send it again; or do not send it.", false
	case OutboxGivenUp:
		return "Not sent", "Somebody decided so. Send it again if that was wrong.", false
	case OutboxWaiting:
		if e.Tries > 0 {
			return "", "It is sent by itself, and what happens meanwhile after it.", true
		}
		return "Not sent yet", "It is sent by itself.", true
	case "withdrawn":
		return "Taken back", "Nobody was to be told any more.", false
	}
	return "Done", "It was sent.", false
}

// GiveUpLeave is the Value of an IntentGiveUp that takes the question back.
const GiveUpLeave = "\x00"

// OutboxLamp is the lamp of what shops should have been told long ago; there is none
// while all is well.
func OutboxLamp(l say.Language, refused, unknown int) Lamp {
	no, silent, words := l.Many(refused, "message"), l.Many(unknown, "message"), ""
	switch {
	case refused > 0 && unknown > 0:
		words = l.Say("a shop refused {refused}, has not answered {messages}", "refused", no, "messages", silent)
	case refused > 0:
		words = l.Say("a shop refused {messages}", "messages", no)
	case unknown > 0:
		words = l.Say("a shop has not answered {messages}", "messages", silent)
	default:
		return Lamp{}
	}
	return Lamp{
		Kind: "outbox", Name: l.Say("outbox {n}", "n", digits(refused+unknown)), Colour: LampAmber,
		Words: words, Fix: l.Phrase("a supervisor looks at the outbox, beside the cases"),
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
		l := in.Frame.Lang
		out := Action{ID: "page:outbox", Label: l.Phrase("Outbox"), Key: in.Frame.keys()["outbox"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageOutbox)}}
		if in.Stuck > 0 {
			out.Label = l.Say("Outbox {n}", "n", digits(in.Stuck))
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

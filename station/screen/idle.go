package screen

import (
	"cmp"
	"time"

	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
)

// IdleView is what stands quietly behind "scan an order".
type IdleView struct {
	Head    string // of the sign-in page
	Text    string
	Today   []Figure
	Cutoffs []CutoffRow
	Last    string
	Dock    []DockRow // parcels that wait for their carrier
	Open    Action    // opens the page of the dock
	Parked  []Action  // orders that wait here; touching one resumes it
	// TakeBack begins to take apart what came back.
	TakeBack Action
	Found    *FoundView // what was asked for, beside its verdict; nil for nothing
	Next     *NextDue   // the order to take, in place of an old verdict; nil for none
}

// NextDue is the order that is due first.
type NextDue struct {
	Head  string // "Next due: 1001"
	Text  string // "4 units, leaves 16:00"
	Late  bool
	Start Action
}

// settled is how long a good verdict fills the idle page.
const settled = 5 * time.Second

// pondered is how long a parcel that somebody asked for does.
const pondered = time.Minute

// nextDue is what stands in place of the last verdict once that has been seen.
// One that somebody has to look at stays.
func nextDue(in BenchInputs) *NextDue {
	o := in.Counts.Next
	v := newest(in.State)
	seen := settled
	if found(in) != nil {
		seen = pondered
	}
	if o == nil || in.State.Phase != pack.Idle || v != nil && (v.Kind == pack.Refused || v.Kind == pack.Asked || v.ToCheck() || in.Now.Sub(v.At) < seen) {
		return nil
	}
	start := action(in, "next-order", "Start", true)
	start.ID, start.Key, start.Primary = "start", "", true // the button below has the key
	n := &NextDue{Head: in.Lang.Say("Next due: {order}", "order", o.Called), Text: in.Lang.Units(o.Units), Start: start}
	if !o.ShipBy.IsZero() {
		n.Late = in.Now.After(o.ShipBy)
		n.Text += in.Lang.Say(map[bool]string{false: ", leaves {time}", true: ", should have left {time}"}[n.Late], "time", whenIn(in.Lang, o.ShipBy, in.Now))
	}
	return n
}

// CutoffRow is the orders that leave by one time.
type CutoffRow struct {
	At   string
	Open int
	Done int
	Text string // "12 of 40 packed"
	Late bool
}

func idle(in BenchInputs) *IdleView {
	c := in.Counts
	v := &IdleView{Head: in.Lang.Phrase("Scan your badge"), Text: in.Lang.Phrase("Hold it under the scanner. You'll continue where you left off."), Today: []Figure{
		figure(in.Lang, c.Parcels, "parcel today", "parcels today"),
		due(in.Lang, c),
		{in.Lang.Phrase("without label"), digits(c.Waiting)},
	}}
	if said := newest(in.State); said != nil && atTheDoor(in.State, *said) {
		v.Head, v.Text = in.Lang.Verdict(*said, in.Names).Head, in.Lang.Message(*said, in.Names)
	}
	if in.Unread {
		v.Today = nil
	}
	for _, o := range c.Cutoffs {
		v.Cutoffs = append(v.Cutoffs, CutoffRow{
			At: whenIn(in.Lang, o.At, in.Now), Open: o.Open, Done: o.Done, Late: o.Open > 0 && in.Now.After(o.At),
			Text: packedOf(in.Lang, o),
		})
	}
	if l := in.Last; l != nil {
		v.Last = in.Lang.Say("Last: {parcel} · order {order} · {service} · {time}", "parcel", l.ID, "order", l.Order, "service", in.Names.Of(l.Service), "time", whenIn(in.Lang, l.At, in.Now))
	}
	if in.State.Phase != pack.SignedOut && in.State.Phase != "" {
		v.Dock = dockRows(in)
		v.Open = Action{
			ID: "page:dock", Label: in.Lang.Phrase("On the dock"), Key: in.Keys["dock"], Enabled: in.State.Phase == pack.Idle,
			Intent: Intent{Kind: IntentPage, Name: string(PageDock)},
		}
		v.TakeBack = action(in, "return", "Return", in.State.Phase == pack.Idle)
	}
	for _, id := range parked(in.State) {
		called := cmp.Or(in.State.Parked[id].Number, id)
		v.Parked = append(v.Parked, Action{
			ID: "parked:" + id, Label: in.Lang.Say("Resume {order}", "order", called), Enabled: in.State.Phase == pack.Idle, Intent: Intent{Kind: IntentScan, Value: called},
		})
	}
	for _, id := range parkedReturns(in.State) {
		v.Parked = append(v.Parked, resumeReturn(in, id))
	}
	v.Next, v.Found = nextDue(in), found(in)
	return v
}

// atTheDoor reports whether the page that asks for a badge says what was said last: that a
// PIN is waited for, or why nobody is signed in any more.
func atTheDoor(s pack.State, v pack.Verdict) bool {
	return s.PIN != nil && v.Code == pack.CodePINNeeded && v.Kind == pack.Asked || v.Code == pack.CodeSignedOut && v.Reason == pack.ReasonShiftOver
}

// due is the orders that are still to pack today (V16).
func due(l say.Language, c Counts) Figure {
	if c.Due == 0 && c.Done > 0 {
		return Figure{l.Phrase("all packed"), digits(c.Done)}
	}
	return figure(l, c.Due, "order due", "orders due")
}

// figure is a number over what it counts: "1 parcel today", "2 parcels today".
func figure(l say.Language, n int, one, more string) Figure {
	if l.English() && n == 1 {
		more = one
	}
	return Figure{l.Count(more, n), digits(n)}
}

func packedOf(l say.Language, o Cutoff) string {
	if o.Open == 0 {
		return l.Say("all {n} packed", "n", digits(o.Done))
	}
	return l.Say("{n} of {all} packed", "n", digits(o.Done), "all", digits(o.Done+o.Open))
}

// idleActions are the buttons with no order open.
func idleActions(in BenchInputs) []Action {
	free := in.State.Phase != pack.Opening
	var out []Action
	add := func(name, label string) { out = append(out, action(in, name, label, free)) }
	if in.State.Closed != nil {
		add("undo", "Undo")
	}
	add("next-order", "Next order")
	out = append(out, Action{
		ID: "page:queue", Label: in.Lang.Phrase("All orders"), Key: in.Keys["queue"], Enabled: free, Intent: Intent{Kind: IntentPage, Name: string(PageQueue)},
	})
	add("handover", "Load a van")
	out = append(out, stockPage(in, free))
	if listFailed(in.State) {
		add("retry", "Try the list again")
	}
	again := action(in, "reprint", "Reprint", free)
	if in.State.Shown == nil { // of what? by touch it is typed, a card asks for its scan
		again.Intent = Intent{Kind: IntentEdit, Name: EntryParcel}
	}
	out = append(out, again, typing(in))
	add("sign-out", "Sign out")
	return out
}

// stockPage leads to the stock: who may not see it counts it.
func stockPage(in BenchInputs, free bool) Action {
	page := PageCount
	if in.State.Rules.Table().Of(people.Stock).Alone(in.State.Person.Standing()) {
		page = PageStock
	}
	return Action{ID: "page:" + string(page), Label: in.Lang.Phrase("Stock"), Key: in.Keys[string(page)], Enabled: free, Intent: Intent{Kind: IntentPage, Name: string(page)}}
}

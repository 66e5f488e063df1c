package screen

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"packbench/station/cases"
	"packbench/station/say"
)

// HubInputs is what the page of the hub is made of. It is drawn as that of the shops is.
type HubInputs struct {
	Frame      Frame
	Joined     bool
	Address    string // without a password
	Station    string
	Trouble    string // why the hub cannot be asked, "" where all is well
	Fix        string // what to do about it
	Behind     int64  // rows and changes that the hub was not told of
	Heard      time.Time
	Runner     string // which bench speaks to shops and to the team
	Benches    []HubBench
	Chosen     string // a bench, "": the hub itself
	Release    string // the bench whose orders are being released, while the reason is asked
	Order      string // the one of them that is released alone, or the label of a return; "" for all
	Running    string
	Came       *ShopCame
	Saved      Said
	May        bool
	MayRelease bool
	Narrow     bool        // what the shop decides is changed at a desk, not here
	Numbers    []HubInHand // that this bench may give without the hub
	Draft      *HubDraft   // of a hub that is joined, nil for none
}

// HubInHand is how many numbers are left, "SSCC" or a carrier's.
type HubInHand struct {
	Of   string
	Left uint64
}

// HubDraft is what a hub is joined with.
type HubDraft struct {
	Fields []Field
	Fault  string
	Busy   string // what is being done
	Found  string // what the test has found
	Make   bool   // there is no hub in the database, and one can be made
}

// The fields of a hub that is joined.
const (
	HubField    = "hub:"
	HubAddress  = HubField + "url"
	HubPassword = HubField + "key"
	HubFile     = HubField + "file"
	HubDesk     = HubField + "desk"
	HubReplace  = HubField + "replace"
)

// HubBench is a bench of the hub.
type HubBench struct {
	Station string
	Behind  int64 // rows of it that are not here, or, of this one, not there
	Heard   time.Time
	Claims  []HubClaim
	Returns []HubClaim
}

// HubClaim is an order that a bench holds, or a return that it has open.
type HubClaim struct {
	Order string
	Label string // of a return
	Since time.Time
}

// What can be done on the page beside a test, as Names of IntentConnect. Value is the
// bench, or the reason.
const (
	HubRelease = "release"
	HubOrder   = "order"  // released alone
	HubReturn  = "return" // likewise, by its label
	HubReason  = "reason"
	HubJoin    = "join"
	HubMake    = "make"
)

// Hub makes the page of the hub.
func Hub(in HubInputs) View {
	view, l := in.Frame.view(PageHub, "settings"), in.Frame.Lang
	v := &ShopsView{Title: l.Phrase("Hub"), Sub: l.Phrase("What all benches share: which orders are whose, journals, goods, people and numbers")}
	back := Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}}
	if in.Release != "" {
		back.Intent = shopDoes(ShopLeave, "")
	}
	v.Tools = []Action{back}
	view.Of, view.Shops = About("hub", "hub"), v
	switch {
	case in.Draft != nil:
		v.Tools, v.Form = nil, in.form()
		v.Title, v.Sub = v.Form.Title, v.Form.Sub
		view.Of = About("hub form", "hub")
		return view
	case in.Frame.Unread:
		v.Empty = l.Phrase(beingRead)
		return view
	case !in.Joined:
		v.Tools = append([]Action{{ID: "hub:join", Label: l.Phrase("Join a hub"), Enabled: in.May, Primary: true, Intent: shopDoes(HubJoin, "")}}, v.Tools...)
		v.Empty = l.Phrase("This bench packs alone. Several benches share a hub: a PostgreSQL database of yours. Press Join a hub.")
		return view
	}
	at := slices.IndexFunc(in.Benches, func(b HubBench) bool { return b.Station == in.Chosen })
	hub := in.hub()
	v.Rows = append(v.Rows, in.row("", v.Title, l.Lower(hub.State), hub.Shape, hub.Colour, at < 0))
	for i, b := range in.Benches {
		shape, colour, state := in.stands(b)
		v.Rows = append(v.Rows, in.row(b.Station, l.Say("Bench {bench}", "bench", b.Station), state, shape, colour, i == at))
	}
	v.Shop = &hub
	if at >= 0 {
		bench := in.bench(in.Benches[at])
		v.Shop, view.Of = &bench, About("hub bench", in.Benches[at].Station)
	}
	if words := in.Saved.On(view.Of); words != "" {
		v.Shop.Words, v.Shop.Shape2, v.Shop.Colour2 = words, ShapeSquare, LampOff
	}
	return view
}

func (in HubInputs) row(id, title, state string, shape Shape, colour Colour, on bool) ShopRow {
	return ShopRow{
		Title: title, State: state, Shape: shape, Colour: colour, On: on,
		Select: Action{ID: "row:" + id, Label: title, Enabled: in.Release == "", On: on, Intent: Intent{Kind: IntentSelect, Name: "hub", Value: id}},
	}
}

// hub is the panel of the hub itself.
func (in HubInputs) hub() ShopPanel {
	l := in.Frame.Lang
	p := ShopPanel{Title: l.Phrase("Hub"), Sub: in.Address, Shape: ShapeTick, Colour: LampGreen, State: l.Sentence(l.Phrase("in step with the other benches"))}
	switch {
	case in.Trouble != "":
		p.Shape, p.Colour, p.State, p.Fix = ShapeCross, LampRed, say.Sentence(in.Trouble), in.Fix
	case in.Behind > 0:
		p.Shape, p.Colour = ShapeMark, LampAmber
		p.State = l.Sentence(l.Phrase("this bench and the hub are not in step"))
	}
	claims := 0
	for _, b := range in.Benches {
		claims += len(b.Claims)
	}
	p.Figures = []Figure{
		{l.Phrase("Last heard"), in.heard(in.Heard)},
		{l.Phrase("Still to tell"), fmt.Sprint(in.Behind)},
		{l.Phrase("Orders claimed"), fmt.Sprint(claims)},
		{l.Phrase("Speaks to shops"), in.Runner},
	}
	switch {
	case in.Trouble != "": // nobody knows
		p.Figures = p.Figures[:2]
	case in.Runner == "":
		p.Figures = p.Figures[:3]
	}
	for _, n := range in.Numbers {
		p.Rows = append(p.Rows, l.Say("{of}: {n} numbers in hand", "of", n.Of, "n", fmt.Sprint(n.Left)))
	}
	if in.Narrow {
		p.Rows = append(p.Rows, l.Phrase("People, rate cards, shops, accounts and the shop’s settings are changed at a desk: what is changed here comes back as it was"))
	}
	p.Actions = []Action{
		{ID: "shop:test", Label: l.Phrase("Test"), Enabled: in.May && in.Running == "", Intent: shopDoes(ShopTest, "")},
		{ID: "hub:join", Label: l.Phrase("Join again"), Enabled: in.May && in.Running == "", Intent: shopDoes(HubJoin, "")},
	}
	if in.Running != "" {
		p.Words, p.Shape2, p.Colour2 = l.Phrase(in.Running), ShapeSquare, LampOff
		return p
	}
	p.came(l, in.Came)
	return p
}

func (in HubInputs) heard(at time.Time) string {
	if at.IsZero() {
		return in.Frame.Lang.Phrase("never")
	}
	return ago(in.Frame.Lang, in.Frame.Now.Sub(at))
}

// silent is after how long a bench of which nothing is heard is looked at, where it holds
// orders: others may wait for them.
const silent = 10 * time.Minute

func (in HubInputs) stands(b HubBench) (shape Shape, colour Colour, state string) {
	l := in.Frame.Lang
	state = l.Many(len(b.Claims), "order")
	switch {
	case in.Trouble != "" && b.Station != in.Station:
		return ShapeSquare, LampOff, state
	case len(b.Claims) > 0 && in.Frame.Now.Sub(b.Heard) >= silent:
		return ShapeMark, LampAmber, about(l, state, l.Say("Not heard of since {time}", "time", b.Heard.In(in.Frame.Now.Location()).Format("15:04")))
	}
	return ShapeTick, LampGreen, state
}

// alone is how many orders, and returns, of a bench can be released one by one: those that it
// holds the longest. packctl hub release releases any.
const alone = 3

// claims of a bench in words, and what releases the first of them alone.
func (in HubInputs) claims(b HubBench) (rows []string, release []Action) {
	l := in.Frame.Lang
	one := func(n int, id, what string, since time.Time, words, do string) {
		rows = append(rows, l.Say("{order}, since {time}", "order", what, "time", since.In(in.Frame.Now.Location()).Format("2006-01-02 15:04")))
		if n < alone {
			release = append(release, Action{ID: "hub:release:" + id, Label: words, Enabled: in.MayRelease && in.Trouble == "", Destructive: true, Intent: shopDoes(do, id)})
		}
	}
	for n, c := range b.Claims {
		one(n, c.Order, c.Order, c.Since, l.Say("Release {order}", "order", c.Order), HubOrder)
	}
	for n, c := range b.Returns {
		what := l.Say("Return of {order}", "order", cmp.Or(c.Order, c.Label))
		one(n, c.Label, what, c.Since, l.Say("Release {order}", "order", l.Lower(what)), HubReturn)
	}
	return rows, release
}

// bench is the panel of a bench, with what it holds.
func (in HubInputs) bench(b HubBench) ShopPanel {
	l := in.Frame.Lang
	p := ShopPanel{Title: l.Say("Bench {bench}", "bench", b.Station)}
	p.Shape, p.Colour, p.State = in.stands(b)
	p.Figures = []Figure{
		{l.Phrase("Last heard"), in.heard(b.Heard)},
		{l.Phrase("Rows behind"), fmt.Sprint(b.Behind)},
		{l.Phrase("Orders claimed"), fmt.Sprint(len(b.Claims))},
	}
	if len(b.Returns) > 0 {
		p.Figures = append(p.Figures, Figure{l.Phrase("Returns open"), fmt.Sprint(len(b.Returns))})
	}
	if in.Release == b.Station {
		in.ask(&p, b)
		return p
	}
	rows, release := in.claims(b)
	p.Rows = rows
	p.Actions = append([]Action{{
		ID: "hub:release", Label: l.Phrase("Release all"), Enabled: in.MayRelease && len(rows) > 0 && in.Trouble == "", Destructive: true,
		Intent: shopDoes(HubRelease, b.Station),
	}}, release...)
	return p
}

// ask asks why something is taken from a bench.
func (in HubInputs) ask(p *ShopPanel, b HubBench) {
	l := in.Frame.Lang
	p.State, p.Shape, p.Colour = l.Phrase("Why?"), ShapeMark, LampAmber
	p.Fix = l.Phrase("If this bench comes back and had begun one that another has packed, its label is refused and that is a case")
	back := slices.IndexFunc(b.Returns, func(c HubClaim) bool { return c.Label == in.Order })
	switch {
	case back >= 0:
		p.Sub = l.Say("Release {order}", "order", l.Lower(l.Say("Return of {order}", "order", cmp.Or(b.Returns[back].Order, in.Order))))
		p.Fix = l.Phrase("Another bench can open it then. Units that are graded at both are a case")
	case in.Order != "":
		p.Sub = l.Say("Release {order}", "order", in.Order)
	}
	for _, r := range cases.ReleaseReasons(back >= 0) {
		p.Actions = append(p.Actions, Action{ID: "reason:" + r.Code, Label: l.Phrase(r.Words), Enabled: in.MayRelease, Intent: shopDoes(HubReason, r.Code)})
	}
	p.Actions = append(p.Actions, Action{ID: "shop:leave", Label: l.Phrase("Cancel"), Key: "Esc", Enabled: true, Intent: shopDoes(ShopLeave, "")})
}

// form is what a hub is joined with.
func (in HubInputs) form() *ShopForm {
	l, d := in.Frame.Lang, in.Draft
	f := &ShopForm{
		Title: l.Say("Join a hub as {station}", "station", in.Station), Fault: d.Fault,
		Sub: l.Phrase("Use a login that may create others. The bench gets one of its own; this password is not kept."),
	}
	if f.Words = d.Found; d.Busy != "" {
		f.Words = l.Phrase(d.Busy)
	}
	may := in.May && d.Busy == ""
	for _, field := range d.Fields {
		f.Fields = append(f.Fields, fieldOf(l, field, may))
	}
	act := func(id, label string, primary bool) Action {
		return Action{ID: "hub:" + id, Label: label, Enabled: may, Primary: primary, Intent: shopDoes(id, "")}
	}
	f.Actions = []Action{act(ShopTest, l.Phrase("Test"), false)}
	if d.Make {
		f.Actions = append(f.Actions, act(HubMake, l.Phrase("Make a hub there"), true))
	} else {
		f.Actions = append(f.Actions, act(ShopSave, l.Phrase("Join"), true))
	}
	f.Actions = append(f.Actions, Action{ID: "shop:leave", Label: l.Phrase("Cancel"), Key: "Esc", Enabled: d.Busy == "", Intent: shopDoes(ShopLeave, "")})
	return f
}

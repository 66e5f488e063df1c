package screen

import (
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
	Order      string // the one of them that is released alone, "" for all
	Running    string
	Came       *ShopCame
	Saved      Said
	May        bool
	MayRelease bool
}

// HubBench is a bench of the hub.
type HubBench struct {
	Station string
	Behind  int64 // rows of it that are not here, or, of this one, not there
	Heard   time.Time
	Claims  []HubClaim
}

// HubClaim is an order that a bench holds.
type HubClaim struct {
	Order string
	Since time.Time
}

// What can be done on the page beside a test, as Names of IntentConnect. Value is the
// bench, or the reason.
const (
	HubRelease = "release"
	HubOrder   = "order" // released alone
	HubReason  = "reason"
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
	case in.Frame.Unread:
		v.Empty = l.Phrase(beingRead)
		return view
	case !in.Joined:
		v.Empty = l.Phrase("This folder belongs to no hub. End the bench, make one with packctl hub init --url …, and bring this folder in with packctl hub join --url …")
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
	p.Actions = []Action{{ID: "shop:test", Label: l.Phrase("Test"), Enabled: in.May && in.Running == "", Intent: shopDoes(ShopTest, "")}}
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

// ordersAlone is how many orders of a bench can be released one by one: those that it holds
// the longest. packctl hub release ORDER releases any.
const ordersAlone = 3

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
	for _, c := range b.Claims {
		p.Rows = append(p.Rows, l.Say("{order}, since {time}", "order", c.Order, "time", c.Since.In(in.Frame.Now.Location()).Format("2006-01-02 15:04")))
	}
	if in.Release == b.Station {
		p.State, p.Shape, p.Colour = l.Phrase("Why?"), ShapeMark, LampAmber
		if in.Order != "" {
			p.Sub = l.Say("Release {order}", "order", in.Order)
		}
		p.Fix = l.Phrase("If this bench comes back and had begun one that another has packed, its label is refused and that is a case")
		for _, r := range cases.ReasonsFor(cases.KindClaim) {
			p.Actions = append(p.Actions, Action{ID: "reason:" + r.Code, Label: l.Phrase(r.Words), Enabled: in.MayRelease, Intent: shopDoes(HubReason, r.Code)})
		}
		p.Actions = append(p.Actions, Action{ID: "shop:leave", Label: l.Phrase("Cancel"), Key: "Esc", Enabled: true, Intent: shopDoes(ShopLeave, "")})
		return p
	}
	p.Actions = []Action{{
		ID: "hub:release", Label: l.Phrase("Release its orders"), Enabled: in.MayRelease && len(b.Claims) > 0 && in.Trouble == "", Destructive: true,
		Intent: shopDoes(HubRelease, b.Station),
	}}
	for _, c := range b.Claims[:min(len(b.Claims), ordersAlone)] {
		p.Actions = append(p.Actions, Action{
			ID: "hub:release:" + c.Order, Label: l.Say("Release {order}", "order", c.Order), Enabled: in.MayRelease && in.Trouble == "", Destructive: true,
			Intent: shopDoes(HubOrder, c.Order),
		})
	}
	return p
}

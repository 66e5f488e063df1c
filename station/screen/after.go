package screen

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/track"
	"packbench/station/track/watch"
	"packbench/station/unit"
)

// AfterInputs is what the page of the parcels that need somebody is made of.
type AfterInputs struct {
	Frame   Frame
	Parcels []AfterParcel // this page of them, the most urgent first
	All     int
	First   int // how many come before this page
	APage   int
	Shown   *AfterParcel // the one on the right, nil for none
	Heard   time.Time    // when a carrier said something last; zero: never
	Busy    bool         // what was touched is being done
	Said    Said
}

// AfterParcel is a parcel that needs somebody since it left.
type AfterParcel struct {
	watch.Found
	ID, Name, Order           string
	Carrier, Service          string
	Tracking, SSCC            string
	Mass                      unit.Mass
	Handed, Promised, Asked   time.Time
	Standing                  track.Standing
	Van, Driver               string // "" where nobody loaded it, or the name is erased
	VanParcels, VanNotScanned int
	Question                  string // to the carrier, ready to be sent
	ClaimUntil                time.Time
	ClaimSoon, ClaimOver      bool // the last day is near, or gone
}

// AfterView is the page of the parcels that need somebody since they left.
type AfterView struct {
	Title  string
	News   string // how old the last news of carriers is
	Tools  []Action
	Rows   []AfterRow
	Pages  []Action
	Paged  string
	Empty  string
	Well   bool
	Detail *AfterDetail
}

// AfterRow is one parcel of the list.
type AfterRow struct {
	Head   string // of the van that it and those below it left in, "" for none
	Kind   pack.Kind
	Shape  Shape
	Title  string // why
	Sub    string // "1042-1 · order 1042 · Demo Post · DX 0000"
	Age    string
	On     bool
	Select Action
}

// AfterDetail is one parcel in full: what shows that it needs somebody, and what to do.
type AfterDetail struct {
	Kind    pack.Kind
	Shape   Shape
	Title   string
	Sub     string
	Also    string // what else is wrong
	Van     string
	Facts   []Figure
	AskWord string // over the text to the carrier
	Ask     string
	Saved   string
	Actions []Action
	Photo   *Action // adds a photo; nil: none is taken of it
	Photos  []string
}

// What can be done with a parcel, as Value of an IntentAfter.
const (
	AfterCopy  = "copy"
	AfterAsked = "asked"
)

// After makes the page.
func After(in AfterInputs) View {
	view := in.Frame.view(PageAfter, "bench")
	l := in.Frame.Lang
	v := &AfterView{Title: l.Phrase("After it left"), Empty: l.Phrase("No carrier has told anything yet")} // nobody would hear of what went wrong
	if in.All > 0 {
		v.Title += " · " + l.Many(in.All, "parcel")
	}
	if !in.Heard.IsZero() {
		v.Empty, v.Well = l.Phrase("No parcel needs anybody"), true
		v.News = l.Say("Last news of carriers: {age}", "age", age(l, in.Frame.Now.Sub(in.Heard)))
	}
	v.Tools = []Action{{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageDock)}}}
	van := ""
	for _, p := range in.Parcels {
		kind := p.kind()
		row := AfterRow{
			Kind: kind, Shape: ShapeOf(kind), Title: p.why(l), Sub: p.below(l, in.Frame.Names), Age: age(l, in.Frame.Now.Sub(p.Since)),
			On:     in.Shown != nil && in.Shown.ID == p.ID,
			Select: Action{ID: "left:" + p.ID, Label: p.Name, Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "left", Value: p.ID}},
		}
		if p.Reason == watch.NeverScanned && p.Van != "" && p.Van != van {
			van = p.Van
			row.Head = p.van(l)
		}
		v.Rows = append(v.Rows, row)
	}
	v.Paged, v.Pages = turnPages(l, "left-page", in.First, len(in.Parcels), in.APage, in.All)
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
	}
	if in.Frame.Unread {
		v.Empty, v.Well, v.News = l.Phrase(beingRead), false, ""
	}
	if in.Shown != nil {
		view.Of = About("left", in.Shown.ID)
		v.Detail = in.detail(*in.Shown)
		v.Detail.Saved = in.Said.On(view.Of)
	}
	view.After = v
	return view
}

// called is what people call the parcel, its carrier and its number.
func (p AfterParcel) called(l say.Language, names say.Names) string {
	return strings.Join([]string{p.Name, l.Say("order {no}", "no", p.Order), carrierName(l, names, p.Carrier), p.Tracking}, " · ")
}

// kind is how urgent a parcel is.
func (p AfterParcel) kind() pack.Kind {
	switch p.Reason {
	case watch.Contradiction, watch.FalseDelivery, watch.Lost, watch.Damaged, watch.Cancelled:
		return pack.Refused
	case watch.PickUp, watch.Delayed:
		return pack.Info
	}
	return pack.Asked
}

// whys are the reasons in words.
var whys = map[watch.Reason]string{
	watch.Contradiction: "What carriers said does not fit together", watch.FalseDelivery: "Said to be delivered, which is doubted", watch.Lost: "Lost", watch.Damaged: "Damaged",
	watch.ComingBack: "It comes back", watch.Cancelled: "Cancelled at the carrier", watch.Address: "Something is wrong with the address", watch.Held: "The carrier holds it",
	watch.Attempt: "A delivery failed", watch.PickUp: "It waits to be fetched", watch.NeverScanned: "Never scanned by the carrier", watch.Silent: "No movement",
	watch.Problem: "The carrier reports a problem", watch.Late: "Later than promised", watch.Delayed: "The carrier reports a delay",
}

// why says why a parcel needs somebody.
func (p AfterParcel) why(l say.Language) string {
	switch {
	case p.Reason == watch.Silent && p.Most > 0:
		return l.Say("No movement; working days: {n}, usual: {most}", "n", digits(p.Days), "most", digits(p.Most))
	case p.Reason == watch.PickUp && !p.Until.IsZero():
		return l.Say("It waits to be fetched until {day}", "day", l.Time(p.Until, "2 Jan"))
	case p.Clash != "":
		return l.Phrase(cases.NewsWords(pack.Code(p.Clash)))
	}
	return l.Phrase(cmp.Or(whys[p.Reason], string(p.Reason)))
}

// below stands in a row under why a parcel needs somebody: until when it can be claimed where
// that is near, and which parcel it is. Its number is said beside the row.
func (p AfterParcel) below(l say.Language, names say.Names) string {
	if !p.ClaimSoon {
		return p.called(l, names)
	}
	return strings.Join([]string{l.Phrase("Claim until") + " " + l.Time(p.ClaimUntil, "2 Jan"), p.Name, l.Say("order {no}", "no", p.Order)}, " · ")
}

// claim warns before the last day on which the carrier takes a claim, and says that it is over.
func (p AfterParcel) claim(l say.Language) string {
	switch {
	case p.ClaimOver:
		return l.Phrase("The time for a claim is over")
	case p.ClaimSoon:
		return l.Say("A claim is taken until {day}", "day", l.Time(p.ClaimUntil, "2 Jan"))
	}
	return ""
}

// van says what left together, and how much of it was never scanned.
func (p AfterParcel) van(l say.Language) string {
	parts := []string{l.Say("Van {no}", "no", p.Van), l.Many(p.VanParcels, "parcel")}
	if p.Driver != "" {
		parts = append(parts, l.Say("driver {name}", "name", p.Driver))
	}
	if p.VanParcels > 1 && p.VanNotScanned == p.VanParcels {
		return strings.Join(append(parts, l.Phrase("none of them was scanned")), " · ")
	}
	return strings.Join(append(parts, l.Say("never scanned: {n}", "n", digits(p.VanNotScanned))), " · ")
}

// stands are the states that are no reason for themselves, in words.
var stands = map[track.State]string{
	track.Announced: "Announced to the carrier", track.Accepted: "Taken by the carrier", track.InTransit: "On its way", track.Customs: "In customs", track.OutForDelivery: "Out for delivery",
	track.Delivered: "Delivered", track.Expired: "No longer followed", track.Delayed: whys[watch.Delayed], track.Held: whys[watch.Held], track.AddressProblem: whys[watch.Address],
	track.Exception: whys[watch.Problem], track.AttemptFailed: whys[watch.Attempt], track.ReadyForPickup: whys[watch.PickUp], track.Refused: whys[watch.ComingBack],
	track.Returning: whys[watch.ComingBack], track.Returned: whys[watch.ComingBack], track.Damaged: whys[watch.Damaged], track.Lost: whys[watch.Lost], track.Cancelled: whys[watch.Cancelled],
}

// last is what was heard of the parcel last: the carrier's own words where it has any.
func (p AfterParcel) last(l say.Language, now time.Time) string {
	s := p.Standing
	if s.Last.IsZero() {
		return l.Phrase("nothing")
	}
	return since(l, s.Last, now) + " · " + cmp.Or(s.Text, l.Phrase(stands[s.State]), s.Code)
}

// detail is the parcel on the right.
func (in AfterInputs) detail(p AfterParcel) *AfterDetail {
	l, now := in.Frame.Lang, in.Frame.Now
	kind := p.kind()
	d := &AfterDetail{
		Kind: kind, Shape: ShapeOf(kind), Title: p.why(l), Sub: p.called(l, in.Frame.Names), AskWord: l.Phrase("Ready for the carrier"), Ask: p.Question,
	}
	var also []string
	for _, r := range p.Also {
		also = append(also, l.Phrase(cmp.Or(whys[r], string(r))))
	}
	if claim := p.claim(l); claim != "" {
		also = append(also, claim)
	}
	d.Also = strings.Join(also, " · ")
	if p.Reason == watch.NeverScanned && p.Van != "" {
		d.Van = p.van(l)
	}
	fact := func(name, value string) {
		if value != "" {
			d.Facts = append(d.Facts, Figure{Name: l.Phrase(name), Value: value})
		}
	}
	if !p.Handed.IsZero() {
		loaded := whenIn(l, p.Handed, now)
		if p.Driver != "" {
			loaded += " · " + l.Say("driver {name}", "name", p.Driver)
		}
		fact("Handed over", loaded)
	}
	if !p.Promised.IsZero() {
		fact("Promised for", l.Time(p.Promised, "2 Jan"))
	}
	if !p.ClaimUntil.IsZero() {
		fact("Claim until", l.Time(p.ClaimUntil, "2 Jan"))
	}
	fact("Label", p.SSCC)
	fact("Weight", l.Mass(p.Mass))
	fact("Last heard", p.last(l, now))
	if !p.Asked.IsZero() {
		fact("Its buyer asked", whenIn(l, p.Asked, now))
	}
	d.Actions = []Action{
		{ID: "left:copy", Label: l.Phrase("Copy the text"), Enabled: true, Primary: true, Intent: Intent{Kind: IntentAfter, Name: p.ID, Value: AfterCopy}},
		{ID: "left:asked", Label: l.Phrase("The buyer asks"), Enabled: !in.Busy, Intent: Intent{Kind: IntentAfter, Name: p.ID, Value: AfterAsked}},
		{ID: "left:story", Label: l.Phrase("Show its story"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageTrace), Value: cmp.Or(p.SSCC, p.ID)}},
	}
	return d
}

// targets are in the order in which they stand.
func (v *AfterView) targets() (out []Action) {
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	out = append(out, v.Pages...)
	if v.Detail != nil {
		if v.Detail.Photo != nil {
			out = append(out, *v.Detail.Photo)
		}
		out = append(out, v.Detail.Actions...)
	}
	return slices.Concat(out, v.Tools)
}

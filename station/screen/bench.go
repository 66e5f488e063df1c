package screen

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// BenchInputs is what the bench's pages are made of.
type BenchInputs struct {
	State    pack.State
	Order    *station.Order    // the open order with its address and notes; nil: ids only
	Doubts   []string          // what may be wrong with its address
	Names    say.Names         // persons, services, and products by SKU
	Pictures map[string]string // picture file by SKU
	Why      string            // the shop's own words for why it stopped the order of the newest verdict
	Unread   bool              // orders, counts and the dock are being read for the first time
	Scale    LiveScale
	NoScale  bool // this bench has none: weights are typed
	NoBoxes  bool // no cartons are imported
	Cartons  []station.Carton
	Plan     *BoxPlan     // of the boxes, nil until there is one
	Expect   *pack.Expect // what the open parcel should weigh, before it lies on the scale
	Lamps    []Lamp
	Counts   Counts
	Offered  map[string]DueOrder // what is known of the orders that are asked about, by id
	Last     *LastParcel
	Found    []FoundParcel // what a reprint with nothing in hand means
	Lost     *Lost         // what a person did last, where it was not recorded
	Dock     []Waiting     // by carrier
	OnDock   []DockParcel  // of the carrier that is being loaded
	Now      time.Time     // in the time zone of the bench
	Lang     say.Language  // of who packs
	Theme    Theme
	Keys     map[string]string // command → key; nil: DefaultKeys
	Selected string            // line that Short, Confirm and Put back are about; "": the first open one
	Focus    string
	Entry    *Entry
	Help     bool
	Demo     bool
	Deaf     bool // as in Frame
	Called   string
	LabelsTo string // the folder that labels are saved in, where no printer takes them
	Sim      *SimInputs
}

// LiveScale is the newest word of the scale, beside the machine.
type LiveScale struct {
	State    pack.ScaleState
	Mass     unit.Mass
	Division unit.Mass
	Net      bool      // a tare is set on the scale
	Heard    time.Time // when it last said anything; zero: never
}

// fresh is how long a reading may be shown as the weight of now.
const fresh = 2 * time.Second

// Counts is the day so far.
type Counts struct {
	Due     int // orders that should leave today and are not packed
	Done    int // orders packed today
	Parcels int // closed today at this bench
	Waiting int // parcels without a label
	Cutoffs []Cutoff
	Next    *DueOrder // the one that is due first, nil for none
}

// DueOrder is an order that waits to be packed.
type DueOrder struct {
	Called string
	To     station.Address
	Units  int
	ShipBy time.Time // zero: not known
}

// words say how much an order is and when it leaves, after what it is called: "1042 ·
// 4 units · leaves 16:00".
func (o DueOrder) words(l say.Language, now time.Time) string {
	words := o.Called + " · " + l.Units(o.Units)
	if leaves, _ := leaves(l, o.ShipBy, now); leaves != "" {
		words += " · " + leaves
	}
	return words
}

// leaves says when an order leaves, or how late it is; "" where that is not known.
func leaves(l say.Language, shipBy, now time.Time) (words string, late bool) {
	switch {
	case shipBy.IsZero():
		return "", false
	case now.After(shipBy):
		return l.Say("late by {time}", "time", age(l, max(now.Sub(shipBy), time.Minute))), true
	}
	return l.Say("leaves {time}", "time", whenIn(l, shipBy, now)), false
}

// Cutoff is the orders that must leave by one time.
type Cutoff struct {
	At   time.Time
	Open int
	Done int
}

// LastParcel is the parcel that was closed last.
type LastParcel struct {
	ID, Order, Service string
	At                 time.Time
}

// BenchView is a page of the bench. Parts that a page does not have are zero.
type BenchView struct {
	Order    OrderView
	Lines    []LineView
	Card     Card
	Next     Next
	Actions  []Action
	Weight   *WeightView
	Services []ServiceRow
	Closing  *ClosingView
	Idle     *IdleView
	Loading  *LoadingView
	Return   *ReturnView `json:",omitempty"`
	Question *QuestionView
	Strip    []StripItem // newest first
	Box      string      // the box that is being packed, "" where there is none
	OnScale  string      // the live weight in a few words, while packing
	Fill     *FillView   `json:",omitempty"`
	Locked   *LockedView
}

// LockedView fills the page of a locked bench.
type LockedView struct {
	Head string
	Text string
}

// Next is the one thing to do now, in the imperative.
type Next struct {
	Text string
	Note string    // quiet words beside it
	Kind pack.Kind // Asked where the bench waits for an answer, Refused where it cannot go on
}

// OrderView is the line about the open order.
type OrderView struct {
	ID        string
	Recipient string
	Units     string // "4 of 9 units"
	Done      int
	Total     int
	LeaveBy   string // "leave by 16:00"
	Late      bool
	Service   string
	Marks     []string // "fragile", "gift"
	Parcel    string   // "parcel 2" where there are several
}

// StripItem is one of the recent verdicts.
type StripItem struct {
	Time  string // "14:31:58"
	Kind  pack.Kind
	Shape Shape
	Text  string
}

// QuestionView is a question with numbered answers.
type QuestionView struct {
	Title   string
	Note    string
	Choices []Action
}

// Bench makes the page of the phase that the bench is in.
func Bench(in BenchInputs) View {
	if in.Keys == nil {
		in.Keys = DefaultKeys()
	}
	in.Names = named(in)
	view := Frame{
		Station: in.State.Rules.Station, Called: in.Called, Person: in.State.Person, Rights: in.State.Rules.Table(), Names: in.Names, Lamps: in.Lamps, Now: in.Now, Theme: in.Theme,
		Keys: in.Keys, Focus: in.Focus, Entry: in.Entry, Demo: in.Demo, Deaf: in.Deaf, Lang: in.Lang,
	}.view(benchPage(in.State), "bench")
	b := &BenchView{Strip: strip(in), Card: card(in), Next: next(in).in(in.Lang), Actions: actions(in, view.Page), Question: question(in)}
	if w := in.State.Work; w != nil && view.Page != PageSignIn && view.Page != PageIdle && view.Page != PageLoading && view.Page != PageReturn {
		view.Of = About("order", w.Order)
		b.Order = order(in, w)
		b.Lines = lines(in, w)
	}
	switch view.Page {
	case PagePacking:
		if w := in.State.Work; w != nil {
			b.Box, b.OnScale, b.Fill = boxWords(in, w), onScale(in), fill(in, w)
		}
	case PageLocked:
		b.Locked = &LockedView{Head: in.Lang.Phrase("Locked"), Text: in.Lang.Phrase("Too many scans in a row were refused. Nothing in the box has changed.")}
	case PageWeighing:
		b.Weight = weight(in)
		b.Services = services(in)
	case PageClosing:
		b.Closing, b.Services = closing(in), offers(in)
	case PageLoading:
		view.Of = About("van", in.State.Loading.Manifest)
		b.Loading = loading(in)
	case PageReturn:
		b.returned(&view, in)
	case PageIdle, PageSignIn:
		b.Idle = idle(in)
	}
	if len(b.Services) > 0 {
		b.Order.Service = "" // it is told once
	}
	view.Bench = b
	view.Entry = withTiles(view.Entry, in)
	if in.Help {
		acts := b.Actions
		switch {
		case b.Loading != nil:
			acts = inWords(in.Lang, acts, vanWords)
		case b.Return != nil:
			acts = inWords(in.Lang, acts, returnWords)
		case b.Idle != nil && b.Idle.Open.Enabled:
			acts = append(slices.Clone(acts), b.Idle.Open, b.Idle.TakeBack)
		}
		view.Help = help(in.Lang, acts, view.Tabs, in.Keys)
		view.Help.More = more(in, view.Page)
	}
	if in.Sim != nil {
		view.Sim = simulator(in.Lang, *in.Sim)
	}
	return view
}

// withTiles gives the field for a box the boxes to touch.
func withTiles(e *Entry, in BenchInputs) *Entry {
	if e == nil || e.ID != "carton" || in.State.Work == nil {
		return e
	}
	field := *e
	used := ""
	if c := in.State.Work.Parcel.Carton; c != nil {
		used = c.ID
	}
	field.Tiles = cartonTiles(in.Cartons, used)
	return &field
}

func benchPage(s pack.State) Page {
	switch s.Phase {
	case pack.Idle:
		if s.Loading != nil {
			return PageLoading
		}
		if s.Return != nil {
			return PageReturn
		}
		return PageIdle
	case pack.Opening:
		return PageIdle
	case pack.Packing:
		return PagePacking
	case pack.Weighing, pack.Choosing:
		return PageWeighing
	case pack.Labelling, pack.Closing:
		return PageClosing
	case pack.Locked:
		return PageLocked
	}
	return PageSignIn
}

// named adds the names of the order's products to the given ones.
func named(in BenchInputs) say.Names {
	out := say.Names{}
	maps.Copy(out, in.Names)
	if w := in.State.Work; w != nil {
		for _, l := range w.Lines {
			if l.SKU != "" && l.Name != "" {
				out[l.SKU] = l.Name
			}
		}
	}
	return out
}

// Alert says what is wrong with the first red lamp and what to do about it, ""
// when none is red.
func Alert(lamps []Lamp) string { return alert(say.English, lamps) }

func alert(lang say.Language, lamps []Lamp) string {
	for _, l := range lamps {
		if l.Colour != LampRed {
			continue
		}
		text := lang.Sentence(lang.Phrase(l.Name)) + ": " + lang.Phrase(cmp.Or(l.Words, "not there"))
		switch {
		case slices.ContainsFunc(l.Steps, func(s trouble.Step) bool { return s.Line != "" }): // it is for the administrator, and longer than this line
			text += lang.Phrase(". The settings show what to do")
		case l.Fix != "":
			text += ". " + lang.Sentence(lang.Phrase(l.Fix))
		}
		return text
	}
	return ""
}

func order(in BenchInputs, w *pack.Work) OrderView {
	v := OrderView{ID: w.Called(), Service: in.Names.Of(cmp.Or(w.Parcel.Service, w.Service))}
	for _, l := range w.Lines {
		if l.Kind == station.Note {
			continue
		}
		v.Total += l.Qty
		v.Done += l.Packed + l.In
		if l.Fragile && len(v.Marks) == 0 {
			v.Marks = append(v.Marks, in.Lang.Phrase("fragile"))
		}
	}
	v.Units = ofUnits(in.Lang, v.Done, v.Total) + in.Lang.Short(w.LeftOut())
	if len(in.Doubts) > 0 && in.Order != nil && in.Order.ID == w.Order {
		v.Marks = append(v.Marks, in.Lang.Phrase("address"))
	}
	if w.Gift {
		v.Marks = append(v.Marks, in.Lang.Phrase("gift"))
	}
	if in.Order != nil && in.Order.ID == w.Order {
		v.Recipient = recipient(in.Order.To)
	}
	if !w.ShipBy.IsZero() {
		v.LeaveBy, v.Late = in.Lang.Say("leave by {time}", "time", whenIn(in.Lang, w.ShipBy, in.Now)), in.Now.After(w.ShipBy)
		if v.Late {
			v.LeaveBy = in.Lang.Say("should have left {time}", "time", whenIn(in.Lang, w.ShipBy, in.Now))
			v.Marks = append(v.Marks, in.Lang.Phrase("late"))
		}
	}
	if n := len(w.Earlier) + 1; n > 1 {
		v.Parcel = in.Lang.Say("parcel {n}", "n", digits(n))
	}
	return v
}

func strip(in BenchInputs) []StripItem {
	var out []StripItem
	for _, v := range in.State.Recent {
		out = append(out, StripItem{
			Time: v.At.In(in.Now.Location()).Format("15:04:05"), Kind: v.Kind, Shape: ShapeOf(v.Kind), Text: brief(in.Lang, *v, in.Names),
		})
	}
	return out
}

// brief is a verdict for the strip: what is so, without the step.
func brief(l say.Language, v pack.Verdict, names say.Names) string {
	if v.Code == pack.CodeAllScanned && v.Name != "" {
		return l.Say("{item}, {count}, all scanned", "item", v.Name, "count", l.OfWant(v))
	}
	return l.Sentence(l.Verdict(v, names).Fact)
}

package screen

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/say"
	"packbench/station/unit"
)

// OwedInputs is what the page of the money that buyers are owed is made of.
type OwedInputs struct {
	Frame   Frame
	Returns []OwedReturn // this page of them: those that owe, the earliest due day first, then those that are not done
	All     int
	First   int // how many come before this page
	APage   int
	Shown   *OwedReturn // the one on the right, nil for none
	Asks    string      // what it is asked about: OwedPaid…, "" for nothing
	Balance []Tally     // of the day: from before and new, paid, refused and still owed
	CameIn  int         // how many tallies of Balance stand on its left side
	Busy    bool
	Overdue int // of all
	Said    Said
	// Announcing is what is being announced instead, nil for nothing.
	Announcing *Announcing
}

// OwedReturn is a return whose money is owed, or that is not done.
type OwedReturn struct {
	ID, Order, Parcel, Place string
	State                    string // announced, open, parked or closed
	Station                  string
	Began, Closed            time.Time
	Money                    string // owed or told, "" where nothing is
	Owed                     unit.Money
	Due                      time.Time
	Overdue                  bool
	Way                      returns.Way
	Told                     string // how what the shop is told stands: the state of its entry
	Units                    []OwedUnit
	Likely                   []string // parcels that a blind one may be of
	Photos                   []string // their hashes, the oldest first
}

// PhotoName begins the name of a photo's picture; its hash follows.
const PhotoName = "photo:"

// shownPhotos is how many of a return's photos are shown, the last ones.
const shownPhotos = 3

// OwedUnit are units of a return.
type OwedUnit struct {
	Qty         int
	Name, Marks string
	Odd         pack.Code
	pack.Grading
}

// What can be done with a return, as Value of an IntentOwed; a way, or a reason of
// returns.Refusals, is its own.
const (
	OwedPaid   = "paid"
	OwedRefuse = "refuse"
	OwedSure   = "sure" // yes to what is asked
	OwedBack   = "back"
	OwedPhoto  = "photo"
)

// Owed makes the page.
func Owed(in OwedInputs) View {
	view := in.Frame.view(PageOwed, "bench")
	l := in.Frame.Lang
	v := &AfterView{Title: l.Phrase("Money owed"), Empty: l.Phrase("Nothing is owed"), Well: true}
	if in.All > 0 {
		v.Title += " · " + digits(in.All)
	}
	if in.Overdue > 0 {
		v.Title += " · " + l.Say("overdue: {n}", "n", digits(in.Overdue))
	}
	v.News = in.balance()
	v.Tools = []Action{{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageDock)}}}
	if in.Announcing != nil {
		in.announce(v)
		view.After = v
		return view
	}
	v.Tools = append(v.Tools, Action{ID: "owed:announce", Label: l.Phrase("Announce"), Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryAnnounce}})
	coming := false
	for _, r := range in.Returns {
		kind := r.kind()
		row := AfterRow{
			Kind: kind, Shape: ShapeOf(kind), Title: l.Sentence(r.title(l, in.Frame.Now)), Sub: r.called(l), Age: age(l, in.Frame.Now.Sub(r.since())), On: in.Shown != nil && in.Shown.ID == r.ID,
			Select: Action{ID: "owed:" + r.ID, Label: r.ID, Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "owed", Value: r.ID}},
		}
		if r.Money == "" && !coming {
			coming = true
			row.Head = l.Phrase("Not done yet")
		}
		v.Rows = append(v.Rows, row)
	}
	v.Paged, v.Pages = turnPages(l, "owed-page", in.First, len(in.Returns), in.APage, in.All)
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
	}
	if in.Frame.Unread {
		v.Empty, v.Well, v.News = l.Phrase(beingRead), false, ""
	}
	if in.Shown != nil {
		view.Of = About("owed", in.Shown.ID)
		v.Detail = in.detail(*in.Shown)
		if said := in.Said.On(view.Of); said != "" && in.Asks == "" {
			v.Detail.Saved = said
		}
	}
	view.After = v
	return view
}

// balance is that of the day: "from before 2 + new 1 = paid 1 + refused 0 + still owed 2".
func (in OwedInputs) balance() string {
	l := in.Frame.Lang
	sides := [2][]string{}
	for i, t := range in.Balance {
		side := 0
		if i >= in.CameIn {
			side = 1
		}
		sides[side] = append(sides[side], l.Phrase(t.Name)+" "+digits(t.N))
	}
	if len(in.Balance) == 0 {
		return ""
	}
	return strings.Join(sides[0], " + ") + " = " + strings.Join(sides[1], " + ")
}

func (r OwedReturn) since() time.Time {
	if r.Closed.IsZero() {
		return r.Began
	}
	return r.Closed
}

// kind is how urgent it is.
func (r OwedReturn) kind() pack.Kind {
	switch {
	case r.Overdue:
		return pack.Refused
	case r.Money == "owed", r.Told == "unknown", r.Told == "refused":
		return pack.Asked
	}
	return pack.Info
}

// returnStates are what a return is that owes nothing yet.
var returnStates = map[string]string{
	"announced": "Announced, not arrived", "open": "Being taken apart", "parked": "Put aside at a bench", "closed": "Unknown: to be matched with its parcel",
}

// Blind reports whether nobody knows yet what it is of.
func (r OwedReturn) Blind() bool { return r.State == "closed" && r.Money == "" }

func (r OwedReturn) amount(l say.Language) string {
	if r.Owed.Currency == "" {
		return l.Phrase("amount not known")
	}
	return l.Decimal(r.Owed.String())
}

func (r OwedReturn) title(l say.Language, now time.Time) string {
	day := l.Time(r.Due.In(now.Location()), "2 Jan")
	switch {
	case r.Money == "":
		return l.Phrase(cmp.Or(returnStates[r.State], r.State))
	case r.Overdue:
		return l.Say("{amount}, overdue since {day}", "amount", r.amount(l), "day", day)
	case r.Money == "told":
		return l.Say("{amount}, shop told, due {day}", "amount", r.amount(l), "day", day)
	}
	return l.Say("{amount}, due {day}", "amount", r.amount(l), "day", day)
}

func (r OwedReturn) called(l say.Language) string {
	if r.Order == "" {
		return l.Say("return {no}", "no", r.ID)
	}
	return l.Say("order {no}", "no", r.Order) + " · " + r.ID
}

// ways are how a buyer gets what is owed, in words.
var ways = map[returns.Way]string{returns.Refund: "Refund", returns.Exchange: "Exchange", returns.Credit: "Credit"}

// refusals are why money is not paid, in words.
var refusals = map[string]string{"worn": "Worn", "too-late": "Too late", "incomplete": "Incomplete", "not-our-goods": "Not our goods"}

// tolds are how what the shop is told stands.
var tolds = map[string]string{
	"waiting": "not told yet", "unknown": "not known whether the shop has it", "done": "the shop has it", "refused": "the shop did not accept it: do it there by hand",
	"": "its shop is not connected: tell it yourself",
}

// detail is the return on the right.
func (in OwedInputs) detail(r OwedReturn) *AfterDetail {
	l, now := in.Frame.Lang, in.Frame.Now
	kind := r.kind()
	d := &AfterDetail{Kind: kind, Shape: ShapeOf(kind), Title: l.Sentence(r.title(l, now)), Sub: r.called(l), AskWord: l.Phrase("What came back")}
	fact := func(name, value string) {
		if value != "" {
			d.Facts = append(d.Facts, Figure{Name: l.Phrase(name), Value: value})
		}
	}
	fact("Parcel", r.Parcel)
	if !r.Closed.IsZero() {
		fact("Came in", whenIn(l, r.Closed, now))
	}
	if r.Money != "" {
		fact("Due", l.Time(r.Due.In(now.Location()), "Mon 2 Jan"))
	} else {
		fact("Bench", r.Station)
	}
	if r.Money == "told" {
		fact(ways[r.Way], l.Phrase(tolds[r.Told]))
	}
	fact("Stands at", r.Place)
	var units []string
	for _, u := range r.Units {
		text := digits(u.Qty) + " × " + u.Name
		if u.Marks != "" {
			text += " (" + u.Marks + ")"
		}
		if u.Grade != "" {
			text += ": " + l.Grade(u.Grade) + ", " + leadsTo(l, u.Grading)
		}
		if u.Odd != "" {
			text += " · " + oddly(l, pack.Back{Odd: u.Odd})
		}
		units = append(units, text)
	}
	d.Ask = strings.Join(units, "  ·  ")
	d.Actions, d.Saved = in.does(r)
	if r.State != "announced" {
		d.Photo = &Action{ID: "owed:photo", Label: l.Phrase("Add a photo"), Enabled: !in.Busy, Intent: Intent{Kind: IntentOwed, Name: r.ID, Value: OwedPhoto}}
		for _, hash := range r.Photos[max(0, len(r.Photos)-shownPhotos):] {
			d.Photos = append(d.Photos, PhotoName+hash)
		}
	}
	return d
}

// does are the buttons of a return and, where one was touched that cannot be undone, what it
// is asked about.
func (in OwedInputs) does(r OwedReturn) (out []Action, asks string) {
	l := in.Frame.Lang
	add := func(label, value string, primary bool) {
		out = append(out, Action{ID: "owed:" + value, Label: l.Phrase(label), Enabled: !in.Busy, Primary: primary, Intent: Intent{Kind: IntentOwed, Name: r.ID, Value: value}})
	}
	parcel, match := strings.CutPrefix(in.Asks, OwedMatch)
	switch {
	case r.Blind() && match:
		asks = l.Say("Is it of parcel {parcel}?", "parcel", parcel)
	case r.Blind():
		return r.matching(in), ""
	case r.Money == "":
	case in.Asks == OwedRefuse:
		for _, code := range returns.Refusals() {
			add(cmp.Or(refusals[code], say.Sentence(say.Words(code))), code, false)
		}
		add("Back", OwedBack, false)
		return out, l.Phrase("Why is it refused?")
	case in.Asks == OwedPaid:
		asks = l.Say("Is {amount} paid to the buyer? This cannot be undone", "amount", r.amount(l))
	case in.Asks == string(returns.Exchange):
		asks = l.Phrase("Send the same goods again, as an order of its own?")
	case in.Asks != "":
		asks = l.Say("Tell the shop: {way}, {amount}?", "way", l.Phrase(ways[returns.Way(in.Asks)]), "amount", r.amount(l))
	default:
		if r.Money == "owed" {
			for _, w := range returns.Ways() {
				add(ways[w], string(w), w == r.Way)
			}
		}
		add("Paid", OwedPaid, r.Money == "told")
		add("Refused", OwedRefuse, false)
	}
	if asks != "" {
		add("Yes", OwedSure, true)
		add("Back", OwedBack, false)
		return out, asks
	}
	if r.Parcel != "" {
		out = append(out, Action{ID: "owed:story", Label: l.Phrase("Show its story"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageTrace), Value: r.Parcel}})
	}
	return slices.Clip(out), ""
}

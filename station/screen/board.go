package screen

import (
	"math"
	"strings"
	"time"

	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
)

// BenchNow is how a bench stands, by its journal.
type BenchNow struct {
	Station string
	Person  string // "": nobody is signed in
	Order   string // "": none is in hand
	Open    int    // units of it to scan
	Phase   pack.Phase
	Loading bool // a van is loaded there
	Asks    bool // a badge is waited for there
	Last    time.Time
	Works   bool      // its program works, by its lease
	Heard   time.Time // when it last gave a sign of life, as far as was seen
	Parcels int       // closed in the last hour
	Usual   float64   // parcels in one of its hours; 0: not known
	Lamps   []Lamp    // that are not well, as far as is known
}

// BoardInputs is what the board is made of.
type BoardInputs struct {
	Frame   Frame
	Benches []BenchNow
	Quiet   time.Duration // after it a bench with an order in hand is looked at; 0: never
	Saved   Said
}

// What the board calls late.
const (
	lockedLong = 2 * time.Minute
	notHeard   = 30 * time.Second
)

// BoardView is the board.
type BoardView struct {
	Title string
	Saved string
	Back  Action
	Tiles []BenchTile
	Empty string
}

// BenchTile is one bench.
type BenchTile struct {
	ID    string
	Title string // the bench
	Who   string
	Doing string // "order 1042, 3 units to scan"
	Pace  string
	Age   string // of the last thing that was done there, or since when nothing is heard
	Kind  pack.Kind
	Shape Shape
	Lamps []Lamp // that are not well
	Away  bool   // it is not heard of: all that stands here was so before
	Alarm string // why somebody should go there, "" for nothing
	Act   *Action
}

// Board makes the board.
func Board(in BoardInputs) View {
	view := in.Frame.view(PageBoard, "cases")
	l := in.Frame.Lang
	v := &BoardView{Back: Action{
		ID: "page:cases", Label: l.Phrase("Cases"), Key: in.Frame.keys()["cases"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCases)},
	}, Saved: in.Saved.On(view.Of)}
	alarms := 0
	for _, b := range in.Benches {
		t := tile(b, in)
		if t.Alarm != "" {
			alarms++
		}
		v.Tiles = append(v.Tiles, t)
	}
	v.Title = l.Count("{n} benches", len(v.Tiles))
	if len(v.Tiles) == 1 && l.English() {
		v.Title = "1 bench"
	}
	if alarms > 0 {
		v.Title += l.Say(", {n} to look at", "n", digits(alarms))
	}
	if in.Frame.Unread {
		v.Title, v.Empty = l.Phrase("Benches"), l.Phrase(beingRead)
	} else if len(v.Tiles) == 0 {
		v.Empty = l.Phrase("No bench has worked here in the last week")
	}
	view.Board = v
	return view
}

func tile(b BenchNow, in BoardInputs) BenchTile {
	l := in.Frame.Lang
	t := BenchTile{
		ID: "bench:" + b.Station, Title: l.Say("Bench {bench}", "bench", b.Station), Who: in.Frame.Names.Of(b.Person), Doing: doing(l, b), Pace: pace(l, b),
		Age: age(l, in.Frame.Now.Sub(b.Last)), Kind: pack.Accepted, Alarm: alarm(b, in), Away: b.away(in.Frame.Now),
	}
	if t.Away {
		t.Age = age(l, in.Frame.Now.Sub(b.Heard))
	}
	for _, lamp := range b.Lamps {
		t.Lamps = append(t.Lamps, Lamp{Kind: lamp.Kind, Name: l.Sentence(l.Phrase(lamp.Name)), Colour: lamp.Colour, Words: l.Phrase(lamp.Words)})
	}
	switch {
	case b.Person == "":
		t.Who, t.Kind = l.Phrase("Nobody is signed in"), pack.Info
	case b.Phase == pack.Locked, b.Asks:
		t.Kind = pack.Asked
	}
	if t.Alarm != "" {
		t.Kind = pack.Refused
	}
	t.Shape = ShapeOf(t.Kind)
	if b.Phase == pack.Locked && in.Frame.may(people.Unlock) {
		t.Act = &Action{
			ID: "unlock:" + b.Station, Label: l.Phrase("Unlock"), Enabled: true, Intent: Intent{Kind: IntentCase, Name: b.Station, Value: CaseUnlock},
		}
	}
	return t
}

// doing says what a bench is at.
func doing(l say.Language, b BenchNow) string {
	order := l.Sentence(l.Say("order {no}", "no", b.Order))
	switch {
	case b.Phase == pack.Locked:
		return l.Phrase("Locked")
	case b.Loading:
		return l.Phrase("Loads a van")
	case b.Phase == pack.SignedOut && b.Order != "":
		return l.Say("{order} waits for who goes on", "order", order)
	case b.Order == "" && b.Phase == pack.SignedOut:
		return ""
	case b.Order == "":
		return l.Phrase("Between two orders")
	}
	switch b.Phase {
	case pack.Packing:
		return order + ", " + l.Say("{units} to scan", "units", l.Units(b.Open))
	case pack.Weighing:
		return order + ", " + l.Phrase("on the scale")
	case pack.Choosing:
		return order + ", " + l.Phrase("chooses a service")
	case pack.Labelling:
		return order + ", " + l.Phrase("waits for its label")
	case pack.Closing:
		return order + ", " + l.Phrase("label to be scanned")
	}
	return order
}

// away reports whether nothing is heard of a bench whose program has not ended.
func (b BenchNow) away(now time.Time) bool {
	return b.Works && !b.Heard.IsZero() && now.Sub(b.Heard) >= notHeard
}

// pace is the parcels of the last hour beside what is usual there.
func pace(l say.Language, b BenchNow) string {
	if b.Parcels == 0 && b.Usual == 0 {
		return ""
	}
	words := l.Say("{parcels} in the last hour", "parcels", l.Many(b.Parcels, "parcel"))
	if b.Usual > 0 {
		words += l.Say(", usually {n}", "n", digits(int(math.Round(b.Usual))))
	}
	return words
}

// alarm says why somebody should go to the bench, the gravest first.
func alarm(b BenchNow, in BoardInputs) string {
	l, silent := in.Frame.Lang, in.Frame.Now.Sub(b.Last)
	var out []string
	if b.away(in.Frame.Now) {
		out = append(out, l.Say("Not heard of since {time}", "time", b.Heard.In(in.Frame.Now.Location()).Format("15:04")))
	}
	if b.Phase == pack.Locked && silent >= lockedLong {
		out = append(out, l.Say("Locked for {time}", "time", age(l, silent)))
	}
	if b.Person != "" && b.Order != "" && b.Phase != pack.Locked && in.Quiet > 0 && silent >= in.Quiet {
		out = append(out, l.Say("Nothing done for {time}", "time", age(l, silent)))
	}
	return strings.Join(out, "; ")
}

func (v *BoardView) targets() []Action {
	out := []Action{v.Back}
	for _, t := range v.Tiles {
		if t.Act != nil {
			out = append(out, *t.Act)
		}
	}
	return out
}

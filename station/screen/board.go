package screen

import (
	"fmt"
	"math"
	"strings"
	"time"

	"packbench/station/pack"
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
	Age   string // of the last thing that was done there
	Kind  pack.Kind
	Shape Shape
	Alarm string // why somebody should go there, "" for nothing
	Act   *Action
}

// Board makes the board.
func Board(in BoardInputs) View {
	view := in.Frame.view(PageBoard, "cases")
	v := &BoardView{Back: Action{
		ID: "page:cases", Label: "Cases", Key: in.Frame.keys()["cases"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCases)},
	}, Saved: in.Saved.On(view.Of)}
	alarms := 0
	for _, b := range in.Benches {
		t := tile(b, in)
		if t.Alarm != "" {
			alarms++
		}
		v.Tiles = append(v.Tiles, t)
	}
	v.Title = fmt.Sprintf("%s benches", digits(len(v.Tiles)))
	if len(v.Tiles) == 1 {
		v.Title = "1 bench"
	}
	if alarms > 0 {
		v.Title += ", " + digits(alarms) + " to look at"
	}
	if in.Frame.Unread {
		v.Title, v.Empty = "Benches", beingRead
	} else if len(v.Tiles) == 0 {
		v.Empty = "No bench has worked here in the last week"
	}
	view.Board = v
	return view
}

func tile(b BenchNow, in BoardInputs) BenchTile {
	t := BenchTile{
		ID: "bench:" + b.Station, Title: "Bench " + b.Station, Who: in.Frame.Names.Of(b.Person), Doing: doing(b), Pace: pace(b),
		Age: age(in.Frame.Lang, in.Frame.Now.Sub(b.Last)), Kind: pack.Accepted, Alarm: alarm(b, in),
	}
	switch {
	case b.Person == "":
		t.Who, t.Kind = "Nobody is signed in", pack.Info
	case t.Alarm != "":
		t.Kind = pack.Refused
	case b.Phase == pack.Locked, b.Asks:
		t.Kind = pack.Asked
	}
	if t.Alarm != "" {
		t.Kind = pack.Refused
	}
	t.Shape = ShapeOf(t.Kind)
	if b.Phase == pack.Locked {
		t.Act = &Action{
			ID: "unlock:" + b.Station, Label: "Unlock", Enabled: true, Intent: Intent{Kind: IntentCase, Name: b.Station, Value: CaseUnlock},
		}
	}
	return t
}

// doing says what a bench is at.
func doing(b BenchNow) string {
	order := "Order " + b.Order
	switch {
	case b.Phase == pack.Locked:
		return "Locked"
	case b.Loading:
		return "Loads a van"
	case b.Phase == pack.SignedOut && b.Order != "":
		return order + " waits for who goes on"
	case b.Order == "" && b.Phase == pack.SignedOut:
		return ""
	case b.Order == "":
		return "Between two orders"
	}
	switch b.Phase {
	case pack.Packing:
		return order + ", " + say.Many(b.Open, "unit") + " to scan"
	case pack.Weighing:
		return order + ", on the scale"
	case pack.Choosing:
		return order + ", chooses a service"
	case pack.Labelling:
		return order + ", waits for its label"
	case pack.Closing:
		return order + ", label to be scanned"
	}
	return order
}

// pace is the parcels of the last hour beside what is usual there.
func pace(b BenchNow) string {
	if b.Parcels == 0 && b.Usual == 0 {
		return ""
	}
	words := say.Many(b.Parcels, "parcel") + " in the last hour"
	if b.Usual > 0 {
		words += fmt.Sprintf(", usually %s", digits(int(math.Round(b.Usual))))
	}
	return words
}

// alarm says why somebody should go to the bench, the gravest first.
func alarm(b BenchNow, in BoardInputs) string {
	silent := in.Frame.Now.Sub(b.Last)
	var out []string
	if b.Works && !b.Heard.IsZero() && in.Frame.Now.Sub(b.Heard) >= notHeard {
		out = append(out, "Not heard of since "+b.Heard.In(in.Frame.Now.Location()).Format("15:04"))
	}
	if b.Phase == pack.Locked && silent >= lockedLong {
		out = append(out, "Locked for "+age(in.Frame.Lang, silent))
	}
	if b.Person != "" && b.Order != "" && b.Phase != pack.Locked && in.Quiet > 0 && silent >= in.Quiet {
		out = append(out, "Nothing done for "+age(in.Frame.Lang, silent))
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

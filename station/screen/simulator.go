package screen

import (
	"cmp"
	"strings"

	"packbench/station/say"
	"packbench/station/unit"
)

// SimInputs is what the simulator's panel is made of.
type SimInputs struct {
	Open      []SimCode // the products of the open order
	Strangers []SimCode // products that are not in it
	Codes     []SimCode // badges, orders, cartons, the printed label
	Mass      unit.Mass // on the simulated scale
	Suggested unit.Mass // what the parcel would weigh, 0: not known
	Cables    []SimCable
	Printer   string // "ok", "paper-out"…
	Pictures  map[string]string
}

// SimCode is something that can be scanned by a touch.
type SimCode struct {
	Code string
	SKU  string // of a product
	Name string
	Done bool // nothing of it is open any more
}

// SimCable is the cable of a simulated device.
type SimCable struct {
	Device string
	In     bool
}

// SimView is the simulator's panel.
type SimView struct {
	Title     string
	Tiles     []Tile
	Strangers []Tile
	Codes     []Action
	Weight    string
	Knob      int       // 0 to 1000
	KnobMax   unit.Mass // what 1000 stands for
	Weights   []Action
	Cables    []Action
	Printer   []Action
	// Words over the parts.
	Hint, TilesWord, StrangersWord, CodesWord, WeightWord, CablesWord, PrinterWord string
}

// Tile is a product; touching it scans it.
type Tile struct {
	Item Item
	Done bool
	Scan Action
}

// knobMax is the load at the end of the knob.
const knobMax = 5 * unit.Kilogram

func simulator(l say.Language, in SimInputs) *SimView {
	v := &SimView{
		Title: l.Phrase("Simulator"), Tiles: simTiles(in.Open, in.Pictures), Strangers: simTiles(in.Strangers, in.Pictures), Weight: in.Mass.String(), KnobMax: knobMax,
		Hint: l.Phrase("touch to scan"), TilesWord: l.Phrase("In the order"), StrangersWord: l.Phrase("Other products"), CodesWord: l.Phrase("Badges, orders, boxes, label"),
		WeightWord: l.Phrase("On the scale"), CablesWord: l.Phrase("Cables (touch to pull or plug)"), PrinterWord: l.Phrase("Printer says"),
		Knob: int(min(max(in.Mass*1000/knobMax, 0), 1000)),
	}
	for _, c := range in.Codes {
		v.Codes = append(v.Codes, Action{ID: "sim:" + c.Code, Label: simName(l, c.Name), Enabled: true, Intent: Intent{Kind: IntentScan, Value: c.Code}})
	}
	knob := func(id, label string, m unit.Mass, enabled bool) {
		v.Weights = append(v.Weights, Action{ID: "knob:" + id, Label: label, Enabled: enabled, Primary: id == "parcel" && enabled, Intent: Intent{Kind: IntentKnob, Mass: m}})
	}
	knob("parcel", l.Phrase("Parcel"), in.Suggested, in.Suggested > 0)
	knob("empty", l.Phrase("Empty"), 0, true)
	knob("less", "–50 g", in.Mass-50*unit.Gram, true)
	knob("more", "+50 g", in.Mass+50*unit.Gram, true)
	for _, c := range in.Cables {
		value, label := "out", l.Phrase(c.Device)
		if !c.In {
			value, label = "in", l.Say("{device} out", "device", label)
		}
		v.Cables = append(v.Cables, Action{
			ID: "cable:" + c.Device, Label: l.Sentence(label), On: c.In, Enabled: true, Intent: Intent{Kind: IntentCable, Name: c.Device, Value: value},
		})
	}
	for _, p := range []string{"ok", "paper-out", "offline", "paused", "rejected", "stuck"} {
		v.Printer = append(v.Printer, Action{
			ID: "printer:" + p, Label: printerWords(l, p), On: p == cmp.Or(in.Printer, "ok"), Enabled: true, Intent: Intent{Kind: IntentPrinter, Value: p},
		})
	}
	return v
}

// simName is a name that the demo gave: what it is may be in front of its number.
func simName(l say.Language, name string) string {
	for _, what := range []string{"Order", "Label", "Carton"} {
		if number, is := strings.CutPrefix(name, what+" "); is {
			return l.Phrase(what) + " " + number
		}
	}
	return l.Phrase(name)
}

func printerWords(l say.Language, state string) string {
	return l.Sentence(l.Phrase(cmp.Or(map[string]string{"ok": "Fine", "paper-out": "No paper"}[state], say.Words(state))))
}

func simTiles(codes []SimCode, pictures map[string]string) []Tile {
	var out []Tile
	for _, c := range codes {
		out = append(out, Tile{
			Item: NewItem(c.SKU, c.Name, pictures[c.SKU]), Done: c.Done,
			Scan: Action{ID: "tile:" + c.Code, Label: cmp.Or(c.Name, c.SKU), Enabled: true, Intent: Intent{Kind: IntentScan, Value: c.Code}},
		})
	}
	return out
}

package carton

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// mostUnits bounds the units of a problem that comes from outside, and mostBoxTypes
// and mostLines the rest of it.
const (
	mostUnits    = 50_000
	mostBoxTypes = 500
	mostLines    = 10_000
)

// wireProblem is a problem as JSON has it: millimetres, grams.
type wireProblem struct {
	ID        json.RawMessage `json:"id"`
	Objective Objective       `json:"objective"`
	Boxes     []wireBox       `json:"boxes"`
	Items     []wireItem      `json:"items"`
	Heavy     float64         `json:"heavy_g"`
	Bulky     float64         `json:"bulky_mm3"`
	Support   *float64        `json:"support"`
	PerParcel float64         `json:"per_parcel"`
	PerKilo   float64         `json:"per_kg"`
	Divisor   float64         `json:"divisor"`
	Effort    int             `json:"effort"`
	Seconds   float64         `json:"seconds"`
}

type wireBox struct {
	ID    string    `json:"id"`
	Inner []float64 `json:"inner"`
	Outer []float64 `json:"outer"`
	Tare  float64   `json:"tare"`
	Max   float64   `json:"max"`
	Qty   *int      `json:"qty"`
	Cost  float64   `json:"cost"`
}

type wireItem struct {
	ID      string    `json:"id"`
	Qty     *int      `json:"qty"`
	Dim     []float64 `json:"dim"`
	Weight  float64   `json:"weight"`
	Rot     string    `json:"rot"`
	Vert    []int     `json:"vert"`
	Fragile bool      `json:"fragile"`
	Own     bool      `json:"own_box"`
	Most    int       `json:"max_per_box"`
	Group   any       `json:"group"`
	NoTop   bool      `json:"no_top"`
}

// ReadProblem reads a problem from JSON, and how long its search may take at most (0: no
// limit). What can be packed around, such as an item without dimensions, is no error.
func ReadProblem(line []byte) (p Problem, ceiling time.Duration, err error) {
	var w wireProblem
	if err := json.Unmarshal(line, &w); err != nil {
		if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) {
			return p, 0, fmt.Errorf("not a problem: %s may not be a JSON %s", cmp.Or(wrong.Field, "it"), wrong.Value)
		}
		return p, 0, fmt.Errorf("not a problem: %w", err)
	}
	p = Problem{
		ID: string(w.ID), Objective: w.Objective, Effort: w.Effort,
		Unknown: unknown(line),
		Rules:   Rules{Heavy: grams(w.Heavy), Bulky: whole(w.Bulky), Support: DefaultSupport},
		// Money is in millionths of whatever unit the problem is in.
		Charge: Charge{PerParcel: whole(w.PerParcel * 1e6), PerKilo: whole(w.PerKilo * 1e6), Divisor: whole(w.Divisor)},
	}
	if p.Objective == "" {
		p.Objective = FewestBoxes
	}
	if p.Objective == MostFilled && w.Seconds > 0 && w.Effort == 0 {
		p.Effort = math.MaxInt // as good as the time allows
	}
	if w.Support != nil {
		p.Rules.Support = int(math.Round(*w.Support * 1000))
	}
	switch {
	case p.Objective != FewestBoxes && p.Objective != LeastCost && p.Objective != MostFilled:
		return p, 0, fmt.Errorf("objective %q is none of boxes, cost, fill", p.Objective)
	case p.Rules.Support < 0 || p.Rules.Support > 1000:
		return p, 0, fmt.Errorf("support %v is not from 0 to 1", *w.Support)
	case w.Effort < 0 || w.Seconds < 0 || w.PerParcel < 0 || w.PerKilo < 0 || w.Divisor < 0 || w.Heavy < 0 || w.Bulky < 0:
		return p, 0, fmt.Errorf("effort, seconds, per_parcel, per_kg, divisor, heavy_g and bulky_mm3 are not negative")
	case len(w.Boxes) == 0:
		return p, 0, fmt.Errorf("there are no boxes")
	case len(w.Boxes) > mostBoxTypes || len(w.Items) > mostLines:
		return p, 0, fmt.Errorf("at most %d boxes and %d items", mostBoxTypes, mostLines)
	}
	if p.Boxes, err = readBoxes(w.Boxes); err != nil {
		return p, 0, err
	}
	p.Items, err = readItems(w.Items)
	return p, time.Duration(min(w.Seconds, 3600) * float64(time.Second)), err
}

// unknown names the fields of a problem that it has not, "items.rotation" for one of its
// items, by name and each once. Case does not count, as in encoding/json.
func unknown(line []byte) []string {
	strict := json.NewDecoder(bytes.NewReader(line))
	strict.DisallowUnknownFields()
	if strict.Decode(&wireProblem{}) == nil {
		return nil
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(line, &all) != nil {
		return nil
	}
	found := map[string]bool{}
	look := func(in map[string]json.RawMessage, of any, before string) {
		known := reflect.TypeOf(of)
		for name := range in {
			if _, is := known.FieldByNameFunc(func(field string) bool {
				f, _ := known.FieldByName(field)
				return strings.EqualFold(f.Tag.Get("json"), name)
			}); !is {
				found[before+name] = true
			}
		}
	}
	look(all, wireProblem{}, "")
	for name, raw := range all {
		var rows []map[string]json.RawMessage
		of, listed := map[string]any{"boxes": wireBox{}, "items": wireItem{}}[strings.ToLower(name)]
		if !listed || json.Unmarshal(raw, &rows) != nil {
			continue
		}
		for _, row := range rows {
			look(row, of, strings.ToLower(name)+".")
		}
	}
	names := slices.Sorted(maps.Keys(found))
	return names[:min(len(names), mostUnknown)]
}

// mostUnknown is how many fields are named.
const mostUnknown = 20

func readBoxes(wire []wireBox) ([]Box, error) {
	var boxes []Box
	seen := map[string]bool{}
	for _, b := range wire {
		box := Box{ID: b.ID, Inner: millimetres(b.Inner), Outer: millimetres(b.Outer), Tare: grams(b.Tare), Max: grams(b.Max), Cost: whole(b.Cost * 1e6)}
		if b.Qty != nil {
			box.Stock = *b.Qty
			if *b.Qty <= 0 {
				box.Stock = -1
			}
		}
		in, out := sides(box.Inner), sides(outerOf(box))
		switch {
		case seen[b.ID]:
			return nil, fmt.Errorf("box %q is there twice", b.ID)
		case min(in[0], in[1], in[2]) <= 0:
			return nil, fmt.Errorf("box %q: inner needs three dimensions above 0", b.ID)
		case len(b.Outer) != 0 && box.Outer.IsZero():
			return nil, fmt.Errorf("box %q: outer needs three dimensions", b.ID)
		case in[0] > out[0] || in[1] > out[1] || in[2] > out[2]:
			return nil, fmt.Errorf("box %q: the inside (%s) is larger than the outside (%s)", b.ID, box.Inner, box.Outer)
		case b.Tare < 0 || b.Max < 0 || b.Cost < 0 || b.Qty != nil && *b.Qty < 0:
			return nil, fmt.Errorf("box %q: tare, max, cost and qty are not negative", b.ID)
		}
		seen[b.ID] = true
		boxes = append(boxes, box)
	}
	return boxes, nil
}

func readItems(wire []wireItem) ([]Item, error) {
	items := make([]Item, len(wire))
	total := 0
	for i, w := range wire {
		it := Item{SKU: w.ID, Size: millimetres(w.Dim), Mass: grams(w.Weight), Qty: 1, Fragile: w.Fragile, Own: w.Own, Most: w.Most, NoTop: w.NoTop}
		if w.Qty != nil {
			it.Qty = *w.Qty
		}
		if w.Group != nil && w.Group != "" {
			it.Group = fmt.Sprint(w.Group)
		}
		switch w.Rot {
		case "", "any":
		case "flat":
			it.Turn = Flat
		case "none":
			it.Turn.Fixed = true
		default:
			return nil, fmt.Errorf("item %d: rot %q is none of any, flat, none", i, w.Rot)
		}
		if len(w.Vert) != 0 && len(w.Vert) != 3 {
			return nil, fmt.Errorf("item %d: vert needs three values", i)
		}
		for k, may := range w.Vert {
			it.Turn.Not[k] = it.Turn.Not[k] || may == 0
		}
		if it.Qty < 0 || it.Most < 0 {
			return nil, fmt.Errorf("item %d: qty and max_per_box are not negative", i)
		}
		if total += min(it.Qty, mostUnits+1); total > mostUnits {
			return nil, fmt.Errorf("more than %d units", mostUnits)
		}
		items[i] = it
	}
	return items, nil
}

// Lengths and masses beyond these are beyond every box, too.
const farOut = 1e9

func millimetres(e []float64) unit.Size {
	if len(e) != 3 {
		return unit.Size{}
	}
	at := func(v float64) unit.Length { return unit.Length(math.Round(max(-farOut, min(v, farOut)) * 1000)) }
	return unit.Size{Width: at(e[0]), Length: at(e[1]), Depth: at(e[2])}
}

func grams(v float64) unit.Mass {
	return unit.Mass(math.Round(max(-farOut, min(v, farOut)) * float64(unit.Gram)))
}

func whole(v float64) int64 { return int64(math.Round(max(0, min(v, 1e15)))) }

type wireSolution struct {
	ID       json.RawMessage `json:"id,omitempty"`
	Boxes    []wireFilled    `json:"boxes"`
	Unpacked []wireLeft      `json:"unpacked"`
	Own      []wireLeft      `json:"own"`
	Us       int64           `json:"us"`
	Warnings []string        `json:"warnings,omitempty"`
}

type wireFilled struct {
	Box   string       `json:"box"`
	Items []wirePlaced `json:"items"`
}

type wirePlaced struct {
	I int     `json:"i"`
	X float64 `json:"x"`
	Y float64 `json:"y"`
	Z float64 `json:"z"`
	W float64 `json:"w"`
	L float64 `json:"l"`
	D float64 `json:"d"`
}

type wireLeft struct {
	I    int    `json:"i"`
	N    int    `json:"n"`
	Why  Why    `json:"why,omitempty"`
	Text string `json:"text,omitempty"`
}

// WriteSolution writes a solution of a problem as one line of JSON, with how long it took.
func WriteSolution(p Problem, s Solution, took time.Duration) ([]byte, error) {
	out := wireSolution{Boxes: []wireFilled{}, Unpacked: []wireLeft{}, Own: []wireLeft{}, Us: took.Microseconds()}
	if p.ID != "" {
		out.ID = json.RawMessage(p.ID)
	}
	mm := func(l unit.Length) float64 { return float64(l) / float64(unit.Millimetre) }
	for _, b := range s.Boxes {
		filled := wireFilled{Box: p.Boxes[b.Box].ID, Items: make([]wirePlaced, len(b.Units))}
		for i, u := range b.Units {
			filled.Items[i] = wirePlaced{u.Item, mm(u.X), mm(u.Y), mm(u.Z), mm(u.Size.Width), mm(u.Size.Length), mm(u.Size.Depth)}
		}
		out.Boxes = append(out.Boxes, filled)
	}
	for _, l := range s.Unpacked {
		out.Unpacked = append(out.Unpacked, wireLeft{l.Item, l.N, l.Why, l.Why.Sentence()})
	}
	for _, l := range s.Own {
		out.Own = append(out.Own, wireLeft{I: l.Item, N: l.N})
	}
	for _, name := range p.Unknown {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%q is no field of a problem, and changed nothing", name))
	}
	return json.Marshal(out)
}

// Sentence says the reason in words.
func (w Why) Sentence() string {
	return map[Why]string{
		NoSize:      "a dimension is missing, 0 or negative",
		NoMass:      "its mass is missing, and every box that it fits in has a limit",
		TooLarge:    "larger than every box, however it is turned",
		TooHeavy:    "too heavy for every box that it fits in",
		NotTogether: "its group may not be in one box, or does not fit in any",
		NoBoxLeft:   "no box is left that it fits in",
		NoRoom:      "the box is full",
		OwnCarton:   "it ships in its own carton",
	}[w]
}

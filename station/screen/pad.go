package screen

import (
	"fmt"
	"strings"
	"unicode"

	"packbench/station"
	"packbench/station/unit"
)

// CartonTile is a box that can be chosen by touch, with what it takes to draw it.
type CartonTile struct {
	Take  Action
	Name  string
	Words string // "300 × 200 × 150 mm"
	Size  unit.Size
}

// cartonTiles are the boxes of the shop; the one in use is on.
func cartonTiles(cartons []station.Carton, used string) []CartonTile {
	var out []CartonTile
	for _, c := range cartons {
		size := c.Outer
		if size == (unit.Size{}) {
			size = c.Inner
		}
		t := CartonTile{Size: size, Name: c.Name, Take: Action{
			ID: "carton:" + c.ID, Label: c.ID, Enabled: true, On: c.ID == used, Intent: command("carton", c.ID),
		}}
		if c.Name == c.ID {
			t.Name = ""
		}
		if size.Length > 0 && size.Width > 0 && size.Depth > 0 {
			t.Words = fmt.Sprintf("%d × %d × %d mm", size.Length/unit.Millimetre, size.Width/unit.Millimetre, size.Depth/unit.Millimetre)
		}
		out = append(out, t)
	}
	return out
}

// The rows of keys that a field is typed with by touch; a space is the bar.
var pads = map[string][]string{
	"count":  {"7 8 9", "4 5 6", "1 2 3", "0 Delete"},
	"weight": {"7 8 9 kg", "4 5 6 g", "1 2 3 lb", ". 0 Delete oz"},
	"code":   {"1 2 3 4 5 6 7 8 9 0", "Q W E R T Y U I O P", "A S D F G H J K L -", "Z X C V B N M . / Space Delete"},
	"driver": {"Q W E R T Y U I O P", "A S D F G H J K L -", "Z X C V B N M . '", "Ä Ö Ü É Space Delete"},
}

// Pad is the keys on the screen for a field, row by row; none where it is only typed
// into by keyboard.
func (e Entry) Pad() [][]Action {
	rows := pads[e.ID]
	if e.ID == "trace" || e.ID == EntryQueue {
		rows = pads["code"]
	}
	var out [][]Action
	for _, row := range rows {
		var keys []Action
		for _, key := range strings.Fields(row) {
			keys = append(keys, e.key(key))
		}
		out = append(out, keys)
	}
	return out
}

// key is a key of the pad, with what the field reads after it.
func (e Entry) key(key string) Action {
	text := []rune(e.Text)
	a := Action{ID: "pad:" + key, Label: key, Enabled: len(text) < maxEntry, Intent: Intent{Kind: IntentText, Name: e.ID}}
	switch {
	case key == "Delete":
		a.Enabled = len(text) > 0
		a.Intent.Value = string(text[:max(len(text)-1, 0)])
		return a
	case key == "Space":
		key = " "
	case e.ID == "weight" && unicode.IsLetter(rune(key[0])): // one unit, in place of another
		a.Intent.Value = strings.TrimRightFunc(e.Text, func(r rune) bool { return r == ' ' || unicode.IsLetter(r) }) + " " + key
		return a
	case e.ID == "driver" && len(text) > 0 && unicode.IsLetter(text[len(text)-1]): // names are large where they begin
		key = strings.ToLower(key)
		a.Label = key
	}
	a.Intent.Value = e.Text + key
	return a
}

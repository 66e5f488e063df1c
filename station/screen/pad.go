package screen

import (
	"fmt"
	"slices"
	"strconv"
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
			t.Words = sizeWords(size)
		}
		out = append(out, t)
	}
	return out
}

// sizeWords writes "300 × 200 × 150 mm".
func sizeWords(size unit.Size) string {
	return fmt.Sprintf("%d × %d × %d mm", size.Length/unit.Millimetre, size.Width/unit.Millimetre, size.Depth/unit.Millimetre)
}

// FieldKind is what is typed into a field: it says which keys stand on the screen.
type FieldKind string

// The kinds of field.
const (
	FieldText   FieldKind = ""       // letters, small ones
	FieldName   FieldKind = "name"   // of a person, firm or street: words begin with a capital
	FieldProse  FieldKind = "prose"  // sentences do
	FieldCode   FieldKind = "code"   // capitals
	FieldCount  FieldKind = "count"  // digits
	FieldNumber FieldKind = "number" // with a decimal
	FieldDay    FieldKind = "day"    // 2026-03-29
	FieldWeight FieldKind = "weight"
)

// fieldKinds are the kinds of fields by their ids; of others their opener says it.
var fieldKinds = map[string]FieldKind{
	"code": FieldCode, "carton": FieldCode, EntryQueue: FieldCode, EntryParcel: FieldCode, "count": FieldCount, "weight": FieldWeight, "driver": FieldName,
	EntryStockQty: FieldCount, EntryStockBin: FieldCode, EntryCounted: FieldCount, EntryCountBin: FieldCode,
	EntryShelf: FieldCode, EntryShelfCode: FieldCode, EntryShelfFactor: FieldCount, EntryShelfPerBox: FieldCount, EntryShelfWeight: FieldWeight,
	EntryTracking: FieldCode, EntryPlace: FieldCode, EntryBlind: FieldCode, EntryAnnounce: FieldCode, EntryMatch: FieldCode, EntryLot: FieldCode, EntrySerial: FieldCode, EntryExpiry: FieldDay, EntryPIN: FieldCount,
	EntryDay: FieldDay, EntryFactor: FieldCount, EntryCaseWeight: FieldWeight, EntryCasePack: FieldCount, EntryNote: FieldProse, EntryReason: FieldProse,
	PersonField + "manager": FieldName, PersonField + "supervisor": FieldName, PersonField + "packer": FieldName,
}

// Caps is whether the next letter is another one than is usual in its field.
type Caps string

// What the key Shift leads through.
const (
	CapsUsual Caps = ""
	CapsOnce  Caps = "once" // for one letter
	CapsKept  Caps = "kept"
)

// Keys on the screen are one of these layers, or a page of the other letters: "1"…
const (
	layerLetters = ""
	layerSigns   = "signs"
)

// The rows of keys that a field is typed with by touch. Names of several letters are
// keys that type none.
var pads = map[FieldKind][]string{
	FieldCount:  {"7 8 9", "4 5 6", "1 2 3", "Clear 0 Delete"},
	FieldNumber: {"7 8 9", "4 5 6", "1 2 3", ". 0 Delete"},
	FieldDay:    {"7 8 9", "4 5 6", "1 2 3", "- 0 Delete"},
	FieldWeight: {"7 8 9 kg", "4 5 6 g", "1 2 3 lb", ". 0 Delete oz"},
}

const (
	digitRow = "1 2 3 4 5 6 7 8 9 0 Delete"
	lastRow  = "Signs Letters Space Clear"
)

var layers = map[string][]string{
	layerLetters: {digitRow, "q w e r t y u i o p -", "a s d f g h j k l ' @", "Shift z x c v b n m , . /", lastRow},
	layerSigns:   {digitRow, `! " # $ % & ( ) = + *`, `: ; ? _ ~ ^ \ | < > €`, "{ } [ ] ` § £ ° · … –", lastRow},
}

// Pad is the keys on the screen for a field, row by row; none where boxes or choices are
// touched instead.
func (e Entry) Pad() [][]Action {
	if len(e.Tiles) > 0 || len(e.Choices) > 0 {
		return nil
	}
	rows, more := pads[e.Kind], letterPages(e.Languages)
	if rows == nil {
		rows = layers[e.Layer]
	}
	if n, err := strconv.Atoi(e.Layer); err == nil && rows == nil && n >= 1 && n <= len(more) {
		rows = lettersRows(more[n-1])
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

// lettersRows are the rows of a page of letters.
func lettersRows(letters []string) []string {
	rows := []string{digitRow}
	for row := range slices.Chunk(letters, lettersPage/3) {
		rows = append(rows, strings.Join(row, " "))
	}
	rows[len(rows)-1] = "Shift " + rows[len(rows)-1]
	return append(rows, lastRow)
}

// What a key types that types no character.
const (
	TypeDelete = "\b"   // the last character goes
	TypeClear  = "\x15" // all go
)

// key is a key of the pad. It says what is typed, not what the field reads then: a
// finger is faster than a slow computer draws, and the next touch would undo this one.
func (e Entry) key(key string) Action {
	text := []rune(e.Text)
	a := Action{ID: "pad:" + key, Label: e.keyLabel(key), Enabled: len(text) < maxEntry, Intent: Intent{Kind: IntentType, Name: e.ID}}
	switch {
	case key == "Delete", key == "Clear":
		a.Enabled = len(text) > 0
		a.Intent.Value = map[string]string{"Delete": TypeDelete, "Clear": TypeClear}[key]
		return a
	case key == "Shift" || key == "Signs" || key == "Letters":
		return e.turn(key)
	case key == "Space":
		key = " "
	case e.Kind == FieldWeight && unicode.IsLetter(rune(key[0])):
		a.Intent.Value = " " + key
		return a
	case e.capital():
		key = strings.ToUpper(key)
		a.Label = key
	}
	a.Intent.Value = key
	return a
}

// keyLabel names a key that types no character by what it does.
func (e Entry) keyLabel(key string) string {
	if len(key) < 3 || key == "Shift" { // a page is called that too
		return key
	}
	return e.Lang.Phrase(key)
}

// turn is a key that changes what the others type.
func (e Entry) turn(key string) Action {
	more := letterPages(e.Languages)
	a := Action{ID: "pad:" + key, Label: e.keyLabel(key), Enabled: true, Intent: Intent{Kind: IntentKeys, Name: e.Layer, Value: string(e.Caps)}}
	switch page, _ := strconv.Atoi(e.Layer); {
	case key == "Shift":
		a.On, a.Primary = e.Caps == CapsOnce, e.Caps == CapsKept
		a.Intent.Value = string(map[Caps]Caps{CapsUsual: CapsOnce, CapsOnce: CapsKept}[e.Caps])
	case key == "Signs" && e.Layer == layerLetters:
		a.Label, a.Intent.Name = "? & #", layerSigns
	case key == "Signs":
		a.Label, a.Intent.Name = "abc", layerLetters
	default: // the next page of letters, or the first one
		page %= len(more)
		a.Label, a.Intent.Name = strings.Join(more[page][:3], " "), strconv.Itoa(page+1)
	}
	return a
}

// capital reports whether the next letter is one.
func (e Entry) capital() bool {
	usual := e.Kind == FieldCode
	switch before := []rune(e.Text); {
	case e.Kind == FieldName:
		usual = len(before) == 0 || !unicode.IsLetter(before[len(before)-1])
	case e.Kind == FieldProse:
		sentence := strings.TrimRight(e.Text, " ")
		usual = sentence == "" || sentence != e.Text && strings.ContainsAny(sentence[len(sentence)-1:], ".!?")
	}
	switch {
	case e.Caps == CapsUsual:
		return usual
	case e.Caps == CapsKept && e.Kind != FieldCode:
		return true
	}
	return !usual
}

// Type is the field after what IntentType says was typed; a full one takes no more.
func (e Entry) Type(what string) Entry {
	text := []rune(e.Text)
	switch {
	case what == TypeDelete:
		return e.reads(string(text[:max(len(text)-1, 0)]))
	case what == TypeClear:
		return e.reads("")
	case e.Kind == FieldWeight && len(what) > 1 && what[0] == ' ': // one unit, in place of another
		text = []rune(strings.TrimRightFunc(e.Text, func(r rune) bool { return r == ' ' || unicode.IsLetter(r) }))
	}
	if len(text)+len([]rune(what)) > maxEntry {
		return e
	}
	return e.reads(string(text) + what)
}

// reads is the field with another text; Shift was for one letter of it.
func (e Entry) reads(text string) Entry {
	if len(text) > len(e.Text) && e.Caps == CapsOnce {
		e.Caps = CapsUsual
	}
	e.Text, e.Bad = text, false
	return e
}

// Pasted is the field with what was on the clipboard behind its text, in one line. What
// is too long is not cut: half a key would be wrong without a word.
func (e Entry) Pasted(text string) Entry {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	switch n := len([]rune(text)); {
	case n == 0:
		e.Hint = "There is no text on the clipboard"
	case n+len([]rune(e.Text)) > maxEntry:
		e.Hint, e.Bad = fmt.Sprintf("The clipboard holds %d characters; a field takes %d", n, maxEntry), true
	default:
		e = e.reads(e.Text + text)
	}
	return e
}

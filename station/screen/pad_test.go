package screen

import (
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// byTouch types a text into a field with the keys on the screen alone.
func byTouch(e Entry, want string) (Entry, bool) {
	for e.Text != want {
		type way struct {
			e     Entry
			turns int
		}
		found := false
		for try := []way{{e, 0}}; len(try) > 0 && !found; try = try[1:] { // through Shift and the layers, the shortest way
			for _, row := range try[0].e.Pad() {
				for _, key := range row {
					next := key.Intent.Value
					if key.Intent.Kind == IntentType {
						next = try[0].e.Type(next).Text
					}
					switch {
					case found || !key.Enabled:
					case key.Intent.Kind == IntentKeys && try[0].turns < 6:
						turned := try[0].e
						turned.Layer, turned.Caps = key.Intent.Name, Caps(next)
						try = append(try, way{turned, try[0].turns + 1})
					case key.Intent.Kind == IntentType && len(next) > len(e.Text) && strings.HasPrefix(want, next):
						e, found = try[0].e.Type(key.Intent.Value), true
					}
				}
			}
		}
		if !found {
			return e, false
		}
	}
	return e, true
}

// V14: by touch alone every field can be filled: numbers, codes, names in the letters
// of the shop's languages and of its buyers', addresses, notes, paths and commands.
func TestV14FieldsAreTypedByTouch(t *testing.T) {
	for _, f := range []struct{ id, text string }{
		{"count", "120"},
		{"weight", "1.25 kg"},
		{"code", "MUG-W/7"},
		{"code", "mug-w_7"},
		{"driver", "Max Müller"},
		{"driver", "Łucja d'Ærø"},
		{"driver", "Ελένη Παπά"},
		{"driver", "Щербак Ґанна"},
		{"trace", "00123456789012345675"},
		{EntryDay, "2026-03-29"},
		{EntryFactor, "6"},
		{EntryNote, "Box was open. Asked Łukasz: 2 × OK?"},
		{EntryFind, "1003-1"},
		{EntryLink, "tea, green"},
		{PersonField + "packer", "Zoë Núñez"},
		{"sender.email", "info+shop_1@example.org"},
		{"sender.street", "Rue de l'Église 4/2"},
		{"scanner.trigger", `\x16T\r`},
		{"printer.label.folder", `C:\Users\Bench 1\Labels`},
		{"printer.label.address", "ipp://host:631/ipp/print"},
	} {
		e := EntryFor(Intent{Kind: IntentEdit, Name: f.id})
		e.Languages = []string{"uk", "el"}
		want := strings.ReplaceAll(f.text, "×", "x")
		if e, ok := byTouch(e, want); !ok {
			t.Errorf("%s: no key leads on from %q to %q", f.id, e.Text, want)
		}
	}
}

// V14: Delete takes one character, Clear all; a key for one letter in capitals is for
// one letter, and names begin with one.
func TestV14KeysOfAField(t *testing.T) {
	press := func(e Entry, label string) Entry {
		for _, row := range e.Pad() {
			for _, key := range row {
				if key.Label == label && key.Intent.Kind == IntentKeys {
					e.Layer, e.Caps = key.Intent.Name, Caps(key.Intent.Value)
					return e
				}
				if key.Label == label {
					return e.Type(key.Intent.Value)
				}
			}
		}
		t.Fatalf("%q has no key %q", e.ID, label)
		return e
	}
	for _, c := range []struct{ id, keys, want string }{
		{"count", "1 2 0 Delete", "12"},
		{"count", "1 2 0 Clear", ""},
		{"driver", "M a x Space M Delete B", "Max B"},
		{"driver", "M Shift A c", "MAc"},
		{"driver", "M Shift Shift A C", "MAC"},
		{EntryNote, "B o x . Space O", "Box. O"},
		{"code", "M Shift u G", "MuG"},
		{"code", "M Shift Shift u g", "Mug"},
		{"sender.email", "a @ b . c", "a@b.c"},
		{"sender.email", "a ?_&_# { abc b", "a{b"},
	} {
		e := EntryFor(Intent{Kind: IntentEdit, Name: c.id})
		for _, key := range strings.Fields(c.keys) {
			e = press(e, strings.ReplaceAll(key, "_", " "))
		}
		if e.Text != c.want {
			t.Errorf("%s: %s gives %q, want %q", c.id, c.keys, e.Text, c.want)
		}
	}
}

// V14: the letters of the shop's own language come first.
func TestV14OwnLettersComeFirst(t *testing.T) {
	for tag, first := range map[string]string{"de": "ä", "fr": "é", "pl": "ą", "uk": "й", "pt-BR": "ã", "en": "ä", "ja": "ä"} {
		e := Entry{ID: "sender.city", Layer: "1", Languages: []string{tag}}
		rows := e.Pad()
		if got := rows[1][0].Label; got != first {
			t.Errorf("%s begins with %q", tag, got)
		}
		for _, row := range rows {
			if len(row) > 12 {
				t.Errorf("%s: a row of %d keys", tag, len(row))
			}
		}
	}
}

// V14: another unit takes the place of the first.
func TestV14OneUnitOfAWeight(t *testing.T) {
	e := Entry{ID: "weight", Kind: FieldWeight, Text: "1.25 kg"}
	if got := e.Type(e.key("lb").Intent.Value).Text; got != "1.25 lb" {
		t.Errorf("%q", got)
	}
}

// V14: another box is chosen from tiles; the one in use is marked.
func TestV14BoxesAreTiles(t *testing.T) {
	e := EntryFor(Intent{Kind: IntentEdit, Name: "carton"})
	in := BenchInputs{
		State: pack.State{Phase: pack.Packing, Work: &pack.Work{Order: "1", Parcel: pack.Parcel{Carton: &pack.Carton{ID: "M"}}}}, Entry: &e,
		Cartons: []station.Carton{{ID: "S"}, {ID: "M", Name: "Medium", Outer: unit.Size{Length: 300 * unit.Millimetre, Width: 200 * unit.Millimetre, Depth: 150 * unit.Millimetre}}},
	}
	v := Bench(in)
	if len(v.Entry.Tiles) != 2 || v.Entry.Tiles[1].Words != "300 × 200 × 150 mm" || !v.Entry.Tiles[1].Take.On || v.Entry.Tiles[0].Take.On {
		t.Fatalf("the tiles are %+v", v.Entry.Tiles)
	}
	if c := v.Entry.Tiles[0].Take.Intent.Command; c.Name != "carton" || c.Value != "S" {
		t.Errorf("a tile gives %+v", c)
	}
	if e.Tiles != nil {
		t.Error("the field of before has changed under the window")
	}
}

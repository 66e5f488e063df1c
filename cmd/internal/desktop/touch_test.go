package desktop

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/screen"
)

// byTouch fills the open field with the keys on the screen alone.
func (d *seat) byTouch(text string) {
	d.Helper()
	for {
		v := d.until("the field", func(v screen.View) bool { return v.Entry != nil })
		if v.Entry.Text == text {
			return
		}
		keys := wayTo(*v.Entry, text)
		if keys == nil {
			d.Fatalf("no key leads on from %q to %q", v.Entry.Text, text)
		}
		for _, key := range keys {
			d.front.Intent(key)
		}
		d.until("the keys to be felt", func(now screen.View) bool { return now.Entry != nil && now.Entry.Text != v.Entry.Text })
	}
}

// wayTo is which keys type the next character: through Shift and the other letters.
func wayTo(e screen.Entry, text string) []screen.Intent {
	type way struct {
		e    screen.Entry
		keys []screen.Intent
	}
	for _, row := range e.Pad() {
		for _, key := range row {
			if key.Label == "Clear" && !strings.HasPrefix(text, e.Text) {
				return []screen.Intent{key.Intent}
			}
		}
	}
	for try := []way{{e: e}}; len(try) > 0; try = try[1:] {
		now := try[0]
		for _, row := range now.e.Pad() {
			for _, key := range row {
				keys := append(slices.Clone(now.keys), key.Intent)
				next := key.Intent.Value
				if key.Intent.Kind == screen.IntentType {
					next = now.e.Type(next).Text
				}
				switch {
				case key.Intent.Kind == screen.IntentType && len(next) > len(e.Text) && strings.HasPrefix(text, next):
					return keys
				case key.Intent.Kind == screen.IntentKeys && len(keys) < 4:
					turned := now.e
					turned.Layer, turned.Caps = key.Intent.Name, screen.Caps(next)
					try = append(try, way{turned, keys})
				}
			}
		}
	}
	return nil
}

// A finger is faster than a slow computer draws: what it touches on a picture of before
// is typed all the same, and a second touch on Done takes nothing again.
func TestTouchesFasterThanThePicture(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentEdit, Name: "code"})
	shown := d.until("the field", func(v screen.View) bool { return v.Entry != nil }).Entry
	touch := func(label string) {
		for _, key := range slices.Concat(shown.Pad()...) {
			if key.Label == label {
				d.front.Intent(key.Intent)
			}
		}
	}
	for _, label := range []string{"1", "0", "7", "Delete", "0", "1"} {
		touch(label)
	}
	for range 2 {
		d.front.Intent(screen.EntryActions(*shown)[0].Intent)
	}
	touch("7")
	v := d.until("the order", func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == "1001" })
	if v.Entry != nil || v.Bench.Card.Head != "Order 1001" {
		t.Errorf("the field is %+v, the card says %q: the second touch was taken", v.Entry, v.Bench.Card.Head)
	}
}

// V14: by touch alone a setting is typed or chosen, cases are searched and get a
// note, and each field can be left again with nothing changed.
func TestV14FieldsByTouchAlone(t *testing.T) {
	d := newDesk(t)
	d.mismatches(2)
	d.signIn("B-MANAGER")
	shows := func(key, value string) func(screen.View) bool {
		return func(v screen.View) bool {
			return v.Entry == nil && v.Settings != nil && slices.ContainsFunc(v.Settings.Fields, func(f screen.FieldView) bool { return f.Key == key && f.Value == value })
		}
	}
	d.settingsTab("Sender")
	d.touch("field:sender.company")
	d.byTouch("Kräuter & Söhne")
	d.touch("entry:done")
	d.until("the company", shows("sender.company", "Kräuter & Söhne"))
	d.touch("field:sender.company")
	d.byTouch("Kräuter & Söhne 2")
	d.touch("entry:leave")
	d.until("the company of before", shows("sender.company", "Kräuter & Söhne"))

	d.settingsTab("Screen")
	d.touch("field:theme")
	d.until("the choices", func(v screen.View) bool { return v.Entry != nil && len(v.Entry.Choices) == 3 })
	d.touch("option:2")
	d.until("dark", shows("theme", "Dark"))
	d.touch("field:theme")
	d.touch("entry:leave")
	d.until("still dark", shows("theme", "Dark"))

	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	d.front.Intent(screen.Intent{Kind: screen.IntentEdit, Name: screen.EntryNote})
	d.byTouch("Box was open. Called: no")
	d.touch("entry:leave")
	d.touch("find-case")
	d.byTouch("qx")
	d.touch("entry:done")
	d.until("nothing found", func(v screen.View) bool { return v.Entry == nil && v.Cases != nil && len(v.Cases.Rows) == 0 })
}

// V32: the log on the screen speaks in words; the codes are for files.
func TestV32TheLogIsInWords(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShift)})
	d.touch("table:Log")
	v := d.until("the log", func(v screen.View) bool {
		return v.Shift != nil && v.Shift.Table.Title == "Log" && len(v.Shift.Table.Rows) > 0
	})
	i := slices.Index(v.Shift.Table.Columns, "What happened")
	if i < 0 || v.Shift.Table.Rows[len(v.Shift.Table.Rows)-1][i] != "Signed in" {
		t.Errorf("the log has %v: %v", v.Shift.Table.Columns, v.Shift.Table.Rows)
	}
}

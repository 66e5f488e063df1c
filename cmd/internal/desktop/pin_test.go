package desktop

import (
	"testing"

	"packbench/cmd/internal/door"
	"packbench/station/engine"
	"packbench/station/people"
	"packbench/station/screen"
)

// A badge with a PIN signs in once that is typed: a digit opens its field, which shows
// none, and a badge that is revoked then ends what its owner does next.
func TestAPINAtTheWindow(t *testing.T) {
	d := newDesk(t)
	hash, err := people.HashPIN("4711", people.Cost{Memory: 8, Passes: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.front.Folder.Store.PutPIN(t.Context(), "P1", hash); err != nil {
		t.Fatal(err)
	}
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "PB:badge:B-PACKER"})
	d.until("the PIN to be asked for", func(v screen.View) bool { return v.Bench != nil && v.Bench.Next.Text == "Type the PIN" })
	d.press(0, 14, '4')
	v := d.until("its field", func(v screen.View) bool { return v.Entry != nil })
	if v.Entry.ID != screen.EntryPIN || !v.Entry.Secret || v.Entry.Text != "4" || v.Header.Person != "" {
		t.Errorf("%+v", v.Entry)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryPIN, Value: "47l2"})
	d.until("a wrong PIN, slip and all", func(v screen.View) bool { return v.Entry == nil && v.Bench != nil && v.Bench.Card.Head == "Wrong PIN" })
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryPIN, Value: "4711"})
	d.until("somebody to be signed in", func(v screen.View) bool { return v.Header.Person != "" && v.Page == screen.PageIdle })

	if _, err := d.front.Folder.Store.RevokeBadge(t.Context(), "P1"); err != nil {
		t.Fatal(err)
	}
	if p, err := d.front.Folder.Store.Person(t.Context(), "P1"); err != nil || door.Lapsed(p, d.front.Folder.Clock()) == "" {
		t.Fatal(p, err)
	}
	d.front.Folder.Forget() // the bench notices within half a second
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "1001"})
	d.until("nobody to be signed in", func(v screen.View) bool { return v.Header.Person == "" && v.Page == screen.PageSignIn })
}

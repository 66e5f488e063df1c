package hub

import (
	"sync"
	"testing"

	"packbench/station/pack"
)

// madeUp are formats that no program has: 2 serves programs of format 1 still, 3 does not.
var madeUp = append(formats[:len(formats):len(formats)],
	`ALTER TABLE packbench.claims ADD COLUMN note text NOT NULL DEFAULT ''; CREATE FUNCTION packbench.note(p_key text) RETURNS text LANGUAGE sql AS 'SELECT note FROM packbench.claims WHERE key = p_key'`,
	`ALTER TABLE packbench.claims ALTER COLUMN note SET DEFAULT 'x'; UPDATE packbench.hub SET least = 2`,
)

// A copy of a filled hub is brought from format to format: a bench of the format before
// works on, and one that is too old is told so; what the hub held is there.
func TestAFilledHubIsBroughtToANewerFormat(t *testing.T) {
	if len(formats) != Format {
		t.Fatalf("there are %d formats, and the program is of %d", len(formats), Format)
	}
	if testing.Short() {
		t.Skip("long")
	}
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.product("CUP", "a cup")
	one.order("o1", "o2")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	copied, address := server.Database(t)
	server.Restore(t, copied, server.Dump(t, w.database))
	h := opened(t, address)

	broken := append(formats[:len(formats):len(formats)], `CREATE TABLE packbench.half (a int); SELECT 1 / 0`)
	if _, err := h.bringTo(ctx, broken); err == nil {
		t.Error("a step that fails is no error")
	}
	var half bool
	if err := h.ask(ctx, `SELECT to_regclass('packbench.half') IS NOT NULL`, nil, &half); err != nil || half {
		t.Errorf("half a step was kept: %v, %v", half, err)
	}
	var group sync.WaitGroup // two people at once
	for range 2 {
		group.Go(func() {
			if was, err := h.bringTo(ctx, madeUp[:Format+1]); err != nil || was != Format && was != Format+1 {
				t.Error(was, err)
			}
		})
	}
	group.Wait()
	if about, err := h.About(ctx); err != nil || about.Format != Format+1 {
		t.Errorf("%+v, %v", about, err)
	}
	for _, f := range []*folder{one, two} {
		f.address = server.Address(copied, loginOf(t, f.address))
		f.x.drop()
	}
	two.product("PEN", "a pen")
	w.rounds("S2", "S1", "S2")
	if _, err := one.Product(ctx, "PEN"); err != nil {
		t.Error(err)
	}
	if head, err := two.Head(ctx, "S1"); err != nil || head != one.chain {
		t.Errorf("%+v, %v", head, err)
	}
	two.claim("o1", "S1")
	if was, err := h.bringTo(ctx, formats); KindOf(err) != NewerHub || was != Format+1 {
		t.Errorf("an older program makes of it %d, %v", was, err)
	}

	if was, err := h.bringTo(ctx, madeUp); err != nil || was != Format+1 {
		t.Fatal(was, err)
	}
	one.x.forget()
	if err := one.x.Round(ctx); KindOf(err) != NewerHub {
		t.Errorf("a program that is too old: %v", err)
	}
	one.claim("o1", "S1") // it packs on
}

func TestWhichProgramAHubServes(t *testing.T) {
	for _, of := range []struct {
		hub, least, program int
		want                Kind
	}{
		{5, 4, 5, ""}, {5, 4, 4, ""}, {5, 5, 4, NewerHub}, {5, 1, 3, NewerHub}, {5, 4, 6, ""}, {5, 4, 7, OlderHub},
	} {
		if err := (About{Format: of.hub, Least: of.least}).fits(of.program); KindOf(err) != of.want {
			t.Errorf("%+v: %v", of, err)
		}
	}
}

package hub

import (
	"fmt"
	"strings"
	"testing"

	"packbench/station/pack"
)

// The owner of the database can change what is in it. A changed row is found by its hash,
// and rows whose hashes were made anew by the folders that have the old ones.
func TestWhoChangesTheHubIsFoundOut(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	for i := range 5 {
		one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: fmt.Sprint("o", i)}})
	}
	two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o9"}})
	w.rounds("S1", "S2")
	found := func(f *folder) string {
		t.Helper()
		all, err := f.x.hub.Verify(ctx, f.Store)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, v := range all {
			said = append(said, fmt.Sprintf("%s %d %v", v.Writer, v.Rows, v.Err))
		}
		return strings.Join(said, "; ")
	}
	if got := found(two); got != "S1 5 <nil>; S2 1 <nil>" {
		t.Error(got)
	}
	dump := server.Dump(t, w.database)
	server.Exec(t, w.database, `UPDATE packbench.chains SET facts = convert_to(replace(convert_from(facts, 'UTF8'), 'o2', 'o7'), 'UTF8') WHERE writer = 'S1' AND seq = 3`)
	if got := found(two); !strings.Contains(got, "S1 2 ") || !strings.Contains(got, "S1.3") || !strings.Contains(got, "S2 1 <nil>") {
		t.Error(got)
	}
	// All behind it made anew.
	server.Exec(t, w.database, `DO $$ DECLARE p bytea := (SELECT prev FROM packbench.chains WHERE writer = 'S1' AND seq = 3); BEGIN
		FOR n IN 3..5 LOOP
			UPDATE packbench.chains SET prev = p, hash = packbench.sum_of(writer, seq, at, input, facts, p) WHERE writer = 'S1' AND seq = n RETURNING hash INTO p;
		END LOOP; UPDATE packbench.writers SET hash = p WHERE writer = 'S1'; END $$`)
	if got := found(two); !strings.Contains(got, "another one here") {
		t.Error(got)
	}
	one.x.forget()
	if err := one.x.Round(ctx); KindOf(err) != Copied { // who writes it notices too
		t.Error(err)
	}
	server.Restore(t, w.database, dump)
	server.Exec(t, w.database, `DELETE FROM packbench.chains WHERE writer = 'S1' AND seq = 4`)
	two.x.drop()
	if h, err := two.x.connected(); err != nil {
		t.Error(err)
	} else if two.x.hub = h; !strings.Contains(found(two), "S1 3 ") {
		t.Error(found(two))
	}
}

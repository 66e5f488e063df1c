package desktop

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/member"
	"packbench/station/engine"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// member joins a folder to a hub and opens it.
func memberOf(t *testing.T, dir string, j member.Joining) *folder.Folder {
	t.Helper()
	if _, err := member.Join(t.Context(), dir, j); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Settings.Sounds = false
	return f
}

// A bench and a supervisor's desk on two computers: the desk sees how the bench stands and
// that it is locked, and its word lets the bench work again, each within two seconds.
func TestADeskOnAnotherComputer(t *testing.T) {
	server := hubtest.New(t)
	_, address := server.Database(t)
	if _, _, err := member.Init(t.Context(), address, ""); err != nil {
		t.Fatal(err)
	}
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	foldertest.Init(t, one, true, folder.Options{})
	b := deskOf(t, memberOf(t, one, member.Joining{Address: address}), func(*Front) {})
	d := deskOf(t, memberOf(t, two, member.Joining{Address: address, Station: "S9", Desk: true}), func(*Front) {})
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageBoard)})
	tile := func(what string, good func(screen.BenchTile) bool) {
		t.Helper()
		d.until(what, func(v screen.View) bool {
			return v.Board != nil && slices.ContainsFunc(v.Board.Tiles, func(t screen.BenchTile) bool { return t.ID == "bench:S1" && good(t) })
		})
	}
	b.scanText("PB:badge:B-PACKER")
	b.until("the packer", func(v screen.View) bool { return v.Page == screen.PageIdle })
	b.scanText("1001")
	b.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	tile("the order that is packed there", func(t screen.BenchTile) bool { return strings.Contains(t.Doing, "1001") && !t.Away })

	best := time.Hour
	for n := range 3 {
		for range 3 { // of a mug that is not in the order
			b.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "9520000000028"})
		}
		b.until("the lock", func(v screen.View) bool { return v.Page == screen.PageLocked })
		began := time.Now()
		tile("that it is locked", func(t screen.BenchTile) bool { return t.Doing == "Locked" && t.Act != nil })
		d.until("its cases", func(screen.View) bool {
			all, err := d.front.Folder.Store.Cases(t.Context(), store.CaseFilter{Station: "S1"})
			return err == nil && len(all) == 3*(n+1)
		})
		seen := time.Since(began)
		began = time.Now()
		d.touch("unlock:S1")
		b.until("work to go on", func(v screen.View) bool { return v.Page == screen.PagePacking })
		best = min(best, max(seen, time.Since(began)))
		tile("that it is unlocked", func(t screen.BenchTile) bool { return t.Doing != "Locked" })
	}
	if best > 2*time.Second {
		t.Errorf("the desk saw it, or the bench heard of it, after %s at best", best)
	}

	// The page of the hub says what each bench holds, and takes it from one.
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageHub)})
	hub := func(what string, good func(*screen.ShopsView) bool) {
		t.Helper()
		d.until(what, func(v screen.View) bool {
			return v.Page == screen.PageHub && v.Shops != nil && v.Shops.Shop != nil && good(v.Shops)
		})
	}
	hub("the hub", func(v *screen.ShopsView) bool {
		return v.Shop.Colour == screen.LampGreen && len(v.Rows) > 1 && v.Rows[1].Title == "Bench S1"
	})
	d.touch("row:S1")
	hub("what S1 holds", func(v *screen.ShopsView) bool {
		return slices.ContainsFunc(v.Shop.Rows, func(r string) bool { return strings.HasPrefix(r, "1001, since ") })
	})
	d.touch("hub:release:1001")
	hub("the question why one is released", func(v *screen.ShopsView) bool { return v.Shop.Sub == "Release 1001" })
	d.touch("reason:other")
	hub("that one is free", func(v *screen.ShopsView) bool { return v.Shop.Words == "1001 is nobody’s any more" })
	d.touch("hub:release")
	hub("the question why", func(v *screen.ShopsView) bool { return v.Shop.State == "Why?" })
	d.touch("reason:other")
	hub("that it was done", func(v *screen.ShopsView) bool { return v.Shop.Words == "S1 holds nothing any more" })
	d.until("its case", func(screen.View) bool {
		all, err := d.front.Folder.Store.Cases(t.Context(), store.CaseFilter{Kind: "claim"})
		return err == nil && len(all) > 0
	})
}

// The label of another bench is found and printed again at this one, which fetches it from the
// hub; where nobody has it that is said.
func TestALabelOfAnotherBenchIsPrinted(t *testing.T) {
	server := hubtest.New(t)
	database, address := server.Database(t)
	if _, _, err := member.Init(t.Context(), address, ""); err != nil {
		t.Fatal(err)
	}
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	foldertest.Init(t, one, true, folder.Options{})
	b := deskOf(t, memberOf(t, one, member.Joining{Address: address}), func(*Front) {})
	d := deskOf(t, memberOf(t, two, member.Joining{Address: address, Station: "S2"}), func(*Front) {})
	b.signIn("B-SUPERVISOR") // who may type a weight
	sscc := b.pack1()
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.until("the parcel of S1", func(screen.View) bool {
		p, err := d.front.Folder.Store.ParcelBySSCC(t.Context(), sscc)
		return err == nil && p.State == pack.ParcelClosed
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageTrace)})
	d.until("the page", func(v screen.View) bool { return v.Trace != nil })
	again := func(what string, is func(screen.View) bool) {
		t.Helper()
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageTrace)})
		d.until("the page", func(v screen.View) bool { return v.Trace != nil })
		d.found("1003-1", func(v screen.TraceView) bool { return v.Again.Enabled })
		d.touch("trace:again")
		d.until("the question why", func(v screen.View) bool { return v.Bench != nil && v.Bench.Question != nil })
		d.scanText("PB:reason:lost")
		d.until(what, func(v screen.View) bool { return v.Bench != nil && v.Bench.Question == nil && is(v) })
	}
	refused := func(words string) {
		t.Helper()
		again(words, func(v screen.View) bool { return strings.Contains(v.Bench.Card.Detail, words) })
	}
	d.until("the label at the hub", func(screen.View) bool {
		docs, err := d.front.Bench.Hub.Elsewhere(t.Context(), "", "1003")
		return err == nil && len(docs) > 0
	})
	server.Stop()
	refused("at another bench, and the hub is away")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	server.Exec(t, database, `ALTER TABLE packbench.documents RENAME TO hidden; CREATE TABLE packbench.documents (LIKE packbench.hidden); GRANT SELECT ON packbench.documents TO PUBLIC`)
	refused("kept here or at the hub")
	server.Exec(t, database, `DROP TABLE packbench.documents; ALTER TABLE packbench.hidden RENAME TO documents`)
	again("the marked copy", func(screen.View) bool {
		files, _ := filepath.Glob(filepath.Join(d.front.Folder.DocumentsDir(), "*-reprint-*.pdf"))
		return len(files) == 1
	})
}

// A hub that goes away is a red lamp with what it means, and packing goes on.
func TestAHubThatIsAwayHasALamp(t *testing.T) {
	server := hubtest.New(t)
	_, address := server.Database(t)
	ctx := t.Context()
	if _, _, err := member.Init(ctx, address, ""); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	if _, err := member.Join(ctx, dir, member.Joining{Address: address}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Settings.Sounds = false
	d := deskOf(t, f, func(*Front) {})
	lamp := func(colour screen.Colour) func(screen.View) bool {
		return func(v screen.View) bool {
			return slices.ContainsFunc(v.Header.Lamps, func(l screen.Lamp) bool { return l.Kind == "hub" && l.Colour == colour })
		}
	}
	d.until("the lamp of the hub", lamp(screen.LampGreen))
	server.Stop()
	v := d.until("the hub to be away", lamp(screen.LampRed))
	if !strings.Contains(v.Header.Alert, "Hub: the hub cannot be reached") {
		t.Errorf("the header says %q", v.Header.Alert)
	}
	d.scanText("PB:badge:B-PACKER")
	d.until("the packer", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.scanText("1001")
	d.until("an order that was claimed ahead", func(v screen.View) bool { return v.Page == screen.PagePacking })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	d.until("the hub to be back", lamp(screen.LampGreen))
}

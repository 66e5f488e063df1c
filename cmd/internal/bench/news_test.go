package bench

import (
	"fmt"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/folder/noticed"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store/storetest"
)

// What a bench hears of others is in the suite.
var _ News = storetest.Shop(nil)

// The desk's words are read on from where the bench was, and each is heard.
func TestTheDesksWordIsHeardBehindThoseForOthers(t *testing.T) { // P3
	d := foldertest.Shop(t)
	locked := pack.New()
	locked.Phase, locked.LockRow = pack.Locked, "S1.5"
	b := &Bench{Folder: d, Station: "S1", news: d.Store, noticed: noticed.New(d)}
	b.Engine = engine.New(engine.Deps{Chain: journal.Chain{Writer: "S1"}, State: locked, Codec: journal.Bench(), Journal: d.Store, Clock: d.Clock})
	ended := make(chan error, 1)
	go func() { ended <- b.Engine.Run(t.Context()) }()
	for _, word := range []cases.StationUnlocked{{Station: "S2", Seq: 9}, {Station: "S1", Seq: 4}, {Station: "S2", Seq: 9}, {Station: "S1", Seq: 5}} {
		if err := b.deskNews(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.Engine.Quiet(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s := b.Engine.State(); s.Phase != pack.Locked {
			t.Fatalf("before %+v the bench is %s", word, s.Phase)
		}
		if err := d.AtDesk(t.Context(), word); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.deskNews(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Engine.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := b.Engine.State(); s.Phase == pack.Locked {
		t.Error("the desk's word was not heard")
	}
	if b.heard["desk"] != 3 {
		t.Errorf("it reads on from row %d, and the last that had nothing for it is 3", b.heard["desk"])
	}
}

// What others do to their orders leaves the codes in memory; what they do to the
// catalogue does not.
func TestCodesStayUntilTheCatalogueChanges(t *testing.T) {
	ctx := t.Context()
	d := foldertest.Shop(t)
	other, err := folder.Open(ctx, d.Dir, folder.Options{Clock: d.Clock})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	b := &Bench{Folder: d, Station: "S1", news: d.Store, noticed: noticed.New(d)}
	b.Engine = engine.New(engine.Deps{Chain: journal.Chain{Writer: "S1"}, State: pack.New(), Codec: journal.Bench(), Journal: d.Store, Clock: d.Clock})
	b.look(ctx)
	turn := d.Turn.Load()
	if _, err := other.Store.ClaimOrder(ctx, "1001", "S2", d.Clock()); err != nil {
		t.Fatal(err)
	}
	b.look(ctx)
	if d.Turn.Load() != turn {
		t.Error("a claim of another bench drops the codes in memory")
	}
	for _, shop := range []*folder.Folder{other, d} {
		turn = d.Turn.Load()
		if _, err := shop.Store.PutProducts(ctx, []station.Product{{SKU: "NEW", Name: shop.Dir + fmt.Sprint(turn)}}); err != nil {
			t.Fatal(err)
		}
		b.look(ctx)
		if d.Turn.Load() == turn {
			t.Error("a new product leaves the codes in memory")
		}
	}
}

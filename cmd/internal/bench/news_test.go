package bench

import (
	"testing"

	"packbench/cmd/internal/folder/foldertest"
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
	b := &Bench{Folder: d, Station: "S1", news: d.Store}
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
		if err := d.AtDesk(t.Context(), word, word); err != nil {
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
	if b.heard != 3 {
		t.Errorf("it reads on from row %d, and the last that had nothing for it is 3", b.heard)
	}
}

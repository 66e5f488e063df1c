package hub

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/store"
)

// A label that one bench made is printed again at another one: its bytes come from the hub
// when they are asked for, and the hub takes none that are not what was kept.
func TestAnyBenchHasALabelAgain(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	days := 30
	one.x.Documents = func() int { return days }
	two.Elsewhere = two.x.Elsewhere
	label := store.Document{ID: "D1", Effect: "S1.8.1", Kind: "label", Order: "ö1", Parcel: "ö1-1", Profile: "4x6", At: time.Now(), PDF: []byte("%PDF label")}
	slip := store.Document{ID: "D2", Effect: "S1.8.2", Kind: "slip", Order: "ö1", Parcel: "ö1-1", Profile: "a4", At: time.Now(), PDF: []byte("%PDF slip")}
	old := store.Document{ID: "D3", Effect: "S1.9.1", Kind: "label", Order: "o2", At: time.Now().AddDate(0, -6, 0), PDF: []byte("%PDF old")}
	if _, err := one.KeepDocuments(ctx, label, slip, old); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if got, err := two.DocumentAnywhere(ctx, "D1"); err != nil || string(got.PDF) != "%PDF label" || got.Parcel != "ö1-1" {
		t.Fatalf("%+v, %v", got, err)
	}
	server.Stop()
	if got, err := two.Document(ctx, "D2"); err != nil || string(got.PDF) != "%PDF slip" { // it came with the label
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := two.DocumentAnywhere(ctx, "D3"); err == nil {
		t.Error("nobody says that the hub was not asked")
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if docs, err := two.FetchDocuments(ctx, "o2"); err != nil || len(docs) != 0 {
		t.Errorf("what is too old was told: %+v, %v", docs, err)
	}
	_ = one.x.Round(ctx) // over a line of before
	days = 0
	if _, err := one.KeepDocuments(ctx, store.Document{ID: "D4", Effect: "S1.10.1", Kind: "label", Order: "o3", At: time.Now(), PDF: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1")
	if docs, err := two.FetchDocuments(ctx, "o3"); err != nil || len(docs) != 0 {
		t.Errorf("what nobody wants there was told: %+v, %v", docs, err)
	}

	h, err := Open(one.address, "")
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.do(ctx, `SELECT packbench.keep_documents('S1', '{D9}', '{e}', '{label}', '{o9}', '{p}', '{4x6}', '{1}', '{"\\x00"}', '{"\\x01"}')`); KindOf(err) != BadChain || !strings.Contains(err.Error(), "D9") {
		t.Errorf("what was changed on its way is taken: %v", err)
	}
	if err := h.KeepDocuments(ctx, "S2", []store.Document{label}); KindOf(err) != NoRights {
		t.Errorf("S1 writes for S2: %v", err)
	}
	if _, err := h.Forget(ctx, 0); KindOf(err) != NoRights {
		t.Errorf("a bench drops documents: %v", err)
	}
}

// Months of documents are dropped each in one statement.
func TestMonthsOfDocumentsAreForgotten(t *testing.T) {
	w := newWorld(t, "S1")
	server.Exec(t, w.database, `CREATE TABLE packbench.documents_2025_01 PARTITION OF packbench.documents FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')`)
	gone, err := w.owner.Forget(t.Context(), 30)
	if err != nil || !slices.Equal(gone, []string{"documents_2025_01"}) {
		t.Errorf("%v, %v", gone, err)
	}
	w.rounds("S1")
}

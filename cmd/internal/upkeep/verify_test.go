package upkeep

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/store"
)

// What a van took is compared with the journal like everything else.
func TestVerifySeesAChangedManifest(t *testing.T) {
	d := foldertest.Shop(t)
	w := foldertest.NewWriter(t, d, "S1")
	parcel := pack.ParcelDone{Parcel: "1003-1", Order: "1003", SSCC: "095200000000000011", Tracking: "T1", Carrier: "heron", Service: "heron-next"}
	w.Write(pack.LabelKept{Parcel: "1003-1", Label: pack.Label{SSCC: parcel.SSCC, Tracking: "T1", Document: "d"}}, parcel)
	w.Write(pack.LoadingBegan{Manifest: "M-1", Carrier: "heron", Lane: "NORTH"})
	w.Write(pack.ParcelLoaded{Manifest: "M-1", Loaded: pack.Loaded{Parcel: "1003-1", Order: "1003", SSCC: parcel.SSCC}})
	w.Write(pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	if v, err := New(d).Verify(t.Context()); err != nil || v.Err() != nil {
		t.Fatalf("a sound journal: %v, %v", v.Err(), err)
	}
	if err := d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(d.Dir, store.FileName)+"?_pragma=busy_timeout(30000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, change := range []string{`UPDATE manifests SET carrier = 'swift'`, `DELETE FROM manifest_parcels`} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	v, err := New(d).Verify(t.Context())
	if want := []string{"the table manifests", "the table manifest_parcels"}; err != nil || !slices.Equal(v.Differs, want) {
		t.Errorf("differs %v, want %v; %v", v.Differs, want, err)
	}
}

package bench

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"packbench/station/pack"
	"packbench/station/store"
)

// What a van took is compared with the journal like everything else.
func TestVerifySeesAChangedManifest(t *testing.T) {
	k := newDock(t)
	k.one.write(k.loaded("M-1"))
	k.one.write(pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	if v, err := k.d.Verify(t.Context()); err != nil || v.Err() != nil {
		t.Fatalf("a sound journal: %v, %v", v.Err(), err)
	}
	if err := k.d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(k.d.Dir, store.FileName)+"?_pragma=busy_timeout(30000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, change := range []string{`UPDATE manifests SET carrier = 'swift'`, `DELETE FROM manifest_parcels`} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	v, err := k.d.Verify(t.Context())
	if want := []string{"the table manifests", "the table manifest_parcels"}; err != nil || !slices.Equal(v.Differs, want) {
		t.Errorf("differs %v, want %v; %v", v.Differs, want, err)
	}
}

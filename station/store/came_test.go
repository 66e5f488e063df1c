package store

import (
	"path/filepath"
	"testing"

	"packbench/station/journal"
)

// What came over a hub counts as a change of others, and once more when the tables have it.
func TestWhatCameOverAHubIsAChange(t *testing.T) {
	two := open(t, filepath.Join(t.TempDir(), FileName))
	ctx := t.Context()
	r := journal.Chain{Writer: "S9"}.Next(noon, []byte("input"), []byte("[]"))
	before, err := two.Changes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(what string) {
		t.Helper()
		now, err := two.Changes(ctx)
		if err != nil || now == before {
			t.Errorf("%s is no change, %v", what, err)
		}
		before = now
	}
	if _, err := two.AppendCopied(ctx, []journal.Row{r}); err != nil {
		t.Fatal(err)
	}
	changed("a row")
	if err := two.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	changed("that the tables have it")
	if err := two.TakeClaims(ctx, "S1", "claims", 1, []ClaimNews{{Order: "o1", Station: "S9"}}); err != nil {
		t.Fatal(err)
	}
	changed("a claim")
	if now, err := two.Changes(ctx); err != nil || now != before {
		t.Errorf("nothing is a change, %v", err)
	}
}

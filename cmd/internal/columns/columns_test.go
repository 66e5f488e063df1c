package columns

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/intake"
)

// What was answered is found by the headings, listed, changed and forgotten; what an
// earlier version kept without the headings as they were written is there too.
func TestAnswersAreRemembered(t *testing.T) {
	c := New(foldertest.Shop(t))
	ctx := t.Context()
	header := []string{"Beleg", "Teil", "Stk", ""}
	m := intake.Mapping{Columns: map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Stk"}}
	if _, known, err := c.Find(ctx, header); known || err != nil {
		t.Fatal(known, err)
	}
	if err := c.Keep(ctx, header, Answer{Mapping: intake.Mapping{Columns: map[string]string{"order": "Beleg"}}}); err == nil {
		t.Error("half an answer is kept")
	}
	if err := c.Store.PutSetting(ctx, "orders columns no|what|n", []byte(`{"columns":{"order":"No","sku":"What","qty":"N"}}`)); err != nil {
		t.Fatal(err)
	}
	m.At = map[string]int{"street": 4}
	if err := c.Keep(ctx, header, Answer{Mapping: m, File: "o.csv"}); err != nil {
		t.Fatal(err)
	}
	if a, known, err := c.Find(ctx, []string{"BELEG", "teil", "Stk", ""}); !known || err != nil || a.File != "o.csv" || a.Asked.IsZero() {
		t.Error(a, known, err)
	}
	if _, known, _ := c.Find(ctx, []string{"Beleg", "", "Teil", "Stk"}); known {
		t.Error("an answer that shows a place counts for a file whose columns stand otherwise")
	}
	all, err := c.List(ctx)
	if err != nil || len(all) != 2 || strings.Join(all[0].Header, ",") != "Beleg,Teil,Stk," || strings.Join(all[1].Header, ",") != "No,What,N" {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := c.Forget(ctx, all[0].Key); err != nil {
		t.Error(err)
	}
	if all, err := c.List(ctx); err != nil || len(all) != 1 {
		t.Error(all, err)
	}
	if err := c.Forget(ctx, "badge key"); err == nil {
		t.Error("another setting is forgotten")
	}
}

// The rows that were left out go into a file beside the one that was read, which takes no
// other one's place, and is there whole or not at all.
func TestRejectsAreSaved(t *testing.T) {
	c := New(foldertest.Shop(t))
	dir := t.TempDir()
	path := filepath.Join(dir, "o.csv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("order,sku,qty\n1,MUG-WHITE,1\n")
	if saved, err := c.SaveRejects(t.Context(), path); saved != "" || err != nil {
		t.Error(saved, err)
	}
	write("order,sku,qty\n1,MUG-WHITE,1\n2,NONE,1\n")
	for _, want := range []string{"o rejected.csv", "o rejected 2.csv"} {
		saved, err := c.SaveRejects(t.Context(), path)
		text, failed := os.ReadFile(saved)
		if saved != filepath.Join(dir, want) || err != nil || failed != nil || !strings.HasPrefix(string(text), "order,sku,qty,rejected because\n2,NONE,1,") {
			t.Errorf("%q, %v: %q", saved, err, text)
		}
	}
	if _, err := c.SaveRejects(t.Context(), filepath.Join(dir, "gone.csv")); err == nil {
		t.Error("a file that is gone has rejects")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 3 {
		t.Errorf("left in the folder: %v, %v", files, err)
	}
}

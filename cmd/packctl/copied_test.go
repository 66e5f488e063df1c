package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/upkeep"
	"packbench/station/store"
)

// A14: who takes a copy of a label away as a file leaves a row that says when, which and
// who; who only looks at papers leaves none.
func TestA14ACopyOfALabelIsWrittenDown(t *testing.T) {
	_, run := packedShop(t)
	rows := func() int {
		t.Helper()
		return strings.Count(run("journal", "show", "--json"), `"hash"`)
	}
	before, out := rows(), filepath.Join(t.TempDir(), "x.pdf")
	for _, kind := range []string{"slip", "inside", "return"} {
		run("document", kind, "1002-1", "--out", out)
	}
	if rows() != before {
		t.Error("a paper leaves a row")
	}
	run("document", "label", "1002-1", "--out", out)
	shown := run("journal", "show", "--order", "1002", "--json")
	if rows() != before+1 || !strings.Contains(shown, "label-copied") {
		t.Errorf("%d rows, %d before; %s", rows(), before, shown)
	}
	if story := run("find", "1002"); !strings.Contains(story, "A copy of the label was written to a file by ") || strings.Contains(story, "erased") {
		t.Errorf("the story is %s", story)
	}
	run("journal", "verify")
}

// A14: verifying compares the labels of the journal with the numbers that were given and
// the documents that are kept for them.
func TestA14VerifyComparesLabelNumbers(t *testing.T) {
	for _, change := range []string{
		`DELETE FROM label_numbers`, `DELETE FROM documents`,
	} {
		w, run := packedShop(t)
		run("journal", "verify")
		db, err := sql.Open("sqlite", filepath.Join(w.data, store.FileName))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		d, err := folder.Open(t.Context(), w.data, folder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		v, err := upkeep.New(d).Verify(t.Context())
		if err != nil || v.Err() == nil || !strings.Contains(v.Err().Error(), "the label of parcel 1002-1") {
			t.Errorf("%s: %+v, %v", change, v, err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// packedShop is a folder in which order 1002 was packed and labelled.
func packedShop(t *testing.T) (w *working, run func(args ...string) string) {
	t.Helper()
	w = &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "data")}
	foldertest.Init(t, w.data, true, folder.Options{})
	run = func(args ...string) string {
		t.Helper()
		out, err := w.packctl("", args...)
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	script := "badge B-PACKER\nscan 1002\nscan 9520000000103\nweigh zero\nweigh 440g\n"
	if out, err := w.packctl(script, "run", "--station", "S1", "--out", filepath.Join(t.TempDir(), "out")); err != nil {
		t.Fatal(out, err)
	}
	return w, run
}

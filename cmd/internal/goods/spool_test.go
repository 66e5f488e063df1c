package goods

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/intake"
	"packbench/station/store"
)

// spooled reads a file into a spool, as an import does.
func spooled(t *testing.T, d *folder.Folder) (*Spool, intake.Report) {
	t.Helper()
	p, err := NewSpool(t.Context(), d.Store, d.Dir)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := intake.EachProduct(t.Context(), strings.NewReader("sku,mass\nMUG-BLUE,1 kg\nBORN,2 kg\n"), "p.csv", intake.Options{}, p.Add)
	if err != nil {
		t.Fatal(err)
	}
	return p, rep
}

// killed keeps a spool, and dies when it counts.
func killed(t *testing.T, p *Spool, rep intake.Report) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("it lives")
		}
	}()
	_ = p.Keep(t.Context(), rep, func() { panic("killed") }, func(Kept) {})
}

func product(t *testing.T, d *folder.Folder, sku string) station.Product {
	t.Helper()
	p, _, err := store.Known(d.Store.Product(t.Context(), sku))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// An import of products that is killed leaves nothing while its file is read, and all of
// it afterwards: whoever opens the folder next ends it, by the columns that the file had.
func TestAKilledImportOfProductsIsWholeOrNothing(t *testing.T) {
	d := foldertest.Shop(t)
	name := product(t, d, "MUG-BLUE").Name
	p, _ := spooled(t, d)
	if _, err := NewSpool(t.Context(), d.Store, d.Dir); !errors.Is(err, ErrImporting) {
		t.Errorf("two at once: %v", err)
	}
	p.free() // killed while it was read
	if err := errors.Join(p.out.Flush(), Finish(t.Context(), d.Store, d.Dir)); err != nil || product(t, d, "BORN").SKU != "" {
		t.Errorf("something of it is there: %v", err)
	}
	p, rep := spooled(t, d)
	killed(t, p, rep)
	if product(t, d, "BORN").SKU != "" {
		t.Fatal("the test proves nothing")
	}
	if err := Finish(t.Context(), d.Store, d.Dir); err != nil || product(t, d, "BORN").Mass == 0 {
		t.Errorf("it was not ended: %v", err)
	}
	if mug := product(t, d, "MUG-BLUE"); mug.Mass != 1_000_000 || mug.Name != name || name == "" {
		t.Errorf("what the file has no column for became %+v", mug)
	}
	if left, err := filepath.Glob(filepath.Join(d.Dir, spoolName+"*")); err != nil || len(left) > 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// A spool that the disk has altered is thrown away whole, and it is said.
func TestAnAlteredSpoolOfProductsIsThrownAway(t *testing.T) {
	for what, alter := range map[string]func(string) string{
		"a letter": func(s string) string { return strings.Replace(s, "BORN", "TORN", 1) },
		"its end":  func(s string) string { return s[:len(s)-5] },
		"a line":   func(s string) string { return s[strings.Index(s, "\n")+1:] },
		"all":      func(string) string { return "" },
	} {
		d := foldertest.Shop(t)
		p, rep := spooled(t, d)
		killed(t, p, rep)
		path := filepath.Join(d.Dir, spoolName)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(alter(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Finish(t.Context(), d.Store, d.Dir); !errors.Is(err, errSpool) {
			t.Errorf("%s: %v", what, err)
		}
		if err := Finish(t.Context(), d.Store, d.Dir); err != nil || product(t, d, "BORN").SKU != "" || product(t, d, "TORN").SKU != "" {
			t.Errorf("%s: something of it is there, %v", what, err)
		}
	}
}

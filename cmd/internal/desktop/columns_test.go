package desktop

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/screen"
	"packbench/station/store"
)

func (d *seat) columns(what string, good func(*screen.ColumnsView) bool) *screen.ColumnsView {
	d.Helper()
	defer func() {
		if v := d.shown.newest(); d.Failed() && v.Shops != nil && v.Shops.Shop != nil {
			d.Logf("the shop reads %q, %q, %q", v.Shops.Shop.State, v.Shops.Shop.Words, v.Shops.Shop.Rows)
		}
		if v := d.shown.newest(); d.Failed() && v.Columns != nil && v.Columns.Form != nil {
			d.Logf("the form reads %q, %+v", v.Columns.Form.Words, v.Columns.Form.Lines)
		}
	}()
	return d.until(what, func(v screen.View) bool { return v.Columns != nil && good(v.Columns) }).Columns
}

// atSetUp is a manager on the set-up page of the sample shop.
func atSetUp(t *testing.T) *seat {
	d := newDeskWith(t, func(*Front) {}, nil)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShop)})
	d.until("the set-up page", func(v screen.View) bool { return v.Shop != nil })
	return d
}

// choose takes a column for a field.
func (d *seat) choose(field, heading string) {
	d.Helper()
	d.touch("field:" + field)
	var in screen.Intent
	d.until("the columns for "+field, func(v screen.View) bool {
		if v.Entry == nil {
			return false
		}
		i := slices.IndexFunc(v.Entry.Choices, func(a screen.Action) bool { return a.Label == heading })
		if i >= 0 {
			in = v.Entry.Choices[i].Intent
		}
		return i >= 0
	})
	d.front.Intent(in)
}

func (d *seat) order(id string) (station.Order, bool) {
	d.Helper()
	o, known, err := store.Known(d.front.Folder.Store.Order(d.Context(), id))
	if err != nil {
		d.Fatal(err)
	}
	return o, known
}

const belege = "Beleg;Artikel;Item;Stk;Kunde;Zustand\nB1;MUG-WHITE;Becher;2;Ann Ode;frei\nB2;HONEY;Honig;x;Jo Berg;frei\nB3;HONEY;Honig;1;Lea Fuchs;wartet\n"

// A file of a kind that nobody knows is asked about once, with what would come of it, and
// what was left out of it can be corrected. Back leaves nothing of it. (S5, U4)
func TestAnUnknownFileIsAskedAboutOnce(t *testing.T) {
	d := atSetUp(t)
	path := d.file("belege.csv", belege)
	d.front.Dropped(path)
	v := d.columns("what is open", func(v *screen.ColumnsView) bool { return v.Form != nil && v.Form.Fault != "" })
	if f := v.Form; f.Fault != "Choose the column of: order number, product (SKU or barcode), quantity" && !strings.Contains(f.Fault, "quantity") || len(f.Table.Rows) != 3 || f.Table.Heads[1] != "Artikel" {
		t.Errorf("%+v", f)
	}
	if f := v.Form.Fields[0]; f.Label != "Kind of file" {
		t.Errorf("%+v", f)
	}
	d.choose("order", "Beleg")
	d.choose("qty", "Stk")
	v = d.columns("the two headings to be asked about", func(v *screen.ColumnsView) bool {
		return v.Form.Fault == "Choose the column of: product (SKU or barcode)"
	})
	if f := v.Form.Fields[1]; f.Value != "which one?" || f.Note != "Artikel or Item" {
		t.Errorf("%+v", f)
	}
	d.choose("sku", "Artikel")
	d.choose("name", "Kunde")
	v = d.columns("what would come of it", func(v *screen.ColumnsView) bool {
		return strings.HasPrefix(v.Form.Words, "2 orders would come in: 2 to pack. 1 row would be left out")
	})
	if l := v.Form.Lines; len(l) != 3 || l[0].Title != `Row 3, Stk, left out: "x" is not a whole number` || l[1].Title != "B1 · Ann Ode" || l[1].Sub != "2 × MUG-WHITE" {
		t.Errorf("%+v", l)
	}
	d.choose("status", "Zustand")
	d.columns("the words of the status", func(v *screen.ColumnsView) bool { return strings.Contains(v.Form.Words, "0 to pack, 2 held") })
	d.touch("word:frei")
	d.touch("option:1")
	d.columns("what is free to be packed", func(v *screen.ColumnsView) bool { return strings.Contains(v.Form.Words, "1 to pack, 1 held") })

	d.press(0, 9, 0) // Esc, from the field
	d.press(0, 9, 0) // and from the page
	d.until("the set-up page again", func(v screen.View) bool { return v.Shop != nil })
	if _, known := d.order("B1"); known {
		t.Error("something of the file was taken")
	}
	d.front.Dropped(path)
	d.columns("it to be asked again", func(v *screen.ColumnsView) bool { return v.Form != nil })
	d.choose("order", "Beleg")
	d.choose("qty", "Stk")
	d.choose("sku", "Artikel")
	d.press(37, 39, 0) // Ctrl S
	s := d.step("the file to be taken", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "3 read, 2 added") })
	if !strings.HasPrefix(s.Words, "Mapped orders, belege.csv: ") || s.Rows[0] != `Row 3, Stk, rejected: "x" is not a whole number` {
		t.Errorf("%+v", s)
	}
	if o, known := d.order("B1"); !known || o.Lines[0].SKU != "MUG-WHITE" || o.Lines[0].Qty != 2 {
		t.Errorf("%+v", o)
	}

	d.touch("rejects")
	saved := filepath.Join(filepath.Dir(path), "belege rejected.csv")
	d.step("where they are", screen.StepOrders, func(s screen.ShopDetail) bool {
		return strings.Contains(s.Words, saved) && slices.ContainsFunc(s.Actions, func(a screen.Action) bool { return a.ID == "folder" })
	})
	text, err := os.ReadFile(saved)
	if want := "Beleg,Artikel,Item,Stk,Kunde,Zustand,rejected because\nB2,HONEY,Honig,x,Jo Berg,frei,\"\"\"x\"\" is not a whole number\"\n"; err != nil || string(text) != want {
		t.Errorf("%q, %v", text, err)
	}

	// The next file with these headings is known.
	d.front.Dropped(d.file("morgen.csv", strings.ReplaceAll(belege, "\nB", "\nM")))
	d.step("the next file to be taken", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "morgen.csv: 3 read, 2 added") })
}

// What is remembered of files can be changed and forgotten, without a file at hand.
func TestWhatIsRememberedCanBeChanged(t *testing.T) {
	d := atSetUp(t)
	first := d.file("belege.csv", belege)
	d.front.Dropped(first)
	for field, heading := range map[string]string{"order": "Beleg", "qty": "Stk", "sku": "Item"} {
		d.choose(field, heading)
	}
	d.touch("save")
	d.step("all rows to be rejected", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "3 rejected") })

	d.touch("page:columns")
	v := d.columns("the answer", func(v *screen.ColumnsView) bool { return v.Answer != nil })
	if a := v.Answer; a.Title != "belege.csv" || !slices.Contains(a.Figures, screen.Figure{Name: "Product (SKU or barcode)", Value: "Item"}) {
		t.Errorf("%+v", a)
	}
	d.touch("columns:edit")
	d.choose("sku", "Artikel")
	d.touch("save")
	d.columns("it to be changed", func(v *screen.ColumnsView) bool {
		return v.Answer != nil && slices.Contains(v.Answer.Figures, screen.Figure{Name: "Product (SKU or barcode)", Value: "Artikel"})
	})
	d.touch("back")
	d.front.Dropped(first)
	d.step("the file to be taken as it is known now", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "1 rejected") })

	d.touch("page:columns")
	d.touch("columns:forget")
	d.columns("nothing to be remembered", func(v *screen.ColumnsView) bool { return v.Answer == nil && v.Empty != "" })
	d.touch("back")
	d.front.Dropped(first)
	d.columns("it to be asked again", func(v *screen.ColumnsView) bool { return v.Form != nil })
}

// Files that are none are refused in words, and those that are odd can be told.
func TestOddFilesInTheWindow(t *testing.T) {
	d := atSetUp(t)
	var chosen string
	d.front.Do(func() { d.front.Window.Choose = func(then func(string)) { then(chosen) } })
	wide := make([]string, 200)
	for i := range wide {
		wide[i] = fmt.Sprintf("Feld %d", i+1)
	}
	for _, f := range []struct{ name, text, says string }{
		{"empty.csv", "", "empty.csv: "},
		{"none.csv", "B1,MUG-WHITE,2,2026-03-01\nB2,HONEY,1,2026-03-01\n", "put a row above it that says what each column is"},
		{"grid.csv", "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n1;X;1;France;S;1;Bank;ok;2026-09-16\n", "this is PrestaShop's order grid"},
		{"wide.csv", strings.Join(wide, ",") + "\n" + strings.Join(wide, ",") + "\n", ""},
		{"long.csv", strings.Repeat("x", 10_000) + ",Teil,Stk\nB1,HONEY,1\n", ""},
		{"twice.csv", "No,Name,Name,Qty\nB9,HONEY,Ann Ode,1\n", ""},
	} {
		chosen = d.file(f.name, f.text)
		d.touch("step:orders")
		d.touch("choose:orders")
		if f.says != "" {
			d.step("why it is refused", screen.StepOrders, func(s screen.ShopDetail) bool {
				return s.Shape == screen.ShapeCross && strings.Contains(s.Words, f.says)
			})
			continue
		}
		d.columns("the page for "+f.name, func(v *screen.ColumnsView) bool { return v.Form != nil && strings.Contains(v.Sub, f.name) })
		if f.name == "twice.csv" {
			break
		}
		d.touch("field:kind") // it has none of the headings of that kind
		d.touch("option:2")
		v := d.columns("why that kind does not fit", func(v *screen.ColumnsView) bool { return strings.HasPrefix(v.Form.Words, "There is no column") })
		if save := v.Form.Actions[0]; save.ID != "save" || save.Enabled {
			t.Errorf("a file of another kind can be taken: %+v", save)
		}
		d.touch("back")
	}
	d.choose("order", "No")
	d.touch("field:sku")
	d.touch("option:2")
	d.choose("qty", "Qty")
	d.touch("field:name") // those two stand first
	d.touch("option:2")
	d.touch("save")
	d.step("the file to be taken", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "1 read, 1 added") })
	d.front.Dropped(d.file("one.csv", belege)) // of two at once each is asked about
	d.front.Dropped(d.file("two.csv", belege))
	for _, name := range []string{"one.csv", "two.csv"} {
		d.columns("the page for "+name, func(v *screen.ColumnsView) bool { return v.Form != nil && strings.Contains(v.Sub, name) })
		d.touch("back")
	}
	if o, _ := d.order("B9"); o.To.Name != "Ann Ode" || o.Lines[0].SKU != "HONEY" {
		t.Errorf("%+v", o)
	}
}

// A file in the folder of a shop that nobody can read is asked about on the shop's page,
// and comes in the way that all files of the folder do. (S5, O4)
func TestAFileOfAFolderIsAskedAbout(t *testing.T) {
	d := newDeskWith(t, func(*Front) {}, nil)
	dir := t.TempDir()
	path := filepath.Join(dir, "belege.csv")
	before := time.Now().Add(-time.Hour)
	err := errors.Join(
		os.WriteFile(path, []byte(belege), 0o600), os.Chtimes(path, before, before),
		d.front.Bench.Shops.Add(t.Context(), store.Shop{ID: "web", Kind: "folder", URL: dir}, ""),
	)
	if err != nil {
		t.Fatal(err)
	}
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShops)})
	d.touch("shop:pull")
	d.shops("what is wrong", func(v *screen.ShopsView) bool {
		return v.Shop != nil && strings.HasPrefix(v.Shop.Words, "In the folder error") || v.Shop != nil && strings.Contains(v.Shop.Words, "belege")
	})
	d.touch("shop:file")
	d.columns("the page for the file", func(v *screen.ColumnsView) bool { return v.Form != nil && strings.Contains(v.Sub, "belege.2") })
	d.choose("order", "Beleg")
	d.choose("qty", "Stk")
	d.choose("sku", "Artikel")
	d.touch("save")
	d.shops("the file to be back", func(v *screen.ShopsView) bool {
		return v.Shop != nil && strings.Contains(v.Shop.Words, "back in the folder")
	})
	d.touch("shop:pull")
	d.shops("its orders", func(v *screen.ShopsView) bool {
		return v.Shop != nil && strings.Contains(v.Shop.Words, "belege") && strings.Contains(v.Shop.State, "left-out")
	})
	id := station.Ref{Shop: "web", ID: "B1"}.String()
	if o, known := d.order(id); !known || o.Lines[0].SKU != "MUG-WHITE" {
		t.Errorf("%s: %+v", id, o)
	}
}

// An import that is stopped leaves nothing of its file, and says so. (U4)
func TestAStoppedImportLeavesNothingInTheWindow(t *testing.T) {
	d := atSetUp(t)
	var rows strings.Builder
	rows.WriteString("order,sku,qty\n")
	for i := range 100_000 {
		fmt.Fprintf(&rows, "X%d,HONEY,1\n", i)
	}
	d.front.Dropped(d.file("long.csv", rows.String()))
	d.step("how far it is", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.HasSuffix(s.Words, "rows read") })
	d.touch("stop")
	d.step("that nothing is left", screen.StepOrders, func(s screen.ShopDetail) bool { return s.Words == "Stopped: nothing of the file was kept" })
	if _, known := d.order("X0"); known {
		t.Error("an order of it is here")
	}
}

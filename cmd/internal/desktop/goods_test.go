package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/desktop/stockfront"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/stock"
	"packbench/station/unit"
)

// stocked is a bench whose shop keeps the stock of three products.
func stocked(t *testing.T, set ...func(*config.Settings)) *seat {
	t.Helper()
	d := newDesk(t, set...)
	for _, m := range []struct {
		sku, bin string
		qty      int
	}{{"MUG-WHITE", "A-1", 7}, {"MUG-WHITE", "A-2", 4}, {"MUG-BLUE", "A-1", 2}, {"HONEY", "C-9", 0}} {
		if err := d.front.Folder.AtDesk(t.Context(), stock.Moved{SKU: m.sku, Bin: m.bin, Qty: m.qty, Kind: stock.Counted, Reason: stock.ReasonImport, By: "import"}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *seat) stock(what string, good func(*screen.StockView) bool) *screen.StockView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Stock != nil && good(v.Stock) }).Stock
}

func (d *seat) count(what string, good func(*screen.CountView) bool) *screen.CountView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Count != nil && good(v.Count) }).Count
}

func (d *seat) shelf(what string, good func(*screen.CatalogueView) bool) *screen.CatalogueView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Catalogue != nil && good(v.Catalogue) }).Catalogue
}

// O5, O6: a manager sees what runs low with its ledger, corrects it with a reason, moves
// it to another bin, and writes the purchase list; a packer sees none of it.
func TestTheStockInTheWindow(t *testing.T) {
	d := stocked(t)
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageStock)})
	if v := d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle }); v.Stock != nil {
		t.Error("a packer sees the stock")
	}
	d.scanText("PB:badge:B-MANAGER")
	d.until("the manager", func(v screen.View) bool { return v.Header.Role == "manager" })
	d.press(37, 18, 0) // Ctrl 9
	v := d.stock("what runs low", func(v *screen.StockView) bool { return len(v.Rows) > 0 && v.Detail != nil })
	if v.Rows[0].Title != "Honey, lime blossom" || !strings.HasPrefix(v.Detail.State, "Order ") || !strings.Contains(v.Detail.Why, "Orders want") {
		t.Fatalf("%+v beside %+v", v.Rows, v.Detail)
	}
	d.touch("stock:receive")
	d.stock("the bins", func(v *screen.StockView) bool { return v.Detail.Asked == "Which bin?" })
	d.touch("stock:bin:C-9")
	d.enter(screen.EntryStockQty, "0")
	d.until("that 0 is nothing", func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad })
	d.enter(screen.EntryStockQty, "50")
	v = d.stock("the units", func(v *screen.StockView) bool {
		return v.Detail != nil && v.Detail.Saved != "" && len(v.Detail.Moves) == 2
	})
	if m := v.Detail.Moves[0]; v.Detail.Saved != "Booked: bin C-9 holds 50 now" || m.Qty != "+50" || m.What != "Received from a supplier" || !strings.HasPrefix(m.Who, "Manager") {
		t.Errorf("%q, %+v", v.Detail.Saved, m)
	}
	for _, step := range []string{"stock:correct", "stock:reason:moved", "stock:bin:C-9", "stock:bin"} {
		d.touch(step)
	}
	d.enter(screen.EntryStockBin, "C-10")
	d.enter(screen.EntryStockQty, "51")
	d.stock("that there are fewer", func(v *screen.StockView) bool {
		return strings.Contains(v.Detail.Saved, "holds 50") && len(v.Detail.Moves) == 2
	})
	for _, step := range []string{"stock:correct", "stock:reason:moved", "stock:bin:C-9", "stock:bin"} {
		d.touch(step)
	}
	d.enter(screen.EntryStockBin, "C-10")
	d.enter(screen.EntryStockQty, "20")
	d.stock("both movements", func(v *screen.StockView) bool {
		return strings.HasPrefix(v.Detail.Places, "C-10: 20 · C-9: 30") && len(v.Detail.Moves) == 4 && v.Detail.Saved == "Booked: bin C-10 holds 20 now"
	})
	d.touch("stock:correct")
	d.press(0, 9, 0) // Esc leaves what is asked, not the page
	d.stock("nothing asked", func(v *screen.StockView) bool { return v.Detail != nil && v.Detail.Asked == "" })
	d.touch("stock:counted")
	d.stock("that nothing was counted", func(v *screen.StockView) bool { return v.Empty == "Nothing was counted yet" && len(v.Rows) == 0 })
	d.touch("stock:shop")
	d.stock("that no shop is there", func(v *screen.StockView) bool { return strings.HasPrefix(v.Empty, "No shop is connected") })
}

// The purchase list is the one of packctl, in the documents folder.
func TestThePurchaseListInTheWindow(t *testing.T) {
	d := stocked(t)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageStock)})
	d.touch("stock:order")
	v := d.stock("the list", func(v *screen.StockView) bool { return v.Saved != "" })
	_, name, _ := strings.Cut(v.Saved, "written to ")
	list, err := os.ReadFile(name)
	if err != nil || filepath.Dir(name) != filepath.Clean(d.front.Folder.DocumentsDir()) || !strings.HasPrefix(string(list), "supplier,sku,name,order") || !strings.Contains(string(list), "HONEY") {
		t.Errorf("%s: %s, %v", v.Saved, list, err)
	}
}

// O6: a packer counts a bin with the scanner, blind, piece by piece or one and its number
// on the pad, puts it aside, goes on after a restart, and counts again what differs; what
// is no product is listed, and a badge is none.
func TestACountInTheWindow(t *testing.T) {
	d := stocked(t)
	d.signIn("B-PACKER")
	d.press(37, 18, 0) // Ctrl 9
	d.count("what is due", func(v *screen.CountView) bool { return v.Next == "Scan the code of a bin" && len(v.Rows) > 0 })
	d.scanText("A-1")
	d.count("the bin", func(v *screen.CountView) bool { return v.Title == "Bin A-1" })
	d.scanText("MUG-WHITE")
	d.scanText("MUG-WHITE")
	d.scanText("NO-SUCH-CODE")
	v := d.count("the stranger", func(v *screen.CountView) bool { return v.Card.Kind == pack.Refused })
	if len(v.Rows) != 1 || v.Rows[0].Number != "2" || !strings.Contains(v.Strange, "NO-SUCH-CODE") {
		t.Errorf("%+v, %q", v.Rows, v.Strange)
	}
	d.scanText("MUG-BLUE")
	d.count("its card", func(v *screen.CountView) bool { return v.Card.Big == "1" })
	d.touch("count:number")
	d.enter(screen.EntryCounted, "many")
	d.until("that it is no number", func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad })
	d.enter(screen.EntryCounted, "2")
	d.count("the number", func(v *screen.CountView) bool { return v.Card.Big == "2" })
	d.touch("count:park")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })

	d.onPage(func() { d.front.goods.Count = &stockfront.Count{Shell: d.front.Shell} }) // as after a restart
	d.press(37, 18, 0)
	v = d.count("the bin again", func(v *screen.CountView) bool { return v.Title == "Bin A-1" && len(v.Rows) == 2 })
	if v.Rows[0].Number+v.Rows[1].Number != "22" || v.Strange == "" {
		t.Errorf("%+v, %q", v.Rows, v.Strange)
	}
	d.touch("count:end")
	v = d.count("what came of it", func(v *screen.CountView) bool { return len(v.Results) == 2 })
	for _, r := range v.Results {
		if strings.ContainsAny(r.Words, "+–7") {
			t.Errorf("who has to count again reads %q", r.Words)
		}
	}
	d.touch("count:again")
	d.count("the bin", func(v *screen.CountView) bool { return v.Title == "Bin A-1" && len(v.Rows) == 0 })
	d.scanText("MUG-WHITE")
	d.scanText("PB:quantity:2")
	d.scanText("MUG-BLUE")
	d.count("both", func(v *screen.CountView) bool { return len(v.Rows) == 2 })
	d.scanText("C-9") // the next bin ends this one
	d.count("the next bin", func(v *screen.CountView) bool { return v.Title == "Bin C-9" })
	d.touch("count:end")
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Header.Role == "supervisor" })
	held, err := d.front.Folder.Store.Stock(t.Context(), "MUG-WHITE")
	if err != nil || held[0].Bin != "A-1" || held[0].OnHand != 2+lying(d, "MUG-WHITE") {
		t.Errorf("two counts agree, and the ledger has %+v, %v", held, err)
	}
}

// lying is how many units of a product lie in totes.
func lying(d *seat, sku string) int {
	d.Helper()
	wanted, err := d.front.Folder.Store.Wanted(d.Context(), sku)
	if err != nil {
		d.Fatal(err)
	}
	return wanted[sku].Lying
}

// Q10, S7: everybody finds a product by name, SKU or code, or by its scan, in a list of
// any length; a supervisor adds a code and corrects the weight.
func TestTheCatalogueInTheWindow(t *testing.T) {
	d := stocked(t)
	var many []station.Product
	for i := range 900 {
		many = append(many, station.Product{SKU: fmt.Sprintf("W%04d", i), Name: fmt.Sprintf("Washer %04d", i), Mass: unit.Gram})
	}
	if _, err := d.front.Folder.Store.PutProducts(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-SUPERVISOR")
	d.press(37, 18, 0) // Ctrl 9
	d.until("the stock", func(v screen.View) bool { return v.Stock != nil })
	d.press(37, 42, 0) // Ctrl G
	v := d.shelf("the products", func(v *screen.CatalogueView) bool { return len(v.Rows) == screen.ShelfRows && v.Bar.Marks > 0 })
	first := v.Rows[0].Item.SKU
	read := []string{}
	for range 20 {
		for _, r := range v.Rows {
			read = append(read, r.Item.SKU)
		}
		if v.Down.Kind == "" {
			break
		}
		was := v.Rows[0].Item.SKU
		d.press(0, 117, 0) // Page Down
		v = d.shelf("the next ones", func(v *screen.CatalogueView) bool { return len(v.Rows) > 0 && v.Rows[0].Item.SKU != was })
	}
	if !slices.Contains(read, "W0050") || len(slices.Compact(slices.Sorted(slices.Values(read)))) != len(read) {
		t.Errorf("page by page: %q", read)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentStock, Name: screen.ShelfJump, Value: fmt.Sprint(v.Bar.Marks - 1)})
	v = d.shelf("the end", func(v *screen.CatalogueView) bool {
		return len(v.Rows) == screen.ShelfRows && v.Down.Kind == "" && v.Rows[7].Item.SKU == "W0899"
	})
	d.front.Intent(v.Up)
	d.shelf("a row further up", func(v *screen.CatalogueView) bool {
		return len(v.Rows) == 8 && v.Rows[7].Item.SKU == "W0898" && v.Down.Kind != ""
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentStock, Name: screen.ShelfJump, Value: "0"})
	d.shelf("the beginning", func(v *screen.CatalogueView) bool {
		return len(v.Rows) == 8 && v.Rows[0].Item.SKU == first && v.Up.Kind == ""
	})

	d.touch("queue:find")
	d.enter(screen.EntryShelf, "er w 07 12")
	v = d.shelf("what fits", func(v *screen.CatalogueView) bool { return len(v.Rows) > 0 && v.Rows[0].Item.SKU == "W0712" })
	if len(v.Rows) != 1 || v.Title != "Products with “er w 07 12”" {
		t.Errorf("%+v, %s", v.Rows, v.Title)
	}
	d.scanText("HONEY")
	d.shelf("the product", func(v *screen.CatalogueView) bool {
		return v.Detail != nil && v.Detail.Item.SKU == "HONEY" && len(v.Rows) > 0 && v.Rows[0].Item.SKU == "HONEY"
	})
	d.touch("shelf:link")
	d.scanText("DEAD-CODE-1")
	d.until("how many", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == screen.EntryShelfFactor })
	d.enter(screen.EntryShelfFactor, "6")
	d.shelf("the code", func(v *screen.CatalogueView) bool {
		return v.Detail != nil && v.Detail.Saved == "The code is added" && partOf(v.Detail.Parts, "Codes", "DEAD-CODE-1 (6 units)")
	})
	d.touch("shelf:weigh")
	d.enter(screen.EntryShelfWeight, "12")
	d.until("that the unit is missing", func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad })
	d.enter(screen.EntryShelfWeight, "512 g")
	d.shelf("the weight", func(v *screen.CatalogueView) bool { return v.Detail != nil && v.Detail.Figures[1].Value == "512 g" })
	d.touch("shelf:mark")
	d.until("the kinds", func(v screen.View) bool { return v.Entry != nil && len(v.Entry.Choices) == 4 })
	d.touch("option:3")
	d.shelf("the mark", func(v *screen.CatalogueView) bool {
		return v.Detail != nil && partOf(v.Detail.Parts, "Rules", "dangerous goods: lithium battery")
	})
	d.scanText("PB:badge:B-PACKER")
	d.until("the packer", func(v screen.View) bool {
		return v.Page == screen.PageIdle && v.Header.Role == "" && v.Header.Person != ""
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCatalogue)})
	d.shelf("no way to change it", func(v *screen.CatalogueView) bool {
		return v.Detail != nil && len(v.Detail.Actions) == 0 && strings.HasPrefix(v.Detail.Asked, "A supervisor")
	})
}

// A badge that was revoked while somebody is signed in books nothing any more.
func TestARevokedBadgeBooksNothing(t *testing.T) {
	d := stocked(t)
	d.signIn("B-MANAGER")
	d.press(37, 18, 0) // Ctrl 9
	d.stock("what runs low", func(v *screen.StockView) bool { return len(v.Rows) > 0 && v.Detail != nil })
	manager := d.front.Bench.Engine.State().Person.ID
	d.touch("stock:receive")
	d.stock("the bins", func(v *screen.StockView) bool { return v.Detail.Asked == "Which bin?" })
	d.touch("stock:bin:C-9")
	if _, err := d.front.Folder.Store.RevokeBadge(t.Context(), manager); err != nil {
		t.Fatal(err)
	}
	d.enter(screen.EntryStockQty, "50")
	d.until("an answer", func(v screen.View) bool {
		return v.Stock == nil || v.Stock.Detail != nil && v.Stock.Detail.Saved != ""
	})
	if held, err := d.front.Folder.Store.Stock(t.Context(), "HONEY"); err != nil || len(held) > 0 && held[0].OnHand != 0 {
		t.Errorf("booked all the same: %+v, %v", held, err)
	}
}

// partOf reports whether a part of a product holds a text.
func partOf(parts []screen.Figure, name, text string) bool {
	return slices.ContainsFunc(parts, func(f screen.Figure) bool { return f.Name == name && strings.Contains(f.Value, text) })
}

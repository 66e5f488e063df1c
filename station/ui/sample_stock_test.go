package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/stock"
	"packbench/station/unit"
)

func stockItem(sku, name string, here, claimed, onOrder int, t stock.Terms, weeks ...float64) screen.StockItem {
	at := stock.Position{OnHand: here, Claimed: claimed}
	t.OnOrder = onOrder
	return screen.StockItem{
		SKU: sku, Name: name, Position: at, Terms: t, Plan: stock.PlanOf(weeks, at, t, stock.SES),
		Bins: []stock.Held{{Bin: "A-12-3", Qty: here - here/3}, {Bin: "B-01", Qty: here / 3}},
	}
}

func stockInputs(theme screen.Theme) screen.StockInputs {
	var year []float64
	for i := range 70 {
		n := float64(8 + i%5)
		if i >= 18 && i < 25 {
			n *= 2
		}
		year = append(year, n)
	}
	in := screen.StockInputs{
		Frame: deskFrame(station.Manager, theme), APage: 6, Counts: map[screen.StockPart]int{screen.StockLow: 27},
		Items: []screen.StockItem{
			stockItem("MUG-W", "Mug, white", 12, 8, 0, stock.Terms{Supplier: "Kiln & Co", Lead: 10, Pack: 12}, year...),
			stockItem("TEA-G", "Tea, green, 100 g", 3, 5, 0, stock.Terms{}, 4, 0, 6, 5, 2),
			stockItem("TUBE", "Poster tube, 60 cm, brown cardboard with two caps", 40, 2, 100, stock.Terms{Supplier: "Carton House", Lead: 21}, 20, 24, 18, 30, 22, 25, 21, 28, 19),
		},
		Moves: []screen.StockMove{
			{At: noon.Add(-20 * time.Minute), Bin: "A-12-3", Qty: -2, Kind: stock.Shipped, Parcel: "P1042-1", Who: "p1", Row: "S1.812/0"},
			{At: noon.Add(-3 * time.Hour), Bin: "A-12-3", Qty: -1, Reason: "damaged", Who: "p2", Row: "desk.33/0"},
			{At: noon.Add(-30 * time.Hour), Bin: "B-01", Qty: 3, Kind: stock.Counted, Case: "desk.29", Who: "p3", Row: "desk.29/1"},
			{At: noon.Add(-90 * time.Hour), Bin: "A-12-3", Qty: 24, Reason: "received", Who: "p2", Row: "desk.12/0"},
		},
	}
	for i := range 3 {
		in.Items = append(in.Items, stockItem(fmt.Sprint("SKU-", i), fmt.Sprintf("Candle number %d", i), 6, 1, 0, stock.Terms{Lead: 14}, 5, 6, 5, 4, 6, 5, 7, 5, 5))
	}
	in.Shown = &in.Items[0]
	return in
}

func stockLow(theme screen.Theme) screen.View { return screen.Stock(stockInputs(theme)) }

// stockReasons is asked what happened to units.
func stockReasons(theme screen.Theme) screen.View {
	in := stockInputs(theme)
	in.Move = &screen.StockDraft{Asked: screen.DraftReason}
	return screen.Stock(in)
}

// stockShops has asked the shop.
func stockShops(theme screen.Theme) screen.View {
	in := stockInputs(theme)
	in.Part, in.Counts[screen.StockShop] = screen.StockShop, 3
	in.Shop = screen.ShopStock{Shops: []string{"web", "market"}, Of: "web", At: noon.Add(-2 * time.Minute), Untold: 2}
	in.Items = in.Items[:3]
	for i, n := range []int{14, 3} {
		in.Items[i].Shop = &n
	}
	in.Shown = &in.Items[0]
	in.Said = screen.Said{Of: screen.About("product", "MUG-W"), Text: speaks.Say("Booked: bin {bin} holds {n} now", "bin", "A-12-3", "n", "8")}
	return screen.Stock(in)
}

func stockNone(theme screen.Theme) screen.View {
	return screen.Stock(screen.StockInputs{Frame: deskFrame(station.Manager, theme), APage: 20, Counts: map[screen.StockPart]int{}})
}

func countDue(theme screen.Theme) screen.View {
	in := screen.CountInputs{
		Frame: deskFrame(station.Packer, theme), APage: 4, DueAll: 40, Ended: "A-12-2",
		Results: []screen.CountResult{
			{SKU: "MUG-W", Name: "Mug, white", Counted: 12, Outcome: stock.Right},
			{SKU: "TEA-G", Name: "Tea, green, 100 g", Counted: 3, Outcome: stock.Again},
			{SKU: "TUBE", Name: "Poster tube", Counted: 7, Outcome: stock.Booked, Diff: -2, Case: "desk.41"},
		},
	}
	for i, why := range []stock.Trigger{stock.Differed, stock.Negative, stock.Shorted, stock.Empty} {
		in.Due = append(in.Due, screen.DueCount{Bin: fmt.Sprintf("A-12-%d", 2+i), SKU: "MUG-W", Name: []string{"Mug, white", "Tea, green, 100 g", "Poster tube, 60 cm, brown cardboard with two caps"}[i%3], Why: why})
	}
	return screen.Count(in)
}

func countBin(theme screen.Theme) screen.View {
	return screen.Count(screen.CountInputs{
		Frame: deskFrame(station.Packer, theme), Bin: "A-12-3", Readers: []string{"10.0.0.9:5084"},
		Found:  []screen.CountedUnits{{SKU: "TUBE", Name: "Poster tube, 60 cm, brown cardboard with two caps", Units: 2}, {SKU: "TEA-G", Name: "Tea, green, 100 g", Units: 120}, {SKU: "MUG-W", Name: "Mug, white", Units: 7}},
		Others: []string{"4099999", "]C10109506000134352"},
		Last:   screen.CountSaid{Kind: pack.Accepted, SKU: "MUG-W", Name: "Mug, white", Bin: "A-12-3"},
	})
}

func countStranger(theme screen.Theme) screen.View {
	return screen.Count(screen.CountInputs{
		Frame: deskFrame(station.Packer, theme), Bin: "A-12-3", Found: []screen.CountedUnits{{SKU: "MUG-W", Name: "Mug, white", Units: 7}},
		Others: []string{"4099999"}, Last: screen.CountSaid{Kind: pack.Refused, Code: "4099999", Why: "no product of the catalogue"},
	})
}

func catalogueInputs(theme screen.Theme) screen.CatalogueInputs {
	in := screen.CatalogueInputs{Frame: deskFrame(station.Supervisor, theme), Before: true, After: true, First: 400_000, All: 1_000_000, Marks: 512}
	names := []string{"Mug, blue", "Mug, white", "Notebook, A5, dotted, 192 pages, hard cover in forest green with an elastic band", "Oolong tea", "Poster tube", "Quilt", "Rice bowl", "抹茶茶碗"}
	for i, name := range names {
		here := 7 * i
		p := screen.ShelfItem{Product: station.Product{SKU: fmt.Sprintf("SKU-%06d", 400_000+i), Name: name, Mass: unit.Mass(120+i*31) * unit.Gram}}
		if i%3 > 0 {
			p.OnHand = &here
		}
		in.Items = append(in.Items, p)
	}
	shown := in.Items[1]
	shown.Aliases = []string{"MUGW"}
	shown.Barcodes = []station.Barcode{{Code: "4006381333931", Factor: 1}, {Code: "14006381333938", Factor: 12}, {Code: "MUG-WHITE-OLD-LABEL", Factor: 1}}
	shown.Size = unit.Size{Length: 120 * unit.Millimetre, Width: 90 * unit.Millimetre, Depth: 95 * unit.Millimetre}
	shown.Fragile, shown.Lot, shown.Expiry, shown.Life, shown.Recalled = true, true, true, 30, []string{"L-77"}
	shown.Danger = station.LithiumBattery
	in.Shown, in.Bins, in.Lots = &shown, []stock.Held{{Bin: "A-12-3", Qty: 5}, {Bin: "B-01", Qty: 2}}, []string{"L-78 × 4"}
	return in
}

func cataloguePage(theme screen.Theme) screen.View { return screen.Catalogue(catalogueInputs(theme)) }

// catalogueFound shows what a search found, to a packer.
func catalogueFound(theme screen.Theme) screen.View {
	in := catalogueInputs(theme)
	in.Frame = deskFrame(station.Packer, theme)
	in.Text, in.Items, in.Before, in.After, in.First = "mug", in.Items[:2], false, false, 0
	return screen.Catalogue(in)
}

// catalogueDanger asks which dangerous goods the product is.
func catalogueDanger(theme screen.Theme) screen.View {
	in := catalogueInputs(theme)
	in.Frame.Entry = screen.DangerEntry(station.LithiumBattery)
	return screen.Catalogue(in)
}

// catalogueLink waits for the code that a product is to have too.
func catalogueLink(theme screen.Theme) screen.View {
	in := catalogueInputs(theme)
	in.Linking = true
	return screen.Catalogue(in)
}

// catalogueHandling asks how the product is packed.
func catalogueHandling(theme screen.Theme) screen.View {
	in := catalogueInputs(theme)
	in.Frame.Entry = screen.HandlingEntry(station.Handling{NoTop: true, PerBox: 4, Group: "Glass"})
	return screen.Catalogue(in)
}

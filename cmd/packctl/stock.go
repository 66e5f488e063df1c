package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/stockroom"
	"packbench/station/stock"
	"packbench/station/store"
)

// stockLine is a product in a bin. Claimed, DaysLeft and OrderNow are those of the product
// in all its bins.
type stockLine struct {
	SKU      string   `json:"sku"`
	Bin      string   `json:"bin"`
	OnHand   int      `json:"on_hand"`
	Claimed  int      `json:"claimed"`
	DaysLeft *float64 `json:"days_left"` // null: nothing is known, or none is sold
	OrderNow bool     `json:"order_now"`

	OnOrder  int     `json:"on_order,omitempty"`
	Weekly   float64 `json:"per_week"`
	Class    string  `json:"class"`
	LeadDays int     `json:"lead_days"`
	Assumed  bool    `json:"lead_assumed,omitempty"`
	Point    int     `json:"reorder_point"`
	Order    int     `json:"order,omitempty"` // units to order
	Supplier string  `json:"supplier,omitempty"`
}

// minus is a number below zero as it stands among arguments, where it is no flag.
var minus = regexp.MustCompile(`^-[0-9]+$`)

// runStock shows the stock, moves some of it or writes the purchase list.
func runStock(ctx context.Context, f *flags) error {
	for i, a := range f.args {
		if minus.MatchString(a) {
			f.args[i] = "−" + a[1:] // the sign of print
		}
	}
	low := f.Bool("low", false, "only what runs low, the most urgent first")
	out := f.String("out", "", "file for the purchase list, or for the table of stock, as CSV")
	form := f.String("form", "generic", "how the table of stock is written: "+strings.Join(stockroom.LevelForms(), ", "))
	source := f.String("source", "", "code of the source that the form magento is of")
	method := f.String("forecast", string(stock.SES), "how demand is worked out: "+methodNames())
	season := f.String("season", "", "how many times as much the coming weeks sell as those before, such as 1.5; last-year: as they did a year ago")
	reader := f.String("reader", "", "address of an RFID reader that counts a bin (LLRP, port 5084)")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if !slices.Contains(stock.Methods(), stock.Method(*method)) {
		return usagef("--forecast is one of %s", methodNames())
	}
	ask := stockroom.Ask{Low: *low, Method: stock.Method(*method)}
	if ask.Season, err = readSeason(*season); err != nil {
		return err
	}
	verb := strings.Join(rest[:min(1, len(rest))], "")
	switch {
	case verb != "order" && verb != "levels" && *out != "":
		return usagef("--out is for packctl stock order and packctl stock levels")
	case verb != "levels" && (f.given("form") || *source != ""):
		return usagef("--form and --source are for packctl stock levels")
	case verb != "count" && *reader != "":
		return usagef("--reader is for packctl stock count")
	case verb == "move":
		return stockMove(ctx, f, rest[1:])
	case verb == "order":
		return stockOrder(ctx, f, rest[1:], *out, ask)
	case verb == "levels":
		return stockLevels(ctx, f, rest[1:], *out, *form, *source)
	case verb == "count":
		return stockCount(ctx, f, rest[1:], *reader)
	case len(rest) > 1:
		return usagef("unknown argument %q: name one SKU, or say move, count, order or levels", clipped(rest[1], 40))
	}
	ask.SKU = verb
	return stockShow(ctx, f, ask)
}

// readSeason reads what a person says of the coming weeks; "" is nothing.
func readSeason(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	if text == "last-year" {
		return stock.LastYearSeason, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0) || n > stock.MostSeason {
		return 0, usagef("--season is a number such as 1.5, %d at most, or last-year", stock.MostSeason)
	}
	return n, nil
}

func methodNames() string {
	var names []string
	for _, m := range stock.Methods() {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}

func stockShow(ctx context.Context, f *flags, a stockroom.Ask) error {
	return f.looking(ctx, func(d *folder.Folder) error {
		room := stockroom.New(d)
		list, err := room.Products(ctx, a)
		for i := 0; i < len(list) && err == nil; i++ {
			err = f.printStock(list[i])
		}
		if err != nil || f.json {
			return err
		}
		if a.SKU != "" {
			return f.printLedger(ctx, room, a.SKU)
		}
		if len(list) == 0 && a.Low {
			_, err = fmt.Fprintln(f.out, "nothing runs low")
		} else if len(list) == 0 {
			_, err = fmt.Fprintln(f.out, "no stock is kept yet: packctl import stock FILE begins with columns sku, bin, qty")
		}
		return err
	})
}

func (f *flags) printStock(p stockroom.Product) error {
	line := stockLine{
		SKU: p.SKU, Claimed: p.Claimed, OrderNow: p.Plan.OrderNow, OnOrder: p.Terms.OnOrder, Weekly: math.Round(p.Plan.Weekly*100) / 100,
		Class: string(p.Plan.Class), LeadDays: p.Plan.Lead, Assumed: p.Plan.Assumed, Point: p.Plan.Point, Order: p.Plan.Qty, Supplier: p.Terms.Supplier,
	}
	lasts := "-"
	if p.Plan.DaysLeft >= 0 {
		days := math.Round(p.Plan.DaysLeft*10) / 10
		line.DaysLeft, lasts = &days, fmt.Sprintf("%.0f days", math.Floor(days))
	}
	words := ""
	if line.OrderNow {
		words = fmt.Sprintf("  order %d now", line.Order)
		if line.Assumed {
			words += fmt.Sprintf(" (lead time not known: %d days assumed)", line.LeadDays)
		}
	}
	for _, b := range p.Bins {
		line.Bin, line.OnHand = b.Bin, b.Qty
		if err := f.print(line, "%-16s %-10s %7d on hand %6d claimed  %-10s%s", line.SKU, line.Bin, line.OnHand, line.Claimed, lasts, words); err != nil {
			return err
		}
	}
	return nil
}

// ledgerShown is how many movements stand below a product.
const ledgerShown = 20

func (f *flags) printLedger(ctx context.Context, room stockroom.Room, sku string) error {
	moves, err := room.Ledger(ctx, sku, ledgerShown)
	for i := 0; i < len(moves) && err == nil; i++ {
		m := moves[i]
		_, err = fmt.Fprintf(f.out, "  %s  %-10s %+6d  %s\n", m.At.In(room.Location()).Format("2006-01-02 15:04"), m.Bin, m.Qty, moveWords(m))
	}
	return err
}

// moveWords says what a movement was, by whom, and from which row of the journal.
func moveWords(m store.StockMove) string {
	what := string(m.Kind)
	switch r, known := stock.ReasonOf(m.Reason); {
	case known:
		what = r.Words
	case m.Kind == stock.Shipped && m.Qty > 0:
		what = "taken back: parcel " + m.Parcel + " was voided or opened again"
	case m.Kind == stock.Shipped:
		what = "shipped in parcel " + m.Parcel
	case m.Kind == stock.Opening:
		what = "shipped before the stock was kept"
	case m.Reason == stock.ReasonImport:
		what = "counted, by a file"
	}
	if m.By != "" && m.Reason != stock.ReasonImport {
		what += ", " + m.By
	}
	return what + " (" + m.ID + ")"
}

// moveLine is what a movement led to.
type moveLine struct {
	SKU    string     `json:"sku"`
	Bin    string     `json:"bin"`
	Qty    int        `json:"qty"`
	Kind   stock.Kind `json:"kind"`
	Reason string     `json:"reason"`
	By     string     `json:"by"`
	OnHand int        `json:"on_hand"` // in the bin, since
}

func stockMove(ctx context.Context, f *flags, words []string) error {
	if len(words) != 4 || slices.Contains(words, "") {
		var codes []string
		for _, r := range stock.Reasons() {
			codes = append(codes, r.Code)
		}
		return usagef("usage: packctl stock move SKU BIN QTY REASON; QTY below zero takes out; reasons: %s", strings.Join(codes, ", "))
	}
	qty, err := strconv.Atoi(strings.Replace(words[2], "−", "-", 1))
	if err != nil {
		return usagef("%q is not a number of units", clipped(words[2], 40))
	}
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		m, held, err := stockroom.New(d).Move(ctx, who.Person, words[0], words[1], qty, words[3])
		if err != nil {
			return err
		}
		line := moveLine{SKU: m.SKU, Bin: m.Bin, Qty: m.Qty, Kind: m.Kind, Reason: m.Reason, By: m.By, OnHand: held}
		return f.print(line, "%s: %+d in bin %s, which holds %d now", m.SKU, m.Qty, m.Bin, held)
	})
}

func stockOrder(ctx context.Context, f *flags, words []string, out string, a stockroom.Ask) error {
	if out == "" || len(words) > 0 {
		return usagef("usage: packctl stock order --out FILE [--forecast METHOD] [--season N|last-year]")
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		list, err := stockroom.New(d).Purchases(ctx, a)
		if err == nil {
			err = folder.WriteWhole(out, func(w io.Writer) error { return stockroom.WritePurchases(w, list) })
		}
		if err != nil {
			return err
		}
		line := struct {
			File     string    `json:"file"`
			Products int       `json:"products"`
			At       time.Time `json:"at"`
		}{out, len(list), f.clock().UTC()}
		if len(list) == 1 {
			return f.print(line, "1 product to order, written to %s", out)
		}
		return f.print(line, "%d products to order, written to %s", len(list), out)
	})
}

// stockLevels writes how many there are of each product, for whoever takes that as a file.
func stockLevels(ctx context.Context, f *flags, words []string, out, form, source string) error {
	if out == "" || len(words) > 0 || !slices.Contains(stockroom.LevelForms(), form) || form == "magento" && source == "" {
		return usagef("usage: packctl stock levels --out FILE [--form %s] [--source CODE, for magento]", strings.Join(stockroom.LevelForms(), "|"))
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		list, err := stockroom.New(d).Products(ctx, stockroom.Ask{})
		if err == nil {
			err = folder.WriteWhole(out, func(w io.Writer) error { return stockroom.WriteLevels(w, list, form, source) })
		}
		if err != nil {
			return err
		}
		line := struct {
			File     string `json:"file"`
			Products int    `json:"products"`
		}{out, len(list)}
		return f.print(line, "the stock of %d products, written to %s", len(list), out)
	})
}

package stockroom

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"packbench/station/stock"
)

// Purchases returns the products that must be ordered now, by supplier and SKU.
func (r Room) Purchases(ctx context.Context, a Ask) ([]Product, error) {
	list, err := r.Products(ctx, Ask{Method: a.Method, Season: a.Season})
	list = slices.DeleteFunc(list, func(p Product) bool { return !p.Plan.OrderNow })
	slices.SortStableFunc(list, func(a, b Product) int {
		return strings.Compare(strings.ToLower(a.Terms.Supplier), strings.ToLower(b.Terms.Supplier))
	})
	return list, err
}

var purchaseHead = []string{
	"supplier", "sku", "name", "order", "packs", "on_hand", "claimed", "on_order", "per_week", "days_left", "lead_days", "reorder_point", "note",
}

// WritePurchases writes a purchase list as CSV, in UTF-8. A text that a spreadsheet would
// run as a formula gets an apostrophe before it; numbers are none.
func WritePurchases(w io.Writer, list []Product) error {
	out := csv.NewWriter(w)
	_ = out.Write(purchaseHead) // errors are kept for Error
	for _, p := range list {
		packs, days, lead := "", "", strconv.Itoa(p.Plan.Lead)
		if p.Terms.Pack > 0 {
			packs = strconv.Itoa(p.Plan.Qty / p.Terms.Pack)
		}
		if p.Plan.DaysLeft >= 0 {
			days = strconv.FormatFloat(p.Plan.DaysLeft, 'f', 1, 64)
		}
		if p.Plan.Assumed {
			lead = ""
		}
		_ = out.Write([]string{
			safe(p.Terms.Supplier), safe(p.SKU), safe(p.Name), strconv.Itoa(p.Plan.Qty), packs, strconv.Itoa(p.OnHand), strconv.Itoa(p.Claimed),
			strconv.Itoa(p.Terms.OnOrder), strconv.FormatFloat(p.Plan.Weekly, 'f', 1, 64), days, lead, strconv.Itoa(p.Plan.Point), note(p),
		})
	}
	out.Flush()
	return out.Error()
}

// note says what a buyer should know of a line.
func note(p Product) string {
	var notes []string
	if p.Plan.Weeks == 0 {
		notes = append(notes, "orders want more than there is; no week of sales to go by")
	} else if p.Plan.Weeks < 8 {
		notes = append(notes, fmt.Sprintf("only %d weeks of sales to go by", p.Plan.Weeks))
	}
	if p.Plan.Season > 0 {
		notes = append(notes, fmt.Sprintf("%.1f times as much as before is expected", p.Plan.Season))
	}
	if p.Plan.Assumed {
		notes = append(notes, fmt.Sprintf("lead time not known: %d days assumed", stock.AssumedLead))
	}
	if p.Terms.Supplier == "" {
		notes = append(notes, "supplier not known")
	}
	return strings.Join(notes, "; ")
}

// safe keeps a spreadsheet from taking a text for a formula (F5). Wide forms of the signs
// count too, because some spreadsheets fold them.
func safe(cell string) string {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, sign) {
			return "'" + cell
		}
	}
	return cell
}

package papers

import (
	"context"
	"fmt"

	"packbench/labels"
	"packbench/station"
	"packbench/station/pack"
)

// Lost counts the characters that a document could not show (L3). The text
// itself is personal, and stands in no journal.
func Lost(missing []labels.Missing) int {
	n := 0
	for _, m := range missing {
		n += m.Lost()
	}
	return n
}

// Lost says in words what the document could not show; "" for one that shows
// everything.
func (d Drawn) Lost() string {
	switch n := Lost(d.Missing); n {
	case 0:
		return ""
	case 1:
		return "1 character of it could not be printed"
	default:
		return fmt.Sprintf("%d characters of it could not be printed", n)
	}
}

// DrawPaper draws one paper of a parcel; one that was asked for before is marked.
func (d Papers) DrawPaper(ctx context.Context, e pack.Effect) (Drawn, error) {
	switch e.Do {
	case "slip":
		return d.slipOf(ctx, e.Parcel, e.Reprint)
	case "inside":
		return d.insideOf(ctx, e.Parcel, e.Reprint)
	case "return":
		return d.returnOf(ctx, e.Parcel, e.Reprint)
	case "customs":
		return d.customsOf(ctx, e.Parcel, "customs", e.Reprint)
	}
	return Drawn{}, fmt.Errorf("this version prints no paper of the kind %s", e.Do)
}

// WithLabel are the kinds of papers that come with the label of an order's parcel:
// those that the shop wants, and those that the border asks for.
func (d Papers) WithLabel(o station.Order) []string {
	papers := d.Settings.Printers.Papers()
	if d.NeedsCustoms(o) {
		papers = append(papers, "customs")
	}
	return papers
}

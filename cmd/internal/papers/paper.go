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

// Sheet is a document as an effect prints it.
type Sheet struct {
	Drawn
	Kept    string // id under which a list is kept
	Untimed bool   // the list does not say when the van left
}

// Sheet draws a paper of a parcel, or the list of a van, which is kept; one that was
// asked for before is marked.
func (d Papers) Sheet(ctx context.Context, e pack.Effect) (Sheet, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return Sheet{}, err
	}
	var doc Drawn
	var err error
	switch of := e.Document.Of; e.Document.Kind {
	case pack.DocumentManifest:
		return d.keptSheet(ctx, e)
	case "slip":
		doc, err = d.slipOf(ctx, of, e.Copy)
	case "inside":
		doc, err = d.insideOf(ctx, of, e.Copy)
	case "return":
		doc, err = d.returnOf(ctx, of, e.Copy)
	case "customs":
		doc, err = d.customsOf(ctx, of, "customs", e.Copy)
	default:
		err = fmt.Errorf("this version prints no paper of the kind %s", e.Document.Kind)
	}
	return Sheet{Drawn: doc}, err
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

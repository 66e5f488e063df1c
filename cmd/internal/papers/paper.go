package papers

import (
	"context"
	"fmt"
	"slices"

	"packbench/labels"
	"packbench/station"
	"packbench/station/carrier/account"
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
	if e.Document.Kind == pack.DocumentManifest {
		return d.keptSheet(ctx, e)
	}
	doc, err := d.PaperOf(ctx, e.Document.Of, e.Document.Kind, e.Copy)
	return Sheet{Drawn: doc}, err
}

// PaperOf draws a paper of a parcel; one that was asked for before is marked as a
// reprint.
func (d Papers) PaperOf(ctx context.Context, id, kind string, reprint int) (Drawn, error) {
	switch kind {
	case "slip":
		return d.slipOf(ctx, id, reprint)
	case "inside":
		return d.insideOf(ctx, id, reprint)
	case "return":
		return d.returnOf(ctx, id, reprint)
	case "customs", "cn22", "cn23", "invoice":
		return d.customsOf(ctx, id, kind, reprint)
	}
	return Drawn{}, fmt.Errorf("this version prints no paper of the kind %s", kind)
}

// WithLabel are the kinds of papers that come with a parcel's label: those that the shop
// wants, that the border asks for and the label does not have in it, or that the carrier sent.
func (d Papers) WithLabel(o station.Order, came []account.Paper, inLabel bool) []string {
	papers := d.Settings.Printers.Papers()
	if d.needsCustoms(o) && !inLabel || slices.ContainsFunc(came, func(p account.Paper) bool { return p.Kind == "customs" }) {
		papers = append(papers, "customs")
	}
	return papers
}

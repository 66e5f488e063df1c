package papers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/store"
)

// Drawn is a document as a file, with what could not be printed on it.
type Drawn struct {
	Kind    string
	ID      string // parcel, or "" for a sheet
	On      string // the kind of document whose printer it is for; "" is Kind
	PDF     []byte
	ZPL     []byte // where its printer speaks that
	Missing []labels.Missing
}

// File makes the file of a layout, and its dots where its printer wants
// those.
func (d Papers) File(kind, id string, layout labels.Layout, missing []labels.Missing, err error) (Drawn, error) {
	if err != nil {
		return Drawn{}, err
	}
	out := Drawn{Kind: kind, ID: id, Missing: missing}
	if out.PDF, err = pdf.Encode(layout); err != nil {
		return Drawn{}, err
	}
	if p := d.Settings.Printers.For(kind); p.Kind == kindZPL {
		out.ZPL, err = ZPL(p, layout)
	}
	return out, err
}

// LabelOf returns the first bytes of a parcel's label, as they were kept (L1), and
// what they could not show of the order's address as it is now.
func (d Papers) LabelOf(ctx context.Context, id string) (Drawn, error) {
	p, err := d.ParcelNamed(ctx, id)
	if err != nil {
		return Drawn{}, err
	}
	if p.State == pack.ParcelVoided {
		return Drawn{}, fmt.Errorf("the label of parcel %s was voided", p.Called())
	}
	doc, err := d.Store.LabelAnywhere(ctx, p.Order, p.ID)
	if errors.Is(err, store.ErrUnknown) {
		return Drawn{}, fmt.Errorf("no label of parcel %s is kept", p.Called())
	}
	if err != nil {
		return Drawn{}, err
	}
	if len(doc.PDF) == 0 {
		return Drawn{}, fmt.Errorf("the label of parcel %s came from the carrier in the language of label printers: there is no page of it", p.Called())
	}
	return Drawn{Kind: "label", ID: p.Called(), PDF: doc.PDF, Missing: d.missingOn(ctx, p, doc.At)}, nil
}

// missingOn is what the kept label of a parcel could not show: the journal keeps
// how much it was, and not what, because that is personal. A label that cannot be
// laid out any more, as after a change of the rate cards, tells nothing.
func (d Papers) missingOn(ctx context.Context, p store.Parcel, at time.Time) []labels.Missing {
	layout, err := d.LabelAgain(ctx, p, at)
	if err != nil {
		return nil
	}
	_, missing, _, err := layout(d.Settings.Printers.Label)
	if err != nil {
		return nil
	}
	return missing
}

// LabelAgain returns what lays the label of a parcel out once more, for any printer:
// with the numbers that it has, and all else as it is known now.
func (d Papers) LabelAgain(ctx context.Context, p store.Parcel, at time.Time) (func(config.Printer) (labels.Layout, []labels.Missing, labels.Profile, error), error) {
	o, err := d.Store.Order(ctx, p.Order)
	if err != nil {
		return nil, err
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	box, err := d.BoxOf(ctx, o, p.ID, p.Contents)
	of := LabelOf{
		LabelNumbers: LabelNumbers{SSCC: p.SSCC, Tracking: p.Tracking}, BoxFacts: box,
		Parcel: p.ID, Carrier: p.Carrier, Service: p.Service, Mass: p.Mass, At: at,
	}
	return func(on config.Printer) (labels.Layout, []labels.Missing, labels.Profile, error) {
		return d.layoutFor(on, cards, o, of)
	}, err
}

// paperwork is what the documents of a parcel share.
type paperwork struct {
	parcel  store.Parcel
	order   station.Order
	parcels []store.Parcel            // of the order, voided ones left out
	lines   map[string][]pack.Content // what each of them holds in the order's own lines, where that differs
	trace   string
	names   map[string]string // of parts of kits, by SKU
	n, of   int
	speech  phrases.Language // of the buyer
	profile labels.Profile
}

// note says where the rest of a line is, and what is not packed yet.
func (w paperwork) note(l station.Line, here int) string {
	var words []string
	rest := l.Qty - here
	if parts := w.parts(l); len(parts) > 0 {
		words = append(words, strings.Join(parts, "; "))
	}
	for _, c := range w.parcel.Contents {
		if c.Instead != nil && c.Kit == nil && w.lineOf(c) == l.ID {
			words = append(words, w.speech.Say("%s instead", fmt.Sprintf("%d × %s", c.Qty, cmp.Or(w.names[c.SKU], c.SKU))))
		}
	}
	words = append(words, w.marks(l)...)
	for i, p := range w.parcels {
		if n := w.packedOf(p, l); n > 0 && p.ID != w.parcel.ID {
			words = append(words, w.speech.Say("%d in parcel %d", n, i+1))
			rest -= n
		}
	}
	if rest > 0 {
		words = append(words, w.speech.Say("%d to follow", rest))
	}
	return strings.Join(words, ", ")
}

// mostMarks is how many serial numbers and lots of a line stand on a slip.
const mostMarks = 12

// marks names the serial numbers and lots of what lies in this parcel of a line: whoever
// gets it can tell by them which units were sent.
func (w paperwork) marks(l station.Line) (out []string) {
	say := func(words string) {
		if !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	for _, c := range w.parcel.Contents {
		for _, m := range c.Marked {
			if w.lineOf(c) != l.ID || len(out) > mostMarks {
				continue
			}
			if m.Serial != "" {
				say(w.speech.Say("Serial number %s", m.Serial))
			}
			if m.Lot != "" {
				say(w.speech.Say("Lot %s", m.Lot))
			}
		}
	}
	if len(out) > mostMarks {
		out = append(out[:mostMarks], "…")
	}
	return out
}

// more reports whether goods of the order are in no parcel yet.
func (w paperwork) more() bool {
	return slices.ContainsFunc(w.order.Lines, func(l station.Line) bool {
		open := l.Qty
		for _, p := range w.parcels {
			open -= w.packedOf(p, l)
		}
		return l.Kind != station.Note && open > 0
	})
}

// parts names what lies in this parcel of kits that it alone does not make whole.
func (w paperwork) parts(l station.Line) (out []string) {
	for _, c := range pack.Whole(w.parcel.Contents) {
		if c.Kit != nil && c.Kit.Line == l.ID && c.Kit.SKU == l.SKU {
			out = append(out, fmt.Sprintf("%d × %s", c.Qty, cmp.Or(w.names[c.SKU], c.SKU)))
		}
	}
	return out
}

// packedOf counts the units of a line in a parcel.
func (w paperwork) packedOf(p store.Parcel, l station.Line) int {
	n, contents := 0, p.Contents
	if w.lines != nil {
		contents = w.lines[p.ID]
	}
	for _, c := range contents {
		if w.lineOf(c) == l.ID {
			n += c.Qty
		}
	}
	return n
}

// lineOf names the order's line that a content belongs to. The shop may have
// numbered the lines anew since: then the product says which it is.
func (w paperwork) lineOf(c pack.Content) string {
	bySKU := ""
	if c.Instead != nil {
		c.Line, c.SKU = c.Instead.Line, c.Instead.SKU
	}
	for _, l := range w.order.Lines {
		switch {
		case l.SKU != c.SKU:
		case l.ID == c.Line:
			return l.ID
		case bySKU == "":
			bySKU = l.ID
		}
	}
	return bySKU
}

// paperwork looks up what the papers of a parcel say. A parcel whose label is
// void has none: a slip with its code in a box with another label outside would
// look like a copied one, and be taken for that at the next scan (L2).
func (d Papers) paperwork(ctx context.Context, id string, printer config.Printer) (paperwork, error) {
	var w paperwork
	var err error
	if w.parcel, err = d.ParcelNamed(ctx, id); err != nil {
		return w, err
	}
	if w.parcel.State == pack.ParcelVoided {
		return w, fmt.Errorf("the label of parcel %s was voided", w.parcel.Called())
	}
	if w.order, err = d.Store.Order(ctx, w.parcel.Order); err != nil {
		return w, fmt.Errorf("order %s: %w", w.parcel.Order, err)
	}
	if w.trace, err = d.Sign(w.parcel.SSCC, w.parcel.Order); err != nil {
		return w, err
	}
	all, err := d.Store.ParcelsOf(ctx, w.parcel.Order)
	if err != nil {
		return w, err
	}
	for _, p := range all {
		if p.State != pack.ParcelVoided || p.ID == w.parcel.ID {
			w.parcels = append(w.parcels, p)
		}
		if p.ID == w.parcel.ID {
			w.n = len(w.parcels)
		}
	}
	w.of = len(w.parcels)
	if err := d.kits(ctx, &w); err != nil {
		return w, err
	}
	w.speech = d.BuyerWords(w.order.To)
	w.profile, err = LabelProfile(printer)
	w.profile = d.habits(w.order.To, w.speech, Speaking(w.speech, w.profile))
	return w, err
}

// kits finds out what the parcels hold in the order's own lines, where it has kits, and
// what the parts in this parcel are called.
func (d Papers) kits(ctx context.Context, w *paperwork) error {
	contents := make([][]pack.Content, len(w.parcels))
	kits := false
	for i, p := range w.parcels {
		contents[i] = p.Contents
		kits = kits || slices.ContainsFunc(p.Contents, func(c pack.Content) bool { return c.Kit != nil || c.Instead != nil })
	}
	if !kits {
		return nil
	}
	w.lines, w.names = map[string][]pack.Content{}, map[string]string{}
	for i, lines := range pack.ByLine(contents...) {
		w.lines[w.parcels[i].ID] = lines
	}
	for _, c := range w.parcel.Contents {
		p, _, err := store.Known(d.Store.Product(ctx, c.SKU))
		if err != nil {
			return err
		}
		w.names[c.SKU] = p.Name
	}
	return nil
}

// insideOf draws the slip that lies in the box (L2).
func (d Papers) insideOf(ctx context.Context, id string, reprint int) (Drawn, error) {
	w, err := d.paperwork(ctx, id, d.Settings.Printers.For("inside"))
	if err != nil {
		return Drawn{}, err
	}
	layout, missing, err := labels.InsideSlip(d.inside(w, reprint), w.profile)
	return d.File("inside", w.parcel.Called(), layout, missing, err)
}

// inside is what stands on the slip that lies in the box.
func (d Papers) inside(w paperwork, reprint int) labels.Inside {
	s := labels.Inside{
		From: Address(d.Sender().Address()), To: Address(w.order.To), Order: w.order.Called(), Parcel: w.parcel.Called(), PieceN: w.n, PieceOf: w.of,
		More: w.more(), Date: w.parcel.At.In(d.Location()), SSCC: w.parcel.SSCC, Trace: w.trace,
		Reprint: reprint,
	}
	for _, c := range w.parcel.Contents {
		s.Units += c.Qty
	}
	return s
}

package papers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/customs"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// needsCustoms reports whether parcels of an order need customs papers.
func (d Papers) needsCustoms(o station.Order) bool {
	return customs.Needed(d.Sender().Address(), o.To)
}

// abroad is what customs papers must know of a packed parcel.
type abroad struct {
	parcel, tracking, carrier string
	contents                  []pack.Content
	gross                     unit.Mass
	at                        time.Time
}

// declaration says of a parcel what all of its customs papers say. What is
// missing stays empty: the paper's own check names it. A present is declared as
// the sale that it is: a gift, for customs, is what one person sends another.
func (d Papers) declaration(ctx context.Context, cards carrier.Cards, o station.Order, a abroad) (labels.Customs, error) {
	own := d.Settings.Customs
	c := labels.Customs{
		Number: a.tracking, Invoice: cmp.Or(o.Bill.Number, station.ParcelName(a.parcel, o.ID, o.Alias())), Order: o.Called(), Reason: labels.ReasonSale,
		From: Address(d.Sender().Address()), To: d.Abroad(o.To), Gross: a.gross, Date: a.at.In(d.Location()),
		FromTax: own.Tax, Terms: own.Terms, Signer: own.Signer, SignerTitle: own.Title, Origin: own.Origin, Copies: own.Copies,
	}
	piece, err := d.PieceOf(ctx, o, a.parcel, a.contents)
	if err != nil {
		return c, err
	}
	c.Comments = piece.Said(o.Called())
	way, _ := cards.Carrier(a.carrier)
	c.Sample, c.Operator = way.Sample, way.Name
	if piece.N <= 1 && piece.Of <= 1 { // of several parcels each would say that all of it was paid for it
		c.Freight = o.Bill.Shipping
	}
	order := paperwork{order: o}
	rows := map[string]int{}
	for _, content := range pack.Whole(a.contents) {
		id := order.lineOf(content)
		key := id + "\x00" + content.SKU
		row, known := rows[key]
		if !known {
			line, err := d.declared(ctx, content.SKU)
			if err == nil {
				err = d.massOfParts(ctx, content, a.contents, &line)
			}
			if err != nil {
				return c, err
			}
			if i := slices.IndexFunc(o.Lines, func(l station.Line) bool { return l.ID == id }); i >= 0 && o.Lines[i].Price.Minor > 0 {
				line.Value = o.Lines[i].Price // what was paid counts; a free item still has its worth
			}
			row, rows[key] = len(c.Lines), len(c.Lines)
			c.Lines = append(c.Lines, line)
		}
		c.Lines[row].Qty += content.Qty
	}
	var dearest unit.Money
	for i := range c.Lines {
		if c.Lines[i].Value.Minor > dearest.Minor {
			dearest = c.Lines[i].Value
		}
		c.Lines[i].Net *= unit.Mass(c.Lines[i].Qty)
		c.Lines[i].Value.Minor *= int64(c.Lines[i].Qty)
	}
	for _, n := range d.CustomsNumbers(o.To, c.Value(), dearest) {
		to := &c.Numbers
		if n.Importer {
			to = &c.ToNumbers
		}
		*to = append(*to, n.Kind+" "+n.Number)
	}
	return c, nil
}

// CustomsNumbers are the shop's numbers that are for a parcel: see [customs.Numbers].
func (d Papers) CustomsNumbers(to station.Address, value, dearest unit.Money) []customs.Number {
	var all []customs.Number
	for _, n := range d.Settings.Customs.Numbers {
		all = append(all, customs.Number(n))
	}
	return customs.Numbers(all, to, value, dearest)
}

// massOfParts gives a kit that the parcel holds whole the mass of its parts.
func (d Papers) massOfParts(ctx context.Context, kit pack.Content, contents []pack.Content, line *labels.CustomsLine) error {
	var net unit.Mass
	seen := map[string]bool{}
	for _, part := range contents {
		if part.Kit == nil || kit.Kit != nil || part.Kit.Line != kit.Line || part.Kit.SKU != kit.SKU || seen[part.SKU] {
			continue
		}
		seen[part.SKU] = true
		p, _, err := store.Known(d.Store.Product(ctx, part.SKU))
		if err != nil {
			return err
		}
		if p.Mass <= 0 { // it is not known
			return nil
		}
		net += p.Mass * unit.Mass(part.Kit.Per)
	}
	if net > 0 {
		line.Net = net
	}
	return nil
}

// declared is what the catalogue says of one unit.
func (d Papers) declared(ctx context.Context, sku string) (labels.CustomsLine, error) {
	p, _, err := store.Known(d.Store.Product(ctx, sku))
	return labels.CustomsLine{SKU: sku, Description: cmp.Or(p.Customs, p.Name), HSCode: p.HSCode, Origin: p.Origin, Net: p.Mass, Value: p.Value}, err
}

// CustomsGap is the trouble of a label that may not be made, because its parcel
// cannot pass the border; nil lets it be made.
func (d Papers) CustomsGap(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect) error {
	if !d.needsCustoms(o) {
		return nil
	}
	c, err := d.declaration(ctx, cards, o, abroad{parcel: e.Parcel, carrier: e.Carrier, contents: e.Contents, gross: e.Mass, at: d.Clock()})
	if err != nil {
		return err
	}
	err = c.Check()
	var gaps *labels.GapsError
	if errors.As(err, &gaps) {
		return troubleOf(gaps.Gaps).From(nil)
	}
	return err
}

// mostGaps is how many gaps a packer is told of at once.
const mostGaps = 3

// troubleOf says what is missing, and who can mend it.
func troubleOf(gaps []labels.Gap) trouble.Trouble {
	var what, who []string
	for _, g := range gaps {
		text, mend := "the "+g.Field+" "+g.Why, "complete the order's address"
		switch {
		case g.Line > 0:
			text, mend = fmt.Sprintf("the %s of %s %s", g.Field, g.SKU, g.Why), "complete the product"
		case strings.HasPrefix(g.Field, "sender's"):
			mend = "complete the sender in the settings"
		case strings.HasPrefix(g.Field, "gross"):
			mend = "correct the weights of the products"
		}
		if !slices.Contains(what, text) {
			what = append(what, text)
		}
		if !slices.Contains(who, mend) {
			who = append(who, mend)
		}
	}
	if more := len(what) - mostGaps; more > 0 {
		what = append(what[:mostGaps], fmt.Sprintf("and %d more", more))
	}
	return trouble.New(trouble.CustomsGaps, strings.Join(what, ", "), strings.Join(who, " and to "))
}

// ErrNeedless is about a paper that a parcel does not want.
var ErrNeedless = errors.New("needs no customs papers")

// customsOf draws the customs papers of a parcel. Kind is one of them, "cn22",
// "cn23" or "invoice", or "customs" for those that the parcel needs, in one
// file. Their words are those of the paper: English and French.
func (d Papers) customsOf(ctx context.Context, id, kind string, reprint int) (Drawn, error) {
	w, err := d.paperwork(ctx, id, d.Settings.Printers.For("customs"))
	switch {
	case err != nil:
		return Drawn{}, err
	case w.order.To == (station.Address{}):
		return Drawn{}, fmt.Errorf("the address of order %s is not kept any more", w.order.Called())
	}
	if kind == "customs" {
		if own, there, err := d.carriersCustoms(ctx, w.parcel); err != nil || there {
			return own, err
		}
	}
	switch {
	case kind == "customs" && !d.needsCustoms(w.order):
		return Drawn{}, fmt.Errorf("parcel %s to %s %w", w.parcel.Called(), w.order.To.Country, ErrNeedless)
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return Drawn{}, err
	}
	p := w.parcel
	c, err := d.declaration(ctx, cards, w.order, abroad{
		parcel: p.ID, tracking: p.Tracking, carrier: p.Carrier, contents: p.Contents, gross: p.Mass, at: p.Began,
	})
	if err != nil {
		return Drawn{}, err
	}
	c.Reprint = reprint
	var tries []customsTry
	switch form := []customs.Form{customs.Form(kind)}; kind {
	case "customs":
		tries = neededPapers(c, wantedForm(cards, p.Service))
	case "cn22":
		if customs.Forms("", c.Value(), c.Gross)[0] != customs.CN22 {
			return Drawn{}, fmt.Errorf("the goods of parcel %s are worth %s and it weighs %s: that is too much for a CN22; print its cn23 and invoice", p.Called(), c.Value(), c.Gross)
		}
		tries = []customsTry{{"cn22", form}, {"customs", form}}
	default:
		tries = []customsTry{{"customs", form}}
	}
	return d.drawCustoms(kind, c, p, tries)
}

// carriersCustoms are the customs papers that the carrier sent with the label of a parcel,
// in one file. They are printed as they came, also again, and in place of the bench's own:
// the carrier has handed the same in to customs.
func (d Papers) carriersCustoms(ctx context.Context, p store.Parcel) (out Drawn, there bool, err error) {
	var kept [][]byte
	for n := 1; p.Document != ""; n++ {
		doc, known, err := store.Known(d.Store.Document(ctx, carried.Customs(p.Document, n)))
		if err != nil {
			return out, false, err
		}
		if !known {
			break
		}
		kept = append(kept, doc.PDF)
	}
	if len(kept) == 0 {
		return out, false, nil
	}
	form, err := carried.Papers(ctx, kept, d.Settings.Printers.For("customs"))
	return Drawn{Kind: "customs", ID: p.Called(), PDF: form.PDF, ZPL: form.ZPL}, true, err
}

// customsTry are papers, and the kind of document whose printer they are for.
type customsTry struct {
	on    string
	forms []customs.Form
}

// neededPapers are the papers that the goods and the service ask for. A small
// declaration goes to its own printer, and to that of the other papers where
// its label is too small; more kinds of goods than its one page holds even then
// take the full one.
func neededPapers(c labels.Customs, wants customs.Form) []customsTry {
	forms := customs.Forms(wants, c.Value(), c.Gross)
	if forms[0] != customs.CN22 {
		return []customsTry{{"customs", forms}}
	}
	return []customsTry{{"cn22", forms}, {"customs", forms}, {"customs", customs.Forms(customs.CN23, c.Value(), c.Gross)}}
}

// drawCustoms draws the first papers that fit on their printer's page.
func (d Papers) drawCustoms(kind string, c labels.Customs, p store.Parcel, tries []customsTry) (Drawn, error) {
	var err error
	for _, t := range tries {
		profile, wrong := LabelProfile(d.Settings.Printers.For(t.on))
		if wrong != nil {
			return Drawn{}, wrong
		}
		layout, missing, failed := customsPapers(c, t.forms, p.Price, profile)
		var out Drawn
		if out, err = d.File(t.on, p.Called(), layout, missing, failed); err == nil {
			out.Kind, out.On = kind, t.on
			return out, nil
		}
		var gaps *labels.GapsError
		if errors.As(err, &gaps) {
			break
		}
	}
	return Drawn{}, err
}

// wantedForm is the paper that a service asks for; "" leaves it to the goods.
func wantedForm(cards carrier.Cards, service string) customs.Form {
	for _, c := range cards.Carriers {
		if s, ok := c.Service(service); ok {
			return customs.Form(s.Customs)
		}
	}
	return ""
}

// customsPapers lays papers out one behind the other. Postage stands on the
// declaration, as what the sender paid; the invoice has what the buyer paid, if anything.
func customsPapers(c labels.Customs, forms []customs.Form, postage unit.Money, p labels.Profile) (labels.Layout, []labels.Missing, error) {
	var all labels.Layout
	var missing []labels.Missing
	for i, form := range forms {
		draw, paper := labels.CommercialInvoice, c
		switch form {
		case customs.CN22:
			draw = labels.CN22
		case customs.CN23:
			draw = labels.CN23
		}
		paper.Postage = postage
		layout, lost, err := draw(paper, p)
		if err != nil {
			return all, nil, err
		}
		if i == 0 {
			all = layout
		} else {
			all.Pages = append(all.Pages, layout.Pages...)
		}
		for _, m := range lost {
			if !slices.Contains(missing, m) {
				missing = append(missing, m)
			}
		}
	}
	if len(forms) > 1 {
		all.Title = "Customs papers " + c.Invoice
	}
	return all, missing, nil
}

// Declared returns the goods of a parcel as customs papers list them, and whether it
// passes a border that wants them. Its invoice has the parcel's name, "" for none yet.
func (d Papers) Declared(ctx context.Context, cards carrier.Cards, o station.Order, parcel, carrierID string, contents []pack.Content) (goods labels.Customs, border bool, err error) {
	goods, err = d.declaration(ctx, cards, o, abroad{parcel: parcel, carrier: carrierID, contents: contents, at: d.Clock()})
	return goods, d.needsCustoms(o), err
}

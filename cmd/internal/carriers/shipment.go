package carriers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/rating"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// shipment is a parcel as an account is asked about it.
func (c *Carriers) shipment(ctx context.Context, w effects.Wish, of store.Account) (s account.Shipment, err error) {
	_, p, err := c.rating.Parcel(ctx, w.Order, boxOf(w))
	if err == nil {
		s, err = c.toAll(ctx, w, p)
	}
	s.Test = samples(of)
	return s, err
}

// mostInvoice is how long the number of an invoice may be: more than any account takes it
// would refuse a parcel that can well go without.
const mostInvoice = 35

func samples(of store.Account) bool { return of.Options[Sample] == "yes" }

// toAll is a parcel, whose rules are known, as all accounts are asked about it.
func (c *Carriers) toAll(ctx context.Context, w effects.Wish, p carrier.Parcel) (account.Shipment, error) {
	cards, cartons, err := c.Catalogue(ctx)
	if err != nil {
		return account.Shipment{}, err
	}
	goods, border, err := c.papers.Declared(ctx, cards, w.Order, w.Parcel, w.Carrier, w.Contents)
	if err != nil {
		return account.Shipment{}, err
	}
	from := c.Sender().Address().Posted()
	s := account.Shipment{
		Number: w.Order.Called(), From: from, To: w.Order.To.ReadFrom(from.Country).Posted(), Mass: w.Mass,
		Day: w.At.In(c.Location()), Value: w.Order.Value, Border: border,
		Export: account.Export{Terms: c.Settings.Customs.Terms, Invoice: goods.Invoice, TaxID: c.Settings.Customs.Tax},
	}
	if i := slices.IndexFunc(cartons, func(k station.Carton) bool { return k.ID == w.Carton }); i >= 0 {
		s.Size = cartons[i].Outer
	}
	if len(s.Export.Invoice) > mostInvoice {
		s.Export.Invoice = ""
	}
	if s.Piece, err = c.papers.PieceOf(ctx, w.Order, w.Parcel, w.Contents); err != nil {
		return s, err
	}
	dangers, err := c.rating.Dangers(ctx, w.Order, w.Contents)
	if err != nil {
		return s, err
	}
	var value, dearest unit.Money
	for _, l := range goods.Lines {
		n := max(l.Qty, 1)
		s.Goods = append(s.Goods, account.Goods{
			SKU: l.SKU, Name: l.Description, Qty: l.Qty, Mass: l.Net / unit.Mass(n), HS: l.HSCode, Origin: l.Origin,
			Value: unit.Money{Minor: l.Value.Minor / int64(n), Currency: l.Value.Currency},
		})
		if each := s.Goods[len(s.Goods)-1].Value; each.Minor > dearest.Minor {
			dearest = each
		}
		value.Minor += l.Value.Minor
		value.Currency = l.Value.Currency
	}
	if value.Minor > 0 {
		s.Value = value
	}
	if border {
		c.numbers(&s.Export, w.Order.To, value, dearest)
	}
	if err := mark(s.Goods, dangers, w.Contents); err != nil {
		return s, err
	}
	s.Extras, err = extras(p)
	return s, err
}

// numbers are those of the shop that an account is told: one that it is known to customs
// by, and one under which the destination's tax was paid with the order.
func (c *Carriers) numbers(to *account.Export, where station.Address, value, dearest unit.Money) {
	for _, n := range c.papers.CustomsNumbers(where, value, dearest) {
		switch {
		case n.PaidAtOrder():
			to.IOSS = n.Number
		case strings.EqualFold(n.Kind, "EORI"):
			to.TaxID = n.Number
		}
	}
}

// mark says of each line of the papers which dangerous goods it is. What stands on no line
// would be sent untold, so it is an error.
func mark(goods []account.Goods, dangers []rating.Dangerous, contents []pack.Content) error {
	for _, d := range dangers {
		told := false
		for i := range goods {
			if has(goods[i].SKU, d, contents) {
				goods[i].Danger, told = goods[i].Danger.Worse(d.Is), true
			}
		}
		if !told {
			return fmt.Errorf("%s is dangerous goods (%s), and is not among the goods of the parcel", d.Name, d.Is)
		}
	}
	return nil
}

// has reports whether a line of the papers has dangerous goods in it: papers list a kit as
// one where it is whole in the parcel, else its parts, whichever of the two is marked.
func has(line string, d rating.Dangerous, contents []pack.Content) bool {
	if line == d.SKU || line == d.Kit {
		return true
	}
	return slices.ContainsFunc(contents, func(in pack.Content) bool {
		kit := ""
		if in.Kit != nil {
			kit = in.Kit.SKU
		}
		return (line == in.SKU || line == kit) && (d.SKU == in.SKU || d.Kit == in.SKU || d.SKU == kit)
	})
}

// extras are what rules of the shop add to a parcel.
func extras(p carrier.Parcel) (x account.Extras, err error) {
	x.Signature = p.Signed() != ""
	if rule := p.Insured(); rule != "" {
		if x.Insure = p.Value; p.Value.Minor <= 0 {
			err = fmt.Errorf("%s: nothing can be insured whose value is not known", rule)
		}
	}
	return x, err
}

func boxOf(w effects.Wish) rating.Box {
	return rating.Box{Contents: w.Contents, Carton: w.Carton, Mass: w.Mass, At: w.At}
}

// form is how an account is asked for labels: as a program for the label printer where
// that prints its size and dots, else as a page, which is turned into dots here.
func (c *Carriers) form(can account.Can) account.Form {
	p := c.Settings.Printers.Label
	exact := can.ZPL && p.Page == "4x6" && (p.DPI == 203 || can.ZPL300)
	return account.Form{ZPL: p.Kind == "zpl" && exact, DPI: p.DPI, A6: p.Page == "a6"}
}

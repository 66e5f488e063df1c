package carriers

import (
	"context"
	"fmt"
	"slices"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/rating"
	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/store"
	"packbench/station/unit"
)

// shipment is a parcel as accounts are asked about it.
func (c *Carriers) shipment(ctx context.Context, w effects.Wish, of store.Account) (account.Shipment, error) {
	cards, cartons, err := c.Catalogue(ctx)
	if err != nil {
		return account.Shipment{}, err
	}
	goods, border, err := c.papers.Declared(ctx, cards, w.Order, w.Carrier, w.Contents)
	if err != nil {
		return account.Shipment{}, err
	}
	s := account.Shipment{
		Number: w.Order.Called(), From: c.Sender().Address().Posted(), To: w.Order.To.Posted(), Mass: w.Mass,
		Day: w.At.In(c.Location()), Value: w.Order.Value, Border: border, Test: of.Options[Sample] == "yes",
		Export: account.Export{Terms: c.Settings.Customs.Terms, Invoice: goods.Invoice, TaxID: c.Settings.Customs.Tax},
	}
	if i := slices.IndexFunc(cartons, func(k station.Carton) bool { return k.ID == w.Carton }); i >= 0 {
		s.Size = cartons[i].Outer
	}
	dangers, err := c.rating.Dangers(ctx, w.Order, w.Contents)
	if err != nil {
		return s, err
	}
	var value unit.Money
	for _, l := range goods.Lines {
		n := max(l.Qty, 1)
		s.Goods = append(s.Goods, account.Goods{
			SKU: l.SKU, Name: l.Description, Qty: l.Qty, Mass: l.Net / unit.Mass(n), HS: l.HSCode, Origin: l.Origin, Danger: dangerOf(dangers, l.SKU),
			Value: unit.Money{Minor: l.Value.Minor / int64(n), Currency: l.Value.Currency},
		})
		value.Minor += l.Value.Minor
		value.Currency = l.Value.Currency
	}
	if value.Minor > 0 {
		s.Value = value
	}
	s.Extras, err = c.extras(ctx, w)
	return s, err
}

// dangerOf says which dangerous goods a line of the papers is, by its parts too.
func dangerOf(all []rating.Dangerous, sku string) (is station.Danger) {
	for _, d := range all {
		if d.SKU == sku || d.Kit == sku {
			is = is.Worse(d.Is)
		}
	}
	return is
}

// extras are what rules of the shop add to a parcel.
func (c *Carriers) extras(ctx context.Context, w effects.Wish) (x account.Extras, err error) {
	_, p, err := c.rating.Parcel(ctx, w.Order, boxOf(w))
	if err != nil {
		return x, err
	}
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

package carriers

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

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
		Day: w.At.In(c.Location()), Value: w.Order.Value, Border: border, Label: c.form(), Test: of.Options[Sample] == "yes",
		Export: account.Export{Terms: c.Settings.Customs.Terms, Invoice: goods.Invoice, TaxID: c.Settings.Customs.Tax},
	}
	if i := slices.IndexFunc(cartons, func(k station.Carton) bool { return k.ID == w.Carton }); i >= 0 {
		s.Size = cartons[i].Outer
	}
	var value unit.Money
	for _, l := range goods.Lines {
		n := max(l.Qty, 1)
		s.Goods = append(s.Goods, account.Goods{
			SKU: l.SKU, Name: l.Description, Qty: l.Qty, Mass: l.Net / unit.Mass(n), HS: l.HSCode, Origin: l.Origin,
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

// form is how the label printer wants its labels.
func (c *Carriers) form() account.Form {
	p := c.Settings.Printers.Label
	return account.Form{ZPL: p.Kind == "zpl", DPI: p.DPI, A6: p.Page == "a6"}
}

// sumOf tells a shipment from one with another address, mass, carton or contents: prices
// of one are void for the other (C5). The day counts too, as carriers go by it.
func sumOf(s account.Shipment) string {
	s.Ref, s.Label = "", account.Form{}
	s.Day = time.Date(s.Day.Year(), s.Day.Month(), s.Day.Day(), 0, 0, 0, 0, time.UTC)
	text, err := json.Marshal(s)
	if err != nil { // values alone
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

const refAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// newRef returns what a carrier will know a purchase by: the parcel's name as far as it
// fits, for who looks on the carrier's web page, and 50 bits that nobody else has.
func newRef(parcel string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r == '-':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, parcel)
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = refAlphabet[b%32]
	}
	return strings.Trim(name[:min(len(name), 16)], "-") + "-" + string(random[:])
}

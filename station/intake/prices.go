package intake

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"packbench/station/country"
	"packbench/station/unit"
)

// Price is a row of a plain price list: what a carrier's service costs to some
// countries up to a weight.
type Price struct {
	Carrier   string
	Service   string
	Countries []string // two letters; none: wherever no other row goes
	UpTo      unit.Mass
	Amount    unit.Money
	Days      int    // working days on the way; -1 where the list does not say
	CutOff    string // as written, such as "16:30"; "" where the list does not say
	Prefix    string // of the carrier's tracking numbers; "" where the list does not say
	Row       int    // of the file
}

// ReadPrices reads a plain price list. Columns: carrier, service, country, up to
// (weight), price, currency, days, cut-off, number prefix. Needed: carrier, up to,
// price. Its amounts are of one currency.
func ReadPrices(ctx context.Context, r io.Reader, name string, o Options) ([]Price, Report, error) {
	return readAll(ctx, r, name, o, &priceList{})
}

type priceList struct {
	held
	items []Price
	union []int // items that are for all of the European Union
}

func (*priceList) schema([]string) schema {
	return schema{
		{name: "carrier", need: true, also: []string{"carriername", "courier", "shipper", "frachtführer", "versender", "versanddienst"}},
		{name: "service", also: []string{"servicename", "product", "method", "shippingmethod", "versandart"}},
		{name: "country", also: []string{"countries", "destination", "to", "zone", "land", "länder"}},
		{name: "postcode", also: []string{"postcodes", "postcodeprefix", "zip", "zips", "zipcode", "postalcode", "plz", "postleitzahl"}},
		{name: "up to", need: true, also: []string{"uptoweight", "weightupto", "maxweight", "maxmass", "max", "weight", "mass", "bis", "gewichtbis"}, units: massUnits},
		{name: "mass unit", also: []string{"weightunit", "unit"}},
		{name: "price", need: true, also: []string{"cost", "rate", "amount", "preis"}, kind: amounts},
		{name: "currency", also: []string{"währung"}},
		{name: "days", also: []string{"transitdays", "workingdays", "deliverydays", "tage", "laufzeit"}, kind: whole},
		{name: "cut-off", also: []string{"cutofftime", "collection", "annahmeschluss"}},
		{name: "number prefix", also: []string{"trackingprefix", "prefix"}},
	}
}

// elsewhere are the words for all countries that no other row names.
var elsewhere = []string{"", "*", "world", "worldwide", "everywhere", "all", "other", "others", "restofworld", "restoftheworld", "international", "row", "welt", "weltweit"}

func (p *priceList) add(r row, o Options, _ *Report) error {
	if err := p.hold(r.record); err != nil {
		return err
	}
	item := Price{Row: r.row, Days: -1, CutOff: r.text("cut-off"), Prefix: strings.ToUpper(r.text("number prefix"))}
	var err error
	if item.Carrier, err = r.long("carrier", 60); err != nil {
		return err
	}
	if item.Carrier == "" {
		return r.fail("carrier", "it is empty")
	}
	if item.Service, err = r.long("service", 60); err != nil {
		return err
	}
	item.Service = cmp.Or(item.Service, "Parcel")
	union := slices.Contains(unionWords, plain(r.text("country")))
	if union {
		item.Countries = country.Union()
	} else if item.Countries, err = r.lands("country", o.Country); err != nil {
		return err
	}
	if r.text("postcode") != "" {
		return r.fail("postcode", "a plain price list has a price for a country, not for a part of it: write a rate card, see go doc packbench/station/carrier Format")
	}
	if item.UpTo, err = r.mass("up to", "mass unit"); err != nil {
		return err
	}
	if item.UpTo == 0 {
		return r.fail("up to", "it is empty; write the greatest weight that the price is for, such as \"2 kg\"")
	}
	if r.text("price") == "" {
		return r.fail("price", "it is empty")
	}
	if item.Amount, err = r.money("price", r.text("currency"), o); err != nil {
		return err
	}
	if item.Amount.Minor < 0 {
		return r.fail("price", "it is below zero")
	}
	if len(p.items) > 0 && p.items[0].Amount.Currency != item.Amount.Currency {
		return r.fail("currency", "%s stands beside %s in row %d; keep each currency in a file of its own", item.Amount.Currency, p.items[0].Amount.Currency, p.items[0].Row)
	}
	if r.text("days") != "" {
		if item.Days, err = r.whole("days"); err != nil {
			return err
		}
	}
	if union {
		p.union = append(p.union, len(p.items))
	}
	p.items = append(p.items, item)
	return nil
}

// Words for a zone of countries, beside those for all the others.
var (
	unionWords = []string{"eu", "europeanunion", "europäischeunion", "europaischeunion", "unioneuropéenne", "eucountries"}
	homeWords  = []string{"domestic", "national", "inland", "home"}
)

// lands reads one country or several, a word for the shop's own, or one for all the others.
func (r row) lands(column, home string) ([]string, error) {
	text := r.text(column)
	if slices.Contains(homeWords, plain(text)) {
		if home == "" {
			return nil, r.fail(column, "%q is the country that the parcels leave: write the sender's address into the settings, or the country here", short(text))
		}
		return []string{home}, nil
	}
	if slices.Contains(elsewhere, plain(text)) {
		return nil, nil
	}
	if code, ok := country.Find(text); ok { // also "Korea, Republic of"
		return []string{code}, nil
	}
	var out []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;/|", c) }) {
		code, ok := country.Find(strings.TrimSpace(part))
		if !ok {
			return nil, r.fail(column, "the country %q is not known; write its two letters, such as DE, several as DE, AT; or EU, domestic, or \"world\" for all others", short(strings.TrimSpace(part)))
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out, nil
}

// done takes out of the European Union what the service has a price of its own for.
func (p *priceList) done(*Report) ([]Price, error) {
	for _, u := range p.union {
		of := &p.items[u]
		of.Countries = slices.DeleteFunc(of.Countries, func(code string) bool {
			for i, item := range p.items {
				if item.Carrier == of.Carrier && item.Service == of.Service && !slices.Contains(p.union, i) && slices.Contains(item.Countries, code) {
					return true
				}
			}
			return false
		})
	}
	return p.items, nil
}

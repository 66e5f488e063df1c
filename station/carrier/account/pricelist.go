package account

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/carrier"
	"packbench/station/country"
	"packbench/station/unit"
)

// PriceListHelp says how a price list is written, to who enters one.
const PriceListHelp = "Prices of your contract, which this carrier does not tell: service, countries with commas between or *, " +
	"up to which mass, price; with ; between, such as \"%s\". What is not listed is not offered."

// PriceList is what a shop pays by its contract with a carrier whose interface names no
// price. Its lines are of a service, where to, up to which mass and how much: "V01PAK DE
// 5kg 4.79". A country that is named goes before *. The carrier may still charge another
// price: each quote of a list says whose it is.
type PriceList struct{ rows []priceRow }

type priceRow struct {
	service string
	to      []string // nil: everywhere
	most    unit.Mass
	price   unit.Money
}

// ParsePriceList reads a price list. One that is empty, unclear, or falls with the mass
// is an error that names the line.
func ParsePriceList(text, currency string) (l PriceList, err error) {
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		row, err := parsePrice(line, currency)
		if err == nil {
			err = l.against(row)
		}
		if err != nil {
			return PriceList{}, fmt.Errorf("price %q: %w", strings.TrimSpace(line), err)
		}
		l.rows = append(l.rows, row)
	}
	if len(l.rows) == 0 {
		return PriceList{}, errors.New("there are no prices: this carrier does not tell them, so that the list of the contract is needed")
	}
	return l, nil
}

func parsePrice(line, currency string) (row priceRow, err error) {
	parts := strings.Fields(line)
	if len(parts) != 4 {
		return row, errors.New("it has not four parts: service, countries, mass, price")
	}
	row.service = parts[0]
	if parts[1] != "*" {
		for c := range strings.SplitSeq(parts[1], ",") {
			code := country.Code(c)
			if _, known := country.Name(code); !known {
				return row, fmt.Errorf("%q is no country", c)
			}
			row.to = append(row.to, code)
		}
	}
	if row.most, err = unit.ParseMass(parts[2]); err != nil {
		return row, err
	}
	if row.price, err = Amount(parts[3], currency); err != nil {
		return row, err
	}
	if row.most <= 0 || row.price.Minor <= 0 {
		return row, errors.New("mass and price are above zero")
	}
	return row, nil
}

// against reports what another line says against a new one.
func (l PriceList) against(row priceRow) error {
	for _, other := range l.rows {
		same := row.to == nil && other.to == nil || slices.ContainsFunc(row.to, func(c string) bool { return slices.Contains(other.to, c) })
		switch {
		case other.service != row.service || !same:
		case other.most == row.most:
			return errors.New("the same is there twice")
		case (other.most < row.most) != (other.price.Minor <= row.price.Minor) && other.price != row.price:
			return fmt.Errorf("it costs less than %s, which is for less mass, or the other way round", other.price)
		}
	}
	return nil
}

// Services are those of the list, each once.
func (l PriceList) Services() []string {
	var out []string
	for _, r := range l.rows {
		if !slices.Contains(out, r.service) {
			out = append(out, r.service)
		}
	}
	return out
}

// Quotes prices a parcel by the list. The services are called as names has them.
func (l PriceList) Quotes(s Shipment, slug string, names map[string]string) (out Quotes) {
	for _, service := range l.Services() {
		price, err := l.price(service, s.To.Country, s.Mass)
		if err != nil {
			out.Notes = append(out.Notes, Note{Carrier: slug, Service: service, Say: err.Error()})
			continue
		}
		name := names[service]
		if name == "" {
			name = service
		}
		out.Quotes = append(out.Quotes, Quote{
			Service: service, Name: name, Carrier: slug, CarrierName: Named(slug), Price: price,
			Parts: []carrier.Term{{Name: "price of the contract", Minor: price.Minor}},
		})
	}
	return out
}

func (l PriceList) price(service, to string, mass unit.Mass) (unit.Money, error) {
	var best *priceRow
	there := slices.ContainsFunc(l.rows, func(r priceRow) bool { return r.service == service && slices.Contains(r.to, to) })
	for i, r := range l.rows {
		if r.service != service || there != slices.Contains(r.to, to) || !there && r.to != nil {
			continue
		}
		if mass <= r.most && (best == nil || r.most < best.most) {
			best = &l.rows[i]
		}
	}
	switch {
	case best != nil:
		return best.price, nil
	case !there && !slices.ContainsFunc(l.rows, func(r priceRow) bool { return r.service == service && r.to == nil }):
		return unit.Money{}, fmt.Errorf("the price list has no price to %s", to)
	}
	return unit.Money{}, fmt.Errorf("the price list has no price for %s", mass)
}

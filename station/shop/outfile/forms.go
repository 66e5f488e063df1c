package outfile

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
)

// generic is a row for each line of a parcel, with all that is known of it.
func generic(state string) sheet {
	return sheet{
		word: state, comma: ',', safe: true,
		head: [][]string{{"order number", "order id", "state", "tracking number", "carrier", "carrier name", "ship date", "line id", "sku", "quantity", "parcel"}},
		rows: func(p Parcel) (rows [][]string, err error) {
			for _, l := range each(p) {
				rows = append(rows, []string{
					p.Number, p.Order, state, p.Tracking, p.Carrier, p.Name, p.At.UTC().Format(time.RFC3339), l.Line, l.SKU, quantity(l), p.Key,
				})
			}
			return rows, nil
		},
	}
}

// each is the lines of a parcel; one of unknown content is one row without any.
func each(p Parcel) []shop.Units {
	if len(p.Lines) == 0 {
		return []shop.Units{{}}
	}
	return p.Lines
}

func quantity(l shop.Units) string {
	if l.Qty == 0 {
		return ""
	}
	return strconv.Itoa(l.Qty)
}

// amazonCarriers are carriers that Amazon has a code for, which is their name; of every
// other it takes the name beside the code Other.
var amazonCarriers = []string{"UPS", "USPS", "FedEx", "DHL", "DPD", "GLS"}

// amazonItem is what an order-item-id looks like. Files of orders that have none number
// their lines from 1.
var amazonItem = regexp.MustCompile(`^[0-9]{10,}$`)

// amazon is the flat file of shipping confirmations. A row without an item confirms the
// order as a whole. Quotes are data there, and so would an apostrophe be.
var amazon = sheet{
	word: "shipped",
	head: [][]string{
		{"TemplateType=OrderFulfillment", "Version=2011.1102", "This row for Amazon.com use only.  Do not modify or delete.", "", "", "", "", ""},
		{"order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name", "tracking-number", "ship-method"},
	},
	rows: func(p Parcel) (rows [][]string, err error) {
		code, name := "Other", p.Name
		for _, known := range amazonCarriers {
			if strings.EqualFold(known, p.Name) {
				code, name = known, ""
			}
		}
		row := func(item, qty string) {
			rows = append(rows, []string{p.Order, item, qty, p.At.Format(time.DateOnly), code, name, p.Tracking, ""})
		}
		named := len(p.Lines) > 0
		for _, l := range p.Lines {
			named = named && amazonItem.MatchString(l.Line)
		}
		switch {
		case named:
			for _, l := range p.Lines {
				row(l.Line, quantity(l))
			}
		case p.Part:
			return nil, errors.New("the orders came without order-item-id, and a part of an order needs it: take the report of unshipped orders")
		default:
			row("", "")
		}
		return rows, nil
	},
}

// wooProviders are the keys of carriers that WooCommerce's fulfilments know, by their
// names; of every other the name itself stands there.
// Source: woocommerce, src/Admin/Features/Fulfillments/ShippingProviders.php.
var wooProviders = map[string]string{
	"ups": "ups", "usps": "usps", "fedex": "fedex", "dhl": "dhl", "dpd": "dpd", "gls": "gls", "deutsche post": "deutsche-post",
	"österreichische post": "osterreichische-post", "swiss post": "swiss-post", "die post": "swiss-post", "royal mail": "royal-mail", "parcelforce": "parcelforce",
	"evri": "evri-hermes", "hermes": "evri-hermes", "postnl": "postnl", "postnord": "postnord", "bpost": "bpost", "inpost": "inpost",
	"colissimo": "la-poste-colissimo", "chronopost": "chronopost", "mondial relay": "mondial-relay", "correos": "correos", "seur": "seur",
	"poste italiane": "poste-italiane", "brt": "bartolini-brt", "canada post": "canada-post", "purolator": "purolator",
	"australia post": "australia-post", "startrack": "startrack", "new zealand post": "new-zealand-post", "an post": "an-post",
	"poczta polska": "poczta-polska", "bring": "posten-norge-bring", "amazon logistics": "amazon-logistics", "ontrac": "lasership-ontrac",
}

// wooCommerce is what the import of fulfilments takes from version 11.2 on: a row for a
// parcel; one that an order has already by its tracking number is updated. An order is
// found by the number of its id; only where the file of orders had none, by what it had.
// Source: the same, Importer/FulfillmentsCsvImporter.php.
var wooCommerce = sheet{
	word: "shipped", comma: ',',
	head: [][]string{{"order_number", "tracking_number", "shipment_provider", "tracking_url", "items"}},
	rows: func(p Parcel) ([][]string, error) {
		order := p.Order
		if !digits(order) {
			order = p.Number
		}
		if p.Tracking == "" {
			return nil, errors.New("WooCommerce takes no parcel without a tracking number")
		}
		provider := p.Name
		if key := wooProviders[strings.ToLower(strings.TrimSpace(p.Name))]; key != "" {
			provider = key
		}
		if provider == "" {
			return nil, errors.New("WooCommerce takes no parcel without a carrier: name it with --set carrier." + p.Carrier + "=NAME")
		}
		items, err := wooItems(p)
		if err != nil {
			return nil, err
		}
		return [][]string{{order, p.Tracking, provider, p.Link, items}}, nil
	},
}

// wooItems names what is in a parcel. Without it WooCommerce takes all that was ordered
// to have left: that may stand for a whole order only.
func wooItems(p Parcel) (string, error) {
	total, skus := map[string]int{}, []string{}
	for _, l := range p.Lines {
		if l.SKU == "" || strings.ContainsAny(l.SKU, "|;:") {
			total = nil
			break
		}
		if total[l.SKU] == 0 {
			skus = append(skus, l.SKU)
		}
		total[l.SKU] += l.Qty
	}
	if len(total) == 0 {
		if p.Part || p.Carton > 1 {
			return "", errors.New("WooCommerce has to be told what is in a part of an order, and a SKU of it is missing or holds one of | ; : in it")
		}
		return "", nil
	}
	for i, sku := range skus {
		skus[i] = fmt.Sprintf("sku:%s:%d", sku, total[sku])
	}
	return strings.Join(skus, "|"), nil
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// fishbowlNumber is Fishbowl's number of the shipment of a sales order: an S before the
// order's.
func fishbowlNumber(p Parcel) string { return "S" + p.Number }

// fishbowlCartons is Fishbowl's import Ship Carton Tracking. It has to be imported before
// the shipment is closed, and its cartons have to be packed there.
var fishbowlCartons = sheet{
	word: "cartons", comma: ',',
	head: [][]string{{"Ship Number", "Carton Number", "Tracking Number"}},
	rows: func(p Parcel) ([][]string, error) {
		if p.Tracking == "" {
			return nil, nil
		}
		return [][]string{{fishbowlNumber(p), strconv.Itoa(max(1, p.Carton)), p.Tracking}}, nil
	},
}

// fishbowlShipping is Fishbowl's import Shipping Data, which closes a shipment as a whole:
// it comes with the last parcel of an order.
var fishbowlShipping = sheet{
	word: "shipped", comma: ',',
	head: [][]string{{"ShipNum", "Date", "Carrier", "Carrier Service"}},
	rows: func(p Parcel) ([][]string, error) {
		if p.Part {
			return nil, nil
		}
		return [][]string{{fishbowlNumber(p), p.At.Format("1/2/2006"), p.Name, ""}}, nil
	},
}

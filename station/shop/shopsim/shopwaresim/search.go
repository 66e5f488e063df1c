package shopwaresim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

type criteria struct {
	Page         int            `json:"page"`
	Limit        int            `json:"limit"`
	Count        int            `json:"total-count-mode"`
	Filter       []filter       `json:"filter"`
	Associations map[string]any `json:"associations"`
}

type filter struct {
	Type       string         `json:"type"`
	Field      string         `json:"field"`
	Operator   string         `json:"operator"`
	Value      any            `json:"value"`
	Parameters map[string]any `json:"parameters"`
	Queries    []filter       `json:"queries"`
}

// search answers a search of orders, which are sorted as they were placed. What was not
// asked for as an association is null.
func (s *Sim) search(body []byte) (int, any) {
	var c criteria
	if json.Unmarshal(body, &c) != nil || c.Page < 1 {
		return fail(400, "FRAMEWORK__INVALID_CRITERIA", "The criteria cannot be read")
	}
	if c.Limit > 500 {
		return fail(400, "FRAMEWORK__QUERY_LIMIT_EXCEEDED", "The limit must be lower than or equal to MAX_LIMIT(=500). Given: "+strconv.Itoa(c.Limit))
	}
	found := []any{}
	for _, o := range s.orders {
		entry := s.listed(o)
		if len(c.Filter) == 1 && c.Filter[0].Type == "equals" && c.Filter[0].Field == "id" {
			entry = s.show(o) // one is read from the table, not from the index
		}
		fits := entry != nil
		for _, f := range c.Filter {
			fits = fits && f.fits(entry)
		}
		if fits {
			found = append(found, only(entry, c.Associations))
		}
	}
	total := len(found)
	found = found[min((c.Page-1)*c.Limit, total):min(c.Page*c.Limit, total)]
	if c.Count == 0 {
		total = len(found)
	}
	return 200, map[string]any{"total": total, "data": found, "aggregations": []any{}}
}

// values are what stands at a path: several where it goes through a list.
func values(in any, path string) []any {
	name, rest, _ := strings.Cut(path, ".")
	switch v := in.(type) {
	case []any:
		var out []any
		for _, e := range v {
			out = append(out, values(e, path)...)
		}
		return out
	case map[string]any:
		if rest == "" {
			return []any{v[name]}
		}
		return values(v[name], rest)
	}
	return nil
}

func (f filter) fits(entry map[string]any) bool {
	switch f.Type {
	case "multi":
		for _, q := range f.Queries {
			if fits := q.fits(entry); fits != (f.Operator == "and") {
				return fits
			}
		}
		return f.Operator == "and"
	case "equals":
		for _, v := range values(entry, f.Field) {
			if fmt.Sprint(v) == fmt.Sprint(f.Value) {
				return true
			}
		}
	case "range":
		for _, v := range values(entry, f.Field) {
			if v != nil && f.within(v) {
				return true
			}
		}
	}
	return false
}

func (f filter) within(v any) bool {
	for how, limit := range f.Parameters {
		var d float64
		a, errA := time.Parse(time.RFC3339, fmt.Sprint(v))
		b, errB := time.Parse(time.RFC3339, fmt.Sprint(limit))
		if errA == nil && errB == nil {
			d = a.Sub(b).Seconds()
		} else {
			x, _ := strconv.ParseFloat(fmt.Sprint(v), 64)
			y, _ := strconv.ParseFloat(fmt.Sprint(limit), 64)
			d = x - y
		}
		if how == "gte" && d < 0 || how == "gt" && d <= 0 || how == "lte" && d > 0 || how == "lt" && d >= 0 {
			return false
		}
	}
	return true
}

// linked are the fields that have to be asked for.
var linked = map[string]bool{
	"stateMachineState": true, "currency": true, "orderCustomer": true, "lineItems": true, "transactions": true, "deliveries": true,
	"shippingMethod": true, "shippingOrderAddress": true, "country": true, "countryState": true,
}

func only(in any, asked map[string]any) any {
	switch v := in.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, value := range v {
			want, ok := asked[name].(map[string]any)
			switch {
			case !linked[name]:
				out[name] = value
			case !ok:
				out[name] = nil
			default:
				inside, _ := want["associations"].(map[string]any)
				out[name] = only(value, inside)
			}
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, only(e, asked))
		}
		return out
	}
	return in
}

func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05.000+00:00")
}

func machine(name string) map[string]any {
	words := strings.ReplaceAll(name, "_", " ")
	return map[string]any{"technicalName": name, "name": strings.ToUpper(words[:1]) + words[1:]}
}

func (s *Sim) show(o *order) map[string]any {
	first, last, _ := strings.Cut(o.to.Name, " ")
	lines, total := []any{}, 0.0
	for _, l := range o.lines {
		if l.qty <= 0 {
			continue
		}
		price := float64(l.minor) / 100
		total += price * float64(l.qty)
		kind := "is-physical"
		if l.virtual {
			kind = "is-download"
		}
		lines = append(lines, map[string]any{
			"id": l.id, "type": "product", "label": l.name, "quantity": l.qty, "unitPrice": price, "totalPrice": price * float64(l.qty),
			"states": []any{kind}, "payload": map[string]any{"productNumber": l.sku}, "parentId": nil, "createdAt": stamp(o.created), "updatedAt": nil,
		})
	}
	lines = append(lines, map[string]any{
		"id": o.id[:31] + "p", "type": "promotion", "label": "Autumn", "quantity": 1, "unitPrice": -1.0, "totalPrice": -1.0,
		"states": []any{}, "payload": []any{}, "createdAt": stamp(o.created), "updatedAt": nil,
	})
	codes := []any{}
	for _, c := range o.codes {
		codes = append(codes, c)
	}
	country := map[string]any{"iso": o.to.Country}
	address := map[string]any{
		"firstName": first, "lastName": last, "company": o.to.Company, "street": o.to.Street, "additionalAddressLine1": o.to.Street2,
		"zipcode": o.to.Postcode, "city": o.to.City, "phoneNumber": o.to.Phone, "country": country, "countryState": nil,
	}
	var note any
	if o.note != "" {
		note = o.note
	}
	return map[string]any{
		"id": o.id, "autoIncrement": o.counter, "orderNumber": o.number, "orderDateTime": stamp(o.created), "createdAt": stamp(o.created), "updatedAt": stamp(o.updated),
		"amountTotal": total, "customerComment": note, "stateMachineState": machine(o.state),
		"orderCustomer": map[string]any{"email": o.to.Email}, "currency": map[string]any{"isoCode": s.o.Currency}, "lineItems": lines,
		"deliveries": []any{map[string]any{
			"id": o.deliveryID, "trackingCodes": codes, "stateMachineState": machine(o.delivery), "createdAt": stamp(o.created), "updatedAt": stamp(o.deliveryUpdated),
			"shippingCosts":          map[string]any{"unitPrice": 4.9, "quantity": 1, "totalPrice": 4.9},
			"shippingMethod":         map[string]any{"name": nil, "translated": map[string]any{"name": o.service}},
			"shippingOrderAddressId": o.id, "shippingOrderAddress": address,
		}},
		"transactions": []any{map[string]any{
			"id": o.paymentID, "stateMachineState": machine(o.payment), "createdAt": stamp(o.created), "updatedAt": stamp(o.paymentUpdated),
		}},
	}
}

package prestashopsim

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Sim) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return
	}
	user, _, _ := r.BasicAuth()
	if user != key {
		http.Error(w, "401 Unauthorized", http.StatusUnauthorized)
		return
	}
	s.mu.Lock()
	status, out := s.answer(r, body)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(out) // whoever asked may have gone
}

func fail(status, code int, message string) (int, any) {
	return status, map[string]any{"errors": []any{map[string]any{"code": code, "message": message}}}
}

func (s *Sim) answer(r *http.Request, body []byte) (int, any) {
	path, ok := strings.CutPrefix(strings.TrimRight(r.URL.Path, "/"), "/api/")
	parts := strings.Split(path, "/")
	query := r.URL.Query()
	if !ok || query.Get("output_format") != "JSON" {
		return fail(400, 1, "This shop is simulated, and answers JSON only")
	}
	if s.forbidden[r.Method+" "+parts[0]] {
		return fail(405, 25, "Method "+r.Method+" is not allowed for the resource "+parts[0]+" with this authentication key")
	}
	switch {
	case r.Method == http.MethodGet && len(parts) == 1:
		rows, ok := s.rows(parts[0])
		if !ok {
			return fail(400, 32, `Resource of type "`+parts[0]+`" does not exists.`)
		}
		return list(parts[0], rows, query)
	case r.Method == http.MethodPut && len(parts) == 2 && parts[0] == "order_carriers":
		return s.putCarrier(parts[1], body)
	case r.Method == http.MethodPost && len(parts) == 1 && parts[0] == "order_histories":
		return s.postHistory(body, query.Get("sendemail") == "1")
	}
	return fail(405, 25, "Method "+r.Method+" is not valid")
}

// putCarrier replaces an order's carrier as a whole: what is left out is emptied.
func (s *Sim) putCarrier(id string, body []byte) (int, any) {
	var in struct {
		Carrier struct {
			ID       string `xml:"id"`
			Order    string `xml:"id_order"`
			Carrier  string `xml:"id_carrier"`
			Weight   string `xml:"weight"`
			Tracking string `xml:"tracking_number"`
		} `xml:"order_carrier"`
	}
	if xml.Unmarshal(body, &in) != nil {
		return fail(400, 127, "XML error : the document cannot be read")
	}
	c := in.Carrier
	if c.Order == "" || c.Carrier == "" {
		return fail(400, 41, `parameter "id_order" required`)
	}
	n, _ := strconv.Atoi(id)
	o := s.order(n)
	if o == nil || c.ID != id || c.Order != id {
		return fail(404, 0, "This order_carrier does not exist")
	}
	o.tracking, o.weight, o.updated = c.Tracking, c.Weight, s.local()
	return 200, map[string]any{"order_carrier": map[string]any{"id": n}}
}

// postHistory gives an order a state, whatever it has.
func (s *Sim) postHistory(body []byte, mail bool) (int, any) {
	var in struct {
		History struct {
			Order int `xml:"id_order"`
			State int `xml:"id_order_state"`
		} `xml:"order_history"`
	}
	if xml.Unmarshal(body, &in) != nil {
		return fail(400, 127, "XML error : the document cannot be read")
	}
	o := s.order(in.History.Order)
	if _, known := states[in.History.State]; o == nil || !known {
		return fail(400, 0, "id_order or id_order_state is not valid")
	}
	o.become(in.History.State)
	o.updated = s.local()
	if mail {
		s.mails++
	}
	return 201, map[string]any{"order_history": map[string]any{"id": strconv.Itoa(len(o.history))}}
}

type row = map[string]any

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04:05") }

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func amount(minor int64) string { return fmt.Sprintf("%.6f", float64(minor)/100) }

// rows are the entries of a resource by rising id.
func (s *Sim) rows(resource string) ([]row, bool) {
	var out []row
	switch resource {
	case "order_states":
		for id := range 20 {
			if st, ok := states[id]; ok {
				out = append(out, row{"id": id, "name": []any{row{"id": "1", "value": st.name}}, "paid": bit(st.paid), "shipped": bit(st.shipped)})
			}
		}
	case "currencies":
		out = append(out, row{"id": 1, "iso_code": s.o.Currency})
	case "countries":
		for i, code := range s.codes() {
			out = append(out, row{"id": i + 1, "iso_code": code})
		}
	case "states", "order_histories":
	case "configurations":
		for i, c := range []struct {
			name  string
			value int
		}{{"PS_OS_CANCELED", cancelled}, {"PS_OS_REFUND", refunded}, {"PS_OS_SHIPPING", shipped}, {"PS_OS_DELIVERED", delivered}} {
			out = append(out, row{"id": i + 1, "name": c.name, "value": strconv.Itoa(c.value)})
		}
	default:
		for _, o := range s.orders {
			rows, ok := s.ofOrder(resource, o)
			if !ok {
				return nil, false
			}
			out = append(out, rows...)
		}
		if len(s.orders) == 0 {
			_, ok := s.ofOrder(resource, &order{})
			return nil, ok
		}
	}
	return out, true
}

// codes are the countries that orders went to.
func (s *Sim) codes() []string {
	for _, o := range s.orders {
		if !slices.Contains(s.places, o.to.Country) {
			s.places = append(s.places, o.to.Country)
		}
	}
	return s.places
}

func (s *Sim) ofOrder(resource string, o *order) ([]row, bool) {
	id := strconv.Itoa(o.id)
	switch resource {
	case "orders":
		total := int64(0)
		for _, l := range o.lines {
			total += int64(l.qty) * l.minor
		}
		return []row{{
			"id": o.id, "reference": o.reference, "current_state": strconv.Itoa(o.state), "date_add": stamp(o.added), "date_upd": stamp(o.updated),
			"id_address_delivery": id, "id_customer": id, "id_currency": "1", "id_carrier": id, "total_paid": amount(total), "gift": "0", "gift_message": "",
			"shipping_number": "",
		}}, true
	case "order_details":
		var out []row
		for _, l := range o.lines {
			if l.qty <= 0 {
				continue
			}
			hash := ""
			if l.virtual {
				hash = "0123456789abcdef"
			}
			out = append(out, row{
				"id": l.id, "id_order": id, "product_reference": l.sku, "product_name": l.name, "product_quantity": strconv.Itoa(l.qty),
				"product_quantity_refunded": strconv.Itoa(l.refunded), "unit_price_tax_incl": amount(l.minor), "download_hash": hash,
			})
		}
		return out, true
	case "order_carriers":
		return []row{{
			"id": o.id, "id_order": id, "id_carrier": id, "id_order_invoice": "0", "weight": o.weight, "shipping_cost_tax_excl": "4.000000",
			"shipping_cost_tax_incl": "4.760000", "tracking_number": o.tracking, "date_add": stamp(o.added),
		}}, true
	case "addresses":
		first, last, _ := strings.Cut(o.to.Name, " ")
		return []row{{
			"id": o.id, "id_country": strconv.Itoa(slices.Index(s.codes(), o.to.Country) + 1), "id_state": "0", "company": o.to.Company, "firstname": first, "lastname": last,
			"address1": o.to.Street, "address2": o.to.Street2, "postcode": o.to.Postcode, "city": o.to.City, "phone": o.to.Phone, "phone_mobile": "",
		}}, true
	case "customers":
		return []row{{"id": o.id, "email": o.to.Email}}, true
	case "carriers":
		return []row{{"id": o.id, "name": o.service}}, true
	}
	return nil, false
}

var filterKey = regexp.MustCompile(`^filter\[(\w+)\]$`)

// list answers a question for a list: filters must all hold. Dates may be filtered with
// date=1 only.
func list(resource string, rows []row, query url.Values) (int, any) {
	var found []row
	for _, r := range rows {
		fits := true
		for name := range query {
			m := filterKey.FindStringSubmatch(name)
			if m == nil {
				continue
			}
			if strings.HasPrefix(m[1], "date_") && query.Get("date") != "1" {
				return fail(400, 36, "Unable to filter by this field: "+m[1])
			}
			value, ok := r[m[1]]
			if !ok {
				return fail(400, 32, "This filter does not exist: "+m[1])
			}
			fits = fits && holds(fmt.Sprint(value), query.Get(name))
		}
		if fits {
			found = append(found, r)
		}
	}
	if sorted := strings.Trim(query.Get("sort"), "[]"); sorted != "" {
		i := strings.LastIndexByte(sorted, '_')
		slices.SortStableFunc(found, func(a, b row) int {
			d := compare(fmt.Sprint(a[sorted[:i]]), fmt.Sprint(b[sorted[:i]]))
			if sorted[i+1:] == "DESC" {
				return -d
			}
			return d
		})
	}
	if limit, err := strconv.Atoi(query.Get("limit")); err == nil && limit < len(found) {
		found = found[:limit]
	}
	if len(found) == 0 {
		return 200, []any{} // not an object with an empty list
	}
	out := []any{}
	for _, r := range found {
		out = append(out, display(r, query.Get("display")))
	}
	return 200, map[string]any{resource: out}
}

func display(r row, what string) row {
	if what == "full" {
		return r
	}
	out := row{}
	for name := range strings.SplitSeq(strings.Trim(what, "[]"), ",") {
		if value, ok := r[name]; ok {
			out[name] = value
		}
	}
	return out
}

// holds reports whether a value fits "[a|b]", "[a,b]", ">[a]" or "<[a]".
func holds(value, filter string) bool {
	limit := strings.Trim(filter, "<>![]%")
	switch {
	case strings.HasPrefix(filter, ">"):
		return compare(value, limit) > 0
	case strings.HasPrefix(filter, "<"):
		return compare(value, limit) < 0
	case strings.Contains(limit, ","):
		from, to, _ := strings.Cut(limit, ",")
		return compare(value, from) >= 0 && compare(value, to) <= 0
	}
	return slices.Contains(strings.Split(limit, "|"), value)
}

func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(a, b)
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

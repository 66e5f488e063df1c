package billbeesim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers.
func (s *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Account) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.opt.Clock().UTC().Format(http.TimeFormat))
	name, pass, _ := r.BasicAuth()
	if r.Header.Get("X-Billbee-Api-Key") != apiKey || name != user || pass != password {
		http.Error(w, `{"ErrorMessage":"Unauthorized","ErrorCode":1}`, http.StatusUnauthorized)
		return
	}
	if s.error != "" {
		say := s.error
		s.error = ""
		answer(w, http.StatusOK, map[string]any{"ErrorMessage": say, "ErrorCode": 2, "Data": nil})
		return
	}
	s.places.ServeHTTP(w, r)
}

// routes are the places of the interface.
func (s *Account) routes() http.Handler {
	const base = "/api/v1/orders"
	m := http.NewServeMux()
	m.HandleFunc("GET "+base, s.list)
	m.HandleFunc("GET "+base+"/{id}", s.with(func(w http.ResponseWriter, _ *http.Request, o *order) {
		data(w, http.StatusOK, s.json(o, o.state, o.changed))
	}))
	m.HandleFunc("POST "+base+"/{id}/tags", s.with(s.tag))
	m.HandleFunc("POST "+base+"/{id}/shipment", s.with(s.ship))
	m.HandleFunc("PUT "+base+"/{id}/orderstate", s.with(s.state))
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusNotFound, map[string]any{"Message": "No HTTP resource was found."})
	})
	return m
}

func (s *Account) with(do func(http.ResponseWriter, *http.Request, *order)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		o := s.find(r.PathValue("id"))
		if o == nil {
			answer(w, http.StatusNotFound, map[string]any{"ErrorMessage": "Order not found", "ErrorCode": 2})
			return
		}
		do(w, r, o)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func data(w http.ResponseWriter, status int, d any) {
	answer(w, status, map[string]any{"ErrorMessage": nil, "ErrorCode": 0, "Data": d})
}

// list has the newest order first.
func (s *Account) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after, err := time.Parse("2006-01-02T15:04:05Z", q.Get("modifiedAtMin"))
	until := s.now().Add(-s.opt.Lag)
	all := []any{}
	for _, o := range slices.Backward(s.orders) {
		at, state := o.changed, o.state
		for i := len(o.past) - 1; i >= 0 && at.After(until); i-- {
			at, state = o.past[i].at, o.past[i].state
		}
		if at.After(until) || err == nil && at.Before(after) || q.Get("orderStateId") != "" && q.Get("orderStateId") != strconv.Itoa(state) {
			continue
		}
		all = append(all, s.json(o, state, at))
	}
	per := min(max(1, number(q.Get("pageSize"), 50)), s.perPage)
	page := max(1, number(q.Get("page"), 1))
	from := min((page-1)*per, len(all))
	answer(w, http.StatusOK, map[string]any{
		"Paging":       map[string]int{"Page": page, "TotalPages": (len(all) + per - 1) / per, "TotalRows": len(all), "PageSize": per},
		"ErrorMessage": nil, "ErrorCode": 0, "Data": all[from:min(from+per, len(all))],
	})
}

func number(text string, or int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return or
	}
	return n
}

func (s *Account) json(o *order, state int, changed time.Time) map[string]any {
	first, last, _ := strings.Cut(o.to.Name, " ")
	street, no := house(o.to.Street)
	to := map[string]any{
		"FirstName": first, "LastName": last, "Company": o.to.Company, "Street": street, "HouseNumber": no, "Line2": o.to.Street2, "Zip": o.to.Postcode,
		"City": o.to.City, "State": o.to.Region, "Country": o.to.Country, "CountryISO2": o.to.Country, "Phone": o.to.Phone, "Email": o.to.Email,
	}
	total := int64(0)
	items, ids, comments := []any{}, []any{}, []any{}
	for _, l := range o.lines {
		if l.qty == 0 {
			continue
		}
		sum := l.of.Minor * int64(l.qty)
		total += sum
		items = append(items, map[string]any{
			"BillbeeId": l.id, "TransactionId": "t" + strconv.FormatInt(l.id, 10), "Quantity": float64(l.qty), "TotalPrice": float64(sum) / 100, "IsCoupon": false, "SerialNumber": nil,
			"Product": map[string]any{"Id": l.id + 5, "Title": l.of.Name, "SKU": l.of.SKU, "EAN": l.of.Barcode, "IsDigital": l.of.Virtual}, "Attributes": []any{},
		})
	}
	for _, p := range o.sent {
		ids = append(ids, map[string]any{"BillbeeId": p.id, "ShippingId": p.tracking, "Shipper": p.comment, "Created": p.at.Format(time.RFC3339), "TrackingUrl": nil})
	}
	if o.note != "" {
		comments = append(comments, map[string]any{"Id": 1, "FromCustomer": true, "Text": o.note})
	}
	return map[string]any{
		"BillBeeOrderId": o.id, "Id": "m-" + o.number, "OrderNumber": o.number, "State": state, "CreatedAt": o.created.Format(time.RFC3339), "UpdatedAt": changed.Format(time.RFC3339),
		"Currency": s.opt.Currency, "TotalCost": float64(total) / 100, "ShippingAddress": to, "InvoiceAddress": to, "OrderItems": items, "ShippingIds": ids, "Comments": comments,
		"Tags": slices.Clone(o.tags), "ShippingProviderName": "", "ShippingProviderProductName": o.service,
	}
}

// made answers a change that was made, by turns with data and with 200 and not a word.
func (s *Account) made(w http.ResponseWriter, status int) {
	if s.mute = !s.mute; s.mute {
		w.WriteHeader(http.StatusOK)
		return
	}
	data(w, status, nil)
}

func (s *Account) tag(w http.ResponseWriter, r *http.Request, o *order) {
	var body struct{ Tags []string }
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		answer(w, http.StatusBadRequest, map[string]any{"ErrorMessage": "Tags missing", "ErrorCode": 3})
		return
	}
	s.touch(o)
	for _, t := range body.Tags {
		if !slices.Contains(o.tags, t) {
			o.tags = append(o.tags, t)
		}
	}
	s.made(w, http.StatusOK)
}

// ship adds a shipment, whatever is there already.
func (s *Account) ship(w http.ResponseWriter, r *http.Request, o *order) {
	var body struct {
		ShippingId, Comment string //nolint:revive // as it is called there
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil || body.ShippingId == "" {
		answer(w, http.StatusBadRequest, map[string]any{"ErrorMessage": "ShippingId missing", "ErrorCode": 3})
		return
	}
	s.touch(o)
	o.sent = append(o.sent, &sent{id: s.next(), at: s.now(), tracking: body.ShippingId, comment: body.Comment})
	s.made(w, http.StatusCreated)
}

func (s *Account) state(w http.ResponseWriter, r *http.Request, o *order) {
	var body struct{ NewStateId int } //nolint:revive // as it is called there
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		answer(w, http.StatusBadRequest, map[string]any{"ErrorMessage": "NewStateId missing", "ErrorCode": 3})
		return
	}
	s.touch(o)
	s.set(o, body.NewStateId)
	s.made(w, http.StatusOK)
}

// Package shipstationv2sim is a simulated account of ShipStation, interface v2: no orders,
// but shipments; fulfilments of whole shipments, one for each; errors inside of answers
// with status 200.
//
// What the documents leave open is decided for the worse: a fulfilment changes neither the
// state of its shipment nor the time of its last change.
//
// It must not know the client that is tried on it, nor share code with it.
package shipstationv2sim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop/shopsim"
)

const key = "SIM-V2-KEY"

// Account is one.
type Account struct {
	*shopsim.Book
	PageMost int
}

// New returns an account without shipments.
func New(o shopsim.Options) *Account {
	return &Account{Book: shopsim.NewBook(o, 12_000_000), PageMost: 100}
}

// Secret is the key.
func (s *Account) Secret() string { return key }

// prefix begins the ids that the interface shows.
const prefix = "se-"

// Place returns the id as the interface shows it.
func (s *Account) Place(o shopsim.Order) string { return prefix + s.Book.Place(o) }

func bare(id string) string { return strings.TrimPrefix(id, prefix) }

// Cancel, and the others, take ids as the interface shows them.
func (s *Account) Cancel(id string)                   { s.Book.Cancel(bare(id)) }
func (s *Account) Hold(id, reason string)             { s.Book.Hold(bare(id), reason) }            //nolint:revive // see Cancel
func (s *Account) Release(id string)                  { s.Book.Release(bare(id)) }                 //nolint:revive // see Cancel
func (s *Account) Change(id string, line, qty int)    { s.Book.Change(bare(id), line, qty) }       //nolint:revive // see Cancel
func (s *Account) Refund(id string, line, qty int)    { s.Book.Refund(bare(id), line, qty) }       //nolint:revive // see Cancel
func (s *Account) SendElsewhere(id, tracking string)  { s.Book.SendElsewhere(bare(id), tracking) } //nolint:revive // see Cancel
func (s *Account) Parcels(id string) []shopsim.Parcel { return s.Book.Parcels(bare(id)) }          //nolint:revive // see Cancel

// ServeHTTP answers.
func (s *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Faults().Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Account) serve(w http.ResponseWriter, r *http.Request) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	w.Header().Set("Date", s.Opt.Clock().UTC().Format(http.TimeFormat))
	if r.Header.Get("API-Key") != key {
		http.Error(w, "Unauthorized", http.StatusUnauthorized) // as plain text, which was recorded
		return
	}
	m := http.NewServeMux()
	m.HandleFunc("GET /v2/shipments", s.list)
	m.HandleFunc("GET /v2/shipments/{id}", func(w http.ResponseWriter, r *http.Request) {
		e := s.Find(bare(r.PathValue("id")))
		if e == nil {
			fail(w, http.StatusNotFound, "not_found", "The shipment was not found")
			return
		}
		answer(w, http.StatusOK, s.form(e))
	})
	m.HandleFunc("GET /v2/fulfillments", s.fulfilments)
	m.HandleFunc("POST /v2/fulfillments", s.fulfil)
	m.HandleFunc("GET /v2/carriers", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusMultiStatus, map[string]any{"carriers": []any{map[string]any{"carrier_id": "se-1", "carrier_code": "ups"}, map[string]any{"carrier_id": "se-2", "carrier_code": "stamps_com"}}})
	})
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "not_found", "no such path")
	})
	m.ServeHTTP(w, r)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, code, say string) {
	answer(w, status, map[string]any{"request_id": "r", "errors": []any{map[string]any{"error_source": "shipengine", "error_type": "validation", "error_code": code, "message": say}}})
}

// list is the shipments that changed, by when they were made.
func (s *Account) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after, _ := time.Parse(time.RFC3339, q.Get("modified_at_start"))
	var all []any
	for _, e := range s.Entries() {
		seen := s.Listed(e)
		if seen == nil || seen.Modified.Before(after) || q.Get("shipment_status") != "" && q.Get("shipment_status") != state(seen) {
			continue
		}
		all = append(all, s.form(seen))
	}
	s.page(w, r, "shipments", all)
}

func (s *Account) page(w http.ResponseWriter, r *http.Request, name string, all []any) {
	q := r.URL.Query()
	per, err := strconv.Atoi(cmp.Or(q.Get("page_size"), "25"))
	n, failed := strconv.Atoi(cmp.Or(q.Get("page"), "1"))
	if err != nil || failed != nil || per < 1 || n < 1 || per > 500 {
		fail(w, http.StatusBadRequest, "invalid_field_value", "page")
		return
	}
	per = min(per, s.PageMost)
	from := min((n-1)*per, len(all))
	answer(w, http.StatusOK, map[string]any{
		name: slices.Concat([]any{}, all[from:min(from+per, len(all))]), "total": len(all), "page": n, "pages": (len(all) + per - 1) / per,
	})
}

func state(e *shopsim.Entry) string {
	switch e.State {
	case shopsim.Held, shopsim.Unpaid:
		return "on_hold"
	case shopsim.Cancelled:
		return "cancelled"
	}
	return "pending"
}

func (s *Account) form(e *shopsim.Entry) map[string]any {
	items := []any{}
	for _, l := range e.Lines {
		if l.Want == 0 || l.Virtual {
			continue
		}
		items = append(items, map[string]any{
			"name": l.Name, "sales_order_id": e.ID, "sales_order_item_id": strconv.FormatInt(l.ID, 10), "quantity": l.Want, "sku": l.SKU,
			"external_order_id": "x-" + e.Number, "external_order_item_id": "x-" + strconv.FormatInt(l.ID, 10), "asin": nil, "order_source_code": nil,
		})
	}
	return map[string]any{
		"shipment_id": prefix + strconv.FormatInt(e.ID, 10), "shipment_number": e.Number, "shipment_status": state(e), "created_at": e.Created.Format(time.RFC3339Nano),
		"modified_at": e.Modified.Format(time.RFC3339Nano), "service_code": e.Service, "notes_from_buyer": e.Note, "items": items, "tags": []any{},
		"ship_to": map[string]any{
			"name": e.To.Name, "company_name": e.To.Company, "address_line1": e.To.Street, "address_line2": e.To.Street2, "address_line3": nil, "city_locality": e.To.City,
			"state_province": e.To.Region, "postal_code": e.To.Postcode, "country_code": e.To.Country, "phone": e.To.Phone, "email": e.To.Email,
		},
	}
}

// fulfilments is a list of them; what was told now is in it at once where its shipment is
// asked for, and later in the list of all.
func (s *Account) fulfilments(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after, _ := time.Parse(time.RFC3339, q.Get("create_date_start"))
	var all []any
	for _, e := range s.Entries() {
		id := prefix + strconv.FormatInt(e.ID, 10)
		for _, p := range e.Sent {
			if q.Get("shipment_id") != "" && q.Get("shipment_id") != id || p.At.Before(after) {
				continue
			}
			if q.Get("shipment_id") == "" && p.At.After(s.Opt.Clock().Add(-s.Opt.Lag)) {
				continue
			}
			all = append(all, map[string]any{
				"fulfillment_id": "f-" + strconv.FormatInt(p.ID, 10), "shipment_id": id, "shipment_number": e.Number, "tracking_number": p.Tracking,
				"created_at": p.At.Format(time.RFC3339Nano), "ship_date": p.At.Format(time.RFC3339), "voided": false, "void_requested": false,
				"fulfillment_carrier_friendly_name": p.Carrier, "fulfillment_provider_code": "external", "order_source_notified": true, "notification_error_message": nil,
			})
		}
	}
	s.page(w, r, "fulfillments", all)
}

func (s *Account) fulfil(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Fulfillments []struct {
			Shipment string `json:"shipment_id"`
			Tracking string `json:"tracking_number"`
			Carrier  string `json:"carrier_code"`
			Mail     bool   `json:"notify_customer"`
		}
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil || len(body.Fulfillments) == 0 {
		fail(w, http.StatusBadRequest, "field_value_required", "fulfillments")
		return
	}
	var out []any
	bad := false
	for _, f := range body.Fulfillments {
		e, why := s.Find(bare(f.Shipment)), ""
		switch {
		case e == nil:
			why = fmt.Sprintf("Shipment %s was not found", f.Shipment)
		case f.Tracking == "" || f.Carrier == "":
			why = "tracking_number and carrier_code are required"
		case len(e.Sent) > 0:
			why = "The shipment has been fulfilled already"
		case state(e) != "pending":
			why = "The shipment cannot be fulfilled in its state"
		}
		form := map[string]any{"shipment_id": f.Shipment, "shipment_number": "", "error_message": nil}
		if why != "" {
			bad, form["error_message"] = true, why
		} else {
			at := e.Modified
			s.Send(e, shopsim.EntryParcel{Tracking: f.Tracking, Carrier: f.Carrier, Units: e.All()})
			e.Modified = at // see the package's words
			if f.Mail {
				s.Mail()
			}
			form["shipment_number"] = e.Number
		}
		out = append(out, form)
	}
	answer(w, http.StatusOK, map[string]any{"has_errors": bad, "fulfillments": out})
}

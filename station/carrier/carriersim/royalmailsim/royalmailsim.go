// Package royalmailsim is a simulated Click & Drop account of Royal Mail, version 1 of its
// interface, with a business account: it makes orders with their labels, one in a call,
// finds them by number or reference, deletes them and puts all that have a label on a
// manifest. A reference may be there as often as it comes. It must not know the client
// that is tried on it.
package royalmailsim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const key = "7c1f9a52-0b7e-4e0c-9d2a-simulated"

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	mux    *http.ServeMux

	mu        sync.Mutex
	orders    []*order
	manifests int
	late      bool // the paper of the manifest is not there yet
}

type order struct {
	id       int
	ref      string
	sold     *carriersim.Label // nil: it has no label
	manifest bool
	at       time.Time
	hidden   int // how often its label is not there yet
	customs  bool
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /orders", a.list)
	a.mux.HandleFunc("POST /orders", a.create)
	a.mux.HandleFunc("GET /orders/{ids}", a.show)
	a.mux.HandleFunc("DELETE /orders/{ids}", a.remove)
	a.mux.HandleFunc("GET /orders/{ids}/label", a.label)
	a.mux.HandleFunc("POST /manifests", a.manifest)
	a.mux.HandleFunc("GET /manifests/{number}", a.paper)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the key.
func (a *Account) Secret() string { return key }

// Set are the prices of the contract.
func (a *Account) Set() map[string]string {
	return map[string]string{
		"prices":         "TPN24 GB 2kg 3.35; TPN24 GB 20kg 6.10; TPS48:01 GB 20kg 4.95; CRL48 GB 750g 1.10; MTA IE,FR 2kg 9.80; MTA * 2kg 14.20",
		"postal_charges": "4.50",
	}
}

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+key {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.mux.ServeHTTP(w, r)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func bad(w http.ResponseWriter, message string) {
	answer(w, http.StatusBadRequest, map[string]any{"code": "BadRequest", "message": message, "details": nil})
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.0000000") }

// body is an order as the interface writes it.
func (a *Account) body(o *order) map[string]any {
	b := map[string]any{"orderIdentifier": o.id, "orderReference": o.ref, "createdOn": stamp(o.at), "orderDate": stamp(o.at)}
	if o.sold != nil {
		b["printedOn"] = stamp(o.at)
		if o.sold.Service != "CRL48" { // nobody tracks those
			b["trackingNumber"] = o.sold.Tracking
			b["packages"] = []any{map[string]any{"packageNumber": 1, "trackingNumber": o.sold.Tracking}}
		}
	}
	if o.manifest {
		b["manifestedOn"] = stamp(a.o.Now())
	}
	return b
}

// named are the orders of a path: numbers, and references in quotation marks.
func (a *Account) named(r *http.Request) (out []*order, ok bool) {
	names := strings.Split(r.PathValue("ids"), ";")
	if len(names) > 100 {
		return nil, false
	}
	for _, name := range names {
		for _, o := range a.orders {
			shown := !o.at.After(a.o.Now().Add(-a.o.Lag))
			if fmt.Sprint(o.id) == name || shown && `"`+o.ref+`"` == name {
				out = append(out, o)
			}
		}
	}
	return out, true
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	all := []any{}
	for _, o := range a.orders {
		all = append(all, a.body(o))
	}
	answer(w, http.StatusOK, map[string]any{"orders": all[:min(len(all), 1)], "continuationToken": nil})
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	orders, ok := a.named(r)
	if !ok {
		bad(w, "Too many identifiers.")
		return
	}
	if len(orders) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	all := []any{}
	for _, o := range orders {
		all = append(all, a.body(o))
	}
	answer(w, http.StatusOK, all)
}

func (a *Account) remove(w http.ResponseWriter, r *http.Request) {
	orders, ok := a.named(r)
	if !ok || len(orders) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	deleted, errs := []any{}, []any{}
	for _, o := range orders {
		if o.sold != nil && a.book.Take(carriersim.NoRefund) != "" {
			o.manifest = true
		}
		if o.manifest {
			errs = append(errs, map[string]any{"orderIdentifier": o.id, "code": "CannotDelete", "message": "The order is manifested."})
			continue
		}
		a.orders = slices.DeleteFunc(a.orders, func(other *order) bool { return other == o })
		a.book.Void(fmt.Sprint(o.id))
		deleted = append(deleted, map[string]any{"orderIdentifier": o.id, "orderReference": o.ref, "orderInfo": nil})
	}
	answer(w, http.StatusOK, map[string]any{"deletedOrders": deleted, "errors": errs})
}

func (a *Account) label(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	orders, _ := a.named(r)
	switch {
	case q.Get("documentType") != "postageLabel" || q.Get("includeReturnsLabel") == "":
		bad(w, "documentType and includeReturnsLabel are required.")
	case len(orders) != 1:
		w.WriteHeader(http.StatusNotFound)
	case orders[0].sold == nil || orders[0].hidden > 0:
		orders[0].hidden--
		answer(w, http.StatusBadRequest, []any{map[string]any{"accountOrderNumber": orders[0].id, "code": "NoLabel", "message": "The label is not generated."}})
	case orders[0].customs != (q.Get("includeCN") == "true"):
		answer(w, http.StatusBadRequest, []any{map[string]any{"code": "NoCN", "message": "The customs declaration does not fit."}})
	default:
		data, _ := carriersim.Paper(*orders[0].sold, "pdf", 203)
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write(data)
	}
}

func (o *order) pdf() string {
	data, _ := carriersim.Paper(*o.sold, "pdf", 203)
	return base64.StdEncoding.EncodeToString(data)
}

func (a *Account) manifest(w http.ResponseWriter, r *http.Request) {
	var first *order
	for _, o := range a.orders {
		if o.sold != nil && !o.manifest {
			first, o.manifest = o, true
			a.book.Close(o.sold.ID)
		}
	}
	if first == nil {
		answer(w, http.StatusBadRequest, map[string]any{"errors": []any{map[string]any{"code": "NoOrders", "description": "There are no eligible orders."}}})
		return
	}
	a.manifests++
	if a.late = a.book.Take(carriersim.Slow) != ""; a.late {
		answer(w, http.StatusAccepted, map[string]any{"manifestNumber": 1000 + a.manifests})
		return
	}
	answer(w, http.StatusCreated, map[string]any{"manifestNumber": 1000 + a.manifests, "documentPdf": first.pdf()})
}

func (a *Account) paper(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("number") != fmt.Sprint(1000+a.manifests) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	body := map[string]any{"manifestNumber": 1000 + a.manifests, "status": "In Progress"}
	if !a.late {
		body["status"], body["documentPdf"] = "Completed", a.orders[0].pdf()
	}
	answer(w, http.StatusOK, body)
}

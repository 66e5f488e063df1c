// Package linnworkssim is a simulated account of Linnworks. It keeps open and processed
// orders, and answers as the source of Linnworks' own library has it: sessions that
// end, questions as forms with JSON inside, a plain list of the ids of open orders, and
// orders that are not processed with success and words.
//
// What that source leaves open is decided so: each processed order sends one mail, and
// a cancelled order is among the processed ones, with a day of its own.
//
// It must share no code with the client that asks it.
package linnworkssim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

const (
	location = "00000000-0000-0000-0000-000000000000"
	// sessionEnds is how long a session lives.
	sessionEnds = 15 * time.Minute
)

// Shop is the account.
type Shop struct {
	mu      sync.Mutex
	o       shopsim.Options
	faults  shopsim.Faults
	orders  []*order
	mails   int
	stock   map[string]int
	session string
	begun   time.Time
	says    string // instead of processing
}

type order struct {
	shopsim.Order
	id           string
	number       int
	status       int
	hold, parked bool
	processed    time.Time
	created      time.Time
	tracking     string
	cancelled    time.Time
	serviceID    string
}

// New returns an account without orders.
func New(o shopsim.Options) *Shop {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Shop{o: o, stock: map[string]int{}}
}

// Secret is application id, application secret and token.
func (s *Shop) Secret() string {
	return "11111111-0000-4000-8000-000000000001 22222222-0000-4000-8000-000000000002 33333333-0000-4000-8000-000000000003"
}

// Set is what the client has to be told besides.
func (s *Shop) Set() map[string]string { return nil }

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

// Place takes an order.
func (s *Shop) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.orders) + 1
	in.Lines = slices.Clone(in.Lines)
	// Ids are in no order of time.
	o := &order{Order: in, id: fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(n)*2654435761, n), number: 100000 + n, status: 1, created: s.o.Clock(), serviceID: fmt.Sprintf("44444444-0000-4000-8000-%012x", n)}
	if in.Number != "" {
		_, _ = fmt.Sscan(in.Number, &o.number)
	}
	if in.Unpaid {
		o.status = 0
	}
	s.orders = append(s.orders, o)
	return o.id
}

func (s *Shop) find(id string) *order {
	for _, o := range s.orders {
		if strings.EqualFold(o.id, id) {
			return o
		}
	}
	return nil
}

func (s *Shop) change(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil && o.processed.IsZero() && o.cancelled.IsZero() {
		do(o)
	}
}

// Cancel cancels an order.
func (s *Shop) Cancel(id string) { s.change(id, func(o *order) { o.cancelled = s.o.Clock() }) }

// Hold stops an order, Park parks one.
func (s *Shop) Hold(id, _ string) { s.change(id, func(o *order) { o.hold = true }) }

// Park parks an order.
func (s *Shop) Park(id string) { s.change(id, func(o *order) { o.parked = true }) }

// Release lets it go on.
func (s *Shop) Release(id string) { s.change(id, func(o *order) { o.hold, o.parked = false, false }) }

// Change sets how many of a line are wanted.
func (s *Shop) Change(id string, line, qty int) {
	s.change(id, func(o *order) { o.Lines[line].Qty = qty })
}

// Refund takes units out, and the order where nothing is left.
func (s *Shop) Refund(id string, line, qty int) {
	s.change(id, func(o *order) {
		o.Lines[line].Qty = max(o.Lines[line].Qty-qty, 0)
		if !slices.ContainsFunc(o.Lines, func(l shopsim.Line) bool { return l.Qty > 0 }) {
			o.cancelled = s.o.Clock()
		}
	})
}

// SendElsewhere has somebody process an order.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.change(id, func(o *order) { o.hold, o.parked, o.tracking, o.processed = false, false, tracking, s.o.Clock() })
}

// Service is the id of the postal service that is entered in an order.
func (s *Shop) Service(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(id).serviceID
}

// Refuses has Linnworks process no order any more, and say why; "" ends it.
func (s *Shop) Refuses(say string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.says = say
}

// Parcels are the shipments of an order: one, when it was processed.
func (s *Shop) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	if o == nil || o.processed.IsZero() {
		return nil
	}
	units := map[string]int{}
	for _, l := range o.Lines {
		if l.Qty > 0 && !l.Virtual {
			units[l.SKU] += l.Qty
		}
	}
	return []shopsim.Parcel{{Tracking: o.tracking, Units: units}}
}

// Mails is how many mails went to customers.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Stock is how many there are: nothing asks for it.
func (s *Shop) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// SetStock is a change by others.
func (s *Shop) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = n
}

// ServeHTTP answers the interface.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.answer))
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func say(w http.ResponseWriter, status int, message string) {
	write(w, status, map[string]string{"Code": "-", "Message": message})
}

func (s *Shop) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/api/")
	if path == "Auth/AuthorizeByApplication" {
		s.authorize(w, r)
		return
	}
	if s.session == "" || r.Header.Get("Authorization") != s.session || s.o.Clock().Sub(s.begun) > sessionEnds {
		say(w, http.StatusUnauthorized, "Invalid or expired session token")
		return
	}
	if r.Method != http.MethodPost || r.ParseForm() != nil {
		say(w, http.StatusBadRequest, "The request is invalid.")
		return
	}
	switch path {
	case "Orders/GetAllOpenOrders":
		ids := []string{}
		for _, o := range s.orders {
			if shown := s.o.Clock().Add(-s.o.Lag); !o.created.After(shown) && (o.left().IsZero() || o.left().After(shown)) {
				ids = append(ids, o.id)
			}
		}
		write(w, http.StatusOK, ids)
	case "Orders/GetOrdersById":
		s.byID(w, r)
	case "Orders/SetOrderShippingInfo":
		s.shipping(w, r)
	case "Orders/ProcessOrder":
		s.process(w, r)
	case "ProcessedOrders/SearchProcessedOrders":
		s.search(w, r)
	default:
		say(w, http.StatusNotFound, "Not found")
	}
}

// left is when an order was processed or cancelled.
func (o *order) left() time.Time {
	if !o.cancelled.IsZero() {
		return o.cancelled
	}
	return o.processed
}

func (s *Shop) authorize(w http.ResponseWriter, r *http.Request) {
	var in struct{ ApplicationID, ApplicationSecret, Token string }
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ApplicationID+" "+in.ApplicationSecret+" "+in.Token != s.Secret() {
		say(w, http.StatusUnauthorized, "Invalid application or token")
		return
	}
	if s.session == "" || s.o.Clock().Sub(s.begun) > sessionEnds/2 {
		s.begun = s.o.Clock()
		s.session = fmt.Sprintf("session-%d", s.begun.UnixNano())
	}
	write(w, http.StatusOK, map[string]any{"Token": s.session, "Server": "http://" + r.Host, "TTL": 1800})
}

func (s *Shop) byID(w http.ResponseWriter, r *http.Request) {
	var ids []string
	if json.Unmarshal([]byte(r.Form.Get("pkOrderIds")), &ids) != nil {
		say(w, http.StatusBadRequest, "The request is invalid.")
		return
	}
	out := []any{}
	for _, id := range ids {
		if o := s.find(id); o != nil {
			out = append(out, form(o))
		}
	}
	write(w, http.StatusOK, out)
}

func (s *Shop) shipping(w http.ResponseWriter, r *http.Request) {
	var in struct {
		TrackingNumber  string
		PostalServiceID *string `json:"PostalServiceId"`
	}
	o := s.find(r.Form.Get("orderId"))
	if json.Unmarshal([]byte(r.Form.Get("info")), &in) != nil || o == nil || !o.left().IsZero() {
		say(w, http.StatusBadRequest, "Order not found or not open")
		return
	}
	o.tracking, o.serviceID = in.TrackingNumber, ""
	if in.PostalServiceID != nil {
		o.serviceID = *in.PostalServiceID // what is not sent is taken away
	}
	write(w, http.StatusOK, map[string]any{})
}

func (s *Shop) process(w http.ResponseWriter, r *http.Request) {
	o := s.find(r.Form.Get("orderId"))
	if o == nil {
		write(w, http.StatusOK, map[string]any{"OrderId": r.Form.Get("orderId"), "Processed": false, "Error": "Order not found"})
		return
	}
	trouble := ""
	switch {
	case !o.left().IsZero():
		trouble = "Order has already been processed"
	case s.says != "":
		trouble = s.says
	case o.hold:
		trouble = "Order is on hold"
	case o.parked:
		trouble = "Order is parked"
	case o.status == 0:
		trouble = "Order is not paid"
	}
	if trouble == "" {
		o.processed = s.o.Clock()
		s.mails++
	}
	write(w, http.StatusOK, map[string]any{"OrderId": strings.ToUpper(o.id), "Processed": trouble == "", "Error": trouble})
}

func (s *Shop) search(w http.ResponseWriter, r *http.Request) {
	var in struct {
		DateField                  string
		FromDate, ToDate           time.Time
		PageNumber, ResultsPerPage int
	}
	if json.Unmarshal([]byte(r.Form.Get("request")), &in) != nil || in.ResultsPerPage < 20 {
		say(w, http.StatusBadRequest, "The request is invalid.")
		return
	}
	var all []map[string]any
	for _, o := range slices.Backward(s.orders) {
		at := o.processed
		if in.DateField == "cancelled" {
			at = o.cancelled
		}
		if !at.IsZero() && !at.Before(in.FromDate) && !at.After(in.ToDate) && !at.After(s.o.Clock().Add(-s.o.Lag)) {
			all = append(all, map[string]any{"pkOrderID": o.id, "nOrderId": o.number, "dProcessedOn": at})
		}
	}
	size, n := in.ResultsPerPage, max(in.PageNumber, 1)
	page := append([]map[string]any{}, all[min((n-1)*size, len(all)):min(n*size, len(all))]...)
	write(w, http.StatusOK, map[string]any{"ProcessedOrders": map[string]any{
		"PageNumber": n, "EntriesPerPage": size, "TotalEntries": len(all), "TotalPages": (len(all) + size - 1) / size, "Data": page,
	}})
}

// form is an order as GetOrdersById gives it.
func form(o *order) map[string]any {
	items, total := []any{}, 0.0
	for i, l := range o.Lines {
		if l.Qty == 0 {
			continue
		}
		total += float64(l.Minor) / 100 * float64(l.Qty)
		items = append(items, map[string]any{
			"RowId": fmt.Sprintf("%08X-0000-4000-8000-%s", i+1, strings.ToUpper(o.id[24:])), "OrderId": o.id, "SKU": l.SKU, "ChannelSKU": l.SKU, "Title": l.Name, "Quantity": l.Qty,
			"PartShippedQty": 0, "PricePerUnit": float64(l.Minor) / 100, "BarcodeNumber": l.Barcode, "IsService": l.Virtual, "BinRack": "A1", "CompositeSubItems": []any{},
		})
	}
	var processed any
	if !o.left().IsZero() {
		processed = o.left().UTC().Format(time.RFC3339)
	}
	notes := []any{}
	if o.Note != "" {
		notes = append(notes, map[string]any{"Note": o.Note, "Internal": false})
	}
	return map[string]any{
		"OrderId": o.id, "NumOrderId": o.number, "Processed": !o.left().IsZero(), "ProcessedDateTime": processed, "FulfilmentLocationId": location,
		"GeneralInfo":  map[string]any{"Status": o.status, "HoldOrCancel": o.hold || !o.cancelled.IsZero(), "IsParked": o.parked, "ReferenceNum": "R-" + o.id[:8], "ReceivedDate": o.created.UTC().Format("2006-01-02T15:04:05.0000000Z"), "DespatchByDate": "0001-01-01T00:00:00", "Location": location},
		"ShippingInfo": map[string]any{"Vendor": "Courier", "PostalServiceId": cmp.Or(o.serviceID, location), "PostalServiceName": o.Service, "TotalWeight": 0.5, "ItemWeight": 0.5, "PostageCost": 3.0, "TrackingNumber": o.tracking, "ManualAdjust": false},
		"CustomerInfo": map[string]any{"ChannelBuyerName": "buyer", "Address": map[string]any{
			"EmailAddress": o.To.Email, "Address1": o.To.Street, "Address2": o.To.Street2, "Address3": "", "Town": o.To.City, "Region": o.To.Region, "PostCode": o.To.Postcode,
			"Country": o.To.Country, "FullName": o.To.Name, "Company": o.To.Company, "PhoneNumber": o.To.Phone,
		}},
		"TotalsInfo": map[string]any{"TotalCharge": total, "Currency": "GBP"}, "Items": items, "Notes": notes, "FolderName": []any{},
	}
}

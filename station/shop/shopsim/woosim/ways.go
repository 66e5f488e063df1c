package woosim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (s *Shop) fulfillmentJSON(o *order, p *sent) map[string]any {
	status := "fulfilled"
	if p.draft {
		status = "unfulfilled"
	}
	return map[string]any{
		"id": p.id, "entity_type": "WC_Order", "entity_id": itoa(o.id), "status": status, "is_fulfilled": !p.draft,
		"date_updated": local(p.at, time.UTC), "date_deleted": nil, "meta_data": metaJSON(p.meta),
	}
}

func (s *Shop) listFulfillments(w http.ResponseWriter, _ *http.Request, o *order) {
	out := []any{}
	for _, p := range o.sent {
		if p.way == Fulfillments {
			out = append(out, s.fulfillmentJSON(o, p))
		}
	}
	answer(w, http.StatusOK, out)
}

// postFulfillment makes one, whatever is there already.
func (s *Shop) postFulfillment(w http.ResponseWriter, r *http.Request, o *order) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	list, _ := body["meta_data"].([]any)
	p := &sent{way: Fulfillments, at: s.now(), draft: body["status"] != "fulfilled"}
	p.meta = s.merge(nil, list)
	i := slices.IndexFunc(p.meta, func(e entry) bool { return e.key == "_items" })
	if i < 0 || len(unitsOf(p.meta[i].value)) == 0 {
		fail(w, http.StatusBadRequest, 0, "The fulfillment should contain at least one item.")
		return
	}
	for id, n := range unitsOf(p.meta[i].value) {
		if n <= 0 || !slices.ContainsFunc(o.lines, func(l *line) bool { return l.id == id }) {
			fail(w, http.StatusBadRequest, 0, "Invalid item.")
			return
		}
	}
	p.id = s.next()
	s.touch(o)
	o.sent = append(o.sent, p)
	o.meta = s.merge(o.meta, []any{map[string]any{"key": "_fulfillment_status", "value": "partially_fulfilled"}})
	if !p.draft && r.URL.Query().Get("notify_customer") == "true" {
		s.mails++
	}
	answer(w, http.StatusCreated, s.fulfillmentJSON(o, p))
}

func (s *Shop) deleteSent(w http.ResponseWriter, r *http.Request, o *order) {
	i := slices.IndexFunc(o.sent, func(p *sent) bool { return itoa(p.id) == r.PathValue("entry") || p.hash() == r.PathValue("entry") })
	if i < 0 {
		if strings.Contains(r.URL.Path, "fulfillments") {
			fail(w, http.StatusBadRequest, 0, "Fulfillment not found.")
		} else {
			fail(w, http.StatusNotFound, "woocommerce_rest_shipment_tracking_invalid_id", "Invalid shipment tracking ID.")
		}
		return
	}
	s.touch(o)
	gone := o.sent[i]
	o.sent = slices.Delete(o.sent, i, i+1)
	if gone.way == Fulfillments {
		answer(w, http.StatusOK, map[string]any{"message": "Fulfillment deleted successfully."})
		return
	}
	answer(w, http.StatusOK, gone.json())
}

// hash is how a plug-in names its entries.
func (p *sent) hash() string { return "7f4978c390ee633c6294ae0f" + strconv.FormatInt(p.id+1<<31, 16) }

func (p *sent) json() map[string]any {
	return map[string]any{
		"tracking_id": p.hash(), "tracking_provider": p.tracking["tracking_provider"], "tracking_link": p.tracking["custom_tracking_link"],
		"tracking_number": p.tracking["tracking_number"], "date_shipped": p.tracking["date_shipped"],
	}
}

func (s *Shop) listTrackings(w http.ResponseWriter, _ *http.Request, o *order) {
	out := []any{}
	for _, p := range o.sent {
		if p.way != Fulfillments { // both plug-ins keep one list
			out = append(out, p.json())
		}
	}
	answer(w, http.StatusOK, out)
}

// postTracking makes an entry, whatever is there already.
func (s *Shop) postTracking(w http.ResponseWriter, r *http.Request, o *order, way Way) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	p := &sent{id: s.next(), way: way, at: s.now(), tracking: map[string]string{}}
	for k, v := range body {
		if text, ok := v.(string); ok {
			p.tracking[k] = text
		}
	}
	if p.tracking["tracking_number"] == "" {
		fail(w, http.StatusBadRequest, "rest_missing_callback_param", "Missing parameter(s): tracking_number")
		return
	}
	if custom := p.tracking["custom_tracking_provider"]; custom != "" {
		p.tracking["tracking_provider"] = custom
	}
	if p.tracking["date_shipped"] == "" {
		p.tracking["date_shipped"] = p.at.Format(time.DateOnly)
	}
	s.touch(o)
	o.sent = append(o.sent, p)
	o.meta = s.merge(o.meta, []any{map[string]any{"key": "_wc_shipment_tracking_items", "value": []any{p.json()}}})
	answer(w, http.StatusCreated, p.json())
}

func noteJSON(n *note) map[string]any {
	return map[string]any{"id": n.id, "author": "system", "date_created_gmt": local(n.at, time.UTC), "note": n.text, "customer_note": n.mail}
}

func (s *Shop) listNotes(w http.ResponseWriter, _ *http.Request, o *order) {
	out := []any{}
	for _, n := range slices.Backward(o.notes) {
		out = append(out, noteJSON(n))
	}
	answer(w, http.StatusOK, out)
}

// postNote adds one, and mails it where the customer is to read it.
func (s *Shop) postNote(w http.ResponseWriter, r *http.Request, o *order) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	text, _ := body["note"].(string)
	if text == "" {
		fail(w, http.StatusBadRequest, "rest_missing_callback_param", "Missing parameter(s): note")
		return
	}
	n := &note{id: s.next(), at: s.now(), text: text, mail: body["customer_note"] == true}
	o.notes = append(o.notes, n)
	if n.mail {
		s.mails++
	}
	answer(w, http.StatusCreated, noteJSON(n))
}

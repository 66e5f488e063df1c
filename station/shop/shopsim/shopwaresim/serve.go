package shopwaresim

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

func (s *Sim) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return
	}
	s.mu.Lock()
	status, out := s.answer(r, body)
	s.mu.Unlock()
	w.Header().Set("Date", s.o.Clock().UTC().Format(http.TimeFormat))
	if status == http.StatusNoContent {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(out) // whoever asked may have gone
}

func fail(status int, code, detail string) (int, any) {
	return status, map[string]any{"errors": []any{map[string]any{"status": fmt.Sprint(status), "code": code, "title": http.StatusText(status), "detail": detail}}}
}

func (s *Sim) answer(r *http.Request, body []byte) (int, any) {
	path, ok := strings.CutPrefix(r.URL.Path, "/api/")
	if !ok {
		return fail(404, "0", "No route found")
	}
	if r.Method == http.MethodPost && path == "oauth/token" {
		return s.grant(body)
	}
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if until, known := s.tokens[token]; !known || !s.o.Clock().Before(until) {
		return fail(401, "9", "The resource owner or authorization server denied the request.")
	}
	parts := strings.Split(path, "/")
	switch {
	case r.Method == http.MethodPost && path == "search/order":
		if s.forbidden["order:read"] {
			return missing("order:read")
		}
		return s.search(body)
	case r.Method == http.MethodPatch && len(parts) == 2 && parts[0] == "order-delivery":
		if s.forbidden["order_delivery:update"] {
			return missing("order_delivery:update")
		}
		return s.patch(parts[1], body)
	case r.Method == http.MethodPost && len(parts) == 5 && parts[0] == "_action" && parts[1] == "order_delivery" && parts[3] == "state":
		if s.forbidden["order_delivery:update"] {
			return missing("order_delivery:update")
		}
		return s.transit(parts[2], parts[4], body)
	}
	return fail(404, "0", "No route found")
}

func missing(right string) (int, any) {
	return fail(403, "FRAMEWORK__MISSING_PRIVILEGE_ERROR", `{"message":"Missing privilege","missingPrivileges":["`+right+`"]}`)
}

func (s *Sim) grant(body []byte) (int, any) {
	var in struct {
		Type   string `json:"grant_type"`
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if json.Unmarshal(body, &in) != nil || in.Type != "client_credentials" {
		return fail(400, "2", "The authorization grant type is not supported by the authorization server.")
	}
	if in.ID != key || in.Secret != secret {
		return fail(401, "4", "Client authentication failed")
	}
	token := fmt.Sprintf("token-%d", len(s.tokens)+1)
	s.tokens[token] = s.o.Clock().Add(life)
	return 200, map[string]any{"token_type": "Bearer", "expires_in": int(life.Seconds()), "access_token": token}
}

func (s *Sim) deliveryOf(id string) *order {
	for _, o := range s.orders {
		if o.deliveryID == id {
			return o
		}
	}
	return nil
}

// patch replaces the tracking codes, in whatever state the delivery is.
func (s *Sim) patch(id string, body []byte) (int, any) {
	var in struct {
		Codes *[]string `json:"trackingCodes"`
	}
	if json.Unmarshal(body, &in) != nil {
		return fail(400, "0", "The request body cannot be read")
	}
	o := s.deliveryOf(id)
	if o == nil {
		return fail(404, "FRAMEWORK__RESOURCE_NOT_FOUND", "The order_delivery resource with the following primary key was not found: id("+id+")")
	}
	if in.Codes != nil {
		o.codes, o.deliveryUpdated = *in.Codes, s.o.Clock()
		s.changed(o)
	}
	return http.StatusNoContent, nil
}

// ways are those of the delivery's state machine.
var ways = map[string]map[string]string{
	"open":              {"ship": "shipped", "ship_partially": "shipped_partially", "cancel": "cancelled"},
	"shipped_partially": {"ship": "shipped", "retour": "returned", "retour_partially": "returned_partially", "cancel": "cancelled"},
	"shipped":           {"retour": "returned", "retour_partially": "returned_partially", "cancel": "cancelled"},
	"cancelled":         {"reopen": "open"},
}

func (s *Sim) transit(id, way string, body []byte) (int, any) {
	in := struct {
		Mail *bool `json:"sendMail"`
	}{}
	if len(body) > 0 && json.Unmarshal(body, &in) != nil {
		return fail(400, "0", "The request body cannot be read")
	}
	o := s.deliveryOf(id)
	if o == nil {
		return fail(400, "SYSTEM__STATE_MACHINE_INVALID_ENTITY_ID", "Unable to read entity \"order_delivery\" with id \""+id+"\".")
	}
	next, ok := ways[o.delivery][way]
	if !ok {
		return fail(400, "SYSTEM__ILLEGAL_STATE_TRANSITION", fmt.Sprintf("Illegal transition %q from state %q. Possible transitions are: …", way, o.delivery))
	}
	now := s.o.Clock()
	if next == "shipped" {
		o.leave(now)
	}
	o.delivery, o.deliveryUpdated = next, now
	if in.Mail == nil || *in.Mail { // a mail goes unless it is said not to
		s.mails++
	}
	s.changed(o)
	return 200, map[string]any{"id": s.newID(), "technicalName": next}
}

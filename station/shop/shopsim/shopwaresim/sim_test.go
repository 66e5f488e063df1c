package shopwaresim_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shopwaresim"
)

// The state machine refuses what is no way, mails unless it is told not to, and the
// codes are replaced as a whole, in any state.
func TestTheDeliveryGoesItsWays(t *testing.T) {
	sim := shopwaresim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	token := ""
	call := func(method, path, body string) (int, map[string]any) {
		t.Helper()
		r, err := http.NewRequest(method, srv.URL+"/api/"+path, bytes.NewBufferString(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var out map[string]any
		_ = json.NewDecoder(resp.Body).Decode(&out)
		return resp.StatusCode, out
	}
	key, secret, _ := strings.Cut(sim.Secret(), "\n")
	if status, _ := call("POST", "search/order", `{"page":1,"limit":1}`); status != 401 {
		t.Errorf("without a token: %d", status)
	}
	_, granted := call("POST", "oauth/token", `{"grant_type":"client_credentials","client_id":"`+key+`","client_secret":"`+secret+`"}`)
	token, _ = granted["access_token"].(string)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	_, found := call("POST", "search/order", `{"page":1,"limit":1,"total-count-mode":1,"associations":{"deliveries":{}},"filter":[{"type":"equals","field":"id","value":"`+id+`"}]}`)
	order := found["data"].([]any)[0].(map[string]any)
	if order["updatedAt"] != nil || order["stateMachineState"] != nil {
		t.Errorf("not changed yet, no state was asked for: %v, %v", order["updatedAt"], order["stateMachineState"])
	}
	delivery := order["deliveries"].([]any)[0].(map[string]any)["id"].(string)
	for _, step := range []struct {
		method, path, body string
		status             int
		mails, parcels     int
	}{
		{"PATCH", "order-delivery/" + delivery, `{"trackingCodes":["A","B"]}`, 204, 0, 0},
		{"POST", "_action/order_delivery/" + delivery + "/state/reopen", `{}`, 400, 0, 0},
		{"POST", "_action/order_delivery/" + delivery + "/state/ship_partially", `{"sendMail":false}`, 200, 0, 0},
		{"POST", "_action/order_delivery/" + delivery + "/state/ship", `{}`, 200, 1, 2},
		{"POST", "_action/order_delivery/" + delivery + "/state/ship", `{}`, 400, 1, 2},
		{"PATCH", "order-delivery/" + delivery, `{"trackingCodes":["C"]}`, 204, 1, 1},
	} {
		status, out := call(step.method, step.path, step.body)
		if status != step.status || sim.Mails() != step.mails || len(sim.Parcels(id)) != step.parcels {
			t.Errorf("%s %s %s: %d %v, %d mails, parcels %v", step.method, step.path, step.body, status, out, sim.Mails(), sim.Parcels(id))
		}
	}
}

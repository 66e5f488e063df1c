package shopify_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopify"
)

// post asks the simulated shop something that the client does not.
func post(t *testing.T, r *rig, query string, vars map[string]any) string {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"query": query, "variables": vars})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+"/admin/api/"+shopify.Version+"/graphql.json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Shopify-Access-Token", r.Secret())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	if strings.Contains(string(data), `"errors"`) {
		t.Fatalf("%s", data)
	}
	return string(data)
}

func find(t *testing.T, text, prefix string) string {
	t.Helper()
	id := regexp.MustCompile(regexp.QuoteMeta(prefix) + `\d+`).FindString(text)
	if id == "" {
		t.Fatalf("no %s in %s", prefix, text)
	}
	return id
}

// replay is a client of answers in the form of recorded ones, in their turn.
func replay(t *testing.T, name string) (*shopify.Shop, *[]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var answers []json.RawMessage
	if err := json.Unmarshal(data, &answers); err != nil {
		t.Fatal(err)
	}
	var asked []string
	s, err := shopify.New(shop.Options{
		ID: "main", URL: "example", Secret: "shpat_hidden", Set: map[string]string{"location": "106318430514"},
		Do: doer(func(r *http.Request) (*http.Response, error) {
			body, _ := io.ReadAll(r.Body)
			asked = append(asked, string(body))
			if len(answers) == 0 {
				t.Fatalf("one question more than answers: %s", body)
			}
			a := answers[0]
			answers = answers[1:]
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(a))}, nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if len(answers) > 0 {
			t.Errorf("%s: %d answers were not asked for", name, len(answers))
		}
	})
	return s, &asked
}

func TestRecordedOrders(t *testing.T) {
	for name, want := range map[string]struct {
		status station.OrderStatus
		reason string
		units  []int
		sent   int
	}{
		"order-edited":           {station.OrderOpen, "", []int{1, 2}, 0},
		"order-held-in-part":     {station.OrderOpen, "", []int{1}, 0},
		"order-moved-in-part":    {station.OrderOpen, "", []int{1}, 0},
		"order-taken-back":       {station.OrderOpen, "", []int{1}, 0},
		"order-cancelled-closed": {station.OrderCancelled, "The customer cancelled it", nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := replay(t, name)
			o, err := s.Fresh(t.Context(), "8837930516786")
			if err != nil {
				t.Fatal(err)
			}
			r := &rig{T: t}
			r.want(o, want.status, want.reason, want.units...)
			if len(o.Sent) != want.sent || o.To.Name != "Ada Example" || o.To.Postcode != "M5H 2M9" || o.To.Region != "ON" || o.To.Country != "CA" {
				t.Errorf("sent %v, to %+v", o.Sent, o.To)
			}
		})
	}
}

func TestRecordedAnswersToAShipment(t *testing.T) {
	p := shop.Shipment{
		Key: "p", Order: "8837930516786", Tracking: "TRACK-1", Name: "Example Carrier", Link: "https://example.com/track/1",
		Lines: []shop.Units{{Line: "19495020790066", SKU: "CUP", Qty: 1}},
	}
	kind := func(err error) string {
		for name, is := range map[string]bool{
			"": err == nil, "changed": errors.As(err, new(*shop.Changed)), "refused": errors.As(err, new(*shop.Refused)),
			"denied": errors.As(err, new(*shop.Denied)), "throttled": errors.As(err, new(*shop.Throttled)), "away": errors.As(err, new(*shop.Away)),
		} {
			if is {
				return name
			}
		}
		return "unknown"
	}
	for name, want := range map[string]struct{ id, kind string }{
		"ship-taken":              {"8036708286770", ""},
		"ship-two-parts":          {"8123962229042", ""},
		"ship-beside-denied":      {"8036708286770", ""}, // an error stands beside the data: it was done
		"ship-closed-ours":        {"8036708254002", ""}, // an answer was lost before
		"ship-closed-others":      {"", "changed"},
		"ship-closed-unseen":      {"", "unknown"}, // and it cannot be asked whose it is
		"ship-too-many":           {"", "changed"},
		"ship-no-such-part":       {"", "changed"},
		"ship-other":              {"", "refused"},
		"ship-internal":           {"", "unknown"},
		"ship-internal-null-root": {"", "unknown"},
		"ship-nothing":            {"", "unknown"},
		"ship-denied":             {"", "denied"},
		"ship-throttled":          {"", "throttled"},
	} {
		t.Run(name, func(t *testing.T) {
			s, asked := replay(t, name)
			id, err := s.Ship(t.Context(), p)
			if id != want.id || kind(err) != want.kind {
				t.Errorf("%q, %v (%T), want %q, %s", id, err, err, want.id, want.kind)
			}
			if wait := new(shop.Throttled); errors.As(err, &wait) && wait.Wait != 840*time.Millisecond {
				t.Errorf("pause of %s, want (202-118)/100 s", wait.Wait)
			}
			if len(*asked) > 1 && !strings.Contains((*asked)[1], `"fulfillmentOrderLineItems":[{"id":"gid://shopify/FulfillmentOrderLineItem/`) {
				t.Errorf("the lines are not named: %s", (*asked)[1])
			}
		})
	}
}

// The same is read of a question, of which nothing can have been done.
func TestRecordedFaultsOfAQuestion(t *testing.T) {
	for _, name := range []string{"question-internal", "question-throttled", "question-denied", "question-denied-in-part", "question-html"} {
		s, _ := replay(t, name)
		if _, err := s.Fresh(t.Context(), "8837930516786"); err == nil || !shop.NotDone(err) {
			t.Errorf("%s: %v (%T)", name, err, err)
		}
	}
}

func TestRecordedAnswersToACorrection(t *testing.T) {
	for name, done := range map[string]bool{"stock-taken": true, "stock-stale": false, "stock-mismatch": false, "stock-no-directive": false, "stock-unknown-item": false} {
		s, _ := replay(t, name)
		err := s.Correct(t.Context(), shop.Correction{Key: "k", SKU: "CUP", Delta: 2, Seen: 5, Reason: "counted"})
		if (err == nil) != done || err != nil && !shop.NotDone(err) {
			t.Errorf("%s: %v (%T)", name, err, err)
		}
		if name == "stock-stale" && !errors.As(err, new(*shop.Changed)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

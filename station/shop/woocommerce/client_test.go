package woocommerce_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/shop/woocommerce"
	"packbench/station/web"
)

// bench is a simulated shop and its client.
type bench struct {
	*testing.T
	sim *woosim.Shop
	url string
	do  *http.Client
	now time.Time
	set map[string]string
}

func start(t *testing.T, opt woosim.Options, tls bool) *bench {
	t.Helper()
	b := &bench{T: t, now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC), do: web.NewHTTP(), set: map[string]string{}}
	opt.Clock = func() time.Time { return b.now }
	b.sim = woosim.New(opt)
	srv := httptest.NewUnstartedServer(b.sim)
	if tls {
		srv.StartTLS()
		b.do.Transport = srv.Client().Transport
	} else {
		srv.Start()
	}
	t.Cleanup(srv.Close)
	b.url = srv.URL
	return b
}

func (b *bench) client() *woocommerce.Shop { return b.by(b.do) }

func (b *bench) by(do shop.Doer) *woocommerce.Shop {
	b.Helper()
	s, err := woocommerce.New(shop.Options{ID: "woo", URL: b.url, Secret: b.sim.Secret(), Set: b.set, Do: do, Clock: func() time.Time { return b.now }})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func (b *bench) place(qty ...int) string {
	o := shopsim.Order{To: shopsim.Address{Name: "Ada Example", Street: "Musterweg 5", City: "Bonn", Postcode: "53111", Country: "DE"}}
	for i, n := range qty {
		o.Lines = append(o.Lines, shopsim.Line{SKU: fmt.Sprintf("CUP-%d", i+1), Name: "Cup", Qty: n, Minor: 1250})
	}
	return b.sim.Place(o)
}

func (b *bench) fresh(s shop.Orders, id string) shop.Order {
	b.Helper()
	o, err := s.Fresh(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return o
}

func parcelOf(o shop.Order, tracking string) shop.Shipment {
	p := shop.Shipment{Key: o.Number + "-1", Order: o.Own, Number: o.Number, Tracking: tracking, Name: "DHL", Link: "https://example.com/t/" + tracking, Notify: true}
	for _, l := range o.Lines {
		if l.Kind == station.Goods {
			p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
		}
	}
	return p
}

// pull reads all that changed.
func (b *bench) pull(s shop.Orders, since shop.Cursor, between func(page int)) (map[string]shop.Order, shop.Cursor) {
	b.Helper()
	out := map[string]shop.Order{}
	for page := 1; page < 100; page++ {
		p, err := s.Changed(b.Context(), since)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range p.Orders {
			out[o.Own] = o
		}
		if since = p.Next; !p.More {
			return out, since
		}
		if between != nil {
			between(page)
		}
	}
	b.Fatal("the list has no end")
	return nil, ""
}

// tampered lets a test change an answer, or do something before it is given on.
type tampered struct {
	by http.RoundTripper
	do func(*http.Request, *http.Response) *http.Response
}

func (c tampered) Do(r *http.Request) (*http.Response, error) {
	resp, err := c.by.RoundTrip(r)
	if err == nil {
		resp = c.do(r, resp)
	}
	return resp, err
}

// before lets a test do something before a request goes out.
type before struct {
	by http.RoundTripper
	do func(*http.Request)
}

func (c before) Do(r *http.Request) (*http.Response, error) {
	c.do(r)
	return c.by.RoundTrip(r)
}

func answer(status int, kind, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(bytes.NewBufferString(body))}
}

// The secret proves itself over http without being sent; over https it is a password.
func TestTheSecretIsNotSentInTheClear(t *testing.T) {
	for _, tls := range []bool{false, true} {
		b := start(t, woosim.Options{}, tls)
		id := b.place(1)
		_, secret, _ := strings.Cut(b.sim.Secret(), ":")
		var turn sync.Mutex // several requests go at a time
		sent := ""
		b.fresh(b.by(tampered{transport(b.do), func(r *http.Request, a *http.Response) *http.Response {
			_, password, _ := r.BasicAuth()
			turn.Lock()
			defer turn.Unlock()
			sent += r.URL.String() + " " + password
			return a
		}}), id)
		if strings.Contains(sent, secret) != tls {
			t.Errorf("https %v: the secret was sent: %v", tls, !tls)
		}
	}
}

func transport(c *http.Client) http.RoundTripper {
	if c.Transport != nil {
		return c.Transport
	}
	return http.DefaultTransport
}

// A host that takes the header with the key away gets it in the address, and the
// owner is told.
func TestAHostThatStripsTheHeader(t *testing.T) {
	b := start(t, woosim.Options{Strip: true, Ways: []woosim.Way{woosim.Fulfillments}}, true)
	id := b.place(1)
	s := b.client()
	if _, err := s.Ship(t.Context(), parcelOf(b.fresh(s, id), "T-1")); err != nil {
		t.Fatal(err)
	}
	checks, err := b.client().Test(t.Context())
	said := ""
	for _, c := range checks {
		said += c.Say + "\n"
		if !c.OK {
			t.Errorf("%+v", c)
		}
	}
	if err != nil || !strings.Contains(said, "ask the host") {
		t.Errorf("%v: the test says %q", err, said)
	}
	b.set["auth"] = "header"
	if _, err := b.client().Fresh(t.Context(), id); !errors.As(err, new(*shop.Denied)) {
		t.Errorf("the key must not go into the address: %v", err)
	}
}

// What an owner reads when something is not as it should be; and nothing is changed.
func TestTheTestSaysWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		name      string
		opt       woosim.Options
		secret    string
		late      time.Duration
		what, fix string
	}{
		{"a key that may only read", woosim.Options{ReadOnly: true}, "", 0, "change orders", "Read/Write"},
		{"plain permalinks", woosim.Options{Plain: true}, "", 0, "reach the shop", "Permalinks"},
		{"a wrong key", woosim.Options{}, "ck_wrong:cs_wrong", 0, "read orders", "new key"},
		{"a clock that is late", woosim.Options{}, "", -20 * time.Minute, "the clocks", "clock"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, c.opt, false)
			id := b.place(2)
			secret := b.sim.Secret()
			if c.secret != "" {
				secret = c.secret
			}
			s, err := woocommerce.New(shop.Options{URL: b.url, Secret: secret, Do: b.do, Clock: func() time.Time { return b.now.Add(c.late) }})
			if err != nil {
				t.Fatal(err)
			}
			checks, err := s.Test(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, got := range checks {
				if !got.OK && got.What == c.what {
					found = strings.Contains(got.Fix, c.fix)
				}
				if strings.Contains(got.Say+got.Fix, "cs_") && !strings.Contains(got.Fix, "new key") {
					t.Errorf("a check tells the key: %+v", got)
				}
			}
			if !found {
				t.Errorf("no check %q that says to fix it by %q: %+v", c.what, c.fix, checks)
			}
			if len(b.sim.Parcels(id)) != 0 || b.sim.Mails() != 0 || b.sim.Stock("CUP-1") != 998 {
				t.Error("the test changed something")
			}
		})
	}
}

// The way of telling shipments is named before anybody relies on it.
func TestTheTestNamesTheWay(t *testing.T) {
	for want, ways := range map[string][]woosim.Way{
		"as fulfilments":                {woosim.Fulfillments, woosim.Tracking},
		"plug-in Shipment Tracking":     {woosim.Tracking, woosim.Advanced},
		"Advanced Shipment Tracking":    {woosim.Advanced},
		"a note to the buyer, because ": nil,
	} {
		b := start(t, woosim.Options{Ways: ways}, false)
		b.place(1)
		checks, err := b.client().Test(t.Context())
		said := false
		for _, c := range checks {
			said = said || c.What == "tell shipments" && strings.Contains(c.Say, want)
		}
		if err != nil || !said {
			t.Errorf("%v, %v: no check says %q: %+v", ways, err, want, checks)
		}
	}
}

// An order that is deleted while pages are read shifts all that come after it: none of
// them may be missed. It is in no list of live orders; it comes as cancelled.
func TestPagesThatShiftLoseNothing(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	var ids []string
	for range 350 {
		ids = append(ids, b.place(1))
	}
	s := b.client()
	got, since := b.pull(s, "", func(page int) {
		if page == 1 {
			for _, id := range ids[:70] {
				b.sim.Trash(id)
			}
		}
		if page == 3 {
			b.place(2)
		}
	})
	for i, id := range ids {
		if _, ok := got[id]; !ok {
			t.Errorf("order %d of %d did not come", i+1, len(ids))
		}
	}
	b.now = b.now.Add(time.Minute)
	got, _ = b.pull(s, since, nil)
	for _, id := range ids[:70] {
		if got[id].Status != station.OrderCancelled {
			t.Fatalf("a deleted order came as %q", got[id].Status)
		}
	}
	if o := b.fresh(s, ids[0]); o.Status != station.OrderCancelled {
		t.Errorf("a deleted order is %q", o.Status)
	}
}

// A host may give shorter pages than it is asked for.
func TestShortPagesAreReadToTheEnd(t *testing.T) {
	b := start(t, woosim.Options{PerPage: 7}, false)
	for range 45 {
		b.place(1)
	}
	if got, _ := b.pull(b.client(), "", nil); len(got) != 45 {
		t.Errorf("%d orders came, want 45", len(got))
	}
}

// A cursor that is not one begins again, because that loses nothing.
func TestABrokenCursorBeginsAgain(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	b.place(1)
	for _, c := range []shop.Cursor{"nonsense", `{"at":-4}`, `{"at":900,"last":5}`, `[]`} {
		if got, _ := b.pull(b.client(), c, nil); len(got) != 1 {
			t.Errorf("%s: %d orders came", c, len(got))
		}
	}
}

// Plug-ins renumber: two orders of one number are two.
func TestTheNumberIsNotTheIdentity(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	var ids []string
	for i := range 2 {
		ids = append(ids, b.sim.Place(shopsim.Order{Number: "SO-7", Lines: []shopsim.Line{{SKU: "CUP-1", Name: "Cup", Qty: i + 1, Minor: 100}}}))
	}
	got, _ := b.pull(b.client(), "", nil)
	for i, id := range ids {
		if o := got[id]; o.Number != "SO-7" || o.Own != id || len(o.Lines) != 1 || o.Lines[0].Qty != i+1 {
			t.Errorf("order %s: %+v", id, o.Order)
		}
	}
}

// A call that is cut short after the parcel was told leaves the order to be completed;
// whoever asks completes it, and the buyer reads of it once.
func TestAnOrderIsCompletedAfterAllAndOnce(t *testing.T) {
	for _, ways := range [][]woosim.Way{{woosim.Fulfillments}, {woosim.Tracking}, {woosim.Advanced}, nil} {
		for _, fault := range shopsim.AllFaults {
			b := start(t, woosim.Options{Ways: ways}, false)
			id := b.place(2)
			s := b.client()
			o := b.fresh(s, id)
			puts, last := 0, 1
			if len(ways) == 0 || ways[0] != woosim.Fulfillments {
				last = 2 // the first keeps the units
			}
			s = b.by(before{http.DefaultTransport, func(r *http.Request) {
				if r.Method == http.MethodPut {
					if puts++; puts == last {
						b.sim.Faults().Next("PUT", fault)
					}
				}
			}})
			_, err := s.Ship(t.Context(), parcelOf(o, "T-1"))
			if err != nil && shop.NotDone(err) && len(b.sim.Parcels(id)) == 1 {
				t.Errorf("%v, %s: the parcel is told, but the error says that nothing was done: %v", ways, fault, err)
			}
			if list, err := b.client().Shipped(t.Context(), id); err != nil || len(list) != 1 || list[0].Tracking != "T-1" {
				t.Errorf("%v, %s: shipped %v, %v", ways, fault, list, err)
			}
			if o := b.fresh(b.client(), id); o.Status != station.OrderDone || b.sim.Completed() != 1 || len(b.sim.Parcels(id)) != 1 {
				t.Errorf("%v, %s: %s, %d mails of completion, %v", ways, fault, o.Status, b.sim.Completed(), b.sim.Parcels(id))
			}
		}
	}
}

// A plug-in that fails after the entry was made answers with 400 too: the shop is asked
// before anybody believes that nothing was done.
func TestANoIsNotAlwaysANo(t *testing.T) {
	for _, kept := range []bool{true, false} {
		b := start(t, woosim.Options{Ways: []woosim.Way{woosim.Fulfillments}}, false)
		id := b.place(1)
		o := b.fresh(b.client(), id)
		s := b.by(tampered{refuse{kept, http.DefaultTransport}, func(_ *http.Request, a *http.Response) *http.Response { return a }})
		got, err := s.Ship(t.Context(), parcelOf(o, "T-1"))
		if kept && (err != nil || got == "" || len(b.sim.Parcels(id)) != 1) {
			t.Errorf("made all the same: %q, %v, %v", got, err, b.sim.Parcels(id))
		}
		if !kept && (!errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "the mail failed")) {
			t.Errorf("not made: %v (%T)", err, err)
		}
	}
}

// refuse answers each POST with 400, after it or instead of it.
type refuse struct {
	after bool
	by    http.RoundTripper
}

func (f refuse) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost {
		return f.by.RoundTrip(r)
	}
	if f.after {
		if resp, err := f.by.RoundTrip(r); err == nil {
			resp.Body.Close()
		}
	}
	return answer(http.StatusBadRequest, "application/json", `{"code":0,"message":"the mail failed","data":{"status":400}}`), nil
}

// Taking a note back is impossible, and the words say what to do instead.
func TestANoteCannotBeTakenBack(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	id := b.place(1)
	s := b.client()
	p := parcelOf(b.fresh(s, id), "T-1")
	if _, err := s.Ship(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if err := s.Unship(t.Context(), p); s.Can().Unship || !errors.As(err, new(*shop.Refused)) {
		t.Errorf("%v, %v", s.Can().Unship, err)
	}
}

// The same parcel told again makes no second entry and no second mail, whichever way
// and whatever is left of the order.
func TestAParcelToldTwiceIsOne(t *testing.T) {
	for _, ways := range [][]woosim.Way{{woosim.Fulfillments}, {woosim.Tracking}, {woosim.Advanced}, nil} {
		b := start(t, woosim.Options{Ways: ways}, false)
		id := b.place(5)
		p := parcelOf(b.fresh(b.client(), id), "T 1")
		p.Lines[0].Qty, p.Part = 2, true
		first, err := b.client().Ship(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		mails := b.sim.Mails()
		again, err := b.client().Ship(t.Context(), p)
		if err != nil || again != first || len(b.sim.Parcels(id)) != 1 || b.sim.Mails() != mails {
			t.Errorf("%v: %q then %q, %v; the shop has %v", ways, first, again, err, b.sim.Parcels(id))
		}
		if o := b.fresh(b.client(), id); o.Status != station.OrderOpen || len(o.Lines) != 1 || o.Lines[0].Qty != 3 {
			t.Errorf("%v: the order is %s with %v", ways, o.Status, o.Lines)
		}
	}
}

// A letter has no tracking number: the plug-ins do not take it, a note does.
func TestAParcelWithoutATrackingNumber(t *testing.T) {
	for _, ways := range [][]woosim.Way{{woosim.Fulfillments}, {woosim.Tracking}, nil} {
		b := start(t, woosim.Options{Ways: ways}, false)
		id := b.place(2)
		p := parcelOf(b.fresh(b.client(), id), "")
		p.Link = ""
		for range 2 {
			if _, err := b.client().Ship(t.Context(), p); err != nil {
				t.Errorf("%v: %v", ways, err)
			}
		}
		list, err := b.client().Shipped(t.Context(), id)
		if err != nil || len(list) != 1 || list[0].Key != p.Key || b.fresh(b.client(), id).Status != station.OrderDone {
			t.Errorf("%v: %+v, %v", ways, list, err)
		}
	}
}

// A round may take longer than lists overlap: what changes in an order that was read
// in its beginning comes in the next round.
func TestALongRoundLosesNoChange(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	var ids []string
	for range 250 {
		ids = append(ids, b.place(1))
	}
	s := b.client()
	_, since := b.pull(s, "", func(page int) {
		if page == 1 {
			b.now = b.now.Add(time.Minute)
			b.sim.Cancel(ids[0])
		}
		b.now = b.now.Add(time.Hour)
	})
	got, _ := b.pull(s, since, nil)
	if got[ids[0]].Status != station.OrderCancelled {
		t.Errorf("the order that was cancelled meanwhile came as %q", got[ids[0]].Status)
	}
}

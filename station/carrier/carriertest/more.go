package carriertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sort"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

// Open returns a client before a simulated account of its own, for what is peculiar to a
// kind, and what lets time pass.
func (k Kind) Open(t testing.TB) (client account.Account, sim carriersim.Backend, pass func(time.Duration)) {
	t.Helper()
	b := k.bench(t)
	return b.Account, b.sim, b.pass
}

// Buy asks for prices and buys the first service.
func Buy(t testing.TB, client account.Account, s account.Shipment) account.Purchase {
	t.Helper()
	q, err := client.Quote(t.Context(), s)
	if err != nil || len(q.Quotes) == 0 {
		t.Fatalf("no prices: %+v, %v", q, err)
	}
	p, err := client.Buy(t.Context(), s, q.Quotes[0], "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func asRefused(err error, to **account.Refused) bool { return errors.As(err, to) }

func (k Kind) void(t *testing.T) {
	b := k.bench(t)
	if !b.Can().Void {
		t.Skip("this kind of account takes nothing back")
	}
	s := b.parcel()
	_, p, err := b.attempt(t.Context(), s, b.quote(t, s))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time finds it given back
		if refund, err := b.Void(t.Context(), kept(t, p)); err != nil || refund == "" {
			t.Errorf("%q, %v", refund, err)
		}
	}
	if live := b.sim.Book().Live(); len(live) > 0 {
		t.Errorf("still there: %+v", live)
	}
	k.voidHeardHalf(t)
	if slices.Contains(k.No, carriersim.NoRefund) {
		return
	}
	s = b.parcel()
	if _, p, err = b.attempt(t.Context(), s, b.quote(t, s)); err != nil {
		t.Fatal(err)
	}
	b.sim.Book().Next(carriersim.NoRefund)
	var no *account.Refused
	if refund, err := b.Void(t.Context(), p); !asRefused(err, &no) || no.Say == "" {
		t.Errorf("the carrier keeps its money: %q, %v", refund, err)
	}
}

// voidHeardHalf gives a label back, loses the answer, and has whatever is asked next go
// wrong: that is never a refusal, which would leave the money there, and never a return
// that nobody confirmed.
func (k Kind) voidHeardHalf(t *testing.T) {
	for _, fault := range faults.All {
		b := k.bench(t)
		s := b.parcel()
		_, p, err := b.attempt(t.Context(), s, b.quote(t, s))
		if err != nil {
			t.Fatal(err)
		}
		for skip := range 3 { // the first request of a return, and those after it
			b.sim.Faults().Skip(skip, fault)
			refund, err := b.Void(t.Context(), kept(t, p))
			b.sim.Faults().Heal()
			var no *account.Refused
			if asRefused(err, &no) {
				t.Errorf("%s at request %d: refused: %v", fault, skip+1, err)
			}
			if live := b.sim.Book().Live(); err == nil && len(live) > 0 {
				t.Errorf("%s at request %d: %q, and it is still there", fault, skip+1, refund)
			}
		}
		if refund, err := b.Void(t.Context(), kept(t, p)); err != nil || refund == "" || len(b.sim.Book().Live()) > 0 {
			t.Errorf("after %s: %q, %v", fault, refund, err)
		}
	}
}

// kept is a purchase as it comes back out of the store.
func kept(t *testing.T, p account.Purchase) (out account.Purchase) {
	t.Helper()
	data, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// closeOut has an answer to the close of a day say nothing of it: no parcel is closed out
// by that, and nobody knows.
func (k Kind) closeOut(t *testing.T) {
	b := k.bench(t)
	closer, ok := b.Account.(account.Manifester)
	if !ok {
		return
	}
	s := b.parcel()
	_, p, err := b.attempt(t.Context(), s, b.quote(t, s))
	if err != nil {
		t.Fatal(err)
	}
	b.hollow.Store(true)
	m, err := closer.Manifest(t.Context(), p.Carrier, At, []account.Purchase{kept(t, p)})
	if err == nil && (m.ID == "" || !slices.Contains(m.Unknown, p.Tracking)) || err != nil && (m.ID != "" || account.NotDone(err)) {
		t.Errorf("an answer without a word of it: %+v, %v", m, err)
	}
}

// asking has questions go wrong: nothing is bought, and the error says so.
func (k Kind) asking(t *testing.T) {
	for _, fault := range faults.All {
		b := k.bench(t)
		b.sim.Faults().Next("", fault)
		q, err := b.Quote(t.Context(), b.parcel())
		if err == nil && len(q.Quotes) == 0 {
			t.Errorf("%s: no price, and no word why", fault)
		}
		if err != nil && !account.NotDone(err) && fault != faults.Page && fault != faults.PageAfter {
			t.Errorf("%s: asking for a price may have done something: %v", fault, err)
		}
	}
}

func (k Kind) settings(t *testing.T) {
	b := k.bench(t)
	checks, err := b.Test(t.Context())
	if err != nil || len(checks) == 0 {
		t.Fatalf("%+v, %v", checks, err)
	}
	for _, c := range checks {
		if !c.OK || c.What == "" || c.Say == "" {
			t.Errorf("%+v", c)
		}
	}
	services, err := b.Services(t.Context())
	if err != nil || len(services) == 0 {
		t.Errorf("services %+v, %v", services, err)
	}
	b.sim.Faults().Next("", faults.Expired, faults.Expired, faults.Expired, faults.Expired)
	checks, err = b.Test(t.Context())
	if err == nil && !slices.ContainsFunc(checks, func(c account.Check) bool { return !c.OK && c.Fix != "" }) {
		t.Errorf("a key that is not accepted: %+v", checks)
	}
	if len(b.sim.Book().Labels()) > 0 {
		t.Error("the test has bought something")
	}
}

// drifting changes one part of each JSON answer.
type drifting struct {
	doer interface {
		Do(*http.Request) (*http.Response, error)
	}
	mu   sync.Mutex
	rand *rand.Rand
}

func (d *drifting) Do(r *http.Request) (*http.Response, error) {
	resp, err := d.doer.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	d.mu.Lock() // a client may ask several at once
	defer d.mu.Unlock()
	var v any
	if json.Unmarshal(body, &v) == nil {
		if changed, err := json.Marshal(drift(v, d.rand)); err == nil {
			body = changed
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length")
	return resp, nil
}

// drift changes one value somewhere below v.
func drift(v any, r *rand.Rand) any {
	switch x := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		if sort.Strings(keys); len(keys) == 0 || r.IntN(6) == 0 {
			return other(v, r)
		}
		key := keys[r.IntN(len(keys))]
		if r.IntN(4) == 0 {
			delete(x, key)
		} else {
			x[key] = drift(x[key], r)
		}
		return x
	case []any:
		if len(x) == 0 || r.IntN(4) == 0 {
			return other(v, r)
		}
		i := r.IntN(len(x))
		x[i] = drift(x[i], r)
		return x
	}
	return other(v, r)
}

func other(v any, r *rand.Rand) any {
	return []any{nil, "", "a", -1, 0, 1e300, true, []any{}, map[string]any{}, []any{v}, map[string]any{"x": v}}[r.IntN(11)]
}

// drift changes the answers in one place: nothing breaks, and what is called bought has a
// number and a label.
func (k Kind) drift(t *testing.T) {
	b := k.bench(t)
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		d := &drifting{doer: asker, rand: r}
		client, err := k.New(account.Options{ID: "acct", URL: b.url, Secret: b.sim.Secret(), Set: b.sim.Set(), Do: d, Buy: d, Clock: func() time.Time { return At }, Zone: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		s := b.parcel()
		turn := &bench{Account: client, sim: b.sim, kind: k, now: b.now}
		q, err := client.Quote(t.Context(), s)
		if err != nil || len(q.Quotes) == 0 {
			continue
		}
		a, p, err := turn.attempt(t.Context(), s, q.Quotes[0])
		if err == nil && (p.Tracking == "" || len(p.Papers) == 0 || len(p.Papers[0].Data) == 0) {
			t.Errorf("seed %d: bought without a number or a label: %+v", seed, p)
		}
		_, _ = client.Recover(t.Context(), a)
		_, _ = client.Void(t.Context(), p)
		_, _ = client.Test(t.Context())
	}
}

// random buys parcels while the way there goes wrong by chance, as cmd/internal/carriers
// does it: an unknown outcome is asked after until it is known. In the end each parcel has
// exactly one live label, and it is the one that the client told of.
func (k Kind) random(t *testing.T) {
	b := k.bench(t)
	if !b.Can().Recover {
		t.Skip("this kind of account cannot tell what became of a purchase")
	}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 11))
		b.sim.Faults().Heal()
		s := b.parcel()
		s.Label.ZPL = b.Can().ZPL && seed%2 != 0
		q := b.quote(t, s)
		before := len(b.sim.Book().Live())
		b.sim.Faults().Random(r, 0.4, faults.All...)
		p := k.insist(t, b, s, q, r)
		b.sim.Faults().Heal()
		live := b.sim.Book().Live()
		if len(live) != before+1 || !slices.ContainsFunc(live, func(l carriersim.Label) bool { return l.Tracking == p.Tracking }) {
			t.Fatalf("seed %d: %d live labels more, bought %s", seed, len(live)-before, p.Tracking)
		}
	}
}

// insist tries until the parcel has a label.
func (k Kind) insist(t *testing.T, b *bench, s account.Shipment, q account.Quote, r *rand.Rand) account.Purchase {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	for range 400 {
		a, p, err := b.attempt(ctx, s, q)
		if err == nil {
			return p
		}
		if account.NotDone(err) {
			continue
		}
		for n := 0; ; n++ {
			b.pass(b.Can().Lag + time.Second)
			got, err := b.Recover(ctx, a)
			if err != nil || got.Found == account.Pending {
				if n == 400 {
					t.Fatalf("never recovered: %+v, %v", got, err)
				}
				continue
			}
			if got.Found == account.Nothing {
				break
			}
			if !b.Can().Label || got.Lost { // of no use: given back, and bought again
				if _, err := b.Void(ctx, got.Purchase); err != nil {
					continue
				}
				s = b.parcel()
				break
			}
			return got.Purchase
		}
	}
	t.Fatal("never bought")
	return account.Purchase{}
}

// standing are the refusals that nobody was asked for: what is in a parcel stays in it, a
// day passes.
func (k Kind) standing(t *testing.T) {
	for name, spoil := range map[string]func(*account.Shipment){
		"dangerous goods": func(s *account.Shipment) { s.Goods[0].Danger = station.LithiumBattery },
		"a far day":       func(s *account.Shipment) { s.Day = s.Day.AddDate(0, 1, 0) },
		"a sample":        func(s *account.Shipment) { s.Test = true },
		"another sender":  func(s *account.Shipment) { s.From.Country = "NZ" },
	} {
		b := k.bench(t)
		s := b.parcel()
		s.Goods = slices.Clone(s.Goods)
		spoil(&s)
		b.sim.Faults().Seen()
		_, err := b.Quote(t.Context(), s)
		var no *account.Refused
		if asked := len(b.sim.Faults().Seen()) > 0; asRefused(err, &no) && no.Stands != (name == "dangerous goods" && !asked) {
			t.Errorf("%s: %+v, asked %v", name, no, asked)
		}
	}
}

package shopify_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopify"
	"packbench/station/shop/shopsim"
)

// pulled is a first pull to its end, with what happens before each page; how often each
// order came, and as what it came last.
func (r *rig) pulled(s func() shop.Orders, before func(page int)) (times map[string]int, last map[string]shop.Order, asked int) {
	r.Helper()
	times, last = map[string]int{}, map[string]shop.Order{}
	r.Faults().Seen()
	var since shop.Cursor
	for page := 0; ; {
		before(page)
		got, err := s().Changed(r.Context(), since)
		if r.paused(err) {
			continue
		}
		if err != nil {
			r.Fatal(err)
		}
		for _, o := range got.Orders {
			times[o.Own]++
			last[o.Own] = o
		}
		page++
		if since = got.Next; !got.More {
			return times, last, len(r.Faults().Seen())
		}
		r.pass(time.Second)
	}
}

// complete holds what came against what is.
func (r *rig) complete(ids []string, last map[string]shop.Order) {
	r.Helper()
	s := r.open()
	for i, id := range ids {
		got, came := last[id]
		if !came {
			r.Errorf("order %d of %d did not come", i+1, len(ids))
			continue
		}
		if i%17 > 0 {
			continue
		}
		want := r.fresh(s, id)
		if fmt.Sprint(got.Lines, got.To, got.Status, got.Service, got.Sent) != fmt.Sprint(want.Lines, want.To, want.Status, want.Service, want.Sent) {
			r.Errorf("order %d came as %+v, it is %+v", i+1, got, want)
		}
	}
}

// A long first pull comes out of a file, which is quicker; pages go on until it is there.
func TestALongFirstPullIsAFile(t *testing.T) {
	r := start(t, 0)
	var ids []string
	for i := range 700 {
		ids = append(ids, r.place(1+i%3, 2))
	}
	long := make([]int, 300) // its lines are many pages of a list
	for i := range long {
		long[i] = 1
	}
	ids = append(ids, r.place(long...))
	s := r.open()
	parted, o := ids[600], r.fresh(s, ids[600])
	if _, err := r.ship(s, o, "T-1", 1); err != nil {
		t.Fatal(err)
	}
	r.Hold(ids[601], "Address")
	r.pass(time.Hour)
	times, last, asked := r.pulled(func() shop.Orders { return s }, func(int) {})
	for id, n := range times {
		if n != 1 {
			t.Errorf("order %s came %d times", id, n)
		}
	}
	r.complete(ids, last)
	if got := last[parted]; len(got.Sent) != 1 || got.Sent[0].Tracking != "T-1" {
		t.Errorf("what has left of an order in the file is %+v", got.Sent)
	}
	if last[ids[601]].Status != station.OrderHeld {
		t.Errorf("an order on hold came as %s", last[ids[601]].Status)
	}
	if r.Bulks() != 1 || asked > 110 {
		t.Errorf("%d files were begun, %d questions asked", r.Bulks(), asked)
	}
	t.Logf("%d orders by %d questions", len(times), asked)
}

// Whatever becomes of the file, every order comes by pages.
func TestAFileThatCannotBeHad(t *testing.T) {
	for what, do := range map[string]func(r *rig, page int){
		"it fails":       func(r *rig, _ int) { r.BulkEnds("FAILED") },
		"it never ends":  func(r *rig, _ int) { r.BulkEnds("RUNNING") },
		"it has expired": func(r *rig, _ int) { r.ForgetBulks() },
		"none is begun":  func(r *rig, _ int) { r.Break("bulkOperationRunQuery") },
		"it is cut off":  func(r *rig, _ int) { r.Faults().Next("/bulk-operation-outputs/", shopsim.CutAfter) },
		"a web page":     func(r *rig, _ int) { r.Faults().Next("/bulk-operation-outputs/", shopsim.Page) },
	} {
		t.Run(what, func(t *testing.T) {
			r := start(t, 0)
			var ids []string
			for range 170 {
				ids = append(ids, r.place(1))
			}
			s := r.open()
			r.pass(time.Hour)
			_, last, _ := r.pulled(func() shop.Orders { return s }, func(page int) {
				if page >= 2 {
					do(r, page)
				}
			})
			r.complete(ids, last)
		})
	}
}

// A program that starts again in the middle goes on with the same file; what changes
// meanwhile comes after it.
func TestAFileAfterANewStart(t *testing.T) {
	r := start(t, 0)
	var ids []string
	for range 600 {
		ids = append(ids, r.place(1))
	}
	r.pass(time.Hour)
	began, client := -1, r.open()
	_, last, _ := r.pulled(func() shop.Orders { return client }, func(page int) {
		if page == began {
			return
		}
		if began = page; page%3 == 2 {
			client = r.open()
		}
		if page == 8 {
			r.Cancel(ids[0])
			ids = append(ids, r.place(2))
		}
	})
	next := ids[len(ids)-1]
	r.complete(ids[1:len(ids)-1], last)
	if r.Bulks() != 1 {
		t.Errorf("%d files were begun", r.Bulks())
	}
	s := r.open()
	got, _, _ := r.pull(s, shop.Cursor(fmt.Sprintf(`{"since":%q}`, r.clock().Add(-time.Hour).Format(time.RFC3339))))
	if got[ids[0]].Status != station.OrderCancelled || got[next].Status != station.OrderOpen {
		t.Error("what changed while the file was read did not come")
	}
}

// The key of the shop is for the shop: not for the store of files, nor for an address
// that is no store.
func TestTheKeyDoesNotGoToTheStore(t *testing.T) {
	r := start(t, 0)
	for range 120 {
		r.place(1)
	}
	r.pass(time.Hour)
	files := 0
	s := openBy(t, r, doer(func(q *http.Request) (*http.Response, error) {
		if strings.HasPrefix(q.URL.Path, "/bulk-operation-outputs/") {
			files++
			if q.Header.Get("X-Shopify-Access-Token") != "" {
				t.Error("the key was sent along")
			}
		}
		return http.DefaultTransport.RoundTrip(q)
	}))
	times, _, _ := r.pulled(func() shop.Orders { return s }, func(int) { r.pass(3 * time.Second) })
	if len(times) != 120 || files != 1 {
		t.Errorf("%d orders, %d files", len(times), files)
	}
}

func openBy(t *testing.T, r *rig, do shop.Doer) *shopify.Shop {
	t.Helper()
	s, err := shopify.New(shop.Options{ID: "main", URL: r.url, Secret: r.Secret(), Do: do, Clock: r.clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// queued puts orders of every kind: due by and by, at the same time and at no known
// one, held, cancelled, begun, parked, packed, short and claimed.
func queued(t *testing.T) *Store {
	t.Helper()
	ctx, s := t.Context(), fresh(t)
	order := func(id string, minutes int, status station.OrderStatus) station.Order {
		o := station.Order{ID: id, Number: id, Status: status, Reason: map[station.OrderStatus]string{station.OrderHeld: "ask Mr Sample for the flat"}[status]}
		o.Lines = []station.Line{{ID: "1", SKU: "MUG", Qty: 2}}
		if minutes != 0 {
			o.ShipBy = noon.Add(time.Duration(minutes) * time.Minute)
		}
		return o
	}
	orders := []station.Order{
		order("1009", 0, ""), order("1005", 60, ""), order("1004", 60, ""), order("1003", -10, ""), order("1002", 30, station.OrderHeld),
		order("1001", -90, ""), order("1010", 5, station.OrderCancelled), order("1011", 6, ""), order("1012", 7, ""), order("1013", 8, ""),
		order("1014", 9, ""), order("1015", 11, ""), order("1016", -11, station.OrderHeld),
	}
	must[[]Change](t)(s.PutOrders(ctx, orders))
	w := newWriter(t, s, "S2")
	w.write(pack.SignedInAs{Person: pack.Person{ID: "P2", Role: station.Packer}})
	take := func(id string, then ...pack.Fact) {
		t.Helper()
		w.write(append([]pack.Fact{pack.OrderTaken{Order: pack.OrderInfo{ID: id}, Parcel: id + "-1"}}, then...)...)
	}
	take("1011", pack.OrderParked{Order: "1011"})
	take("1012", pack.OrderClosed{Order: "1012"})
	take("1013", pack.OrderClosed{Order: "1013", Short: 1})
	take("1016", pack.OrderClosed{Order: "1016"})
	take("1014")
	must[string](t)(s.ClaimOrder(ctx, "1014", "S2", noon))
	must[string](t)(s.ClaimOrder(ctx, "1015", "S2", noon))
	must[string](t)(s.ClaimOrder(ctx, "1012", "S2", noon)) // its bench has not given it back yet
	must[string](t)(s.ClaimOrder(ctx, "1004", "S1", noon))
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

func ids(list []Queued) (out []string) {
	for _, q := range list {
		out = append(out, q.ID)
	}
	return out
}

// The queue shows what to pack next in the order in which a bench takes it, each order
// once, whatever the size of the page.
func TestTheQueueIsInTheOrderOfTheBench(t *testing.T) {
	ctx, s := t.Context(), queued(t)
	want := map[QueueKind][]string{
		QueueNext: {"1001", "1003", "1004", "1005", "1009"}, QueueLate: {"1001", "1003"}, QueueWaiting: {"1011", "1014", "1015"}, QueueHeld: {"1002"}, QueueShort: {"1013"},
	}
	var due []string
	for _, d := range must[[]Due](t)(s.DueOrders(ctx, "S1", 0)) {
		due = append(due, d.ID)
	}
	if !slices.Equal(due, want[QueueNext]) {
		t.Errorf("a bench would take %v", due)
	}
	counts := must[map[QueueKind]int](t)(s.CountQueue(ctx, QueueFilter{Station: "S1", Now: noon}))
	for kind, orders := range want {
		var got []string
		for skip := 0; skip < len(orders); skip += 2 {
			got = append(got, ids(must[[]Queued](t)(s.Queue(ctx, QueueFilter{Kind: kind, Station: "S1", Now: noon, Skip: skip, Limit: 2})))...)
		}
		if !slices.Equal(got, orders) || counts[kind] != len(orders) {
			t.Errorf("%s: %v, counted %d; want %v", kind, got, counts[kind], orders)
		}
	}
	waiting := must[[]Queued](t)(s.Queue(ctx, QueueFilter{Kind: QueueWaiting, Station: "S1", Now: noon}))
	if p := waiting[0].Progress; p.State != ProgressParked || p.Station != "S2" || p.Person != "P2" || waiting[2].Holder != "S2" {
		t.Errorf("where they wait: %+v", waiting)
	}
	held := must[[]Queued](t)(s.Queue(ctx, QueueFilter{Kind: QueueHeld, Station: "S1"}))
	if held[0].Reason != "ask Mr Sample for the flat" || held[0].Lines[0].Qty != 2 {
		t.Errorf("held: %+v", held[0])
	}
}

// Words are found in what people see of an order, and in nothing else of it.
func TestTheQueueIsSearched(t *testing.T) {
	ctx, s := t.Context(), fresh(t)
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{
		{ID: "1001", To: station.Address{Name: "Eva MÜLLER", City: "Graz", Country: "AT", Street: "Nebenweg 7", Phone: "0555 1003"}},
		{ID: "1002", To: station.Address{Name: "Max Sample", Company: "Müller & Sons", City: "Weißkirchen", Country: "AT"}},
		{ID: "1003", Status: station.OrderHeld, To: station.Address{Name: "Eva Sample", City: "Graz", Country: "AT"}},
	}))
	for text, want := range map[string]string{
		"müller": "2 of next, 0 held", "Müller graz": "1 of next, 0 held", "WEISSKIRCHEN": "1 of next, 0 held", "& sons": "1 of next, 0 held", "1003": "0 of next, 1 held", "eva": "1 of next, 1 held",
		"nebenweg": "0 of next, 0 held", "city": "0 of next, 0 held", `"`: "0 of next, 0 held", " ": "2 of next, 1 held", "%": "0 of next, 0 held",
	} {
		f := QueueFilter{Kind: QueueNext, Station: "S1", Now: noon, Text: text}
		n := must[map[QueueKind]int](t)(s.CountQueue(ctx, f))
		if got := fmt.Sprintf("%d of next, %d held", n[QueueNext], n[QueueHeld]); got != want || len(must[[]Queued](t)(s.Queue(ctx, f))) != n[QueueNext] {
			t.Errorf("%q: %s; want %s", text, got, want)
		}
	}
	must[sql.Result](t)(s.write.ExecContext(ctx, `UPDATE orders SET address = x''`)) // erased
	if n := must[map[QueueKind]int](t)(s.CountQueue(ctx, QueueFilter{Station: "S1", Text: "müller"})); n[QueueNext] != 0 {
		t.Errorf("an erased name is found: %v", n)
	}
}

// A page of 100,000 orders is read by its index, and sorted by nothing.
func TestTheQueueIsReadByItsIndex(t *testing.T) {
	ctx, s := context.Background(), fresh(t)
	for kind, index := range map[QueueKind]string{QueueNext: "orders_due", QueueLate: "orders_due", QueueHeld: "orders_held", QueueWaiting: "progress_begun", QueueShort: "progress_short"} {
		where, args := QueueFilter{Kind: kind, Station: "S1"}.where()
		plan := must[[]string](t)(list(ctx, s.read, "", func(scan func(...any) error) (step string, err error) {
			var none any
			return step, scan(&none, &none, &none, &step)
		}, `EXPLAIN QUERY PLAN SELECT o.id`+where+` ORDER BY o.ship_by, o.id`, args...))
		text := strings.Join(plan, "\n")
		if !strings.Contains(text, index) || strings.Contains(text, "SCAN o\n") || kind != QueueWaiting && kind != QueueShort && strings.Contains(text, "TEMP B-TREE FOR ORDER") {
			t.Errorf("%s:\n%s", kind, text)
		}
	}
}

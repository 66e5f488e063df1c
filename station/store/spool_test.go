package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/unit"
)

// spooled is an order with something in each field; n tells it from others.
func spooled(n int) station.Order {
	return station.Order{
		ID: fmt.Sprintf("SP-%03d", n), Status: station.OrderOpen, Placed: noon, ShipBy: noon.Add(time.Hour), Service: "post", Totes: []string{fmt.Sprint("T", n)},
		To:    station.Address{Name: `Ann "To":{"Name":"" Test`, Street: "Lane <1> \u2028 & 2", City: "Köln", Country: "DE"},
		Lines: []station.Line{{ID: "1", Kind: station.Goods, SKU: "TEA", Qty: 2}, {ID: "2", Kind: station.Goods, SKU: fmt.Sprint("CUP-", n%3), Qty: 1}, {ID: "3", Kind: station.Note, Text: `"To":{}`, Qty: 1}},
		Value: unit.Money{Minor: 1250, Currency: "EUR"}, Gift: n%2 == 0,
	}
}

// An order that goes through a spool is the one that goes into the tables at once, with
// the same sums: one that comes the other way next time is unchanged.
func TestASpooledOrderIsTheSame(t *testing.T) {
	orders := []station.Order{{ID: "bare"}, spooled(1), spooled(2)}
	for i, change := range []func(*station.Order){
		func(o *station.Order) { o.Version = 3 },
		func(o *station.Order) { o.Shop, o.Number, o.Own, o.ID = "web", "1001", "555", "web:555" },
		func(o *station.Order) { o.Status, o.Reason = station.OrderHeld, "unpaid" },
		func(o *station.Order) { o.Totes, o.Lines, o.To = nil, nil, station.Address{} },
	} {
		o := spooled(10 + i)
		change(&o)
		orders = append(orders, o)
	}
	one, other := fresh(t), fresh(t)
	kept := spool(t, one, orders...)
	if kept.Added != len(orders) || kept.Changed+kept.Unchanged+len(kept.Refused) != 0 {
		t.Fatalf("%+v", kept)
	}
	must[[]Change](t)(other.PutOrders(t.Context(), orders))
	for _, table := range []string{"orders", "order_skus", "order_totes", "tallies"} {
		if have, want := rowsOf(t, one, table), rowsOf(t, other, table); have != want {
			t.Errorf("%s:\n%s\nwant\n%s", table, have, want)
		}
	}
	for _, did := range must[[]Change](t)(one.PutOrders(t.Context(), orders)) {
		if did != Unchanged {
			t.Errorf("put at once, it is %s", did)
		}
	}
	if again := spool(t, other, orders...); again.Unchanged != len(orders) {
		t.Errorf("spooled again: %+v", again)
	}
	for _, s := range []*Store{one, other} {
		if altered, err := s.Altered(t.Context()); err != nil || altered != nil {
			t.Errorf("altered are %v, %v", altered, err)
		}
	}
}

func spool(t *testing.T, s *Store, orders ...station.Order) Kept {
	t.Helper()
	p := must[*Spool](t)(s.NewSpool(t.Context()))
	for _, o := range orders {
		if err := p.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	return must[Kept](t)(p.Keep(t.Context(), nil))
}

func rowsOf(t *testing.T, s *Store, table string) string {
	t.Helper()
	return strings.Join(dump(t, s)[table], "\n") + strings.Join(must[[]string](t)(list(t.Context(), s.read, "", text, `SELECT tote || order_id || sum FROM order_totes ORDER BY 1`)), "\n")
}

// What is known goes the way of all orders: a changed one gets a version, one that
// cannot stand beside the others is refused, and the rest of its file is kept.
func TestASpoolMeetsWhatIsKnown(t *testing.T) {
	ctx, s := t.Context(), fresh(t)
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{spooled(1), spooled(2), {ID: "web:9", Shop: "web", Number: "9", Own: "9"}}))
	changed := spooled(1)
	changed.Lines = changed.Lines[:1]
	twice := spooled(8)
	twice.Shop, twice.ID, twice.Number, twice.Own = "web", "web:7", "SP-007", "7" // another shop's order with the number of the one before it
	kept := spool(t, s, changed, spooled(2), spooled(3), spooled(3), spooled(7), twice, station.Order{ID: "web:9", Number: "10", Own: "10", Shop: "x"})
	if kept.Added != 3 || kept.Changed != 1 || kept.Unchanged != 2 || len(kept.Refused) != 1 || !strings.Contains(kept.Refused[0].Why, "its id is that of order 9") {
		t.Errorf("%+v", kept)
	}
	if o := must[station.Order](t)(s.Order(ctx, changed.ID)); o.Version != 1 || len(o.Lines) != 1 {
		t.Errorf("%+v", o)
	}
	if o := must[station.Order](t)(s.Order(ctx, twice.ID)); o.Name != "web/SP-007" {
		t.Errorf("two with a number: one is called %q", o.Called())
	}
	if len(kept.Late) != 0 {
		t.Errorf("none is packed: %+v", kept.Late)
	}
	_, err := s.write.ExecContext(ctx, `INSERT INTO progress (order_id, state, station, person, begun, short, opened, at) VALUES (?, 'closed', 'S1', 'P1', 1, 0, 1, 1)`, changed.ID)
	if err != nil {
		t.Fatal(err)
	}
	more := spooled(1)
	if kept := spool(t, s, more); len(kept.Late) != 1 || !strings.Contains(kept.Late[0].Why, "packed already") {
		t.Errorf("more of an order that is packed: %+v", kept)
	}
	if kept := spool(t, s, changed); len(kept.Late) != 1 {
		t.Errorf("it is told each time that it changes: %+v", kept)
	}
	if due := must[[]Due](t)(s.OrdersWithSKU(ctx, "S1", "CUP-1", 0)); len(due) != 1 {
		t.Errorf("of those that want a cup: %v", due)
	}
	if altered, err := s.Altered(ctx); err != nil || altered != nil {
		t.Errorf("altered are %v, %v", altered, err)
	}
}

// A spool that was whole when its program was killed is brought in by whoever opens the
// database next; one that was not is removed; and one that the disk has changed is told.
func TestASpoolIsEndedByTheNext(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(body []byte) (name string, left []byte)
		orders int
		err    error
	}{
		{"whole", func(b []byte) (string, []byte) { return spoolEnd, b }, 5, nil},
		{"not whole", func(b []byte) (string, []byte) { return spoolEnd + ".new", b[:len(b)/2] }, 0, nil},
		{"a bit", func(b []byte) (string, []byte) { b[len(b)/2] ^= 4; return spoolEnd, b }, 0, errSpool},
		{"cut", func(b []byte) (string, []byte) { return spoolEnd, b[:len(b)-9] }, 0, errSpool},
		{"empty", func([]byte) (string, []byte) { return spoolEnd, nil }, 0, errSpool},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, path := t.Context(), filepath.Join(t.TempDir(), FileName)
			s := open(t, path)
			p := must[*Spool](t)(s.NewSpool(ctx))
			for n := range 5 {
				if err := p.Add(spooled(n)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.NewSpool(ctx); !errors.Is(err, ErrImporting) {
				t.Errorf("a second one: %v", err)
			}
			var body []byte
			_, err := p.Keep(ctx, func(done, of int) {
				if done == 0 {
					body, _ = os.ReadFile(path + spoolEnd)
				}
			})
			if err != nil || len(body) == 0 {
				t.Fatal(len(body), err)
			}
			other := filepath.Join(t.TempDir(), FileName)
			end, left := c.change(bytes.Clone(body))
			if err := os.WriteFile(other+end, left, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err = Open(ctx, other, Options{})
			if !errors.Is(err, c.err) {
				t.Fatal(err)
			}
			if err != nil { // told once
				s = open(t, other)
			} else {
				t.Cleanup(func() { _ = s.Close() })
			}
			if due := must[[]Due](t)(s.DueOrders(ctx, "S1", 0)); len(due) != c.orders {
				t.Errorf("%d orders are there", len(due))
			}
			if files, _ := filepath.Glob(other + spoolEnd + "*"); !reflect.DeepEqual(files, []string{other + spoolEnd + openLock}) {
				t.Errorf("left are %v", files)
			}
		})
	}
}

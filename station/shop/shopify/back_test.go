package shopify_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"packbench/station/shop"
	"packbench/station/shop/shopify"
	"packbench/station/shop/shopsim"
	"packbench/station/unit"
)

// sentBack is an order that left, with the ids of its lines.
func (r *rig) sentBack(s *shopify.Shop) (id string, lines []string) {
	id = r.place(2, 1)
	for _, l := range r.fresh(s, id).Lines {
		lines = append(lines, l.ID)
	}
	r.SendElsewhere(id, "E-1")
	return id, lines
}

// What came back is processed once in the shop, whether its buyer announced it there or
// not, whatever becomes of the answer; and each unit becomes one thing.
func TestWhatCameBackIsProcessedOnce(t *testing.T) {
	for _, announced := range []bool{true, false} {
		for _, fault := range shopsim.AllFaults {
			r := start(t, 0)
			s := r.open("returns", "yes")
			id, lines := r.sentBack(s)
			b := shop.Back{Key: "return R-A", Order: id, Return: "R-A", Lines: []shop.BackLine{
				{Line: lines[0], SKU: "CUP-1", Qty: 1, Restock: true, Becomes: "shelf"}, {Line: lines[0], SKU: "CUP-1", Qty: 1, Becomes: "scrap"},
			}}
			want := []string{"CUP-1 2/2 RESTOCKED:1 NOT_RESTOCKED:1"}
			if announced {
				b.Theirs = r.Return(id, 0, 2, "Too small", "OPEN", 0)
			} else {
				want = []string{"CUP-1 1/1 RESTOCKED:1", "CUP-1 1/1 NOT_RESTOCKED:1"}
			}
			before := r.Stock("CUP-1")
			for _, skip := range []int{2, 0, 1} { // of the calls before the one that fails
				for range skip {
					r.Faults().Next("POST", "")
				}
				r.Faults().Next("POST", fault)
				_, _ = s.CameBack(t.Context(), b)
				for r.paused(ask(s, b)) {
				}
			}
			told, err := s.CameBack(t.Context(), b)
			if err != nil || told.ID == "" || told.Paid {
				t.Errorf("%s: %+v, %v", fault, told, err)
			}
			if got := r.Returned(id); !slices.Equal(got, want) || r.Stock("CUP-1") != before+1 {
				t.Errorf("%s, announced %v: the shop has %q and %d more on the shelf", fault, announced, got, r.Stock("CUP-1")-before)
			}
		}
	}
}

func ask(s *shopify.Shop, b shop.Back) error {
	_, err := s.CameBack(context.Background(), b)
	return err
}

// Two parcels of one return are told one after the other, and more than the shop awaits is
// a person's matter: nothing of it is told.
func TestTheRestOfAReturnIsToldBesideTheFirst(t *testing.T) {
	r := start(t, 0)
	s := r.open("returns", "yes")
	id, lines := r.sentBack(s)
	theirs := r.Return(id, 0, 2, "", "OPEN", 0)
	one := shop.Back{Key: "return R-A", Order: id, Return: "R-A", Theirs: theirs, Lines: []shop.BackLine{{Line: lines[0], SKU: "CUP-1", Qty: 1, Becomes: "quarantine"}}}
	two := shop.Back{Key: "return S-A", Order: id, Return: "S-A", Theirs: theirs, Lines: []shop.BackLine{{Line: lines[0], SKU: "CUP-1", Qty: 1, Before: 1, Becomes: "scrap"}}}
	for _, b := range []shop.Back{one, one, two, two} {
		if _, err := s.CameBack(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"CUP-1 2/2 PROCESSING_REQUIRED:1 NOT_RESTOCKED:1"}
	if got := r.Returned(id); !slices.Equal(got, want) {
		t.Errorf("the shop has %q", got)
	}
	three := two
	three.Lines = []shop.BackLine{{Line: lines[0], SKU: "CUP-1", Qty: 1, Before: 2}}
	if _, err := s.CameBack(t.Context(), three); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "more than the shop awaits") {
		t.Errorf("a third of two: %v", err)
	}
	if _, err := r.open().CameBack(t.Context(), one); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("told although the setting is off: %v", err)
	}
	if got := r.Returned(id); !slices.Equal(got, want) {
		t.Errorf("the shop has %q", got)
	}
}

// What is owed is paid once, whatever becomes of the answer, no more than was paid.
func TestWhatIsOwedIsPaidOnce(t *testing.T) {
	for _, way := range []string{"refund", "credit"} {
		for _, fault := range shopsim.AllFaults {
			r := start(t, 0)
			s := r.open("refunds", "yes")
			id, _ := r.sentBack(s)
			b := shop.Back{Key: "money R-A", Order: id, Return: "R-A", Way: way, Amount: unit.Money{Minor: 1250, Currency: "EUR"}, Pay: true}
			r.Faults().Next("POST", "")
			r.Faults().Next("POST", fault)
			_, _ = s.CameBack(t.Context(), b)
			for r.paused(ask(s, b)) {
			}
			if told, err := s.CameBack(t.Context(), b); err != nil || !told.Paid || told.ID == "" {
				t.Errorf("%s: %+v, %v", fault, told, err)
			}
			if got := r.Refunds(id); !slices.Equal(got, []int64{1250}) {
				t.Errorf("%s, %s: the shop paid %v", way, fault, got)
			}
			b.Key, b.Amount.Minor = "money R-B", 2501
			if _, err := s.CameBack(t.Context(), b); !errors.As(err, new(*shop.Refused)) {
				t.Errorf("%s: more than was paid: %v", way, err)
			}
			b.Amount = unit.Money{Minor: 100, Currency: "USD"}
			if _, err := s.CameBack(t.Context(), b); way == "refund" && !errors.As(err, new(*shop.Refused)) {
				t.Errorf("another currency: %v", err)
			}
			b.Pay = false
			if _, err := s.CameBack(t.Context(), b); !errors.As(err, new(*shop.Refused)) {
				t.Errorf("paid although nobody switched it on: %v", err)
			}
		}
	}
}

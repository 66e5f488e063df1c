package stock

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMoves(t *testing.T) {
	for _, c := range []struct {
		sku, bin string
		qty      int
		reason   string
		want     string // "" for one that may be
	}{
		{"MUG", "A1", 5, "received", ""},
		{"MUG", "A1", -1, "damaged", ""},
		{"MUG", "A1", -1, "moved", ""},
		{"MUG", "A1", 1, "moved", ""},
		{"MUG", "A1", 1, "damaged", `"damaged" takes units out of a bin: write -1`},
		{"MUG", "A1", -5, "received", `"received" puts units into a bin: write 5`},
		{"MUG", "A1", 0, "found", "0 units move nothing"},
		{"MUG", "A1", MaxQty + 1, "found", "1000001 units are too many for one movement: at most 1000000"},
		{"MUG", "A1", -1 << 63, "missing", "too many"},
		{"MUG", "", 1, "found", "the bin is missing"},
		{"MUG", "A1\n", 1, "found", "cannot be seen"},
		{"MUG", strings.Repeat("x", MaxBin+1), 1, "found", "too long"},
		{"", "A1", 1, "found", "the product is missing"},
		{"MUG", "A1", 1, "stolen", `reason "stolen" is unknown; it must be one of received, returned, found,`},
		{"MUG", "A1", 1, "shipped", "is unknown"},
		{"MUG", "A1", 1, "count", "is unknown"},
	} {
		m, err := Move(c.sku, c.bin, c.qty, c.reason, "V1")
		var wrong *Wrong
		switch {
		case c.want == "" && (err != nil || m.Qty != c.qty || m.By != "V1" || m.Kind == ""):
			t.Errorf("%+v: %+v, %v", c, m, err)
		case c.want != "" && (!errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) || m.SKU != ""):
			t.Errorf("%+v: %+v, %v", c, m, err)
		}
	}
}

func TestWhatAShopHears(t *testing.T) {
	for _, c := range []struct {
		m    Moved
		want bool
	}{
		{Moved{Kind: Corrected, Reason: "found"}, true},
		{Moved{Kind: Corrected, Reason: "missing"}, true},
		{Moved{Kind: Scrapped, Reason: "damaged"}, true},
		{Moved{Kind: Returned, Reason: "returned"}, true},
		{Moved{Kind: Counted, Reason: ReasonCount}, true},
		{Moved{Kind: Counted, Reason: ReasonImport}, false},
		{Moved{Kind: Shipped}, false},
		{Moved{Kind: Opening}, false},
		{Moved{Kind: Received, Reason: "received"}, false},
		{Moved{Kind: Corrected, Reason: "moved"}, false},
	} {
		if Tells(c.m) != c.want {
			t.Errorf("%+v is told: %t", c.m, !c.want)
		}
		if word := ShopWord(c.m); c.want && !slices.Contains([]string{"counted", "damaged", "found", "returned", "corrected"}, word) {
			t.Errorf("%+v is %q to a shop", c.m, word)
		}
	}
}

// TestTakeLosesNothing: whatever lies in the bins, as much leaves as was taken, none
// gives what it does not have but one, and the order of the bins does not matter.
func TestTakeLosesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	names := []string{"", "A1", "A2", "B1"}
	for range 2000 {
		var bins []Held
		for _, n := range names {
			if rnd.IntN(2) == 0 {
				bins = append(bins, Held{n, rnd.IntN(12) - 4})
			}
		}
		qty := 1 + rnd.IntN(20)
		out := Take(bins, qty)
		left, below := 0, 0
		for i, o := range out {
			left += o.Qty
			has := 0
			for _, b := range bins {
				if b.Bin == o.Bin {
					has = b.Qty
				}
			}
			if o.Qty > max(has, 0) {
				below++
			}
			if o.Qty <= 0 || slices.ContainsFunc(out[:i], func(p Held) bool { return p.Bin == o.Bin }) {
				t.Fatalf("%v of %v: %v", qty, bins, out)
			}
		}
		if left != qty || below > 1 {
			t.Fatalf("%d of %v: %v", qty, bins, out)
		}
		slices.Reverse(bins)
		if again := Take(bins, qty); !slices.Equal(again, out) {
			t.Fatalf("%v, in the other order %v", out, again)
		}
	}
	if got := Take([]Held{{"", 0}, {"A2", 0}, {"A1", 3}}, 5); !slices.Equal(got, []Held{{"A1", 5}}) {
		t.Errorf("what no bin holds: %v", got)
	}
	if got := Take(nil, 2); !slices.Equal(got, []Held{{"", 2}}) {
		t.Errorf("without bins: %v", got)
	}
}

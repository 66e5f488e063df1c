package stock

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a movement is to the ledger.
type Kind string

// The kinds of movement.
const (
	Received  Kind = "received"  // from a supplier
	Counted   Kind = "counted"   // the difference that a count found
	Shipped   Kind = "shipped"   // with a closed parcel; above zero: it came back by a void
	Returned  Kind = "returned"  // by a buyer, into whatever bin
	Corrected Kind = "corrected" // found, missing, moved to another bin
	Scrapped  Kind = "scrapped"  // damaged or too old
	Opening   Kind = "opening"   // what was shipped before the stock of the product was kept
)

// Reason is why somebody moves units.
type Reason struct {
	Code  string
	Kind  Kind
	Sign  int    // 1: only in, -1: only out, 0: both
	Words string // for people
	Told  bool   // the shop should hear of it: it knows of goods sold and received itself
}

var reasons = [...]Reason{
	{"received", Received, 1, "Received from a supplier", false},
	{"returned", Returned, 1, "Returned by a buyer", true},
	{"found", Corrected, 1, "Found", true},
	{"missing", Corrected, -1, "Missing", true},
	{"damaged", Scrapped, -1, "Damaged", true},
	{"scrapped", Scrapped, -1, "Thrown away", true},
	{"moved", Corrected, 0, "Moved to another bin", false},
	{"corrected", Corrected, 0, "An entry was wrong", false},
}

// Reasons lists the reasons of a move, in the order for a screen.
func Reasons() []Reason { return slices.Clone(reasons[:]) }

// ReasonOf finds a reason by its code.
func ReasonOf(code string) (Reason, bool) {
	i := slices.IndexFunc(reasons[:], func(r Reason) bool { return r.Code == code })
	if i < 0 {
		return Reason{}, false
	}
	return reasons[i], true
}

// Tells reports whether a shop should hear of a movement, as a difference: it knows
// itself what it sold, and what its supplier sent.
func Tells(m Moved) bool {
	r, ok := ReasonOf(m.Reason)
	return m.Kind == Counted && m.Reason != ReasonImport || ok && r.Told
}

// ShopWord is what a shop is told as the reason of a movement.
func ShopWord(m Moved) string {
	switch {
	case m.Kind == Counted:
		return "counted"
	case m.Kind == Scrapped:
		return "damaged"
	case m.Reason == "found", m.Reason == "returned":
		return m.Reason
	}
	return "corrected"
}

// ReasonCount and ReasonImport are the reasons of movements that nobody enters by hand.
const (
	ReasonCount  = "count"
	ReasonImport = "import"
)

// MaxQty is how many units one movement or count may be of: more is a slip of the hand.
const MaxQty = 1_000_000

// MainBin is the bin of shops that have none.
const MainBin = "main"

// MaxBin is how many characters the code of a bin may have.
const MaxBin = 40

// Wrong is a movement that cannot be. Its words are for who asks.
type Wrong struct{ Words string }

// Error returns the words.
func (w *Wrong) Error() string { return w.Words }

// Move decides whether units may be moved so, and gives the fact. That the product
// exists is the caller's to know.
func Move(sku, bin string, qty int, reason, by string) (Moved, error) {
	r, ok := ReasonOf(reason)
	if !ok {
		var codes []string
		for _, r := range reasons {
			codes = append(codes, r.Code)
		}
		return Moved{}, &Wrong{fmt.Sprintf("reason %q is unknown; it must be one of %s", reason, strings.Join(codes, ", "))}
	}
	if err := CheckBin(bin); err != nil {
		return Moved{}, err
	}
	switch {
	case sku == "":
		return Moved{}, &Wrong{"the product is missing"}
	case qty == 0:
		return Moved{}, &Wrong{"0 units move nothing"}
	case qty > MaxQty || qty < -MaxQty:
		return Moved{}, &Wrong{fmt.Sprintf("%d units are too many for one movement: at most %d", qty, MaxQty)}
	case r.Sign > 0 && qty < 0:
		return Moved{}, &Wrong{fmt.Sprintf("%q puts units into a bin: write %d", reason, -qty)}
	case r.Sign < 0 && qty > 0:
		return Moved{}, &Wrong{fmt.Sprintf("%q takes units out of a bin: write -%d", reason, qty)}
	}
	return Moved{SKU: sku, Bin: bin, Qty: qty, Kind: r.Kind, Reason: reason, By: by}, nil
}

// CheckBin reports what is wrong with the code of a bin.
func CheckBin(bin string) error {
	switch {
	case strings.TrimSpace(bin) == "":
		return &Wrong{"the bin is missing"}
	case strings.TrimSpace(bin) != bin || strings.ContainsFunc(bin, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return &Wrong{fmt.Sprintf("bin %q has blanks at its ends or characters that cannot be seen", clip(bin))}
	case len([]rune(bin)) > MaxBin:
		return &Wrong{fmt.Sprintf("bin %q is too long: at most %d characters", clip(bin), MaxBin)}
	}
	return nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > MaxBin {
		return string(r[:MaxBin]) + "…"
	}
	return s
}

// Held is how many units of a product lie in a bin.
type Held struct {
	Bin string
	Qty int
}

// Take says out of which bins units leave that nobody took a note of: out of the bins
// in the order of their names as long as they hold some. What no bin holds goes below
// zero in the first that has a name, because the goods were there: nothing is made
// right by leaving it out. qty is above zero, and so is what each bin gives.
func Take(bins []Held, qty int) []Held {
	bins = slices.Clone(bins)
	slices.SortFunc(bins, func(a, b Held) int { return cmp.Compare(a.Bin, b.Bin) })
	var out []Held
	for _, b := range bins {
		if n := min(b.Qty, qty); n > 0 {
			out, qty = append(out, Held{b.Bin, n}), qty-n
		}
	}
	if qty <= 0 {
		return out
	}
	rest := ""
	if i := slices.IndexFunc(bins, func(b Held) bool { return b.Bin != "" }); i >= 0 {
		rest = bins[i].Bin
	}
	if i := slices.IndexFunc(out, func(b Held) bool { return b.Bin == rest }); i >= 0 {
		out[i].Qty += qty
		return out
	}
	return append(out, Held{rest, qty})
}

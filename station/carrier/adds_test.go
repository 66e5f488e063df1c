package carrier

import (
	"strings"
	"testing"

	"packbench/station/unit"
)

// Of a group of surcharges the highest stands, wherever it is on the card.
func TestTheHighestOfAGroupStands(t *testing.T) {
	q := Quote{Billed: unit.Kilogram, Breakdown: []Term{{"Price", 500}}}
	sum, fuelled := q.add([]Surcharge{
		{Name: "always", Minor: 10, Fuelled: true},
		{Name: "long", Group: "size", Minor: 5},
		{Name: "longer", Group: "size", Minor: 7, Fuelled: true},
		{Name: "wide", Group: "size", Minor: 6},
	}, 500, &inquiry{})
	if sum != 17 || fuelled != 17 || len(q.Breakdown) != 3 || q.Breakdown[2] != (Term{"longer", 7}) {
		t.Errorf("%d, %d, %+v", sum, fuelled, q.Breakdown)
	}
}

func TestWhatARuleAdds(t *testing.T) {
	sure := Parcel{Rules: []Ruled{{Name: "never mind"}, {Name: "dear", Insure: true}, {Name: "hand it over", Signature: true}}}
	if sure.Insured() != "dear" || sure.Signed() != "hand it over" {
		t.Errorf("%q, %q", sure.Insured(), sure.Signed())
	}
	unsure := Parcel{Rules: []Ruled{{Name: "dear", Insure: true, Signature: true, Unsure: "the value is not known"}}}
	if unsure.Insured() != "" || unsure.Signed() != "" {
		t.Errorf("%q, %q", unsure.Insured(), unsure.Signed())
	}
}

func TestNamesOfCarriers(t *testing.T) {
	for slug, want := range map[string]string{
		"usps": "USPS", "fedex": "FedEx", "dhl-express": "DHL Express", "dhl-ecommerce": "DHL eCommerce", "ups-mi": "UPS Mail Innovations",
		"inpost": "InPost", "postnl": "PostNL", "postnord": "PostNord", "ontrac": "OnTrac", "royal-mail": "Royal Mail", "a--b": "A  B", "": "",
	} {
		if got := Named(slug); got != want {
			t.Errorf("%q: %q, want %q", slug, got, want)
		}
	}
}

// Each side of a parcel has a limit of its own: the longest that of the longest.
func TestSidesHaveTheirOwnLimits(t *testing.T) {
	const cm = 10 * unit.Millimetre
	for _, c := range []struct {
		size unit.Size
		fits bool
	}{
		{unit.Size{Width: 10 * cm, Length: 20 * cm, Depth: 30 * cm}, true},
		{unit.Size{Width: 30 * cm, Length: 10 * cm, Depth: 20 * cm}, true},
		{unit.Size{Width: 31 * cm, Length: 10 * cm, Depth: 10 * cm}, false},
		{unit.Size{Width: 30 * cm, Length: 21 * cm, Depth: 1 * cm}, false},
		{unit.Size{Width: 25 * cm, Length: 15 * cm, Depth: 5 * cm}, true},
		{unit.Size{Width: 11 * cm, Length: 11 * cm, Depth: 11 * cm}, false},
	} {
		cards := offered("a x 500 1 900")
		cards.Carriers[0].Services[0].MaxSize = unit.Size{Width: 20 * cm, Length: 30 * cm, Depth: 10 * cm}
		p := parcel()
		p.Outer = c.size
		q := Quotes(cards, p)[0]
		if q.Allowed != c.fits || !c.fits && !strings.Contains(q.Reason, "too large") {
			t.Errorf("%v: allowed %v, %s", c.size, q.Allowed, q.Reason)
		}
	}
}

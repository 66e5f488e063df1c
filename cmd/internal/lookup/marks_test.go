package lookup

import (
	"strings"
	"testing"

	"packbench/cmd/internal/lookup/marking"
	"packbench/station/gs1"
	"packbench/station/pack"
)

func TestMarksOfACode(t *testing.T) {
	const gtin = "09520000000028"
	for code, want := range map[string]pack.Marks{
		"01" + gtin + "10L1":                                {Lot: "L1"},
		"01" + gtin + "21S1\x1d10L1":                        {Lot: "L1", Serial: "S1", GTIN: gtin},
		"01" + gtin + "235T1":                               {Serial: "T1", GTIN: gtin},
		"01" + gtin + "17270131":                            {Expiry: "2027-01-31"},
		"01" + gtin + "15270100":                            {Expiry: "2027-01-31", Best: true},
		"01" + gtin + "1527010017270131":                    {Expiry: "2027-01-31"},             // on one day the harder one counts
		"01" + gtin + "1527010017270228":                    {Expiry: "2027-01-31", Best: true}, // the first one ends its use
		"01" + gtin + "16270102":                            {Expiry: "2027-01-02"},
		"01" + gtin + "70032701311430":                      {Expiry: "2027-01-31T14:30"},
		"01" + gtin + "11200101":                            {}, // made then
		"01" + gtin + "8200https://x.example/a":             {},
		"01" + gtin + "10L1\x1d10L1":                        {Lot: "L1"},
		"https://id.example/01/" + gtin + "/10/L%2F":        {Lot: "L/"},
		"https://id.example/01/" + gtin + "/21/S?17=270100": {Serial: "S", GTIN: gtin, Expiry: "2027-01-31"},
		gtin: {},
	} {
		c := gs1.Decode("", code)
		if strings.HasPrefix(code, "01") {
			c = gs1.Decode("]d2", code)
		}
		if c.Kind == gs1.KindInvalid {
			t.Errorf("%q: %s", code, c.Err)
		}
		if m, twice := marking.Of(c, 2026); m != want || twice {
			t.Errorf("%q: %+v %v, want %+v", code, m, twice, want)
		}
	}
	if _, twice := marking.Of(gs1.Decode("]d2", "01"+gtin+"21S1\x1d21S2"), 2026); !twice {
		t.Error("two serials in one code are taken for one")
	}
}

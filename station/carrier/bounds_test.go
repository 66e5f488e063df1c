package carrier

import (
	"fmt"
	"strings"
	"testing"
)

// A carrier that nobody knows by its own spelling is called by the words of its id.
func TestACarrierIsCalledByItsWords(t *testing.T) {
	for slug, want := range map[string]string{"ups": "UPS", "heron-parcel": "Heron Parcel", "x--y": "X  Y", "a": "A", "": ""} {
		if got := Named(slug); got != want {
			t.Errorf("%q is called %q, want %q", slug, got, want)
		}
	}
}

// As many origins as are allowed are allowed, and one more is not.
func TestTheMostOriginsOfAService(t *testing.T) {
	for n, fine := range map[int]bool{maxOrigins: true, maxOrigins + 1: false} {
		var codes strings.Builder
		for i := range n {
			fmt.Fprintf(&codes, " %05d", i)
		}
		_, r := charted(t, "a: DE"+codes.String()+" > DE")
		if refused := strings.Contains(r.faults.Error(), "too many origins"); refused == fine {
			t.Errorf("%d origins: refused %v", n, refused)
		}
	}
}

// Ranges that end before they begin make no room for others.
func TestDistrictsAreCountedUpwards(t *testing.T) {
	_, r := charted(t, "a: GB "+strings.Repeat("IV99..IV1 ", 15)+strings.Repeat("IV1..IV99 ", 5052))
	for _, want := range []string{"end before they begin", "more than 500000 districts are too many"} {
		if err := r.faults.Error(); !strings.Contains(err, want) {
			t.Errorf("%q is not said: %.200s", want, err)
		}
	}
}

// A divisor is refused while both of its sides can still be counted with.
func TestADivisorThatIsTooFine(t *testing.T) {
	for text, fine := range map[string]bool{
		"5000 cm3/kg": true,
		"1152921504606846.976 mm3/2000000000001 mg": true,  // 2^60 thousandths
		"1152921504606846.977 mm3/2000000000001 mg": false, // and one more
	} {
		_, err := LoadCards([]byte(strings.Replace(card, `"divisor": 5000000`, `"divisor": "`+text+`"`, 1)))
		if fine != (err == nil) || err != nil && !strings.Contains(err.Error(), "is out of range") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

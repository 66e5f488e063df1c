package carrier

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestRangesThatCouldHoldOneNumber(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b Tracking
		want bool
	}{
		{"one range twice", Tracking{Prefix: "QQ", Digits: 8, Check: "s10", Suffix: "ZZ"}, Tracking{Prefix: "QQ", Digits: 8, Check: "s10", Suffix: "ZZ"}, true},
		{"another prefix", Tracking{Prefix: "QQ", Digits: 8, Check: "s10"}, Tracking{Prefix: "QR", Digits: 8, Check: "s10"}, false},
		{"another suffix", Tracking{Digits: 8, Check: "s10", Suffix: "DE"}, Tracking{Digits: 8, Check: "s10", Suffix: "GB"}, false},
		{"another length", Tracking{Digits: 8, Check: "none"}, Tracking{Digits: 9, Check: "none"}, false},
		{"shared out", Tracking{Digits: 8, Check: "mod10", Last: 499}, Tracking{Digits: 8, Check: "mod10", First: 500}, false},
		{"shared out badly", Tracking{Digits: 8, Check: "mod10", Last: 500}, Tracking{Digits: 8, Check: "mod10", First: 500}, true},
		{"another rule for the check digit", Tracking{Digits: 8, Check: "mod10"}, Tracking{Digits: 8, Check: "luhn"}, true},
		{"a check digit or one digit more", Tracking{Digits: 8, Check: "mod10"}, Tracking{Digits: 9, Check: "none"}, true},
		{"a part of the prefix is digits", Tracking{Prefix: "77", Digits: 11, Check: "luhn"}, Tracking{Prefix: "7", Digits: 12, Check: "luhn"}, true},
		{"and is not reached", Tracking{Prefix: "77", Digits: 11, Check: "luhn"}, Tracking{Prefix: "7", Digits: 12, Check: "luhn", Last: 700_000_000_000 - 1}, false},
		{"and a part of it is the least digit", Tracking{Prefix: "0", Digits: 3, Check: "none"}, Tracking{Digits: 4, Check: "none"}, true},
		{"or the largest", Tracking{Prefix: "9", Digits: 3, Check: "none"}, Tracking{Digits: 4, Check: "none"}, true},
		{"letters where digits are", Tracking{Prefix: "1A", Digits: 3, Check: "none"}, Tracking{Digits: 5, Check: "none"}, false},
	} {
		if got := tt.a.meets(tt.b); got != tt.want || tt.b.meets(tt.a) != got {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Whatever two ranges share, they are refused; two of one form are refused for
// that reason only.
func TestNoSharedNumberIsMissed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	numbers := func(t Tracking) map[string]bool {
		out := map[string]bool{}
		checks := []string{""}
		if t.Check != "none" {
			checks = []string{"0", "5", "9", "X"}
		}
		for n := max(t.First, 1); n <= t.Last; n++ {
			for _, check := range checks {
				out[fmt.Sprintf("%s%0*d%s%s", t.Prefix, t.Digits, n, check, t.Suffix)] = true
			}
		}
		return out
	}
	shared := 0
	for range 3000 {
		var pair [2]Tracking
		for i := range pair {
			t := Tracking{
				Prefix: pick("", "", "1", "7", "A", "1A"), Suffix: pick("", "", "5", "Z"), Digits: 1 + random.IntN(3),
				Check: pick("none", "mod10"), First: uint64(random.IntN(9)),
			}
			most := map[int]uint64{1: 9, 2: 99, 3: 999}[t.Digits]
			t.Last = max(t.First, 1) + random.Uint64N(most-max(t.First, 1)+1)
			pair[i] = t
		}
		a, b := pair[0], pair[1]
		both, theirs := "", numbers(b)
		for n := range numbers(a) {
			if theirs[n] {
				both = n
			}
		}
		got := a.meets(b)
		if both != "" {
			shared++
		}
		if both != "" && !got {
			t.Fatalf("%+v and %+v share %s", a, b, both)
		}
		if got && both == "" && a.Prefix == b.Prefix && a.Suffix == b.Suffix && a.Digits == b.Digits && a.Check == b.Check {
			t.Fatalf("%+v and %+v share nothing", a, b)
		}
	}
	if shared < 100 {
		t.Errorf("only %d of the pairs shared a number", shared)
	}
}

func TestClashesNameBothCarriers(t *testing.T) {
	post, rail, air := Tracking{Digits: 8, Check: "luhn"}, Tracking{Prefix: "R", Digits: 8, Check: "luhn"}, Tracking{Digits: 8, Check: "mod10"}
	c := Cards{Carriers: []Carrier{{ID: "post", Tracking: post}, {ID: "rail", Tracking: rail}, {ID: "air", Tracking: air}}}
	clashes := c.Clashes()
	if len(clashes) != 1 || clashes[0] != (Clash{"post", "air"}) {
		t.Fatalf("clashes %v", clashes)
	}
	if text := clashes[0].Error(); !strings.Contains(text, "carrier post and of carrier air") {
		t.Errorf("says %q", text)
	}
}

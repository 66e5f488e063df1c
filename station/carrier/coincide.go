package carrier

import (
	"fmt"
	"strings"
)

// Clash is two carriers that could give two parcels one tracking number.
type Clash struct{ One, Other string } // ids

func (c Clash) Error() string {
	return fmt.Sprintf("the tracking numbers of carrier %s and of carrier %s could be the same: give each of them a range of its own, "+
		"by another prefix or by first and last", c.One, c.Other)
}

// Clashes names the carriers whose tracking numbers could coincide: a scan of
// such a number would not tell whose parcel it is (L5).
func (c Cards) Clashes() []Clash {
	var out []Clash
	for i, one := range c.Carriers {
		for _, other := range c.Carriers[i+1:] {
			if one.Tracking.meets(other.Tracking) {
				out = append(out, Clash{one.ID, other.ID})
			}
		}
	}
	return out
}

// meets reports whether two ranges could hold one number. It may say so of two
// that just miss each other by their check digits, and never misses a pair.
func (t Tracking) meets(o Tracking) bool {
	mine, other := t.form(), o.form()
	if len(mine) != len(other) || t.lowest() > o.highest() || o.lowest() > t.highest() {
		return false
	}
	for i := range mine {
		if !mine[i].meets(other[i]) {
			return false
		}
	}
	return true
}

// place is what may stand in one place of a number: this sign, or with 0 a
// digit, or with '*' the check character.
type place byte

func (p place) meets(o place) bool {
	switch {
	case p == '*' || o == '*' || p == o:
		return true
	case p == 0:
		return o >= '0' && o <= '9'
	case o == 0:
		return p >= '0' && p <= '9'
	}
	return false
}

// form is what may stand in each place of the numbers.
func (t Tracking) form() []place {
	out := []place(t.Prefix)
	out = append(out, make([]place, t.Digits)...)
	if t.Check != "none" {
		out = append(out, '*')
	}
	return append(out, []place(t.Suffix)...)
}

// lowest and highest bound the numbers as texts: all are of one length.
func (t Tracking) lowest() string {
	return t.number(fmt.Sprintf("%0*d", t.Digits, t.First), "0")
}

func (t Tracking) highest() string {
	serial := fmt.Sprintf("%0*d", t.Digits, t.Last)
	if t.Last == 0 {
		serial = strings.Repeat("9", t.Digits)
	}
	return t.number(serial, "Z")
}

func (t Tracking) number(serial, check string) string {
	if t.Check == "none" {
		check = ""
	}
	return t.Prefix + serial + check + t.Suffix
}

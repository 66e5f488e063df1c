package account

import (
	"crypto/rand"
	"strings"
)

const refAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// NewRef returns what a carrier will know a purchase by: the parcel's name as far as it
// fits, for who looks on the carrier's web page, and 50 bits that nobody else has.
func NewRef(parcel string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r == '-':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, parcel)
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = refAlphabet[b%32]
	}
	return strings.Trim(name[:min(len(name), 16)], "-") + "-" + string(random[:])
}

package account

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// What stands on a label and an invoice says which parcel it is as far as that is known, and
// never grows longer than an account takes; no price depends on it.
func TestPiecesOfAnOrder(t *testing.T) {
	s, yes := Shipment{Number: "1003"}, map[string]string{Pieces: "yes"}
	alone := s.Sum()
	for _, c := range []struct {
		of             Piece
		number, to10   string
		said, saidWhat string
	}{
		{Piece{}, "1003", "1003", "", ""},
		{Piece{N: 1}, "1003 1", "1003 1", "Parcel 1 of order 1003, more may follow.", ""},
		{Piece{N: 12, Of: 12, Before: []string{"1003-1"}}, "1003 12/12", "1003 12/12", "Parcel 12 of 12 of order 1003. Invoices of those before: 1003-1.", ""},
		{Piece{N: 100, Of: 100, Before: slices.Repeat([]string{"1003-77"}, 99)}, "1003 100/100", "1003", "", "Parcel 100 of 100 of order 1003."},
	} {
		s.Piece = c.of
		said := s.Piece.Said(s.Number)
		if s.Numbered(yes, 35) != c.number || s.Numbered(yes, 10) != c.to10 || s.Numbered(nil, 35) != "1003" || c.saidWhat == "" && said != c.said || !strings.HasPrefix(said, c.saidWhat) || utf8.RuneCountInString(said) > 150 {
			t.Errorf("%+v: %q, %q, %q", c.of, s.Numbered(yes, 35), s.Numbered(yes, 10), said)
		}
		if s.Sum() != alone {
			t.Errorf("%+v: another price is asked for", c.of)
		}
	}
}

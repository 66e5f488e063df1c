package account

import (
	"fmt"
	"strings"
)

// Pieces is the setting of an account that has its labels say which of an order's parcels
// they are on, behind the order's number: "yes".
const Pieces = "pieces"

// Piece is which of its order's parcels one is. Each is bought alone, when it is closed: how
// many there will be is known with the last one. The zero value is the only one.
type Piece struct {
	N      int      // 1 is the first
	Of     int      // 0: more may follow
	Before []string // those of the order that were closed before, as people call them
}

// mostSaid is how long comments of an invoice may be (UPS).
const mostSaid = 150

// Numbered is the order's number, with the parcel's behind it where the account is set so:
// "1003 2/3", "1003 2" where more may follow. What is longer than most stays the number alone.
func (s Shipment) Numbered(set map[string]string, most int) string {
	if s.Piece.N == 0 || set[Pieces] != "yes" {
		return s.Number
	}
	text := fmt.Sprintf("%s %d", s.Number, s.Piece.N)
	if s.Piece.Of > 0 {
		text += fmt.Sprintf("/%d", s.Piece.Of)
	}
	if len(text) > most {
		return s.Number
	}
	return text
}

// Said is for customs, who see each parcel of an order with an invoice of its own: which one
// it is, and which went before, as far as there is room. "" where it is the only one.
func (p Piece) Said(order string) string {
	if p.N == 0 {
		return ""
	}
	text := fmt.Sprintf("Parcel %d of order %s, more may follow.", p.N, order)
	if p.Of > 0 {
		text = fmt.Sprintf("Parcel %d of %d of order %s.", p.N, p.Of, order)
	}
	if len(p.Before) > 0 {
		text += " Invoices of those before: " + strings.Join(p.Before, ", ") + "."
	}
	if all := []rune(text); len(all) > mostSaid {
		return string(all[:mostSaid])
	}
	return text
}

package labels

import (
	"fmt"
	"time"
	"unicode/utf8"

	"packbench/station/unit"
)

// Address is what is printed of a sender or recipient. It is personal data.
type Address struct {
	Name, Company   string
	Street, Street2 string
	Postcode, City  string
	Region          string
	Country         string // ISO 3166-1 alpha-2
	CountryName     string // "" takes the English name of Country
	Phone           string
	Email           string
	// Beside is the same address in other letters, in one line: posts abroad sort by
	// Latin letters, and whoever delivers reads the local ones. Spelled says that it is no
	// more than letter by letter.
	Beside  string
	Spelled bool
}

// Shipping is everything that stands on a shipping label.
type Shipping struct {
	From, To        Address
	Carrier         string // "Demo Parcel"
	Service         string // "Express 12:00"
	Banner          string // the one big letter or short word of the service: "E", "GROUND"
	Routing         string // the carrier's sort code; "" prints country and postcode
	Tracking        string // what the carrier's bar code holds
	SSCC            string // 18 digits
	Trace           string // what the QR code holds; "" prints none
	Order, Parcel   string
	PieceN, PieceOf int
	Mass            unit.Mass // 0 is not printed
	Date            time.Time // printed as it stands, in its own zone
	Sample          bool      // prints "SAMPLE", and that it is no postage
	Fragile         bool      // prints the word beside the service
	References      []string
	Reprint         int // how often it was printed before; 0 is the first print
}

// Missing is something that was asked for and could not be printed as asked.
type Missing struct {
	Field   string // "recipient", "sender", "references"…
	Text    string // the characters, each once, or the words that were cut
	Why     string // in words for a packer
	Boxes   int    // how many boxes stand for the characters, 0 for words that were cut
	Instead bool   // nothing is lost: it is printed in another form
}

// Lost counts the characters that are not to be seen, as often as they are
// missing.
func (m Missing) Lost() int {
	switch {
	case m.Instead:
		return 0
	case m.Boxes > 0:
		return m.Boxes
	}
	return utf8.RuneCountInString(m.Text)
}

func (m Missing) String() string {
	words := m.Field + ": " + m.Why + ": " + m.Text
	if m.Boxes > utf8.RuneCountInString(m.Text) {
		words += fmt.Sprintf(" (%d boxes)", m.Boxes)
	}
	return words
}

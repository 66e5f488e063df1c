package labels

import "time"

// Slip is a packing slip: what is in this parcel and what comes separately.
type Slip struct {
	From, To        Address
	Order, Parcel   string
	PieceN, PieceOf int
	Date            time.Time
	Lines           []SlipLine
	Trace           string // what the QR code holds; "" prints none
	Message         string // the shop's greeting or gift message
}

// SlipLine is one line of a packing slip.
type SlipLine struct {
	SKU, Name string
	Ordered   int
	Packed    int    // in this parcel
	Note      string // "follows separately", lot, serial…
}

// Inside is the small slip that lies in the box: the parcel's trace code and
// enough text to find the parcel when the outer label is lost.
type Inside struct {
	From            Address
	Order, Parcel   string
	PieceN, PieceOf int
	Date            time.Time
	SSCC            string
	Trace           string
	Units           int
}

package pack

import "packbench/station/trouble"

// QuotesReady is the result of the quote effect.
type QuotesReady struct {
	Effect string  `json:"Effect"`
	Quotes []Quote `json:"Quotes"`
}

// PurchaseState is how far the buying for a wish came.
type PurchaseState string

// The states of a purchase.
const (
	PurchaseAsked   PurchaseState = "asked"
	PurchaseBought  PurchaseState = "bought"
	PurchaseRefused PurchaseState = "refused" // nothing was bought, surely
	PurchaseUnknown PurchaseState = "unknown" // nobody saw the answer: the carrier is asked what became of it before anything is bought
)

// Bought is what became of the buy effect. The trouble says why nothing was bought,
// as far as anybody knows.
type Bought struct {
	Effect   string          `json:"Effect"`
	State    PurchaseState   `json:"State"`
	Trouble  trouble.Trouble `json:"Trouble,omitzero"`
	SSCC     string          `json:"SSCC,omitempty"`
	Tracking string          `json:"Tracking,omitempty"`
	Document string          `json:"Document,omitempty"` // id of the kept label
	// Unprintable counts the characters that no font has; the label shows a
	// box in their place (L3).
	Unprintable int `json:"Unprintable,omitempty"`
	// Lacks names what the address on the label has not: "postcode", "street".
	Lacks []string `json:"Lacks,omitempty"`
	// Papers are those that go with this parcel, by kind.
	Papers []string `json:"Papers,omitempty"`
}

// Voided is what became of the void effect: "" where the purchase is given back, or
// there was none. Unknown is news alone: the carrier is asked again until it answers.
type Voided struct {
	Effect  string          `json:"Effect"`
	State   PurchaseState   `json:"State,omitempty"` // "", refused or unknown
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

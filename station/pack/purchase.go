package pack

import (
	"time"

	"packbench/station/trouble"
	"packbench/station/unit"
)

// QuotesReady is the result of the quote effect.
type QuotesReady struct {
	Effect string  `json:"Effect"`
	Quotes []Quote `json:"Quotes"`
}

// Quote is one service for one parcel (C1, C2).
type Quote struct {
	Service     string     `json:"Service"`
	Carrier     string     `json:"Carrier"`
	Name        string     `json:"Name"`
	Price       unit.Money `json:"Price"`
	Promise     time.Time  `json:"Promise"`     // the day it should arrive
	Reliability int        `json:"Reliability"` // per mille on time
	Allowed     bool       `json:"Allowed"`
	Chosen      bool       `json:"Chosen"`
	Reason      string     `json:"Reason"` // one line: why it won, why it lost
	// Rank is its place among those that may stand in for each other, 1 for the chosen one;
	// 0 where it does not keep what the chosen one keeps.
	Rank   int    `json:"Rank,omitempty"`
	Source string `json:"Source,omitempty"` // the account that offers it, "" for the shop's own card
	Late   bool   `json:"Late,omitempty"`   // the account did not answer in time
	// Terms are what it is expected to cost beside its price, in minor units of that.
	Terms []Term `json:"Terms,omitempty"`
}

// Term is one part of what a service is expected to cost: "late", "lost", or a rule of
// the shop.
type Term struct {
	Name  string `json:"Name"`
	Minor int64  `json:"Minor"`
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
	// Elsewhere: it was refused for a reason that another service may not have.
	Elsewhere bool `json:"Elsewhere,omitempty"`
	// Stands: the service takes no such parcel, so that the same would be refused again.
	Stands   bool   `json:"Stands,omitempty"`
	VoidRule string `json:"VoidRule,omitempty"` // of the carrier, in words
	// Cost is what the carrier charges, where that is not the price of the wish.
	Cost *unit.Money `json:"Cost,omitempty"`
	Lost []LostLabel `json:"Lost,omitempty"` // of the parcel, told or not
}

// Voided is what became of the void effect: "" where the purchase is given back, or
// there was none. Unknown is news alone: the carrier is asked again until it answers.
type Voided struct {
	Effect  string          `json:"Effect"`
	State   PurchaseState   `json:"State,omitempty"` // "", refused or unknown
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
	Asked   bool            `json:"Asked,omitempty"` // it is given back, and its money comes later
	// Double: nobody had known whether a label was bought, and one was.
	Double bool `json:"Double,omitempty"`
}

// RefundRefused: a carrier that took a label back keeps its money after all.
type RefundRefused struct {
	Order   string          `json:"Order"`
	Parcel  string          `json:"Parcel"`
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

// Tag names the type of the event in the journal.
func (RefundRefused) Tag() string { return "refund-refused" }

package stock

import (
	"time"

	"packbench/station/pack"
)

// What the desk says of stock. Rows hold ids of products, bins and people, and no name.
type (
	// Moved: units came into a bin, or left it (Qty < 0). Tell are the shops that have to
	// hear of the difference: who moves them decides that once, so that no later reading of
	// the journal tells another shop.
	Moved struct {
		SKU    string   `json:"SKU"`
		Bin    string   `json:"Bin"`
		Qty    int      `json:"Qty"`
		Kind   Kind     `json:"Kind"`
		Reason string   `json:"Reason,omitempty"`
		By     string   `json:"By,omitempty"`
		Of     string   `json:"Of,omitempty"` // the case that was opened with it
		Tell   []string `json:"Tell,omitempty"`
	}
	// Tallied: somebody counted a product in a bin, without being told what should be
	// there. Was is what the ledger held when the count began, Taken what left with
	// parcels since, Lying what had left the shelf for orders that are not packed yet.
	// Diff is what the ledger lacks (below zero: has too much).
	Tallied struct {
		SKU     string    `json:"SKU"`
		Bin     string    `json:"Bin"`
		Began   time.Time `json:"Began"`
		Counted int       `json:"Counted"`
		Was     int       `json:"Was"`
		Taken   int       `json:"Taken,omitempty"`
		Lying   int       `json:"Lying,omitempty"`
		Diff    int       `json:"Diff,omitempty"`
		Outcome Outcome   `json:"Outcome"`
		By      string    `json:"By"`
		Case    string    `json:"Case,omitempty"`
	}
	// RecountAsked: somebody wants the bins of a product counted.
	RecountAsked struct {
		SKU  string   `json:"SKU"`
		Bins []string `json:"Bins"`
		By   string   `json:"By"`
	}
	// BinCounted: a bin was counted; the facts say what came of it.
	BinCounted struct {
		Bin   string    `json:"Bin"`
		Began time.Time `json:"Began"`
		By    string    `json:"By"`
	}
	// Filed: rows of a file say how many units lie in bins.
	Filed struct {
		Rows int    `json:"Rows"`
		By   string `json:"By"`
	}
)

// Tag names the type in the journal.
func (Moved) Tag() string      { return "stock-moved" }
func (Tallied) Tag() string    { return "stock-tallied" }
func (BinCounted) Tag() string { return "bin-counted" }
func (Filed) Tag() string      { return "stock-filed" }

// Tag names the type in the journal.
func (RecountAsked) Tag() string { return "recount-asked" }

// Events lists one of each type of event, for codecs.
func Events() []pack.Event { return []pack.Event{Moved{}, RecountAsked{}, BinCounted{}, Filed{}} }

// Facts lists one of each type of fact, for codecs.
func Facts() []pack.Fact { return []pack.Fact{Moved{}, Tallied{}, RecountAsked{}} }

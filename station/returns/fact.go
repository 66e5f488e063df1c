package returns

import (
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// Way is how a buyer gets what is owed.
type Way string

// The ways.
const (
	Refund   Way = "refund"
	Exchange Way = "exchange"
	Credit   Way = "credit"
)

// Refusals are why money is not paid that was owed; a shop may give others, as codes.
func Refusals() []string { return []string{"worn", "too-late", "incomplete", "not-our-goods"} }

// Ways are all of them.
func Ways() []Way { return []Way{Refund, Exchange, Credit} }

// Comes is so many units of a line that a buyer says will come back.
type Comes struct {
	Line   string `json:"Line"`
	SKU    string `json:"SKU"`
	Qty    int    `json:"Qty"`
	Reason string `json:"Reason,omitempty"` // a code
}

// What the desk says of returns. Rows hold ids, and no name and no words of a buyer.
type (
	// Announced: a buyer wants to send something back, and the policy lets them.
	Announced struct {
		Return string    `json:"Return"`
		Order  string    `json:"Order"`
		Parcel string    `json:"Parcel"`
		SSCC   string    `json:"SSCC"`
		Comes  []Comes   `json:"Comes"`
		Way    Way       `json:"Way"`
		Payer  string    `json:"Payer"` // of the way back
		At     time.Time `json:"At"`    // of the buyer's notice
		By     string    `json:"By,omitempty"`
		Shop   string    `json:"Shop,omitempty"`   // where the buyer announced it
		Theirs string    `json:"Theirs,omitempty"` // that shop's own id of it
	}
	// Withdrawn: what was announced does not come, says the shop where it was.
	Withdrawn struct {
		Return string `json:"Return"`
		Order  string `json:"Order"`
	}
	// Photographed: a photo of what came back is kept, under the hash of its file.
	Photographed struct {
		Return string `json:"Return"`
		Of     string `json:"Of,omitempty"` // the order
		Hash   string `json:"Hash"`
		By     string `json:"By"`
	}
	// Matched: what a blind return is of. Lines has the line of each of its entries, and
	// none for those that were not in the parcel.
	Matched struct {
		Return string         `json:"Return"`
		Order  string         `json:"Order"`
		Parcel string         `json:"Parcel"`
		SSCC   string         `json:"SSCC"`
		Lines  map[int]string `json:"Lines"`
		Backs  []pack.Back    `json:"Backs"`
		Owed   unit.Money     `json:"Owed,omitzero"`
		Due    time.Time      `json:"Due"`
		By     string         `json:"By"`
	}
	// Told: the shop is told to give the buyer what is owed, once. Entry is the key of what
	// goes out; Order is that of an exchange.
	Told struct {
		Return string     `json:"Return"`
		Of     string     `json:"Of"` // the order
		Way    Way        `json:"Way"`
		Amount unit.Money `json:"Amount,omitzero"`
		Order  string     `json:"Order,omitempty"`
		By     string     `json:"By"`
	}
	// Settled: it is known what became of the money. Paid, or why not.
	Settled struct {
		Return string `json:"Return"`
		Of     string `json:"Of"`
		Paid   bool   `json:"Paid"`
		Why    string `json:"Why,omitempty"` // a code
		By     string `json:"By"`
	}
)

// Tag names the type in the journal.
func (Announced) Tag() string    { return "return-announced" }
func (Withdrawn) Tag() string    { return "return-withdrawn" }
func (Photographed) Tag() string { return "return-photographed" }
func (Matched) Tag() string      { return "return-matched" }
func (Told) Tag() string         { return "return-told" }
func (Settled) Tag() string      { return "return-settled" }

// MentionsOrder names the order, for stories.
func (f Announced) MentionsOrder() string { return f.Order }

// MentionsOrder names the order, for stories.
func (f Withdrawn) MentionsOrder() string { return f.Order }

// MentionsOrder names the order, for stories.
func (f Photographed) MentionsOrder() string { return f.Of }

// MentionsOrder names the order, for stories.
func (f Matched) MentionsOrder() string { return f.Order }

// MentionsOrder names the order, for stories.
func (f Told) MentionsOrder() string { return f.Of }

// MentionsOrder names the order, for stories.
func (f Settled) MentionsOrder() string { return f.Of }

// Events lists one of each type of event, for codecs.
func Events() []pack.Event {
	return []pack.Event{Announced{}, Withdrawn{}, Photographed{}, Matched{}, Told{}, Settled{}}
}

// Facts lists one of each type of fact, for codecs.
func Facts() []pack.Fact {
	return []pack.Fact{Announced{}, Withdrawn{}, Photographed{}, Matched{}, Told{}, Settled{}}
}

// MostPhotos is how many photos one return may have.
const MostPhotos = 20

// Number is the number of the n-th return of a parcel, from 0: its SSCC and a running letter.
func Number(sscc string, n int) string {
	letters := ""
	for n++; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return sscc + "-" + letters
}

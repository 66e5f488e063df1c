package track

import (
	"time"

	"packbench/station/pack"
)

// What is written of carriers, in a chain of its own. Rows hold no words of carriers and no
// places, which may name people: these stand outside the journal under the event's id.
type (
	// Answered: a source was asked, or said something by itself; the facts are what of it
	// was new.
	Answered struct {
		Source string `json:"Source"`
	}
	// Told: a carrier said this of a parcel. Each event is told once.
	Told struct {
		ID       string    `json:"ID"`
		Carrier  string    `json:"Carrier,omitempty"`
		Number   string    `json:"Number"`
		Parcel   string    `json:"Parcel"`
		At       time.Time `json:"At"`
		Zone     Zone      `json:"Zone,omitempty"`
		Source   string    `json:"Source"`
		Code     string    `json:"Code,omitempty"`
		State    State     `json:"State"`
		Clears   bool      `json:"Clears,omitempty"`
		Evidence Evidence  `json:"Evidence,omitempty"`
		Until    time.Time `json:"Until,omitzero"`
		Expected time.Time `json:"Expected,omitzero"`
	}
	// BuyerAsked: a buyer wanted to know where a parcel is.
	BuyerAsked struct {
		Parcel string `json:"Parcel"`
		By     string `json:"By"`
	}
)

// Tag names the type in the journal.
func (Answered) Tag() string { return "carrier-answered" }

// Tag names the type in the journal.
func (Told) Tag() string { return "parcel-told" }

// Tag names the type in the journal.
func (BuyerAsked) Tag() string { return "buyer-asked" }

// Events lists one of each type of event, for codecs.
func Events() []pack.Event { return []pack.Event{Answered{}, BuyerAsked{}} }

// Facts lists one of each type of fact, for codecs.
func Facts() []pack.Fact { return []pack.Fact{Told{}, BuyerAsked{}} }

// Told is the fact of an event.
func (e Event) Told() Told {
	return Told{e.ID(), e.Carrier, e.Number, e.Parcel, e.At, e.Zone, e.Source, e.Code, e.State, e.Clears, e.Evidence, e.Until, e.Expected}
}

// Event is what a fact told, heard at the time of its row.
func (t Told) Event(heard time.Time) Event {
	return Event{
		Key: t.ID, Carrier: t.Carrier, Number: t.Number, Parcel: t.Parcel, At: t.At, Zone: t.Zone, Heard: heard, Source: t.Source, Code: t.Code,
		State: t.State, Clears: t.Clears, Evidence: t.Evidence, Until: t.Until, Expected: t.Expected,
	}
}

package pack

import (
	"time"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Input is one thing that happened at the bench, with all that deciding about
// it needs. ID is the journal row that it will stand in, "S1.123"; ids of
// effects and cases are derived from it.
type Input struct {
	ID    string
	At    time.Time
	Event Event
}

// Event is what happened. Tag names its type in the journal.
type Event interface{ Tag() string }

// Started is the first input of every run of the program: the rules of this
// bench as its settings give them.
type Started struct {
	Rules Rules `json:"Rules"`
}

// Scanned is one gesture of a scanner (S1) with every meaning that its code
// has in this phase (S5). Raw is the code as text; it is empty where the code
// was a badge.
type Scanned struct {
	Gesture  string    `json:"Gesture,omitempty"` // the scanner's own id of the gesture
	Device   string    `json:"Device,omitempty"`
	AIM      string    `json:"AIM,omitempty"`
	Raw      string    `json:"Raw,omitempty"`
	Problem  string    `json:"Problem,omitempty"` // why there is no meaning: "cut", "forged", "too long", "check digit"
	Meanings []Meaning `json:"Meanings"`
}

// MeaningKind says what a code may stand for.
type MeaningKind string

// The kinds of meaning. Badge to Answer are the bench's own codes.
const (
	MeansBadge    MeaningKind = "badge"
	MeansCommand  MeaningKind = "command"
	MeansCarton   MeaningKind = "carton"
	MeansQuantity MeaningKind = "quantity"
	MeansReason   MeaningKind = "reason"
	MeansAnswer   MeaningKind = "answer"
	MeansProduct  MeaningKind = "product"
	MeansOrder    MeaningKind = "order"
	MeansTote     MeaningKind = "tote"
	MeansParcel   MeaningKind = "parcel"   // the label of a parcel: trace code, SSCC or tracking number
	MeansManifest MeaningKind = "manifest" // the list of a van, by its number
	MeansPlace    MeaningKind = "place"    // where a box stands: a bin, or our own code of a place
	MeansReturn   MeaningKind = "return"   // what came back, by whatever names it
	MeansMark     MeaningKind = "mark"     // what was asked for of a product's units: a lot, a serial, a day
)

// Meaning is one thing that a code may stand for. Only the fields of its kind
// are set.
type Meaning struct {
	Kind     MeaningKind  `json:"Kind"`
	Person   *Person      `json:"Person,omitempty"`
	Command  *Command     `json:"Command,omitempty"`
	Carton   *Carton      `json:"Carton,omitempty"`
	Product  *Product     `json:"Product,omitempty"`
	Parcel   *ParcelRef   `json:"Parcel,omitempty"`
	Orders   []OrderHint  `json:"Orders,omitempty"` // order or tote: which; product: the due orders that it fits
	N        int          `json:"N,omitempty"`      // quantity, answer
	Reason   string       `json:"Reason,omitempty"`
	Manifest *ManifestRef `json:"Manifest,omitempty"` // the list of a van, by the number that is printed on it
	Place    string       `json:"Place,omitempty"`
	Sent     *Sent        `json:"Sent,omitempty"` // return: what was in the parcel
}

// ManifestRef is a list that its number points at.
type ManifestRef struct {
	ID      string    `json:"ID"`
	Carrier string    `json:"Carrier"`
	Lane    string    `json:"Lane,omitempty"`
	Parcels int       `json:"Parcels"`
	Gone    bool      `json:"Gone"`          // the van has left
	Left    time.Time `json:"Left,omitzero"` // in the bench's zone; zero where nobody knows it
}

// Person is who stands at the bench: the id, never the name.
type Person struct {
	ID      string       `json:"ID"`
	Role    station.Role `json:"Role"`
	PIN     bool         `json:"PIN,omitempty"`     // has one: the badge alone is not enough
	Trainee bool         `json:"Trainee,omitempty"` // packs, and nothing that leaves
}

// Standing is the role that counts for what is done beside the packing.
func (p Person) Standing() station.Role { return people.Standing(p.Role, p.Trainee) }

// Product is what the machine must know of a scanned product.
type Product struct {
	SKU    string    `json:"SKU"`
	Name   string    `json:"Name"`
	Factor int       `json:"Factor"` // units in this code, 1 or more
	Mass   unit.Mass `json:"Mass"`
	// What the code says of these units, what was found out about that, and which
	// objections somebody has set aside.
	Marks *Marks `json:"Marks,omitempty"`
	// Serials are those of units that one code tells of together: one for each, and none
	// in Marks.
	Serials []string `json:"Serials,omitempty"`
	Looked  *Looked  `json:"Looked,omitempty"`
	Passed  []Code   `json:"Passed,omitempty"`
	// Instead is the line in whose place they are sent, once somebody said so.
	Instead string    `json:"Instead,omitempty"`
	May     []Grading `json:"May,omitempty"` // of units that came back: where each grade leads, and each disposition
}

// Carton is what the machine must know of a carton.
type Carton struct {
	ID   string    `json:"ID"`
	Tare unit.Mass `json:"Tare"`
	Max  unit.Mass `json:"Max"` // gross; 0: no limit
	// Volume is what fits into it, in cubic millimetres; 0: unknown.
	Volume int64 `json:"Volume,omitempty"`
	// Trouble says why this carton may not be used for the open order.
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
	Old     string          `json:"Refused,omitempty"` // the same in a journal of old
}

// name is its id, "" for none.
func (c *Carton) name() string {
	if c == nil {
		return ""
	}
	return c.ID
}

// OrderHint is an order that a code points at.
type OrderHint struct {
	ID     string    `json:"ID"`
	Number string    `json:"Number,omitempty"`
	Units  int       `json:"Units"`
	ShipBy time.Time `json:"ShipBy"`
}

// ParcelState is how far a parcel has come.
type ParcelState string

// The states of a parcel that has left the machine's hands.
const (
	ParcelClosed    ParcelState = "closed"
	ParcelVoided    ParcelState = "voided"
	ParcelHandedOut ParcelState = "handed-over"
	// What another bench has in its hands stands in no table as a state; the
	// resolver finds it out.
	ParcelLoading ParcelState = "loading" // in a van that is still at the dock
	ParcelOpening ParcelState = "opening" // being opened again, its label will be void
)

// ParcelRef is a parcel that a label or a command points at, as the
// projections know it. Contents are set for reopening.
type ParcelRef struct {
	ID       string      `json:"ID"`
	Order    string      `json:"Order"`
	Number   string      `json:"Number,omitempty"`
	SSCC     string      `json:"SSCC"`
	State    ParcelState `json:"State"`
	Carrier  string      `json:"Carrier,omitempty"`
	Service  string      `json:"Service,omitempty"`
	Contents []Content   `json:"Contents,omitempty"`
	Place    *Place      `json:"Place,omitempty"`    // of one that is being loaded or opened elsewhere
	VoidRule string      `json:"VoidRule,omitempty"` // of the carrier that sold its label, in words; set for reopening
	// Set for printing again: the kept label, how often that was printed again, and
	// how often each paper came out.
	Document string         `json:"Document,omitempty"`
	Reprints int            `json:"Reprints,omitempty"`
	Papers   map[string]int `json:"Papers,omitempty"`
}

// Content is so many units of one line in a parcel.
type Content struct {
	Line string `json:"Line"`
	SKU  string `json:"SKU"`
	Qty  int    `json:"Qty"`
	// Marked are those of the units that something is known of.
	Marked []Marked `json:"Marked,omitempty"`
	Kit    *Kit     `json:"Kit,omitempty"` // that they are parts of
	// Instead is what the order has, where something else was sent in its place.
	Instead *Instead `json:"Instead,omitempty"`
}

// Van is a carrier that comes for its parcels.
type Van struct {
	Carrier  string   `json:"Carrier"`
	Name     string   `json:"Name,omitempty"`     // of the carrier, for people
	Dock     int      `json:"Dock"`               // its parcels on the dock
	Lane     string   `json:"Lane,omitempty"`     // of the dock, "" where the whole carrier is loaded
	Services []string `json:"Services,omitempty"` // that the lane takes; none: all of the carrier's
	// Of what is loaded: whether accounts sold labels of it, and what their carriers will
	// not know.
	Sold      bool       `json:"Sold,omitempty"`
	Strangers []Stranger `json:"Strangers,omitempty"`
}

// ScaleState is what a scale says. Zero, silence, motion, over, under and a
// frame that is not understood are six different things.
type ScaleState string

// The states of a scale.
const (
	ScaleSteady  ScaleState = "steady"
	ScaleMoving  ScaleState = "moving"
	ScaleZero    ScaleState = "zero"
	ScaleOver    ScaleState = "over"
	ScaleUnder   ScaleState = "under"
	ScaleNone    ScaleState = "none"
	ScaleUnknown ScaleState = "unknown"
)

// OrderReady is the result of the opening effect: the order may be packed here.
type OrderReady struct {
	Effect string    `json:"Effect"`
	Order  OrderInfo `json:"Order"`
	Alone  bool      `json:"Alone,omitempty"` // the hub could not be asked for it
}

// OrderInfo is what the machine keeps of an order: no name, no address.
type OrderInfo struct {
	ID      string    `json:"ID"`
	Number  string    `json:"Number,omitempty"`
	Version int       `json:"Version"`
	ShipBy  time.Time `json:"ShipBy"`
	Service string    `json:"Service,omitempty"`
	Country string    `json:"Country,omitempty"`
	// Address is a keyed hash of where the order goes: a label with another one
	// on it is wrong (C5). "" in journals from before it was kept.
	Address string      `json:"Address,omitempty"`
	Gift    bool        `json:"Gift,omitempty"`
	Lines   []LineInfo  `json:"Lines"`
	Carton  *Carton     `json:"Carton,omitempty"`  // proposed
	Parcels []ParcelRef `json:"Parcels,omitempty"` // closed earlier, with contents
	Begun   int         `json:"Begun,omitempty"`   // parcel numbers used up so far
}

// LineInfo is one line with what the catalogue says of its product. A note's
// text is not part of it, because the journal keeps no free notes: the screen
// reads it from the order.
type LineInfo struct {
	ID      string           `json:"ID"`
	SKU     string           `json:"SKU"`
	Name    string           `json:"Name"`
	Kind    station.LineKind `json:"Kind"`
	Bin     string           `json:"Bin,omitempty"`
	Picture string           `json:"Picture,omitempty"`
	Qty     int              `json:"Qty"`
	Mass    unit.Mass        `json:"Mass,omitempty"`
	Volume  int64            `json:"Volume,omitempty"` // of one unit in cubic millimetres; 0: unknown
	Count   bool             `json:"Count,omitempty"`
	Own     bool             `json:"Own,omitempty"` // ships in its own carton: alone
	// ByWeight: units of it may be counted by the scale.
	ByWeight bool  `json:"ByWeight,omitempty"`
	Fragile  bool  `json:"Fragile,omitempty"`
	Needs    Needs `json:"Needs,omitzero"`
	// Kit is the kit that the line is a part of. The order has it as one line.
	Kit *Kit `json:"Kit,omitempty"`
	// Substitutes may be sent in its place, once somebody said so. Instead is what the
	// order has, where the line is of such a one.
	Substitutes []Substitute `json:"Substitutes,omitempty"`
	Instead     *Instead     `json:"Instead,omitempty"`
}

// OrderRefused is the other result of the opening effect (Q8).
type OrderRefused struct {
	Effect  string          `json:"Effect"`
	Order   string          `json:"Order"`
	Number  string          `json:"Number,omitempty"`
	Code    Code            `json:"Code"`
	Reason  string          `json:"Reason,omitempty"`
	Place   *Place          `json:"Place,omitempty"` // of a parcel that another bench has
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

// ParcelClaimed is the result of the claim effect: the parcel as it is now. One
// that is closed stands on the dock, and is this van's.
type ParcelClaimed struct {
	Effect string    `json:"Effect"`
	Parcel ParcelRef `json:"Parcel"`
}

// ShopChanged says that the shop changed an order while the bench works.
type ShopChanged struct {
	Status station.OrderStatus `json:"Status"`
	Reason string              `json:"Reason,omitempty"`
	Order  OrderInfo           `json:"Order"`
}

// Printed is news of a document from its printer. Ended says that no more will
// come: before, the printer has it, and it comes by itself once that is mended.
type Printed struct {
	Effect   string          `json:"Effect"`
	Document Document        `json:"Document"`
	State    PrintState      `json:"State"`
	Trouble  trouble.Trouble `json:"Trouble,omitzero"`
	Ended    bool            `json:"Ended,omitempty"`
	Kept     string          `json:"Kept,omitempty"` // id of the kept list
	// Untimed: the list does not say when the van left, because the clock was set
	// back while it was loaded.
	Untimed bool `json:"Untimed,omitempty"`
	// Unprintable counts characters that the paper or the list could not show (L3).
	Unprintable int `json:"Unprintable,omitempty"`
	// OnPaper: a carrier's label that fits on no label is on a sheet of the paper printer.
	OnPaper bool `json:"OnPaper,omitempty"`
}

// Unlocked is a supervisor's word from the desk.
type Unlocked struct {
	By string `json:"By"`
}

// ScaleObeyed says what became of a command to the scale, and why it did not do
// it.
type ScaleObeyed struct {
	Effect  string          `json:"Effect"`
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

// EffectDone says that an effect without news of its own was carried out.
type EffectDone struct {
	Effect string `json:"Effect"`
}

// EffectFailed says that an effect's runner could not do it at all.
type EffectFailed struct {
	Effect  string          `json:"Effect"`
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

// Tag names the type of an event in the journal.
func (Started) Tag() string       { return "started" }
func (Scanned) Tag() string       { return "scanned" }
func (Command) Tag() string       { return "command" }
func (Weighed) Tag() string       { return "weighed" }
func (OrderReady) Tag() string    { return "order-ready" }
func (OrderRefused) Tag() string  { return "order-refused" }
func (ReturnReady) Tag() string   { return "return-ready" }
func (ReturnRefused) Tag() string { return "return-refused" }
func (ParcelClaimed) Tag() string { return "parcel-claimed" }
func (ShopChanged) Tag() string   { return "shop-changed" }
func (QuotesReady) Tag() string   { return "quotes-ready" }
func (Bought) Tag() string        { return "bought" }
func (Voided) Tag() string        { return "voided" }
func (Printed) Tag() string       { return "printed" }
func (Unlocked) Tag() string      { return "unlocked" }
func (ScaleObeyed) Tag() string   { return "scale-obeyed" }
func (EffectDone) Tag() string    { return "effect-done" }
func (EffectFailed) Tag() string  { return "effect-failed" }

// Events lists one of each type of event, for codecs.
func Events() []Event {
	return []Event{
		Started{},
		Scanned{},
		Command{},
		Weighed{},
		OrderReady{},
		OrderRefused{},
		ReturnReady{},
		ReturnRefused{},
		ParcelClaimed{},
		ShopChanged{},
		QuotesReady{},
		Bought{},
		Voided{},
		Printed{},
		Unlocked{},
		Round{},
		RefundRefused{},
		ClosedOut{},
		ScaleObeyed{},
		EffectDone{},
		EffectFailed{},
		PinGiven{},
		BadgeGone{},
	}
}

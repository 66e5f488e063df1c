package pack

import (
	"slices"
	"time"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Phase is the step that the bench is in; each has its page on the screen.
type Phase string

// The phases.
const (
	SignedOut Phase = "signed-out"
	Idle      Phase = "idle"
	Opening   Phase = "opening"
	Packing   Phase = "packing"
	Weighing  Phase = "weighing"
	Choosing  Phase = "choosing"
	Labelling Phase = "labelling"
	Closing   Phase = "closing"
	Locked    Phase = "locked"
)

// Rules are the settings of a bench that decisions depend on.
type Rules struct {
	Station    string `json:"Station"`
	LockAfter  int    `json:"LockAfter"`  // refusals in a row that lock the bench; 0: never
	AskService bool   `json:"AskService"` // wait for the packer to choose a service
	// Rights are who may do what. The four roles are what journals of old have in their
	// place; see Table.
	Rights       people.Rights `json:"Rights,omitzero"`
	TypedWeight  station.Role  `json:"TypedWeight"`
	OverrideRole station.Role  `json:"OverrideRole"`
	ConfirmRole  station.Role  `json:"ConfirmRole"`
	VoidRole     station.Role  `json:"VoidRole"`
	WorksAlone   bool          `json:"WorksAlone"` // one-person shop: may authorise own actions
	// WorkedOut: there is no scale, and anybody may send a parcel with the weight that
	// it should have; else who may type one.
	WorkedOut bool `json:"WorkedOut,omitempty"`
	// SecondScan: what a weight does not tell is scanned once more.
	SecondScan bool           `json:"SecondScan,omitempty"`
	Printers   Printers       `json:"Printers,omitzero"`
	BackUp     BackUp         `json:"BackUp,omitzero"`
	Cases      CaseRules      `json:"Cases,omitzero"`
	Reasons    people.Reasons `json:"Reasons,omitzero"`
}

// State is all that the machine knows of its bench. It is a value: Fold never
// changes the one that it was given, so a published state may be read by
// anybody for ever.
type State struct {
	Rules     Rules              `json:"Rules"`
	Person    Person             `json:"Person"`         // zero: nobody
	Since     time.Time          `json:"Since,omitzero"` // when they came; zero: not known
	Phase     Phase              `json:"Phase"`
	Back      Phase              `json:"Back"`          // the phase behind a lock
	LockRow   string             `json:"LockRow"`       // the journal row that locked the bench
	Refusals  int                `json:"Refusals"`      // in a row (Q2)
	Work      *Work              `json:"Work"`          // the open order
	Parked    map[string]*Work   `json:"Parked"`        // by order
	Opening   *OpeningOf         `json:"Opening"`       // what the opening effect is for
	Question  *Question          `json:"Question"`      // waiting for an answer
	Wanted    *Wanted            `json:"Wanted"`        // waiting for a badge
	PIN       *PinAsked          `json:"PIN,omitempty"` // waiting for a PIN
	Removing  bool               `json:"Removing"`      // the next item scan takes one out
	Armed     string             `json:"Armed"`         // destructive command said once
	Count     int                `json:"Count"`         // units that the next item scan stands for; 0: one
	Scale     ScaleMemory        `json:"Scale"`
	Tally     *Tally             `json:"Tally,omitempty"`     // the scale runs beside the packing
	Shown     *Shown             `json:"Shown,omitempty"`     // the closed parcel that a reprint means
	Closed    *Work              `json:"Closed,omitempty"`    // the order that a short closed last, for an undo
	ClosedBy  string             `json:"ClosedBy,omitempty"`  // the person who did that
	Loading   *Loading           `json:"Loading"`             // the van that parcels are scanned into
	Return    *Return            `json:"Return,omitempty"`    // what came back and is taken apart
	Returns   map[string]*Return `json:"Returns,omitempty"`   // those that were put aside, by number
	Documents []Printing         `json:"Documents,omitempty"` // of parcels on the bench, and the lists of vans that are not printed
	Pending   map[string]Effect  `json:"Pending"`             // effects without a result
	Recent    []*Verdict         `json:"Recent"`              // newest first, at most 12; none ever changes
}

// OpeningOf remembers why an order is being opened.
type OpeningOf struct {
	Effect string     `json:"Effect"`
	Order  string     `json:"Order"`
	Item   *Product   `json:"Item"`             // scanned before the order was open; counted once it is
	Reopen *ParcelRef `json:"Reopen"`           // parcel to open again
	Author string     `json:"Author,omitempty"` // who authorised that
	Undo   bool       `json:"Undo,omitempty"`   // to take back the short that closed it
	Label  string     `json:"Label,omitempty"`  // number of a parked parcel's label, which was scanned back
	Why    string     `json:"Why,omitempty"`    // the author's reason to pack it though the hub cannot grant it
}

// Loading is a carrier's van at the dock, with the parcels scanned into it.
type Loading struct {
	Manifest string    `json:"Manifest"`
	Carrier  string    `json:"Carrier"`
	Lane     string    `json:"Lane,omitempty"`     // of the dock
	Services []string  `json:"Services,omitempty"` // that the lane takes; none: all
	Parcels  []Loaded  `json:"Parcels"`            // in the order of their scans
	Driver   bool      `json:"Driver"`             // the driver's name is being asked for
	Began    time.Time `json:"Began,omitzero"`
	Sold     bool      `json:"Sold,omitempty"` // accounts sold labels of it, and may want to hear what it takes
}

// Takes says whether a parcel goes with the van's carrier and lane.
func (l Loading) Takes(p ParcelRef) bool {
	return p.Carrier == l.Carrier && (len(l.Services) == 0 || slices.Contains(l.Services, p.Service))
}

// has reports whether the very label is in the van already.
func (l Loading) has(p ParcelRef) bool {
	return slices.ContainsFunc(l.Parcels, func(in Loaded) bool { return in.Parcel == p.ID && in.SSCC == p.SSCC })
}

// Loaded is a parcel in the van.
type Loaded struct {
	Parcel string `json:"Parcel"`
	Order  string `json:"Order"`
	Number string `json:"Number,omitempty"`
	SSCC   string `json:"SSCC"`
}

// Place is where another bench has a parcel in its hands.
type Place struct {
	Station  string `json:"Station"`
	Carrier  string `json:"Carrier,omitempty"` // of the van; "" when the parcel is being opened again
	Lane     string `json:"Lane,omitempty"`    // of the dock, "" where the whole carrier is loaded
	Manifest string `json:"Manifest,omitempty"`
}

// State is what a parcel at the place is.
func (p Place) State() ParcelState {
	if p.Carrier == "" {
		return ParcelOpening
	}
	return ParcelLoading
}

// Question is a numbered question to the packer.
type Question struct {
	Code    Code     `json:"Code"`
	Choices []Choice `json:"Choices"`
	Item    *Product `json:"Item,omitempty"` // what was scanned when it was asked
	How     How      `json:"How,omitempty"`  // what is to become of it, where a mark of it is asked for
}

// Wanted is an action that waits for a badge of a higher role (P2).
type Wanted struct {
	Needs  station.Role  `json:"Needs"`           // the first that may do it alone
	Right  people.Action `json:"Right,omitempty"` // that is needed; "" in journals of old: of the role
	Action Command       `json:"Action"`          // what to do once authorised
	Reason string        `json:"Reason"`
	Author string        `json:"Author"`          // badge already seen, reason still missing
	By     Person        `json:"By,omitzero"`     // the same
	Typed  *Weighed      `json:"Typed,omitempty"` // the weight that was typed, where that waits
	// Let is what was let happen of the action before, by a badge or a PIN.
	Let []people.Action `json:"Let,omitempty"`
	// Kept are products that were scanned meanwhile: they are kept apart and do not
	// count.
	Kept []string `json:"Kept,omitempty"`
}

// Work is one order on the bench.
type Work struct {
	Order   string      `json:"Order"`
	Number  string      `json:"Number,omitempty"`
	Version int         `json:"Version"`
	ShipBy  time.Time   `json:"ShipBy"`
	Service string      `json:"Service"`
	Country string      `json:"Country"`
	Address string      `json:"Address,omitempty"` // keyed hash, see OrderInfo
	Gift    bool        `json:"Gift"`
	Lines   []Line      `json:"Lines"`
	Earlier []ParcelRef `json:"Earlier"` // parcels of this order that are closed
	Parcels int         `json:"Parcels"` // parcels ever begun, for the next id
	Parcel  Parcel      `json:"Parcel"`
	Step    Phase       `json:"Step"` // where the work stands; State.Phase while it is open
	// Overpacked is how many units a case says closed parcels hold too much.
	Overpacked int    `json:"Overpacked,omitempty"`
	Blocked    Code   `json:"Blocked"` // set when the shop held or cancelled the order meanwhile
	Reason     string `json:"Reason"`
}

// Line is one line with its counts. Open = Want − Packed − In − Short.
type Line struct {
	LineInfo
	Packed int    `json:"Packed"` // in closed parcels of this order
	In     int    `json:"In"`     // in the open parcel
	Short  int    `json:"Short"`
	Reason string `json:"Reason"` // why short
	// Cases are those that were opened because it is short.
	Cases     []string `json:"Cases,omitempty"`
	Confirmed bool     `json:"Confirmed"` // a note that was confirmed
	Manual    int      `json:"Manual"`    // units confirmed by hand (Q10)
	Swapped   int      `json:"Swapped"`   // damaged units replaced
}

// Open is how many units of the line are still to scan, or 1 for a note that
// is still to confirm.
func (l Line) Open() int {
	if l.Kind == station.Note {
		if l.Confirmed || l.Packed > 0 || l.Short > 0 {
			return 0
		}
		return 1
	}
	return max(0, l.Qty-l.Packed-l.In-l.Short)
}

// Excess is how many units of the line lie in parcels that the order no longer wants.
func (l Line) Excess() int {
	if l.Kind == station.Note {
		return 0
	}
	return max(0, l.Packed+l.In-l.Qty)
}

// LeftOut is how many units are left out that the order still wants.
func (l Line) LeftOut() int {
	if l.Kind == station.Note {
		if l.Confirmed || l.Packed > 0 {
			return 0
		}
		return min(l.Short, 1)
	}
	return min(l.Short, max(0, l.Qty-l.Packed-l.In))
}

// Parcel is the open parcel.
type Parcel struct {
	ID       string          `json:"ID"`
	Began    time.Time       `json:"Began"`
	Carton   *Carton         `json:"Carton"`
	Proposed string          `json:"Proposed,omitempty"` // the carton that the bench proposed for it
	Actions  []Action        `json:"Actions"`            // newest last, for undo; the last 20
	Marked   []Marked        `json:"Marked,omitempty"`
	Weight   *Weight         `json:"Weight"`
	Proof    *Proof          `json:"Proof,omitempty"` // beside the weight
	Quotes   []Quote         `json:"Quotes"`
	Service  string          `json:"Service"` // chosen
	Label    *Label          `json:"Label"`
	Trouble  trouble.Trouble `json:"Trouble,omitzero"`   // why it has no label
	Purchase PurchaseState   `json:"Purchase,omitempty"` // for the wish of LabelKey
	LabelKey string          `json:"LabelKey"`           // of the wish for a label, which a retry repeats; "" for none
	Wait     Wait            `json:"Wait,omitzero"`
	Lost     []string        `json:"Lost,omitempty"` // labels that somebody was told were lost, by their references
}

// How says by what a change of the contents came.
type How string

// The ways.
const (
	ByScan   How = "scan"
	ByCount  How = "count"
	ByTally  How = "scale" // counted by its weight
	ByHand   How = "hand"  // confirmed without a readable code
	ByUndo   How = "undo"
	ByRemove How = "remove"
	ByPut    How = "put-back"
	BySwap   How = "swap"
	ByShop   How = "shop" // the shop took it off the order
	// Those that move no units.
	ByShort      How = "short"   // Qty was left out
	ByOpening    How = "opening" // Qty was left out and is wanted again
	ByNote       How = "note"
	ByCarton     How = "carton"
	ByNextParcel How = "next-parcel"
	ByVoid       How = "void" // a label was voided, which nobody can undo
)

// Label is the kept label of a parcel.
type Label struct {
	SSCC     string `json:"SSCC"`
	Tracking string `json:"Tracking"`
	Document string `json:"Document"`
	Service  string `json:"Service"`
	// Unprintable counts characters that the label could not show (L3).
	Unprintable int `json:"Unprintable,omitempty"`
	// Lacks names what the address on it has not.
	Lacks    []string `json:"Lacks,omitempty"`
	VoidRule string   `json:"VoidRule,omitempty"` // of its carrier, in words
	// Cost is what it costs, where its carrier charges another price than it asked.
	Cost *unit.Money `json:"Cost,omitempty"`
}

// OpenUnits is how many units the order still waits for.
func (w *Work) OpenUnits() int {
	n := 0
	for _, l := range w.Lines {
		n += l.Open()
	}
	return n
}

// LeftOut is how many units of the order are left out.
func (w *Work) LeftOut() int {
	n := 0
	for _, l := range w.Lines {
		n += l.LeftOut()
	}
	return n
}

// Units is how many units lie in the open parcel.
func (w *Work) Units() int {
	n := 0
	for _, l := range w.Lines {
		n += l.In
	}
	return n
}

// Excess is how many units lie in parcels that the order no longer wants.
func (w *Work) Excess() int {
	n := 0
	for _, l := range w.Lines {
		n += l.Excess()
	}
	return n
}

// Complete says that nothing is left to scan and nothing is too much.
func (w *Work) Complete() bool { return w.OpenUnits() == 0 && w.Excess() == 0 }

// Contents lists the open parcel.
func (w *Work) Contents() []Content {
	var out []Content
	marked := slices.Clone(w.Parcel.Marked)
	for _, l := range w.Lines {
		if l.In > 0 {
			out = append(out, Content{Line: l.ID, SKU: l.SKU, Qty: l.In, Marked: share(marked, l.SKU, l.In), Kit: l.Kit, Instead: l.Instead})
		}
	}
	return out
}

// Goods is the mass of the open parcel's contents, as far as the catalogue knows it.
func (w *Work) Goods() (mass unit.Mass) {
	for _, l := range w.Lines {
		mass += l.Mass * unit.Mass(l.In)
	}
	return mass
}

// Line finds a line by id; nil when there is none.
func (w *Work) Line(id string) *Line {
	i := slices.IndexFunc(w.Lines, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return nil
	}
	return &w.Lines[i]
}

// WorkOf finds the work that a parcel belongs to, open or parked; it is for
// reading only.
func (s State) WorkOf(parcel string) *Work {
	if s.Work != nil && s.Work.Parcel.ID == parcel {
		return s.Work
	}
	for _, w := range s.Parked {
		if w.Parcel.ID == parcel {
			return w
		}
	}
	return nil
}

// Awaits reports whether such an effect has no result yet.
func (s State) Awaits(is func(Effect) bool) bool {
	for _, e := range s.Pending {
		if is(e) {
			return true
		}
	}
	return false
}

// clone copies the work as deep as Fold changes it.
func (w *Work) clone() *Work {
	if w == nil {
		return nil
	}
	c := *w
	c.Lines = slices.Clone(w.Lines)
	c.Earlier = slices.Clone(w.Earlier)
	c.Parcel.Actions = slices.Clone(w.Parcel.Actions)
	c.Parcel.Quotes = slices.Clone(w.Parcel.Quotes)
	c.Parcel.Marked = slices.Clone(w.Parcel.Marked)
	return &c
}

// New is the state of a bench that never worked.
func New() State { return State{Phase: SignedOut} }

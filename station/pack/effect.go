package pack

import "packbench/station/unit"

// EffectKind says who carries an effect out.
type EffectKind string

// The kinds of effect.
const (
	EffectOpen     EffectKind = "open"      // claim and read an order → OrderReady, OrderRefused
	EffectQuote    EffectKind = "quote"     // ask the carriers what a parcel costs → QuotesReady
	EffectBuy      EffectKind = "buy"       // buy the way of a parcel from a carrier, once for each wish → Bought
	EffectLook     EffectKind = "look"      // keep what a person saw of a purchase that its carrier cannot tell of; it buys nothing → Bought
	EffectVoid     EffectKind = "void"      // give back what was bought for a wish, or may have been → Voided
	EffectPrint    EffectKind = "print"     // draw a document, keep those that are kept, and print it → Printed
	EffectClaim    EffectKind = "claim"     // take a parcel for a van, before another bench does → ParcelClaimed
	EffectReturn   EffectKind = "return"    // claim what came back, before another bench opens it → ReturnReady, ReturnRefused
	EffectFree     EffectKind = "free"      // give the claim of an order back, or a van's of a parcel → EffectDone
	EffectCloseOut EffectKind = "close-out" // tell carriers what a van took → ClosedOut
	EffectScale    EffectKind = "scale"     // set the scale to zero or take a tare → ScaleObeyed
)

// Effect is a wish that the machine has: data, with an id that never comes
// twice. It stays pending in the state until its result is journaled, and is
// started again, marked unsure, when the program starts with it pending.
type Effect struct {
	ID       string     `json:"ID"`
	Kind     EffectKind `json:"Kind"`
	Intent   string     `json:"Intent,omitempty"` // the first effect of this wish, on a retry; see Key
	Order    string     `json:"Order,omitempty"`
	Number   string     `json:"Number,omitempty"`
	Parcel   string     `json:"Parcel,omitempty"`
	Service  string     `json:"Service,omitempty"`
	Carrier  string     `json:"Carrier,omitempty"`
	Price    unit.Money `json:"Price,omitzero"` // of the service
	Carton   string     `json:"Carton,omitempty"`
	Mass     unit.Mass  `json:"Mass,omitempty"`
	Document Document   `json:"Print,omitzero"`     // to print
	Kept     string     `json:"Document,omitempty"` // id of the kept label
	SSCC     string     `json:"SSCC,omitempty"`
	Copy     int        `json:"Reprint,omitempty"` // which reprint this is; 0: the first print
	Contents []Content  `json:"Contents,omitempty"`
	Manifest string     `json:"Manifest,omitempty"`
	Driver   string     `json:"Driver,omitempty"`  // id of the name, which stands outside the journal
	Parcels  []string   `json:"Parcels,omitempty"` // of a manifest
	Do       string     `json:"Do,omitempty"`      // scale: "zero" or "tare"
	GivenUp  bool       `json:"GivenUp,omitempty"` // an earlier job of this wish was taken back, and may have come out all the same
	Printer  string     `json:"Printer,omitempty"` // key of the printer that it is for; "" where that is not known
	Version  int        `json:"Version,omitempty"` // of the order that is packed: nothing is bought for another one
	Unasked  bool       `json:"Unasked,omitempty"` // the bench tries by itself: only what is new is told
	Alone    bool       `json:"Alone,omitempty"`   // open, return: also where the hub cannot be asked
	Return   string     `json:"Return,omitempty"`  // that the units of a label came with
	Grading  *Grading   `json:"Grading,omitempty"` // and where they are put
	Looked   string     `json:"Looked,omitempty"`  // what a person saw on the carrier's page: LookedNothing, or the tracking number
}

// Printers are short keys of the printers of a bench, by what comes out of
// them. Two printers that are two have two keys; "" is one that is not known.
type Printers struct {
	Label    string `json:"Label,omitempty"`
	Slip     string `json:"Slip,omitempty"`
	Inside   string `json:"Inside,omitempty"`
	Return   string `json:"Return,omitempty"`
	Customs  string `json:"Customs,omitempty"`
	Manifest string `json:"Manifest,omitempty"`
}

// Of returns the key of the printer of a kind of document, "" for none. A job is
// asked after only where it was sent: another printer never heard of it, and has
// nothing to say about it (L4).
func (p Printers) Of(kind string) string {
	return map[string]string{
		DocumentLabel: p.Label, DocumentPutaway: p.Label, "slip": p.Slip, "inside": p.Inside, "return": p.Return, "customs": p.Customs, DocumentManifest: p.Manifest,
	}[kind]
}

// Key names what is wished for, the same for every retry: what was numbered,
// bought or sent under it is found again and never done twice.
func (e Effect) Key() string {
	if e.Intent != "" {
		return e.Intent
	}
	return e.ID
}

package cases

import (
	"time"

	"packbench/station/pack"
)

// State is whether a case waits for somebody.
type State string

// The states of a case.
const (
	Open     State = "open"
	Resolved State = "resolved"
)

// The kinds of case, as the machine opens them.
const (
	KindScan     = "scan"
	KindWeight   = "weight"
	KindLabel    = "label"
	KindOverride = "override"
	KindLoading  = "loading"
	KindLock     = "lock"
	KindShort    = "short"
	KindSwap     = "swap"
	KindExcess   = "excess"
	KindCount    = "count"   // two counts of a bin found another number than the ledger
	KindShop     = "shop"    // the shop did not take what it was told
	KindClaim    = "claim"   // several benches share a hub, and an order is at two of them or was taken from one
	KindNews     = "news"    // what a carrier says of a parcel cannot be right as it stands
	KindMass     = "mass"    // parcels speak against a product's weight in the catalogue
	KindCarrier  = "carrier" // a back-up took over from a carrier, or it cannot tell what it sold
)

// What a case of claims says: it comes from no bench either.
const (
	CodeClaimsReleased pack.Code = "claims-released"  // a person took what a bench held
	CodeClaimClash     pack.Code = "claim-clash"      // two benches have the order
	CodeLoadedTwice    pack.Code = "loaded-twice"     // two vans have the parcel
	CodeDeskDecides    pack.Code = "desk-decides"     // what a desk alone changes was changed at a bench, and does not count
	CodeOverruled      pack.Code = "change-overruled" // two changed the same, and one of the changes does not count
)

// CodeMassDoubted is what a case of a product's weight says: it comes from no bench.
const CodeMassDoubted pack.Code = "mass-doubted"

// CodeCountDiffers is what a case of a count says: it comes from no bench.
const CodeCountDiffers pack.Code = "count-differs"

// Case is a mismatch that a person should look at. By and Author are ids of
// people: who stood at the bench, and who let it pass where somebody did.
type Case struct {
	ID         string
	At         time.Time
	Kind       string
	Code       pack.Code
	Station    string
	By         string
	Author     string       `json:",omitempty"`
	Order      string       `json:",omitempty"`
	Number     string       `json:",omitempty"` // what people call the order, where that is not its id
	Parcel     string       `json:",omitempty"`
	SKU        string       `json:",omitempty"`
	Scanned    string       `json:",omitempty"`
	Expected   []string     `json:",omitempty"`
	Weight     *pack.Weight `json:",omitempty"`
	State      State
	Group      string    // the cause that it shares with others, in words
	Given      string    `json:",omitempty"` // reason given at the bench
	Reason     string    `json:",omitempty"` // why it was resolved, a code of Reasons
	ResolvedBy string    `json:",omitempty"`
	ResolvedAt time.Time `json:",omitzero"`
	Note       string    `json:",omitempty"` // id of the note
	Assigned   string    `json:",omitempty"` // who sees to it, "" for nobody
}

package cases

import (
	"slices"

	"packbench/station/pack"
)

// Reason is why a mismatch came, as a code for the journal and in words.
type Reason struct {
	Code  string
	Words string
	Desk  bool // it is given at a desk alone: no card has it
}

var reasons = [...]Reason{
	{"barcode-wrong", "The barcode is wrong or missing in the catalogue", false},
	{"pick-error", "The wrong product or quantity was picked", false},
	{"packer-error", "Packer error", false},
	{"damaged", "The goods or their packaging are damaged", false},
	{"customer-request", "The customer asked for it", false},
	{"stock-missing", "The goods are not in stock", false},
	{"mass-wrong", "The product's weight in the catalogue is wrong", false},
	{"filling", "More or different filling than usual", false},
	{"carton-other", "A different carton was used", false},
	{"scale-drift", "The scale is off or isn't level", false},
	{"label-unreadable", "The label cannot be read", false},
	{"printer", "The printer failed", false},
	{"carrier-down", "The carrier could not be reached", false},
	{"carrier-wrong", "The carrier was wrong", true},
	{"carrier-asked", "The carrier was asked, or has to pay", true},
	{"bench-gone", "The bench is out of use", true},
	{"return-moved", "The parcel lies at another bench", true},
	{"told-by-hand", "It was entered in the shop by hand", false},
	{"test", "A test, not real work", false},
	{"other", "Something else", false},
}

// Reasons lists the reasons that a case may be resolved with, in the order
// for a screen.
func Reasons() []Reason { return slices.Clone(reasons[:]) }

// AnswerGranted is the answer to a case of an order that was packed without the hub, once
// that has given it to the bench.
const AnswerGranted = "granted"

// AnswerCleared is the answer to a case of a carrier's news, once later news leave no doubt.
const AnswerCleared = "cleared"

// AnswerCorrected is the answer to a case of a product's weight, once the catalogue says
// another one, or its parcels speak against it no longer.
const AnswerCorrected = "corrected"

// ReasonWords returns the words of a reason code, those of what was answered by itself
// too; ok is false for an unknown one.
func ReasonWords(code string) (words string, ok bool) {
	switch code {
	case pack.AnswerUndone:
		return "It was undone at the bench", true
	case AnswerCleared:
		return "Later news cleared it", true
	case AnswerCorrected:
		return "The weight in the catalogue is right now", true
	case AnswerGranted:
		return "The hub gave the order to this bench alone", true
	}
	for _, r := range reasons {
		if r.Code == code {
			return r.Words, true
		}
	}
	return "", false
}

// These are no kinds of case: their reasons are those to hold an order, and to take orders or
// a return from a bench.
const (
	kindHold          = "hold"
	kindRelease       = "release"
	kindReleaseReturn = "release-return"
)

// usual are the reasons that answer each kind of case: nobody should look through all
// of them. A kind that is not here has those that stand at "".
var usual = map[string][]string{
	KindScan:     {"barcode-wrong", "pick-error", "packer-error", "test", "other"},
	KindLock:     {"barcode-wrong", "pick-error", "packer-error", "test", "other"},
	KindWeight:   {"packer-error", "mass-wrong", "filling", "carton-other", "scale-drift", "other"},
	KindOverride: {"packer-error", "mass-wrong", "filling", "carton-other", "scale-drift", "other"},
	KindLabel:    {"packer-error", "label-unreadable", "printer", "test", "other"},
	KindShort:    {"pick-error", "damaged", "customer-request", "stock-missing", "other"},
	KindSwap:     {"pick-error", "damaged", "other"},
	KindCount:    {"pick-error", "damaged", "stock-missing", "barcode-wrong", "other"},
	KindExcess:   {"packer-error", "customer-request", "test", "other"},
	KindShop:     {"customer-request", "told-by-hand", "test", "other"},
	KindClaim:    {"packer-error", "test", "other"},
	KindNews:     {"carrier-wrong", "carrier-asked", "customer-request", "test", "other"},
	KindMass:     {"mass-wrong", "packer-error", "filling", "scale-drift", "test", "other"},
	KindCarrier:  {"carrier-down", "test", "other"},
	kindHold:     {"pick-error", "damaged", "customer-request", "stock-missing", "other"},

	kindRelease:       {"bench-gone", "packer-error", "test", "other"},
	kindReleaseReturn: {"return-moved", "bench-gone", "test", "other"},

	"": {"pick-error", "packer-error", "test", "other"},
}

// HoldReasons lists the reasons that a screen offers for holding an order.
func HoldReasons() []Reason { return ReasonsFor(kindHold) }

// ReleaseReasons lists those that a screen offers for taking orders from a bench, or a return.
func ReleaseReasons(back bool) []Reason {
	if back {
		return ReasonsFor(kindReleaseReturn)
	}
	return ReasonsFor(kindRelease)
}

// ReasonsFor lists the reasons that a screen offers for a kind of case.
func ReasonsFor(kind string) []Reason {
	codes, ok := usual[kind]
	if !ok {
		codes = usual[""]
	}
	return slices.DeleteFunc(Reasons(), func(r Reason) bool { return !slices.Contains(codes, r.Code) })
}

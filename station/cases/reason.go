package cases

import (
	"slices"

	"packbench/station/pack"
)

// Reason is why a mismatch came, as a code for the journal and in words.
type Reason struct {
	Code  string
	Words string
}

var reasons = [...]Reason{
	{"barcode-wrong", "The barcode is wrong or missing in the catalogue"},
	{"pick-error", "The wrong product or quantity was picked"},
	{"packer-error", "Packer error"},
	{"damaged", "The goods or their packaging are damaged"},
	{"customer-request", "The customer asked for it"},
	{"stock-missing", "The goods are not in stock"},
	{"mass-wrong", "The product's weight in the catalogue is wrong"},
	{"filling", "More or different filling than usual"},
	{"carton-other", "A different carton was used"},
	{"scale-drift", "The scale is off or isn't level"},
	{"label-unreadable", "The label cannot be read"},
	{"printer", "The printer failed"},
	{"carrier-down", "The carrier could not be reached"},
	{"told-by-hand", "It was entered in the shop by hand"},
	{"test", "A test, not real work"},
	{"other", "Something else"},
}

// Reasons lists the reasons that a case may be resolved with, in the order
// for a screen.
func Reasons() []Reason { return slices.Clone(reasons[:]) }

// AnswerGranted is the answer to a case of an order that was packed without the hub, once
// that has given it to the bench.
const AnswerGranted = "granted"

// ReasonWords returns the words of a reason code, those of what was answered by itself
// too; ok is false for an unknown one.
func ReasonWords(code string) (words string, ok bool) {
	switch code {
	case pack.AnswerUndone:
		return "It was undone at the bench", true
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

// kindHold is no kind of case: its reasons are those to hold an order.
const kindHold = "hold"

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
	KindCarrier:  {"carrier-down", "test", "other"},
	kindHold:     {"pick-error", "damaged", "customer-request", "stock-missing", "other"},
	"":           {"pick-error", "packer-error", "test", "other"},
}

// HoldReasons lists the reasons that a screen offers for holding an order.
func HoldReasons() []Reason { return ReasonsFor(kindHold) }

// ReasonsFor lists the reasons that a screen offers for a kind of case.
func ReasonsFor(kind string) []Reason {
	codes, ok := usual[kind]
	if !ok {
		codes = usual[""]
	}
	return slices.DeleteFunc(Reasons(), func(r Reason) bool { return !slices.Contains(codes, r.Code) })
}

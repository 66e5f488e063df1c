package pack

import (
	"time"

	"packbench/station"
	"packbench/station/unit"
)

// Kind is the colour of a verdict.
type Kind string

// The kinds of verdict.
const (
	Accepted Kind = "accepted"
	Refused  Kind = "refused"
	Asked    Kind = "asked"
	Info     Kind = "info"
)

// Code names a verdict for programs; the set is a contract of the headless
// bench.
type Code string

// The codes.
const (
	CodeOrderOpened         Code = "order-opened"
	CodeOrderUnknown        Code = "order-unknown"
	CodeOrderHeld           Code = "order-held"
	CodeOrderCancelled      Code = "order-cancelled"
	CodeOrderDone           Code = "order-done"
	CodeOrderElsewhere      Code = "order-elsewhere"
	CodeOrderChanged        Code = "order-changed"
	CodeOrderProposed       Code = "order-proposed"
	CodeResumed             Code = "resumed"
	CodeParked              Code = "parked"
	CodeCancelled           Code = "cancelled"
	CodeItem                Code = "item"
	CodePack                Code = "pack"
	CodeCounted             Code = "counted"
	CodeConfirmed           Code = "confirmed"
	CodeWrongItem           Code = "wrong-item"
	CodeOverScan            Code = "over-scan"
	CodePackTooBig          Code = "pack-too-big"
	CodeUnknownCode         Code = "unknown-code"
	CodeAmbiguousCode       Code = "ambiguous-code"
	CodeUndone              Code = "undone"
	CodeRemoved             Code = "removed"
	CodePutBack             Code = "put-back"
	CodeSwapped             Code = "swapped"
	CodeShort               Code = "short"
	CodeNothingToUndo       Code = "nothing-to-undo"
	CodeAllScanned          Code = "all-scanned"
	CodeCarton              Code = "carton"
	CodeCartonFull          Code = "carton-full"
	CodeCartonNotAllowed    Code = "carton-not-allowed"
	CodeWeightOK            Code = "weight-ok"
	CodeWeightOff           Code = "weight-off"
	CodeWeightMoving        Code = "weight-moving"
	CodeWeightStale         Code = "weight-stale"
	CodeWeightNone          Code = "weight-none"
	CodeWeightZero          Code = "weight-zero"
	CodeWeightOver          Code = "weight-over"
	CodeWeightUnder         Code = "weight-under"
	CodeWeightUnknown       Code = "weight-unknown"
	CodeWeightTyped         Code = "weight-typed"
	CodeScaleAsked          Code = "scale-asked"
	CodeScaleObeyed         Code = "scale-obeyed"
	CodeScaleRefused        Code = "scale-refused"
	CodeService             Code = "service"
	CodeServiceNone         Code = "service-none"
	CodeLabelMade           Code = "label-made"
	CodeLabelSent           Code = "label-sent"
	CodeLabelPrinted        Code = "label-printed"
	CodeLabelWaiting        Code = "label-waiting"
	CodeLabelWrongBox       Code = "label-wrong-box"
	CodeLabelUnknownOutcome Code = "label-unknown-outcome"
	CodePrinterTrouble      Code = "printer-trouble"
	CodeParcelClosed        Code = "parcel-closed"
	CodeOrderClosed         Code = "order-closed"
	CodeReopened            Code = "reopened"
	CodeVoided              Code = "voided"
	CodeReprinted           Code = "reprinted"
	CodeLoading             Code = "loading"
	CodeHandedOver          Code = "handed-over"
	CodeWrongCarrier        Code = "wrong-carrier"
	CodeManifest            Code = "manifest"
	CodePaper               Code = "paper"
	CodeSignedIn            Code = "signed-in"
	CodeSignedOut           Code = "signed-out"
	CodeTakenOver           Code = "taken-over"
	CodeNotSignedIn         Code = "not-signed-in"
	CodeNeedsRole           Code = "needs-role"
	CodeAuthorised          Code = "authorised"
	CodeOverrideRefused     Code = "override-refused"
	CodeLocked              Code = "locked"
	CodeUnlocked            Code = "unlocked"
	CodeCommandUnknown      Code = "command-unknown"
	CodeNotNow              Code = "not-now"
)

// Verdict is the bench's answer to one input: data only, the screen package
// makes the sentence.
type Verdict struct {
	At       time.Time
	Kind     Kind
	Code     Code
	Order    string       `json:",omitempty"`
	Line     string       `json:",omitempty"`
	SKU      string       `json:",omitempty"`
	Name     string       `json:",omitempty"` // of the product
	Qty      int          `json:",omitempty"` // units that this input moved
	Have     int          `json:",omitempty"` // units of the line in all parcels now
	Want     int          `json:",omitempty"` // units of the line
	Open     int          // units of the order still to scan
	Scanned  string       `json:",omitempty"` // the code, where it was not understood
	Expected []string     `json:",omitempty"` // SKUs still open
	Choices  []Choice     `json:",omitempty"`
	Weight   *Weight      `json:",omitempty"`
	Service  string       `json:",omitempty"`
	Price    *unit.Money  `json:",omitempty"`
	Parcel   string       `json:",omitempty"`
	Manifest string       `json:",omitempty"`
	Left     time.Time    `json:",omitzero"`  // when the van of the manifest left, in the bench's zone
	Waits    bool         `json:",omitempty"` // what the printer holds up comes by itself once it is mended
	Other    string       `json:",omitempty"` // the order that a wrong label belongs to, the carton, the command…
	Missing  []string     `json:",omitempty"` // papers of a parcel that was closed without them
	Lacks    []string     `json:",omitempty"` // what the address of a label has not
	Reason   string       `json:",omitempty"` // a reason code, or words from a device or a shop
	Place    *Place       `json:",omitempty"` // where another bench has the parcel
	Case     string       `json:",omitempty"`
	By       string       `json:",omitempty"` // person at the bench
	Author   string       `json:",omitempty"` // who authorised
	Needs    station.Role `json:",omitempty"`
}

// ToCheck tells whether what came out of a printer does not hold everything, so
// that somebody has to look at it.
func (v Verdict) ToCheck() bool { return v.Reason == "unprintable" || len(v.Lacks) > 0 }

// Weight is a weighing: what was read and what was expected.
type Weight struct {
	Mass      unit.Mass
	Known     bool // whether Expected is known
	Expected  unit.Mass
	Tolerance unit.Mass
	Typed     bool   `json:",omitempty"`
	Cause     *Cause `json:",omitempty"`
	// Who let it pass although it was off, and why.
	Author string `json:",omitempty"`
	Reason string `json:",omitempty"`
}

// Choice is one numbered answer to a question.
type Choice struct {
	N       int
	Text    string   // for people, already in words where the catalogue gave them
	Meaning *Meaning `json:",omitempty"`
	Command *Command `json:",omitempty"`
}

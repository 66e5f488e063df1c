package pack

import (
	"time"

	"packbench/station"
	"packbench/station/trouble"
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
	CodeClaimedElsewhere    Code = "claimed-elsewhere" // by a bench of another folder, as the hub says
	CodeHubAway             Code = "hub-away"          // and the order was not claimed before it went
	CodeOrderChanged        Code = "order-changed"
	CodeOrderProposed       Code = "order-proposed"
	CodeOrderWhich          Code = "order-which"
	CodeResumed             Code = "resumed"
	CodeParked              Code = "parked"
	CodeCancelled           Code = "cancelled"
	CodeItem                Code = "item"
	CodePack                Code = "pack"
	CodeCounted             Code = "counted"
	CodeConfirmed           Code = "confirmed"
	CodeSubstitute          Code = "substitute"
	CodeWrongItem           Code = "wrong-item"
	CodeOverScan            Code = "over-scan"
	CodePackTooBig          Code = "pack-too-big"
	CodeUnknownCode         Code = "unknown-code"
	CodeAmbiguousCode       Code = "ambiguous-code"
	CodeLotNeeded           Code = "lot-needed"
	CodeSerialNeeded        Code = "serial-needed"
	CodeExpiryNeeded        Code = "expiry-needed"
	CodeSerialSeen          Code = "serial-seen"
	CodeExpired             Code = "expired"
	CodeShortLife           Code = "short-life"
	CodeRecalled            Code = "recalled"
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
	CodeWeightWorkedOut     Code = "weight-worked-out"
	CodeProofNeeded         Code = "proof-needed"
	CodeScaleCount          Code = "scale-count"
	CodeCountProposed       Code = "count-proposed"
	CodeCountUnsure         Code = "count-unsure"
	CodePieces              Code = "piece-by-piece"
	CodePieceWeighed        Code = "piece-weighed"
	CodePieceWrong          Code = "piece-wrong"
	CodeScaleAsked          Code = "scale-asked"
	CodeScaleObeyed         Code = "scale-obeyed"
	CodeScaleRefused        Code = "scale-refused"
	CodeService             Code = "service"
	CodeServiceNone         Code = "service-none"
	CodeLabelMade           Code = "label-made"
	CodeLabelSent           Code = "label-sent"
	CodeLabelPrinted        Code = "label-printed"
	CodeLabelWaiting        Code = "label-waiting"
	CodeLabelBought         Code = "label-bought"
	CodeFailover            Code = "failover"
	CodePurchaseUnknown     Code = "purchase-unknown"
	CodeLabelDearer         Code = "label-dearer"
	CodeLabelLost           Code = "label-lost"
	CodeLabelDouble         Code = "label-double"
	CodeQuoteLate           Code = "quote-late"
	CodeVoidAsked           Code = "void-asked"
	CodeVoidRefused         Code = "void-refused"
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
	CodeCloseOut            Code = "close-out"
	CodeWrongCarrier        Code = "wrong-carrier"
	CodeManifest            Code = "manifest"
	CodeReturn              Code = "return"        // what came back is scanned next
	CodeReturnOpened        Code = "return-opened" // and this was in it
	CodeReturnBlind         Code = "return-blind"
	CodeReturnUnit          Code = "return-unit"
	CodeReturnGraded        Code = "return-graded"
	CodeReturnMissing       Code = "return-missing"
	CodeReturnSerial        Code = "return-serial" // another one than was sent
	CodeReturnLot           Code = "return-lot"
	CodeReturnOver          Code = "return-over" // more than was sent
	CodeReturnTwice         Code = "return-twice"
	CodeReturnNotOurs       Code = "return-not-ours"
	CodeReturnWeight        Code = "return-weight"
	CodeReturnClosed        Code = "return-closed"
	CodePaper               Code = "paper"
	CodeSignedIn            Code = "signed-in"
	CodeSignedOut           Code = "signed-out"
	CodeTakenOver           Code = "taken-over"
	CodeNotSignedIn         Code = "not-signed-in"
	CodeNeedsRole           Code = "needs-role"
	CodePINNeeded           Code = "pin-needed"
	CodePINWrong            Code = "pin-wrong"
	CodeKeptApart           Code = "kept-apart"
	CodeAuthorised          Code = "authorised"
	CodeOverrideRefused     Code = "override-refused"
	CodeLocked              Code = "locked"
	CodeUnlocked            Code = "unlocked"
	CodeBack                Code = "back"
	CodeCommandUnknown      Code = "command-unknown"
	CodeNotNow              Code = "not-now"
)

// Verdict is the bench's answer to one input: data only, package say makes
// the sentence.
type Verdict struct {
	At          time.Time       `json:"At"`
	Kind        Kind            `json:"Kind"`
	Code        Code            `json:"Code"`
	Order       string          `json:"Order,omitempty"`
	Number      string          `json:"Number,omitempty"`
	Line        string          `json:"Line,omitempty"`
	SKU         string          `json:"SKU,omitempty"`
	Name        string          `json:"Name,omitempty"`     // of the product
	Qty         int             `json:"Qty,omitempty"`      // units that this input moved
	Have        int             `json:"Have,omitempty"`     // units of the line in all parcels now
	Want        int             `json:"Want,omitempty"`     // units of the line
	Short       int             `json:"Short,omitempty"`    // units of it that are left out, of the order where it is about no line
	Kit         string          `json:"Kit,omitempty"`      // name of the kit that the line is a part of
	Instead     string          `json:"Instead,omitempty"`  // name of what the order has, where something else is sent
	Into        []Content       `json:"Into,omitempty"`     // where the units went, where that is several lines
	Open        int             `json:"Open"`               // units of the order still to scan
	Marks       *Marks          `json:"Marks,omitempty"`    // what is known of the units
	Life        *Life           `json:"Life,omitempty"`     // how long they keep, where that is too short
	Scanned     string          `json:"Scanned,omitempty"`  // the code, where it was not understood
	Expected    []string        `json:"Expected,omitempty"` // SKUs still open
	Excess      []Content       `json:"Excess,omitempty"`   // in the open parcel, or in closed ones, and not wanted
	Choices     []Choice        `json:"Choices,omitempty"`
	Weight      *Weight         `json:"Weight,omitempty"`
	Service     string          `json:"Service,omitempty"`
	Price       *unit.Money     `json:"Price,omitempty"`
	Parcel      string          `json:"Parcel,omitempty"`
	Manifest    string          `json:"Manifest,omitempty"`
	Return      string          `json:"Return,omitempty"` // its number
	Grade       string          `json:"Grade,omitempty"`
	Disposition string          `json:"Disposition,omitempty"`
	Bin         string          `json:"Bin,omitempty"`        // where units that came back are put
	Left        time.Time       `json:"Left,omitzero"`        // when the van of the manifest left, in the bench's zone
	Waits       bool            `json:"Waits,omitempty"`      // what the printer holds up comes by itself once it is mended
	Closed      bool            `json:"Closed,omitempty"`     // the parcel was closed before, or the order by this very short: there is nothing to scan back, and no retry
	OtherOrder  string          `json:"OtherOrder,omitempty"` // that a label or a command means, where it is not the one in hand
	OtherNumber string          `json:"OtherNumber,omitempty"`
	Carton      string          `json:"Carton,omitempty"`
	Carrier     string          `json:"Carrier,omitempty"`
	Paper       string          `json:"Paper,omitempty"` // its kind, where it is about a paper of a parcel
	Command     string          `json:"Command,omitempty"`
	From        string          `json:"From,omitempty"`    // who worked here before
	Given       string          `json:"Given,omitempty"`   // what was asked for and is not there
	Missing     []string        `json:"Missing,omitempty"` // papers of a parcel that was closed without them
	Lacks       []string        `json:"Lacks,omitempty"`   // what the address of a label has not
	Reason      Reason          `json:"Reason,omitempty"`
	Why         string          `json:"Why,omitempty"`    // the code of a reason that a person gave, or words of a shop
	Trouble     trouble.Trouble `json:"Trouble,omitzero"` // of a device, or of what was to be made
	Place       *Place          `json:"Place,omitempty"`  // where another bench has the parcel
	Case        string          `json:"Case,omitempty"`
	By          string          `json:"By,omitempty"`     // person at the bench
	Author      string          `json:"Author,omitempty"` // who authorised
	Needs       station.Role    `json:"Needs,omitempty"`
	Aside       bool            `json:"Aside,omitempty"`     // the parcel is not in hand: its box stands aside
	Was         *unit.Money     `json:"Was,omitempty"`       // what Price stands in for: of another service, or as it was quoted
	Late        []string        `json:"Late,omitempty"`      // accounts that did not answer in time
	Rule        string          `json:"Rule,omitempty"`      // a carrier's, for taking a label back
	Strangers   []Stranger      `json:"Strangers,omitempty"` // parcels that a carrier does not know
	Seconds     int             `json:"Seconds,omitempty"`   // until another PIN is looked at
	Old         string          `json:"Other,omitempty"`     // of a journal of old, see old.go
}

// SeeOrder stands for why a shop holds or cancelled an order. Its own words stay in
// the order, because they may name somebody: whoever shows a verdict reads them there.
const SeeOrder = "see the order"

// ToCheck reports whether what came out of a printer does not hold everything, so
// that somebody has to look at it.
func (v Verdict) ToCheck() bool {
	return v.Reason == ReasonUnprintable || v.Reason == ReasonOnPaper || len(v.Lacks) > 0
}

// Weight is a weighing: what was read and what was expected.
type Weight struct {
	Mass      unit.Mass `json:"Mass"`
	Known     bool      `json:"Known"` // whether Expected is known
	Expected  unit.Mass `json:"Expected"`
	Tolerance unit.Mass `json:"Tolerance"`
	Typed     bool      `json:"Typed,omitempty"`     // no scale said so
	WorkedOut bool      `json:"WorkedOut,omitempty"` // nor did anybody else
	Cause     *Cause    `json:"Cause,omitempty"`
	Causes    []Likely  `json:"Causes,omitempty"` // all that may be, the likeliest first
	Basis     *Basis    `json:"Basis,omitempty"`  // nil where no scale weighed it, and in journals of old
	// Who let it pass although it was off, and why.
	Author string `json:"Author,omitempty"`
	Reason string `json:"Reason,omitempty"`
}

// Basis is what a weighing rests on beside the parcel itself.
type Basis struct {
	Division unit.Mass `json:"Division,omitempty"`
	Filling  unit.Mass `json:"Filling,omitempty"`
}

// Choice is one numbered answer to a question.
type Choice struct {
	N       int      `json:"N"`
	Text    string   `json:"Text"` // for people, already in words where the catalogue gave them
	Meaning *Meaning `json:"Meaning,omitempty"`
	Command *Command `json:"Command,omitempty"`
}

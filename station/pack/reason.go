package pack

import "slices"

// Reason says more closely than the code why the bench answers as it does. The
// set is closed, and so is that of each code: see [Reasons]. What a person gave as
// a reason, and the words of a shop, stand in Verdict.Why.
type Reason string

// The reasons.
const (
	ReasonAddress            Reason = "address"
	ReasonAgain              Reason = "again"
	ReasonAltered            Reason = "altered"
	ReasonAnotherUnit        Reason = "another-unit"
	ReasonAsked              Reason = "asked"
	ReasonAside              Reason = "aside"
	ReasonBadge              Reason = "badge"
	ReasonBadgeTyped         Reason = "badge-typed"
	ReasonBadgeEnded         Reason = "badge-ended"
	ReasonBadgeRevoked       Reason = "badge-revoked"
	ReasonBadgeNotYet        Reason = "badge-not-yet"
	ReasonBeingPrinted       Reason = "being-printed"
	ReasonBestBefore         Reason = "best-before"
	ReasonByWeight           Reason = "by-weight"
	ReasonCarton             Reason = "carton"
	ReasonChoice             Reason = "choice"
	ReasonClaimed            Reason = "claimed"
	ReasonClock              Reason = "clock"
	ReasonCount              Reason = "count"
	ReasonCounted            Reason = "counted"
	ReasonCut                Reason = "cut"
	ReasonDate               Reason = "date"
	ReasonDockEmpty          Reason = "dock-empty"
	ReasonDriver             Reason = "driver"
	ReasonEmpty              Reason = "empty"
	ReasonEnded              Reason = "ended"
	ReasonExcess             Reason = "excess"
	ReasonExcessClosed       Reason = "excess-closed"
	ReasonExcessLabelled     Reason = "excess-labelled"
	ReasonForeign            Reason = "foreign"
	ReasonForged             Reason = "forged"
	ReasonForm               Reason = "form"
	ReasonGone               Reason = "gone"
	ReasonHandedOver         Reason = "handed-over"
	ReasonInOpenOrder        Reason = "in-open-order"
	ReasonInParcel           Reason = "in-parcel"
	ReasonKeptApart          Reason = "kept-apart"
	ReasonKit                Reason = "kit"
	ReasonLabelVoid          Reason = "label-void"
	ReasonLabelling          Reason = "labelling"
	ReasonLane               Reason = "lane"
	ReasonLine               Reason = "line"
	ReasonListLeft           Reason = "list left"
	ReasonListLoading        Reason = "list loading"
	ReasonLoading            Reason = "loading"
	ReasonNextParcel         Reason = "next-parcel"
	ReasonNoCarriers         Reason = "no-carriers"
	ReasonNoLabel            Reason = "no-label"
	ReasonNoLine             Reason = "no-line"
	ReasonNoManifest         Reason = "no-manifest"
	ReasonNoMass             Reason = "no-mass"
	ReasonNotWhole           Reason = "not-whole"
	ReasonOnIt               Reason = "on-it"
	ReasonReady              Reason = "ready"
	ReasonSpread             Reason = "spread"
	ReasonTooLight           Reason = "too-light"
	ReasonTooMany            Reason = "too-many"
	ReasonUnscanned          Reason = "unscanned"
	ReasonNoOrder            Reason = "no-order"
	ReasonNoOrderDue         Reason = "no-order-due"
	ReasonNoOrderForItem     Reason = "no-order-for-item"
	ReasonNoParcel           Reason = "no-parcel"
	ReasonNoQuestion         Reason = "no-question"
	ReasonNote               Reason = "note"
	ReasonNoPIN              Reason = "no-pin"
	ReasonNoReturn           Reason = "no-return"
	ReasonNotClosed          Reason = "not-closed"
	ReasonNotInParcel        Reason = "not-in-parcel"
	ReasonNotLocked          Reason = "not-locked"
	ReasonNothingLoaded      Reason = "nothing-loaded"
	ReasonNothingToAuthorise Reason = "nothing-to-authorise"
	ReasonNumber             Reason = "number"
	ReasonPlace              Reason = "place"
	ReasonPlaceSure          Reason = "place-sure"
	ReasonNotWorkedOut       Reason = "not-worked-out"
	ReasonOldLabelVoid       Reason = "old-label-void"
	ReasonOneByOne           Reason = "one-by-one"
	ReasonOpening            Reason = "opening"
	ReasonOrderOpen          Reason = "order-open"
	ReasonOwnCode            Reason = "own code"
	ReasonOwnCarton          Reason = "own-carton"
	ReasonOwnPacked          Reason = "own-packed"
	ReasonPaused             Reason = "paused"
	ReasonPaperKind          Reason = "paper-kind"
	ReasonParcel             Reason = "parcel"
	ReasonParcelEmpty        Reason = "parcel-empty"
	ReasonParcelLate         Reason = "parcel-late"
	ReasonParcelLoading      Reason = "parcel-loading"
	ReasonParcelOpening      Reason = "parcel-opening"
	ReasonReturnElsewhere    Reason = "return-elsewhere"
	ReasonPiece              Reason = "piece"
	ReasonPrinted            Reason = "printed"
	ReasonPrintedUntimed     Reason = "printed untimed"
	ReasonProductCode        Reason = "product-code"
	ReasonQuantity           Reason = "quantity"
	ReasonReason             Reason = "reason"
	ReasonRetry              Reason = "retry"
	ReasonReturn             Reason = "return"
	ReasonSeen               Reason = "seen"
	ReasonSent               Reason = "sent"
	ReasonSentUntimed        Reason = "sent untimed"
	ReasonSeveralSerials     Reason = "several serials"
	ReasonSerials            Reason = "serials"
	ReasonSerialCount        Reason = "serial-count"
	ReasonCoupon             Reason = "coupon"
	ReasonLabelPart          Reason = "label-part"
	ReasonService            Reason = "service"
	ReasonNotTold            Reason = "not-told"
	ReasonShiftOver          Reason = "shift-over"
	ReasonShort              Reason = "short"
	ReasonStrangers          Reason = "strangers"
	ReasonUnsure             Reason = "unsure"
	ReasonUnprinted          Reason = "unprinted"
	ReasonWaits              Reason = "waits"
	ReasonSure               Reason = "sure"
	ReasonSureLoading        Reason = "sure-loading"
	ReasonTrainee            Reason = "trainee"
	ReasonTooHeavy           Reason = "too heavy"
	ReasonTooLong            Reason = "too long"
	ReasonUnitsOpen          Reason = "units-open"
	ReasonUnknown            Reason = "unknown"
	ReasonUnknownParcel      Reason = "unknown parcel"
	ReasonOnPaper            Reason = "on-paper"
	ReasonUnprintable        Reason = "unprintable"
	ReasonVoidFirst          Reason = "void-first"
	ReasonVoided             Reason = "voided"
	ReasonWantedAgain        Reason = "wanted-again"
	ReasonWaitsForBadge      Reason = "waits-for-badge"
	ReasonWaitsForPIN        Reason = "waits-for-pin"
	ReasonWeigh              Reason = "weigh"
	ReasonWhichParcel        Reason = "which-parcel"
	ReasonWhichUnit          Reason = "which-unit"
)

var reasons = map[Code][]Reason{
	CodeOrderUnknown:        {ReasonNoOrderForItem, ReasonParcel},
	CodeOrderDone:           {ReasonHandedOver},
	CodeHubAway:             {ReasonClaimed, ReasonReturn},
	CodeOrderChanged:        {ReasonExcess, ReasonExcessClosed, ReasonExcessLabelled, ReasonAddress},
	CodeCancelled:           {ReasonSure, ReasonSureLoading, ReasonLoading, ReasonReturn},
	CodeResumed:             {ReasonReturn},
	CodeParked:              {ReasonReturn},
	CodeReturnOpened:        {ReasonAgain},
	CodeReturnBlind:         {ReasonNumber},
	CodeReturnUnit:          {ReasonUnknown, ReasonUnitsOpen},
	CodeReturnGraded:        {ReasonUnknown},
	CodeReturnMissing:       {ReasonSure, ReasonLine},
	CodeReturnSerial:        {ReasonWhichUnit},
	CodeReturnTwice:         {ReasonPiece, ReasonSerials, ReasonInParcel},
	CodeReturnNotOurs:       {ReasonNotInParcel, ReasonVoided, ReasonNotClosed, ReasonForged, ReasonAltered, ReasonForeign, ReasonUnknownParcel},
	CodeConfirmed:           {ReasonLine},
	CodeCounted:             {ReasonLine},
	CodePutBack:             {ReasonLine},
	CodeLotNeeded:           {ReasonWhichUnit, ReasonAnotherUnit, ReasonProductCode, ReasonForm},
	CodeSerialNeeded:        {ReasonWhichUnit, ReasonAnotherUnit, ReasonProductCode, ReasonForm, ReasonOneByOne, ReasonSerials, ReasonSerialCount},
	CodeExpiryNeeded:        {ReasonAnotherUnit, ReasonProductCode, ReasonDate},
	CodeExpired:             {ReasonBestBefore},
	CodeSerialSeen:          {ReasonInParcel, ReasonInOpenOrder, ReasonSent},
	CodeSwapped:             {ReasonWhichUnit, ReasonLine},
	CodeShort:               {ReasonLine, ReasonReason},
	CodeNothingToUndo:       {ReasonVoided},
	CodeWrongItem:           {ReasonNotInParcel},
	CodeAllScanned:          {ReasonNextParcel},
	CodeCartonNotAllowed:    {ReasonUnknown, ReasonTooHeavy},
	CodeAmbiguousCode:       {ReasonWhichParcel},
	CodeService:             {ReasonOldLabelVoid, ReasonSure},
	CodeReopened:            {ReasonSure},
	CodeScaleCount:          {ReasonReady, ReasonOnIt, ReasonEnded, ReasonSeen, ReasonLine},
	CodeCartonFull:          {ReasonOwnCarton, ReasonOwnPacked},
	CodeCountUnsure:         {ReasonNoMass, ReasonTooLight, ReasonSpread, ReasonNotWhole, ReasonTooMany},
	CodePieces:              {ReasonReady, ReasonOnIt, ReasonEnded},
	CodePieceWeighed:        {ReasonNoMass},
	CodePieceWrong:          {ReasonUnscanned},
	CodeWeightStale:         {ReasonCounted},
	CodeServiceNone:         {ReasonUnknown, ReasonNoCarriers, ReasonAgain},
	CodeLabelWaiting:        {ReasonAgain, ReasonPlace, ReasonPlaceSure},
	CodePurchaseUnknown:     {ReasonNumber},
	CodeLabelSent:           {ReasonUnprintable, ReasonOnPaper, ReasonAddress, ReasonSeen, ReasonAgain},
	CodeLabelPrinted:        {ReasonUnprintable, ReasonOnPaper, ReasonAddress},
	CodeLabelUnknownOutcome: {ReasonUnprintable, ReasonAddress},
	CodeLabelWrongBox:       {ReasonVoided},
	CodeReprinted:           {ReasonReason},
	CodeVoided:              {ReasonSure},
	CodeLoading:             {ReasonDriver},
	CodeHandedOver:          {ReasonAgain, ReasonClock},
	CodeCloseOut:            {ReasonStrangers, ReasonWaits, ReasonUnsure, ReasonNotTold, ReasonUnprinted},
	CodeWrongCarrier:        {ReasonUnknown, ReasonLane},
	CodePaper:               {ReasonReason, ReasonUnprintable, ReasonPrinted},
	CodeAuthorised:          {ReasonReason},
	CodeOverrideRefused:     {ReasonReason},
	CodePINNeeded:           {ReasonNoPIN},
	CodePINWrong:            {ReasonPaused},
	CodeSignedOut:           {ReasonBadgeRevoked, ReasonBadgeNotYet, ReasonBadgeEnded, ReasonShiftOver},
	CodeManifest: {
		ReasonReason, ReasonAsked, ReasonAgain, ReasonPrinted, ReasonSent, ReasonPrintedUntimed, ReasonSentUntimed, ReasonUnknown,
		ReasonUnprintable, ReasonListLeft, ReasonListLoading,
	},
	CodeBack:   {ReasonVoided, ReasonKeptApart},
	CodeUndone: {ReasonShort, ReasonWantedAgain, ReasonNote, ReasonCarton, ReasonNextParcel, ReasonWeigh, ReasonReturn},
	CodeUnknownCode: append(slices.Clip(badgeReasons),
		ReasonReturn, ReasonCut, ReasonEmpty, ReasonTooLong, ReasonCarton, ReasonNumber, ReasonOwnCode, ReasonUnknownParcel, ReasonSeveralSerials, ReasonPiece, ReasonCoupon, ReasonLabelPart,
		ReasonForged, ReasonAltered, ReasonForeign, ReasonUnknown,
	),
	CodeNotNow: {
		Reason(Idle), ReasonOpening, Reason(Packing), Reason(Weighing), Reason(Choosing), ReasonLabelling, Reason(Closing), // the phase
		ReasonAside, ReasonBeingPrinted, ReasonByWeight, ReasonChoice, ReasonCount, ReasonDockEmpty, ReasonGone, ReasonHandedOver, ReasonKit, ReasonLabelVoid, ReasonLine,
		ReasonLoading, ReasonNextParcel, ReasonNoLabel, ReasonNoLine, ReasonNoManifest, ReasonNoOrder, ReasonNoOrderDue, ReasonNoParcel,
		ReasonNoQuestion, ReasonNotClosed, ReasonNotLocked, ReasonNotWorkedOut, ReasonNothingLoaded, ReasonNothingToAuthorise, ReasonOrderOpen, ReasonPlace,
		ReasonPaperKind, ReasonParcelEmpty, ReasonParcelLate, ReasonParcelLoading, ReasonParcelOpening, ReasonQuantity, ReasonReason,
		ReasonReturn, ReasonNoReturn, ReasonReturnElsewhere, ReasonRetry, ReasonService, ReasonTrainee, ReasonUnitsOpen, ReasonWaitsForBadge, ReasonWaitsForPIN, ReasonVoidFirst, ReasonVoided, ReasonWeigh, ReasonWhichParcel,
	},
}

// badgeReasons are the reasons of an unknown code that are about a badge.
var badgeReasons = []Reason{ReasonBadge, ReasonBadgeTyped, ReasonBadgeRevoked, ReasonBadgeNotYet, ReasonBadgeEnded}

// Reasons lists the reasons that a code is said with, beside none.
func Reasons(c Code) []Reason { return reasons[c] }

// told takes over what somebody else gave as the reason: one of the bench's own
// where the code has it, words otherwise.
func (v *Verdict) told(reason string) {
	if r := Reason(reason); slices.Contains(reasons[v.Code], r) {
		v.Reason, v.Why = r, ""
		return
	}
	v.Reason, v.Why = "", reason
}

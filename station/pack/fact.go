package pack

import (
	"time"

	"packbench/station/trouble"
	"packbench/station/unit"
)

// Fact is one thing that is now so. Facts are all that the journal replays.
type Fact interface{ Tag() string }

// The facts. Each is applied by Fold and by nothing else.
type (
	// Ruled: the settings of the bench changed.
	Ruled struct {
		Rules Rules `json:"Rules"`
	}
	// Judged: the bench answered.
	Judged struct {
		Verdict Verdict `json:"Verdict"`
	}
	// Moved: the bench is in another phase.
	Moved struct {
		To Phase `json:"To"`
	}
	// EffectAsked: an effect was wished for.
	EffectAsked struct {
		Effect Effect `json:"Effect"`
	}
	// EffectEnded: its result is known.
	EffectEnded struct {
		ID string `json:"ID"`
	}
	// OpeningBegan: an order is being opened.
	OpeningBegan struct {
		Opening OpeningOf `json:"Opening"`
	}
	// OpeningEnded: it was refused.
	OpeningEnded struct{}
	// OrderTaken: the order is open here. Parcel is the id of its first parcel,
	// Packed what earlier ones hold of its lines.
	OrderTaken struct {
		Order  OrderInfo `json:"Order"`
		Parcel string    `json:"Parcel"`
		Packed []Content `json:"Packed,omitzero"`
	}
	// OrderResumed: work that was parked is open again.
	OrderResumed struct {
		Order  string `json:"Order"`
		Number string `json:"Number,omitempty"`
	}
	// OrderParked: the work waits, as it stands.
	OrderParked struct {
		Order string `json:"Order"`
	}
	// OrderLeft: the packing of the order was given up, its open parcel is empty.
	OrderLeft struct {
		Order string `json:"Order"`
		Units int    `json:"Units"` // put back
	}
	// OrderClosed: all that can be packed is packed. Short counts units left out.
	// Undo: nothing but a short closed it, which an undo takes back.
	OrderClosed struct {
		Order string `json:"Order"`
		Short int    `json:"Short,omitempty"`
		Undo  bool   `json:"Undo,omitempty"`
	}
	// OrderStands: the open order is as it was before a short closed it. Actions are
	// those that an undo takes back.
	OrderStands struct {
		Lines   []Line   `json:"Lines"`
		Carton  *Carton  `json:"Carton,omitempty"`
		Actions []Action `json:"Actions"`
	}
	// OrderAltered: the shop's new version was taken over. Lines are those of the
	// order now, Gone those that it has no longer.
	OrderAltered struct {
		Order OrderInfo `json:"Order"`
		Lines []Line    `json:"Lines,omitzero"`
		Gone  []string  `json:"Gone,omitempty"`
		// Elsewhere are parcels that another bench closed while the work was parked here.
		Elsewhere []ParcelRef `json:"Elsewhere,omitempty"`
	}
	// OrderBlocked: the shop held or cancelled the order.
	OrderBlocked struct {
		Code   Code   `json:"Code"`
		Reason string `json:"Reason,omitempty"`
	}
	// UnitsMoved: units went into the open parcel, or out of it (Qty < 0).
	UnitsMoved struct {
		Action Action `json:"Action"`
	}
	// StepTaken: something was done to the parcel that moved no units, and that an
	// undo takes back; StepUndone: it did.
	StepTaken struct {
		Action Action `json:"Action"`
	}
	StepUndone struct {
		Action Action `json:"Action"`
	}
	// SubstituteTaken: the parcel has a line for what is sent in place of another one.
	SubstituteTaken struct {
		Line LineInfo `json:"Line"`
	}
	// LineConfirmed: a note was confirmed.
	LineConfirmed struct {
		Line string `json:"Line"`
	}
	// LineShort: the rest of a line stays open for another day.
	LineShort struct {
		Line   string `json:"Line"`
		Qty    int    `json:"Qty"`
		Reason string `json:"Reason"`
		Case   string `json:"Case,omitempty"` // that it opened
	}
	// CartonTaken: the open parcel's carton. None: it needs none.
	CartonTaken struct {
		Carton Carton `json:"Carton"`
		None   bool   `json:"None,omitempty"`
	}
	// RefusalCounted and RefusalsCleared: refusals in a row.
	RefusalCounted  struct{}
	RefusalsCleared struct{}
	// LockedUp and LockLifted: the bench waits for a supervisor.
	LockedUp struct {
		Row string `json:"Row"` // of the last refusal
	}
	LockLifted struct {
		By string `json:"By"`
	}
	// QuestionAsked and QuestionClosed.
	QuestionAsked struct {
		Question Question `json:"Question"`
	}
	QuestionClosed struct{}
	// BadgeWanted and BadgeSettled: an action waits for a higher role.
	BadgeWanted struct {
		Wanted Wanted `json:"Wanted"`
	}
	BadgeSettled struct{}
	// Armed: the next item scan takes one out, or stands for several, or a
	// destructive command was said once. The zero value disarms.
	Armed struct {
		Removing bool   `json:"Removing,omitempty"`
		Count    int    `json:"Count,omitempty"`
		Command  string `json:"Command,omitempty"`
	}
	// WeightTaken: the parcel's weight counts. Mass is the gross mass.
	WeightTaken struct {
		Weight Weight `json:"Weight"`
	}
	// WeightMissed: the weight was off; kept for an override.
	WeightMissed struct {
		Weighed Weighed `json:"Weighed"`
	}
	// WeightDropped: contents or carton changed, the weighing is void (C5).
	WeightDropped struct{}
	// ScaleCleared: nothing that was weighed lies on the scale any more. ScaleHeld:
	// this may.
	ScaleCleared struct{}
	ScaleHeld    struct {
		Loads []Load `json:"Loads"`
	}
	// Quoted: what the carriers ask for a parcel, the open one where none is named.
	Quoted struct {
		Quotes []Quote `json:"Quotes"`
		Parcel string  `json:"Parcel,omitempty"`
	}
	// ServiceTaken: the service of the open parcel. Auto: the bench chose it.
	ServiceTaken struct {
		Service string `json:"Service"`
		Auto    bool   `json:"Auto,omitempty"`
	}
	// LabelKept: the label of a parcel on the bench, open or parked.
	LabelKept struct {
		Parcel string `json:"Parcel"`
		Label  Label  `json:"Label"`
	}
	// LabelTroubled: the parcel has no label yet. Refused: nothing was bought, surely;
	// else nobody knows.
	LabelTroubled struct {
		Parcel  string          `json:"Parcel"`
		State   PurchaseState   `json:"State,omitempty"`
		Trouble trouble.Trouble `json:"Trouble,omitzero"`
		Next    time.Time       `json:"Next,omitzero"`   // when it is asked for again
		Case    string          `json:"Case,omitempty"`  // that was opened, because nobody can tell
		No      string          `json:"No,omitempty"`    // the service that takes no such parcel
		Old     string          `json:"Words,omitempty"` // of a journal of old, see old.go
	}
	// LabelVoided: a parcel's label no longer counts.
	LabelVoided struct {
		Parcel string `json:"Parcel"`
		SSCC   string `json:"SSCC"`
	}
	// DocumentStood: how far the printing of a document came. Reason is that of a
	// reprint, where it is asked for.
	DocumentStood struct {
		Printing
		Reason string `json:"Reason,omitempty"`
	}
	// ParcelDone: the label was scanned back on its box; the parcel is closed.
	ParcelDone struct {
		Parcel   string     `json:"Parcel"`
		Order    string     `json:"Order"`
		Carton   string     `json:"Carton"`
		Service  string     `json:"Service"`
		Carrier  string     `json:"Carrier"`
		Price    unit.Money `json:"Price"`
		SSCC     string     `json:"SSCC"`
		Tracking string     `json:"Tracking"`
		Mass     unit.Mass  `json:"Mass"`
		Typed    bool       `json:"Typed,omitempty"`
		Contents []Content  `json:"Contents"`
		Promised time.Time  `json:"Promised,omitzero"` // the day on which it should arrive, by its service
		Lesson   *Lesson    `json:"Lesson,omitempty"`
		Proposed string     `json:"Proposed,omitempty"` // the carton that the bench proposed for it
	}
	// ParcelBegun: an empty parcel is open. Without a carton it is in the same as the one
	// before.
	ParcelBegun struct {
		Parcel string  `json:"Parcel"`
		Carton *Carton `json:"Carton,omitempty"` // that is proposed for it
	}
	// ParcelReopened: a closed parcel of the open order is open again. Lines are
	// those of the order, with its contents in them.
	ParcelReopened struct {
		Parcel ParcelRef `json:"Parcel"`
		Lines  []Line    `json:"Lines,omitzero"`
	}
	// ParcelShown: with no order open, a reprint means this parcel, or one of this
	// order. Closing a parcel shows it as well.
	ParcelShown struct {
		Shown Shown `json:"Shown"`
	}
	// LoadingBegan: a carrier's van is at the dock.
	LoadingBegan struct {
		Manifest string    `json:"Manifest"`
		Carrier  string    `json:"Carrier"`
		Lane     string    `json:"Lane,omitempty"`
		Services []string  `json:"Services,omitempty"`
		At       time.Time `json:"At,omitzero"`
	}
	// ParcelLoaded and ParcelUnloaded: a parcel is in the van, or is not after all.
	ParcelLoaded struct {
		Manifest string `json:"Manifest"`
		Loaded
	}
	ParcelUnloaded struct {
		Manifest string `json:"Manifest"`
		Loaded
	}
	// DriverAsked: the loading is done, who drives is not known yet.
	DriverAsked struct {
		Manifest string `json:"Manifest"`
		Sold     bool   `json:"Sold,omitempty"` // accounts sold labels of what is loaded
	}
	// DriverLeft: nobody asks for the driver any more, the loading goes on.
	DriverLeft struct {
		Manifest string `json:"Manifest"`
	}
	// ManifestClosed: the van has left with so many parcels. Driver is the id of
	// a name that stands outside the journal.
	ManifestClosed struct {
		Manifest string `json:"Manifest"`
		Carrier  string `json:"Carrier"`
		Driver   string `json:"Driver"`
		Parcels  int    `json:"Parcels"`
	}
	// LoadingEnded: the loading was given up.
	LoadingEnded struct {
		Manifest string `json:"Manifest"`
	}
)

// Tag names the type of a fact in the journal.
func (Ruled) Tag() string           { return "ruled" }
func (Judged) Tag() string          { return "judged" }
func (Moved) Tag() string           { return "moved" }
func (EffectAsked) Tag() string     { return "effect-asked" }
func (EffectEnded) Tag() string     { return "effect-ended" }
func (OpeningBegan) Tag() string    { return "opening-began" }
func (OpeningEnded) Tag() string    { return "opening-ended" }
func (OrderTaken) Tag() string      { return "order-taken" }
func (OrderResumed) Tag() string    { return "order-resumed" }
func (OrderParked) Tag() string     { return "order-parked" }
func (OrderLeft) Tag() string       { return "order-left" }
func (OrderClosed) Tag() string     { return "order-closed" }
func (OrderStands) Tag() string     { return "order-stands" }
func (OrderAltered) Tag() string    { return "order-altered" }
func (OrderBlocked) Tag() string    { return "order-blocked" }
func (UnitsMoved) Tag() string      { return "units-moved" }
func (StepTaken) Tag() string       { return "step-taken" }
func (StepUndone) Tag() string      { return "step-undone" }
func (SubstituteTaken) Tag() string { return "substitute-taken" }
func (LineConfirmed) Tag() string   { return "line-confirmed" }
func (LineShort) Tag() string       { return "line-short" }
func (CartonTaken) Tag() string     { return "carton-taken" }
func (RefusalCounted) Tag() string  { return "refusal-counted" }
func (RefusalsCleared) Tag() string { return "refusals-cleared" }
func (LockedUp) Tag() string        { return "locked-up" }
func (LockLifted) Tag() string      { return "lock-lifted" }
func (QuestionAsked) Tag() string   { return "question-asked" }
func (QuestionClosed) Tag() string  { return "question-closed" }
func (BadgeWanted) Tag() string     { return "badge-wanted" }
func (BadgeSettled) Tag() string    { return "badge-settled" }
func (Armed) Tag() string           { return "armed" }
func (WeightTaken) Tag() string     { return "weight-taken" }
func (WeightMissed) Tag() string    { return "weight-missed" }
func (WeightDropped) Tag() string   { return "weight-dropped" }
func (ScaleCleared) Tag() string    { return "scale-cleared" }
func (ScaleHeld) Tag() string       { return "scale-held" }
func (Quoted) Tag() string          { return "quoted" }
func (ServiceTaken) Tag() string    { return "service-taken" }
func (LabelKept) Tag() string       { return "label-kept" }
func (LabelTroubled) Tag() string   { return "label-troubled" }
func (LabelVoided) Tag() string     { return "label-voided" }
func (DocumentStood) Tag() string   { return "document-stood" }
func (ParcelDone) Tag() string      { return "parcel-done" }
func (ParcelBegun) Tag() string     { return "parcel-begun" }
func (ParcelReopened) Tag() string  { return "parcel-reopened" }
func (ParcelShown) Tag() string     { return "parcel-shown" }
func (LoadingBegan) Tag() string    { return "loading-began" }
func (ParcelLoaded) Tag() string    { return "parcel-loaded" }
func (ParcelUnloaded) Tag() string  { return "parcel-unloaded" }
func (DriverAsked) Tag() string     { return "driver-asked" }
func (DriverLeft) Tag() string      { return "driver-left" }
func (ManifestClosed) Tag() string  { return "manifest-closed" }
func (LoadingEnded) Tag() string    { return "loading-ended" }

// Facts lists one of each type of fact, for codecs.
func Facts() []Fact {
	return append([]Fact{
		Ruled{},
		Judged{},
		SignedInAs{},
		SignedOff{},
		Moved{},
		EffectAsked{},
		EffectEnded{},
		OpeningBegan{},
		OpeningEnded{},
		OrderTaken{},
		OrderResumed{},
		OrderParked{},
		OrderLeft{},
		OrderClosed{},
		OrderStands{},
		OrderAltered{},
		OrderBlocked{},
		UnitsMoved{},
		StepTaken{},
		StepUndone{},
		SubstituteTaken{},
		LineConfirmed{},
		LineShort{},
		CartonTaken{},
		RefusalCounted{},
		RefusalsCleared{},
		LockedUp{},
		LockLifted{},
		QuestionAsked{},
		QuestionClosed{},
		PinWanted{},
		PinSettled{},
		BadgeWanted{},
		BadgeSettled{},
		Armed{},
		WeightTaken{},
		WeightMissed{},
		WeightDropped{},
		ProofAsked{},
		ScaleCleared{},
		ScaleHeld{},
		Tallied{},
		Quoted{},
		ServiceTaken{},
		LabelKept{},
		LabelTroubled{},
		FailedOver{},
		LabelSought{},
		BoxPlaced{},
		LabelLost{},
		LabelVoided{},
		DocumentStood{},
		ParcelDone{},
		ParcelBegun{},
		ParcelReopened{},
		ParcelShown{},
		LoadingBegan{},
		ParcelLoaded{},
		ParcelUnloaded{},
		DriverAsked{},
		DriverLeft{},
		ManifestClosed{},
		LoadingEnded{},
		CaseOpened{},
		CaseWithdrawn{},
	}, returnFacts()...)
}

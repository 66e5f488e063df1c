package cases

import (
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// What the desk says. Each stands in the desk's chain both as the event (what
// was asked) and as the fact (what is so since), because the desk asks for
// nothing that it does not then do.
type (
	// CaseResolved: somebody looked at a case and named its cause. Note is the
	// id of a note whose text stands outside the journal; "" for none.
	CaseResolved struct {
		Case   string
		Reason string
		By     string
		Note   string `json:",omitempty"`
	}
	// CasesResolved is one answer to several cases of one kind; the facts say which.
	CasesResolved struct {
		Cases  []string `json:"Cases"`
		Reason string   `json:"Reason"`
		By     string   `json:"By"`
	}
	// CaseReopened: it was resolved wrongly, and waits for somebody again.
	CaseReopened struct {
		Case string `json:"Case"`
		By   string `json:"By"`
	}
	// CaseNoted: somebody wrote about a case. Note is the id of the text, which
	// stands outside the journal.
	CaseNoted struct {
		Case string `json:"Case"`
		Note string `json:"Note"`
		By   string `json:"By"`
	}
	// BarcodeLinked: a code stands for so many units of a product from now on.
	BarcodeLinked struct {
		Code   string
		SKU    string
		Factor int
		By     string
		Case   string `json:",omitempty"`
	}
	// MassCorrected: one unit of a product has this mass from now on.
	MassCorrected struct {
		SKU  string
		Mass unit.Mass
		Was  unit.Mass `json:",omitempty"` // 0: it was not known
		By   string
	}
	// DangerMarked: a product is dangerous goods of this kind from now on, or none.
	DangerMarked struct {
		SKU    string
		Danger station.Danger
		Was    station.Danger `json:",omitempty"`
		By     string
	}
	// HandlingChanged: units of a product go into boxes so from now on.
	HandlingChanged struct {
		SKU      string
		Handling station.Handling `json:",omitzero"`
		Was      station.Handling `json:",omitzero"`
		By       string
	}
	// StationUnlocked: a locked bench may work again.
	StationUnlocked struct {
		Station string
		By      string
		Seq     int64 // the bench's last row when it was said: a later lock stays
	}
	// OrderHeld: an order must not be packed for now.
	OrderHeld struct {
		Order  string
		Reason string
		By     string
	}
	// OrderReleased: an order that was held here may be packed again, if its shop
	// lets it.
	OrderReleased struct {
		Order string
		By    string
	}
	// RestQueued: what was left out of an order is to be packed: it is due again.
	RestQueued struct {
		Order string `json:"Order"`
		By    string `json:"By"`
	}
	// ShopRefused: a shop did not take what the outbox told it, and a person has to look
	// at it. Its words stand at the entry, outside the journal.
	ShopRefused struct {
		Entry int64  `json:"Entry"`
		Shop  string `json:"Shop"`
		Kind  string `json:"Kind"` // shipment, void, stock
		Order string `json:"Order,omitempty"`
	}
	// ClaimsReleased: a person took orders from a bench that holds them at the hub and
	// does not work any more. Of is what was asked for: a station, an order, or the label of
	// a return.
	ClaimsReleased struct {
		Of     string   `json:"Of"`
		Orders []string `json:"Orders"`
		Reason string   `json:"Reason"`
		By     string   `json:"By"`
	}
	// ClaimClashed: this bench has begun an order that another one holds at the hub, or
	// has loaded a parcel of it that another one has loaded too.
	ClaimClashed struct {
		Order  string `json:"Order"`
		Parcel string `json:"Parcel,omitempty"`
		Other  string `json:"Other"`
	}
	// ChangeOverruled: what was changed here of a row that folders of a hub share does not
	// count, because another folder changed it first. More are further ones.
	ChangeOverruled struct {
		Table string `json:"Table"`
		Row   string `json:"Row"`
		More  int    `json:"More,omitempty"`
	}
	// NewsDoubted: what a carrier says of a parcel cannot be right as it stands. Event and
	// With are the ids of what it said.
	NewsDoubted struct {
		Parcel string `json:"Parcel"`
		Order  string `json:"Order"`
		Code   string `json:"Code"`
		Event  string `json:"Event,omitempty"`
		With   string `json:"With,omitempty"`
	}
	// MassDoubted: so many parcels say that a product does not weigh what the catalogue
	// says.
	MassDoubted struct {
		SKU     string    `json:"SKU"`
		Says    unit.Mass `json:"Says"`
		Weighs  unit.Mass `json:"Weighs"`
		Parcels int       `json:"Parcels"`
	}
	// LabelCopied: somebody took a copy of a label away as a file, who could put it on
	// another box. Account is the key of the computer's account; its name stands outside
	// the journal. Nobody's badge is known there.
	LabelCopied struct {
		Order    string `json:"Order"`
		Parcel   string `json:"Parcel"`
		Document string `json:"Document,omitempty"`
		Account  string `json:"Account"`
	}
)

// Tag names the type in the journal.
func (ClaimsReleased) Tag() string { return "claims-released" }

// MentionsOrder names the order, for stories.
func (f ClaimClashed) MentionsOrder() string { return f.Order }

// Tag names the type in the journal.
func (ClaimClashed) Tag() string { return "claim-clashed" }

// Tag names the type in the journal.
func (ChangeOverruled) Tag() string { return "change-overruled" }

// Tag names the type in the journal.
func (CaseResolved) Tag() string  { return "case-resolved" }
func (CasesResolved) Tag() string { return "cases-resolved" }
func (CaseReopened) Tag() string  { return "case-reopened" }
func (CaseNoted) Tag() string     { return "case-noted" }
func (BarcodeLinked) Tag() string { return "barcode-linked" }
func (MassCorrected) Tag() string { return "mass-corrected" }
func (MassDoubted) Tag() string   { return "mass-doubted" }
func (DangerMarked) Tag() string  { return "danger-marked" }

func (HandlingChanged) Tag() string { return "handling-changed" }
func (StationUnlocked) Tag() string { return "station-unlocked" }

// MentionsOrder names the order, for stories.
func (f OrderHeld) MentionsOrder() string { return f.Order }

func (OrderHeld) Tag() string { return "order-held" }

// MentionsOrder names the order, for stories.
func (f OrderReleased) MentionsOrder() string { return f.Order }

func (OrderReleased) Tag() string { return "order-released" }

// MentionsOrder names the order, for stories.
func (f RestQueued) MentionsOrder() string { return f.Order }

// Tag names the type in the journal.
func (RestQueued) Tag() string { return "rest-queued" }

// OrderDueAgain tells a projection which order is due again.
func (f RestQueued) OrderDueAgain() (order string) { return f.Order }

// MentionsOrder names the order, for stories.
func (f ShopRefused) MentionsOrder() string { return f.Order }

// Tag names the type in the journal.
func (ShopRefused) Tag() string { return "shop-refused" }

// MentionsOrder names the order, for stories.
func (f NewsDoubted) MentionsOrder() string { return f.Order }

// Tag names the type in the journal.
func (NewsDoubted) Tag() string { return "news-doubted" }

// MentionsOrder names the order, for stories.
func (f LabelCopied) MentionsOrder() string { return f.Order }

// Tag names the type in the journal.
func (LabelCopied) Tag() string { return "label-copied" }

// CaseMoved tells a projection what became of the case.
func (f CaseResolved) CaseMoved() (id, state, by, reason string) {
	return f.Case, string(Resolved), f.By, f.Reason
}

// CaseMoved tells a projection that the case waits again.
func (f CaseReopened) CaseMoved() (id, state, by, reason string) {
	return f.Case, string(Open), f.By, ""
}

// Events lists one of each type of the desk's events, for codecs.
func Events() []pack.Event {
	return []pack.Event{CaseResolved{}, CasesResolved{}, CaseReopened{}, CaseNoted{}, CaseAssigned{}, BarcodeLinked{}, MassCorrected{}, DangerMarked{}, HandlingChanged{}, StationUnlocked{}, OrderHeld{}, OrderReleased{}, RestQueued{}, ShopRefused{}, NewsDoubted{}, MassDoubted{}, LabelCopied{}, RightsChanged{}, PeopleChanged{}, ClaimsReleased{}, ClaimClashed{}, ChangeOverruled{}}
}

// Facts lists one of each type of the desk's facts, for codecs.
func Facts() []pack.Fact {
	return []pack.Fact{CaseResolved{}, CaseReopened{}, CaseNoted{}, CaseAssigned{}, BarcodeLinked{}, MassCorrected{}, DangerMarked{}, HandlingChanged{}, StationUnlocked{}, OrderHeld{}, OrderReleased{}, RestQueued{}, ShopRefused{}, NewsDoubted{}, MassDoubted{}, LabelCopied{}, RightsChanged{}, PeopleChanged{}, ClaimsReleased{}, ClaimClashed{}, ChangeOverruled{}}
}

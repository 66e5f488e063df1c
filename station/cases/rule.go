package cases

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/unit"
)

// Why says what kept the desk from doing something.
type Why string

// The whys. A person who may not do it gets a *people.Denied instead.
const (
	AlreadyResolved Why = "already-resolved"
	UnknownReason   Why = "unknown-reason"
	Missing         Why = "missing"
	NotResolved     Why = "not-resolved"
	NotTheirs       Why = "not-theirs" // whom it is given to may not resolve it
)

// Refused is what the desk does not do. Its words are for the asker.
type Refused struct {
	Why   Why
	Words string
}

// Error returns the words.
func (r *Refused) Error() string { return r.Words }

// Asker is who acts at the desk. Rights and WorksAlone are the shop's settings.
type Asker struct {
	Person     station.Person
	Rights     people.Rights
	WorksAlone bool
}

func (a Asker) may(do people.Action) error { return a.Rights.May(a.Person, do) }

// Resolve decides whether the asker may resolve a case, and gives the fact.
// note is the id of a note or "". Errors are *people.Denied (role, own
// override) or *Refused (resolved already, unknown reason).
func Resolve(c Case, who Asker, reason, note string) (CaseResolved, error) {
	if err := who.may(people.Cases); err != nil {
		return CaseResolved{}, err
	}
	if c.State == Resolved {
		return CaseResolved{}, resolvedAlready(c)
	}
	if c.Kind == KindOverride {
		if err := people.MayClear(who.Person.ID, who.WorksAlone, c.By, c.Author); err != nil {
			return CaseResolved{}, err
		}
	}
	if err := known(reason); err != nil {
		return CaseResolved{}, err
	}
	return CaseResolved{Case: c.ID, Reason: reason, By: who.Person.ID, Note: note}, nil
}

// Reopen decides whether the asker may have a resolved case wait again.
func Reopen(c Case, who Asker) (CaseReopened, error) {
	if err := who.may(people.Cases); err != nil {
		return CaseReopened{}, err
	}
	if c.State != Resolved {
		return CaseReopened{}, &Refused{NotResolved, fmt.Sprintf("case %s is open", c.ID)}
	}
	return CaseReopened{Case: c.ID, By: who.Person.ID}, nil
}

// Noted decides whether the asker may write about a case. note is the id of the text.
func Noted(c Case, who Asker, note string) (CaseNoted, error) {
	if err := who.may(people.Cases); err != nil {
		return CaseNoted{}, err
	}
	return CaseNoted{Case: c.ID, Note: note, By: who.Person.ID}, nil
}

// Link decides whether the asker may link a code to a product. caseID may be
// "". That the product exists is the caller's to know.
func Link(who Asker, code, sku string, factor int, caseID string) (BarcodeLinked, error) {
	if err := who.may(people.Products); err != nil {
		return BarcodeLinked{}, err
	}
	switch {
	case strings.TrimSpace(code) == "":
		return BarcodeLinked{}, &Refused{Missing, "the barcode is missing"}
	case sku == "":
		return BarcodeLinked{}, &Refused{Missing, "the product is missing"}
	case factor < 1:
		return BarcodeLinked{}, &Refused{Missing, "a barcode stands for 1 unit or more"}
	}
	return BarcodeLinked{Code: code, SKU: sku, Factor: factor, By: who.Person.ID, Case: caseID}, nil
}

// CorrectMass decides whether the asker may say what one unit of a product weighs.
func CorrectMass(who Asker, sku string, mass, was unit.Mass) (MassCorrected, error) {
	if err := who.may(people.Products); err != nil {
		return MassCorrected{}, err
	}
	switch {
	case sku == "":
		return MassCorrected{}, &Refused{Missing, "the product is missing"}
	case mass <= 0 || mass > mostUnit:
		return MassCorrected{}, &Refused{Missing, "a unit weighs more than nothing, and at most 1000 kg"}
	}
	return MassCorrected{SKU: sku, Mass: mass, Was: was, By: who.Person.ID}, nil
}

// MarkDanger decides whether the asker may say which dangerous goods a product is.
func MarkDanger(who Asker, sku string, d, was station.Danger) (DangerMarked, error) {
	if err := who.may(people.Products); err != nil {
		return DangerMarked{}, err
	}
	if sku == "" {
		return DangerMarked{}, &Refused{Missing, "the product is missing"}
	}
	return DangerMarked{SKU: sku, Danger: d, Was: was, By: who.Person.ID}, nil
}

// ChangeHandling decides whether the asker may say how units of a product go into boxes.
func ChangeHandling(who Asker, sku string, h, was station.Handling) (HandlingChanged, error) {
	if err := who.may(people.Products); err != nil {
		return HandlingChanged{}, err
	}
	if sku == "" {
		return HandlingChanged{}, &Refused{Missing, "the product is missing"}
	}
	return HandlingChanged{SKU: sku, Handling: h, Was: was, By: who.Person.ID}, nil
}

// mostUnit is the most that one unit may weigh: more is a slip of the hand.
const mostUnit = 1000 * unit.Kilogram

// Unlock decides whether the asker may unlock a bench.
func Unlock(who Asker, bench string) (StationUnlocked, error) {
	if err := who.may(people.Unlock); err != nil {
		return StationUnlocked{}, err
	}
	if bench == "" {
		return StationUnlocked{}, &Refused{Missing, "the station is missing"}
	}
	return StationUnlocked{Station: bench, By: who.Person.ID}, nil
}

// Hold decides whether the asker may hold an order.
func Hold(who Asker, order, reason string) (OrderHeld, error) {
	if err := who.may(people.Orders); err != nil {
		return OrderHeld{}, err
	}
	if order == "" {
		return OrderHeld{}, &Refused{Missing, "the order is missing"}
	}
	if err := known(reason); err != nil {
		return OrderHeld{}, err
	}
	return OrderHeld{Order: order, Reason: reason, By: who.Person.ID}, nil
}

// Release decides whether the asker may let an order that was held here be packed.
func Release(who Asker, order string) (OrderReleased, error) {
	if err := who.may(people.Orders); err != nil {
		return OrderReleased{}, err
	}
	if order == "" {
		return OrderReleased{}, &Refused{Missing, "the order is missing"}
	}
	return OrderReleased{Order: order, By: who.Person.ID}, nil
}

// ReleaseClaims decides whether the asker may take from a bench what it holds at the hub.
func ReleaseClaims(who Asker, of, reason string) (ClaimsReleased, error) {
	if err := who.may(people.Orders); err != nil {
		return ClaimsReleased{}, err
	}
	if of == "" {
		return ClaimsReleased{}, &Refused{Missing, "the order or station is missing"}
	}
	if err := known(reason); err != nil {
		return ClaimsReleased{}, err
	}
	return ClaimsReleased{Of: of, Reason: reason, By: who.Person.ID}, nil
}

// QueueRest decides whether the asker may have the rest of an order packed that was left
// out of it. That something is left is the caller's to know.
func QueueRest(who Asker, order string) (RestQueued, error) {
	if err := who.may(people.Orders); err != nil {
		return RestQueued{}, err
	}
	if order == "" {
		return RestQueued{}, &Refused{Missing, "the order is missing"}
	}
	return RestQueued{Order: order, By: who.Person.ID}, nil
}

func known(reason string) error {
	var codes []string
	for _, r := range reasons {
		codes = append(codes, r.Code)
	}
	if slices.Contains(codes, reason) {
		return nil
	}
	return &Refused{UnknownReason, fmt.Sprintf("reason %q is unknown; it must be one of %s", reason, strings.Join(codes, ", "))}
}

package screen

import (
	"fmt"

	"packbench/station/pack"
)

// sayAsked says the questions whose codes tell something else when they are
// not asked: which line, which reason, whether it is meant.
func sayAsked(v pack.Verdict, _ Names) (Saying, bool) {
	if v.Kind != pack.Asked {
		return Saying{}, false
	}
	answer := firstOf(choose(v.Choices), "answer by number")
	switch {
	case v.Reason == pack.ReasonSureLoading:
		return Saying{"Sure?", "this would give the loading up", "say it again to do it"}, true
	case v.Reason == pack.ReasonSure:
		return Saying{"Sure?", "this would " + verb(v.Command), "say it again to do it"}, true
	case v.Reason == pack.ReasonLine:
		return Saying{"Which line?", "several lines fit to " + verb(v.Command), answer}, true
	case v.Reason == pack.ReasonReason:
		return Saying{"Why?", "a reason is needed to " + verb(v.Command), answer}, true
	case v.Code == pack.CodeRemoved:
		return Saying{"Take out", "the next scan takes an item out", "scan what comes out of the box"}, true
	case v.Code == pack.CodeNeedsRole && v.Command != "":
		return Saying{"Badge, please", someRole(v.Needs) + " must allow it to " + verb(v.Command), "ask for a badge to be scanned here"}, true
	}
	return Saying{}, false
}

func sayPeople(v pack.Verdict, names Names) (Saying, bool) {
	who := names.Of(firstOf(v.By, "somebody"))
	author := names.Of(firstOf(v.Author, "a supervisor"))
	switch v.Code {
	case pack.CodeSignedIn:
		if v.Order != "" {
			return Saying{who, who + " is signed in", "go on with order " + v.Order}, true
		}
		return Saying{who, who + " is signed in", "scan an order or a tote"}, true
	case pack.CodeTakenOver:
		return Saying{who, who + " takes over" + from(v, names), "go on where it stands"}, true
	case pack.CodeSignedOut:
		return Saying{"Signed out", "nobody is signed in now", "scan a badge"}, true
	case pack.CodeNotSignedIn:
		return Saying{"Who is there?", "nobody is signed in", "scan your badge"}, true
	case pack.CodeNeedsRole:
		return Saying{"Badge, please", "this needs " + someRole(v.Needs), "ask for a badge to be scanned here"}, true
	case pack.CodeAuthorised:
		return Saying{"Allowed", author + " allows it" + because(why(v)), ""}, true
	case pack.CodeOverrideRefused:
		return Saying{"Not allowed", "this badge may not allow it" + because(why(v)), "ask " + someRole(v.Needs)}, true
	case pack.CodeLocked:
		return Saying{"Locked", "the bench is locked" + because(why(v)), "call a supervisor to scan a badge"}, true
	case pack.CodeUnlocked:
		return Saying{"Unlocked", author + " unlocked the bench", "check the box, then go on"}, true
	}
	return Saying{}, false
}

func sayBench(v pack.Verdict, _ Names) (Saying, bool) {
	what := words(firstOf(v.Command, v.OtherOrder, v.Carrier, v.Given, v.Scanned))
	switch v.Code {
	case pack.CodeCommandUnknown:
		return Saying{"Unknown command", "there is no such command" + quoted(firstOf(v.Command, v.Scanned)), "press F1 to see what can be done"}, true
	case pack.CodeNotNow:
		return notNow(v, what), true
	}
	return Saying{}, false
}

// notNow says why something cannot be done now, and what to do instead.
func notNow(v pack.Verdict, what string) Saying {
	fact, step := "", ""
	switch v.Reason {
	case pack.ReasonOpening:
		fact, step = "the order is still being opened", "wait a moment"
	case pack.ReasonOrderOpen:
		fact, step = "another order is open here", "finish it or park it first"
	case pack.ReasonNoOrder:
		fact, step = "no order is open", "scan an order or a tote"
	case pack.ReasonNoOrderDue:
		fact, step = "no order is due", "scan an order or a tote"
	case pack.ReasonNoQuestion:
		fact, step = "nothing was asked", "do what the screen says"
	case pack.ReasonChoice:
		fact, step = "there is no such answer", firstOf(choose(v.Choices), "answer with one of the numbers shown")
	case pack.ReasonNothingToAuthorise:
		fact, step = "nothing waits for a supervisor", "go on"
	case pack.ReasonLabelling, pack.ReasonClosing, pack.ReasonChoosing, pack.ReasonWeighing, pack.ReasonPacking, pack.ReasonIdle:
		fact, step = "this does not fit the step", "do what the screen asks first"
	default:
		return notNowParcel(v, what)
	}
	return Saying{"Not now", fact, step}
}

// notNowParcel is notNow for what is about the parcel and its label.
func notNowParcel(v pack.Verdict, what string) Saying {
	fact, step := "", ""
	switch v.Reason {
	case pack.ReasonParcelEmpty:
		fact, step = "the box is empty", "scan an item first"
	case pack.ReasonUnitsOpen:
		fact, step = "items are still open", "scan them, or use Short or Next box"
	case pack.ReasonNoLine:
		fact, step = "no line fits", "choose another"
	case pack.ReasonLine:
		fact, step = "this line does not fit", "choose another line"
	case pack.ReasonNotLocked:
		fact, step = "the bench is not locked", "go on"
	case pack.ReasonCount:
		fact, step = itemName(v)+" must be scanned one by one", "scan each unit"
	case pack.ReasonQuantity:
		fact, step = "this number does not fit", "count again"
	case pack.ReasonWhichParcel:
		fact, step = "no parcel is named", "scan its label, its tracking number or its order first"
	case pack.ReasonLabelVoid:
		fact, step = "this label of "+parcel(v)+" is void", "tear it off; the order's number tells which label counts"
	case pack.ReasonGone:
		fact, step = parcel(v)+" has left the house with its papers", "if somebody needs a copy, packctl document makes one"
	case pack.ReasonBeingPrinted:
		fact, step = "that of "+parcel(v)+" is being printed already", "look at the printer, and wait for it"
	case pack.ReasonNoParcel:
		fact, step = "no parcel is open here", "scan an order; a closed parcel is reopened for a new label"
	case pack.ReasonNoLabel:
		fact, step = "there is no label", "make one first"
	case pack.ReasonVoidFirst:
		fact, step = "the parcel has a label", "void the label first"
	case pack.ReasonHandedOver:
		fact = firstOf(v.Parcel, "the parcel") + " has left the house"
		if v.Carrier != "" { // somebody holds it to another van of that carrier
			fact, step = fact+" with a van before", "set it aside, and let a supervisor look up when it left"
			break
		}
		fact, step = fact+" and cannot be opened again", "have its carrier stop it, or pack what is wrong as a new order"
	case pack.ReasonVoided:
		fact, step = "this label is void", "tear it off"
	case pack.ReasonNoManifest:
		fact, step = "no van has left with such a list", "look at the dock's page"
	case pack.ReasonPaperKind:
		fact, step = "there is no such paper", "choose slip, inside, return or customs"
	case pack.ReasonNotClosed:
		fact, step = "this parcel is not finished", "bring it back to its bench"
	case pack.ReasonLoading:
		fact, step = "a van of "+v.Carrier+" is being loaded", "scan its parcels, or end the loading first"
	case pack.ReasonNothingLoaded:
		fact, step = "nothing is in the van yet", "scan a parcel's label"
	case pack.ReasonDockEmpty:
		fact, step = "no parcel waits on the dock", "pack an order first"
	case pack.ReasonReason:
		fact, step = "a reason fits nothing here", "do what the screen says"
	case pack.ReasonWeigh:
		fact, step = "nothing is to be weighed now", "scan the items first"
	case pack.ReasonService:
		fact, step = "a service cannot be chosen now", "weigh the parcel first"
	case pack.ReasonNextParcel:
		fact, step = "there is nothing left for another box", "finish this one"
	case pack.ReasonRetry:
		fact, step = "nothing waits to be tried again", "go on"
	default:
		fact, step = "this cannot be done now", "do what the screen asks first"
		if what != "" {
			fact = fmt.Sprintf("“%s” cannot be done now", short(what, 32))
		}
		fact += because(why(v))
	}
	return Saying{"Not now", fact, step}
}

func from(v pack.Verdict, names Names) string {
	if v.From == "" {
		return ""
	}
	return " from " + names.Of(v.From)
}

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
	case v.Reason == "sure-loading":
		return Saying{"Sure?", "this would give the loading up", "say it again to do it"}, true
	case v.Reason == "sure":
		return Saying{"Sure?", "this would " + verb(v.Other), "say it again to do it"}, true
	case v.Reason == "line":
		return Saying{"Which line?", "several lines fit to " + verb(v.Other), answer}, true
	case v.Reason == "reason":
		return Saying{"Why?", "a reason is needed to " + verb(v.Other), answer}, true
	case v.Code == pack.CodeRemoved:
		return Saying{"Take out", "the next scan takes an item out", "scan what comes out of the box"}, true
	case v.Code == pack.CodeNeedsRole && v.Other != "":
		return Saying{"Badge, please", someRole(v.Needs) + " must allow it to " + verb(v.Other), "ask for a badge to be scanned here"}, true
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
		return Saying{"Allowed", author + " allows it" + because(v.Reason), ""}, true
	case pack.CodeOverrideRefused:
		return Saying{"Not allowed", "this badge may not allow it" + because(v.Reason), "ask " + someRole(v.Needs)}, true
	case pack.CodeLocked:
		return Saying{"Locked", "the bench is locked" + because(v.Reason), "call a supervisor to scan a badge"}, true
	case pack.CodeUnlocked:
		return Saying{"Unlocked", author + " unlocked the bench", "check the box, then go on"}, true
	}
	return Saying{}, false
}

func sayBench(v pack.Verdict, _ Names) (Saying, bool) {
	what := words(firstOf(v.Other, v.Scanned))
	switch v.Code {
	case pack.CodeCommandUnknown:
		return Saying{"Unknown command", "there is no such command" + quoted(firstOf(v.Other, v.Scanned)), "press F1 to see what can be done"}, true
	case pack.CodeNotNow:
		return notNow(v, what), true
	}
	return Saying{}, false
}

// notNow says why something cannot be done now, and what to do instead.
func notNow(v pack.Verdict, what string) Saying {
	fact, step := "", ""
	switch v.Reason {
	case "opening":
		fact, step = "the order is still being opened", "wait a moment"
	case "order-open":
		fact, step = "another order is open here", "finish it or park it first"
	case "no-order":
		fact, step = "no order is open", "scan an order or a tote"
	case "no-order-due":
		fact, step = "no order is due", "scan an order or a tote"
	case "no-question":
		fact, step = "nothing was asked", "do what the screen says"
	case "choice":
		fact, step = "there is no such answer", firstOf(choose(v.Choices), "answer with one of the numbers shown")
	case "nothing-to-authorise":
		fact, step = "nothing waits for a supervisor", "go on"
	case "labelling", "closing", "choosing", "weighing", "packing", "idle":
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
	case "parcel-empty":
		fact, step = "the box is empty", "scan an item first"
	case "units-open":
		fact, step = "items are still open", "scan them, or use Short or Next box"
	case "no-line":
		fact, step = "no line fits", "choose another"
	case "line":
		fact, step = "this line does not fit", "choose another line"
	case "not-locked":
		fact, step = "the bench is not locked", "go on"
	case "count":
		fact, step = itemName(v)+" must be scanned one by one", "scan each unit"
	case "quantity":
		fact, step = "this number does not fit", "count again"
	case "which-parcel":
		fact, step = "no parcel is named", "scan its label, its tracking number or its order first"
	case "label-void":
		fact, step = "this label of "+parcel(v)+" is void", "tear it off; the order's number tells which label counts"
	case "gone":
		fact, step = parcel(v)+" has left the house with its papers", "if somebody needs a copy, packctl document makes one"
	case "being-printed":
		fact, step = "that of "+parcel(v)+" is being printed already", "look at the printer, and wait for it"
	case "no-parcel":
		fact, step = "no parcel is open here", "scan an order; a closed parcel is reopened for a new label"
	case "no-label":
		fact, step = "there is no label", "make one first"
	case "void-first":
		fact, step = "the parcel has a label", "void the label first"
	case "handed-over":
		fact = firstOf(v.Parcel, "the parcel") + " has left the house"
		if v.Other != "" { // somebody holds it to another van of that carrier
			fact, step = fact+" with a van before", "set it aside, and let a supervisor look up when it left"
			break
		}
		fact, step = fact+" and cannot be opened again", "have its carrier stop it, or pack what is wrong as a new order"
	case "voided":
		fact, step = "this label is void", "tear it off"
	case "no-manifest":
		fact, step = "no van has left with such a list", "look at the dock's page"
	case "paper-kind":
		fact, step = "there is no such paper", "choose slip, inside, return or customs"
	case "not-closed":
		fact, step = "this parcel is not finished", "bring it back to its bench"
	case "loading":
		fact, step = "a van of "+v.Other+" is being loaded", "scan its parcels, or end the loading first"
	case "nothing-loaded":
		fact, step = "nothing is in the van yet", "scan a parcel's label"
	case "dock-empty":
		fact, step = "no parcel waits on the dock", "pack an order first"
	case "reason":
		fact, step = "a reason fits nothing here", "do what the screen says"
	case "weigh":
		fact, step = "nothing is to be weighed now", "scan the items first"
	case "service":
		fact, step = "a service cannot be chosen now", "weigh the parcel first"
	case "next-parcel":
		fact, step = "there is nothing left for another box", "finish this one"
	case "retry":
		fact, step = "nothing waits to be tried again", "go on"
	default:
		fact, step = "this cannot be done now", "do what the screen asks first"
		if what != "" {
			fact = fmt.Sprintf("“%s” cannot be done now", short(what, 32))
		}
		fact += because(v.Reason)
	}
	return Saying{"Not now", fact, step}
}

func from(v pack.Verdict, names Names) string {
	if v.Other == "" {
		return ""
	}
	return " from " + names.Of(v.Other)
}

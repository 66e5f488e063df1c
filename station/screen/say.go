package screen

import (
	"fmt"
	"strings"

	"packbench/station/pack"
)

// Saying is a verdict in words.
type Saying struct {
	Head string // the card's large words: a product, or what happened
	Fact string // what is so: "2 of 3", "Mug, blue is not in this order"
	Step string // what to do next, in the imperative; "" when nothing is needed
}

// Message says a verdict in one sentence, with the next step where there is
// one: "Mug, blue is not in this order: put it back."
func Message(v pack.Verdict, names Names) string {
	s := Say(v, names)
	text := s.Fact
	if s.Step != "" {
		text += ": " + s.Step
	}
	return sentence(strings.TrimRight(text, ".")) + "."
}

// Say gives a verdict its words. Every code has its own; a code of a later
// version is shown as it is.
func Say(v pack.Verdict, names Names) Saying {
	for _, say := range sayings() {
		if s, ok := say(v, names); ok {
			return s
		}
	}
	return Saying{Head: sentence(words(string(v.Code))), Fact: words(string(v.Code))}
}

// sayings are the words for the codes, one function for each part of the work.
func sayings() []func(pack.Verdict, Names) (Saying, bool) {
	return []func(pack.Verdict, Names) (Saying, bool){
		sayHandover, sayAsked, sayClosed, sayOrder, sayItem, sayRefusal, sayLine, sayCarton, sayWeight, sayScale, sayLabel, sayPrinter, sayParcel, sayPeople, sayBench,
	}
}

func sayOrder(v pack.Verdict, _ Names) (Saying, bool) {
	order := strings.TrimSpace("order " + firstOf(v.Order, v.Given, v.Scanned))
	head := sentence(order)
	switch v.Code {
	case pack.CodeOrderOpened:
		if v.SKU != "" {
			next := "scan the next item"
			if v.Open == 0 {
				next = "close the box and put it on the scale"
			}
			return Saying{head, order + " is open and " + itemName(v) + " is counted" + toScan(v.Open), next}, true
		}
		return Saying{head, order + " is open" + toScan(v.Open), "scan the first item"}, true
	case pack.CodeResumed:
		next := "scan the next item"
		if v.Open == 0 {
			next = "go on where it stopped"
		}
		return Saying{head, order + " is open again, as it stood" + toScan(v.Open), next}, true
	case pack.CodeOrderUnknown:
		if v.Reason == pack.ReasonNoOrderForItem {
			return Saying{"No order for it", "no due order waits for " + itemName(v), "scan an order or a tote"}, true
		}
		return Saying{"Unknown order", order + " is not known here", "ask a supervisor to import it"}, true
	case pack.CodeOrderHeld:
		return Saying{"On hold", order + " is on hold" + because(why(v)), "set its goods aside and scan another order"}, true
	case pack.CodeOrderCancelled:
		return Saying{"Cancelled", order + " is cancelled" + because(why(v)), "put its goods back and scan another order"}, true
	case pack.CodeOrderDone:
		if v.Reason == pack.ReasonHandedOver {
			return Saying{"On its way", firstOf(v.Parcel, "the parcel") + " was handed over and has left the house", "scan another order"}, true
		}
		return Saying{"Already packed", order + " is already packed", "scan another order, or reopen its parcel or reprint its label"}, true
	case pack.CodeOrderElsewhere:
		return Saying{"Open elsewhere", order + " is open at " + bench(v.Why), "scan another order"}, true
	case pack.CodeOrderChanged:
		if v.Reason == pack.ReasonExcess {
			return Saying{"Order changed", "the shop changed " + order + " and the box now holds too much", "use Remove and take it out"}, true
		}
		if v.Reason == pack.ReasonAddress {
			return Saying{"New address", "the shop changed where " + order + " goes, and its label is void", "tear the old label off and weigh the box again"}, true
		}
		return Saying{"Order changed", "the shop changed " + order, "look at the lines that changed"}, true
	case pack.CodeOrderProposed:
		what, orders := "it", order
		if v.SKU != "" {
			what = itemName(v)
		}
		switch len(v.Choices) {
		case 0:
		case 1:
			orders = "order " + v.Choices[0].Text
		default:
			orders = "several orders"
		}
		return Saying{"Which order?", what + " fits " + orders, firstOf(choose(v.Choices), "answer to open it")}, true
	case pack.CodeParked:
		return Saying{"Parked", order + " is parked as it stands", "scan another order"}, true
	case pack.CodeCancelled:
		return Saying{"Packing cancelled", "packing of " + order + " is cancelled", "put its goods back into the tote"}, true
	case pack.CodeOrderClosed:
		words, step := withoutPapers(v, "scan the next order")
		return Saying{head, order + " is complete" + words, step}, true
	}
	return Saying{}, false
}

func sayItem(v pack.Verdict, _ Names) (Saying, bool) {
	item := itemName(v)
	switch v.Code {
	case pack.CodeItem:
		return Saying{item, item + ", " + ofWant(v), ""}, true
	case pack.CodePack:
		return Saying{item, fmt.Sprintf("pack of %d × %s, %s", v.Qty, item, ofWant(v)), ""}, true
	case pack.CodeCounted:
		if v.Kind == pack.Info {
			return Saying{fmt.Sprintf("%d ×", v.Qty), fmt.Sprintf("the next scan counts for %d", v.Qty), "scan one of them"}, true
		}
		return Saying{item, fmt.Sprintf("%d × %s counted, %s", v.Qty, item, ofWant(v)), ""}, true
	case pack.CodeConfirmed:
		return Saying{firstOf(v.Name, v.SKU, "Confirmed"), firstOf(v.Name, v.SKU, "the line") + " is confirmed by hand", ""}, true
	case pack.CodeAllScanned:
		if v.Reason == pack.ReasonNextParcel {
			return Saying{"Box closed", "this box is full, the rest goes into the next", "close it and put it on the scale"}, true
		}
		return Saying{"All scanned", "every line is scanned", "close the box and put it on the scale"}, true
	case pack.CodeUndone:
		next := "take it out of the box"
		switch {
		case v.Qty > 0: // what was taken out goes back in
			next = "lay it back into the box"
		case v.Qty == 0:
			next = "go on"
		}
		return Saying{"Undone", undone(v), next}, true
	case pack.CodeRemoved:
		return Saying{"Taken out", item + " is taken out" + now(v), "lay it back into the tote"}, true
	case pack.CodePutBack:
		return Saying{"Line put back", item + " is put back" + now(v), "take its units out of the box"}, true
	case pack.CodeSwapped:
		return Saying{"Swapped", item + " is swapped" + because(why(v)), "set the damaged one aside"}, true
	case pack.CodeNothingToUndo:
		return Saying{"Nothing to undo", "nothing is left to undo", "use Remove to take an item out"}, true
	}
	return Saying{}, false
}

func sayRefusal(v pack.Verdict, names Names) (Saying, bool) {
	item := itemName(v)
	switch v.Code {
	case pack.CodeWrongItem:
		return Saying{"Not in this order", item + " is not in this order", "put it back" + andScan(v, names)}, true
	case pack.CodeOverScan:
		return Saying{"One too many", fmt.Sprintf("%s is complete with %d", item, max(v.Want, v.Have)), "put this one back"}, true
	case pack.CodePackTooBig:
		return Saying{"Pack too big", fmt.Sprintf("this pack of %s holds more than the %d still open", item, max(0, v.Want-v.Have)), "scan single units"}, true
	case pack.CodeUnknownCode:
		if v.Reason == pack.ReasonBadge {
			return Saying{"Unknown badge", "this badge is not known", "scan it again, or ask the administrator"}, true
		}
		if v.Reason == pack.ReasonReturn {
			return Saying{"Return", "this is the number of a return" + quoted(v.Scanned), "set it aside for who takes returns in"}, true
		}
		return Saying{"Unknown code", "this code is not known" + quoted(v.Scanned) + because(firstOf(v.Why, reasonWords(v.Reason))), "scan it again, or ask a supervisor to link it"}, true
	case pack.CodeOrderWhich:
		return Saying{"Which order?", "several shops have an order with this number", firstOf(choose(v.Choices), "answer to open it")}, true
	case pack.CodeAmbiguousCode:
		if v.Reason == pack.ReasonWhichParcel {
			return Saying{"Which parcel?", "order " + v.Order + " has several parcels", firstOf(choose(v.Choices), "answer by number")}, true
		}
		return Saying{"Which one?", "this code stands for several things" + quoted(v.Scanned), firstOf(choose(v.Choices), "answer by number")}, true
	}
	return Saying{}, false
}

func sayLine(v pack.Verdict, _ Names) (Saying, bool) {
	if v.Code != pack.CodeShort {
		return Saying{}, false
	}
	item := itemName(v)
	if v.Qty > 0 {
		item = fmt.Sprintf("%d × %s", v.Qty, item)
	}
	step := "scan the next item"
	if v.Open == 0 {
		step = "close the box"
	}
	return Saying{"Short", item + " is left out" + because(why(v)), step}, true
}

func sayCarton(v pack.Verdict, _ Names) (Saying, bool) {
	carton := strings.TrimSpace("box " + firstOf(v.Carton, v.Scanned))
	if carton == "box" {
		carton = "the box"
	}
	switch v.Code {
	case pack.CodeCarton:
		return Saying{sentence(carton), carton + " is taken", ""}, true
	case pack.CodeCartonFull:
		return Saying{"Box full", "this box is full" + because(why(v)), "close it, then go on with the next parcel"}, true
	case pack.CodeCartonNotAllowed:
		return Saying{"Other box", carton + " does not fit this order" + because(why(v)), "take another box"}, true
	}
	return Saying{}, false
}

// bench names where an order is open.
func bench(station string) string {
	if station == "" {
		return "another bench"
	}
	if strings.Contains(station, " ") {
		return station
	}
	return "bench " + station
}

func itemName(v pack.Verdict) string { return firstOf(v.Name, v.SKU, v.Scanned, "this item") }

func ofWant(v pack.Verdict) string { return fmt.Sprintf("%d of %d", v.Have, v.Want) }

func now(v pack.Verdict) string {
	if v.Want == 0 {
		return ""
	}
	return fmt.Sprintf(", now %s", ofWant(v))
}

func undone(v pack.Verdict) string {
	if v.SKU == "" && v.Name == "" {
		return "the last step is undone"
	}
	return itemName(v) + " is undone" + now(v)
}

func toScan(open int) string {
	if open == 0 {
		return ""
	}
	return " with " + units(open) + " to scan"
}

// reasonWords says the reasons that the bench itself gives; others are words
// of a device, a shop or a person already.
func reasonWords(code pack.Reason) string {
	switch code {
	case pack.ReasonCut:
		return "it did not come in whole"
	case pack.ReasonForged:
		return "its signature is not ours"
	case pack.ReasonAltered:
		return "a part of it was changed"
	case pack.ReasonForeign:
		return "it was not made here"
	case pack.ReasonUnknown:
		return "the key that made it is not here, so it is another shop's or was changed"
	case pack.ReasonUnknownParcel:
		return "no parcel here has it"
	case pack.ReasonTooLong:
		return "it is too long"
	}
	return string(code)
}

// why is the reason as it is kept.
func why(v pack.Verdict) string { return firstOf(v.Why, string(v.Reason)) }

// because adds a reason in brackets, as a device or a shop gave it.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + words(strings.TrimRight(reason, ".")) + ")"
}

func quoted(code string) string {
	if code == "" {
		return ""
	}
	return " “" + short(code, 32) + "”"
}

func choose(choices []pack.Choice) string {
	switch len(choices) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("answer %d", choices[0].N)
	}
	if len(choices) == 2 {
		return fmt.Sprintf("answer %d or %d", choices[0].N, choices[1].N)
	}
	return fmt.Sprintf("answer %d to %d", choices[0].N, choices[len(choices)-1].N)
}

// andScan names up to two of the items that are still open.
func andScan(v pack.Verdict, names Names) string {
	switch len(v.Expected) {
	case 0:
		return ""
	case 1:
		return " and scan " + names.Of(v.Expected[0])
	case 2:
		return " and scan " + names.Of(v.Expected[0]) + " or " + names.Of(v.Expected[1])
	}
	return fmt.Sprintf(" and scan %s, %s or another of the %d open lines", names.Of(v.Expected[0]), names.Of(v.Expected[1]), len(v.Expected))
}

package screen

import (
	"fmt"
	"strings"

	"packbench/station/pack"
	"packbench/station/unit"
)

func sayWeight(v pack.Verdict, names Names) (Saying, bool) {
	w := pack.Weight{}
	if v.Weight != nil {
		w = *v.Weight
	}
	switch v.Code {
	case pack.CodeWeightOK:
		head, fact := "Weight is right", "the weight is right, "+mass(w.Mass)
		if w.Author != "" {
			head = "Let pass"
			fact = fmt.Sprintf("%s lets the weight pass, %s%s", names.Of(w.Author), mass(w.Mass), because(w.Reason))
		} else if !w.Known {
			head, fact = "Weighed", "weighed, "+mass(w.Mass)
		}
		return Saying{head, fact, ""}, true
	case pack.CodeWeightOff:
		return Saying{offHead(w), offFact(w, names), offStep(w)}, true
	case pack.CodeWeightTyped:
		return Saying{mass(w.Mass), "weight typed, " + mass(w.Mass), ""}, true
	case pack.CodeWeightUnknown:
		return Saying{"Not understood", "the scale says something that is not understood" + because(why(v)), "weigh again, or check its protocol in the settings"}, true
	}
	return Saying{}, false
}

func sayScale(v pack.Verdict, _ Names) (Saying, bool) {
	switch v.Code {
	case pack.CodeWeightMoving:
		return Saying{"Still moving", "the scale is still moving", "take your hands off and wait"}, true
	case pack.CodeWeightStale:
		return Saying{"Old weight", "this weight belongs to the last parcel", "lift it off, then put this parcel on"}, true
	case pack.CodeWeightNone:
		return Saying{"No weight", "the scale gives no weight" + because(why(v)), "look at its cable and its switch"}, true
	case pack.CodeWeightZero:
		return Saying{"Scale empty", "the scale is empty", "put the parcel on it"}, true
	case pack.CodeWeightOver:
		return Saying{"Too heavy", "the parcel is too heavy for the scale", "split it into two parcels"}, true
	case pack.CodeWeightUnder:
		return Saying{"Below zero", "the scale reads below zero", "clear it and set it to zero"}, true
	case pack.CodeScaleAsked:
		return Saying{"Scale", "the scale is being asked to " + scaleCommand(v), "wait a moment"}, true
	case pack.CodeScaleObeyed:
		if v.Command == "tare" {
			return Saying{"Tare taken", "what is on the scale counts as nothing now", "leave it there"}, true
		}
		return Saying{"Scale at zero", "the scale is set to zero", ""}, true
	case pack.CodeScaleRefused:
		return Saying{"Scale", "the scale does not " + scaleCommand(v) + because(why(v)), ""}, true
	}
	return Saying{}, false
}

// scaleCommand says what the scale was told.
func scaleCommand(v pack.Verdict) string {
	if v.Command == "tare" {
		return "take a tare"
	}
	return "go to zero"
}

// offHead is the difference in large figures: "212 g too light".
func offHead(w pack.Weight) string {
	diff := w.Mass - w.Expected
	if diff < 0 {
		return mass(-diff) + " too light"
	}
	return mass(diff) + " too heavy"
}

// offFact is the miss as a sentence: "212 g less than expected, one Mug, white
// is missing".
func offFact(w pack.Weight, names Names) string {
	fact := Off(w)
	if cause := Likely(w.Cause, names); cause != "" {
		fact += ", perhaps " + cause
	}
	return fact
}

// Off says how far a weight is from what was expected.
func Off(w pack.Weight) string {
	diff := w.Mass - w.Expected
	if diff < 0 {
		return mass(-diff) + " less than expected"
	}
	return mass(diff) + " more than expected"
}

// Likely says the likeliest cause of a miss, "" when nobody knows.
func Likely(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	name := firstOf(names.Of(c.SKU), "an item")
	n := fmt.Sprintf("%d ×", c.N)
	verb := "are"
	if c.N <= 1 {
		n, verb = "one", "is"
	}
	switch c.Kind {
	case "missing":
		return fmt.Sprintf("%s %s %s missing", n, name, verb)
	case "extra":
		return fmt.Sprintf("%s %s %s too many", n, name, verb)
	case "carton":
		return "it is another box than chosen"
	case "refused-item":
		return name + " was refused and is still in the box"
	}
	return ""
}

func offStep(w pack.Weight) string {
	if w.Cause == nil {
		return "open the box and check it"
	}
	switch w.Cause.Kind {
	case "missing":
		return "look for it and weigh again"
	case "extra", "refused-item":
		return "take it out and weigh again"
	case "carton":
		return "scan the box that you used"
	}
	return "open the box and check it"
}

func sayLabel(v pack.Verdict, names Names) (Saying, bool) {
	switch v.Code {
	case pack.CodeService:
		name := names.Of(firstOf(v.Service, "service"))
		if v.Reason == pack.ReasonOldLabelVoid {
			return Saying{name, name + " takes it" + price(v.Price) + ", and the old label is void", "tear the old label off"}, true
		}
		return Saying{name, name + " takes it" + price(v.Price) + because(why(v)), ""}, true
	case pack.CodeServiceNone:
		return Saying{"No service", "no service takes this parcel" + because(why(v)), "ask a supervisor, or park the order"}, true
	case pack.CodeLabelMade:
		return Saying{"Label made", "the label is made", "wait for the printer"}, true
	case pack.CodeLabelSent:
		if v.Reason == pack.ReasonSeen {
			return Saying{"Label is there", "a label came out", "stick it on and scan it"}, true
		}
		if v.Reason == pack.ReasonUnprintable {
			return Saying{"Check the label", "the label was sent, but " + characters(v.Qty) + " of it could not be printed", "check the address, stick it on and scan it"}, true
		}
		if v.Reason == pack.ReasonAddress {
			return Saying{"Check the address", "the label was sent, but its address has no " + strings.Join(v.Lacks, " and no "), "ask a supervisor before you stick it on"}, true
		}
		return Saying{"Label sent", "the label was sent to the printer", "stick it on and scan it"}, true
	case pack.CodeLabelPrinted:
		if v.Reason == pack.ReasonUnprintable {
			return Saying{"Check the label", "the label is printed, but " + characters(v.Qty) + " of it could not be", "check the address, stick it on and scan it"}, true
		}
		if v.Reason == pack.ReasonAddress {
			return Saying{"Check the address", "the label is printed, but its address has no " + strings.Join(v.Lacks, " and no "), "ask a supervisor before you stick it on"}, true
		}
		return Saying{"Label printed", "the label is printed", "stick it on and scan it"}, true
	case pack.CodeLabelWaiting:
		if v.Reason == pack.ReasonAgain {
			return Saying{"Trying again", "the label is asked for again", "wait for the printer"}, true
		}
		return Saying{"No label yet", "the parcel waits for its label" + because(why(v)), "try again, or go on with the next order"}, true
	case pack.CodeReprinted:
		return Saying{"Printed again", "the same label is printed again" + because(why(v)), "throw the first one away"}, true
	case pack.CodeVoided:
		return Saying{"Label void", "the label of " + parcel(v) + " is void", "tear it off the box"}, true
	}
	return Saying{}, false
}

func sayPrinter(v pack.Verdict, _ Names) (Saying, bool) {
	switch v.Code {
	case pack.CodePrinterTrouble:
		wrong, advice := parted(v.Why)
		if v.Waits {
			return Saying{"Printer", "the label printer needs you" + because(wrong), mend(advice, "mend it", "the label comes by itself", true)}, true
		}
		return Saying{"Printer", "the label was not printed" + because(wrong), mend(advice, "mend it", "press Try again", false)}, true
	case pack.CodeLabelUnknownOutcome:
		return Saying{"Did a label come out?", "nobody knows whether the label was printed", firstOf(choose(v.Choices), "look at the printer and answer")}, true
	case pack.CodeLabelWrongBox:
		if v.Reason == pack.ReasonVoided && v.OtherOrder == "" {
			return Saying{"Old label", "this label of " + parcel(v) + " is void", "tear it off, and scan the new one"}, true
		}
		if v.OtherOrder != "" && v.OtherOrder == v.Order {
			return Saying{"Wrong label", "this label belongs to another box of order " + v.Order, "take it off and find its box"}, true
		}
		fact := fmt.Sprintf("this label belongs to order %s, the box is order %s", firstOf(v.OtherOrder, "unknown"), firstOf(v.Order, "unknown"))
		return Saying{"Wrong label", fact, "take it off and find its box"}, true
	}
	return Saying{}, false
}

func sayParcel(v pack.Verdict, _ Names) (Saying, bool) {
	switch v.Code {
	case pack.CodeParcelClosed:
		step := "go on with the next parcel"
		if v.Open == 0 {
			step = "lay it on the pile"
		}
		words, step := withoutPapers(v, step)
		return Saying{"Parcel closed", parcel(v) + " is closed" + words, step}, true
	case pack.CodeReopened:
		return Saying{"Open again", parcel(v) + " is open again and its label is void", "tear the label off"}, true
	}
	return Saying{}, false
}

func parcel(v pack.Verdict) string {
	if v.Parcel == "" {
		return "the parcel"
	}
	return "parcel " + v.Parcel
}

func price(m *unit.Money) string {
	if m == nil {
		return ""
	}
	return " for " + m.String()
}

func characters(n int) string {
	if n == 1 {
		return "one character"
	}
	return digits(n) + " characters"
}

package screen

import "packbench/station/pack"

// sayClosed says how the reprint of a parcel that was closed before fares: nothing
// is scanned back, and the bench may be busy with another box by now.
func sayClosed(v pack.Verdict, _ Names) (Saying, bool) {
	if !v.Closed {
		return Saying{}, false
	}
	const step = "stick it on its own box, and throw the first one away"
	label := "the label of " + parcel(v)
	wrong, advice := parted(v.Why)
	switch {
	case v.Code == pack.CodeReprinted:
		return Saying{"Printed again", label + " is printed again" + because(why(v)), step}, true
	case v.Code == pack.CodeLabelPrinted:
		return Saying{"Printed again", label + " is printed again", step}, true
	case v.Code == pack.CodeLabelSent:
		return Saying{"Printed again", label + " was sent to the printer again", step}, true
	case v.Code == pack.CodeLabelUnknownOutcome:
		return Saying{"Did it come out?", "nobody knows whether " + label + " was printed again", "look at the printer, and ask for it again if it is missing"}, true
	case v.Code == pack.CodePrinterTrouble && v.Waits:
		return Saying{"Printer", label + " is not printed again yet" + because(wrong), mend(advice, "mend it", "the label comes by itself", true)}, true
	case v.Code == pack.CodePrinterTrouble:
		return Saying{"Printer", label + " was not printed again" + because(wrong), mend(advice, "mend it", "scan the order and ask for the label again", false)}, true
	}
	return Saying{}, false
}

package screen

import (
	"fmt"
	"strings"

	"packbench/station/pack"
)

// sayHandover says what happens at a carrier's van.
func sayHandover(v pack.Verdict, names Names) (Saying, bool) {
	carrier := firstOf(names[v.Carrier], v.Carrier, "the carrier")
	parcel := firstOf(v.Parcel, "the parcel")
	switch v.Code {
	case pack.CodeLoading:
		switch {
		case v.Kind == pack.Asked && v.Reason == pack.ReasonDriver:
			fact := loadedWords(v.Have) + " in the van of " + carrier
			if left := v.Want - v.Have; left > 0 {
				fact += ", " + parcelsWords(left) + " for it still on the dock"
			}
			return Saying{"Who drives?", fact, "type the driver's name"}, true
		case v.Kind == pack.Refused && v.Reason == pack.ReasonDriver:
			return Saying{
				"Name too long", fmt.Sprintf("a driver's name of %d characters has no room on the list", v.Qty),
				"type a shorter one, 60 at most",
			}, true
		case v.Kind == pack.Asked:
			return Saying{"Which carrier?", "several carriers have parcels here", "choose the one that is at the dock"}, true
		}
		fact := "a van of " + carrier + " is being loaded"
		if v.Want > 0 {
			fact += ", " + parcelsWords(v.Want) + " on the dock"
		}
		return Saying{firstOf(names[v.Carrier], v.Carrier, "Loading"), fact, "scan each parcel's label as it goes in"}, true
	case pack.CodeHandedOver:
		switch {
		case v.Reason == pack.ReasonAgain:
			return Saying{"Already in", parcel + " is in this van already", "scan the next parcel"}, true
		case v.Manifest != "" && v.Reason == pack.ReasonClock:
			return Saying{
				"Handed over", parcelsWords(v.Qty) + " left with " + carrier + ", manifest " + v.Manifest + ", and " + clockWords,
				"wait for the list, and write the time on it by hand",
			}, true
		case v.Manifest != "":
			return Saying{"Handed over", parcelsWords(v.Qty) + " left with " + carrier + ", manifest " + v.Manifest, "wait for the list"}, true
		}
		return Saying{parcel, parcel + " is in the van of " + carrier + ", " + loadedWords(v.Have), "scan the next parcel"}, true
	case pack.CodeWrongCarrier:
		if v.Reason == pack.ReasonUnknown {
			return Saying{"Unknown carrier", "no carrier is known as " + carrier, "choose one that has a rate card"}, true
		}
		if v.Reason == pack.ReasonLane {
			return Saying{"Wrong lane", parcel + " goes with another service of " + carrier, "bring it to its own lane"}, true
		}
		return Saying{"Wrong van", parcel + " goes with " + firstOf(names[v.Carrier], v.Carrier, "another carrier"), "put it back on the dock"}, true
	case pack.CodeManifest:
		return sayList(v, carrier), true
	case pack.CodePaper:
		paper := paperName(v.Paper)
		switch {
		case v.Kind == pack.Asked:
			return Saying{"Why again?", "the " + paper + " was printed before", "choose a reason"}, true
		case v.Kind == pack.Refused:
			wrong, advice := parted(v.Why)
			return Saying{sentence(paper), "the " + paper + " of " + parcel + " waits" + because(wrong), mend(advice, "mend the printer", "it comes by itself", true)}, true
		case v.Reason == pack.ReasonUnprintable:
			return Saying{"Check the paper", "the " + paper + " of " + parcel + " is printed, but " + characters(v.Qty) + " of it could not be", "check it before it goes with the parcel"}, true
		case v.Reason == pack.ReasonPrinted:
			return Saying{"Printed", "the " + paper + " of " + parcel + " is printed", ""}, true
		}
		return Saying{"Printing", "the " + paper + " of " + parcel + " is being printed", ""}, true
	case pack.CodeLabelUnknownOutcome:
		if name := paperNames[v.Paper]; name != "" {
			return Saying{"Did it come out?", "nobody knows whether the " + name + " of " + parcel + " was printed", "look at the printer, and ask for it again if it is missing"}, true
		}
	case pack.CodePrinterTrouble:
		wrong, advice := parted(v.Why)
		if name := paperNames[v.Paper]; name != "" && v.Manifest == "" {
			return Saying{sentence(name), "the " + name + " of " + parcel + " was not printed" + because(wrong), mend(advice, "mend the printer", "ask for it again", false)}, true
		}
		if v.Manifest != "" {
			return sayListTrouble(v), true
		}
	case pack.CodeCancelled:
		if v.Reason == pack.ReasonLoading {
			return Saying{"Given up", "the loading of " + carrier + " was given up", "take its parcels out again"}, true
		}
	case pack.CodeNotNow:
		if name := paperNames[v.Paper]; name != "" {
			return Saying{sentence(name), "there is no " + name + " of " + parcel + because(why(v)), "go on without it, or ask a supervisor"}, true
		}
		if v.Reason == pack.ReasonParcelLoading || v.Reason == pack.ReasonParcelOpening || v.Reason == pack.ReasonParcelLate {
			return sayElsewhere(v, names), true
		}
		if v.Reason == pack.ReasonLoading {
			return Saying{"Not now", "a van of " + carrier + " is being loaded", "scan its parcels, or end the loading first"}, true
		}
	case pack.CodeUndone:
		if v.Manifest == "" && v.Order != "" && v.SKU == "" && v.Parcel != "" && v.Carrier != "" {
			return Saying{"Taken out", parcel + " is not in the van of " + carrier + " any more", "put it on the dock"}, true
		}
	}
	return Saying{}, false
}

// clockWords say why nobody knows when a van left (F4).
const clockWords = "the clock was set back while it was loaded"

// sayList says how the list of a van that left fares.
func sayList(v pack.Verdict, carrier string) Saying {
	list, of := strings.TrimSpace("the list "+v.Manifest), ""
	if v.Qty > 0 && v.Reason != pack.ReasonUnprintable {
		of = " of " + parcelsWords(v.Qty) + " for " + carrier
	}
	state, untimed := v.Reason, false
	switch state {
	case pack.ReasonPrintedUntimed:
		state, untimed = pack.ReasonPrinted, true
	case pack.ReasonSentUntimed:
		state, untimed = pack.ReasonSent, true
	}
	without, sign := "", "let the driver sign it"
	if untimed {
		without, sign = " without a time, because "+clockWords, "write date and time on it, and let the driver sign it"
	}
	switch {
	case v.Reason == pack.ReasonListLeft:
		when := ""
		if !v.Left.IsZero() {
			when = " on " + v.Left.Format("2 Jan 2006 at 15:04")
		}
		return Saying{"Manifest", list + of + " left" + when, "print it again from the dock page if it is lost"}
	case v.Reason == pack.ReasonListLoading:
		return Saying{"Manifest", list + of + " is of a van that is being loaded", "scan its parcels, or end the loading"}
	case state == pack.ReasonPrinted:
		return Saying{"Handed over", list + of + " is printed" + without, sign}
	case state == pack.ReasonSent:
		return Saying{"Handed over", list + of + " is sent to a printer that cannot say more" + without, sign + " once it is out"}
	case state == pack.ReasonUnprintable: // a driver's name, nearly always
		return Saying{"Check the list", list + " is printed, but " + characters(v.Qty) + " of it could not be", "write them on it by hand, and let the driver sign it"}
	case state == pack.ReasonUnknown:
		return Saying{
			"Did the list come out?", "the manifest " + v.Manifest + " is closed, and nobody knows whether its list was printed",
			"look at the printer, and if there is none print it again from the dock page (reprint-manifest " + v.Manifest + ")",
		}
	case v.Kind == pack.Asked:
		return Saying{"Why again?", "this list was printed before", "choose a reason"}
	case state == pack.ReasonAsked:
		return Saying{"Manifest", list + " is on its way", "wait for it"}
	case v.Reason == pack.ReasonAgain:
		return Saying{"Manifest", list + " is tried again", "wait for it"}
	case v.Qty == 0:
		return Saying{"Manifest", list + " is being printed again", ""}
	}
	return Saying{"Manifest", "the list of " + carrier + " is on its way, " + parcelsWords(v.Qty), ""}
}

// sayListTrouble says what keeps a list from being printed.
func sayListTrouble(v pack.Verdict) Saying {
	wrong, advice := parted(v.Why)
	if v.Waits {
		return Saying{"The list waits", "the list " + v.Manifest + " is not printed yet" + because(wrong), mend(advice, "mend the printer", "it comes by itself", true)}
	}
	return Saying{"The list is not printed", "the list " + v.Manifest + " is not printed" + because(wrong), mend(advice, "mend it", "try again", false)}
}

// sayElsewhere says which bench has a parcel in its hands.
func sayElsewhere(v pack.Verdict, names Names) Saying {
	parcel, place := firstOf(v.Parcel, "the parcel"), pack.Place{}
	if v.Place != nil {
		place = *v.Place
	}
	switch v.Reason {
	case pack.ReasonParcelLate:
		return Saying{"Not loaded", parcel + " was scanned as the loading ended, and is not on its list", "leave it on the dock for the next van"}
	case pack.ReasonParcelOpening:
		return Saying{"Opened again", parcel + " is being opened again at " + bench(place.Station), "bring it there, its label will be void"}
	}
	van := "the van of " + firstOf(names[place.Carrier], place.Carrier, "its carrier")
	if place.Lane != "" {
		van += " (lane " + place.Lane + ")"
	}
	return Saying{"In another van", parcel + " is in " + van + " that is being loaded at " + bench(place.Station) + " now", "load it there, or take it out there first"}
}

func parcelsWords(n int) string { return many(n, "parcel") }

func loadedWords(n int) string { return many(n, "parcel") + " loaded" }

// paperNames are the papers of a parcel in words.
var paperNames = map[string]string{
	"slip": "packing slip", "inside": "inside slip", "return": "return label", "customs": "customs paper",
}

// withoutPapers goes on behind a parcel that was closed, where papers of it did
// not come out; step is what to do then.
func withoutPapers(v pack.Verdict, step string) (words, next string) {
	if len(v.Missing) == 0 {
		return "", step
	}
	var names []string
	for _, kind := range v.Missing {
		names = append(names, "the "+paperName(kind))
	}
	return ", but " + strings.Join(names, " and ") + " of " + v.Parcel + " did not come out", "have it printed before the parcel goes"
}

func paperName(kind string) string { return firstOf(paperNames[kind], "paper") }

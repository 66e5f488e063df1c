package say

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"packbench/station/pack"
)

// briefly are those that do not say in two or three words what happened.
var briefly = map[pack.Code]string{
	pack.CodeOverScan: "One too many", pack.CodeLabelWrongBox: "Wrong box", pack.CodeShortLife: "Too old", pack.CodeSerialSeen: "Serial number seen before",
	pack.CodeReturnOpened: "A return", pack.CodeReturnBlind: "A return", pack.CodeReturnUnit: "A return", pack.CodeReturnGraded: "A return", pack.CodeReturnClosed: "A return",
	pack.CodeReturnWeight: "Another weight",
}

// Code says a verdict's code in two or three words, for lists and charts.
func (l Language) Code(code pack.Code) string {
	if l.English() {
		return cmp.Or(briefly[code], Sentence(Words(string(code))))
	}
	return l.Phrase(coded(code))
}

// coded is the phrase for a code: the head of its verdict, where that says enough alone.
func coded(code pack.Code) string {
	if head := sayings[code][""].Head; head != "" && !strings.ContainsAny(head, "{?") {
		return head
	}
	return cmp.Or(briefly[code], Sentence(Words(string(code))))
}

// Cause says what cases share: a cause in words, or their code, and what was wrong with a
// code that was scanned.
func (l Language) Cause(cause, given string, code pack.Code) string {
	switch {
	case cause == string(code):
		return l.Code(code)
	case given != "" && l.English():
		return cause + ", " + given
	case given != "":
		misread := pack.Verdict{Code: pack.CodeUnknownCode, Kind: pack.Refused, Reason: pack.Reason(given)}
		return cmp.Or(strings.TrimRight(l.Verdict(misread, nil).Fact, ".。"), l.Phrase(cause))
	}
	return l.Phrase(cause)
}

// states are what orders, parcels and lists are in, by their codes.
var states = map[string]string{
	"open": "open", "packing": "being packed", "parked": "parked", "closed": "closed", "short": "closed, incomplete", "voided": "voided",
	"handed-over": "handed over", "loading": "being loaded", "opening": "being reopened", "held": "on hold", "cancelled": "cancelled", "done": "done",
}

// State says the state of an order, a parcel or a list.
func (l Language) State(code string) string { return l.Phrase(cmp.Or(states[code], code)) }

// Stamp writes a time with its day, in English so that it can be sorted.
func (l Language) Stamp(t time.Time) string {
	if l.English() {
		return t.Format("2006-01-02 15:04")
	}
	return l.Time(t, "2 Jan 2006, 15:04")
}

// PrintedList says how far the printing of a list came.
func (l Language) PrintedList(f pack.Printing) string {
	list := l.Phrase("The list")
	if f.Copy > 0 {
		list = l.Say("Reprint no. {n} of the list", "n", strconv.Itoa(f.Copy))
	}
	switch f.State {
	case pack.PrintPrinted:
		return l.Say("{list} is printed.", "list", list)
	case pack.PrintSent:
		return l.Say("{list} was sent to a printer that cannot confirm it.", "list", list)
	case pack.PrintUnknown:
		return l.Say("{list} may have been printed: we cannot tell.", "list", list)
	}
	return l.Say("{list} is not printed: {why}.", "list", list, "why", cmp.Or(f.Trouble.String(), l.Phrase("the printer has trouble")))
}

package say

import (
	"cmp"
	"strings"

	"packbench/station/pack"
)

// briefly are those that do not say in two or three words what happened.
var briefly = map[pack.Code]string{
	pack.CodeOverScan: "One too many", pack.CodeLabelWrongBox: "Wrong box", pack.CodeShortLife: "Too old", pack.CodeSerialSeen: "Serial number seen before",
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

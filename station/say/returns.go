package say

import (
	"cmp"
	"maps"

	"packbench/station/pack"
)

// sayings are the phrases of each code.
var sayings = func() map[pack.Code]map[string]Saying {
	all := maps.Clone(ofPacking)
	maps.Copy(all, ofWeighing)
	for code, of := range ofReturns {
		both := maps.Clone(of)
		maps.Copy(both, all[code])
		all[code] = both
	}
	return all
}()

const (
	setAside  = "set it aside and grade it"
	hasCase   = "a supervisor has the case"
	eachUnit  = "scan each unit"
	nextUnit  = "scan the next unit"
	askOrCase = "{choose|ask a supervisor}"
)

func notOurs(fact string) Saying { return Saying{"Not ours", fact, askOrCase} }

var (
	notMade    = notOurs("this code is none that we printed")
	backBefore = Saying{"Returned before", "{item} of this parcel came back before", setAside}
)

// ofReturns are the phrases of what came back.
var ofReturns = map[pack.Code]map[string]Saying{
	pack.CodeResumed: {"return": {"{return|Return}", "{this return} is open again, where you left off", "carry on"}},
	pack.CodeParked:  {"return": {"Put aside", "{this return} is put aside", "keep its units together"}},
	pack.CodeCancelled: {
		":asked return": {"Are you sure?", "all units of {this return} count as not scanned", "{choose|answer by number}"},
		"return":        {"Return stopped", "the return was stopped", "put everything back into its box"},
	},
	pack.CodeUndone: {"return": {"Undone", "{product|the last step} is undone", "carry on"}},
	pack.CodeReturn: {"": {"A return", "what came back is not known yet", "scan its label, slip, return number, order or a product"}},
	pack.CodeReturnOpened: {
		"again": {"{parcel id|the parcel}", "{this return} is open here", nextUnit},
		"":      {"{parcel id|the parcel}", "{parcel} left with {units sent}{packed by}", eachUnit},
	},
	pack.CodeReturnBlind: {
		"number": {"Kept", "the code{scanned} is kept with {this return}", eachUnit},
		"":       {"{return|Return}", "what {this return} is of is not known yet", "write the number on the box, and scan each unit"},
	},
	pack.CodeReturnUnit: {
		"unknown":    {"Which grade?", "there is no such grade for {item}", "{choose|answer by number}"},
		"units-open": {"Which grade?", "{item} has no grade yet", "{choose|answer by number}"},
		"":           {"{item}", "{item}{marked}, {came back}", "{choose|grade it}"},
	},
	pack.CodeReturnGraded: {
		"unknown": {"Which place?", "there is no such place for {item}", "choose another"},
		"gone":    {"{Disposition|Graded}", "{short items}, {grade|graded}, {disposition|put away}", "stick its label on and put it there"},
		"":        {"{bin|Graded}", "{short items}, {grade|graded}, {disposition|put away}", "stick its label on and put it there"},
	},
	pack.CodeReturnMissing: {
		":asked sure": {"Are you sure?", "{short items} should have come back and is not here", "{choose|answer by number}"},
		"":            {"Missing", "{short items} should have come back and is not here", hasCase},
	},
	pack.CodeReturnSerial: {
		"which-unit": {"Serial number?", "{item} left with a serial number", "scan or type it, or grade it without"},
		"":           {"Another one", "{item}{with serial} did not leave in this parcel", setAside},
	},
	pack.CodeReturnLot: {"": {"Another lot", "{the lot} of {item} did not leave in this parcel", setAside}},
	pack.CodeReturnOver: {
		"": {"Too many", "more of {item} came back than left in this parcel", setAside},
	},
	pack.CodeReturnTwice: {
		"piece":     backBefore,
		"serials":   backBefore,
		"in-parcel": {"Scanned before", "this very unit is scanned already", nextUnit},
		"":          {"Returned before", "all of {parcel} came back before", askOrCase},
	},
	pack.CodeReturnNotOurs: {
		"not-in-parcel":  {"Not in there", "{item} was not in this parcel", setAside},
		"voided":         notOurs("the label of {parcel} is void and never left"),
		"not-closed":     notOurs("nothing of this ever left here"),
		"forged":         notMade,
		"altered":        notMade,
		"foreign":        notMade,
		"unknown parcel": notOurs("no parcel with this number left here"),
		"":               notMade,
	},
	pack.CodeReturnWeight: {
		"not compared": {"{mass}", "it arrived with {mass}", eachUnit},
		":info":        {"{off head}", "it arrived lighter than it left", "look for what is missing"},
		":refused":     {"{off head}", "it arrived heavier than it left", hasCase},
		"":             {"{mass}", "it weighs what it did when it left", eachUnit},
	},
	pack.CodeReturnClosed: {
		"weight": {"{off head}", "{this return} is done with {units here}, and its weight does not fit{owed}", hasCase},
		"":       {"{return|Return}", "{this return} is done with {units here}{owed}", "take the units to their places"},
	},
}

// returnForm is the form of a verdict about a return.
func returnForm(v pack.Verdict) string {
	switch {
	case v.Code == pack.CodeReturnClosed && v.Case != "" && v.Weight != nil:
		return "weight"
	case v.Code == pack.CodeReturnWeight && (v.Weight == nil || !v.Weight.Known):
		return "not compared"
	case v.Code == pack.CodeReturnGraded && v.Kind == pack.Accepted && v.Bin == "":
		return "gone"
	}
	return ""
}

func init() {
	maps.Copy(args, map[string]func(told) string{
		"return": func(v told) string { return v.Return },
		"this return": func(v told) string {
			return cmp.Or(v.opt("return {no}", "no", v.Return), v.in.Phrase("the return"))
		},
		"units sent": func(v told) string { return v.in.Many(v.Want, "unit") },
		"units here": func(v told) string { return v.in.Many(v.Qty, "unit") },
		"packed by":  func(v told) string { return v.opt(", packed by {who}", "who", v.names.Of(v.From)) },
		"came back": func(v told) string {
			if v.Want == 0 {
				return v.in.Many(v.Have, "unit")
			}
			return v.in.OfAll(v.Have, v.Want)
		},
		"grade":       func(v told) string { return v.in.Grade(v.Grade) },
		"disposition": func(v told) string { return v.in.Disposition(v.Disposition) },
		"Disposition": func(v told) string { return v.in.Sentence(v.in.Disposition(v.Disposition)) },
		"bin":         func(v told) string { return v.Bin },
		"owed": func(v told) string {
			if v.Price == nil {
				return ""
			}
			return v.opt(", and {price} is owed", "price", v.in.money(v.Price))
		},
	})
}

// grades and dispositions are those that every shop has; others are a shop's own words.
var (
	grades = map[string]string{
		"as-new": "as new", "opened": "package opened", "damaged": "damaged", "wrong-item": "wrong item", "not-ours": "not ours",
	}
	dispositions = map[string]string{
		"shelf": "back on the shelf", "repair": "to be repaired", "second-choice": "second choice", "supplier": "back to its supplier",
		"scrap": "to be thrown away", "quarantine": "quarantine",
	}
)

// Grade says how good a unit is that came back.
func (l Language) Grade(code string) string { return l.Phrase(cmp.Or(grades[code], Words(code))) }

// Disposition says what becomes of it.
func (l Language) Disposition(code string) string {
	return l.Phrase(cmp.Or(dispositions[code], Words(code)))
}

package say

import "packbench/station/pack"

// ofWeighing are the phrases of what a scale says, as [ofPacking].
var ofWeighing = map[pack.Code]map[string]Saying{
	pack.CodeWeightOK: {
		"accepted":     {"Weight accepted", "{accepted by} accepts the weight, {mass}{accepted because}", ""},
		"not compared": {"Weighed", "weighed, {mass}", ""},
		"":             {"Weight is right", "the weight is right, {mass}", ""},
	},
	pack.CodeWeightOff:       {"": {"{off head}", "{off}", "{off step}"}},
	pack.CodeWeightTyped:     {"": {"{mass}", "weight typed, {mass}", ""}},
	pack.CodeWeightWorkedOut: {"": {"{mass}", "weight worked out, {mass}", ""}},
	pack.CodeProofNeeded:     {"": {"Scan it once more", "the scale cannot tell one {item} more or less", "scan {item} once more"}},
	pack.CodeScaleCount: {
		"ready": {"Count by weight", "the scale is empty", "put {item} on the scale"},
		"on-it": {"Count by weight", "{mass} is there and is not counted", "put {item} on the scale"},
		"ended": {"Count by weight", "the scale counts no longer", "scan the next item"},
		"seen":  {"Count by weight", "nothing more lies on the scale", ""},
		"":      {"Count by weight", "{item} is counted by weight", "take your hands off and wait"},
	},
	pack.CodeCountProposed: {"": {"{n} × {item}", "{mass} more on the scale: {n} × {item}", "{choose|answer by number}"}},
	pack.CodeCountUnsure: {
		"no-mass":   {"Not counted", "what one {item} weighs is not known", "scan each unit"},
		"too-light": {"Not counted", "one {item} is too light for this scale", "scan each unit"},
		"":          {"Not counted", "{item} differs too much in weight", "scan each unit"},
		"spread":    {"Not counted", "that many of {item} cannot be told from one more or less", "put on {n} at a time at most"},
		"not-whole": {"Not counted", "{mass} is no whole number of {item}", "see what else lies on the scale"},
		"too-many":  {"Too many", "{n} × {item} on the scale, {left} to go", "take some off"},
	},
	pack.CodePieces: {
		"ready": {"Weigh piece by piece", "the scale is empty", "scan an item, then put it on the scale"},
		"on-it": {"Weigh piece by piece", "{mass} is there and is not counted", "scan an item, then put it on the scale"},
		"ended": {"Weigh piece by piece", "items are not weighed one by one any longer", "scan the next item"},
		"":      {"Weigh piece by piece", "each item is weighed as it comes onto the scale", "take your hands off and wait"},
	},
	pack.CodePieceWeighed: {
		"no-mass": {"Weighed", "what it should weigh is not known", ""},
		"":        {"{item}", "{item}: the weight is right, {mass}", ""},
	},
	pack.CodePieceWrong: {
		"unscanned": {"Not scanned", "{mass} was put on the scale, but nothing was scanned", "take it off and scan it"},
		"":          {"Another item?", "{item} weighs {expected}, and {mass} came onto the scale", "take it off and look at it"},
	},
	pack.CodeWeightUnknown: {"": {"Not understood", "the scale sends something unreadable", "weigh again, or check its protocol in the settings"}},
	pack.CodeWeightMoving:  {"": {"Still moving", "the scale is still moving", "take your hands off and wait"}},
	pack.CodeWeightStale: {
		"counted": {"Clear the scale first", "what was counted is still on the scale", "lift it off, then put this parcel on"},
		"":        {"Clear the scale first", "the last parcel's weight is still on the scale", "lift it off, then put this parcel on"},
	},
	pack.CodeWeightNone:  {"": {"No weight", "the scale sends no weight", "check its cable and its power switch"}},
	pack.CodeWeightZero:  {"": {"Scale empty", "the scale is empty", "put the parcel on it"}},
	pack.CodeWeightOver:  {"": {"Too heavy", "the parcel is too heavy for the scale", "split it into two parcels"}},
	pack.CodeWeightUnder: {"": {"Below zero", "the scale reads below zero", "clear it and set it to zero"}},
	pack.CodeScaleAsked: {
		"tare": {"Scale", "the scale is setting its tare", "wait a moment"},
		"":     {"Scale", "the scale is setting itself to zero", "wait a moment"},
	},
	pack.CodeScaleObeyed: {
		"tare": {"Tare set", "the scale reads zero with this on it", "leave it there"},
		"":     {"Scale at zero", "the scale is set to zero", ""},
	},
	pack.CodeScaleRefused: {
		"tare": {"Scale", "the tare could not be set{because}", ""},
		"":     {"Scale", "the scale could not be set to zero{because}", ""},
	},
}

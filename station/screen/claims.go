package screen

import (
	"cmp"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// claimTitle says what happened between the benches of a hub, and to what.
func claimTitle(l say.Language, c cases.Case, item string) (what, of string) {
	switch c.Code {
	case cases.CodeClaimsReleased:
		return l.Phrase("Claims released"), c.Scanned
	case pack.CodeHubAway:
		if c.Scanned != "" {
			return l.Phrase("A return opened without the hub"), cmp.Or(c.Parcel, item)
		}
		return l.Phrase("Packed without the hub"), item
	case cases.CodeLoadedTwice:
		return l.Phrase("In two vans"), item
	case cases.CodeDeskDecides:
		return l.Phrase("Not for this bench to change"), c.Scanned
	case cases.CodeOverruled:
		return l.Phrase("Changed at two benches"), cmp.Or(c.Scanned, item)
	}
	return l.Phrase("Two benches have it"), c.Scanned
}

// opensReturn reports whether a question is about a return that the hub cannot be asked for.
func opensReturn(choices []pack.Choice) bool {
	return len(choices) > 0 && choices[0].Command != nil && choices[0].Command.OpensReturn()
}

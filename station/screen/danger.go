package screen

import (
	"packbench/station"
	"packbench/station/say"
)

// dangerWords name what kind of dangerous goods a product is.
func dangerWords(l say.Language, d station.Danger) string {
	if d == station.OtherDanger {
		return l.Phrase("dangerous goods")
	}
	return l.Say("dangerous goods: {kind}", "kind", l.Phrase(string(d)))
}

// DangerEntry asks which dangerous goods a product is; is counts now.
func DangerEntry(is station.Danger) *Entry {
	e := &Entry{ID: EntryShelfDanger, Label: "Is it dangerous goods?", Hint: "Services that do not take them are left out for its parcels"}
	for i, d := range append([]station.Danger{""}, station.Dangers()...) {
		a := Action{ID: "option:" + digits(i+1), Enabled: true, On: d == is, Intent: Intent{Kind: IntentEnter, Name: EntryShelfDanger, Value: string(d)}}
		switch d {
		case "":
			a.Label, a.Note, a.Intent.Value = "No dangerous goods", "every service may take it", "no"
		case station.LimitedQuantity:
			a.Label, a.Note = "Limited quantity", "small inner packs of it, marked LQ"
		case station.LithiumBattery:
			a.Label, a.Note = "Lithium battery", "alone, packed with a device, or in it"
		default:
			a.Label, a.Note = "Other dangerous goods", "fewest services take them"
		}
		e.Choices = append(e.Choices, a)
	}
	return e
}

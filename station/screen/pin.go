package screen

import "slices"

// EntryPIN is the field for a PIN, whose digits are never shown.
const EntryPIN = "pin"

// withPIN puts the field for a PIN first where one is waited for, in place of that for a
// code.
func withPIN(in BenchInputs, acts []Action) []Action {
	if in.State.PIN == nil {
		return acts
	}
	acts = slices.DeleteFunc(acts, func(a Action) bool { return a.ID == "type" })
	return slices.Insert(acts, 0, Action{
		ID: "type", Label: in.Lang.Phrase("Type the PIN"), Key: in.Keys["type"], Enabled: true, Primary: true,
		Intent: Intent{Kind: IntentEdit, Name: EntryPIN},
	})
}

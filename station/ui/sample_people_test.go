package ui

import (
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/screen"
)

// settingsRights is the table of rights, with a row that is not among those offered and
// one that is wrong.
func settingsRights(theme screen.Theme) screen.View {
	in := screen.SettingsInputs{Frame: deskFrame(station.Administrator, theme), May: true, Group: "Rights", Changed: true, Path: "/var/lib/packbench/station.toml"}
	for _, title := range []string{"Scanner", "Scanner 2", "Scale", "Printing", "Papers", "Weight", "Sender", "General", "Rules", "Case rules", "Rights", "Screen"} {
		in.Groups = append(in.Groups, screen.Group{Title: title})
	}
	in.Saved = "Rights, rights: no role is left that may change this table: everybody would be locked out"
	for _, spec := range people.Specs() {
		f := screen.Field{Key: "rights." + string(spec.Action), Label: spec.Name, Help: spec.Does, Value: "x", Shown: "Supervisors", Wide: true}
		switch spec.Action {
		case people.Override:
			f.Section = "At the bench"
		case people.Void:
			f.Shown = "Packers: second badge, supervisors: pin, managers and above: yes"
		case people.Count:
			f.Shown, f.Section = "Everybody", "At the desk and on pages"
		case people.Rightful:
			f.Shown, f.Error = "Packers and above: no", "no role is left that may change this table: everybody would be locked out"
		}
		in.Groups[10].Fields = append(in.Groups[10].Fields, f)
	}
	return screen.Settings(in)
}

// pinInputs is a bench where somebody's PIN is waited for.
func pinInputs(theme screen.Theme) screen.BenchInputs {
	in := benchInputs(pack.SignedOut, theme)
	in.State.PIN = &pack.PinAsked{Person: pack.Person{ID: "p1", Role: station.Packer, PIN: true}}
	in.State.Recent = []*pack.Verdict{verdict(pack.CodePINNeeded, pack.Asked, 2, func(v *pack.Verdict) { v.Order, v.By, v.Given = "", "", "p1" })}
	return in
}

func pinAsked(theme screen.Theme) screen.View { return screen.Bench(pinInputs(theme)) }

func pinTyped(theme screen.Theme) screen.View {
	in := pinInputs(theme)
	e := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: screen.EntryPIN})
	e.Text = "4711"
	in.Entry = &e
	return screen.Bench(in)
}

// pinPaused is after one wrong PIN too many.
func pinPaused(theme screen.Theme) screen.View {
	in := pinInputs(theme)
	in.State.Recent = []*pack.Verdict{verdict(pack.CodePINWrong, pack.Refused, 2, func(v *pack.Verdict) {
		v.Order, v.By, v.Given, v.Reason, v.Seconds = "", "", "p1", pack.ReasonPaused, 1920
	})}
	return screen.Bench(in)
}

// shiftOver is who was signed out by the end of the shift, with the order left open.
func shiftOver(theme screen.Theme) screen.View {
	in := benchInputs(pack.SignedOut, theme)
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeSignedOut, pack.Info, 2, func(v *pack.Verdict) { v.Reason = pack.ReasonShiftOver })}
	return screen.Bench(in)
}

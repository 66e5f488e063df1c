package ui

import (
	"packbench/station"
	"packbench/station/screen"
)

// settingsCaseRules are the rules of cases, under all the tabs that there are.
func settingsCaseRules(theme screen.Theme) screen.View {
	in := screen.SettingsInputs{Frame: deskFrame(station.Manager, theme), May: true, Group: "Case rules", Changed: true, Path: "/var/lib/packbench/station.toml"}
	for _, title := range []string{"Scanner", "Scanner 2", "Scale", "Printing", "Papers", "Weight", "Sender", "General", "Rules", "Case rules", "Rights", "Screen"} {
		in.Groups = append(in.Groups, screen.Group{Title: title})
	}
	week := "last week: 120 met, 120 became cases, 31 would now"
	in.Groups[9].Fields = []screen.Field{
		{Key: "cases.wrong_item", Label: "A wrong item", Value: "2", Shown: "2 in a row", Help: week},
		{Key: "cases.unknown_code", Label: "A code that is not known", Value: "1", Shown: "1 in a row", Help: "last week: 14 met, 14 became cases, 14 would now"},
		{Key: "cases.weight_off", Label: "A weight that is off", Value: "0", Shown: "Never", Help: "last week: 9 met, 9 became cases, 0 would now"},
		{Key: "cases.weight_off_g", Label: "And off by at least", Value: "0", Shown: "Any", Help: "grams more or less than expected"},
		{Key: "cases.short", Label: "A line that is short", Value: "11", Error: "-1 is outside 0 to 1000", Help: week},
	}
	return screen.Settings(in)
}

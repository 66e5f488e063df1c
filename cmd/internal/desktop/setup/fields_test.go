package setup

import (
	"strings"
	"testing"

	"packbench/station/config"
)

// V32: each setting has a name and says what it is for, in words of people; none is
// called as the file calls it.
func TestSettingsHaveNamesAndHelp(t *testing.T) {
	s := config.Default()
	for _, g := range settingGroups() {
		for _, f := range g.fields {
			help := f.help
			if f.tells != nil {
				help = f.tells(s)
			}
			if f.says != nil {
				help = f.says(f.value(s))
			}
			if f.label == "" || strings.ContainsAny(f.label, "._") || help == "" {
				t.Errorf("%s is called %q and says %q", f.key, f.label, help)
			}
		}
	}
}

// The sender's country is chosen by its name in any language, and kept as the file has
// it; what is no country is refused.
func TestSenderCountry(t *testing.T) {
	land, ok := settingOf("sender.country")
	if !ok {
		t.Fatal("there is no field for it")
	}
	s := config.Default()
	for _, typed := range []string{"Austria", "österreich", "at"} {
		if err := land.set(&s, typed); err != nil || s.Sender.Country != "AT" || land.value(s) != "Austria" {
			t.Errorf("%s is %q, %q, %v", typed, s.Sender.Country, land.value(s), err)
		}
	}
	if err := land.set(&s, "Atlantis"); err == nil || s.Sender.Country != "AT" {
		t.Errorf("Atlantis is %q, %v", s.Sender.Country, err)
	}
	if err := land.set(&s, ""); err != nil || s.Sender.Country != "" {
		t.Errorf("nothing is %q, %v", s.Sender.Country, err)
	}
}

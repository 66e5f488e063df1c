package bench

import (
	"slices"
	"testing"

	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/station/config"
)

// The settings may name exactly what the devices know; neither package may
// look at the other.
func TestSettingsNameWhatTheDevicesKnow(t *testing.T) {
	var protocols []string
	for _, p := range scale.Protocols() {
		protocols = append(protocols, p.Name)
	}
	named := config.Protocols()
	slices.Sort(named)
	if !slices.Equal(named, protocols) {
		t.Errorf("protocols: the settings have %v, the scales %v", named, protocols)
	}
	if named := config.Layouts(); !slices.Equal(named, scanner.Layouts()) {
		t.Errorf("layouts: the settings have %v, the scanners %v", named, scanner.Layouts())
	}
	for _, k := range scanner.Kinds() {
		s := config.Default()
		s.Scanner.Kind, s.Scanner.Port = k.Name, "/dev/ttyUSB0"
		if err := s.Validate(); err != nil || !s.Scanner.Ported() {
			t.Errorf("kind %s: %v", k.Name, err)
		}
	}
}

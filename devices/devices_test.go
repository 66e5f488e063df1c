package devices_test

import (
	"testing"

	"packbench/devices"
)

func TestTextForms(t *testing.T) {
	for _, name := range []string{"ok", "zero", "motion", "over", "under", "error", "unknown"} {
		var s devices.ReadingState
		if err := s.UnmarshalText([]byte(name)); err != nil || s.String() != name {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
	for _, name := range []string{"off", "green", "amber", "red"} {
		var l devices.Lamp
		if err := l.UnmarshalText([]byte(name)); err != nil || l.String() != name {
			t.Errorf("%s: %v, %v", name, l, err)
		}
	}
	var s devices.ReadingState
	if err := s.UnmarshalText([]byte("heavy")); err == nil {
		t.Error("a state that is none was taken")
	}
	if got := (devices.Reading{}).State; got != devices.Unknown {
		t.Errorf("a reading that says nothing is %v", got)
	}
	if got := devices.ReadingState(99).String() + devices.Lamp(99).String(); got != "unknownoff" {
		t.Errorf("values out of range: %s", got)
	}
}

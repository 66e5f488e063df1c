package setup

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/devices/port"
	"packbench/station/config"
	"packbench/station/screen"
)

// manager is a host before which a manager sits.
type manager struct{ Host }

func (manager) Manages() bool { return true }

// Choosing what is plugged in sets kind and port, and never gives one port to
// two devices.
func TestUsePlugged(t *testing.T) {
	settings := config.Default()
	settings.Station, settings.GS1.CompanyPrefix = "S1", "952000"
	p := New(Options{Folder: &folder.Folder{Settings: settings}, Host: manager{}})
	names := map[string]string{"usb:0922:8003": port.KindHIDScale, "/dev/serial/by-id/one": port.KindSerial, "usb:1:2": port.KindKeyboard}
	for name, kind := range names {
		p.plugged.list = append(p.plugged.list, port.Plugged{Kind: kind, Name: name})
	}
	use := func(device, name string) config.Settings {
		p.Act(screen.Intent{Kind: screen.IntentUse, Name: device, Value: name})
		return p.settings()
	}
	if s := use("scale", "usb:0922:8003"); s.Scale.Kind != "hid" || s.Scale.Port != "usb:0922:8003" {
		t.Errorf("the scale is %+v", s.Scale)
	}
	if s := use("scale", "/dev/serial/by-id/one"); s.Scale.Kind != "serial" || s.Scale.Port != "/dev/serial/by-id/one" {
		t.Errorf("the scale is %+v", s.Scale)
	}
	s := use("scanner", "/dev/serial/by-id/one")
	if s.Scanner.Kind != "serial" || s.Scanner.Port != "/dev/serial/by-id/one" || s.Scale.Kind != "none" {
		t.Errorf("one port for two: scanner %+v, scale %+v", s.Scanner, s.Scale)
	}
	if err := s.Validate(); err != nil {
		t.Errorf("the draft cannot be kept: %v", err)
	}
	if s = use("scanner2", "usb:1:2"); s.Scanner2.Kind != "keyboard" {
		t.Errorf("scanner 2 is %+v", s.Scanner2)
	}
}

func TestMeaning(t *testing.T) {
	for code, want := range map[string]string{
		"4006381333931": "n, GTIN", "hello": "n", "PB:command:undo": "n, a card of the bench",
	} {
		if got := meaning(code, "n"); got != want {
			t.Errorf("%s means %q, want %q", code, got, want)
		}
	}
}

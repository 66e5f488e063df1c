package screen

import (
	"slices"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/say"
	"packbench/station/trouble"
)

const (
	udev    = "packctl doctor --udev | sudo tee /etc/udev/rules.d/60-packbench.rules >/dev/null && sudo udevadm control --reload && sudo udevadm trigger"
	ownRule = `echo 'SUBSYSTEM=="tty", ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6001", MODE="0660", TAG+="uaccess"' | sudo tee /etc/udev/rules.d/61-packbench-0403-6001.rules >/dev/null`
)

// A line to run comes out whole and without the sentence around it: it is
// copied into a terminal as it is.
func TestStepsOfAFix(t *testing.T) {
	lines := trouble.New(trouble.TakenForModem, udev).Steps()
	if len(lines) != 2 || lines[0].Line != udev {
		t.Fatalf("%q", lines)
	}
	for i, s := range stepsOf(say.English, "scale", lines, udev) {
		if s.Copy.Intent.Kind != IntentCopy || s.Copy.Intent.Value != lines[i].Line || s.Copy.On != (i == 0) || s.Copy.ID != "copy:scale"+digits(i) {
			t.Errorf("%+v", s)
		}
	}
	if s := stepsOf(say.English, "scale", Lamp{Fix: "plug the cable in"}.steps(), ""); len(s) != 1 || s[0].Words != "Plug the cable in" || s[0].Copy.ID != "" {
		t.Errorf("%+v", s)
	}
}

func TestAlertLeavesLinesToTheSettings(t *testing.T) {
	got := Alert([]Lamp{{Name: "scale", Colour: LampRed, Words: "no permission", Fix: "Run: " + udev, Steps: trouble.New(trouble.TakenForModem, udev).Steps()}})
	if strings.Contains(got, "udev") || !strings.Contains(got, "settings") {
		t.Errorf("the alert reads %q", got)
	}
}

func TestReadable(t *testing.T) {
	for raw, want := range map[string]string{
		"S S 0.812 kg\r\n": "S S 0.812 kg<CR><LF>", "01\x1d10": "01<GS>10", "\x02\xB0\x03": "<STX><B0><ETX>", "": "",
	} {
		if got := Readable([]byte(raw)); got != want {
			t.Errorf("%q reads %q, want %q", raw, got, want)
		}
	}
	if got := inHex([]byte("S \r")); got != "53 20 0D" {
		t.Errorf("in hex %q", got)
	}
	if got := inHex(make([]byte, 40)); !strings.HasSuffix(got, " …") || len(got) > 80 {
		t.Errorf("40 bytes in hex: %q", got)
	}
}

// One line answers whether all is well; what cannot tell is never called well.
func TestVerdictLine(t *testing.T) {
	device := func(name string, c Colour) Device {
		return Device{ID: name, Lamp: Lamp{Kind: name, Name: name, Colour: c, Words: "words"}}
	}
	green, off := device("scale", LampGreen), device("scanner", LampOff)
	red, amber := device("printer", LampRed), device("scale", LampAmber)
	for _, c := range []struct {
		list       []Device
		text, note string
		shape      Shape
	}{
		{[]Device{green}, "Everything works", "", ShapeTick},
		{[]Device{off, green}, "All good", "scanner: words", ShapeTick},
		{[]Device{off}, "No device is working yet", "choose from what is plugged in, below", ShapeSquare},
		{[]Device{green, amber, red}, "Printer: words", "and 1 more", ShapeCross},
		{[]Device{green, amber}, "Scale: words", "", ShapeMark},
	} {
		if v := verdictLine(say.English, c.list); v.Text != c.text || v.Note != c.note || v.Shape != c.shape {
			t.Errorf("%+v", v)
		}
	}
}

func deviceInputs() SettingsInputs {
	in := SettingsInputs{
		Frame: desk(station.Administrator), May: true, Listed: true,
		Devices: []Device{
			{ID: "scanner", Lamp: Lamp{Name: "scanner", Colour: LampGreen}, Test: "Test it", Learn: true},
			{ID: "scale", Lamp: Lamp{Name: "scale", Colour: LampRed, Words: "away", Steps: trouble.New(trouble.TakenForModem, "a").Steps()}, Test: "Ask", Zero: true},
		},
		Plugged: []Plugged{
			{Name: "usb:1", Trouble: trouble.New(trouble.DeviceDenied, "c"), Offers: []Offer{{"scanner", "scanner"}, {"scale", "scale"}}},
			{Name: "usb:2", Used: "scale", Trouble: trouble.New(trouble.DeviceDenied, "d"), Offers: []Offer{{"scanner", "scanner"}}},
		},
		Groups: []Group{{Title: "Scale", Devices: []string{"scale"}, Fields: []Field{{Key: "scale.port", Value: "x"}}}},
	}
	in.Frame.Lamps = []Lamp{in.Devices[0].Lamp, in.Devices[1].Lamp}
	return in
}

// Everything that can be touched on these pages is reached by Tab, once.
func TestKeyboardReachesAllOfTheDevices(t *testing.T) {
	in := deviceInputs()
	tab := in
	tab.Group = "Scale"
	doctor := DoctorInputs{Frame: desk(station.Administrator), Lines: make([]DoctorLine, 7), Next: -1, Ready: true}
	for _, c := range []struct {
		view View
		want []string
	}{
		{Settings(in), []string{
			"group:Devices", "group:Scale", "test:scanner", "doctor:scanner", "copy:scale0", "copy:scale1", "test:scale", "zero:scale",
			"copy:plugged0.0", "use:0:scanner", "use:0:scale", "use:1:scanner",
		}},
		{Settings(tab), []string{"copy:scale0", "test:scale", "find", "field:scale.port"}},
		{Doctor(doctor), []string{"keep", "sheet", "leave"}},
	} {
		var ids []string
		for _, a := range c.view.Targets() {
			if slices.Contains(ids, a.ID) {
				t.Errorf("two actions are %s", a.ID)
			}
			ids = append(ids, a.ID)
		}
		for _, id := range c.want {
			if !slices.Contains(ids, id) {
				t.Errorf("%s is not among %q", id, ids)
			}
		}
	}
}

// What a card says the line on top need not say; what has no card it must.
func TestAlertOfTheSettings(t *testing.T) {
	in := deviceInputs()
	if v := Settings(in); v.Header.Alert != "" {
		t.Errorf("the card says it, and the alert too: %q", v.Header.Alert)
	}
	in.Frame.Lamps = append(in.Frame.Lamps, Lamp{Name: "database", Colour: LampRed, Words: "disk full"})
	if v := Settings(in); v.Header.Alert == "" {
		t.Error("the red database is not told")
	}
	in = deviceInputs()
	in.Groups = append(in.Groups, Group{Title: "Rules"})
	in.Group = "Rules"
	if v := Settings(in); v.Header.Alert == "" {
		t.Error("the red scale is not told on a page without its card")
	}
}

func TestSearchView(t *testing.T) {
	if v := searchView(say.English, &Search{Running: true, Step: 3, Steps: 12, Words: "asking"}, true); v.Share != 250 || v.Action.Intent.Value != "stop" || v.Count != "3 of 12" {
		t.Errorf("at work %+v", v)
	}
	if v := searchView(say.English, &Search{Why: "no port"}, true); v.Action.Enabled || v.Words != "no port" {
		t.Errorf("without a port %+v", v)
	}
	if v := searchView(say.English, &Search{Words: "it speaks SICS", Found: true}, true); v.Shape != ShapeTick || v.Words != "It speaks SICS" {
		t.Errorf("found %+v", v)
	}
}

func TestDoctorSaysWhatIsNext(t *testing.T) {
	in := DoctorInputs{Frame: desk(station.Administrator), Lines: []DoctorLine{{Title: "Start"}, {Title: "Letters"}, {Title: "QR", Optional: true}}}
	v := Doctor(in).Doctor
	if v.Next.Text != "Scan line 1" || v.Mark != "1" || v.Last != nil || v.Count != "0 of 3" || v.Actions[0].Enabled {
		t.Errorf("at the start %+v", v)
	}
	in.Lines[0].Done, in.Lines[1].Again, in.Next, in.Kind, in.Last, in.Words = true, true, 1, ReadBad, "abc", "wrong"
	v = Doctor(in).Doctor
	if v.Next.Text != "Scan line 2 again" || v.Last == nil || v.Last.Words != "Wrong" || v.Last.Shape != ShapeMark || v.Count != "1 of 3" {
		t.Errorf("after a bad read %+v", v)
	}
	in.Lines[1] = DoctorLine{Title: "Letters", Done: true}
	in.Next, in.Ready, in.Kind, in.Findings = 2, true, ReadGood, []Finding{{"Prefix", "none"}}
	view := Doctor(in)
	if v = view.Doctor; !v.Actions[0].Enabled || v.Actions[0].Intent.Kind != IntentKeep || len(v.Findings) != 1 || v.AllGood == "" || v.Mark != "3" {
		t.Errorf("once ready %+v", v)
	}
	if got, _ := Press(view, "Esc"); got.Kind != IntentPage || got.Name != string(PageSettings) {
		t.Errorf("Esc gives %+v", got)
	}
}

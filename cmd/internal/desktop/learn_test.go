package desktop

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
	"packbench/station/screen"
)

const (
	shiftKey = 50
	ctrlKey  = 37
	bracket  = 35 // Ctrl+] is how many scanners type GS
)

// types is a scanner set to the US keyboard: so long a key, and Enter.
func (d *seat) types(code string, perKey time.Duration) {
	keys := map[rune][2]int{'\x1d': {bracket, ctrlKey}}
	for key, chars := range scanner.US() {
		if _, known := keys[chars[0]]; !known {
			keys[chars[0]] = [2]int{key, 0}
		}
		if _, known := keys[chars[1]]; !known {
			keys[chars[1]] = [2]int{key, shiftKey}
		}
	}
	d.now = d.now.Add(2 * time.Second)
	send := func(down bool, key int) {
		if key != 0 {
			d.front.Key(key, down, d.now)
		}
	}
	for _, c := range code {
		k := keys[c]
		send(true, k[1])
		send(true, k[0])
		if c >= ' ' {
			d.front.Rune(c, d.now)
		}
		send(false, k[0])
		send(false, k[1])
		d.now = d.now.Add(perKey)
		if perKey > 20*time.Millisecond {
			d.front.Turn(d.now)
		}
	}
	send(true, scanner.KeyEnter)
	send(false, scanner.KeyEnter)
	for range 4 {
		d.now = d.now.Add(150 * time.Millisecond)
		d.front.Turn(d.now)
	}
}

func (d *seat) openDoctor() {
	d.Helper()
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.front.Intent(screen.Intent{Kind: screen.IntentDoctor, Name: "scanner"})
	d.until("the page of the doctor", func(v screen.View) bool { return v.Doctor != nil })
}

// The sheet is scanned line by line; nothing of it is a scan of the bench, and
// what was learnt is kept for that scanner.
func TestScannerIsSetUpByScanning(t *testing.T) {
	d := newDesk(t)
	d.openDoctor()
	before := d.front.Bench.Engine.State()
	d.types("1001", 3*time.Millisecond)
	v := d.until("what was read", func(v screen.View) bool { return v.Doctor != nil && v.Doctor.Last != nil })
	if !strings.Contains(v.Doctor.Last.Text, "1001") {
		t.Errorf("the last read is shown as %q", v.Doctor.Last.Text)
	}
	for i, line := range scanner.Sheet() {
		d.types(line.Data, 3*time.Millisecond)
		d.until("a tick at line "+line.Title, func(v screen.View) bool { return v.Doctor != nil && v.Doctor.Lines[i].Done })
	}
	v = d.until("the findings", func(v screen.View) bool { return v.Doctor != nil && v.Doctor.Ready && len(v.Doctor.Findings) > 0 })
	want := map[string]string{"Keyboard layout": "US English", "Suffix": "Enter", "Prefix": "none", "GS1 separator": "sent as Ctrl+]", "AIM identifier": "not sent"}
	for _, f := range v.Doctor.Findings {
		if w, told := want[f.Name]; told && !strings.HasPrefix(f.Value, strings.Split(w, " ")[0]) {
			t.Errorf("%s is %q, want %q", f.Name, f.Value, w)
		}
		delete(want, f.Name)
	}
	if len(want) > 0 || len(v.Doctor.Advice) == 0 {
		t.Errorf("not told: %v; advice %+v", want, v.Doctor.Advice)
	}
	if after := d.front.Bench.Engine.State(); after.Work != nil || len(after.Recent) != len(before.Recent) {
		t.Error("scans of the sheet have reached the bench")
	}
	d.press(37, 39, 0) // Ctrl S
	d.until("the settings with what was kept", func(v screen.View) bool { return v.Settings != nil && strings.HasPrefix(v.Settings.Saved, "saved") })
	if s := d.kept().Scanner; s.Suffix != "cr" || s.Layout != "us" || s.KeyMS == 0 {
		t.Errorf("kept %+v", s)
	}
	d.types("1001", 3*time.Millisecond)
	d.until("scans to count again", func(screen.View) bool { return d.front.Bench.Engine.State().Work != nil })
}

// A scanner that types as slowly as a person presses no button of the page.
func TestSlowScannerLeavesTheDoctorAlone(t *testing.T) {
	d := newDesk(t)
	d.openDoctor()
	d.front.Intent(screen.Intent{Kind: screen.IntentFocus, Name: "leave"})
	d.until("the focus", func(v screen.View) bool { return v.Focus == "leave" })
	d.types(scanner.Sheet()[0].Data, 70*time.Millisecond)
	v := d.until("line 1", func(v screen.View) bool { return v.Doctor == nil || v.Doctor.Lines[0].Done })
	if v.Doctor == nil || v.Focus != "leave" {
		t.Fatalf("the Enter of a slow scanner has pressed a button: page %s, focus %q", v.Page, v.Focus)
	}
	d.press(0, scanner.KeyEnter, 0) // a person does
	d.until("the settings", func(v screen.View) bool { return v.Settings != nil })
}

func TestDoctorEndsWithItsPage(t *testing.T) {
	d := newDesk(t)
	d.openDoctor()
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: "bench"})
	d.until("the bench", func(v screen.View) bool { return v.Bench != nil })
	d.scan("1001")
	d.until("the order", func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == "1001" })
}

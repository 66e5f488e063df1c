package desktop

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/trace"
)

// scanText is a scanner on the keys of a US layout, capitals and all.
func (d *seat) scanText(text string) {
	d.Helper()
	keys := map[rune][2]int{} // code, and 1 with shift
	for code, pair := range scanner.US() {
		for level, r := range pair {
			if _, taken := keys[rune(r)]; !taken {
				keys[rune(r)] = [2]int{code, level}
			}
		}
	}
	d.now = d.now.Add(time.Second)
	stroke := func(down bool, code int) {
		d.front.Key(code, down, d.now)
		d.now = d.now.Add(time.Millisecond)
	}
	for _, r := range text {
		k, ok := keys[r]
		if !ok {
			d.Fatalf("no key for %q", r)
		}
		if k[1] == 1 {
			stroke(true, 50)
		}
		stroke(true, k[0])
		d.front.Rune(r, d.now)
		stroke(false, k[0])
		if k[1] == 1 {
			stroke(false, 50)
		}
	}
	stroke(true, scanner.KeyEnter)
	stroke(false, scanner.KeyEnter)
}

// code is the trace code on a parcel's label.
func (d *seat) code(sscc, order string) string {
	d.Helper()
	code, err := (trace.Signer{Key: d.front.Folder.Keys()[0], Domain: d.front.Folder.Settings.GS1.Domain}).Sign(sscc, order)
	if err != nil {
		d.Fatal(err)
	}
	return code
}

func (d *seat) judged(head string) screen.TraceView {
	d.Helper()
	return *d.until("the verdict "+head, func(v screen.View) bool { return v.Trace != nil && v.Trace.Card.Head == head }).Trace
}

// other changes one character of a text.
func other(text string, at int) string {
	c := byte('A')
	if text[at] == c {
		c = 'B'
	}
	return text[:at] + string(c) + text[at+1:]
}

// A supervisor tells a genuine code from others without the bench taking
// notice of the scans.
func TestTracing(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	code := d.code(sscc, "1003")
	d.press(37, 14, 0) // Ctrl 5
	d.until("the page", func(v screen.View) bool { return v.Trace != nil })
	before := d.front.Bench.Engine.State().Recent[0]

	d.scanText(code)
	good := d.judged("Genuine")
	if good.Card.Kind != pack.Accepted || len(good.Story) < 4 || good.Field != code {
		t.Errorf("a genuine code: %+v, a story of %d steps, field %q", good.Card, len(good.Story), good.Field)
	}
	facts := map[string]string{}
	for _, f := range good.Facts {
		facts[f.Name] = f.Value
	}
	if facts["order"] != "1003" || facts["SSCC"] != sscc || facts["parcel"] == "" || facts["carrier"] == "" || facts["tracking"] == "" {
		t.Errorf("the parcel is told as %+v", good.Facts)
	}

	d.scanText(other(code, len(code)-1))
	if v := d.judged("Forged"); v.Card.Kind != pack.Refused || len(v.Story) != 0 || v.Compare.Enabled {
		t.Errorf("a changed code: %+v", v)
	}
	d.scanText("https://elsewhere.example/00/" + sscc)
	if v := d.judged("Not one of our trace codes"); v.Card.Kind != pack.Info || !strings.Contains(v.Card.Detail, "elsewhere.example") {
		t.Errorf("another shop's code: %+v", v.Card)
	}
	if now := d.front.Bench.Engine.State().Recent[0]; now != before {
		t.Errorf("the bench has taken a scan of the page: %+v", now)
	}

	d.press(0, 9, 0) // Esc
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.scanText(code)
	d.until("the bench to take the scan", func(screen.View) bool { return d.front.Bench.Engine.State().Recent[0] != before })
}

// The label and the slip inside of one box must name one parcel.
func TestComparingCodes(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	code := d.code(sscc, "1003")
	const strange = "340123450000009997"
	d.press(37, 14, 0)
	d.until("the page", func(v screen.View) bool { return v.Trace != nil })
	compare := func(second string) {
		d.Helper()
		d.scanText(code)
		d.until("something to compare", func(v screen.View) bool {
			return v.Trace.Card.Head == "Genuine" && v.Trace.Compare.Enabled && !strings.HasPrefix(v.Trace.Card.Detail, "Both codes") // of the two before
		})
		d.press(37, 58, 0) // Ctrl M
		d.until("the wait for the second code", func(v screen.View) bool { return v.Trace.Compare.On })
		d.scanText(second)
	}
	agrees := func(v screen.View) bool {
		return v.Trace != nil && strings.HasPrefix(v.Trace.Card.Detail, "Both codes")
	}

	compare("00" + sscc)
	d.until("both to agree", agrees)
	compare(code)
	d.until("both to agree again", agrees)
	compare("00" + strange)
	if v := d.judged("Copied"); v.Card.Kind != pack.Refused || !strings.Contains(v.Card.Detail, strange) || v.Compare.On {
		t.Errorf("on another box: %+v", v.Card)
	}
	compare(other(code, len(code)-1))
	if v := d.judged("Forged"); v.Card.Word != "The second code" {
		t.Errorf("a forged slip: %+v", v.Card)
	}

	// The other way round: first the bars of the box, then the square code.
	d.scanText("00" + strange)
	if v := d.judged("Bars only"); !strings.Contains(v.Next.Text, "this box") || v.Compare.Enabled {
		t.Errorf("bars only: %+v", v.Next)
	}
	d.scanText(code)
	d.judged("Copied")
	d.scanText(code)
	d.judged("Genuine") // the box before no longer counts
}

// Codes that come fast are judged one after the other; typed ones too; cards
// of the bench stay with the bench.
func TestTracePageAndTheBench(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR") // who may type a weight
	sscc := d.pack1()
	d.signIn("B-PACKER")
	d.until("the packer", func(v screen.View) bool { return v.Header.Role == "" && v.Page == screen.PageIdle })
	code := d.code(sscc, "1003")
	open := func() {
		d.Helper()
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageTrace)})
		d.until("the page", func(v screen.View) bool { return v.Trace != nil })
	}
	open() // from the help: packers have no tab
	for range 5 {
		d.scanText(code)
	}
	d.scanText("00" + sscc)
	d.judged("Bars only")
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "trace", Value: strings.ToLower(code)})
	if v := d.judged("Genuine"); !strings.HasPrefix(v.Card.Detail, "Both codes") {
		t.Errorf("a typed code after the bars of its box: %+v", v.Card)
	}
	d.scanText("PB:command:help-me-not")
	d.until("the bench's own answer", func(v screen.View) bool { return v.Page == screen.PageIdle })
	open()
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("another person", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Header.Role == "supervisor" })
	d.front.Bench.Engine.Post(engine.Press{Command: pack.Command{Name: "sign-out"}})
	d.until("nobody", func(v screen.View) bool { return v.Page == screen.PageSignIn })
}

// A key file that goes bad under the window shows as a lamp, which goes out
// when it is mended.
func TestKeysThatCannotBeReadHaveALamp(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.front.Folder.Dir, "trace.key")
	red := func(v screen.View) bool {
		return slices.ContainsFunc(v.Header.Lamps, func(l screen.Lamp) bool { return l.Kind == "keys" && l.Colour == screen.LampRed })
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	v := d.until("the lamp of the keys", red)
	if !strings.Contains(v.Header.Alert, "Trace keys: the key file cannot be read; the previous keys are used (no such file") {
		t.Errorf("the header says %q", v.Header.Alert)
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	d.until("the lamp is out", func(v screen.View) bool { return !red(v) })
}

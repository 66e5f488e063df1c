package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/station/config"
	"packbench/station/gs1"
	"packbench/station/screen"
)

// actDevice carries out what is done with devices on the settings page.
func (f *front) actDevice(in screen.Intent) {
	switch in.Kind {
	case screen.IntentTest:
		f.test(in.Name)
	case screen.IntentCopy:
		f.copied = in.Value
		f.clip(in.Value)
	}
	if !mayManage(f.bench.Engine.State().Person) {
		return
	}
	switch in.Kind {
	case screen.IntentZero:
		f.zero(in.Name)
	case screen.IntentTestPage:
		f.testPage(in.Name)
	case screen.IntentUse:
		f.use(in.Name, in.Value)
	case screen.IntentFind:
		f.find(in.Value == "stop")
	case screen.IntentDoctor:
		f.learn(in.Name)
	case screen.IntentSheet:
		f.printSheet()
	case screen.IntentKeep:
		f.keepLearnt()
	}
}

// devices are the cards of the devices with their live bytes.
func (f *front) devices(lamps []screen.Lamp) []screen.Device {
	var out []screen.Device
	s := f.running()
	for _, l := range lamps {
		if l.Kind == "database" || l.Kind == "keys" {
			continue
		}
		d := screen.Device{ID: l.Kind, Lamp: l, Result: f.tested[l.Kind]}
		if h, ok := f.live.Load().Newest(l.Kind); ok {
			d.Raw, d.Meaning, d.Heard = h.Raw, h.Meaning, h.At
		}
		switch l.Kind {
		case bench.TheScale:
			f.scaleCard(&d, s.Scale)
		case bench.FirstScanner:
			scannerCard(&d, s.Scanner)
		case bench.SecondScanner:
			scannerCard(&d, s.Scanner2)
		case "printer":
			d.Test, d.Meaning = "Ask the printer", f.printerWords(s.Printers.Label)
			d.Page, d.Testing = f.selected["group"] == "Printing", f.testing[l.Kind]
		}
		out = append(out, d)
	}
	return append(out, f.otherPrinters()...)
}

func (f *front) scaleCard(d *screen.Device, s config.Scale) {
	if s.Kind == "none" {
		return
	}
	d.Test = "Ask the scale"
	if s.Kind == "hid" {
		s.Protocol = "hid"
	}
	p, err := scale.Find(s.Protocol)
	d.Zero = err == nil && len(p.Zero) > 0
	if err == nil && len(p.Polled.Ask) == 0 {
		d.Test = "Listen to it"
	}
}

func scannerCard(d *screen.Device, s config.Scanner) {
	d.Test, d.Learn = "Test it", s.Kind != "rfid" && s.Kind != "none"
	if s.Trigger != "" && s.Kind == "serial" {
		d.Test = "Trigger it"
	}
	if len(d.Raw) > 0 {
		d.Meaning = meaning(string(d.Raw), d.Meaning)
	}
}

// meaning says what a code is, where that is sure.
func meaning(code, length string) string {
	if strings.HasPrefix(code, "PB:") {
		return length + ", a card of the bench"
	}
	c := gs1.Decode("", code)
	var kinds []string
	for _, e := range c.Elements {
		if ai, known := gs1.Lookup(e.AI); known && len(kinds) < 3 {
			kinds = append(kinds, ai.Title)
		}
	}
	if len(kinds) == 0 {
		if _, err := gs1.ParseGTIN(code); err == nil {
			kinds = []string{"GTIN"}
		}
	}
	return strings.Join(append([]string{length}, kinds...), ", ")
}

// test asks a device at once; what it answers stands on its card.
func (f *front) test(device string) {
	if device == paperPrinter || strings.HasPrefix(device, ownPrinter) {
		f.askPrinter(device)
		return
	}
	if device == labelPrinter {
		f.tested[device] = "being asked"
		go func() {
			words := "labels go to " + f.data.DocumentsDir()
			if status, ok := f.printer.check(context.Background()); ok {
				words = status.Trouble.Wrong()
			}
			f.do(func() { f.tested[device] = words })
		}()
		return
	}
	asked, err := f.live.Load().Test(device)
	switch {
	case err != nil:
		f.tested[device] = err.Error()
	case device == bench.TheScale && asked:
		f.awaitAnswer(device, "it answers", "no answer: is it switched on?")
	case device == bench.TheScale:
		f.awaitAnswer(device, "it sends by itself", "nothing was heard: is it switched on?")
	case asked:
		f.tested[device] = "triggered: hold a code before it"
	default:
		f.tested[device] = "scan any code now: it shows here"
	}
}

// answerWithin is how long a test waits for a device.
const answerWithin = 2 * time.Second

// awaitAnswer says whether a device has said anything since now.
func (f *front) awaitAnswer(device, good, bad string) {
	f.tested[device] = "asked…"
	live, asked := f.live.Load(), time.Now()
	go func() {
		words := bad
		for end := asked.Add(answerWithin); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if h, ok := live.Newest(device); ok && h.At.After(asked) {
				words = good + ", " + h.At.In(f.data.Location()).Format("15:04:05")
				break
			}
		}
		f.do(func() { f.tested[device] = words })
	}()
}

// zero sets the scale to zero.
func (f *front) zero(device string) {
	f.tested[device] = "being set to zero…"
	live := f.live.Load()
	go func() {
		words := "it shows zero"
		if err := live.Do(context.Background(), "zero"); err != nil {
			words = err.Error()
		}
		f.do(func() { f.tested[device] = words })
	}()
}

// plugged is what is plugged in, looked up while the page shows it.
type plugged struct {
	list    []port.Plugged
	err     error
	listed  bool
	looking bool
	at      time.Time
}

// pluggedEvery is how often the list is made anew while it is shown.
const pluggedEvery = 2 * time.Second

// lookPlugged looks what is plugged in, off this goroutine: it asks the system
// about each device.
func (f *front) lookPlugged() {
	p := &f.plugged
	if f.page != screen.PageSettings || p.looking || time.Since(p.at) < pluggedEvery {
		return
	}
	p.looking = true
	go func() {
		list, err := port.List()
		f.do(func() {
			f.plugged = plugged{list: list, err: err, listed: true, at: time.Now()}
		})
	}()
}

// kindWords names the kinds of what is plugged in.
var kindWords = map[string]string{
	port.KindSerial: "serial port", port.KindHIDScale: "USB scale", port.KindHIDScanner: "USB scanner", port.KindKeyboard: "keyboard",
}

// pluggedNow is the list for the page.
func (f *front) pluggedNow(s config.Settings) ([]screen.Plugged, bool) {
	var out []screen.Plugged
	for _, p := range f.plugged.list {
		row := screen.Plugged{Kind: kindWords[p.Kind], Title: p.Title, Name: p.Name, Used: usedAs(s, p)}
		if p.Trouble != nil {
			row.Trouble = p.Trouble.Trouble
		}
		if p.Kind != port.KindHIDScale {
			row.Offers = append(row.Offers, screen.Offer{Device: bench.FirstScanner, Words: "scanner"})
			if s.Scanner.Kind != "wedge" && s.Scanner.Kind != "none" && row.Used != "scanner" {
				row.Offers = append(row.Offers, screen.Offer{Device: bench.SecondScanner, Words: "scanner 2"})
			}
		}
		if p.Kind == port.KindSerial || p.Kind == port.KindHIDScale {
			row.Offers = append(row.Offers, screen.Offer{Device: bench.TheScale, Words: "scale"})
		}
		row.Offers = slices.DeleteFunc(row.Offers, func(o screen.Offer) bool { return o.Words == row.Used })
		out = append(out, row)
	}
	return out, f.plugged.listed
}

// usedAs tells which device of the settings this is.
func usedAs(s config.Settings, p port.Plugged) string {
	is := func(name string) bool {
		if name == "" {
			return false
		}
		real, err := filepath.EvalSymlinks(name)
		return name == p.Name || name == p.Path || err == nil && real == p.Path
	}
	switch {
	case s.Scanner.Ported() && is(s.Scanner.Port):
		return "scanner"
	case s.Scanner2.Ported() && is(s.Scanner2.Port):
		return "scanner 2"
	case s.Scale.Kind != "none" && is(s.Scale.Port):
		return "scale"
	}
	return ""
}

// use takes what is plugged in as a device into the draft.
func (f *front) use(device, name string) {
	i := slices.IndexFunc(f.plugged.list, func(p port.Plugged) bool { return p.Name == name })
	if i < 0 {
		return
	}
	kind := map[string]string{port.KindSerial: "serial", port.KindHIDScale: "hid", port.KindHIDScanner: "hid", port.KindKeyboard: "keyboard"}[f.plugged.list[i].Kind]
	next := f.settings()
	freePort(&next, name)
	switch device {
	case bench.FirstScanner:
		next.Scanner.Kind, next.Scanner.Port = scannerKind(next.Scanner.Kind, kind), name
	case bench.SecondScanner:
		next.Scanner2.Kind, next.Scanner2.Port = scannerKind(next.Scanner2.Kind, kind), name
	case bench.TheScale:
		next.Scale.Kind, next.Scale.Port = kind, name
	}
	f.draft, f.notice = &next, "chosen: save to use it"
}

// scannerKind keeps an RFID reader one: it is on a serial line too.
func scannerKind(now, plugged string) string {
	if now == "rfid" && plugged == "serial" {
		return now
	}
	return plugged
}

// freePort takes a port away from what has it: a port is for one device.
func freePort(s *config.Settings, name string) {
	if s.Scanner.Ported() && s.Scanner.Port == name {
		s.Scanner.Kind, s.Scanner.Port = "wedge", ""
	}
	if s.Scanner2.Ported() && s.Scanner2.Port == name {
		s.Scanner2.Kind, s.Scanner2.Port = "none", ""
	}
	if s.Scale.Kind != "none" && s.Scale.Port == name {
		s.Scale.Kind, s.Scale.Port = "none", ""
	}
}

package setup

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desktop/fields"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/station/config"
	"packbench/station/gs1"
	"packbench/station/screen"
)

// devices are the cards of the devices with their live bytes.
func (p *Page) devices(lamps []screen.Lamp) []screen.Device {
	var out []screen.Device
	s := p.Running()
	for _, l := range lamps {
		if l.Kind == "database" || l.Kind == "keys" {
			continue
		}
		d := screen.Device{ID: l.Kind, Lamp: l, Result: p.tested[l.Kind]}
		if h, ok := p.host.Live().Newest(l.Kind); ok {
			d.Raw, d.Meaning, d.Heard = h.Raw, h.Meaning, h.At
		}
		switch l.Kind {
		case bench.TheScale:
			p.scaleCard(&d, s.Scale)
		case bench.FirstScanner, bench.SecondScanner:
			scannerCard(&d, *bench.ScannerOf(&s, l.Kind))
		case "printer":
			d.Test, d.Meaning = "Check printer", p.printerWords(s.Printers.Label)
			d.Page, d.Testing = p.group == "Printing", p.testing[l.Kind]
		}
		out = append(out, d)
	}
	return append(out, p.otherPrinters()...)
}

func (p *Page) scaleCard(d *screen.Device, s config.Scale) {
	if s.Kind == "none" {
		return
	}
	d.Test = "Check scale"
	if s.Kind == "hid" {
		s.Protocol = "hid"
	}
	protocol, err := scale.Find(s.Protocol)
	d.Zero = err == nil && len(protocol.Zero) > 0
	if err == nil && len(protocol.Polled.Ask) == 0 {
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
func (p *Page) test(device string) {
	if device == fields.PaperPrinter || strings.HasPrefix(device, fields.OwnPrinter) {
		p.askPrinter(device)
		return
	}
	if device == fields.LabelPrinter {
		p.tested[device] = "checking"
		p.host.Ask(func(ctx context.Context) func() {
			words, l := p.host.Language().Say("labels go to {folder}", "folder", p.folder.DocumentsDir()), p.host.Language()
			if status, ok := p.printer.Check(ctx); ok {
				words = l.Trouble(status.Trouble).Wrong()
			}
			return func() { p.tested[device] = words }
		})
		return
	}
	asked, err := p.host.Live().Test(device)
	switch {
	case err != nil:
		p.tested[device] = err.Error()
	case device == bench.TheScale && asked:
		p.awaitAnswer(device, "it answers", "no answer: is it switched on?")
	case device == bench.TheScale:
		p.awaitAnswer(device, "it sends by itself", "nothing was heard: is it switched on?")
	case asked:
		p.tested[device] = "triggered: hold a code in front of it"
	default:
		p.tested[device] = "scan any code now: it shows here"
	}
}

// answerWithin is how long a test waits for a device.
const answerWithin = 2 * time.Second

// awaitAnswer says whether a device has said anything since now.
func (p *Page) awaitAnswer(device, good, bad string) {
	p.tested[device] = "asked…"
	live, asked := p.host.Live(), time.Now()
	p.host.Ask(func(ctx context.Context) func() {
		words := bad
		for end := asked.Add(answerWithin); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
			if h, ok := live.Newest(device); ok && h.At.After(asked) {
				words = good + ", " + h.At.In(p.folder.Location()).Format("15:04:05")
				break
			}
		}
		return func() { p.tested[device] = words }
	})
}

// zero sets the scale to zero.
func (p *Page) zero(device string) {
	p.tested[device] = "being set to zero…"
	live := p.host.Live()
	p.host.Ask(func(ctx context.Context) func() {
		words := "it shows zero"
		if err := live.Do(ctx, "zero"); err != nil {
			words = err.Error()
		}
		return func() { p.tested[device] = words }
	})
}

// plugged is what is plugged in, looked up while the page shows it.
type plugged struct {
	list    []port.Plugged
	paths   map[string]string // of the ports in the settings, where links lead
	listed  bool
	looking bool
	at      time.Time
}

// pluggedEvery is how often the list is made again while it is shown.
const pluggedEvery = 2 * time.Second

// lookPlugged looks what is plugged in, in the background: it asks the system about
// each device.
func (p *Page) lookPlugged() {
	if p.plugged.looking || time.Since(p.plugged.at) < pluggedEvery {
		return
	}
	p.plugged.looking = true
	s := p.settings()
	p.host.Ask(func(context.Context) func() {
		list, err := port.List()
		if err != nil {
			p.folder.Log.Warn("what is plugged in is not known", "error", err)
		}
		paths := map[string]string{}
		for _, name := range []string{s.Scanner.Port, s.Scanner2.Port, s.Scale.Port} {
			if real, err := filepath.EvalSymlinks(name); err == nil {
				paths[name] = real
			}
		}
		return func() { p.plugged = plugged{list: list, paths: paths, listed: true, at: time.Now()} }
	})
}

// kindWords names the kinds of what is plugged in.
var kindWords = map[string]string{
	port.KindSerial: "serial port", port.KindHIDScale: "USB scale", port.KindHIDScanner: "USB scanner", port.KindKeyboard: "keyboard",
}

// pluggedNow is the list for the page.
func (p *Page) pluggedNow(s config.Settings) ([]screen.Plugged, bool) {
	var out []screen.Plugged
	for _, d := range p.plugged.list {
		row := screen.Plugged{Kind: kindWords[d.Kind], Title: d.Title, Name: d.Name, Used: p.plugged.usedAs(s, d)}
		if d.Trouble != nil {
			row.Trouble = d.Trouble.Trouble
		}
		if d.Kind != port.KindHIDScale {
			row.Offers = append(row.Offers, screen.Offer{Device: bench.FirstScanner, Words: "scanner"})
			if s.Scanner.Kind != "wedge" && s.Scanner.Kind != "none" && row.Used != "scanner" {
				row.Offers = append(row.Offers, screen.Offer{Device: bench.SecondScanner, Words: "scanner 2"})
			}
		}
		if d.Kind == port.KindSerial || d.Kind == port.KindHIDScale {
			row.Offers = append(row.Offers, screen.Offer{Device: bench.TheScale, Words: "scale"})
		}
		row.Offers = slices.DeleteFunc(row.Offers, func(o screen.Offer) bool { return o.Words == row.Used })
		out = append(out, row)
	}
	return out, p.plugged.listed
}

// usedAs tells which device of the settings this is.
func (p plugged) usedAs(s config.Settings, d port.Plugged) string {
	is := func(name string) bool {
		return name != "" && (name == d.Name || name == d.Path || p.paths[name] == d.Path)
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
func (p *Page) use(device, name string) {
	i := slices.IndexFunc(p.plugged.list, func(p port.Plugged) bool { return p.Name == name })
	if i < 0 {
		return
	}
	kind := map[string]string{port.KindSerial: "serial", port.KindHIDScale: "hid", port.KindHIDScanner: "hid", port.KindKeyboard: "keyboard"}[p.plugged.list[i].Kind]
	next := p.settings()
	freePort(&next, name)
	switch device {
	case bench.FirstScanner, bench.SecondScanner:
		of := bench.ScannerOf(&next, device)
		if of.Kind != "rfid" || kind != "serial" { // a reader of tags is on a serial line too, and stays one
			of.Kind = kind
		}
		of.Port = name
	case bench.TheScale:
		next.Scale.Kind, next.Scale.Port = kind, name
	}
	p.draft, p.notice = &next, "chosen: save to use it"
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

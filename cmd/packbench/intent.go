package main

import (
	"strings"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// intent takes what a person touched, from any goroutine.
func (f *front) intent(in screen.Intent) { f.do(func() { f.act(in) }) }

// act carries out what a person wants. It runs on run's goroutine.
func (f *front) act(in screen.Intent) {
	switch in.Kind {
	case screen.IntentCommand:
		f.help = false
		f.press(in.Command)
	case screen.IntentScan:
		f.scan(in.Value)
	case screen.IntentPage:
		f.page, f.focus, f.entry, f.help, f.notice, f.printing = screen.Page(in.Name), "", nil, false, "", ""
		f.looked.stale = true
	case screen.IntentFocus:
		f.focus = in.Name
	case screen.IntentHelp:
		f.help = !f.help
	case screen.IntentTheme:
		if f.theme == screen.Dark {
			f.theme = screen.Light
		} else {
			f.theme = screen.Dark
		}
	case screen.IntentSelect:
		f.selected[in.Name] = in.Value
		f.looked.stale = true
	case screen.IntentFilter:
		f.filter = in.Value
	case screen.IntentEdit:
		f.help = false
		entry := screen.EntryFor(in)
		f.entry = &entry
	case screen.IntentText:
		if f.entry != nil {
			entry := *f.entry // the window still holds the old one
			entry.Text, entry.Bad = in.Value, false
			f.entry = &entry
		}
	case screen.IntentEnter:
		f.enter(in)
	case screen.IntentCancel:
		f.entry, f.help, f.focus, f.selected["service"] = nil, false, "", ""
	default:
		f.actElsewhere(in)
	}
}

// actElsewhere carries out the intents of the other pages and of the demo.
func (f *front) actElsewhere(in screen.Intent) {
	switch in.Kind {
	case screen.IntentResolve:
		f.resolve(in.Name, in.Value)
	case screen.IntentExport:
		f.export(in.Value)
	case screen.IntentSetting:
		f.change(in.Name, in.Value)
	case screen.IntentSave:
		f.save()
	case screen.IntentManifest:
		f.printManifest(in.Name)
	default:
		f.actDevice(in)
	}
	if f.world == nil {
		return
	}
	var err error
	switch in.Kind {
	case screen.IntentKnob:
		f.world.put(in.Mass)
	case screen.IntentCable:
		err = f.world.cable(in.Name, in.Value == "in")
	case screen.IntentPrinter:
		err = f.world.set(in.Value)
	}
	if err != nil {
		f.data.Log.Warn("simulated device", "error", err)
	}
}

// press posts a command of a button or a key.
func (f *front) press(c pack.Command) { f.bench.Engine.Post(engine.Press{Command: c}) }

// scan is a code by touch: through the simulated scanner where there is one,
// so that it comes in as a real one does.
func (f *front) scan(code string) {
	if f.world != nil {
		if _, in, _, _ := f.world.state(); in {
			if err := f.world.scanner.Scan([]byte(code)); err == nil {
				return
			}
		}
		return
	}
	f.bench.Engine.Post(engine.Scan{Device: "touch", Data: code})
}

// enter finishes a field.
func (f *front) enter(in screen.Intent) {
	text := strings.TrimSpace(in.Value)
	f.entry = nil
	switch in.Name {
	case "weight":
		if _, err := unit.ParseMass(text); err != nil { // a bare number may be grams or kilograms
			e := screen.EntryFor(in)
			e.Bad, e.Hint = true, "Say the unit too, such as 1.25 kg or 1250 g"
			f.entry = &e
			return
		}
		fallthrough
	case "code":
		if l := f.bench.Engine.State().Loading; l != nil && l.Driver { // the digits of a label are no driver's name
			f.bench.Engine.Post(engine.Scan{Device: "typed", Data: text})
			return
		}
		f.bench.Engine.Post(engine.Entry{Text: text})
	case "carton":
		f.press(pack.Command{Name: "carton", Value: strings.ToUpper(text)})
	case "driver":
		f.press(pack.Command{Name: "driver", Value: text})
	case "trace":
		f.typedCode(text)
	case "count":
		f.press(pack.ReadCommand("count", f.countedLine(), text))
	default:
		f.change(in.Name, text)
	}
}

// countedLine is the line that a typed count is for: the chosen one, or the
// only open one that may be counted; "" lets the bench ask.
func (f *front) countedLine() string {
	w := f.bench.Engine.State().Work
	if w == nil {
		return ""
	}
	if l := w.Line(f.selected["line"]); l != nil && l.Open() > 0 {
		return l.ID
	}
	line := ""
	for _, l := range w.Lines {
		if l.Count && l.Open() > 0 {
			if line != "" {
				return ""
			}
			line = l.ID
		}
	}
	return line
}

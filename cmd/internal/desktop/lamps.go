package desktop

import (
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desktop/setup"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/station/hub"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/trace"
)

// lamps are the devices' lamps in words.
func (f *Front) lamps(now time.Time) []screen.Lamp {
	statuses := f.Live().Statuses()
	out := []screen.Lamp{
		f.scannerLamp(statuses, bench.FirstScanner, "scanner"), f.scannerLamp(statuses, bench.SecondScanner, "scanner 2"),
		f.scaleLamp(statuses), f.printerLamp(), f.databaseLamp(), f.keyLamp(), f.copyLamp(), f.hubLamp(), f.outbox.Lamp(), f.messages.Lamp(),
	}
	return slices.DeleteFunc(out, func(l screen.Lamp) bool { return l.Kind == "" })
}

// tellLamps tells the board of all benches which lamps are not well here.
func (f *Front) tellLamps(lamps []screen.Lamp) {
	var lit []bench.Lit
	for _, l := range lamps {
		if (l.Colour == screen.LampRed || l.Colour == screen.LampAmber) && l.Kind != "hub" {
			lit = append(lit, bench.Lit{Name: l.Name, Colour: string(l.Colour), Words: l.Words})
		}
	}
	f.Bench.Lights(lit)
}

// scannerLamp is that of a scanner; there is none of a second scanner that is not there.
func (f *Front) scannerLamp(statuses map[string]devices.Status, device, name string) screen.Lamp {
	settings := f.setup.Running()
	s := bench.ScannerOf(&settings, device)
	lamp := screen.Lamp{Kind: device, Name: name, Colour: screen.LampOff}
	status, ported := statuses[device]
	switch {
	case s.Kind == "none" && device == bench.SecondScanner:
		return screen.Lamp{}
	case ported:
		lamp = setup.Lamp(f.Language(), status, name)
		lamp.Kind = device
	case s.Ported():
		lamp.Words = "opening"
	case s.Kind == "none":
		lamp.Words = "no scanner set: one that types works anyway"
	default:
		lamp.Words = "a keyboard scanner cannot be checked"
		if h, ok := f.Live().Newest(device); ok {
			lamp.Words = f.Language().Say("last heard {time}", "time", h.At.In(f.Folder.Location()).Format("15:04"))
		}
	}
	return lamp
}

func (f *Front) scaleLamp(statuses map[string]devices.Status) screen.Lamp {
	if s, ok := statuses[bench.TheScale]; ok {
		return setup.Lamp(f.Language(), s, "scale")
	}
	lamp := screen.Lamp{Kind: bench.TheScale, Name: "scale", Colour: screen.LampOff, Words: "opening"}
	if f.setup.Running().Scale.Kind == "none" {
		lamp.Words = "no scale: weights are typed"
	}
	return lamp
}

func (f *Front) printerLamp() screen.Lamp {
	lamp := screen.Lamp{Kind: "printer", Name: "label printer", Colour: screen.LampOff, Words: "nothing printed yet"}
	if s := f.printer.Status.Load(); s != nil {
		lamp = setup.Lamp(f.Language(), *s, "label printer")
		lamp.Kind = "printer"
		return lamp
	}
	r := f.printer.Last.Load()
	switch {
	case r == nil:
	case r.State == printer.Printed || r.State == printer.Sent:
		lamp.Colour, lamp.Words = screen.LampGreen, f.Language().Trouble(r.Trouble).Wrong()
	default:
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, f.Language().Trouble(r.Trouble).Wrong(), f.Language().Trouble(r.Trouble).Advice()
	}
	return lamp
}

// keyLamp is there only while the file of the trace keys cannot be read.
func (f *Front) keyLamp() screen.Lamp {
	err := f.Folder.KeyTrouble()
	if err == nil {
		return screen.Lamp{}
	}
	lamp := screen.Lamp{Kind: "keys", Name: "trace keys", Colour: screen.LampRed, Words: "the key file cannot be read; the previous keys are used"}
	var file *trace.FileError
	if errors.As(err, &file) {
		lamp.Words, lamp.Fix = lamp.Words+" ("+file.Cause()+")", file.Hint
	}
	return lamp
}

// copyLamp is there only while the copy of the numbers cannot be reached.
func (f *Front) copyLamp() screen.Lamp {
	err := f.Folder.Store.CopyTrouble()
	if err == nil {
		return screen.Lamp{}
	}
	return screen.Lamp{
		Kind: "numbers", Name: "numbers", Colour: screen.LampAmber, Words: err.Error(), Fix: "labels go on until the next start: make that place reachable again before",
	}
}

// hubLamp is there where the folder belongs to a hub.
func (f *Front) hubLamp() screen.Lamp {
	if f.Bench.Hub == nil {
		return screen.Lamp{}
	}
	lamp := screen.Lamp{Kind: "hub", Name: "hub", Colour: screen.LampGreen, Words: "in step with the other benches"}
	s := f.Bench.Hub.Status()
	switch {
	case s.Tried.IsZero():
		lamp.Colour, lamp.Words = screen.LampOff, "opening"
	case s.Err == nil:
	case hub.KindOf(s.Err) == hub.Away:
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, "the hub cannot be reached", "this bench packs on with what it has claimed"
	case hub.KindOf(s.Err) == hub.Copied:
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, "another folder writes for this station", "stop one of the two, and bring the right one in with packctl hub join --replace"
	default:
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, "this bench and the hub are not in step", "packctl hub status says why"
	}
	return lamp
}

func (f *Front) databaseLamp() screen.Lamp {
	lamp := screen.Lamp{Kind: "database", Name: "database", Colour: screen.LampGreen, Words: "every scan is saved"}
	if err := errors.Join(f.trouble, f.cache.err, f.Bench.Damage()); err != nil {
		lamp.Colour = screen.LampRed
		lamp.Words, lamp.Fix = faultWords(err)
	}
	return lamp
}

// faultWords say why something was not saved, and what to do.
func faultWords(err error) (words, fix string) {
	var fault *store.Fault
	if errors.As(err, &fault) {
		return string(fault.Kind), fault.Kind.Hint()
	}
	return "the last input was not saved", "scan it again; if that does not help, call the administrator"
}

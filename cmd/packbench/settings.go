package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/station/config"
	"packbench/station/screen"
)

// setting is one field of the settings page; its key is the one of
// station.toml.
type setting struct {
	key, label, help string
	choices          []string
	value            func(config.Settings) string
	text             bool // written in quotes
}

// settingGroups are the fields of the settings page.
func settingGroups() []struct {
	title  string
	fields []setting
} {
	type group = struct {
		title  string
		fields []setting
	}
	yes := []string{"true", "false"}
	number := func(n int) string { return strconv.Itoa(n) }
	tenths := func(t config.Tenths) string { return strconv.FormatFloat(float64(t)/10, 'f', -1, 64) }
	return []group{
		{"Devices", []setting{
			{"scanner.kind", "Scanner", "a keyboard scanner needs nothing else", []string{"wedge", "serial", "none"}, func(s config.Settings) string { return s.Scanner.Kind }, true},
			{"scanner.port", "Scanner port", "/dev/serial/by-id/… or COM3", nil, func(s config.Settings) string { return s.Scanner.Port }, true},
			{"scanner.baud", "Scanner speed", "", []string{"9600", "19200", "38400", "57600", "115200"}, func(s config.Settings) string { return number(s.Scanner.Baud) }, false},
			{"scale.kind", "Scale", "without a scale, weights are typed", []string{"serial", "none"}, func(s config.Settings) string { return s.Scale.Kind }, true},
			{"scale.port", "Scale port", "/dev/serial/by-id/… or COM4", nil, func(s config.Settings) string { return s.Scale.Port }, true},
			{"scale.baud", "Scale speed", "", []string{"2400", "4800", "9600", "19200"}, func(s config.Settings) string { return number(s.Scale.Baud) }, false},
			{"scale.poll", "Weights", "ask: again and again; stream: the scale sends by itself", []string{"ask", "stream"}, func(s config.Settings) string { return s.Scale.Poll }, true},
		}},
		{"Printing", []setting{
			{"printer.label.kind", "Label printer", "", []string{"folder", "cups"}, func(s config.Settings) string { return s.Printers.Label.Kind }, true},
			{"printer.label.queue", "Queue", "the name that lpstat -p shows", nil, func(s config.Settings) string { return s.Printers.Label.Queue }, true},
			{"printer.label.dpi", "Dots per inch", "", []string{"203", "300"}, func(s config.Settings) string { return number(s.Printers.Label.DPI) }, false},
			{"printer.label.page", "Label size", "", []string{"4x6", "a6"}, func(s config.Settings) string { return s.Printers.Label.Page }, true},
			{"printer.label.media", "Paper name", "as the queue knows it", nil, func(s config.Settings) string { return s.Printers.Label.Media }, true},
			{"printer.label.folder", "Folder", "for the kind folder", nil, func(s config.Settings) string { return s.Printers.Label.Folder }, true},
		}},
		{"Weight", []setting{
			{"weight.percent", "Tolerance, percent", "of the expected weight", nil, func(s config.Settings) string { return tenths(s.Weight.Percent) }, false},
			{"weight.grams", "Tolerance, grams", "at least", nil, func(s config.Settings) string { return tenths(s.Weight.Grams) }, false},
			{"weight.filling_g", "Filling, grams", "in each carton", nil, func(s config.Settings) string { return tenths(s.Weight.FillingG) }, false},
		}},
		{"Rules", []setting{
			{"rules.lock_after", "Lock after", "refusals in a row; 0 never", nil, func(s config.Settings) string { return number(s.Rules.LockAfter) }, false},
			{"rules.ask_service", "Choose services by hand", "", yes, func(s config.Settings) string { return strconv.FormatBool(s.Rules.AskService) }, false},
			{"rules.works_alone", "Works alone", "a one-person shop allows its own actions", yes, func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorksAlone) }, false},
		}},
		{"Screen", []setting{
			{"theme", "Colours", "", []string{"light", "dark", "auto"}, func(s config.Settings) string { return s.Theme }, true},
			{"full_screen", "Full screen at start", "", yes, func(s config.Settings) string { return strconv.FormatBool(s.FullScreen) }, false},
			{"screen_height_mm", "Screen height, mm", "of the visible picture; 0: not known", nil, func(s config.Settings) string { return number(s.ScreenHeight) }, false},
			{"sounds", "Sounds", "", yes, func(s config.Settings) string { return strconv.FormatBool(s.Sounds) }, false},
		}},
	}
}

// settings are the settings as the page shows them: kept ones, or the draft.
func (f *front) settings() config.Settings {
	if f.draft != nil {
		return *f.draft
	}
	if f.kept != nil {
		return *f.kept
	}
	return f.data.Settings
}

// settingsView is the page of the settings.
func (f *front) settingsView(frame screen.Frame) screen.View {
	now := f.settings()
	in := screen.SettingsInputs{
		Frame: frame, Group: f.selected["group"], Changed: f.draft != nil, Saved: f.notice,
		Path: f.data.Path(config.File), May: mayManage(frame.Person),
	}
	in.Devices = f.devices(frame.Lamps)
	for _, g := range settingGroups() {
		group := screen.Group{Title: g.title}
		for _, s := range g.fields {
			group.Fields = append(group.Fields, screen.Field{
				Key: s.key, Label: s.label, Value: s.value(now), Choices: s.choices, Help: s.help,
			})
		}
		in.Groups = append(in.Groups, group)
	}
	return screen.Settings(in)
}

// devices are the cards of the devices with their live bytes.
func (f *front) devices(lamps []screen.Lamp) []screen.Device {
	var out []screen.Device
	for _, l := range lamps {
		if l.Kind == "database" {
			continue
		}
		d := screen.Device{ID: l.Kind, Lamp: l, Result: f.tested[l.Kind]}
		if h, ok := f.live.Load().Newest(l.Kind); ok {
			d.Live, d.Meaning = readable(h.Raw), h.Meaning
		}
		if l.Kind == "scale" {
			d.Test = "Ask the scale"
		}
		out = append(out, d)
	}
	return out
}

// readable shows bytes as text, control bytes as <0D>.
func readable(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		if c < 0x20 || c > 0x7E {
			fmt.Fprintf(&b, "<%02X>", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// change takes the new text of a setting into the draft.
func (f *front) change(key, value string) {
	if !mayManage(f.bench.Engine.State().Person) {
		return
	}
	next := f.settings()
	for _, g := range settingGroups() {
		for _, s := range g.fields {
			if s.key == key {
				if err := s.set(&next, value); err != nil {
					f.notice = err.Error()
					return
				}
			}
		}
	}
	f.draft, f.notice = &next, ""
}

// set writes one key over the settings, the way a settings file would.
func (s setting) set(to *config.Settings, value string) error {
	if s.text {
		value = strconv.Quote(value)
	}
	table, name := "", s.key
	if i := strings.LastIndexByte(s.key, '.'); i >= 0 {
		table, name = "["+s.key[:i]+"]\n", s.key[i+1:]
	}
	if strings.ContainsAny(value, "\n\r") {
		return fmt.Errorf("%s: write it in one line", s.label)
	}
	if _, err := toml.NewDecoder(bytes.NewBufferString(table + name + " = " + value + "\n")).Decode(to); err != nil {
		return fmt.Errorf("%s: %q does not fit here", s.label, value)
	}
	return nil
}

// save keeps the draft, for this run and in station.toml, and starts the
// devices anew. A demo's own devices stay.
func (f *front) save() {
	if f.draft == nil || !mayManage(f.bench.Engine.State().Person) {
		return
	}
	keep := *f.draft
	if f.world != nil {
		f.notice = "a demo keeps no settings"
		f.draft = nil
		return
	}
	if err := config.Save(f.data.Path(config.File), keep); err != nil {
		f.notice = firstLine(err)
		return
	}
	f.kept, f.draft = &keep, nil
	f.theme = theme(keep.Theme)
	f.notice = "kept in station.toml; all but devices and colours counts from the next start"
	f.restart()
}

func firstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

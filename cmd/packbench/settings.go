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

// settings are the settings as the page shows them: the draft, or else those
// that the devices run with.
func (f *front) settings() config.Settings {
	if f.draft != nil {
		return *f.draft
	}
	return f.running()
}

// running are the settings that the devices run with: kept ones or those of the
// start, and never the draft.
func (f *front) running() config.Settings {
	if f.kept != nil {
		return *f.kept
	}
	return f.data.Settings
}

// settingsView is the page of the settings.
func (f *front) settingsView(frame screen.Frame) screen.View {
	now := f.settings()
	in := screen.SettingsInputs{
		Frame: frame, Group: f.selected["group"], Changed: f.draft != nil, Saved: f.notice, Copied: f.copied,
		Path: f.data.Path(config.File), May: mayManage(frame.Person),
	}
	in.Devices = f.devices(frame.Lamps)
	in.Plugged, in.Listed = f.pluggedNow(now)
	in.Search = f.searchNow(now)
	for _, g := range settingGroups() {
		group := screen.Group{Title: g.title, Devices: g.devices}
		for _, s := range g.fields {
			if s.when != nil && !s.when(now) {
				continue
			}
			field := screen.Field{Key: s.key, Label: s.label, Value: s.value(now), Choices: f.choices(s, now), Help: s.help, Wide: s.wide, Empty: s.empty, Section: s.section}
			if s.tells != nil {
				field.Help = s.tells(now)
			}
			if s.says != nil {
				field.Help = s.says(field.Value)
			}
			group.Fields = append(group.Fields, field)
		}
		in.Groups = append(in.Groups, group)
	}
	return screen.Settings(in)
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
	switch {
	case s.text:
		value = strconv.Quote(value)
	case value == "":
		value = "0"
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
	if f.draft != nil && f.keep(*f.draft) {
		f.draft = nil
	}
}

// keep tells whether the settings were kept; the notice says how it went.
func (f *front) keep(s config.Settings) bool {
	switch {
	case !mayManage(f.bench.Engine.State().Person):
		return false
	case f.world != nil:
		f.notice = "a demo keeps no settings"
		return true
	}
	if err := config.Save(f.data.Path(config.File), s); err != nil {
		f.notice = firstLine(err)
		return false
	}
	f.kept, f.theme = &s, theme(s.Theme)
	f.notice = "kept in station.toml; all but devices and colours counts from the next start"
	f.restart(s)
	return true
}

func firstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

package setup

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// settings are the settings as the page shows them: the draft, or else those
// that the devices run with.
func (p *Page) settings() config.Settings {
	if p.draft != nil {
		return *p.draft
	}
	return p.Running()
}

// Running are the settings that the devices run with: kept ones or those of the
// start, and never the draft.
func (p *Page) Running() config.Settings {
	if p.kept != nil {
		return *p.kept
	}
	return p.folder.Settings
}

// View is the page with the tab of this title; "" is the first one.
func (p *Page) View(frame screen.Frame, group string) screen.View {
	p.group = group
	now := p.settings()
	in := screen.SettingsInputs{
		Frame: frame, Group: p.group, Changed: p.draft != nil, Saved: p.notice, Copied: p.copied,
		Path: p.folder.Path(config.File), May: p.host.Manages(),
	}
	in.Devices = p.devices(frame.Lamps)
	in.Plugged, in.Listed = p.pluggedNow(now)
	in.Search = p.searchNow(now)
	for _, g := range settingGroups() {
		group := screen.Group{Title: g.title, Devices: g.devices}
		for _, s := range g.fields {
			if s.when != nil && !s.when(now) {
				continue
			}
			field := screen.Field{Key: s.key, Label: s.label, Value: s.value(now), Choices: p.choices(s, now), Help: s.help, Wide: s.wide, Empty: s.empty, Section: s.section}
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

// Change takes the new text of a setting into the draft.
func (p *Page) Change(key, value string) {
	if !p.host.Manages() {
		return
	}
	next := p.settings()
	if s, ok := settingOf(key); ok {
		if err := s.set(&next, value); err != nil {
			p.notice = err.Error()
			return
		}
	}
	p.draft, p.notice = &next, ""
}

// settingOf is the field of a key.
func settingOf(key string) (setting, bool) {
	for _, g := range settingGroups() {
		for _, s := range g.fields {
			if s.key == key {
				return s, true
			}
		}
	}
	return setting{}, false
}

// Name gives the field that is typed into the words that its setting has.
func (p *Page) Name(e *screen.Entry) {
	if s, ok := settingOf(e.ID); ok {
		e.Label, e.Hint, e.Optional = s.label, say.Sentence(s.help), true
	}
}

// set writes one key over the settings, the way a settings file would.
func (s setting) set(to *config.Settings, value string) error {
	if s.reads != nil {
		var err error
		if value, err = s.reads(value); err != nil {
			return err
		}
	}
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
		return fmt.Errorf("%s: %q is not valid here", s.label, value)
	}
	return nil
}

// save keeps the draft, for this run and in station.toml, and starts the
// devices again. A demo's own devices stay.
func (p *Page) save() {
	if draft := p.draft; draft != nil {
		p.keep(*draft, func() {
			if p.draft == draft { // else it was changed meanwhile
				p.draft = nil
			}
		})
	}
}

// keep writes settings, and calls then once they are kept; the notice says how it
// went.
func (p *Page) keep(s config.Settings, then func()) {
	switch {
	case p.saving || !p.host.Manages():
		return
	case p.simulated != nil:
		p.notice = "a demo saves no settings"
		then()
		return
	}
	p.saving = true
	p.host.Ask(func(ctx context.Context) func() {
		err := config.Save(p.folder.Path(config.File), s)
		if err == nil {
			err = p.folder.RememberSettings(ctx)
		}
		return func() {
			p.saving = false
			if err != nil {
				p.notice = firstLine(err)
				return
			}
			p.kept, p.notice = &s, "saved in station.toml; all but devices, colours and the sender takes effect at the next start"
			p.folder.SetSender(s.Sender)
			p.host.Colours(s)
			p.host.Restart(s)
			then()
			if p.back != "" {
				p.host.Open(p.back)
				p.back = ""
			}
		}
	})
}

func firstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

package setup

import (
	"context"
	"strings"

	"packbench/cmd/internal/desktop/fields"
	"packbench/station/carrier/rules"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/people"
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
	s := p.folder.Settings
	if p.kept != nil {
		s = *p.kept
	}
	s.Choice, s.Rights, s.Sender = p.folder.Choice(), p.folder.Rights(), p.folder.Sender() // others may have changed them
	return s
}

// Called is what people call the bench, "" where they have given it no name.
func (p *Page) Called() string {
	if name := p.Running().Name; name != config.Default().Name {
		return name
	}
	return ""
}

// Unsaved reports whether something was changed and not saved.
func (p *Page) Unsaved() bool { return p.draft != nil }

// Connected says how the devices are connected, and whether any is set yet.
func (p *Page) Connected() (words string, set bool) {
	return fields.Connected(p.host.Language(), p.Running())
}

// View is the page with the tab of this title, "" is the first one, and the preview for
// somebody where it has one.
func (p *Page) View(frame screen.Frame, group, shown string) screen.View {
	p.group = group
	now := p.settings()
	p.tryCases(now)
	in := screen.SettingsInputs{
		Frame: frame, Group: p.group, Changed: p.draft != nil, Saved: p.said(), Copied: p.copied,
		Path: p.folder.Path(config.File), May: p.host.Manages(),
	}
	in.Preview = p.previewNow(now, shown)
	in.Devices = p.devices(frame.Lamps)
	in.Plugged, in.Listed = p.pluggedNow(now)
	in.Search = p.searchNow(now)
	for _, g := range fields.All() {
		group := screen.Group{Title: g.Title, Devices: g.Devices}
		for _, s := range g.Fields {
			if s.Matters(now) {
				group.Fields = append(group.Fields, p.tried(p.field(s, now)))
			}
		}
		in.Groups = append(in.Groups, group)
	}
	return screen.Settings(in)
}

// field is a setting for the page.
func (p *Page) field(s fields.Setting, now config.Settings) screen.Field {
	f := s.Field(now)
	f.Choices = p.choices(s, now)
	if fields.IsRight(s.Key) {
		f.Shown = fields.RowWords(p.host.Language(), people.Right(f.Value))
	}
	if p.draft != nil {
		f.Error = fields.FaultOf(now, s.Key)
	}
	return f
}

// Change takes the new text of a setting into the draft; it reports whether it could.
func (p *Page) Change(key, value string) bool {
	if !p.host.Manages() {
		return false
	}
	next := p.settings()
	if fields.IsRight(key) && !p.host.May(people.Rightful) {
		p.notice = "your badge may not change rights: the last row says whose may"
		return false
	}
	if s, ok := fields.Of(key); ok {
		if err := s.Set(&next, value); err != nil {
			p.notice = err.Error()
			return false
		}
	}
	p.draft, p.notice = &next, ""
	return true
}

// Value is a setting as the page has it.
func (p *Page) Value(key string) string {
	if s, ok := fields.Of(key); ok {
		return s.Value(p.settings())
	}
	return ""
}

// Name gives the field that is typed into the words that its setting has.
func (p *Page) Name(e *screen.Entry) {
	s, ok := fields.Of(e.ID)
	if !ok {
		return
	}
	now := p.settings()
	s.Name(e, now)
	if fault := fields.FaultOf(now, s.Key); fault != "" && p.draft != nil {
		e.Hint = say.Sentence(fault)
	}
	if next, ok := fields.After(e.ID, now); ok {
		e.Next = next.Key
	}
	e.Choices = screen.Options(s.Key, e.Text, p.choices(s, now))
}

// save keeps the draft, for this run and in station.toml, and starts the
// devices again. A demo's own devices stay.
func (p *Page) save() {
	if p.again = p.saving; p.again { // once that is done
		return
	}
	if draft := p.draft; draft != nil {
		p.keep(*draft, func(why string) {
			if why == "" && p.draft == draft { // else it was changed meanwhile
				p.draft = nil
			}
		})
	}
}

// Why settings are not even tried to be kept.
const (
	noManager = "a manager's badge is needed to change settings"
	busy      = "other settings are being saved: try again in a moment"
)

// keep writes settings, and tells done once how it went: why they are not kept, or "".
// The notice says it too.
func (p *Page) keep(s config.Settings, done func(why string)) {
	switch {
	case !p.host.Manages():
		p.notice = noManager
	case p.saving:
		p.notice = busy
	case p.simulated != nil:
		p.notice = "a demo saves no settings"
		done("")
		return
	default:
		p.notice = fields.FaultWords(s)
	}
	if p.notice != "" {
		done(p.notice)
		return
	}
	p.saving = true
	before := p.Running()
	rights := cases.ChangeRights(p.host.Person().ID, before.Rights, s.Rights)
	p.host.Ask(func(ctx context.Context) func() {
		var err error
		if len(rights.Rights) > 0 {
			err = p.folder.AtDesk(ctx, rights)
		}
		if err == nil {
			s, err = config.SaveChanged(p.folder.Path(config.File), before, s)
		}
		if err == nil {
			err = p.folder.RememberSettings(ctx)
		}
		return func() {
			p.saving = false
			defer p.saveAgain()
			if err != nil {
				p.notice = firstLine(err)
				done(p.notice)
				return
			}
			p.kept, p.notice = &s, savedWords(before, s)
			p.folder.SetSender(s.Sender)
			p.folder.SetChoice(s.Choice)
			p.host.Colours(s)
			p.host.Ruled(s)
			p.host.Restart(s)
			clear(p.tested) // that was another device, or the same one set otherwise
			done("")
			if p.back != "" {
				p.host.Open(p.back)
				p.back = ""
			}
		}
	})
}

// savedWords say when what was saved counts.
func savedWords(before, now config.Settings) string {
	if before.FullScreen != now.FullScreen || before.ScreenHeight != now.ScreenHeight || before.Large() != now.Large() {
		return "saved in station.toml: full screen, the height of the screen and the size of texts count from the next start, all else as soon as nobody has anything in hand"
	}
	return "saved in station.toml: it counts as soon as nobody has anything in hand"
}

// saveAgain saves what was changed while other settings were being written.
func (p *Page) saveAgain() {
	if p.again {
		p.save()
	}
}

// Rules are the shop's rules for the choice of a service, as they are kept.
func (p *Page) Rules() []rules.Rule { return p.Running().Choice.Rules }

// Currency is the shop's own.
func (p *Page) Currency() string { return p.Running().Currency }

// Saving reports whether settings are being written: others are not taken meanwhile.
func (p *Page) Saving() bool { return p.saving }

// KeepRules keeps the rules, and tells done once how it went: why they are not kept, or "".
func (p *Page) KeepRules(list []rules.Rule, done func(why string)) {
	s := p.Running()
	s.Choice.Rules = list
	p.keep(s, func(why string) {
		if why == "" && p.draft != nil {
			p.draft.Choice.Rules = list
		}
		if why == "" && p.simulated != nil { // for this run
			p.kept = &s
			p.folder.SetChoice(s.Choice)
		}
		done(why)
	})
}

func firstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

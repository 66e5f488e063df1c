package screen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/say"
)

// SettingsInputs is what the settings page is made of.
type SettingsInputs struct {
	Frame   Frame
	Devices []Device
	Plugged []Plugged
	Listed  bool // Plugged was looked up
	Search  *Search
	Groups  []Group
	Group   string // title of the group to show, "": the devices
	Changed bool   // something is not saved yet
	Saved   string // what became of the last save
	Copied  string // the line that is in the clipboard
	Path    string // of station.toml
	Preview *Preview
	May     bool // whether this person may change anything
}

// Group is settings that belong together; its fields have the names that they
// have in station.toml.
type Group struct {
	Title   string
	Devices []string // ids of the devices that these settings are of
	Fields  []Field
}

// Field is one setting.
type Field struct {
	Key     string // "scale.port"
	Label   string
	Value   string
	Shown   string   // the value in words, "" for as it is
	Choices []Choice // where only these are good
	Error   string   // why the value is no good
	Help    string
	Wide    bool   // its values are long
	Empty   string // what an empty value means, "" for not set
	Section string // words over this field, where other ones begin
}

// Preview is how a paper will look with what is set on the page.
type Preview struct {
	Drawn bool     // there is a picture of it
	Fault string   // why there is none, or what of it cannot be printed
	Of    []string // for whom it may look otherwise: "", "de", "de outlet"
	Shown string   // one of them
}

// PreviewName is the name of a preview's picture.
const PreviewName = "preview"

// PreviewView stands beside the fields.
type PreviewView struct {
	Picture string // "": there is none yet
	Chips   []Action
	Note    string
	Bad     bool
}

func previewView(l say.Language, p *Preview) *PreviewView {
	if p == nil {
		return nil
	}
	v := &PreviewView{Note: l.Phrase("A slip as it will print"), Bad: p.Fault != ""}
	if p.Drawn {
		v.Picture = PreviewName
	}
	if v.Bad {
		v.Note = l.Phrase(say.Sentence(p.Fault))
	}
	for i, of := range p.Of {
		v.Chips = append(v.Chips, Action{
			ID: "preview:" + digits(i+1), Label: cmp.Or(of, l.Phrase("Everybody")), Enabled: true, On: of == p.Shown, Intent: Intent{Kind: IntentSelect, Name: "preview", Value: of},
		})
	}
	return v
}

// Choice is a value that a setting may have, as the file has it and in words.
type Choice struct{ Value, Words, Help string }

// DevicesTab is the title of the page's first tab: all devices at a glance.
const DevicesTab = "Devices"

// SettingsView is the settings page: all devices at a glance with what is
// plugged in, or one group of settings beside the devices that they are of.
type SettingsView struct {
	Title    string
	Tabs     []Action
	Save     Action
	Overview bool        // all devices, with Verdict, Plugged and Search
	Verdict  VerdictLine // of all devices
	Devices  []DeviceCard
	Plugged  PluggedView
	Search   *SearchView
	Fields   []FieldView // of the chosen group
	Preview  *PreviewView
	Foot     string
	Locked   string // why nothing can be changed
	Saved    string
}

// VerdictLine says in one line whether all is well.
type VerdictLine struct {
	Colour Colour
	Shape  Shape
	Text   string
	Note   string
}

// NotSet stands where a setting is empty.
const NotSet = "not set"

// FieldView is one setting; touching it opens the field or takes the next
// choice.
type FieldView struct {
	Key   string
	Label string
	Value string
	Empty string // shown where there is no value
	Note  string
	Bad   bool
	Wide  bool
	// Section stands over this field, with which another part of the group begins.
	Section string
	Edit    Action
	Switch  bool // it is on or off
	On      bool
}

// Settings makes the settings page.
func Settings(in SettingsInputs) View {
	view, l := in.Frame.view(PageSettings, "settings"), in.Frame.Lang
	v := &SettingsView{
		Title: l.Phrase("Settings"), Saved: l.Phrase(in.Saved), Foot: l.Say("Kept in {file}", "file", in.Path),
		Save: Action{ID: "save", Label: l.Phrase("Save"), Key: DefaultKeys()["save"], Enabled: in.Changed && in.May, Primary: true, Intent: Intent{Kind: IntentSave}},
	}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change settings")
	}
	group := in.group()
	view.Of = About("settings", group.Title)
	if in.Frame.Person.ID == "" { // of a shop that has nobody yet: there are no tabs of pages
		v.Tabs = append(v.Tabs, Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShop)}})
	}
	for _, title := range in.titles() {
		v.Tabs = append(v.Tabs, Action{
			ID: "group:" + title, Label: tabIn(l, title), Enabled: true, On: title == group.Title,
			Intent: Intent{Kind: IntentSelect, Name: "group", Value: title},
		})
	}
	v.Tabs = append(v.Tabs,
		Action{ID: "page:shops", Label: l.Phrase("Shops"), Enabled: in.May, Intent: Intent{Kind: IntentPage, Name: string(PageShops)}},
		Action{ID: "page:carriers", Label: l.Phrase("Carriers"), Enabled: in.May, Intent: Intent{Kind: IntentPage, Name: string(PageAccounts)}},
		Action{ID: "page:messages", Label: l.Phrase("Messages"), Enabled: in.May, Intent: Intent{Kind: IntentPage, Name: string(PageMessages)}},
		Action{ID: "page:hub", Label: l.Phrase("Hub"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageHub)}})
	v.Tabs = append(v.Tabs, Action{ID: "page:shop", Label: l.Phrase("Set-up"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShop)}})
	v.Overview = group.Title == DevicesTab
	for _, d := range in.Devices {
		if v.Overview && !d.Beside || slices.Contains(group.Devices, d.ID) {
			v.Devices = append(v.Devices, deviceCard(d, in))
		}
	}
	if v.Overview {
		v.Verdict = verdictLine(l, in.Devices)
		v.Plugged = pluggedView(in)
	}
	if slices.Contains(group.Devices, "scale") {
		v.Search = searchView(l, in.Search, in.May)
	}
	for _, f := range group.Fields {
		v.Fields = append(v.Fields, field(l, f, in.May))
	}
	v.Preview = previewView(l, in.Preview)
	if onCards(view.Header.Lamps, v.Devices) {
		view.Header.Alert = "" // the card says it, and more
	}
	view.Settings = v
	return view
}

func (in SettingsInputs) titles() []string {
	titles := []string{DevicesTab}
	for _, g := range in.Groups {
		titles = append(titles, g.Title)
	}
	return titles
}

// group is the chosen one, or else that of the devices.
func (in SettingsInputs) group() Group {
	for _, g := range in.Groups {
		if g.Title == in.Group {
			return g
		}
	}
	return Group{Title: DevicesTab}
}

// onCards reports whether every red lamp has its card on the page.
func onCards(lamps []Lamp, cards []DeviceCard) bool {
	return !slices.ContainsFunc(lamps, func(l Lamp) bool {
		return l.Colour == LampRed && !slices.ContainsFunc(cards, func(c DeviceCard) bool { return c.Lamp.Name == l.Name })
	})
}

// targets are in the order in which they stand.
func (s *SettingsView) targets() []Action {
	out := append(slices.Clone(s.Tabs), s.Save)
	for _, d := range s.Devices {
		for _, step := range d.Steps {
			out = append(out, step.Copy)
		}
		out = append(out, d.Actions...)
	}
	if s.Search != nil {
		out = append(out, s.Search.Action)
	}
	for _, p := range s.Plugged.Rows {
		for _, step := range p.Steps {
			out = append(out, step.Copy)
		}
		out = append(out, p.Use...)
	}
	for _, f := range s.Fields {
		out = append(out, f.Edit)
	}
	if s.Preview != nil {
		out = append(out, s.Preview.Chips...)
	}
	return out
}

func field(l say.Language, f Field, may bool) FieldView {
	v := FieldView{
		Key: f.Key, Label: labelIn(l, f.Label), Value: cmp.Or(shownIn(l, f.Shown), visible(f.Value)), Empty: l.Phrase(cmp.Or(f.Empty, NotSet)), Note: l.Phrase(cmp.Or(f.Error, f.Help)),
		Bad: f.Error != "", Wide: f.Wide, Section: l.Phrase(f.Section),
	}
	v.Edit = Action{ID: "field:" + f.Key, Label: l.Phrase("Change"), Enabled: may, Intent: Intent{Kind: IntentEdit, Name: f.Key, Value: f.Value}}
	if at := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Value == f.Value }); at >= 0 {
		v.Note = l.Phrase(cmp.Or(f.Error, f.Choices[at].Help, f.Help))
		if f.Value != "" {
			v.Value = l.Phrase(f.Choices[at].Words)
		}
	}
	if len(f.Choices) != 2 {
		return v
	}
	v.Edit.Intent = Intent{Kind: IntentSetting, Name: f.Key, Value: f.Choices[0].Value}
	if f.Value == f.Choices[0].Value {
		v.Edit.Intent.Value = f.Choices[1].Value
	}
	if value := v.Edit.Intent.Value; value == "true" || value == "false" {
		v.Switch, v.On = true, f.Value == "true"
		v.Value = l.Phrase(map[bool]string{true: "On", false: "Off"}[v.On])
	}
	return v
}

// tabIn is the title of a tab. Elsewhere "Printing" is what a printer does.
func tabIn(l say.Language, title string) string {
	if title == "Printing" && !l.English() {
		title = "Printers"
	}
	if l.Phrase(title) == title {
		return l.Sentence(l.Phrase(say.Lower(title)))
	}
	return l.Phrase(title)
}

// labelIn is the name of a setting, with what it is of before a colon where it has that.
func labelIn(l say.Language, label string) string {
	of, name, both := strings.Cut(label, ": ")
	if !both || l.English() {
		return l.Phrase(label)
	}
	return about(l, l.Phrase(of), l.Phrase(say.Sentence(name)))
}

// amounts are what a setting may be a number of, with the phrase.
var amounts = map[string]string{"refusals": "{n} refusals", "minutes": "{n} minutes", "days": "{n} days", "units": "{n} units", "in a row": "{n} in a row"}

// shownIn is a value in words: "5 refusals", "12 g", "Never".
func shownIn(l say.Language, shown string) string {
	text, of, _ := strings.Cut(shown, " ")
	n, err := strconv.Atoi(text)
	switch {
	case l.English():
		return shown
	case err == nil && amounts[of] != "":
		return l.Count(amounts[of], n)
	case text != "" && strings.Trim(text, "0123456789.") == "":
		return l.Decimal(text) + " " + of
	}
	return l.Phrase(shown)
}

// Options are the choices of a field that is open, to be touched or gone through by keys.
func Options(key, now string, choices []Choice) []Action {
	var out []Action
	for i, c := range choices {
		out = append(out, Action{
			ID: "option:" + digits(i+1), Label: c.Words, Note: c.Help, Enabled: true, On: c.Value == now,
			Intent: Intent{Kind: IntentSetting, Name: key, Value: c.Value},
		})
	}
	return out
}

// visible puts a value into quotes where it begins or ends with a space.
func visible(value string) string {
	if strings.TrimSpace(value) == value {
		return value
	}
	return `"` + value + `"`
}

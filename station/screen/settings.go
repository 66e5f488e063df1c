package screen

import "packbench/station/pack"

// SettingsInputs is what the settings page is made of.
type SettingsInputs struct {
	Frame   Frame
	Devices []Device
	Groups  []Group
	Group   string // title of the group to show, "": the first
	Changed bool   // something is not saved yet
	Saved   string // what became of the last save
	Path    string // of station.toml
	May     bool   // whether this person may change anything
}

// Device is a device as the settings show it.
type Device struct {
	ID      string // "scanner", "scale", "printer"
	Lamp    Lamp
	Live    string // the newest bytes, readable: "S S      0.812 kg"
	Meaning string // what they mean: "steady, 0.812 kg"
	Test    string // label of its test button: "Ask the scale"
	Testing bool
	Result  string // of the last test
}

// Group is settings that belong together; its fields have the names that they
// have in station.toml.
type Group struct {
	Title  string
	Fields []Field
}

// Field is one setting.
type Field struct {
	Key     string // "scale.port"
	Label   string
	Value   string
	Choices []string // where only these are good
	Error   string   // why the value is no good
	Help    string
}

// SettingsView is the settings page.
type SettingsView struct {
	Title   string
	Devices []DeviceCard
	Tabs    []Action
	Fields  []FieldView // of the chosen group
	Path    string
	Save    Action
	Saved   string
	Locked  string // why nothing can be changed
}

// NotSet stands where a setting is empty.
const NotSet = "not set"

// DeviceCard is one device with its lamp, its bytes and its test.
type DeviceCard struct {
	Lamp    Lamp
	Shape   Shape
	Title   string
	Words   string
	Fix     string
	Live    string
	Meaning string
	Result  string
	Test    Action
}

// FieldView is one setting; touching it opens the field or takes the next
// choice.
type FieldView struct {
	Key   string
	Label string
	Value string
	Note  string
	Bad   bool
	Edit  Action
}

// Settings makes the settings page.
func Settings(in SettingsInputs) View {
	view := in.Frame.view(PageSettings, "settings")
	v := &SettingsView{
		Title: "Settings", Path: in.Path, Saved: in.Saved,
		Save: Action{ID: "save", Label: "Save", Key: "Ctrl S", Enabled: in.Changed && in.May, Primary: true, Intent: Intent{Kind: IntentSave}},
	}
	if !in.May {
		v.Locked = "An administrator's badge is needed to change settings"
	}
	for _, d := range in.Devices {
		v.Devices = append(v.Devices, deviceCard(d))
	}
	for i, g := range in.Groups {
		on := g.Title == in.Group || (in.Group == "" && i == 0)
		v.Tabs = append(v.Tabs, Action{
			ID: "group:" + g.Title, Label: g.Title, Enabled: true, On: on, Intent: Intent{Kind: IntentSelect, Name: "group", Value: g.Title},
		})
		if !on {
			continue
		}
		for _, f := range g.Fields {
			v.Fields = append(v.Fields, field(f, in.May))
		}
	}
	view.Settings = v
	return view
}

func deviceCard(d Device) DeviceCard {
	c := DeviceCard{
		Lamp: d.Lamp, Shape: LampShape(d.Lamp.Colour), Title: sentence(d.Lamp.Name), Words: sentence(d.Lamp.Words), Live: d.Live, Meaning: d.Meaning, Result: d.Result,
		Test: Action{ID: "test:" + d.ID, Label: firstOf(d.Test, "Test"), Enabled: !d.Testing, Intent: Intent{Kind: IntentTest, Name: d.ID}},
	}
	if d.Testing {
		c.Test.Label = "Testing…"
	}
	if d.Lamp.Colour != LampGreen {
		c.Fix = sentence(d.Lamp.Fix)
	}
	return c
}

// LampShape gives the shape that says the same as a lamp's colour.
func LampShape(c Colour) Shape {
	switch c {
	case LampGreen:
		return ShapeOf(pack.Accepted)
	case LampAmber:
		return ShapeOf(pack.Asked)
	case LampRed:
		return ShapeOf(pack.Refused)
	}
	return ShapeNone
}

func field(f Field, may bool) FieldView {
	v := FieldView{Key: f.Key, Label: firstOf(f.Label, f.Key), Value: f.Value, Note: firstOf(f.Error, f.Help), Bad: f.Error != ""}
	v.Edit = Action{ID: "field:" + f.Key, Label: "Change", Enabled: may, Intent: Intent{Kind: IntentEdit, Name: f.Key, Value: f.Value}}
	if len(f.Choices) > 0 {
		v.Edit.Intent = Intent{Kind: IntentSetting, Name: f.Key, Value: after(f.Choices, f.Value)}
	}
	return v
}

// after gives the choice that follows the present one, round and round.
func after(choices []string, now string) string {
	for i, c := range choices {
		if c == now {
			return choices[(i+1)%len(choices)]
		}
	}
	return choices[0]
}

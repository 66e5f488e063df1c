package screen

import (
	"cmp"
	"fmt"

	"packbench/station/say"
	"packbench/station/trouble"
)

// Plugged is a device that is plugged in, used or not.
type Plugged struct {
	Kind    string          // in words: "serial port", "USB scale", "keyboard"
	Title   string          // maker, product and serial number
	Name    string          // the lasting name, for the settings
	Used    string          // name of the device that it is: "scale", "" for none
	Trouble trouble.Trouble // what stands in its way
	Offers  []Offer         // what it can be used as
}

// Offer is a use for what is plugged in: "scanner" or "scale", and its words.
type Offer struct{ Device, Words string }

// PluggedView is the list of what is plugged in.
type PluggedView struct {
	Title string
	Empty string
	Rows  []PluggedRow
}

// PluggedRow is one device of the list.
type PluggedRow struct {
	Name    string
	Title   string
	Kind    string
	Used    string // "used as the scale"
	Trouble string
	Steps   []Step
	Use     []Action
}

func pluggedView(in SettingsInputs) PluggedView {
	v := PluggedView{Title: "Plugged in now"}
	for i, p := range in.Plugged {
		row := PluggedRow{Name: p.Name, Title: cmp.Or(p.Title, p.Name), Kind: say.Sentence(p.Kind)}
		switch {
		case p.Used != "": // its card says what stands in its way
			row.Used = "Used as the " + p.Used
		case !p.Trouble.None():
			row.Trouble = say.Sentence(p.Trouble.Wrong())
			row.Steps = stepsOf("plugged"+digits(i)+".", p.Trouble.Steps(), in.Copied)
		}
		for _, o := range p.Offers {
			row.Use = append(row.Use, Action{
				ID: "use:" + digits(i) + ":" + o.Device, Label: "Use as " + o.Words, Enabled: in.May,
				Intent: Intent{Kind: IntentUse, Name: o.Device, Value: p.Name},
			})
		}
		v.Rows = append(v.Rows, row)
	}
	switch {
	case len(v.Rows) > 0:
	case in.Listed:
		v.Empty = "Nothing that a bench can use is plugged in. A scanner that types needs no setup: scan any code."
	default:
		v.Empty = "Looking…"
	}
	return v
}

// Search is the search for the scale's protocol.
type Search struct {
	Running     bool
	Step, Steps int
	Words       string // what is done now, or what was found
	Found       bool
	Why         string // why it cannot begin: no port is set
}

// SearchView is the search with its button: begin, or give it up.
type SearchView struct {
	Words  string
	Shape  Shape
	Colour Colour
	Share  int // of the work that is done, per mille; 0 when it does not run
	Count  string
	Action Action
}

func searchView(s *Search, may bool) *SearchView {
	v := &SearchView{
		Words:  "packbench listens first, then sends requests that harm no scale. It takes a few seconds.",
		Action: Action{ID: "find", Label: "Find the scale's protocol", Enabled: may, Intent: Intent{Kind: IntentFind}},
	}
	if s == nil {
		return v
	}
	v.Words = cmp.Or(say.Sentence(s.Words), v.Words)
	switch {
	case s.Running:
		v.Share = 1000 * s.Step / max(s.Steps, 1)
		v.Count = fmt.Sprintf("%d of %d", s.Step, max(s.Steps, s.Step))
		v.Action.Label, v.Action.Intent.Value = "Stop searching", "stop"
	case s.Why != "":
		v.Words, v.Action.Enabled = s.Why, false
	case s.Found:
		v.Colour, v.Shape = LampGreen, ShapeTick
	case s.Words != "":
		v.Colour, v.Shape = LampAmber, ShapeMark
	}
	return v
}

package screen

import (
	"cmp"

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
	l := in.Frame.Lang
	v := PluggedView{Title: l.Phrase("Plugged in now")}
	for i, p := range in.Plugged {
		row := PluggedRow{Name: p.Name, Title: cmp.Or(p.Title, p.Name), Kind: l.Sentence(l.Phrase(p.Kind))}
		switch {
		case p.Used != "": // its card says what stands in its way
			row.Used = l.Say("Used as the {device}", "device", l.Phrase(p.Used))
		case !p.Trouble.None():
			told := l.Trouble(p.Trouble)
			row.Trouble = l.Sentence(told.Wrong())
			row.Steps = stepsOf(l, "plugged"+digits(i)+".", told.Steps(), in.Copied)
		}
		for _, o := range p.Offers {
			row.Use = append(row.Use, Action{
				ID: "use:" + digits(i) + ":" + o.Device, Label: l.Say("Use as {device}", "device", l.Phrase(o.Words)), Enabled: in.May,
				Intent: Intent{Kind: IntentUse, Name: o.Device, Value: p.Name},
			})
		}
		v.Rows = append(v.Rows, row)
	}
	switch {
	case len(v.Rows) > 0:
	case in.Listed:
		v.Empty = l.Phrase("Nothing that a bench can use is plugged in. A scanner that types needs no setup: scan any code.")
	default:
		v.Empty = l.Phrase("Looking…")
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

func searchView(l say.Language, s *Search, may bool) *SearchView {
	v := &SearchView{
		Words:  l.Phrase("packbench listens first, then sends requests that harm no scale. It takes a few seconds."),
		Action: Action{ID: "find", Label: l.Phrase("Find the scale's protocol"), Enabled: may, Intent: Intent{Kind: IntentFind}},
	}
	if s == nil {
		return v
	}
	v.Words = cmp.Or(l.Sentence(l.Phrase(s.Words)), v.Words)
	switch {
	case s.Running:
		v.Share = 1000 * s.Step / max(s.Steps, 1)
		v.Count = l.OfAll(s.Step, max(s.Steps, s.Step))
		v.Action.Label, v.Action.Intent.Value = l.Phrase("Stop searching"), "stop"
	case s.Why != "":
		v.Words, v.Action.Enabled = l.Phrase(s.Why), false
	case s.Found:
		v.Colour, v.Shape = LampGreen, ShapeTick
	case s.Words != "":
		v.Colour, v.Shape = LampAmber, ShapeMark
	}
	return v
}

package screen

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"packbench/station/say"
)

// Device is a device as the settings show it.
type Device struct {
	ID      string // "scanner", "scanner2", "scale", "printer", "paper"
	Lamp    Lamp
	Heard   time.Time // when it last said something, zero: never
	Raw     []byte    // its newest bytes
	Meaning string    // what they mean: "steady, 0.812 kg"
	Test    string    // label of its test button: "Check scale", "" for none
	Testing bool
	Result  string // of the last test
	Zero    bool   // it can be set to zero from here
	Learn   bool   // it can be set up by scanning a sheet
	Page    bool   // a test page can be printed on it
	Beside  bool   // it stands beside its settings only
}

// DeviceCard is one device with its lamp, its bytes and its buttons.
type DeviceCard struct {
	Lamp    Lamp
	Shape   Shape
	Title   string
	Words   string
	Heard   string // "heard 14:31:58"
	Steps   []Step // what to do while it is not well
	Live    string // the newest bytes, readable: "S S      0.812 kg<CR><LF>"
	Hex     string // and in hex: "53 20 53"
	Meaning string
	Result  string
	Actions []Action
}

// hexShown is how many bytes are shown in hex.
const hexShown = 24

func deviceCard(d Device, in SettingsInputs) DeviceCard {
	l, name := in.Frame.Lang, d.Lamp.Name
	if l.Phrase(name) == name { // a printer has the name of what is printed on it
		name = say.Sentence(name)
	}
	c := DeviceCard{
		Lamp: d.Lamp, Shape: LampShape(d.Lamp.Colour), Title: l.Sentence(l.Phrase(name)), Words: l.Sentence(l.Phrase(d.Lamp.Words)),
		Live: Readable(d.Raw), Hex: inHex(d.Raw), Meaning: answered(l, d.Meaning), Result: answered(l, d.Result),
	}
	if !d.Heard.IsZero() {
		c.Heard = l.Say("heard {time}", "time", d.Heard.In(in.Frame.Now.Location()).Format("15:04:05"))
	}
	if d.Lamp.Colour != LampGreen {
		c.Steps = stepsOf(l, d.ID, d.Lamp.steps(), in.Copied)
	}
	if d.Test != "" || d.Testing {
		a := Action{ID: "test:" + d.ID, Label: l.Phrase(d.Test), Enabled: !d.Testing, Intent: Intent{Kind: IntentTest, Name: d.ID}}
		if d.Testing {
			a.Label = l.Phrase("Testing…")
		}
		c.Actions = append(c.Actions, a)
	}
	if d.Page {
		c.Actions = append(c.Actions, Action{ID: "page:" + d.ID, Label: l.Phrase("Print a test page"), Enabled: !d.Testing, Intent: Intent{Kind: IntentTestPage, Name: d.ID}})
	}
	if d.Zero {
		c.Actions = append(c.Actions, Action{ID: "zero:" + d.ID, Label: l.Phrase("Zero"), Enabled: !d.Testing, Intent: Intent{Kind: IntentZero, Name: d.ID}})
	}
	if d.Learn {
		c.Actions = append(c.Actions, Action{ID: "doctor:" + d.ID, Label: l.Phrase("Set up by scanning"), Enabled: in.May, Intent: Intent{Kind: IntentDoctor, Name: d.ID}})
	}
	return c
}

// answered is what a device sent or answered: words, with a figure or a time behind them.
func answered(l say.Language, text string) string {
	words, rest, more := strings.Cut(text, ", ")
	if l.Phrase(text) == text && more {
		return l.Sentence(l.Phrase(words)) + ", " + rest
	}
	return l.Sentence(l.Phrase(text))
}

// LampShape returns the shape that says the same as a lamp's colour.
func LampShape(c Colour) Shape {
	if k, lit := lampKinds[c]; lit {
		return ShapeOf(k)
	}
	return ShapeNone
}

// controls are the names of the bytes that devices send and nobody sees.
var controls = map[byte]string{
	0x02: "STX", 0x03: "ETX", 0x04: "EOT", 0x05: "ENQ", 0x06: "ACK", 0x09: "TAB", 0x0A: "LF", 0x0D: "CR", 0x15: "NAK", 0x1B: "ESC", 0x1D: "GS", 0x1E: "RS",
}

// Readable shows bytes as text, and those without a letter by their names or
// in hex: "<CR>", "<80>".
func Readable(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		switch name := controls[c]; {
		case name != "":
			b.WriteString("<" + name + ">")
		case c < 0x20 || c > 0x7E:
			fmt.Fprintf(&b, "<%02X>", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func inHex(raw []byte) string {
	cut := raw[:min(len(raw), hexShown)]
	var pairs []string
	for i := range cut {
		pairs = append(pairs, strings.ToUpper(hex.EncodeToString(cut[i:i+1])))
	}
	text := strings.Join(pairs, " ")
	if len(cut) < len(raw) {
		text += " …"
	}
	return text
}

// verdictLine says whether all devices are well, and else which is not.
func verdictLine(l say.Language, list []Device) VerdictLine {
	count := map[Colour]int{}
	for _, d := range list {
		count[d.Lamp.Colour]++
	}
	for _, c := range []Colour{LampRed, LampAmber} {
		for _, d := range list {
			if d.Lamp.Colour != c {
				continue
			}
			v := VerdictLine{Colour: c, Shape: LampShape(c), Text: about(l, l.Sentence(l.Phrase(d.Lamp.Name)), l.Phrase(d.Lamp.Words))}
			if more := count[LampRed] + count[LampAmber] - 1; more > 0 {
				v.Note = l.Say("and {n} more", "n", digits(more))
			}
			return v
		}
	}
	if count[LampGreen] == 0 {
		return VerdictLine{Shape: ShapeSquare, Text: l.Phrase("No device is working yet"), Note: l.Phrase("choose from what is plugged in, below")}
	}
	v := VerdictLine{Colour: LampGreen, Shape: ShapeTick, Text: l.Phrase("Everything works")}
	if n := len(list) - count[LampGreen]; n > 0 {
		v.Text = l.Phrase("All good")
		for _, d := range list {
			if d.Lamp.Colour != LampGreen {
				v.Note = about(l, l.Phrase(d.Lamp.Name), l.Phrase(d.Lamp.Words))
				break
			}
		}
	}
	return v
}

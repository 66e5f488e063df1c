package scanner

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Advice is one thing to change on the scanner.
type Advice struct {
	Name  string // the same in every language: "aim", "slow", "suffix"…
	Words Text   // what to do
	Why   Text
}

// chart fills a Result from the lessons.
type chart struct {
	result  *Result
	lessons []lesson
	missing []int // lines that were not read, counted from 1
	any     bool  // something was read
	caps    bool  // Caps Lock is on at the computer

	codeID   bool // letters of the maker's own stand where the AIM identifier should
	aimFirst bool // the AIM identifier stands before the prefix
	noSuffix bool
	rearText string
	alt      bool
	cases    letterCase
}

// front learns prefix and AIM identifier. What stands before a code is the
// prefix, then the identifier; where it differs by the kind of code, the rest is
// an identifier of another make.
func (c *chart) front() {
	bySort := map[string][]string{}
	var aims, early []bool
	for _, l := range c.lessons {
		bySort[l.line.Symbology] = append(bySort[l.line.Symbology], l.found.front)
		aims = append(aims, l.aim)
		early = append(early, len(l.found.front) > 3 && isAIM(l.found.front[:3], l.line.Symbology))
	}
	c.result.AIM = usual(aims)
	if c.aimFirst = usual(early); c.aimFirst {
		c.result.AIM = true
		return
	}
	var fronts []string
	for _, symbology := range []string{"code128", "gs1-128", "qr"} {
		if all := bySort[symbology]; len(all) > 0 {
			fronts = append(fronts, usual(all))
		}
	}
	c.result.Prefix = commonStart(fronts)
	c.codeID = slices.ContainsFunc(fronts, func(f string) bool { return f != c.result.Prefix })
}

// rear learns the suffix.
func (c *chart) rear() {
	var ends, texts []string
	var whole []bool
	for _, l := range c.lessons {
		ends = append(ends, l.read.ends())
		texts = append(texts, l.found.rear)
		whole = append(whole, l.read.whole)
	}
	c.rearText = usual(texts)
	c.result.Suffix = c.rearText + usual(ends)
	c.noSuffix = len(ends) > 0 && usual(ends) == "" && !usual(whole)
}

// separator learns what stands for GS.
func (c *chart) separator() {
	for _, l := range c.lessons {
		if !strings.Contains(l.line.Data, "\x1d") {
			continue
		}
		c.result.GS = ""
		switch l.found.sep {
		case "":
			c.result.Separator = SeparatorDropped
		case "\x1d":
			c.result.Separator = l.read.separator()
		default:
			c.result.Separator, c.result.GS = SeparatorReplaced, l.found.sep
		}
	}
}

func (r read) separator() Separator {
	for _, u := range r.units {
		switch {
		case u.form == formKey && u.code == KeyF8:
			return SeparatorF8
		case u.form == formKey && u.mods.ctrl && !u.mods.alt:
			return SeparatorCtrl
		case u.form == formAlt && u.char == gs:
			return SeparatorAlt
		}
	}
	return SeparatorSent
}

// pace learns how fast a scanner types. The limit comes of the slowest read.
func (c *chart) pace() {
	var gaps []time.Duration
	for _, l := range c.lessons {
		if l.read.typed() {
			gaps = append(gaps, l.read.gap())
		}
		c.alt = c.alt || slices.ContainsFunc(l.read.units, func(u unit) bool { return u.form == formAlt && u.char != gs })
	}
	if len(gaps) == 0 {
		return
	}
	slices.Sort(gaps)
	c.result.KeyGap = gaps[len(gaps)/2]
	limit := 2*gaps[len(gaps)-1].Round(time.Millisecond) + 10*time.Millisecond
	if limit < perKey {
		c.result.PerKey = limit
	}
}

// letters learns what becomes of large and small letters.
func (c *chart) letters() {
	var cases []letterCase
	for _, l := range c.lessons {
		if l.line.twoCases() {
			cases = append(cases, l.found.letters)
		}
	}
	c.cases = usual(cases)
}

// advice says what to change, the gravest first.
func (c *chart) advice() []Advice {
	var all []Advice
	add := func(when bool, name, words, why string, args ...string) {
		if when {
			all = append(all, Advice{Name: name, Words: Text{words, args}, Why: Text{why, args}})
		}
	}
	r := c.result
	if !c.any {
		return nil
	}
	add(len(c.missing) > 0, "incomplete", "Scan the lines that are not done yet: {lines}.", "What they would show is still unknown.",
		"lines", numbers(c.missing))
	add(r.Wrong != "" && r.Typed, "layout-unknown",
		"Set the scanner's keyboard country to US (manual: Keyboard Layout = US English).",
		"Its keyboard layout is not one that packbench knows. The nearest is the {layout} one; with it these characters come out wrong: {characters}",
		"layout", LayoutTitle(r.Layout), "characters", spaced(r.Wrong))
	add(r.Wrong != "" && !r.Typed, "wrong",
		"Set the line to 8 data bits and no parity on both sides, and switch the scanner's own editing of codes off.",
		"These characters come out wrong: {characters}", "characters", spaced(r.Wrong))
	add(r.Separator == SeparatorDropped, "gs-dropped",
		"Switch the GS1 separator on (manual: Transmit FNC1 or GS = on).",
		"The scanner drops it: a lot and the serial number after it run together into one, and nothing shows it.")
	c.letterAdvice(add)
	add(c.alt, "alt", "Switch ALT mode off (manual: Emulate Keypad = off).", "The scanner types each character as Alt and its number: that is slow, and many computers cannot read it.")
	add(r.KeyGap > perKey, "slow",
		"Set the scanner to USB-COM, or the delay between its characters to 0.",
		"It types slowly, {n} ms a key: above {most} ms a code without a prefix cannot be told from typing.",
		"n", fmt.Sprint(r.KeyGap.Milliseconds()), "most", fmt.Sprint(perKey.Milliseconds()))
	add(c.rearText != "", "suffix-text",
		"Take {characters} off the end of each code, and set the suffix Enter (CR).",
		"What stands at the end is taken for a part of the code.", "characters", named(c.rearText))
	add(c.noSuffix && c.rearText == "", "suffix", "Set the suffix Enter (manual: Suffix = CR).", "The scanner sends none: the end of each code is guessed from a silence, which costs time and may cut a code.")
	add(c.aimFirst, "aim-order", "Take the prefix off.", "The scanner puts it behind the AIM identifier, where it is taken for a part of the code.")
	add(c.codeID, "code-id",
		"Switch the AIM identifier on in place of the maker's own (manual: Transmit Code ID = AIM).",
		"Letters of the maker's own stand before each code and are taken for a part of it.")
	add(len(c.lessons) > 0 && !r.AIM && !c.codeID, "aim",
		"Switch the AIM identifier on (manual: Transmit Code ID = AIM).",
		"With it a GS1 code is recognised as one; without it a plain code may be taken for a GS1 code.")
	add(r.Separator == SeparatorReplaced, "gs-replaced",
		"Let the scanner send the GS1 separator itself (manual: GS replacement = off).",
		"It sends {characters} in its place. packbench knows now; but a code that holds {characters} can no longer be read correctly.",
		"characters", named(r.GS))
	add(r.Typed && r.Wrong == "" && r.Layout != "us", "layout",
		"It is best to set the scanner's keyboard country to US (manual: Keyboard Layout = US English), then scan this sheet again.",
		"It is set to the {layout} keyboard. packbench knows now; US is read without any setting.", "layout", LayoutTitle(r.Layout))
	return all
}

func (c *chart) letterAdvice(add func(bool, string, string, string, ...string)) {
	add(c.cases == caseTurned && c.caps, "caps-lock",
		"Switch Caps Lock off at the keyboard, and Caps Lock override off on the scanner.", "The scanner turns capital letters into small ones and small ones into capitals. It does so because Caps Lock is on.")
	add(c.cases == caseTurned && !c.caps, "case-turned",
		"Switch the scanner's own Caps Lock off (manual: Simulated Caps Lock or Caps Lock override = off).",
		"The scanner turns capital letters into small ones and small ones into capitals.")
	const convert = "Switch the conversion of letters off (manual: Convert Case = none)."
	add(c.cases == caseUpper, "case-converted", convert, "All letters come as capitals, so two codes may look the same.")
	add(c.cases == caseLower, "case-converted", convert, "All letters come as small ones, so two codes may look the same.")
}

// named writes characters for people, in quotes or by their names.
func named(s string) string {
	if names := map[string]string{"\x02": "STX", "\x03": "ETX", "\x04": "EOT", "\x1d": "GS", " ": "the space"}; names[s] != "" {
		return names[s]
	}
	return fmt.Sprintf("%q", s)
}

// spaced sets characters apart: "[ ] \".
func spaced(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Split(s, ""), " "), "   ", " (space) ")
}

// numbers joins line numbers: "1, 2 and 6".
func numbers(all []int) string {
	var words []string
	for _, n := range all {
		words = append(words, fmt.Sprint(n))
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// Package trouble says what is wrong with a device, a document or a label, and how
// a device is when nothing is: as data that travels from whoever finds it out to
// whoever shows it. It owns the codes and their phrases; words are made of a Trouble
// where it is shown and nowhere before. It must not know devices, screens or the
// machine.
//
//	t := trouble.New(trouble.NotWritten, "no space left on device")
//	t.Wrong()  // "the document could not be written: no space left on device"
//	t.Advice() // "Fix the folder for documents, or choose another one in the settings, then try again."
package trouble

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Trouble is one thing that is wrong. The zero value is none.
type Trouble struct {
	Code Code     `json:"Code,omitempty"`
	Args []string `json:"Args,omitempty"` // of the code's phrase and of the fix's
	Fix  Fix      `json:"Fix,omitempty"`  // where it is another than the code's own
	// ByItself: what was to be done is done once that is mended, and nobody need ask
	// for it again.
	ByItself bool `json:"ByItself,omitempty"`
}

// Error is a trouble as an error, with its cause where there is one.
type Error struct {
	Trouble
	Err error
}

// From returns the trouble as an error; cause is nil where there is none.
func (t Trouble) From(cause error) *Error { return &Error{t, cause} }

// Error returns the words and their cause, for the log.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Wrong()
	}
	return e.Wrong() + ": " + e.Err.Error()
}
func (e *Error) Unwrap() error { return e.Err }

// Code names what is wrong.
type Code string

// Fix names what helps.
type Fix string

// New returns a trouble with the fix of its code.
func New(code Code, args ...string) Trouble { return Trouble{Code: code, Args: args} }

// With returns the trouble with another fix, and what that says beside.
func (t Trouble) With(fix Fix, more ...string) Trouble {
	t.Fix, t.Args = fix, slices.Concat(t.Args, more)
	return t
}

// Codes lists all codes.
func Codes() []Code { return slices.Sorted(maps.Keys(phrases)) }

// None reports whether nothing is wrong.
func (t Trouble) None() bool { return t.Code == "" }

// Equal reports whether two troubles are the same.
func (t Trouble) Equal(o Trouble) bool {
	return t.Code == o.Code && t.Fix == o.Fix && t.ByItself == o.ByItself && slices.Equal(t.Args, o.Args)
}

// Wrong says what is wrong: "the printer has no labels or paper".
func (t Trouble) Wrong() string { return strings.Replace(t.fill(t.phrase()), "|", "", 1) }

// Head is Wrong without its particulars, for where there is little room.
func (t Trouble) Head() string {
	head, _, cut := strings.Cut(t.phrase(), "|")
	if head = t.fill(head); !cut && (t.Code == Said || t.Code == Recorded) {
		head, _, _ = strings.Cut(head, ": ") // words of others begin with what it is about
	}
	return head
}

// byItself ends the advice about a job that comes once its printer is mended.
const byItself = " It prints by itself then; do not print again."

// Advice says what to do about it, "" where there is nothing to do.
func (t Trouble) Advice() string {
	if t.Code == Recorded {
		_, text, _ := strings.Cut(t.fill("{1}"), t.fill("{2}: "))
		return text
	}
	text := strings.NewReplacer("`", "", "{{", "", "}}", "").Replace(t.advice().text())
	if t.ByItself && text != "" {
		text += byItself
	}
	return text
}

// Again reports whether the advice says itself that it is to be tried again.
func (t Trouble) Again() bool {
	f := t.advice()
	if t.Code == Recorded {
		return strings.Contains(t.Advice(), "again")
	}
	return f.then != "" || t.ByItself || strings.Contains(f.do+f.more, "{{")
}

// Then says what to do about it as a part of a sentence, and once: its own advice,
// else the general one, and what is next: "press Try again", or what comes by itself.
func (t Trouble) Then(general, next string, waits bool) string {
	f := t.advice()
	link := ", then " + next
	if waits {
		link = ", and " + next
	}
	do, more := f.do, f.more
	before, again, _ := strings.Cut(do, "{{")
	again, after, found := strings.Cut(again, "}}")
	switch {
	case do == "":
		do = general
	case found && waits:
		do = before + again + after
	case found:
		do, link = before+next+after, ""
	}
	if f.alone {
		link = ""
	}
	step := lower(do) + link
	if more != "" {
		step += ". " + strings.NewReplacer("{{", "", "}}", "").Replace(more)
	}
	return step
}

// Step is a part of what to do: words, and where there is one the exact line to
// run, to be copied and not retyped.
type Step struct{ Words, Line string }

// String is all of it: "the printer is off: Switch it on.".
func (t Trouble) String() string {
	if t.Code == Recorded {
		return t.fill("{1}")
	}
	if advice := t.Advice(); advice != "" {
		return t.Wrong() + ": " + advice
	}
	return t.Wrong()
}

// Steps is the advice in parts, with the lines to run.
func (t Trouble) Steps() []Step {
	text := t.advice().text()
	if !strings.Contains(text, "`") {
		if text = t.Advice(); text == "" {
			return nil
		}
		return []Step{{Words: text}}
	}
	var out []Step
	for i, part := range strings.Split(text, "`") {
		switch {
		case i%2 == 1:
			out[len(out)-1].Line = part
		case i == 0 && part == "Run: ":
			out = append(out, Step{Words: "Run this line in a terminal:"})
		case strings.HasPrefix(part, " and "):
			out = append(out, Step{Words: "Then " + strings.TrimSpace(part[len(" and "):])})
		case strings.Trim(part, ". ") != "":
			part = strings.TrimSpace(strings.TrimLeft(part, ",. "))
			out = append(out, Step{Words: strings.ToUpper(part[:1]) + part[1:]})
		}
	}
	return out
}

func (t Trouble) phrase() string { return phrases[t.Code].wrong }

func (t Trouble) advice() advice {
	f := fixes[phrases[t.Code].fix]
	if t.Fix != "" {
		f = fixes[t.Fix]
	}
	f.do, f.more = t.fill(f.do), t.fill(f.more)
	return f
}

// fill puts the arguments into a phrase. {says} adds what a print service says.
func (t Trouble) fill(phrase string) string {
	arg := func(i int) string {
		if i < len(t.Args) {
			return t.Args[i]
		}
		return ""
	}
	says := ""
	if arg(0) != "" {
		says = " (it says: " + arg(0) + ")"
	}
	pairs := []string{"{says}", says}
	for i := range 4 {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", arg(i))
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// advice is what helps: the first thing to do, what follows it ("print again"), and
// more. In {{}} stands what is said in other words where something else is next, in
// “ a line to run. Alone says all that is to be done.
type advice struct {
	do, then, more string
	alone          bool
}

func (a advice) text() string {
	text := a.do
	if a.then != "" {
		text += ", then " + a.then
	}
	if text != "" && !strings.HasSuffix(text, "`") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	if a.more != "" {
		text += " " + a.more
	}
	return text
}

func lower(text string) string {
	return strings.ToLower(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

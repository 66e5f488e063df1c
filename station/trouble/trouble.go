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
	"unicode"
	"unicode/utf8"
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

// inTerminal stands before a line to run.
const inTerminal = "Run this line in a terminal:"

// Phrases lists all phrases that are told in languages.
func Phrases() []string {
	out := []string{byItself, inTerminal, ", then {next}", ", and {next}", " (it says: {1})"}
	for _, p := range phrases {
		out = append(out, p.wrong)
	}
	for _, f := range fixes {
		out = append(out, f.do, f.then, f.more)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p string) bool { return strings.Trim(p, "{}1234|: ") == "" })
}

// Codes lists all codes.
func Codes() []Code { return slices.Sorted(maps.Keys(phrases)) }

// None reports whether nothing is wrong.
func (t Trouble) None() bool { return t.Code == "" }

// Equal reports whether two troubles are the same.
func (t Trouble) Equal(o Trouble) bool {
	return t.Code == o.Code && t.Fix == o.Fix && t.ByItself == o.ByItself && slices.Equal(t.Args, o.Args)
}

// Told is a trouble in a language: its phrases in other words. The zero function leaves
// them English.
type Told struct {
	Trouble
	say func(string) string
}

// In returns the trouble as a language tells it, by what stands for an English phrase in
// it; nil is English. Only what English needs is done to a phrase of another language:
// its sentences begin with a capital as they stand.
func (t Trouble) In(say func(english string) string) Told { return Told{t, say} }

func (t Told) phrase(english string) string {
	if t.say == nil || english == "" {
		return english
	}
	return t.say(english)
}

// Wrong says what is wrong: "the printer has no labels or paper".
func (t Trouble) Wrong() string { return t.In(nil).Wrong() }

// Head is Wrong without its particulars, for where there is little room.
func (t Trouble) Head() string { return t.In(nil).Head() }

// Advice says what to do about it, "" where there is nothing to do.
func (t Trouble) Advice() string { return t.In(nil).Advice() }

// Then says what to do about it as a part of a sentence, and once: its own advice,
// else the general one, and what is next: "press Try again", or what comes by itself.
func (t Trouble) Then(general, next string, waits bool) string {
	return t.In(nil).Then(general, next, waits)
}

// String is all of it: "the printer is off: Switch it on.".
func (t Trouble) String() string { return t.In(nil).String() }

// Steps is the advice in parts, with the lines to run.
func (t Trouble) Steps() []Step { return t.In(nil).Steps() }

// Wrong is [Trouble.Wrong] in the language.
func (t Told) Wrong() string {
	return strings.Replace(t.fill(t.phrase(phrases[t.Code].wrong)), "|", "", 1)
}

// Head is [Trouble.Head] in the language.
func (t Told) Head() string {
	head, _, cut := strings.Cut(t.phrase(phrases[t.Code].wrong), "|")
	if head = t.fill(head); !cut && (t.Code == Said || t.Code == Recorded) {
		head, _, _ = strings.Cut(head, ": ") // words of others begin with what it is about
	}
	return head
}

// byItself ends the advice about a job that comes once its printer is mended.
const byItself = " It prints by itself then; do not print again."

// Advice is [Trouble.Advice] in the language.
func (t Told) Advice() string {
	if t.Code == Recorded {
		_, text, _ := strings.Cut(t.fill("{1}"), t.fill("{2}: "))
		return text
	}
	text := strings.NewReplacer("`", "", "{{", "", "}}", "").Replace(t.text(t.advice()))
	if t.ByItself && text != "" {
		text += t.phrase(byItself)
	}
	return text
}

// Again reports whether the advice says itself that it is to be tried again.
func (t Trouble) Again() bool {
	f := t.In(nil).advice()
	if t.Code == Recorded {
		return strings.Contains(t.Advice(), "again")
	}
	return f.then != "" || t.ByItself || strings.Contains(f.do+f.more, "{{")
}

// Then is [Trouble.Then] in the language, of which general and next are too.
func (t Told) Then(general, next string, waits bool) string {
	f := t.advice()
	link := t.phrase(", then {next}")
	if waits {
		link = t.phrase(", and {next}")
	}
	link = strings.Replace(link, "{next}", next, 1)
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
	if t.say == nil {
		do = lower(do)
	}
	step := do + link
	if more != "" {
		step += ". " + strings.NewReplacer("{{", "", "}}", "").Replace(more)
	}
	return step
}

// Step is a part of what to do: words, and where there is one the exact line to
// run, to be copied and not retyped.
type Step struct{ Words, Line string }

// String is [Trouble.String] in the language.
func (t Told) String() string {
	if t.Code == Recorded {
		return t.fill("{1}")
	}
	if advice := t.Advice(); advice != "" {
		return t.Wrong() + ": " + advice
	}
	return t.Wrong()
}

// Steps is [Trouble.Steps] in the language.
func (t Told) Steps() []Step {
	text := t.text(t.advice())
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
		case i == 0:
			out = append(out, Step{Words: t.phrase(inTerminal)})
		case strings.HasPrefix(part, " and "):
			out = append(out, Step{Words: "Then " + strings.TrimSpace(part[len(" and "):])})
		case strings.Trim(part, ". ") != "":
			part = strings.TrimSpace(strings.TrimLeft(part, ",. 、，،。"))
			first, size := utf8.DecodeRuneInString(part)
			out = append(out, Step{Words: string(unicode.ToUpper(first)) + part[size:]})
		}
	}
	return out
}

func (t Told) advice() advice {
	f := fixes[phrases[t.Code].fix]
	if t.Fix != "" {
		f = fixes[t.Fix]
	}
	f.do, f.then, f.more = t.fill(t.phrase(f.do)), t.phrase(f.then), t.fill(t.phrase(f.more))
	return f
}

// fill puts the arguments into a phrase. {says} adds what a print service says.
func (t Told) fill(phrase string) string {
	arg := func(i int) string {
		if i < len(t.Args) {
			return t.Args[i]
		}
		return ""
	}
	says := ""
	if arg(0) != "" {
		says = strings.Replace(t.phrase(" (it says: {1})"), "{1}", arg(0), 1)
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

func (t Told) text(a advice) string {
	text := a.do
	if a.then != "" {
		text += strings.Replace(t.phrase(", then {next}"), "{next}", a.then, 1)
	}
	if text != "" && !strings.HasSuffix(text, "`") && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "。") {
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

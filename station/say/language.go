package say

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Language is what something is said in. The zero value is English, and what the
// functions of this package say is English too. In other languages each phrase is a
// sentence that begins as it stands.
type Language struct{ phrases.Speech }

// English is the zero language.
var English Language

// told is a verdict that is put into words.
type told struct {
	pack.Verdict
	names Names
	in    Language
}

// opt puts a text into a phrase under a name, and says nothing where there is none.
func (v told) opt(phrase, name, text string) string {
	if text == "" {
		return ""
	}
	return v.in.Say(phrase, name, text)
}

// Message says a verdict in one sentence, with the next step where there is one.
func (l Language) Message(v pack.Verdict, names Names) string {
	s := l.Verdict(v, names)
	if l.English() {
		text := s.Fact
		if s.Step != "" {
			text += ": " + s.Step
		}
		return Sentence(strings.TrimRight(text, ".")) + "."
	}
	text := l.sentence(s.Fact)
	if s.Step != "" {
		text = l.Say("{first} {second}", "first", text, "second", l.sentence(s.Step))
	}
	return text
}

// sentence ends a sentence as its language does.
func (l Language) sentence(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") || strings.HasSuffix(text, "؟") {
		return l.Sentence(text)
	}
	return l.Sentence(l.Say("{sentence}.", "sentence", strings.TrimRight(text, ".。")))
}

// Verdict gives a verdict its words.
func (l Language) Verdict(v pack.Verdict, names Names) Saying {
	s, known := phrasesOf(v)
	if !known {
		return Saying{Head: Sentence(Words(string(v.Code))), Fact: Words(string(v.Code))}
	}
	t := told{v.ForPeople(), names, l}
	return Saying{t.fill(l.Phrase(s.Head)), t.fill(l.Phrase(s.Fact)), t.fill(l.Phrase(s.Step))}
}

// Past tells what a verdict said, afterwards and without the step that was next then. Only
// English has a past of its own.
func (l Language) Past(v pack.Verdict, names Names) string {
	s, known := phrasesOf(v)
	if !known {
		return Sentence(Words(string(v.Code)))
	}
	fact := l.Phrase(s.Fact)
	if l.English() {
		fact = past(fact)
	}
	return l.Sentence(strings.TrimRight(told{v.ForPeople(), names, l}.fill(fact), ".。"))
}

// Sentence gives a text a capital letter at its start, in Turkish one with its dot.
func (l Language) Sentence(text string) string {
	if after, dotted := strings.CutPrefix(text, "i"); dotted && l.Tag() == "tr" {
		return "İ" + after
	}
	return Sentence(text)
}

// Lower begins a sentence small where it goes on after other words, which only English
// does.
func (l Language) Lower(text string) string {
	if l.English() {
		return Lower(text)
	}
	return text
}

// nouns are what is counted, each with its phrase.
var nouns = map[string]string{
	"unit": "{n} units", "parcel": "{n} parcels", "day": "{n} days", "order": "{n} orders", "time": "{n} times",
	"place": "{n} places", "message": "{n} messages", "pack": "{n} packs", "week": "{n} weeks", "product": "{n} products",
	"case": "{n} cases", "open case": "{n} open cases", "packer": "{n} packers", "gap": "{n} gaps", "purchase": "{n} purchases",
	"row": "{n} rows", "carton": "{n} cartons", "carrier": "{n} carriers", "badge": "{n} badges", "person": "{n} people",
}

// Many counts things by their noun.
func (l Language) Many(n int, noun string) string {
	if l.English() || nouns[noun] == "" {
		return Many(n, noun)
	}
	return l.Count(nouns[noun], n)
}

// Units writes "1 unit", "4 units".
func (l Language) Units(n int) string { return l.Many(n, "unit") }

// Choose says which numbers answer a question.
func (l Language) Choose(choices []pack.Choice) string {
	n := len(choices)
	back := n > 1 && choices[n-1].IsBack()
	if back {
		n--
	}
	out := ""
	switch n {
	case 0:
	case 1:
		out = l.Say("answer {a}", "a", strconv.Itoa(choices[0].N))
	case 2:
		out = l.Say("answer {a} or {b}", "a", strconv.Itoa(choices[0].N), "b", strconv.Itoa(choices[1].N))
	default:
		out = l.Say("answer {a} to {b}", "a", strconv.Itoa(choices[0].N), "b", strconv.Itoa(choices[n-1].N))
	}
	if back {
		out += l.Phrase(", or go back")
	}
	return out
}

// OfWant is how much of a line is packed: "2 of 3", "0 of 1, 1 short".
func (l Language) OfWant(v pack.Verdict) string {
	return l.OfAll(v.Have, v.Want) + l.Short(v.Short)
}

// OfAll is a part of a whole: "2 of 3".
func (l Language) OfAll(have, want int) string {
	return l.Say("{n} of {all}", "n", strconv.Itoa(have), "all", strconv.Itoa(want))
}

// Short says how much is left out, "" where nothing is: ", 1 short".
func (l Language) Short(n int) string {
	if n <= 0 {
		return ""
	}
	return l.Say(", {n} short", "n", strconv.Itoa(n))
}

// Because adds a reason in brackets, as a person, a device or a shop gave it.
func (l Language) Because(reason string) string {
	if reason = l.Words(strings.TrimRight(reason, ".")); reason == "" {
		return ""
	}
	return l.Say(" ({reason})", "reason", reason)
}

// Words turns a code into words, where it has some.
func (l Language) Words(code string) string { return l.Phrase(Words(code)) }

// Trouble tells a trouble in the language: what is wrong, and what helps.
func (l Language) Trouble(t trouble.Trouble) trouble.Told {
	if l.English() {
		return t.In(nil)
	}
	return t.In(l.Phrase)
}

// Verb says a command as what it does.
func (l Language) Verb(command string) string { return l.Phrase(Verb(command)) }

// doing says it as what somebody approves.
func (l Language) doing(command string) string {
	if l.English() {
		return doing(command)
	}
	return l.Verb(command)
}

// Role says who may do it: "a supervisor".
func (l Language) Role(r station.Role) string { return l.Phrase(Role(r)) }

// Paper names a paper of a parcel by its kind.
func (l Language) Paper(kind string) string { return l.Phrase(Paper(kind)) }

// Decimal writes the decimal sign of a number as the language does.
func (l Language) Decimal(number string) string {
	if l.English() {
		return number
	}
	return strings.Replace(number, ".", strings.Trim(l.Phrase("0.5"), "05"), 1)
}

// Mass writes small masses in grams and others in kilograms.
func (l Language) Mass(m unit.Mass) string { return l.Decimal(Mass(m)) }

// Time writes a time by one of the forms that Go has for English: "2 Jan 2006". What
// stands for it in a language is a form too.
func (l Language) Time(t time.Time, form string) string {
	out := t.Format(l.Phrase(form))
	if l.English() {
		return out
	}
	day := t.Format("Mon")
	return strings.Replace(out, day, l.Phrase(day), 1)
}

// Expiry writes a day as people read it in any country: "31 Jan 2027", with the time
// where there is one.
func (l Language) Expiry(day string) string {
	for form, out := range map[string]string{"2006-01-02": "2 Jan 2006", "2006-01-02T15:04": "2 Jan 2006, 15:04"} {
		if t, err := time.Parse(form, day); err == nil {
			return l.Time(t, out)
		}
	}
	return day
}

// OffStep says what to do about a weight that is off.
func (l Language) OffStep(w pack.Weight) string { return l.Phrase(OffStep(w)) }

// Off says how far a weight is from what was expected.
func (l Language) Off(w pack.Weight) string {
	return l.off(w, "{mass} less than expected", "{mass} more than expected")
}

func (l Language) off(w pack.Weight, less, more string) string {
	if diff := w.Mass - w.Expected; diff < 0 {
		return l.Say(less, "mass", l.Mass(-diff))
	}
	return l.Say(more, "mass", l.Mass(w.Mass-w.Expected))
}

// Likely says the likeliest cause of a miss, "" when nobody knows.
func (l Language) Likely(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	return l.ofCause(causes[c.Kind].likely, c, names)
}

// Asked is the same as a question, for a card: "One Mug, white missing?"
func (l Language) Asked(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	words := causes[c.Kind]
	text := l.ofCause(cmp.Or(words.asked, words.likely), c, names)
	if text == "" {
		return ""
	}
	return l.Say("{question}?", "question", l.Sentence(text))
}

func (l Language) ofCause(phrase string, c *pack.Cause, names Names) string {
	n := l.Phrase("one")
	if c.N > 1 {
		n = strconv.Itoa(c.N) + " ×"
	}
	return l.Say(phrase, "n", n, "item", cmp.Or(c.Called(names.Of), l.Phrase("item")), "other", cmp.Or(names.Of(c.Instead), l.Phrase("item")))
}

// Supplied returns a language that comes with the program; an error names those that do.
func Supplied(tag string) (Language, error) {
	all, err := phrases.Supplied()
	if err != nil {
		return English, err
	}
	if !all.Has(tag) {
		return English, fmt.Errorf("there is no language %q; there are %s", tag, strings.Join(all.Tags(), ", "))
	}
	speech, err := all.In(tag)
	return Language{speech}, err
}

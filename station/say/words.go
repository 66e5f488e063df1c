package say

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// OfWant is how much of a line is packed: "2 of 3", "0 of 1, 1 short".
func OfWant(v pack.Verdict) string {
	return fmt.Sprintf("%d of %d", v.Have, v.Want) + opt(", %s short", some(v.Short, ""))
}

// TooMany says what a box holds too much of: "2 × Tea, green too many".
func TooMany(excess []pack.Content, names Names) string {
	var parts []string
	for _, c := range excess {
		parts = append(parts, fmt.Sprintf("%d × %s", c.Qty, names.Of(c.SKU)))
	}
	return opt("%s too many", strings.Join(parts, " and "))
}

// Because adds a reason in brackets, as a person, a device or a shop gave it.
func Because(reason string) string { return opt(" (%s)", Words(strings.TrimRight(reason, "."))) }

// Choose says which numbers answer a question.
func Choose(choices []pack.Choice) string {
	if n := len(choices); n > 1 && choices[n-1].IsBack() {
		return Choose(choices[:n-1]) + ", or go back"
	}
	switch len(choices) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("answer %d", choices[0].N)
	case 2:
		return fmt.Sprintf("answer %d or %d", choices[0].N, choices[1].N)
	}
	return fmt.Sprintf("answer %d to %d", choices[0].N, choices[len(choices)-1].N)
}

// Units writes "1 unit", "4 units".
func Units(n int) string { return Many(n, "unit") }

// Many counts things by their noun.
func Many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func characters(n int) string {
	if n == 1 {
		return "one character"
	}
	return strconv.Itoa(n) + " characters"
}

// dearer says how much more one price is than another: ", 1.20 USD dearer".
func dearer(was, price *unit.Money) string {
	if was == nil || price == nil || was.Minor == price.Minor {
		return ""
	}
	more, word := unit.Money{Minor: price.Minor - was.Minor, Currency: price.Currency}, "dearer"
	if more.Minor < 0 {
		more.Minor, word = -more.Minor, "cheaper"
	}
	return ", " + more.String() + " " + word
}

// listed names some things: "A", "A and B".
func listed(ids []string, names Names) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = names.Of(id)
	}
	return strings.Join(all, " and ")
}

func price(m *unit.Money) string {
	if m == nil {
		return ""
	}
	return " for " + m.String()
}

// Mass writes small masses in grams and others in kilograms.
func Mass(m unit.Mass) string {
	if m.Abs() < unit.Kilogram {
		return m.Grams()
	}
	return m.String()
}

// Words turns a code into words: "not-in-stock" → "not in stock".
func Words(code string) string {
	if strings.ContainsAny(code, " .,;:") {
		return code
	}
	return strings.ReplaceAll(code, "-", " ")
}

// Sentence gives a text a capital letter at its start.
func Sentence(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// Lower begins a sentence small, where it goes on after other words.
func Lower(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// Short cuts a text to n runes.
func Short(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// Role says who may do it: "a supervisor".
func Role(r station.Role) string {
	switch r {
	case "":
		return "someone else"
	case station.Administrator:
		return "an administrator"
	}
	return "a " + string(r)
}

// Paper names a paper of a parcel by its kind.
func Paper(kind string) string {
	return cmp.Or(map[string]string{
		"slip": "packing slip", "inside": "inside slip", "return": "return label", "customs": "customs paper",
	}[kind], "paper")
}

// Verb says a command as what it does.
func Verb(command string) string { return cmp.Or(verbs[command].do, Words(command)) }

// doing says it as what somebody approves.
func doing(command string) string {
	return cmp.Or(verbs[command].doing, "this"+opt(" (%s)", Words(command)))
}

var verbs = map[string]struct{ do, doing string }{
	"cancel":       {"cancel this order", "cancelling this order"},
	"void":         {"void this label", "voiding this label"},
	"void-label":   {"void this label", "voiding this label"},
	"reopen":       {"reopen this parcel", "reopening this parcel"},
	"reprint":      {"print it again", "printing it again"},
	"print-again":  {"print another label", "printing another label"},
	"authorise":    {"accept this weight", "accepting this weight"},
	"accept-item":  {"accept this item", "accepting this item"},
	"typed-weight": {"type the weight", "typing the weight"},
	"next-parcel":  {"start the next parcel", "starting the next parcel"},
	"put-back":     {"put a line back", "putting a line back"},
	"swap":         {"swap a damaged unit", "swapping a damaged unit"},
	"short":        {"leave a line out", "leaving a line out"},
	"confirm":      {"confirm by hand", "confirming by hand"},
	"remove":       {"take an item out", "taking an item out"},
	"service":      {"take another service", "taking another service"},
	"label-none":   {"say that no label was bought", "saying that no label was bought"},
	"label-there":  {"say which label was bought", "saying which label was bought"},
	"unlock":       {"unlock the bench", "unlocking the bench"},
}

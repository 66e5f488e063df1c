package say

import (
	"cmp"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// TooMany says what a box holds too much of: "2 × Tea, green too many".
func (l Language) TooMany(excess []pack.Content, names Names) string {
	var parts []string
	for _, c := range excess {
		parts = append(parts, strconv.Itoa(c.Qty)+" × "+names.Of(c.SKU))
	}
	return told{in: l}.opt("{items} too many", "items", strings.Join(parts, l.Phrase(" and ")))
}

// Because adds a reason in brackets, as a person, a device or a shop gave it.
func Because(reason string) string { return English.Because(reason) }

// Units writes "1 unit", "4 units".
func Units(n int) string { return Many(n, "unit") }

// Many counts things by their noun.
func Many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func (l Language) characters(n int) string {
	if n == 1 && l.English() {
		return "one character"
	}
	return l.Count("{n} characters", n)
}

// dearer says how much more one price is than another: ", 1.20 USD dearer".
func (l Language) dearer(was, price *unit.Money) string {
	if was == nil || price == nil || was.Minor == price.Minor {
		return ""
	}
	more, phrase := unit.Money{Minor: price.Minor - was.Minor, Currency: price.Currency}, ", {price} dearer"
	if more.Minor < 0 {
		more.Minor, phrase = -more.Minor, ", {price} cheaper"
	}
	return l.Say(phrase, "price", l.Decimal(more.String()))
}

// listed names some things: "A", "A and B".
func (l Language) listed(ids []string, names Names) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = names.Of(id)
	}
	return strings.Join(all, l.Phrase(" and "))
}

func (l Language) price(m *unit.Money) string {
	if m == nil {
		return ""
	}
	return l.Say(" for {price}", "price", l.Decimal(m.String()))
}

// lacking lists what an address has not.
func (l Language) lacking(what []string) string {
	all := make([]string, len(what))
	for i, w := range what {
		all[i] = l.Phrase(w)
	}
	return strings.Join(all, l.Phrase(" and no "))
}

// Strangers names parcels that a carrier does not know, and why.
func (l Language) Strangers(all []pack.Stranger) string {
	var out []string
	for _, s := range all[:min(len(all), 3)] {
		switch s.Why {
		case pack.StrangerVoid:
			out = append(out, l.Say("{parcel} (its label was voided)", "parcel", s.Parcel))
		case pack.StrangerClosed:
			out = append(out, l.Say("{parcel} (it was closed out before)", "parcel", s.Parcel))
		default:
			out = append(out, s.Parcel)
		}
	}
	if more := len(all) - len(out); more > 0 {
		out = append(out, l.Say("{n} more", "n", strconv.Itoa(more)))
	}
	switch n := len(out) - 1; {
	case n < 0:
		return l.Phrase("the parcel")
	case n > 0:
		return strings.Join(out[:n], ", ") + l.Phrase(" and ") + out[n]
	}
	return l.Say("parcel {parcel}", "parcel", out[0])
}

func (l Language) money(m *unit.Money) string {
	if m == nil {
		return "?"
	}
	return l.Decimal(m.String())
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
	if text == "" || len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' {
		return text // "SKU" stays
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
		"slip": "packing slip", "inside": "inside slip", "return": "return label", "customs": "customs paper", "putaway": "put-away label",
	}[kind], "paper")
}

// Verb says a command as what it does.
func Verb(command string) string { return cmp.Or(verbs[command].do, Words(command)) }

// doing says it as what somebody approves.
func doing(command string) string {
	return cmp.Or(verbs[command].doing, "this"+Because(command))
}

var verbs = map[string]struct{ do, doing string }{
	"cancel":        {"cancel this order", "cancelling this order"},
	"void":          {"void this label", "voiding this label"},
	"void-label":    {"void this label", "voiding this label"},
	"reopen":        {"reopen this parcel", "reopening this parcel"},
	"reprint":       {"print it again", "printing it again"},
	"print-again":   {"print another label", "printing another label"},
	"authorise":     {"accept this weight", "accepting this weight"},
	"accept-item":   {"accept this item", "accepting this item"},
	"pack-anyway":   {"pack it all the same", "packing it all the same"},
	"return-anyway": {"open it anyway", "opening it all the same"},
	"typed-weight":  {"type the weight", "typing the weight"},
	"label":         {"make the label", "making the label"},
	"load":          {"load a van", "loading a van"},
	"next-parcel":   {"start the next parcel", "starting the next parcel"},
	"put-back":      {"put a line back", "putting a line back"},
	"swap":          {"swap a damaged unit", "swapping a damaged unit"},
	"short":         {"leave a line out", "leaving a line out"},
	"confirm":       {"confirm by hand", "confirming by hand"},
	"remove":        {"take an item out", "taking an item out"},
	"return":        {"take a return", "taking a return"},
	"handover":      {"load a van", "letting the van go"},
	"service":       {"take another service", "taking another service"},
	"label-none":    {"say that no label was bought", "saying that no label was bought"},
	"label-there":   {"say which label was bought", "saying which label was bought"},
	"unlock":        {"unlock the bench", "unlocking the bench"},
}

// questions are the phrases of what is asked by a reason, whatever the code.
var questions = map[pack.Reason]Saying{
	pack.ReasonSure:        {"Are you sure?", "this will {command}", "{choose|answer by number}"},
	pack.ReasonSureLoading: {"Are you sure?", "this will stop the loading", "{choose|answer by number}"},
	pack.ReasonLine:        {"Which line?", "several lines are possible", "{choose|answer by number}"},
	pack.ReasonReason:      {"Why?", "a reason is needed to {command}", "{choose|answer by number}"},
}

package intake

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/width"

	"packbench/station/unit"
)

// row is a record whose cells are known by name.
type row struct {
	record
	match
}

// text returns a cell, cleaned; "" when the file has no such column.
func (r row) text(name string) string {
	i, ok := r.at[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return clean(r.cells[i])
}

// figures returns a cell with digits, letters and marks of full width in their
// usual one.
func (r row) figures(name string) string { return width.Fold.String(r.text(name)) }

// raw returns a cell in which lines end with a semicolon, cleaned besides.
func (r row) raw(name string) string {
	i, ok := r.at[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return clean(lines.Replace(strings.TrimSpace(r.cells[i])))
}

var lines = strings.NewReplacer("\r", ";", "\n", ";", "\t", ";", "\u2028", ";", "\u2029", ";")

// fail is a rejection for a column, named as the file names it.
func (r row) fail(name, format string, args ...any) *fault {
	title, ok := r.title[name]
	if !ok {
		title = name
	}
	return &fault{row: r.row, column: title, reason: fmt.Sprintf(format, args...)}
}

// long is text of at most so many characters.
func (r row) long(name string, most int) (string, error) {
	s := r.text(name)
	if reason := failed(s); reason != "" {
		return "", r.fail(name, "%s", reason)
	}
	if len(s) > most && utf8.RuneCountInString(s) > most {
		return "", r.fail(name, "longer than %d characters", most)
	}
	switch name {
	case "order id", "line", "postcode", "shipping zip":
		return r.exact(name, s)
	}
	return s, nil
}

// id is text that names something: it must not be blank.
func (r row) id(name string) (string, error) {
	s, err := r.long(name, 100)
	if err == nil && s == "" {
		err = r.fail(name, "it is empty")
	}
	if err != nil {
		return "", err
	}
	return r.exact(name, s)
}

// exact returns a text that tells one thing from another, with the digits that
// a spreadsheet has hidden in an exponent. Where they are lost, two things have
// become one.
func (r row) exact(name, text string) (string, error) {
	text, err := wholeCode(text)
	if err != nil {
		return "", r.fail(name, "%v", err)
	}
	return text, nil
}

// noValue stands for the value of a formula that a workbook does not hold.
const noValue = "#FORMULA!"

// failures are what spreadsheets write, in their languages, for a formula without a
// value, and for a number that its column is too narrow for.
var failures = regexp.MustCompile(`^(#[¡¿]?\p{Lu}[\p{Lu}_]*(/0)?[!?]|#(N/A|N/D|N/B|NV|I/T|GETTING_DATA)!?|#{3,}|Err:[0-9]{3})$`)

// failed says what a cell holds in place of its value; "" is nothing.
func failed(text string) string {
	switch {
	case len(text) < 3 || text[0] != '#' && text[0] != 'E' || !failures.MatchString(text):
		return ""
	case text == noValue:
		return "the workbook has a formula there without its value; open it in a spreadsheet, and save it again"
	}
	return fmt.Sprintf("%q is a spreadsheet's word for an error, not a value", text)
}

// yes reads a yes or no; a blank is no.
func (r row) yes(name string) (bool, error) {
	switch s := strings.ToLower(r.text(name)); s {
	case "", "0", "no", "n", "false", "nein", "falsch", "-":
		return false, nil
	case "1", "yes", "y", "true", "ja", "j", "wahr", "x":
		return true, nil
	default:
		return false, r.fail(name, "%q is neither yes nor no", short(s))
	}
}

// whole reads a whole number.
func (r row) whole(name string) (int, error) {
	text, err := r.number(name, r.figures(name), 0)
	if err != nil {
		return 0, r.fail(name, "%v", err)
	}
	if i, decimals, ok := strings.Cut(text, "."); ok && strings.Trim(decimals, "0") == "" {
		text = i
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, r.fail(name, "%q is not a whole number", short(r.text(name)))
	}
	return n, nil
}

// mass reads a mass: "250 g", or a number whose unit stands in the header or
// in the column of units. A blank is 0.
func (r row) mass(name, units string) (unit.Mass, error) {
	return quantity(r, name, units, "", unit.ParseMass, 10_000*unit.Kilogram)
}

// length reads a length; without a unit anywhere it is in millimetres.
func (r row) length(name, units string) (unit.Length, error) {
	return quantity(r, name, units, "mm", unit.ParseLength, 100*unit.Metre)
}

func quantity[T unit.Mass | unit.Length](r row, name, units, fallback string, parse func(string) (T, error), most T) (T, error) {
	text := r.figures(name)
	if text == "" {
		return 0, nil
	}
	digits, word := cutUnit(text)
	if !strings.ContainsAny(digits, "0123456789") {
		return 0, r.fail(name, "%q is not a number with its unit", short(text))
	}
	if word == "" {
		if word = r.unit[name]; word == "" {
			word = r.text(units)
		}
		if word == "" {
			word = fallback
		}
	}
	if word == "" {
		return 0, r.fail(name, "%q has no unit; write it as in \"250 g\" or \"1.2 kg\"", short(text))
	}
	digits, err := r.number(name, digits, placesOf(word))
	if err != nil {
		return 0, r.fail(name, "%v", err)
	}
	q, err := parse(digits + " " + word)
	switch {
	case err != nil:
		return 0, r.fail(name, "%v", err)
	case q < 0:
		return 0, r.fail(name, "%q is below zero", short(text))
	case q > most:
		return 0, r.fail(name, "%q is too much", short(text))
	}
	return q, nil
}

// size reads three edges, or one cell such as "120x80x40 mm". All or none.
func (r row) size(whole string, edges [3]string, units string) (unit.Size, error) {
	if text := r.figures(whole); text != "" {
		return r.edges(whole, text, units)
	}
	var e [3]unit.Length
	known, missing := 0, ""
	for i, name := range edges {
		var err error
		if e[i], err = r.length(name, units); err != nil {
			return unit.Size{}, err
		}
		if e[i] > 0 {
			known++
		} else {
			missing = name
		}
	}
	if known != 0 && known != 3 {
		return unit.Size{}, r.fail(missing, "one edge of the size is missing")
	}
	return unit.Size{Width: e[0], Length: e[1], Depth: e[2]}, nil
}

// lengthUnit is the unit that ends a size, "" for none.
func lengthUnit(text string) (word string) {
	for _, u := range lengthUnits {
		if strings.HasSuffix(strings.ToLower(text), u) && len(u) > len(word) {
			word = u
		}
	}
	return word
}

// edges reads "120x80x40 mm", also with × and *.
func (r row) edges(name, text, units string) (unit.Size, error) {
	word := lengthUnit(text)
	digits := text[:len(text)-len(word)]
	if word == "" {
		word = r.unit[name]
	}
	if word == "" {
		word = r.text(units)
	}
	if word == "" {
		word = "mm"
	}
	parts := strings.FieldsFunc(digits, func(c rune) bool { return strings.ContainsRune("x×*X", c) })
	if len(parts) != 3 {
		return unit.Size{}, r.fail(name, "%q is not a size such as \"120x80x40 mm\"", short(text))
	}
	var e [3]unit.Length
	for i, part := range parts {
		n, err := r.number(name, part, placesOf(word))
		if errors.Is(err, errTwoWays) {
			return unit.Size{}, r.fail(name, "%v", err)
		}
		if err == nil {
			e[i], err = unit.ParseLength(n + word)
		}
		if err != nil || e[i] <= 0 || e[i] > 100*unit.Metre {
			return unit.Size{}, r.fail(name, "%q is not a size such as \"120x80x40 mm\"", short(text))
		}
	}
	return unit.Size{Width: e[0], Length: e[1], Depth: e[2]}, nil
}

// mostAmount keeps sums over whole orders within an int64.
const mostAmount = 100_000_000_000

// amount reads money that is not below zero.
func (r row) amount(name, currency string, o Options) (unit.Money, error) {
	m, err := r.money(name, currency, o)
	switch {
	case err != nil:
		return unit.Money{}, err
	case m.Minor < 0:
		return unit.Money{}, r.fail(name, "%q is below zero", short(r.text(name)))
	case m.Minor > mostAmount:
		return unit.Money{}, r.fail(name, "%q is too much", short(r.text(name)))
	}
	return m, nil
}

// moments are the ways in which a date may be written. Those that could be
// read in two ways, such as 03/04/2026, are not among them.
var moments = []struct {
	layout string
	day    bool // no time: the end of the day
}{
	{time.RFC3339, false},
	{"2006-01-02 15:04:05 -0700", false},
	{"2006-01-02 15:04:05Z07:00", false},
	{"2006-01-02 15:04Z07:00", false},
	{"2006-01-02 15:04 -0700", false},
	{"2006-01-02T15:04:05-0700", false},
	{"2006-01-02T15:04Z07:00", false},
	{"2006-01-02T15:04-0700", false},
	{"2006-01-02 15:04:05", false},
	{"2006-01-02T15:04:05", false},
	{"2006-01-02 15:04", false},
	{"2006-01-02T15:04", false},
	{"2.1.2006 15:04:05", false},
	{"2.1.2006 15:04", false},
	{"2006-01-02", true},
	{"2.1.2006", true},
	{"20060102", true},
	{"Jan 2, 2006 3:04:05 PM", false},
	{"Jan 2, 2006 15:04:05", false},
	{"Jan 2, 2006 15:04", false},
	{"Jan 2, 2006", true},
	{"2 Jan 2006", true},
	{"Jan-02-06", true},
	{"02-Jan-06", true},
	{"Jan-02-2006", true},
	{"02-Jan-2006", true},
}

// slashed are dates that are read by the order of day and month that a kind of file
// has; the day stands for itself.
var slashed = map[dateOrder][]string{
	monthFirst: {"1/2/06", "1/2/2006", "1-2-06", "1-2-2006"},
	dayFirst:   {"2/1/06", "2/1/2006", "2-1-06", "2-1-2006"},
}

// times may stand behind such a date.
var times = []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 3:04:05 PM"}

// utc is the zone of a time as people write it.
var utc = regexp.MustCompile(`([0-9]) ?(?:UTC|GMT|Z)(?: ?\+00:?00)?$`)

// moment reads a date, or date and time. A blank is the zero time.
func (r row) moment(name string, in *time.Location) (time.Time, error) {
	text := strings.TrimSpace(r.text(name) + " " + r.text(name+" time"))
	if text == "" {
		return time.Time{}, nil
	}
	if in == nil {
		in = time.UTC
	}
	if t, day, ok := r.memory.written(text, r.dates, in); ok {
		if t.Year() < 1990 || t.Year() > 2200 {
			return time.Time{}, r.fail(name, "the year of %q can not be right", short(text))
		}
		if day {
			t = endOfDay(t)
		}
		return t, nil
	}
	if r.serial {
		if t, ok := serialDate(text, r.since1904, in); ok {
			return t, nil
		}
	}
	return time.Time{}, r.fail(name, "%q is not a date; write it as 2026-01-31 or 2026-01-31 14:00", short(text))
}

// written reads a date; day says that it has no time.
func written(text string, order dateOrder, in *time.Location) (t time.Time, day, ok bool) {
	for _, m := range moments {
		if t, err := time.ParseInLocation(m.layout, text, in); err == nil {
			return t, m.day, true
		}
	}
	for _, layout := range slashed[order] {
		for _, hour := range times {
			if t, err := time.ParseInLocation(layout+hour, text, in); err == nil {
				return t, hour == "", true
			}
		}
	}
	return time.Time{}, false, false
}

func endOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, t.Location())
}

// serialDate reads a spreadsheet's date: days since 1899-12-30, or since 1904-01-01.
func serialDate(text string, since1904 bool, in *time.Location) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if since1904 {
		n += 1462
	}
	if err != nil || !(n >= 33_000 && n <= 110_000) {
		return time.Time{}, false
	}
	days := int(n)
	seconds := int((n-float64(days))*86_400 + 0.5)
	t := time.Date(1899, 12, 30+days, 0, 0, seconds, 0, in)
	if seconds == 0 {
		t = endOfDay(t)
	}
	return t, true
}

// cutUnit cuts "1,2 kg" into number and unit.
func cutUnit(text string) (digits, word string) {
	i := strings.IndexFunc(text, func(r rune) bool {
		return r >= 'a' && r <= 'z' && r != 'e' || r >= 'A' && r <= 'Z' && r != 'E' || r == 'µ'
	})
	if i < 0 {
		return text, ""
	}
	return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i:])
}

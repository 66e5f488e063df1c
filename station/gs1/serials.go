package gs1

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mostSerials is how many units one code may tell of: more are none of a box that is
// packed by hand.
const mostSerials = 1000

// longestMark is the most characters of a lot or a serial: GS1 has twenty, and makers
// who print their own more.
const longestMark = 70

// Serials returns those of a code that has one for each of several units, nil
// where it has one or none, or says something else of its units twice.
func (c Code) Serials() []string {
	var serials, lots []string
	for _, e := range c.Elements {
		switch {
		case e.AI == "21" && !slices.Contains(serials, e.Value):
			serials = append(serials, e.Value)
		case e.AI == "10" && !slices.Contains(lots, e.Value):
			lots = append(lots, e.Value)
		}
	}
	if len(lots) > 1 {
		return nil
	}
	return apart(serials)
}

// apart returns several serials, nil where they are not, or two of them are one.
func apart(serials []string) []string {
	seen := map[string]bool{}
	for _, serial := range serials {
		small := strings.ToLower(serial)
		if serial == "" || seen[small] {
			return nil
		}
		seen[small] = true
	}
	if len(serials) < 2 || len(serials) > mostSerials {
		return nil
	}
	return serials
}

// ReadSerials reads the serials of so many units as makers print them in one code beside
// their box and people type them: all of them with a comma, a semicolon, a bar or a new
// line between, or the first and the last with a hyphen, "A001-A010". Since a serial may
// have hyphens in it, that is a range only where it has just as many as there are units.
func ReadSerials(data string, units int) []string {
	parts := strings.FieldsFunc(data, func(r rune) bool { return strings.ContainsRune(",;|\t\r\n"+GS, r) })
	if len(parts) > 1 {
		for i, part := range parts {
			parts[i] = Mark(strings.TrimSpace(part))
		}
		return apart(parts)
	}
	text := Mark(strings.ReplaceAll(strings.ReplaceAll(data, "–", "-"), "..", "-"))
	for i, r := range text {
		if r != '-' || i == 0 {
			continue
		}
		if all := between(text[:i], text[i+1:], units); all != nil {
			return all
		}
	}
	return nil
}

// between counts from one serial to another, nil where that is not so many.
func between(first, last string, units int) []string {
	body := strings.TrimRight(first, "0123456789")
	digits := len(first) - len(body)
	if len(first) != len(last) || digits == 0 || digits > 18 || units < 2 || units > mostSerials || !strings.EqualFold(body, last[:len(body)]) {
		return nil
	}
	low, err := strconv.ParseInt(first[len(body):], 10, 64)
	high, wrong := strconv.ParseInt(last[len(body):], 10, 64)
	if err != nil || wrong != nil || high-low+1 != int64(units) {
		return nil
	}
	out := make([]string, units)
	for i := range out {
		out[i] = fmt.Sprintf("%s%0*d", body, digits, low+int64(i))
	}
	return out
}

// Coupon reports whether a code is of a coupon, which is never goods.
func (c Code) Coupon() bool {
	return slices.ContainsFunc(c.Elements, func(e Element) bool { return e.AI == "8110" || e.AI == "8112" || e.AI == "255" })
}

// Mark reads a lot or a serial; "" is none. Codes have no spaces in them: people who
// read one aloud put them there.
func Mark(text string) string {
	text = strings.Join(strings.Fields(text), "")
	if len(text) > longestMark || strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsGraphic(r) }) {
		return ""
	}
	return text
}

package gs1

import (
	"strconv"
	"strings"
)

// Quantity is an exact decimal number: Digits with the point Decimals places
// from the right, in Unit ("kg", "lb", "m"…; "" for amounts of money).
type Quantity struct {
	Digits   int64
	Decimals int
	Unit     string
}

// Quantity gives the number in a measure (31nn to 36nn), in an amount, price or
// per cent (39nn, without its currency), or in a count (30, 37).
func (e Element) Quantity() (Quantity, bool) {
	ai, ok := Lookup(e.AI)
	if !ok || ai.validate(e.Value) != nil {
		return Quantity{}, false
	}
	digits := e.Value
	switch e.AI[:2] {
	case "30", "37", "31", "32", "33", "34", "35", "36":
	case "39":
		if e.AI[2] == '1' || e.AI[2] == '3' {
			digits = digits[3:] // the currency stands first
		}
	default:
		return Quantity{}, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Quantity{}, false
	}
	return Quantity{Digits: n, Decimals: ai.Decimals, Unit: ai.Unit}, true
}

// NetWeight is the net weight that the elements give, in kg or lb.
func (es Elements) NetWeight() (Quantity, bool) { return es.first("310", "320") }

// GrossWeight is the gross weight that the elements give, in kg or lb.
func (es Elements) GrossWeight() (Quantity, bool) { return es.first("330", "340") }

// first gives the first quantity whose identifier begins with one of prefixes.
func (es Elements) first(prefixes ...string) (Quantity, bool) {
	for _, e := range es {
		for _, prefix := range prefixes {
			if strings.HasPrefix(e.AI, prefix) {
				return e.Quantity()
			}
		}
	}
	return Quantity{}, false
}

// String writes the number as people do, "1.750 kg".
func (q Quantity) String() string {
	text := strconv.FormatInt(q.Digits, 10)
	if missing := q.Decimals + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	if q.Decimals > 0 {
		point := len(text) - q.Decimals
		text = text[:point] + "." + text[point:]
	}
	if q.Unit != "" {
		text += " " + q.Unit
	}
	return text
}

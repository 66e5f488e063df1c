// Package wire reads what shops' answers are made of: words, numbers and amounts that
// arrive in whatever form a shop's programming language likes. PHP gives a number as a
// text, an empty object as an empty list and nothing as false; all of these are read.
// It must not know any shop, and what it returns is clean: no control characters, no
// entities, not too long.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"math"
	"strconv"
	"strings"
	"unicode"

	"packbench/station/unit"
)

// Text is a word, a number or nothing.
type Text string

// UnmarshalJSON reads it.
func (t *Text) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0, string(data) == "null", string(data) == "false", data[0] == '[', data[0] == '{':
		*t = ""
		return nil
	case data[0] == '"':
		var s string
		err := json.Unmarshal(data, &s)
		*t = Text(s)
		return err
	}
	*t = Text(data)
	return nil
}

// ID is the number of a row in the shop, 0 for none.
type ID int64

// UnmarshalJSON reads it, as a number or as text.
func (n *ID) UnmarshalJSON(data []byte) error {
	var t Text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	v, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil {
		v = 0
	}
	*n = ID(v)
	return nil
}

// String is the number.
func (n ID) String() string { return strconv.FormatInt(int64(n), 10) }

// Many are values of which one alone arrives without its list, and none as an empty text,
// as what was made for XML writes them.
type Many[T any] []T

// UnmarshalJSON reads them.
func (m *Many[T]) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0, string(data) == "null", string(data) == `""`:
		*m = nil
		return nil
	case data[0] == '[':
		return json.Unmarshal(data, (*[]T)(m))
	}
	var one T
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*m = Many[T]{one}
	return nil
}

// First is the first of them, or nothing.
func (m Many[T]) First() (first T) {
	if len(m) > 0 {
		first = m[0]
	}
	return first
}

// Whole reads a number of units: "2", 2, "2.0" and "-1", nothing that has a part.
func Whole(t Text) (int, error) {
	n, err := strconv.ParseFloat(strings.TrimSpace(string(t)), 64)
	switch {
	case err != nil || math.IsNaN(n):
		return 0, errors.New("a quantity is not a number")
	case math.Abs(n) > MostUnits:
		return 0, errors.New("a quantity is far too large")
	case n != math.Trunc(n):
		return 0, errors.New("a quantity is not a whole number of pieces")
	}
	return int(n), nil
}

// MostUnits is how many units a line may have.
const MostUnits = 1_000_000

// Clean makes a line of a text: no entities, no control characters, not too long.
func Clean(s string, most int) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most])
	}
	return s
}

// Money reads an amount, zero where it is none.
func Money(amount, currency Text) unit.Money {
	if amount == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(string(amount), string(currency))
	if err != nil {
		return unit.Money{}
	}
	return m
}

// Each is what was paid for one unit of a line: its total by its units, rounded half up;
// zero where either is missing.
func Each(total, units, currency Text) unit.Money {
	m := Money(total, currency)
	n, err := Whole(units)
	if err != nil || n <= 0 || m.Currency == "" {
		return unit.Money{}
	}
	m.Minor = (m.Minor + int64(n)/2) / int64(n)
	return m
}

package gs1

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Element is one application identifier with its value.
type Element struct {
	AI    string
	Value string
}

// Elements are the elements of one code in the order read.
type Elements []Element

// Get returns the first value of an identifier.
func (es Elements) Get(ai string) (string, bool) {
	for _, e := range es {
		if e.AI == ai {
			return e.Value, true
		}
	}
	return "", false
}

// String is the form printed under the bars, "(01)09521234543213(10)L1". An
// opening bracket inside a value gets a backslash.
func (es Elements) String() string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString("(" + e.AI + ")" + strings.ReplaceAll(e.Value, "(", `\(`))
	}
	return b.String()
}

// maxWarnings keeps what a person is told short for any input.
const maxWarnings = 8

// ErrTooLong says that the data is longer than any barcode.
var ErrTooLong = fmt.Errorf("the code is longer than any barcode (%d characters)", MaxLength)

// Parse reads an element string: identifiers and values without the symbology
// identifier, GS where a value has no predefined length. A GS that got lost on
// its way cannot be seen: the rest is then part of the value before it. A
// leading GS, one too many between two values, identifiers that lack their usual company, and one identifier
// with two values are warnings; all else that breaks the rules is an error.
func Parse(data string) (Elements, []string, error) {
	if len(data) > MaxLength {
		return nil, nil, ErrTooLong
	}
	var warnings []string
	if rest := strings.TrimLeft(data, GS); rest != data {
		data = rest
		warnings = append(warnings, "the code begins with a separator that does not belong there")
	}
	if warnings == nil && strings.Contains(data, GS+GS) {
		warnings = append(warnings, "the code has two separators in a row")
	}
	if data == "" {
		return nil, nil, errors.New("the code is empty")
	}
	var es Elements
	for data != "" {
		ai, ok := codeAt(data)
		if !ok {
			return nil, nil, unknown(data, es)
		}
		data = data[len(ai.Code):]
		value, rest, err := ai.take(data)
		if err != nil {
			return nil, nil, err
		}
		if err := ai.validate(value); err != nil {
			return nil, nil, err
		}
		es = append(es, Element{ai.Code, value})
		data = strings.TrimLeft(rest, GS)
	}
	return es, append(warnings, es.company()...), nil
}

// take cuts the value of ai off data, with the GS behind it.
func (ai AI) take(data string) (value, rest string, err error) {
	if !ai.Fixed {
		value, rest, _ = strings.Cut(data, GS)
		return value, rest, nil
	}
	_, size := ai.size()
	if stop := strings.Index(data, GS); stop >= 0 && stop < size {
		return "", "", ai.sizeError(stop, size, size)
	}
	if len(data) < size {
		return "", "", ai.sizeError(len(data), size, size)
	}
	return data[:size], strings.TrimPrefix(data[size:], GS), nil
}

// unknown tells where the identifiers end.
func unknown(data string, before Elements) error {
	begin := data[:min(4, len(data))]
	if len(before) == 0 {
		return fmt.Errorf("the code begins with %s, which is no GS1 identifier", clip(begin))
	}
	last := before[len(before)-1]
	return fmt.Errorf("after (%s)%s comes %s, which is no GS1 identifier", last.AI, last.Value, clip(begin))
}

// company warns of identifiers with two values and of missing or forbidden
// neighbours. These rules hold over all barcodes of a parcel, of which only one
// is seen here, so they are never errors.
func (es Elements) company() []string {
	values := make(map[string]string, len(es))
	var warnings []string
	warn := func(format string, args ...any) {
		text := fmt.Sprintf(format, args...)
		if len(warnings) < maxWarnings && !slices.Contains(warnings, text) {
			warnings = append(warnings, text)
		}
	}
	for _, e := range es {
		if value, ok := values[e.AI]; ok && value != e.Value {
			warn("(%s) is there with two different values", e.AI)
			continue
		}
		values[e.AI] = e.Value
		if ai, _ := Lookup(e.AI); ai.listed {
			for _, doubt := range ai.doubts(e.Value) {
				warn("%s", doubt)
			}
		}
	}
	present := slices.Sorted(maps.Keys(values))
	has := func(pattern string) bool {
		return slices.ContainsFunc(present, func(code string) bool { return matches(pattern, code) })
	}
	for _, code := range present {
		ai, _ := Lookup(code)
		for _, need := range ai.needs {
			if !met(need, has) {
				warn("(%s) %s usually comes with %s; it may be on another barcode", code, ai.Title, listed(need))
			}
		}
		for _, other := range present {
			if other != code && slices.ContainsFunc(ai.bars, func(p string) bool { return matches(p, other) }) {
				warn("(%s) and (%s) do not belong on one parcel", min(code, other), max(code, other))
			}
		}
	}
	return warnings
}

// met reports whether one of the alternatives is there with all that it joins.
func met(need []string, has func(pattern string) bool) bool {
	for _, group := range need {
		missing := func(pattern string) bool { return !has(pattern) }
		if !slices.ContainsFunc(strings.Split(group, "+"), missing) {
			return true
		}
	}
	return false
}

// listed writes alternatives for a person: "(01), (02) or (03)".
func listed(codes []string) string {
	text := make([]string, len(codes))
	for i, code := range codes {
		text[i] = "(" + strings.ReplaceAll(code, "+", ")+(") + ")"
	}
	if len(text) == 1 {
		return text[0]
	}
	last := len(text) - 1
	return strings.Join(text[:last], ", ") + " or " + text[last]
}

// EncodeElements writes an element string, with GS only behind values without a
// predefined length that are not the last. It fails on what Parse would refuse.
func EncodeElements(es Elements) (string, error) {
	if len(es) == 0 {
		return "", errors.New("there is nothing to encode")
	}
	var b strings.Builder
	for i, e := range es {
		ai, ok := Lookup(e.AI)
		if !ok {
			return "", fmt.Errorf("%s is no GS1 identifier", clip(e.AI))
		}
		if err := ai.validate(e.Value); err != nil {
			return "", err
		}
		b.WriteString(e.AI + e.Value)
		if !ai.Fixed && i < len(es)-1 {
			b.WriteString(GS)
		}
		if b.Len() > MaxLength {
			return "", ErrTooLong
		}
	}
	return b.String(), nil
}

// ParseBracketed reads the form that people write, "(01)…(10)…". A bracket
// begins an identifier only if 2 to 4 digits and a closing bracket follow;
// inside a value such a bracket needs a backslash before it.
func ParseBracketed(text string) (Elements, []string, error) {
	if len(text) > MaxLength {
		return nil, nil, ErrTooLong
	}
	if bracket(text) == 0 {
		return nil, nil, fmt.Errorf("%s does not begin with an identifier in brackets", clip(text))
	}
	var es Elements
	for text != "" {
		n := bracket(text)
		code := text[1 : n-1]
		ai, ok := Lookup(code)
		if !ok {
			return nil, nil, fmt.Errorf("(%s) is no GS1 identifier", code)
		}
		value, rest := bracketValue(text[n:])
		value = ai.filled(value)
		if err := ai.validate(value); err != nil {
			return nil, nil, err
		}
		es = append(es, Element{code, value})
		text = rest
	}
	return es, es.company(), nil
}

// filled gives a GTIN that is written with fewer than 14 digits its zeros back,
// if its check digit is right. It is for forms that say where a value ends: in an
// element string a short one was cut off.
func (ai AI) filled(value string) string {
	if ai.Code != "01" && ai.Code != "02" && ai.Code != "03" {
		return value
	}
	if gtin, err := ParseGTIN(value); err == nil {
		return string(gtin)
	}
	return value
}

// bracket returns the length of the identifier in brackets that text begins
// with, 0 if there is none.
func bracket(text string) int {
	if text == "" || text[0] != '(' {
		return 0
	}
	end := strings.IndexByte(text[:min(6, len(text))], ')')
	if end < 3 || !allDigits(text[1:end]) {
		return 0
	}
	return end + 1
}

// bracketValue cuts a value off text, up to the next identifier in brackets.
func bracketValue(text string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], `\(`):
			i++
		case bracket(text[i:]) > 0:
			return b.String(), text[i:]
		}
		b.WriteByte(text[i])
	}
	return b.String(), ""
}

package gs1

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// AI is one application identifier and the format of its value.
type AI struct {
	Code  string // "10", "3103"
	Title string // "BATCH/LOT"
	Fixed bool   // predefined length: no GS is needed after it

	parts      []part
	needs      [][]string // each must be met by one alternative, its identifiers joined by "+"
	bars       []string
	listed     bool // a part of it is of a list that grows, see lists
	query, key bool // may stand in a Digital Link's query; may be its key
	qualifiers [][]string
}

// part is a run of characters inside a value.
type part struct {
	set      byte // 'N', 'X', 'Y' or 'Z'
	min, max int
	optional bool
	check    string
}

// Lookup finds an application identifier by its digits.
func Lookup(code string) (AI, bool) {
	all, _ := dictionary()
	ai, ok := all[code]
	return ai, ok
}

// dictionary is the table of identifiers, spread out once. An error in the
// table itself is shown by a test.
var dictionary = sync.OnceValues(func() (map[string]AI, error) {
	all := make(map[string]AI, 600)
	var problem error
	for _, r := range rows {
		problem = errors.Join(problem, r.spread(all))
	}
	for _, m := range measures {
		r := row{m.prefix + "0-" + m.prefix + "5", "*?", "N6", m.needs, m.prefix + "n", "", m.title}
		problem = errors.Join(problem, r.spread(all))
	}
	return all, problem
})

// spread adds each identifier of the row's range to all.
func (r row) spread(all map[string]AI) error {
	first, last, _ := strings.Cut(r.ais, "-")
	if last == "" {
		last = first
	}
	from, err := strconv.Atoi(first)
	if err != nil {
		return fmt.Errorf("identifier %s: %w", r.ais, err)
	}
	to, err := strconv.Atoi(last)
	if err != nil {
		return fmt.Errorf("identifier %s: %w", r.ais, err)
	}
	parts, err := parseSpec(r.spec)
	if err != nil {
		return fmt.Errorf("identifier %s: %w", r.ais, err)
	}
	for n := from; n <= to; n++ {
		ai := AI{
			Code: fmt.Sprintf("%0*d", len(first), n), Title: r.title, parts: parts,
			listed: slices.ContainsFunc(parts, func(p part) bool { return lists[p.check] != nil }),
			Fixed:  strings.Contains(r.flags, "*"), query: strings.Contains(r.flags, "?"),
		}
		for _, need := range strings.Fields(r.needs) {
			ai.needs = append(ai.needs, strings.Split(need, ","))
		}
		if r.bars != "" {
			ai.bars = strings.Split(r.bars, ",")
		}
		if r.path != "" {
			ai.key = true
		}
		if r.path != "" && r.path != "key" {
			for way := range strings.SplitSeq(r.path, "|") {
				ai.qualifiers = append(ai.qualifiers, strings.Split(way, ","))
			}
		}
		if _, twice := all[ai.Code]; twice {
			return fmt.Errorf("identifier %s stands twice in the table", ai.Code)
		}
		all[ai.Code] = ai
	}
	return nil
}

// parseSpec reads "N13,csum [X..17]".
func parseSpec(spec string) ([]part, error) {
	var parts []part
	for word := range strings.FieldsSeq(spec) {
		var p part
		if inner, ok := strings.CutPrefix(word, "["); ok {
			p.optional = true
			word = strings.TrimSuffix(inner, "]")
		}
		size, check, _ := strings.Cut(word, ",")
		p.check = check
		if len(size) < 2 || !strings.Contains("NXYZ", size[:1]) {
			return nil, fmt.Errorf("format %q is not understood", word)
		}
		p.set = size[0]
		number, upTo := strings.CutPrefix(size[1:], "..")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("format %q is not understood", word)
		}
		p.min, p.max = n, n
		if upTo {
			p.min = 1
		}
		_, hard := checks[check]
		if _, soft := lists[check]; check != "" && !hard && !soft {
			return nil, fmt.Errorf("check %q is not known", check)
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("format %q is empty", spec)
	}
	return parts, nil
}

// size returns the least and most characters of a value.
func (ai AI) size() (least, most int) {
	for _, p := range ai.parts {
		if !p.optional {
			least += p.min
		}
		most += p.max
	}
	return least, most
}

// codeAt finds the identifier that data begins with.
func codeAt(data string) (AI, bool) {
	for n := 4; n >= 2; n-- {
		if len(data) < n {
			continue
		}
		if ai, ok := Lookup(data[:n]); ok {
			return ai, true
		}
	}
	return AI{}, false
}

// matches reports whether code fits a pattern such as "310n".
func matches(pattern, code string) bool {
	if len(pattern) != len(code) {
		return false
	}
	for i := range len(code) {
		if pattern[i] != 'n' && pattern[i] != code[i] {
			return false
		}
	}
	return true
}

// inSet reports whether c may stand in a part of the given set: N digits, X
// GS1's set of 82, Y its set of 39, Z base64url.
func inSet(set, c byte) bool {
	digit := c >= '0' && c <= '9'
	upper := c >= 'A' && c <= 'Z'
	lower := c >= 'a' && c <= 'z'
	switch set {
	case 'N':
		return digit
	case 'X':
		return digit || upper || lower || strings.IndexByte(`!"%&'()*+,-./:;<=>?_`, c) >= 0
	case 'Y':
		return digit || upper || strings.IndexByte("#-/", c) >= 0
	case 'Z':
		return digit || upper || lower || strings.IndexByte("-_=", c) >= 0
	}
	return false
}

// validate says in words what is wrong with a value of ai, nil if nothing is.
func (ai AI) validate(value string) error {
	least, most := ai.size()
	if n := len(value); n < least || n > most {
		return ai.sizeError(n, least, most)
	}
	rest := value
	for _, p := range ai.parts {
		if rest == "" && p.optional {
			break
		}
		n := min(p.max, len(rest))
		if n < p.min {
			return fmt.Errorf("(%s) %s: %s is cut short", ai.Code, ai.Title, clip(value))
		}
		piece := rest[:n]
		rest = rest[n:]
		for i := range len(piece) {
			if !inSet(p.set, piece[i]) {
				return fmt.Errorf("(%s) %s: %s must not hold the character %s", ai.Code, ai.Title, clip(value), clip(piece[i:i+1]))
			}
		}
		if check, ok := checks[p.check]; ok {
			if problem := check(piece); problem != "" {
				return fmt.Errorf("(%s) %s: %s %s", ai.Code, ai.Title, clip(value), problem)
			}
		}
	}
	if rest != "" {
		return ai.sizeError(len(value), least, most)
	}
	return nil
}

func (ai AI) sizeError(n, least, most int) error {
	hint := ""
	switch {
	case n == 0:
		return fmt.Errorf("(%s) %s: the value is missing", ai.Code, ai.Title)
	case n < least:
		hint = "; the code is cut off or misread"
	case !ai.Fixed:
		hint = "; a separator may be missing after it"
	}
	if least == most {
		return fmt.Errorf("(%s) %s: it has %d characters, it must have %d%s", ai.Code, ai.Title, n, most, hint)
	}
	return fmt.Errorf("(%s) %s: it has %d characters, it may have %d to %d%s", ai.Code, ai.Title, n, least, most, hint)
}

// qualifies reports whether code is a qualifier of the Digital Link key ai that
// may stand in a path beside those that are there.
func (ai AI) qualifies(code string, there []string) bool {
	return slices.ContainsFunc(ai.qualifiers, func(way []string) bool {
		return slices.Contains(way, code) && inOrder(there, way)
	})
}

package shopifysim

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The part of GraphQL's grammar that clients of shops use: operations with variables,
// fields with aliases, arguments, directives and selections, fragments.

type document struct {
	operations []operation
	fragments  map[string][]selection
}

type operation struct {
	kind, name string // query or mutation
	vars       []variable
	sel        []selection
}

type variable struct {
	name     string
	required bool
	value    any // its default
}

// selection is a field, or a fragment where fragment is set: "..." for one that stands
// inline, else its name.
type selection struct {
	fragment   string
	alias      string
	name       string
	args       map[string]any
	directives map[string]map[string]any
	sel        []selection
	line, col  int
}

// key is what the field's value is called in the answer.
func (s selection) key() string {
	if s.alias != "" {
		return s.alias
	}
	return s.name
}

// ref stands for a variable in a value, enum for a word.
type (
	ref  string
	enum string
)

type parser struct {
	src  string
	at   int
	err  error
	deep int
}

const mostDepth = 50

func parse(src string) (document, error) {
	p := &parser{src: src}
	d := document{fragments: map[string][]selection{}}
	for p.skip(); p.at < len(p.src) && p.err == nil; p.skip() {
		switch {
		case p.peek("{"):
			d.operations = append(d.operations, operation{kind: "query", sel: p.selections()})
		case p.peek("fragment"):
			p.word()
			name := p.word()
			p.word() // on
			p.word()
			d.fragments[name] = p.selections()
		default:
			o := operation{kind: p.word()}
			if o.kind != "query" && o.kind != "mutation" {
				p.fail("an operation")
				break
			}
			if !p.peek("{") && !p.peek("(") {
				o.name = p.word()
			}
			if p.peek("(") {
				o.vars = p.variables()
			}
			o.sel = p.selections()
			d.operations = append(d.operations, o)
		}
	}
	if p.err == nil && len(d.operations) == 0 {
		p.err = errors.New("no operation")
	}
	for name := range d.fragments {
		if left := 10_000; p.err == nil && d.holds(d.fragments[name], name, &left) {
			p.err = fmt.Errorf("fragment %s holds itself, or too many others", name)
		}
	}
	return d, p.err
}

// holds reports whether a fragment is within a selection, at any depth, or whether that
// takes too many steps to find out.
func (d document) holds(sel []selection, name string, left *int) bool {
	for _, s := range sel {
		if *left--; *left < 0 {
			return true
		}
		inner := s.sel
		if s.fragment != "" && s.fragment != "..." {
			inner = d.fragments[s.fragment]
		}
		if s.fragment == name || d.holds(inner, name, left) {
			return true
		}
	}
	return false
}

func (p *parser) fail(wanted string) {
	if p.err == nil {
		line, col := p.place()
		p.err = fmt.Errorf("syntax error, expected %s, at [%d, %d]", wanted, line, col)
	}
}

func (p *parser) place() (line, col int) {
	before := p.src[:min(p.at, len(p.src))]
	return strings.Count(before, "\n") + 1, len(before) - strings.LastIndex(before, "\n")
}

// skip passes what has no meaning: spaces, commas, comments.
func (p *parser) skip() {
	for p.at < len(p.src) {
		switch c := p.src[p.at]; {
		case c == '#':
			for p.at < len(p.src) && p.src[p.at] != '\n' {
				p.at++
			}
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) peek(text string) bool {
	p.skip()
	return strings.HasPrefix(p.src[p.at:], text)
}

func (p *parser) take(text string) bool {
	if !p.peek(text) {
		return false
	}
	p.at += len(text)
	return true
}

func (p *parser) want(text string) {
	if !p.take(text) {
		p.fail(text)
	}
}

func (p *parser) word() string {
	p.skip()
	from := p.at
	for p.at < len(p.src) {
		c := p.src[p.at]
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			break
		}
		p.at++
	}
	if from == p.at {
		p.fail("a name")
	}
	return p.src[from:p.at]
}

func (p *parser) variables() (out []variable) {
	p.want("(")
	for p.err == nil && !p.take(")") {
		p.want("$")
		v := variable{name: p.word()}
		p.want(":")
		for p.take("[") {
		}
		p.word()
		for {
			if p.take("!") {
				v.required = true
			} else if p.take("]") {
				v.required = false
			} else {
				break
			}
		}
		if p.take("=") {
			v.value = p.value()
		}
		out = append(out, v)
	}
	return out
}

func (p *parser) selections() (out []selection) {
	if p.deep++; p.deep > mostDepth {
		p.fail("less depth")
	}
	defer func() { p.deep-- }()
	p.want("{")
	for p.err == nil && !p.take("}") {
		out = append(out, p.selection())
	}
	return out
}

func (p *parser) selection() (s selection) {
	if p.take("...") {
		if p.peek("on ") {
			p.word()
			p.word()
		} else if !p.peek("{") {
			return selection{fragment: p.word()}
		}
		return selection{fragment: "...", sel: p.selections()}
	}
	p.skip()
	s.line, s.col = p.place()
	s.name = p.word()
	if p.take(":") {
		s.alias, s.name = s.name, p.word()
	}
	if p.peek("(") {
		s.args = p.arguments()
	}
	for p.take("@") {
		if s.directives == nil {
			s.directives = map[string]map[string]any{}
		}
		name := p.word()
		s.directives[name] = map[string]any{}
		if p.peek("(") {
			s.directives[name] = p.arguments()
		}
	}
	if p.peek("{") {
		s.sel = p.selections()
	}
	return s
}

func (p *parser) arguments() map[string]any {
	out := map[string]any{}
	p.want("(")
	for p.err == nil && !p.take(")") {
		name := p.word()
		p.want(":")
		out[name] = p.value()
	}
	return out
}

func (p *parser) value() any {
	p.skip()
	if p.at >= len(p.src) {
		p.fail("a value")
		return nil
	}
	switch c := p.src[p.at]; {
	case c == '$':
		p.at++
		return ref(p.word())
	case c == '"':
		return p.text()
	case c == '[':
		p.at++
		list := []any{}
		for p.err == nil && !p.take("]") {
			list = append(list, p.value())
		}
		return list
	case c == '{':
		p.at++
		out := map[string]any{}
		for p.err == nil && !p.take("}") {
			name := p.word()
			p.want(":")
			out[name] = p.value()
		}
		return out
	case c == '-' || c >= '0' && c <= '9':
		from := p.at
		for p.at < len(p.src) && strings.ContainsRune("+-.eE0123456789", rune(p.src[p.at])) {
			p.at++
		}
		n, err := strconv.ParseFloat(p.src[from:p.at], 64)
		if err != nil {
			p.fail("a number")
		}
		return n
	}
	switch w := p.word(); w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	default:
		return enum(w)
	}
}

func (p *parser) text() string {
	from := p.at
	for p.at++; p.at < len(p.src) && p.src[p.at] != '"' && p.src[p.at] != '\n'; p.at++ {
		if p.src[p.at] == '\\' {
			p.at++
		}
	}
	if p.at >= len(p.src) || p.src[p.at] != '"' {
		p.at = min(p.at, len(p.src))
		p.fail("the end of a text")
		return ""
	}
	p.at++
	text, err := strconv.Unquote(p.src[from:p.at])
	if err != nil || !utf8.ValidString(text) {
		p.fail("a text")
	}
	return text
}

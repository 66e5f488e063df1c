package phrases

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"packbench/assets/translations"
)

// Speeches are the languages that screens speak: the files beside those of papers,
// each read when somebody wants its language. Their phrases have arguments by name, in
// braces, and more than one form where they count something:
//
//	"{n} units".one = "{n} Stück"
type Speeches struct {
	files fs.FS
	book  Book // by their tags alone
}

// Speech is one of them. The zero value is English.
type Speech struct{ read *speech }

type speech struct {
	tag     string
	lang    language.Tag
	phrases map[string]string
	plurals map[form]string
}

// form is a phrase for a number of things.
type form struct{ english, plural string }

var forms = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// Supplied lists the languages that come with the program.
func Supplied() (Speeches, error) { return ListSpeeches(translations.Screens()) }

// ListSpeeches lists the languages of a folder of files, and reads none of them.
func ListSpeeches(files fs.FS) (Speeches, error) {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return Speeches{}, err
	}
	s := Speeches{files: files}
	for _, name := range names {
		l, err := named(name)
		if err != nil {
			return Speeches{}, err
		}
		s.book.languages = append(s.book.languages, l)
	}
	return s, nil
}

// Tags lists the languages by their tags, English first.
func (s Speeches) Tags() []string { return s.book.Tags() }

// Has reports whether a tag asks for a language that is here.
func (s Speeches) Has(tag string) bool { return s.book.Has(tag) }

// In reads the language that a tag asks for, as [Book.In] finds it.
func (s Speeches) In(tag string) (Speech, error) {
	l, _ := s.book.find(tag)
	if l.tag == "" {
		return Speech{}, nil
	}
	name := l.tag + ".toml"
	data, err := fs.ReadFile(s.files, name)
	if err != nil {
		return Speech{}, err
	}
	all, err := parse(string(data))
	if err != nil {
		return Speech{}, fmt.Errorf("translation %s: %w", name, err)
	}
	out := &speech{tag: l.tag, lang: language.Make(l.tag), phrases: make(map[string]string, len(all)), plurals: map[form]string{}}
	for english, text := range all {
		for _, t := range []string{english, text} {
			if open, shut := strings.Count(t, "{"), strings.Count(t, "}"); open != shut {
				return Speech{}, fmt.Errorf("translation %s: %q has %d × { and %d × }: each argument stands between the two", name, t, open, shut)
			}
		}
		phrase, which, counted := strings.Cut(english, pluralMark)
		if !counted {
			out.phrases[phrase] = text
			continue
		}
		if !isForm(which) {
			return Speech{}, fmt.Errorf("translation %s: %q has the form %q: there are zero, one, two, few, many, other", name, phrase, which)
		}
		out.plurals[form{phrase, which}] = text
	}
	return Speech{out}, nil
}

func isForm(name string) bool {
	for _, f := range forms {
		if f == name {
			return true
		}
	}
	return false
}

// Tag names the language.
func (s Speech) Tag() string {
	if s.read == nil {
		return English
	}
	return s.read.tag
}

// English reports whether phrases stay as they are.
func (s Speech) English() bool { return s.read == nil }

// Phrase returns what stands for an English phrase; the phrase itself where the
// language has none.
func (s Speech) Phrase(english string) string {
	if s.read != nil {
		if p := s.read.phrases[english]; p != "" {
			return p
		}
	}
	return english
}

// Has reports whether the language has a phrase of its own for it.
func (s Speech) Has(english string) bool {
	return s.read == nil || s.read.phrases[english] != "" || s.read.plurals[form{english, "other"}] != ""
}

// Say returns a phrase with its arguments, each behind its name.
func (s Speech) Say(english string, args ...string) string { return Fill(s.Phrase(english), args...) }

// Count returns a phrase about n things in the form that its language has for so many;
// {n} is the number.
func (s Speech) Count(english string, n int, args ...string) string {
	phrase := english
	if s.read != nil {
		which := forms[plural.Cardinal.MatchPlural(s.read.lang, max(n, -n), 0, 0, 0, 0)]
		if phrase = s.read.plurals[form{english, which}]; phrase == "" {
			if phrase = s.read.plurals[form{english, "other"}]; phrase == "" {
				phrase = s.Phrase(english)
			}
		}
	}
	return Fill(phrase, append(args, "n", strconv.Itoa(n))...)
}

// Fill puts arguments into a phrase, each behind its name. One that nobody gave is left
// out.
func Fill(phrase string, args ...string) string {
	if !strings.Contains(phrase, "{") {
		return phrase
	}
	var out strings.Builder
	out.Grow(len(phrase) + 32)
	for {
		before, rest, found := strings.Cut(phrase, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == name {
				out.WriteString(args[i+1])
			}
		}
		phrase = after
	}
}

// Each calls f with every phrase of the language and what stands for it: a phrase that
// counts with each of its forms, named behind it.
func (s Speech) Each(f func(english, form, text string)) {
	if s.read == nil {
		return
	}
	for english, text := range s.read.phrases {
		f(english, "", text)
	}
	for of, text := range s.read.plurals {
		f(of.english, of.plural, text)
	}
}

// Package phrases gives phrases in the language of their reader: on paper, and
// on any screen that asks for it. It owns how a language is found for a tag
// ("de-AT") or a country, and that a phrase is never empty: what no translation
// has stays English. It must not know what a phrase is for, nor hold one;
// assets/translations does.
//
// [Load] the [Book] once, take a [Language] by its tag or by a country, and ask
// it with the English phrase as the key.
package phrases

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"packbench/assets/translations"
)

// English is the tag of the language that phrases are written in.
const English = "en"

// Book is all languages. The zero value knows English.
type Book struct{ languages []Language }

// Language is one of them. The zero value is English.
type Language struct {
	tag     string
	base    language.Base
	script  language.Script
	phrases map[string]string
}

// Load reads the supplied languages.
func Load() (Book, error) { return Read(translations.Files()) }

// Read reads the languages of other files: one each, as in assets/translations.
func Read(files fs.FS) (Book, error) {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return Book{}, err
	}
	var b Book
	for _, name := range names {
		l, err := named(name)
		if err != nil {
			return Book{}, err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return Book{}, err
		}
		if l.phrases, err = parse(string(data)); err != nil {
			return Book{}, fmt.Errorf("translation %s: %w", name, err)
		}
		b.languages = append(b.languages, l)
	}
	return b, nil
}

// named is the language that a file is named by.
func named(file string) (Language, error) {
	l := Language{tag: strings.TrimSuffix(file, ".toml")}
	tag, err := language.Parse(l.tag)
	if err != nil {
		return Language{}, fmt.Errorf("translation %s: its name is no language: %w", file, err)
	}
	l.base, _ = tag.Base()
	l.script, _ = tag.Script()
	return l, nil
}

// pluralMark stands between a phrase and its form in what parse returns.
const pluralMark = "\x00"

// parse reads lines of "English phrase" = "what stands for it", some with the form of a
// number behind the phrase (.few), empty ones and comments. That is TOML, but all of it that a list of phrases needs: every
// start of the program reads all languages, which takes a TOML library twenty
// times as long.
func parse(text string) (map[string]string, error) {
	phrases := make(map[string]string)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		english, rest, err := quoted(line)
		if err == nil {
			sign, after, _ := strings.Cut(rest, "=")
			form, counted := strings.CutPrefix(strings.TrimSpace(sign), ".")
			if text, rest, err = quoted(strings.TrimSpace(after)); err == nil && (form != "" && !counted || rest != "") {
				err = strconv.ErrSyntax
			}
			if counted {
				english += pluralMark + form
			}
		}
		if err != nil {
			return nil, fmt.Errorf(`line %d: %s: it is not a line such as "Order %%s" = "Bestellung %%s"`, n, line)
		}
		if _, twice := phrases[english]; twice {
			return nil, fmt.Errorf("line %d: %q stands here twice", n, english)
		}
		phrases[english] = text
	}
	return phrases, nil
}

// quoted takes a quoted text off the front of a line.
func quoted(line string) (text, rest string, err error) {
	if !strings.HasPrefix(line, `"`) {
		return "", "", strconv.ErrSyntax
	}
	q, err := strconv.QuotedPrefix(line)
	if err != nil {
		return "", "", err
	}
	text, err = strconv.Unquote(q)
	return text, line[len(q):], err
}

// Tags lists the languages by their tags, English first.
func (b Book) Tags() []string {
	tags := []string{English}
	for _, l := range b.languages {
		tags = append(tags, l.tag)
	}
	return tags
}

// In returns the language that a tag asks for, as settings, badges and computers
// write it: "de", "de-AT", "pt_BR.UTF-8", "zh-CN". Where the nearest is
// written in another script, it is no use to its reader; an unknown language
// is English, and so is none.
func (b Book) In(tag string) Language {
	l, _ := b.find(tag)
	return l
}

// Has reports whether a tag asks for a language that is here.
func (b Book) Has(tag string) bool {
	_, ok := b.find(tag)
	return ok
}

func (b Book) find(tag string) (Language, bool) {
	tag, _, _ = strings.Cut(tag, ".")
	tag, _, _ = strings.Cut(tag, "@")
	asked, err := language.Parse(tag)
	if err != nil || asked == language.Und {
		return Language{}, false
	}
	base, _ := asked.Base()
	script, _ := asked.Script()
	if base.String() == English {
		return Language{}, true
	}
	if name := base.String(); name == "no" || name == "nn" { // Norwegian is written in two ways; readers of one read the other
		base = language.MustParseBase("nb")
	}
	i := slices.IndexFunc(b.languages, func(l Language) bool { return l.base == base && l.script == script })
	if i < 0 {
		return Language{}, false
	}
	return b.languages[i], true
}

// Tag names the language.
func (l Language) Tag() string {
	if l.tag == "" {
		return English
	}
	return l.tag
}

// Phrase returns what stands for an English phrase; the phrase itself where the
// language has none.
func (l Language) Phrase(english string) string {
	if p := l.phrases[english]; p != "" {
		return p
	}
	return english
}

// Say returns a phrase with its %-signs filled.
func (l Language) Say(english string, args ...any) string {
	if len(args) == 0 {
		return l.Phrase(english)
	}
	return fmt.Sprintf(l.Phrase(english), args...)
}

package phrases

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"

	"packbench/assets/translations"
)

func load(t *testing.T) Book {
	t.Helper()
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// asked lists what papers ask for: the golden files of those who lay them out.
func asked(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, list := range []string{"../../labels/testdata/phrases.golden", "../../cmd/internal/papers/testdata/phrases.golden", "../site/testdata/phrases.golden"} {
		data, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestEveryLanguageSaysEveryPhraseAndNoOther(t *testing.T) {
	want := asked(t)
	languages := load(t).languages
	if len(languages) < 19 || len(want) < 100 {
		t.Fatalf("%d languages, %d phrases", len(languages), len(want))
	}
	for _, l := range languages {
		for _, phrase := range want {
			if strings.TrimSpace(l.phrases[phrase]) == "" {
				t.Errorf("%s lacks %q", l.tag, phrase)
			}
		}
		for phrase, text := range l.phrases {
			if !slices.Contains(want, phrase) {
				t.Errorf("%s: nothing asks for %q", l.tag, phrase)
			}
			if strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\t") {
				t.Errorf("%s: %q has space around it or a line break", l.tag, text)
			}
			if have, want := verbs(text), verbs(phrase); !slices.Equal(have, want) {
				t.Errorf("%s: %q asks for %v, %q for %v", l.tag, text, have, phrase, want)
			}
		}
	}
}

// verbs returns the %-signs of a phrase in the order of what they stand for. A
// number is the place of what it stands for: in "%[2]s %[1]d" a count comes
// first and a text second.
func verbs(phrase string) []string {
	var out []string
	next := 1
	for {
		_, rest, found := strings.Cut(phrase, "%")
		if !found {
			slices.Sort(out)
			return out
		}
		if number, after, ok := strings.Cut(rest, "]"); ok && strings.HasPrefix(number, "[") {
			if n, err := strconv.Atoi(number[1:]); err == nil {
				next, rest = n, after
			}
		}
		if rest == "" {
			return append(out, "a bare %")
		}
		out = append(out, strconv.Itoa(next)+rest[:1])
		phrase, next = rest[1:], next+1
	}
}

func TestVerbsAreSeen(t *testing.T) {
	for phrase, want := range map[string]string{
		"%d of %d": "1d 2d", "%[2]d/%[1]d": "1d 2d", "%[3]d年%[2]s%[1]d日": "1d 2s 3d", "none": "", "%s": "1s", "%[2]d": "2d", "100 %": "a bare %",
	} {
		if have := strings.Join(verbs(phrase), " "); have != want {
			t.Errorf("%q: %s, want %s", phrase, have, want)
		}
	}
}

func TestTheNearestLanguageIsFound(t *testing.T) {
	b := load(t)
	for tag, want := range map[string]string{
		"de": "de", "DE": "de", "de-AT": "de", "de_CH.UTF-8": "de", "de_DE@euro": "de", "pt-BR": "pt", "es-419": "es",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-Hans-HK": "zh-Hans",
		"zh-TW": "en", "zh-Hant": "en", "zh-HK": "en", // simplified characters are not theirs
		"no": "nb", "nb-NO": "nb", "nn": "nb", "uk-UA": "uk", "el": "el",
		"en": "en", "en-GB": "en", "": "en", "C": "en", "POSIX": "en", "xx": "en", "tlh": "en", "tr": "en", "de--": "en", "und": "en", "uk-Latn": "en", "\xff": "en",
	} {
		if have := b.In(tag).Tag(); have != want {
			t.Errorf("%q: %s, want %s", tag, have, want)
		}
	}
	if b.Has("tr") || b.Has("") || !b.Has("en-US") || !b.Has("de-AT") || (Book{}).Has("de") || !(Book{}).Has("en") {
		t.Error("Has says what In does not do")
	}
	if tags := b.Tags(); tags[0] != "en" || len(tags) != 1+len(b.languages) || !slices.Contains(tags, "ja") {
		t.Errorf("tags: %v", tags)
	}
}

func TestCountries(t *testing.T) {
	b := load(t)
	for country, want := range map[string]string{
		"AT": "de", "at ": "de", "PL": "pl", "JP": "ja", "GR": "el", "GB": "en", "BR": "pt", "MX": "es", "CN": "zh-Hans", "KR": "ko", "NO": "nb",
		"CH": "", "BE": "", "CA": "", "LU": "", "TW": "", "TR": "", "XX": "", "": "", "E ": "", "DEU": "",
	} {
		l, ok := b.Of(country)
		if ok != (want != "") || ok && l.Tag() != want {
			t.Errorf("%s: %s, %v, want %q", country, l.Tag(), ok, want)
		}
	}
	seen := map[string]string{}
	for tag, countries := range speakers {
		if !b.Has(tag) {
			t.Errorf("%s is not supplied", tag)
		}
		for _, c := range strings.Fields(countries) {
			if r, err := language.ParseRegion(c); err != nil || !r.IsCountry() || r.String() != c {
				t.Errorf("%s of %s is no country", c, tag)
			}
			if seen[c] != "" {
				t.Errorf("%s reads %s and %s", c, seen[c], tag)
			}
			seen[c] = tag
		}
	}
	if l, ok := (Book{}).Of("AT"); ok {
		t.Errorf("no book, and yet %s", l.Tag())
	}
}

func TestWhatIsMissingIsEnglish(t *testing.T) {
	b, err := Read(fstest.MapFS{"de.toml": {Data: []byte("\"Order %s\" = \"Bestellung %s\"\n\"Total\" = \"\"\n")}})
	if err != nil {
		t.Fatal(err)
	}
	de := b.In("de-CH")
	for have, want := range map[string]string{
		de.Say("Order %s", "7"): "Bestellung 7", de.Say("Total"): "Total", de.Phrase("Nothing like it"): "Nothing like it",
		de.Say("%d units", 3): "3 units", Language{}.Say("Order %s", "7"): "Order 7", b.In("fr").Say("Total"): "Total",
	} {
		if have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
}

func TestABrokenFileIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"# good\n\n\"a\" = 1": "line 3: ", "\"a\"=\"b\"\n\"a\" = \"c\"": "line 2: \"a\" stands here twice", "a = \"b\"": "line 1: a = ",
		"\"a\" = \"b\" c": "line 1: ", "\"a\" x = \"b\"": "line 1: ", "\"a = b": "line 1: ", "\"a\"": "line 1: ", "`a` = \"b\"": "line 1: ", "'a' = \"b\"": "line 1: ",
	} {
		if _, err := Read(fstest.MapFS{"de.toml": {Data: []byte(text)}}); err == nil || !strings.HasPrefix(err.Error(), "translation de.toml: "+want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Read(fstest.MapFS{"klingon language.toml": {}}); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Error(err)
	}
}

// The files are TOML, for editors and for whoever else reads them.
func TestFilesAreTOML(t *testing.T) {
	for _, l := range load(t).languages {
		var plain map[string]string
		if _, err := toml.DecodeFS(translations.Files(), l.tag+".toml", &plain); err != nil || !maps.Equal(plain, l.phrases) {
			t.Errorf("%s: TOML says something else: %v", l.tag, err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

package station_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// oldWords are sayings that packers had to read twice, with what is said instead.
// They must not come back.
var oldWords = []struct{ old, better string }{
	{`^(wrong|look here)$`, "Stop, Check"},
	{`\bis too many|\bare too many\?`, "One Tea, green too many?"},
	{`(an)?other box than chosen`, "Did you use a different box?"},
	{`\blet pass|\blets? (it|an?|the) ?(weight)? ?pass`, "Accept weight"},
	{`must allow it`, "A supervisor must approve voiding this label"},
	{`^again to `, "Press again to cancel this order"},
	{`^sure\?`, "Yes, cancel"},
	{`is complete with`, "You already have both Mug, white"},
	{`(where|as) it (stood|stands|stopped)`, "where you left off; carry on"},
	{`^old weight`, "Clear the scale first"},
	{`who is there`, "Badge not recognised; Sign in first"},
	{`who drives`, "Driver's name"},
	{`kept out of the records`, "not stored in the log"},
	{`^leave$`, "Cancel"},
	{`say the unit`, "Add a unit: 1.25 kg"},
	{`\blay (it|the|them)\b`, "Put it back in the tote"},
	{`fit this order \(unknown\)`, "There is no box XXL"},
	{`\bslipped\b`, "Packer error"},
	{`stands badly`, "isn't level"},
	{`\balike\b`, "2 similar"},
	{`nothing is wrong`, "All good"},
	{`^ask the (printer|scale)$`, "Check printer"},
	{`\bcarried (in|out)\b`, "from yesterday, still open"},
	{`\bknown.as\b`, "name"},
	{`^foreign$`, "Not one of our trace codes"},
	{`what can be done`, "Help"},
	{`^strangers$`, "Other products"},
	{`^(give|given) up$|\bgive (the order|the loading) up\b|was given up`, "Press Cancel again to stop loading"},
	{`counts as nothing`, "Tare set: the scale reads zero with this on it"},
	{`fault in packbench|looks after`, "packbench failed internally; your administrator"},
	{`nobody knows`, "we cannot tell whether the label printed"},
	{`does not know how`, "not supported by this version"},
	{`needs you\b`, "the label printer needs attention"},
	{`\bmend(ed|s)?($|[^a-z-])`, "fix it"},
	{`takes returns`, "for the returns desk"},
	{`keeps things as`, "anything else cancels this"},
	{`c[ao]me in whole`, "it was cut off"},
	{`what is wrong with it`, "Which item is damaged?"},
}

// TestOldWordsDoNotComeBack reads every text in the source, the README and the
// English side of the translations.
func TestOldWordsDoNotComeBack(t *testing.T) {
	var rules []*regexp.Regexp
	for _, w := range oldWords {
		rules = append(rules, regexp.MustCompile("(?i)"+w.old))
	}
	check := func(where, text string) {
		for i, r := range rules {
			if found := r.FindString(text); found != "" {
				t.Errorf("%s says %q in %q: rather %q", where, found, text, oldWords[i].better)
			}
		}
	}
	said := 0
	for _, name := range sources(t) {
		if name == "station/pack/old.go" {
			continue // it reads what journals of before say
		}
		for where, text := range texts(t, name) {
			said++
			check(where, text)
		}
	}
	if said < 3000 {
		t.Errorf("only %d texts were read", said)
	}
	phrases, err := filepath.Glob("../assets/translations/*.toml")
	if err != nil || len(phrases) == 0 {
		t.Fatal(phrases, err)
	}
	for _, name := range append(phrases, "../README.md") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			english, _, _ := strings.Cut(line, `" = "`)
			check(name, strings.Trim(english, "\"\n"))
		}
	}
}

// texts are the texts in a source file that people may read, each with its place:
// a word in small letters alone is a code.
func texts(t *testing.T, name string) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, filepath.Join("..", name), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && strings.ToLower(text) != text || strings.Contains(text, " ") {
				out[set.Position(n.Pos()).String()] = text
			}
		}
		return true
	})
	return out
}

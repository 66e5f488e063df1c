package phrases

import (
	"os"
	"strings"
	"testing"
)

// A thing has one name in each language on all papers and cards: that of the glossary.
func TestPhrasesKeepToTheGlossary(t *testing.T) {
	data, err := os.ReadFile("testdata/glossary.txt")
	if err != nil {
		t.Fatal(err)
	}
	book := load(t)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, " | ")
		if len(fields) != 4 || !book.Has(fields[0]) {
			t.Fatalf("%q is no line of a glossary", line)
		}
		term, said := strings.ToLower(fields[2]), false
		for english, text := range book.In(fields[0]).phrases {
			text = strings.ToLower(text)
			said = said || strings.Contains(text, term) || sameStem(text, term)
			for _, never := range strings.Split(strings.ToLower(fields[3]), ", ") {
				if strings.Contains(text, never) {
					t.Errorf("%s: %q is %q: say %q, not %q", fields[0], english, text, fields[2], never)
				}
			}
		}
		if !said {
			t.Errorf("%s: nothing says %q, which stands for %q", fields[0], fields[2], fields[1])
		}
	}
}

// sameStem reports whether a text has a word that begins as the term does: its end says
// the case and the number.
func sameStem(text, term string) bool {
	letters := []rune(term)
	return len(letters) > 4 && strings.Contains(text, string(letters[:len(letters)-2]))
}

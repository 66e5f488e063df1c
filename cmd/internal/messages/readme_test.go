package messages

import (
	"os"
	"strings"
	"testing"

	"packbench/station/message"
)

// The README names every kind of target, what it takes, and every kind of news.
func TestTheReadmeNamesEveryKind(t *testing.T) {
	data, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), "## Word to the team")
	text, _, _ = strings.Cut(text, "\n## ")
	row := func(id string) string {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "| `"+id+"` |") {
				return line
			}
		}
		t.Errorf("there is no row of %s", id)
		return ""
	}
	for _, k := range AllKinds() {
		for _, s := range k.Set {
			if !strings.Contains(row(k.ID), "`"+s.Key+"`") {
				t.Errorf("the row of %s does not have %s", k.ID, s.Key)
			}
		}
	}
	for _, s := range Common {
		row(s.Key)
	}
	for _, k := range message.Kinds() {
		if !strings.Contains(row("kinds"), "`"+string(k)+"`") {
			t.Errorf("the news %s are not named", k)
		}
	}
}

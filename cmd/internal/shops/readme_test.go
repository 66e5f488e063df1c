package shops

import (
	"os"
	"strings"
	"testing"

	"packbench/cmd/internal/shops/kinds"
)

// The README's tables of shops name every kind, and the settings that it takes.
func TestTheReadmeNamesEveryKind(t *testing.T) {
	data, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := func(heading string) map[string]string {
		_, table, _ := strings.Cut(string(data), heading)
		table, _, _ = strings.Cut(table, "\n\n")
		out := map[string]string{}
		for line := range strings.Lines(table) {
			if id, rest, found := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); found {
				out[id] = rest
			}
		}
		return out
	}
	does, takes := rows("\n| kind | orders |"), rows("\n| kind | `--set` |")
	for _, k := range kinds.All() {
		if does[k.ID] == "" {
			t.Errorf("the README does not say what `%s` does", k.ID)
		}
		for _, set := range k.Set {
			if !strings.Contains(takes[k.ID], "`"+set.Key+"`") {
				t.Errorf("the README does not say that `%s` takes %s", k.ID, set.Key)
			}
		}
	}
}

package shops

import (
	"os"
	"strings"
	"testing"
)

// The README's table of shops names every kind with its settings.
func TestTheReadmeNamesEveryKind(t *testing.T) {
	data, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "\n| kind | shipment back |")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := map[string]string{}
	for line := range strings.Lines(table) {
		if name, rest, found := strings.Cut(strings.TrimPrefix(line, "| "), " (`"); found {
			rows[name] = rest
		}
		if before, id, found := strings.Cut(line, ") (`"); found { // a name with a bracket of its own
			rows[strings.TrimPrefix(before, "| ")+")"] = id
		}
	}
	for _, k := range Kinds() {
		row, found := rows[k.Name]
		if !found || !strings.HasPrefix(row, k.ID+"`)") {
			t.Errorf("the README has no row of %s (`%s`)", k.Name, k.ID)
			continue
		}
		for _, set := range k.Set {
			if !strings.Contains(row, "`"+set.Key+"`") {
				t.Errorf("%s: the README lacks the setting %s", k.Name, set.Key)
			}
		}
	}
}

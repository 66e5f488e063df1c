package intake

import (
	"os"
	"strings"
	"testing"
)

// The README's table of files names every column that an importer takes.
func TestTheReadmeNamesEveryColumn(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for file, columns := range map[string]schema{
		"products": (&products{}).schema(nil), "orders": plainColumns(), "cartons": (&cartons{}).schema(nil), "people": (&people{}).schema(nil),
		"rates": (&priceList{}).schema(nil),
	} {
		_, row, found := strings.Cut(string(data), "\n| "+file+" | ")
		row, _, _ = strings.Cut(row, "\n")
		if !found {
			t.Errorf("the README has no row of %s", file)
		}
		for _, c := range columns {
			side, edge, two := strings.Cut(c.name, " ")
			if two && (side == "inner" || side == "outer") && edge != "width" { // one edge stands for all
				continue
			}
			if c.name != "grams" && c.name != "outer width" && !strings.Contains(row, "`"+c.name+"`") {
				t.Errorf("%s: the README lacks %q", file, c.name)
			}
		}
	}
}

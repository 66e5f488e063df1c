package intake

import (
	"fmt"
	"strings"
	"testing"
)

// A person says once what the columns of a file of products hold; what was not said
// counts as not there, whatever it is called.
func TestAFileOfProductsThatNobodyKnows(t *testing.T) {
	const file = "Teil;Was es ist;Strich;Wiegt g;Name\nMUG;Mug, blue;9520000000011;340;not this\n"
	said := Mapping{Columns: map[string]string{"sku": "Teil", "name": "Was es ist", "barcodes": "Strich", "mass": "Wiegt g"}}
	for want, m := range map[string]Mapping{
		"MUG Mug, blue 0.340 kg 9520000000011":  said,
		"headings":                              {Columns: map[string]string{"sku": "Teil"}, At: map[string]int{"sku": 9}},
		`which heading is the column "sku"`:     {Columns: map[string]string{"name": "Was es ist"}},
		`no column of products is called "qty"`: {Columns: map[string]string{"sku": "Teil", "qty": "Strich"}},
		"only the columns can be said":          {Columns: map[string]string{"sku": "Teil"}, DayFirst: true},
		`there is no column "Nummer"`:           {Columns: map[string]string{"sku": "Nummer"}},
	} {
		ask := func([]string) (Mapping, bool) { return m, true }
		items, rep, err := ReadProducts(t.Context(), strings.NewReader(file), "p.csv", Options{Mapping: ask})
		got := fmt.Sprint(err)
		if err == nil && len(items) == 1 {
			p := items[0]
			got = fmt.Sprintf("%s %s %s %s", p.SKU, p.Name, p.Mass, p.Barcodes[0].Code)
			if kept, loss := rep.Merge(p, p); loss != "" || kept.Name != p.Name {
				t.Errorf("merged it is %+v, %s", kept, loss)
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%+v: %s, want %s", m, got, want)
		}
	}
}

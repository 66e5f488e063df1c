package bench

import (
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/desk"
	"packbench/station/engine"
	"packbench/station/pack"
)

// A story calls carriers and services by their names, a question a question, and an
// order's tells of the van that its parcel left in, as the parcel's own does (P6).
func TestStoriesSayWhatHappenedInNames(t *testing.T) {
	c := newCounter(t, nil, nil)
	label := c.label().Label
	c.do(engine.Press{Command: pack.Command{Name: "reprint"}})
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "lost")})
	for _, raw := range []engine.Raw{
		engine.Scan{Data: "00" + label.SSCC}, engine.Press{Command: pack.Command{Name: "handover"}}, engine.Scan{Data: "00" + label.SSCC}, engine.Press{Command: pack.Command{Name: "handover"}},
	} {
		c.do(raw)
	}
	manifest := c.bench.Engine.State().Loading.Manifest
	c.leaves()
	for _, text := range []string{"1003", label.Tracking, label.SSCC} {
		found, err := desk.New(c.data).Find(t.Context(), text)
		if err != nil || len(found) != 1 {
			t.Fatalf("find %s: %v, %v", text, found, err)
		}
		left, reprinted, asked := 0, 0, 0
		for i, e := range found[0].Story {
			if strings.Contains(e.Text, "demo-post") || strings.Contains(e.Text, "post-small") || strings.Contains(e.Text, "Post-small") {
				t.Errorf("find %s: %q has an id in it", text, e.Text)
			}
			switch e.Kind {
			case "manifest-closed":
				left++
				if !strings.Contains(e.Text, manifest) || i != len(found[0].Story)-1 {
					t.Errorf("find %s: %d %q", text, i, e.Text)
				}
			case "reprinted":
				reprinted++
			case "asked":
				asked++
			}
		}
		if left != 1 || reprinted != 1 || asked == 0 {
			t.Errorf("find %s: %d vans, %d reprints, %d questions: %+v", text, left, reprinted, asked, found[0].Story)
		}
		if !slices.ContainsFunc(found[0].Story, func(e desk.Event) bool { return strings.Contains(e.Text, "in the van of Demo Post") }) {
			t.Errorf("find %s: the carrier has no name: %+v", text, found[0].Story)
		}
	}
}

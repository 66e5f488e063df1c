package bench

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup"
	"packbench/station/engine"
	"packbench/station/pack"
)

// The papers of a closed parcel are counted from the journal: the second one is a
// reprint, with a reason and its mark, also after the bench has done other things;
// a new label begins again. So is the label's own reprint.
func TestAClosedParcelsPrintsAreCounted(t *testing.T) { // L3, L4
	c := newCounter(t, nil, nil)
	label := c.label().Label
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "damaged")})
	c.do(engine.Scan{Data: "00" + label.SSCC})
	asked := func() (papers, labels []int) {
		for row, err := range c.data.Store.Rows(t.Context(), "S1", 1) {
			if err != nil {
				t.Fatal(err)
			}
			facts, err := folder.Codec().Facts(row)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range facts {
				e, ok := f.(pack.EffectAsked)
				switch {
				case !ok:
				case e.Effect.Document.Kind == "slip":
					papers = append(papers, e.Effect.Copy)
				case e.Effect.Document.Kind == pack.DocumentLabel:
					labels = append(labels, e.Effect.Copy)
				}
			}
		}
		return papers, labels
	}
	c.do(engine.Press{Command: pack.ReadCommand("paper", "slip")})
	c.do(engine.Press{Command: pack.ReadCommand("paper", "slip")}) // asks for a reason
	c.do(engine.Scan{Data: "1002"})
	c.do(engine.Press{Command: pack.Command{Name: "park"}})
	c.do(engine.Scan{Data: label.Tracking})
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "slip", "lost")})
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "lost")})
	caughtUp := func() {
		if err := c.data.Store.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	caughtUp()
	papers, labels := asked()
	if len(papers) != 2 || papers[0] != 0 || papers[1] != 1 {
		t.Errorf("slips: %v, want the first one and a reprint", papers)
	}
	if len(labels) != 3 || labels[1] != 1 || labels[2] != 2 {
		t.Errorf("labels: %v, want the first one and two reprints", labels)
	}
	p, err := c.data.Store.Parcel(t.Context(), "1003-1")
	if err != nil || p.Reprints != 2 || p.State != pack.ParcelClosed {
		t.Errorf("%+v, %v", p, err)
	}
	if n, err := lookup.NewReader(c.data).PapersOut(t.Context(), p); err != nil || n["slip"] != 2 {
		t.Errorf("%v slips, %v", n, err)
	}
	c.allowed("reopen", "1003-1")
	caughtUp()
	if n, err := lookup.NewReader(c.data).PapersOut(t.Context(), p); err != nil || n["slip"] != 0 {
		t.Errorf("after its label is void: %v slips, %v", n, err)
	}
}

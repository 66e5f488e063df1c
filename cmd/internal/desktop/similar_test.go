package desktop

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// A supervisor answers cases that are alike with one touch, after the page has asked;
// Back answers none, and a second touch does nothing. (V5, V6)
func TestSimilarCasesAreAnsweredTogether(t *testing.T) {
	d := newDesk(t)
	chain := journal.Chain{Writer: "S9"}
	for n, code := range []string{"4000000000006", "4000000000006", "4000000000013", "4000000000006"} {
		c := pack.CaseOpened{Case: fmt.Sprintf("S9.%d", n+1), Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: code, By: "P1"}
		chain = d.told(d.front.Folder, chain, time.Now().UTC().Add(-time.Minute).Round(0), c.Case, []pack.Fact{c})
	}
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	shown := func(what string, good func(screen.View, *screen.CaseDetail) bool) (screen.View, *screen.CaseDetail) {
		v := d.until(what, func(v screen.View) bool { return v.Cases != nil && v.Cases.Detail != nil && good(v, v.Cases.Detail) })
		return v, v.Cases.Detail
	}
	ask := func() *screen.CaseDetail {
		_, c := shown("the case", func(_ screen.View, c *screen.CaseDetail) bool {
			return c.ID == "S9.4" && len(c.Acts) > 1 && c.Acts[0].Label == "Resolve all 3"
		})
		d.front.Intent(c.Acts[0].Intent)
		_, c = shown("the question", func(_ screen.View, c *screen.CaseDetail) bool {
			return strings.HasPrefix(c.ResolveWord, "Resolve all 3 (barcode not in catalogue: 4000000000006)")
		})
		if len(c.Acts) != 1 || c.Acts[0].Label != "Back" {
			t.Fatalf("the way back is among %+v", c.Acts)
		}
		return c
	}
	open := func() int {
		list, err := d.front.Folder.Store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen})
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	c := ask()
	touched := c.Resolve[0].Intent
	d.press(0, 9, 0) // Esc
	shown("the case as before", func(_ screen.View, c *screen.CaseDetail) bool { return c.ResolveWord == "Resolve, because…" })
	d.front.Intent(touched) // of the page that is no longer there
	c = ask()
	if n := open(); n != 4 {
		t.Fatalf("%d cases are open, want 4: Back answers none", n)
	}
	for range 2 {
		d.front.Intent(c.Resolve[0].Intent)
	}
	v, c := shown("the answer", func(_ screen.View, c *screen.CaseDetail) bool { return c.Resolved != "" })
	if v.Cases.Saved != "3 cases resolved" || v.Cases.Title != "1 open case" {
		t.Errorf("it says %q, %q", v.Cases.Saved, v.Cases.Title)
	}
	if n := open(); n != 1 {
		t.Errorf("%d cases are open, want the one that is another", n)
	}
	if slices.ContainsFunc(c.Acts, func(a screen.Action) bool { return strings.HasPrefix(a.Label, "Resolve all") }) {
		t.Error("a resolved case offers to resolve all")
	}
}

// What is told in one line can be read step by step, and folded again.
func TestRoutineStepsAreUnfolded(t *testing.T) {
	d := newDesk(t)
	chain := journal.Chain{Writer: "S9"}
	at := time.Now().UTC().Add(-time.Minute).Round(0)
	for n := range 4 {
		v := pack.Verdict{Kind: pack.Accepted, Code: pack.CodeItem, Order: "N1", SKU: "MUG", Name: "Mug", Have: n + 1, Want: 9, By: "P1"}
		chain = d.told(d.front.Folder, chain, at.Add(time.Duration(n)*time.Second), fmt.Sprintf("S9.%d", n+1), []pack.Fact{pack.Judged{Verdict: v}})
	}
	c := pack.CaseOpened{Case: "S9.5", Kind: cases.KindScan, Code: pack.CodeWrongItem, Order: "N1", SKU: "MUG", By: "P1"}
	d.told(d.front.Folder, chain, at.Add(5*time.Second), c.Case, []pack.Fact{c, pack.Judged{Verdict: pack.Verdict{Kind: pack.Refused, Code: c.Code, Order: "N1", Case: "S9.5", By: "P1"}}})
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	rows := func(n int) *screen.CaseDetail {
		v := d.until(fmt.Sprintf("%d steps", n), func(v screen.View) bool {
			return v.Cases != nil && v.Cases.Detail != nil && len(v.Cases.Detail.Timeline) == n
		})
		return v.Cases.Detail
	}
	folded := rows(2)
	if !strings.HasPrefix(folded.Timeline[0].Text, "4 routine steps, the last: ") || folded.Timeline[0].Fold == nil || folded.Steps == nil {
		t.Fatalf("%+v", folded)
	}
	d.front.Intent(folded.Timeline[0].Fold.Intent)
	all := rows(5)
	for i, r := range all.Timeline[:4] {
		if want := fmt.Sprintf("Mug, %d of 9", i+1); r.Text != want {
			t.Errorf("step %d is told as %q, want %q", i+1, r.Text, want)
		}
	}
	d.front.Intent(all.Steps.Intent)
	rows(2)
}

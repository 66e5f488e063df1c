package desktop

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/unit"
)

// mismatches has a bench next door open n cases, scans and weights in turn, each
// with an order and a story of its own.
func (d *seat) mismatches(n int) { d.mismatchesOf(d.front.Folder, "S9", n) }

func (d *seat) mismatchesOf(in *folder.Folder, bench string, n int) {
	d.Helper()
	at := time.Now().UTC().Add(-time.Hour).Round(0)
	chain := journal.Chain{Writer: bench}
	for i := range n {
		order := fmt.Sprintf("N%03d", i)
		c := pack.CaseOpened{Case: fmt.Sprintf("%s.%d", bench, i+1), Kind: cases.KindScan, Code: pack.CodeUnknownCode, Order: order, Scanned: "40063813339" + order, By: "p1"}
		v := pack.Verdict{Kind: pack.Refused, Code: pack.CodeUnknownCode, Order: order, Scanned: c.Scanned, Case: c.Case, By: "p1"}
		if i%2 == 1 {
			weight := &pack.Weight{Known: true, Mass: unit.Mass(i) * unit.Gram, Expected: 1000 * unit.Gram, Tolerance: unit.Gram}
			c.Kind, c.Code, c.Scanned, c.Weight = cases.KindWeight, pack.CodeWeightOff, "", weight
			v.Code, v.Weight, v.Scanned = pack.CodeWeightOff, weight, ""
		}
		facts := []pack.Fact{c, pack.Judged{Verdict: v}}
		chain = d.told(in, chain, at.Add(time.Duration(i)*time.Second), c.Case, facts)
	}
}

// told adds a row to the chain of a bench.
func (d *seat) told(to *folder.Folder, chain journal.Chain, at time.Time, id string, facts []pack.Fact) journal.Chain {
	d.Helper()
	in, encoded, err := folder.Codec().Encode(pack.Input{ID: id, At: at, Event: pack.Scanned{}}, facts)
	if err != nil {
		d.Fatal(err)
	}
	row := chain.Next(at, in, encoded)
	if err := to.Store.Append(d.Context(), row); err != nil {
		d.Fatal(err)
	}
	return chain.After(row)
}

// onPage runs something where the pages live.
func (d *seat) onPage(act func()) {
	done := make(chan struct{})
	d.front.Do(func() { act(); close(done) })
	<-done
}

// oneSubject says which parts of the cases page are not about one case.
func oneSubject(v *screen.CasesView) error {
	c := v.Detail
	if c == nil {
		return nil
	}
	for _, r := range v.Rows {
		if r.Chosen != (r.Select.Intent.Value == c.ID) {
			return fmt.Errorf("row %s is chosen: %v, and %s is shown", r.Select.Intent.Value, r.Chosen, c.ID)
		}
	}
	bench, number, _ := strings.Cut(c.ID, ".")
	n, err := strconv.Atoi(number)
	if err != nil || bench != "S9" && bench[0] != 'D' {
		return nil
	}
	weighed := n%2 == 0
	if weighed != (c.Weight != nil) || weighed != strings.HasPrefix(c.Title, "Weight") || !strings.Contains(c.Sub, fmt.Sprintf("N%03d", n-1)) {
		return fmt.Errorf("%s is shown as %q, %q", c.ID, c.Title, c.Sub)
	}
	for _, r := range c.Resolve {
		if r.Intent.Name != c.ID || weighed != slices.Contains([]string{"mass-wrong", "filling", "carton-other", "scale-drift"}, r.Command) && r.Command != "other" && r.Command != "packer-error" {
			return fmt.Errorf("%s is resolved by %+v", c.ID, r.Intent)
		}
	}
	for _, m := range c.Timeline {
		if m.This && !weighed && !strings.Contains(m.Text, fmt.Sprintf("N%03d", n-1)) {
			return fmt.Errorf("%s happened as %q", c.ID, m.Text)
		}
		if m.This && weighed != strings.Contains(m.Text, "expected") {
			return fmt.Errorf("%s happened as %q", c.ID, m.Text)
		}
	}
	return nil
}

// V4: title, timeline and reasons belong to one case, however late and in whatever
// order the database answers.
func TestV4APageHasOneSubject(t *testing.T) {
	d := newDesk(t)
	d.mismatches(12)
	d.signIn("B-SUPERVISOR")
	page := d.front.cases
	names, err := desk.New(d.front.Folder).Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	told := 0
	d.onPage(func() {
		page.Opened()
		var late []func()
		for i := range 400 {
			v := page.View(screen.Frame{Station: "S1", Now: time.Now()}).Cases
			if err := oneSubject(v); err != nil {
				t.Errorf("after %d steps %v", i, err)
				return
			}
			if v.Detail != nil {
				told += len(v.Detail.Timeline)
			}
			switch n := r.IntN(8); {
			case n < 3:
				show, err := page.Reading()(t.Context(), names)
				if err != nil {
					t.Error(err)
					return
				}
				late = append(late, show)
			case n < 6 && len(late) > 0:
				at := r.IntN(len(late))
				late[at]()
				late = slices.Delete(late, at, at+1)
			case n == 6:
				page.Choose([]string{"", "scan", "weight", screen.AllCases}[r.IntN(4)], "")
			default:
				d.front.Selected["case"] = fmt.Sprintf("S9.%d", 1+r.IntN(12))
			}
		}
	})
	if told == 0 {
		t.Error("no timeline was ever shown")
	}
}

// V4: a second touch on a reason answers nothing, neither the same case again nor the
// next one, and an answer to a case that is not shown does nothing.
func TestV4ADoubleTouchResolvesOneCase(t *testing.T) {
	d := newDesk(t)
	d.mismatches(4)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	v := d.until("the newest case", func(v screen.View) bool {
		return v.Cases != nil && v.Cases.Detail != nil && len(v.Cases.Detail.Timeline) > 0
	})
	touch := v.Cases.Detail.Resolve[0].Intent
	for range 2 {
		d.front.Intent(touch)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentResolve, Name: "S9.1", Value: "test"})
	v = d.until("it to be resolved", func(v screen.View) bool { return v.Cases.Detail.Resolved != "" })
	if v.Cases.Detail.ID != touch.Name || len(v.Cases.Detail.Resolve) > 0 {
		t.Errorf("%s was resolved, and %s is shown with %d reasons", touch.Name, v.Cases.Detail.ID, len(v.Cases.Detail.Resolve))
	}
	d.front.Intent(v.Cases.Detail.Acts[2].Intent)
	v = d.until("the next case", func(v screen.View) bool { return v.Cases.Detail.ID != touch.Name && len(v.Cases.Detail.Timeline) > 0 })
	if v.Cases.Title != "3 open cases" {
		t.Errorf("%s are left", v.Cases.Title)
	}
	open, err := d.front.Folder.Store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen})
	if err != nil || len(open) != 3 {
		t.Errorf("%d cases are open, %v", len(open), err)
	}
}

// V5: every open case can be reached, by page and by what is known of it.
func TestV5ManyCases(t *testing.T) {
	d := newDesk(t)
	d.mismatches(690)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	d.until("all of them", func(v screen.View) bool { return v.Cases != nil && v.Cases.Title == "690 open cases" }) // the tables catch up a page at a time
	seen := map[string]bool{}
	for page := 0; ; page++ {
		v := d.until(fmt.Sprintf("page %d", page), func(v screen.View) bool {
			return v.Cases != nil && strings.HasPrefix(v.Cases.Paged, fmt.Sprintf("%d–", page*50+1))
		})
		if v.Cases.Title != "690 open cases" {
			t.Fatalf("it says %q", v.Cases.Title)
		}
		for _, r := range v.Cases.Rows {
			seen[r.Select.Intent.Value] = true
		}
		older := v.Cases.Pages[1]
		if !older.Enabled {
			break
		}
		d.front.Intent(older.Intent)
	}
	if len(seen) != 690 {
		t.Errorf("%d of 690 cases are on the pages", len(seen))
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "find-case", Value: "n077"})
	v := d.until("the case of order N077", func(v screen.View) bool { return len(v.Cases.Rows) == 1 })
	if v.Cases.Detail.ID != "S9.78" {
		t.Errorf("%s is found", v.Cases.Detail.ID)
	}
}

// V15: what the bench tells people to ask a supervisor for can be done on the page:
// link a code, write a note, reopen, unlock.
func TestV15TheDeskActsInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.mismatches(1)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	shown := func(what string, good func(*screen.CaseDetail) bool) *screen.CaseDetail {
		return d.until(what, func(v screen.View) bool { return v.Cases != nil && v.Cases.Detail != nil && good(v.Cases.Detail) }).Cases.Detail
	}
	told := func(text string) func(*screen.CaseDetail) bool {
		return func(c *screen.CaseDetail) bool {
			return slices.ContainsFunc(c.Timeline, func(m screen.TimelineRow) bool { return m.Text == text })
		}
	}
	act := func(c *screen.CaseDetail, label string) {
		t.Helper()
		i := slices.IndexFunc(c.Acts, func(a screen.Action) bool { return a.Label == label })
		if i < 0 {
			t.Fatalf("there is no %q among %+v", label, c.Acts)
		}
		d.front.Intent(c.Acts[i].Intent)
	}
	enter := func(field, text string) {
		t.Helper()
		d.until("the field "+field, func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == field })
		d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: field, Value: text})
	}
	c := shown("the case", func(c *screen.CaseDetail) bool { return len(c.Timeline) > 0 })
	act(c, "Write a note")
	enter("case-note", "the new mugs have another code")
	c = shown("the note", told("Note: the new mugs have another code"))

	act(c, "Link the code")
	enter("case-link", "mug")
	c = shown("the products", func(c *screen.CaseDetail) bool { return strings.HasPrefix(c.ResolveWord, "Link ") })
	to := c.Resolve[0].Intent
	d.front.Intent(to)
	enter("case-factor", "six")
	d.until("that this is no number", func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad })
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "case-factor", Value: "6"})
	c = shown("it to be resolved", func(c *screen.CaseDetail) bool { return c.Resolved != "" })
	hits, err := d.front.Folder.Store.ProductsByCode(t.Context(), "40063813339N000")
	if err != nil || len(hits) != 1 || hits[0] != (store.Hit{SKU: to.Value, Factor: 6}) {
		t.Errorf("the code stands for %+v, %v", hits, err)
	}

	act(c, "Reopen")
	c = shown("it to be open again", func(c *screen.CaseDetail) bool { return c.Resolved == "" && told("Reopened")(c) })
	d.front.Intent(c.Resolve[0].Intent)
	shown("it to be resolved again", func(c *screen.CaseDetail) bool { return c.Resolved != "" })

	d.told(d.front.Folder, journal.Chain{Writer: "S8"}, time.Now().UTC().Round(0), "S8.1", []pack.Fact{pack.CaseOpened{Case: "S8.1", Kind: cases.KindLock, Code: pack.CodeLocked, By: "p1"}})
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	c = shown("the bench that is locked", func(c *screen.CaseDetail) bool { return c.ID == "S8.1" })
	act(c, "Unlock bench S8")
	shown("it to be unlocked", told("Unlocked bench S8"))
}

// The rules of cases are a tab of the settings, where each says what the last week would
// have been with it, before anything is kept.
func TestCaseRulesAreTriedInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.mismatches(4)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("group:Case rules")
	says := func(key, help string) {
		t.Helper()
		d.until(key+" to say "+help, func(v screen.View) bool {
			return v.Settings != nil && slices.ContainsFunc(v.Settings.Fields, func(f screen.FieldView) bool { return f.Key == key && f.Note == help })
		})
	}
	says("cases.unknown_code", "last week: 2 met, 2 became cases, 2 would now")
	set := func(key, value string) {
		d.front.Intent(screen.Intent{Kind: screen.IntentSetting, Name: key, Value: value})
	}
	set("cases.unknown_code", "0")
	says("cases.unknown_code", "last week: 2 met, 2 became cases, 0 would now")
	set("cases.weight_off_g", "998")
	says("cases.weight_off", "last week: 2 met, 2 became cases, 1 would now")
	d.touch("save")
	d.until("it to be kept", func(v screen.View) bool { return strings.HasPrefix(v.Settings.Saved, "saved in") })
	toml, err := os.ReadFile(d.front.Folder.Path("station.toml"))
	if err != nil || !strings.Contains(string(toml), "\nunknown_code = 0 ") || !strings.Contains(string(toml), "\nweight_off_g = 998 ") {
		t.Errorf("%v: %s", err, toml)
	}
}

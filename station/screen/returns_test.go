package screen

import (
	"slices"
	"testing"

	"packbench/station/pack"
	"packbench/station/unit"
)

func openReturn() BenchInputs {
	sent := &pack.Sent{Parcel: "7-1", Order: "7", SSCC: "S", State: pack.ParcelHandedOut, Mass: 1000 * unit.Gram, Tolerance: 20 * unit.Gram, Lines: []pack.SentLine{
		{Line: "1", SKU: "MUG", Name: "Mug", Qty: 2, Mass: 300 * unit.Gram}, {Line: "2", SKU: "LAMP", Name: "Lamp", Qty: 1, Mass: 400 * unit.Gram, Marked: []pack.Marked{{SKU: "LAMP", Qty: 1, Marks: pack.Marks{Serial: "L-1"}}}},
	}}
	return BenchInputs{Now: noon, State: pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p1"}, Return: &pack.Return{ID: "S-A", Sent: sent}}}
}

var mayBe = []pack.Grading{
	{Grade: "as-new", Disposition: "shelf", Bin: "A-1"},
	{Grade: "our-own", Disposition: "scrap"},
	{Disposition: "shelf", Bin: "A-1"},
	{Disposition: "scrap"},
	{Disposition: "quarantine", Bin: "Q", Apart: true},
}

// While a return is open the bench's page says what to scan, and its answers are words.
func TestAReturnIsTheNextThingToDo(t *testing.T) {
	in := BenchInputs{State: pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p1"}, Return: &pack.Return{}}}
	if v := Bench(in); v.Page != PageReturn || v.Bench.Next.Text != "Scan what came back" || v.Bench.Return.Head == "" {
		t.Errorf("%s %+v %+v", v.Page, v.Bench.Next, v.Bench.Return)
	}
	in.State.Return.ID = "B-S1-9"
	if n := next(in); n.Text != "Scan the next unit" || n.Note != "return B-S1-9" {
		t.Errorf("%+v", n)
	}
	for text, want := range map[string]string{"as-new": "As new", "our-own": "Our own"} {
		if have := answer(in, pack.CodeReturnUnit, pack.Choice{N: 1, Text: text, Command: &pack.Command{Name: "grade", Value: text}}); have != want {
			t.Errorf("%s is called %q", text, have)
		}
	}
}

// A unit without a grade has a card for each of the shop's own, whether or not it is asked:
// its number, its word, where it leads. One that was not sent leads nowhere for sale.
func TestAUnitHasACardForEachGrade(t *testing.T) {
	in := openReturn()
	r := in.State.Return
	r.Units = []pack.Back{{N: 1, Line: "1", SKU: "MUG", Name: "Mug", Qty: 1, May: mayBe}}
	in.State.Question = &pack.Question{Code: pack.CodeReturnUnit, Choices: []pack.Choice{{N: 1, Text: "as-new", Command: &pack.Command{Name: "grade", Value: "as-new", N: 1}}}}
	v := Bench(in)
	cards := v.Bench.Return.Unit.Cards
	if v.Bench.Question != nil || len(cards) != 2 || cards[0].Label != "As new" || cards[0].Note != "back on the shelf, A-1" || cards[1].Label != "Our own" || cards[1].Note != "to be thrown away" {
		t.Errorf("%+v, %+v", v.Bench.Question, cards)
	}
	if i, ok := Press(v, "2"); !ok || i.Command.Name != "grade" || i.Command.Value != "our-own" || i.Command.N != 1 {
		t.Errorf("2 is %+v", i)
	}
	r.Units[0].Odd, r.Units[0].Line = pack.CodeReturnOver, ""
	if c := Bench(in).Bench.Return.Unit.Cards[0]; c.Note != "quarantine, Q" {
		t.Errorf("what was not sent leads to %q", c.Note)
	}
}

// Once it has a grade the page says where it is put, and offers the other places; a touch on
// a line is about that one's unit.
func TestWhereAUnitIsPutCanBeChanged(t *testing.T) {
	in := openReturn()
	r := in.State.Return
	for i, sku := range []string{"MUG", "LAMP"} {
		b := pack.Back{N: i + 1, Line: digits(i + 1), SKU: sku, Name: sku, Qty: 1, May: mayBe, Grading: mayBe[0]}
		r.Units = append(r.Units, b)
	}
	u := Bench(in).Bench.Return.Unit
	if u.Item.SKU != "LAMP" || u.Place != "As new: back on the shelf, A-1" || len(u.Cards) != 3 || !u.Cards[0].On || u.Cards[0].Enabled {
		t.Errorf("%+v", u)
	}
	in.Selected = "1"
	u = Bench(in).Bench.Return.Unit
	if c := u.Cards[2].Intent.Command; u.Item.SKU != "MUG" || c.Name != "disposition" || c.Value != "quarantine" || c.N != 1 {
		t.Errorf("%+v", u)
	}
}

// What did not come, what is missing, and weights that do not fit are seen; the page says when
// there is nothing more to do.
func TestAReturnSaysWhenItIsDone(t *testing.T) {
	in := openReturn()
	r := in.State.Return
	r.Mass = 700 * unit.Gram
	mark := func() pack.Kind { w := Bench(in).Bench.Return.Weights; return w[len(w)-1].Kind }
	if n := next(in); n.Text != "Scan the next unit" || mark() != "" {
		t.Errorf("%+v", n)
	}
	r.Units = []pack.Back{{N: 1, Line: "1", SKU: "MUG", Qty: 1, May: mayBe, Grading: mayBe[0]}, {N: 2, Line: "2", SKU: "LAMP", Qty: 1, May: mayBe, Grading: mayBe[0]}}
	r.Missed = []pack.Missed{{Line: "1", SKU: "MUG", Qty: 1, Case: "c"}}
	v := Bench(in)
	i := slices.IndexFunc(v.Bench.Actions, func(a Action) bool { return a.Command == "finish" })
	if l := v.Bench.Lines[0]; v.Bench.Next.Text != "Finish the return" || !v.Bench.Actions[i].Primary || !l.Short || l.Note != "missing: 1" || mark() != pack.Accepted {
		t.Errorf("%+v, %+v, %s", v.Bench.Next, l, mark())
	}
	if r.Mass = 900 * unit.Gram; mark() != pack.Refused {
		t.Error("a box of bricks fits")
	}
}

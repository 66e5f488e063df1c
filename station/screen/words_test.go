package screen

import (
	"slices"
	"testing"

	"packbench/station/pack"
	"packbench/station/say"
)

// V16: what is due is what is still to do, and a day that is done says so.
func TestOrdersDueAreThoseToDo(t *testing.T) {
	in := sample(pack.Idle)
	in.Counts = Counts{Due: 12, Done: 248, Cutoffs: []Cutoff{{At: in.Now, Open: 12, Done: 8}, {At: in.Now, Done: 240}}}
	v := Bench(in).Bench.Idle
	if v.Today[1] != (Figure{"orders due", "12"}) || v.Cutoffs[0].Text != "8 of 20 packed" || v.Cutoffs[1].Text != "all 240 packed" {
		t.Errorf("at work: %+v, %+v", v.Today, v.Cutoffs)
	}
	in.Counts.Due, in.Counts.Done = 0, 260
	if v := Bench(in).Bench.Idle; v.Today[1] != (Figure{"all packed", "260"}) {
		t.Errorf("all packed: %+v", v.Today)
	}
	in.Counts = Counts{Due: 1, Parcels: 1}
	if v := Bench(in).Bench.Idle; v.Today[0] != (Figure{"parcel today", "1"}) || v.Today[1] != (Figure{"order due", "1"}) {
		t.Errorf("one of each: %+v", v.Today)
	}
	in.Counts = Counts{}
	if v := Bench(in).Bench.Idle; v.Today[1] != (Figure{"orders due", "0"}) {
		t.Errorf("no order at all: %+v", v.Today)
	}
}

// V24: a question says what its answers are.
func TestSwapAsksForTheItem(t *testing.T) {
	in := sample(pack.Packing)
	in.State.Question = &pack.Question{Code: pack.CodeSwapped, Choices: []pack.Choice{{N: 1, Text: "Mug, white"}, {N: 2, Text: "Tea, green"}}}
	if q := Bench(in).Bench.Question; q.Title != "Which item is damaged?" {
		t.Errorf("asked: %q", q.Title)
	}
}

// V25: the help says what each button is for, and offers nothing of a scale that
// is not there.
func TestHelpOfTheWeight(t *testing.T) {
	for _, none := range []bool{false, true} {
		in := sample(pack.Weighing)
		in.Help, in.NoScale = true, none
		h := Bench(in).Help
		row := slices.IndexFunc(h.Rows, func(r HelpRow) bool { return r.Label == "Type weight" })
		if row < 0 || h.Rows[row].Words != "When the scale cannot weigh the parcel" {
			t.Errorf("no scale %t: type weight is explained by %+v", none, h.Rows)
		}
		for _, command := range []string{"zero", "tare"} {
			if slices.ContainsFunc(h.More, func(a Action) bool { return a.Command == command }) == none {
				t.Errorf("no scale %t: %+v", none, h.More)
			}
		}
	}
}

// V26: what is missing is said, and nothing is asked for that is not there.
func TestWhatIsMissingIsSaid(t *testing.T) {
	in := sample(pack.Weighing)
	in.State.Work.Parcel.Carton, in.NoBoxes = nil, true
	if n := Bench(in).Bench.Next; n.Text != "Put the parcel on the scale" || n.Note != "no cartons are imported: ask a supervisor" {
		t.Errorf("no cartons: %+v", n)
	}
	in = sample(pack.Weighing)
	in.NoScale, in.Scale = true, LiveScale{}
	v := Bench(in).Bench
	if v.Next.Text != "Type the weight" || v.Next.Note != "this bench has no scale" || v.Weight.Words != "No scale" {
		t.Errorf("no scale: %+v, %+v", v.Next, v.Weight)
	}
}

// What a file calls its columns stays as it is in every language, in the list to choose
// from too.
func TestTheHeadingsOfAFileStay(t *testing.T) {
	german, err := say.Supplied("de")
	if err != nil {
		t.Fatal(err)
	}
	d := ColumnsDraft{Lang: german, Header: []string{"Order", "Weight"}, Fields: []ColumnsField{{Name: "sku", Need: true}, {Name: "order", At: 1}}}
	label, _, choices := d.Options(ColumnsEntry + ColumnsOf + "sku")
	e := (&Entry{Lang: german, Label: label, Choices: choices}).in(german)
	if label != "SKU oder Code: welche Spalte?" || e.Choices[0].Label != "Order" || e.Choices[0].Note != "jetzt: Auftragsnummer" || e.Choices[1].Label != "Weight" {
		t.Errorf("%q, %+v", label, e.Choices)
	}
}

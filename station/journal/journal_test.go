package journal_test

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 123456789, time.UTC)

// rows makes a chain of n rows.
func rows(n int) []journal.Row {
	c := journal.Chain{Writer: "S1"}
	var out []journal.Row
	for i := range n {
		r := c.Next(noon.Add(time.Duration(i)*time.Second), fmt.Appendf(nil, `{"v":1,"t":"scanned","d":{"Raw":"%d"}}`, i), []byte(`[]`))
		c = c.After(r)
		out = append(out, r)
	}
	return out
}

func each(rows []journal.Row) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestVerifyAcceptsWhatWasWritten(t *testing.T) {
	list := rows(5)
	end, err := journal.Chain{Writer: "S1"}.Verify(each(list))
	if err != nil || end.Seq != 5 || end.Head != list[4].Hash {
		t.Fatalf("end %+v, error %v", end, err)
	}
	part, err := journal.Chain{Writer: "S1"}.After(list[1]).Verify(each(list[2:]))
	if err != nil || part != end {
		t.Fatalf("from row 2: end %+v, error %v", part, err)
	}
}

func TestVerifyFindsEveryChange(t *testing.T) {
	for name, change := range map[string]func([]journal.Row) []journal.Row{
		"writer": func(l []journal.Row) []journal.Row { l[2].Writer = "S2"; return l },
		"number": func(l []journal.Row) []journal.Row { l[2].Seq = 4; return l },
		"time":   func(l []journal.Row) []journal.Row { l[2].At = l[2].At.Add(time.Nanosecond); return l },
		"input":  func(l []journal.Row) []journal.Row { l[2].Input = []byte(`{}`); return l },
		"facts":  func(l []journal.Row) []journal.Row { l[2].Facts = []byte(`[1]`); return l },
		"prev":   func(l []journal.Row) []journal.Row { l[2].Prev = l[0].Hash; return l },
		"hash":   func(l []journal.Row) []journal.Row { l[2].Hash = l[1].Hash; return l },
		"taken":  func(l []journal.Row) []journal.Row { return append(l[:2:2], l[3:]...) },
		"rewritten alone": func(l []journal.Row) []journal.Row {
			l[2] = journal.Chain{Writer: "S1", Seq: 2, Head: l[1].Hash}.Next(noon, []byte(`{}`), []byte(`[]`))
			return l
		},
		"bytes moved between input and facts": func(l []journal.Row) []journal.Row {
			l[2].Input, l[2].Facts = l[2].Input[:5], append(l[2].Input[5:len(l[2].Input):len(l[2].Input)], l[2].Facts...)
			return l
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := journal.Chain{Writer: "S1"}.Verify(each(change(rows(5))))
			var broken *journal.Broken
			if !errors.As(err, &broken) {
				t.Fatalf("error %v", err)
			}
			want := int64(3)
			if name == "rewritten alone" {
				want = 4 // the row is whole, but the next does not follow it
			}
			if broken.Writer != "S1" || broken.Seq != want || !strings.Contains(broken.Error(), fmt.Sprintf("S1.%d", want)) {
				t.Fatalf("broken %+v", broken)
			}
		})
	}
}

func TestNextWritesTheClockInOneWay(t *testing.T) {
	c := journal.Chain{Writer: "S1"}
	berlin := time.FixedZone("CET", 3600)
	a, b := c.Next(noon, nil, nil), c.Next(noon.In(berlin), nil, nil)
	if a.Hash != b.Hash || b.At.Location() != time.UTC {
		t.Fatalf("%+v\n%+v", a, b)
	}
	// The hash is a contract with every journal ever written.
	const golden = "451080637d0f042304a1356f23c6642da2b51f0897613005238ad1d1f1abc1b1"
	if got := c.Next(noon, []byte(`{"v":1}`), []byte(`[]`)).Hash; got != golden {
		t.Errorf("hash %s, was always %s", got, golden)
	}
}

// filled returns a value of type t with every field set.
func filled(t reflect.Type, n int) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case t == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(noon))
	case t.Kind() == reflect.String:
		v.SetString(fmt.Sprintf("text <%d> é", n))
	case v.CanInt():
		v.SetInt(int64(n) + 1)
	case t.Kind() == reflect.Bool:
		v.SetBool(true)
	case t.Kind() == reflect.Pointer:
		if n < 6 { // a choice holds a command that holds orders…
			v.Set(reflect.New(t.Elem()))
			v.Elem().Set(filled(t.Elem(), n+1))
		}
	case t.Kind() == reflect.Slice:
		v.Set(reflect.Append(v, filled(t.Elem(), n+1)))
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("json") != "-" {
				v.Field(i).Set(filled(t.Field(i).Type, n+1))
			}
		}
	}
	return v
}

func TestEveryTypeComesBackAsItWas(t *testing.T) {
	codec := journal.Bench()
	for _, event := range pack.Events() {
		for _, event := range []pack.Event{event, filled(reflect.TypeOf(event), 0).Interface().(pack.Event)} {
			in := pack.Input{ID: "S1.1", At: noon, Event: event}
			got, _ := roundTrip(t, codec, in, nil)
			if !reflect.DeepEqual(got, in) {
				t.Errorf("%s: got %+v, want %+v", event.Tag(), got, in)
			}
		}
	}
	var facts []pack.Fact
	for _, fact := range pack.Facts() {
		facts = append(facts, fact, filled(reflect.TypeOf(fact), 0).Interface().(pack.Fact))
	}
	_, got := roundTrip(t, codec, pack.Input{ID: "S1.1", At: noon, Event: pack.Unlocked{}}, facts)
	for i := range facts {
		if want := pack.Upcast(facts[i]); !reflect.DeepEqual(got[i], want) {
			t.Errorf("%s: got %+v, want %+v", facts[i].Tag(), got[i], want)
		}
	}
}

func roundTrip(t *testing.T, codec *journal.Codec, in pack.Input, facts []pack.Fact) (pack.Input, []pack.Fact) {
	t.Helper()
	input, decided, err := codec.Encode(in, facts)
	if err != nil {
		t.Fatal(err)
	}
	got, back, err := codec.Decode(journal.Chain{Writer: "S1"}.Next(in.At, input, decided))
	if err != nil {
		t.Fatal(err)
	}
	return got, back
}

func TestTagsAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for _, e := range pack.Events() {
		if seen[e.Tag()] {
			t.Errorf("two events have the tag %q", e.Tag())
		}
		seen[e.Tag()] = true
	}
	clear(seen)
	for _, f := range pack.Facts() {
		if seen[f.Tag()] {
			t.Errorf("two facts have the tag %q", f.Tag())
		}
		seen[f.Tag()] = true
	}
}

type resolved struct{ Case string }

func (resolved) Tag() string { return "case-resolved" }

func TestDecodeSaysWhichRowItCannotRead(t *testing.T) {
	for _, test := range []struct{ input, facts, want string }{
		{`{"v":1,"t":"teleported"}`, `[]`, `journal row S1.1: unknown input "teleported"`},
		{`{"v":2,"t":"scanned"}`, `[]`, "journal row S1.1: written in version 2, this program reads versions 1 to 1"},
		{`{"t":"scanned"}`, `[]`, "journal row S1.1: written in version 0, this program reads versions 1 to 1"},
		{`{"v":1,`, `[]`, "journal row S1.1: the input is damaged: unexpected end of JSON input"},
		{`{"v":1,"t":"scanned"}`, ``, "journal row S1.1: the facts are damaged: unexpected end of JSON input"},
		{`{"v":1,"t":"scanned"}`, `[{"t":"case-resolved"}]`, `journal row S1.1: unknown fact "case-resolved"`},
	} {
		_, _, err := journal.Bench().Decode(journal.Chain{Writer: "S1"}.Next(noon, []byte(test.input), []byte(test.facts)))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %s: error %v, want %s", test.input, test.facts, err, test.want)
		}
	}
}

func TestUnknownFieldsArePassedOver(t *testing.T) {
	r := journal.Chain{Writer: "S1"}.Next(noon, []byte(`{"v":1,"t":"scanned","d":{"Raw":"x","Later":[1]},"more":1}`),
		[]byte(`[{"t":"moved","d":{"To":"idle","Why":"later"}}]`))
	in, facts, err := journal.Bench().Decode(r)
	if err != nil || in.Event.(pack.Scanned).Raw != "x" || facts[0] != (pack.Moved{To: pack.Idle}) {
		t.Fatalf("%+v %+v %v", in, facts, err)
	}
}

func TestEncodeRefusesWhatNobodyCouldRead(t *testing.T) {
	codec := journal.Bench()
	if _, _, err := codec.Encode(pack.Input{ID: "S1.1", Event: resolved{}}, nil); err == nil {
		t.Error("an event of another codec was written")
	}
	if _, _, err := codec.Encode(pack.Input{ID: "S1.1", Event: pack.Unlocked{}}, []pack.Fact{resolved{}}); err == nil {
		t.Error("a fact of another codec was written")
	}
	if _, _, err := codec.Encode(pack.Input{ID: "S1.1"}, nil); err == nil {
		t.Error("an input without an event was written")
	}
	both := codec.And(journal.NewCodec([]pack.Event{resolved{}}, []pack.Fact{resolved{}}))
	if _, _, err := both.Encode(pack.Input{Event: resolved{}}, []pack.Fact{resolved{}, pack.SignedOff{}}); err != nil {
		t.Error(err)
	}
}

// session is a short day at a bench.
func session() [][]pack.Fact {
	info := pack.OrderInfo{ID: "1001", Version: 1, ShipBy: noon, Lines: []pack.LineInfo{
		{ID: "1", SKU: "MUG", Name: "Mug", Kind: station.Goods, Qty: 2, Mass: 340 * unit.Gram},
	}}
	judged := func(code pack.Code) pack.Fact {
		return pack.Judged{Verdict: pack.Verdict{At: noon, Kind: pack.Accepted, Code: code}}
	}
	take := pack.UnitsMoved{Action: pack.Action{Line: "1", SKU: "MUG", Qty: 1, How: pack.ByScan}}
	return [][]pack.Fact{
		{pack.Ruled{Rules: pack.Rules{Station: "S1", LockAfter: 3}}},
		{pack.SignedInAs{Person: pack.Person{ID: "p1", Role: station.Packer}}, pack.Moved{To: pack.Idle}, judged(pack.CodeSignedIn)},
		{pack.OrderTaken{Order: info, Parcel: "1001-1"}, pack.Moved{To: pack.Packing}, judged(pack.CodeOrderOpened)},
		{take, judged(pack.CodeItem)},
		{pack.RefusalCounted{}, judged(pack.CodeWrongItem)},
		{take, pack.RefusalsCleared{}, pack.Moved{To: pack.Weighing}, judged(pack.CodeAllScanned)},
		{pack.WeightTaken{Weight: pack.Weight{Mass: 700 * unit.Gram}}, judged(pack.CodeWeightOK)},
	}
}

func TestReplayGivesTheLiveStateWhereverItIsCut(t *testing.T) {
	codec := journal.Bench()
	chain := journal.Chain{Writer: "S1"}
	live := []pack.State{pack.New()}
	var list []journal.Row
	for _, facts := range session() {
		input, decided, err := codec.Encode(pack.Input{At: noon, Event: pack.Scanned{}}, facts)
		if err != nil {
			t.Fatal(err)
		}
		r := chain.Next(noon, input, decided)
		chain = chain.After(r)
		list = append(list, r)
		state := live[len(live)-1]
		for _, f := range facts {
			state = pack.Fold(state, f)
		}
		live = append(live, state)
	}
	for cut := range live {
		first, last, err := codec.Replay(pack.New(), each(list[:cut]))
		if err != nil || last != int64(cut) || !reflect.DeepEqual(first, live[cut]) {
			t.Fatalf("cut after %d: row %d, error %v\n%+v\n%+v", cut, last, err, first, live[cut])
		}
		whole, _, err := codec.Replay(first, each(list[cut:]))
		if err != nil || !reflect.DeepEqual(whole, live[len(live)-1]) {
			t.Fatalf("on from %d: error %v", cut, err)
		}
	}
	list[3].Facts = []byte(`[{"t":"gone"}]`)
	state, last, err := codec.Replay(pack.New(), each(list))
	if err == nil || last != 3 || !reflect.DeepEqual(state, live[3]) {
		t.Errorf("a row that cannot be read: row %d, error %v", last, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"v":1,"t":"scanned","d":{"Raw":"4006381333931"}}`, `[{"t":"moved","d":{"To":"idle"}}]`)
	f.Add(`{"v":1,"t":"weighed","d":{"Scale":"steady","Mass":-1}}`, `[{"t":"judged","d":{"Verdict":{"At":"2026-03-02T12:00:00Z"}}}]`)
	f.Add(`{"v":-1}`, `{}`)
	f.Add(``, `[null]`)
	f.Fuzz(func(t *testing.T, input, facts string) {
		codec := journal.Bench()
		r := journal.Chain{Writer: "S1"}.Next(noon, []byte(input), []byte(facts))
		in, list, err := codec.Decode(r)
		if err != nil {
			if !strings.Contains(err.Error(), "S1.1") {
				t.Fatalf("the error does not name the row: %v", err)
			}
			return
		}
		// What was read can be written again and means the same.
		a, b, err := codec.Encode(in, list)
		if err != nil {
			t.Fatal(err)
		}
		again, twice, err := codec.Decode(journal.Chain{Writer: "S1"}.Next(noon, a, b))
		if err != nil {
			t.Fatal(err)
		}
		a2, b2, err := codec.Encode(again, twice)
		if err != nil || string(a) != string(a2) || string(b) != string(b2) {
			t.Fatalf("%s %s became %s %s (%v)", a, b, a2, b2, err)
		}
	})
}

func BenchmarkCodec(b *testing.B) {
	codec := journal.Bench()
	in := pack.Input{ID: "S1.1", At: noon, Event: pack.Scanned{
		Device: "scanner-1", AIM: "]E0", Raw: "4006381333931",
		Meanings: []pack.Meaning{{Kind: pack.MeansProduct, Product: &pack.Product{SKU: "MUG", Name: "Mug", Factor: 1, Mass: 341_000}}},
	}}
	facts := session()[5]
	input, decided, err := codec.Encode(in, facts)
	if err != nil {
		b.Fatal(err)
	}
	row := journal.Chain{Writer: "S1"}.Next(noon, input, decided)
	b.Run("Encode", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := codec.Encode(in, facts); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Next", func(b *testing.B) {
		for b.Loop() {
			row = journal.Chain{Writer: "S1"}.Next(noon, input, decided)
		}
	})
	b.Run("Decode", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := codec.Decode(row); err != nil {
				b.Fatal(err)
			}
		}
	})
}

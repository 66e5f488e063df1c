package journal

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"packbench/station/pack"
)

// Whatever is read by hand is what encoding/json reads from the same text, in
// fields that the pack package may gain one day too.
func TestScanRowsAreReadAsJSONReadsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	plain := 0
	for range 20_000 {
		for _, v := range []any{&pack.UnitsMoved{}, &pack.Judged{}} {
			scatter(r, reflect.ValueOf(v).Elem(), 0)
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if r.IntN(4) == 0 { // what somebody changed by hand
				at := r.IntN(len(text))
				text = append(text[:at:at], text[min(len(text), at+1+r.IntN(3)):]...)
			}
			plain += compareReading(t, v, text)
		}
	}
	if plain < 5_000 {
		t.Fatalf("only %d texts went the short way", plain)
	}
}

// compareReading reads a text both ways; 0 says that it is not plain.
func compareReading(t *testing.T, like any, text []byte) int {
	t.Helper()
	rd := reader{b: text}
	var got any
	switch like.(type) {
	case *pack.Judged:
		got = pack.Judged{Verdict: rd.verdict()}
	case *pack.UnitsMoved:
		got = pack.UnitsMoved{Action: rd.action()}
	}
	if rd.odd || len(rd.b) > 0 {
		return 0
	}
	want := reflect.New(reflect.TypeOf(like).Elem())
	if err := json.Unmarshal(text, want.Interface()); err != nil {
		t.Fatalf("%s is read, although %v", text, err)
	}
	if !reflect.DeepEqual(got, want.Elem().Interface()) {
		t.Fatalf("%s\n got %+v\nwant %+v", text, got, want.Elem())
	}
	return 1
}

// A row that is not as Encode writes it is read as it always was, or refused in
// the same words.
func TestOddFactsAreReadAllTheSame(t *testing.T) {
	c := Bench()
	for text, want := range map[string]string{
		`[]`: "", ` [ ] `: "", `null`: "",
		`[{"t":"refusal-counted"}]`:                                           "refusal-counted",
		`[{"t":"refusal-counted"},{"t":"moved","d":{"To":"idle"}}]`:           "refusal-counted moved",
		`[{"d":{"To":"idle"},"t":"moved"}, {"t":"refusal-counted"}]`:          "moved refusal-counted",
		`[{"t":"moved","d":{"To":"a}\"{b"}},{"t":"refusal-counted"}]`:         "moved refusal-counted",
		`[{"t":"units-moved","d":{"Action":{"Qty":1,"New":{"A":[1]}}}}]`:      "units-moved",
		`[{"t":"judged","d":{"Verdict":{"At":"2026-01-01T08:00:00+01:00"}}}]`: "judged",
		`[{"t":"units-moved","d":{"Action":{"Qty":01}}}]`:                     "error",
		`[{"t":"moved","d":{"To":"idle"}},]`:                                  "error",
		`[{"t":"moved","d":{"To":"idle"}`:                                     "error",
		`[{"t":"moved","d":{"To":"idle"}}]]`:                                  "error",
		`[{"t":"no such fact"}]`:                                              "error",
		`,{"t":"refusal-counted"}]`:                                           "error",
		`[{"t":"refusal-counted"}[{"t":"refusal-counted"}]`:                   "error",
	} {
		facts, err := c.Facts(Row{Writer: "S1", Seq: 1, Facts: []byte(text)})
		var tags []string
		for _, f := range facts {
			tags = append(tags, f.Tag())
		}
		got := strings.Join(tags, " ")
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
}

package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"packbench/station/web/wire"
)

// A word, a number and a row's number are read in every form that shops write them in.
func TestForms(t *testing.T) {
	for in, want := range map[string]string{
		`"12"`: "12", `12`: "12", `12.50`: "12.50", `null`: "", `false`: "", `[]`: "", `{"a":1}`: "", ` "ä\u0000" `: "ä\x00", `true`: "true",
	} {
		var got wire.Text
		if err := json.Unmarshal([]byte(in), &got); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v, want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]wire.ID{`"12"`: 12, `12`: 12, `null`: 0, `[]`: 0, `"x"`: 0, `99999999999999999999`: 0} {
		var got wire.ID
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", in, got, err, want)
		}
	}
}

func TestWhole(t *testing.T) {
	for in, want := range map[wire.Text]int{"2": 2, "2.0": 2, "2.0000": 2, " 3 ": 3, "-1": -1, "0": 0, "1e3": 1000, "1000000": 1_000_000} {
		if got, err := wire.Whole(in); err != nil || got != want {
			t.Errorf("%q: %d, %v", in, got, err)
		}
	}
	for _, in := range []wire.Text{"2.5", "", "many", "NaN", "Inf", "1e400", "1e9", "1,5", "0x10p60"} {
		if got, err := wire.Whole(in); err == nil {
			t.Errorf("%q was read as %d", in, got)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		" A\t&amp;\r\nB\x00 ": "A & B", "\xff\xfeok": "ok", "&ndash;": "–", strings.Repeat("ü", 30): strings.Repeat("ü", 10), "&#0;&#9;x": "x",
	} {
		if got := wire.Clean(in, 10); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEach(t *testing.T) {
	for _, c := range []struct {
		total, units, currency wire.Text
		want                   string
	}{
		{"24.00", "6", "EUR", "4.00 EUR"},
		{"10.00", "3", "EUR", "3.33 EUR"},
		{"20.0000", "3", "EUR", "6.67 EUR"},
		{"100", "3", "JPY", "33 JPY"},
		{"", "3", "EUR", "0.00"},
		{"1.00", "0", "EUR", "0.00"},
		{"1.00", "1", "", "0.00"},
		{"cheap", "1", "EUR", "0.00"},
	} {
		if got := wire.Each(c.total, c.units, c.currency); got.String() != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
}

func TestOneValueArrivesWithoutItsList(t *testing.T) {
	for text, want := range map[string]int{`[{"A":1},{"A":2}]`: 2, `{"A":1}`: 1, `""`: 0, `null`: 0, `[]`: 0, ` {"A":1} `: 1} {
		var m wire.Many[struct{ A int }]
		if err := json.Unmarshal([]byte(text), &m); err != nil || len(m) != want || want > 0 && m.First().A != 1 {
			t.Errorf("%s: %+v, %v", text, m, err)
		}
	}
	var m wire.Many[struct{ A int }]
	if json.Unmarshal([]byte(`"a"`), &m) == nil || m.First().A != 0 {
		t.Error("a text is no value")
	}
}

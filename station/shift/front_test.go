package shift

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/station/pack"
)

// The first page says in words where there is nothing to draw, and draws what is there.
func TestFrontPageOfAQuietDay(t *testing.T) {
	const even, nothing = "(Everything adds up.)", "(Nothing was refused.)"
	loc := berlin(t)
	for name, c := range map[string]struct {
		book Book
		want []string
		not  []string
	}{
		"a day on which nothing happened": {Book{Window: Day(Date{2026, 3, 30}, loc)}, []string{even, nothing, "(No parcels were closed.)"}, nil},
		"one refusal":                     {Book{Window: Day(Date{2026, 3, 30}, loc), Errors: []Count{{Code: pack.CodeWrongItem, N: 3}}}, []string{even, "(Wrong item)", "(3)"}, []string{nothing}},
		"one gap": {
			Book{Window: Day(Date{2026, 3, 30}, loc), Balances: []Balance{{Of: ofParcels, Gaps: []string{"1001-1"}}}},
			[]string{"1 does not fit: 1001-1"},
			[]string{even},
		},
	} {
		var out bytes.Buffer
		if err := c.book.PDF(&out, PDFOptions{}); err != nil {
			t.Fatal(err)
		}
		text := string(streams(t, out.Bytes()))
		for _, words := range c.want {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is not there", name, words)
			}
		}
		for _, words := range c.not {
			if strings.Contains(text, words) {
				t.Errorf("%s: %q is there", name, words)
			}
		}
	}
}

// The bar of a day's only hour is a bar, not a wall.
func TestABarIsNarrow(t *testing.T) {
	w := Day(Date{2026, 3, 30}, time.UTC)
	var out bytes.Buffer
	if err := (Book{Window: w, Hours: []Hour{{Start: w.From, Parcels: 7}}}).PDF(&out, PDFOptions{}); err != nil {
		t.Fatal(err)
	}
	var wide []float64
	for _, m := range regexp.MustCompile(`([\d.]+) -[\d.]+ re f`).FindAllStringSubmatch(string(streams(t, out.Bytes())), -1) {
		v, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		wide = append(wide, v)
	}
	const inch, mm = 72, 25.4
	if len(wide) == 0 || slices.Max(wide) > 18*inch/mm {
		t.Errorf("filled boxes are %v points wide", wide)
	}
}

// A log has what was judged within its window, and names what it began with.
func TestAWindowOfAFewHours(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 3, 30, h, 30, 0, 0, time.UTC) }
	entries := day(time.UTC) // its refusals are at 8:04 and 8:06
	for from, want := range map[int]int{0: 2, 8: 0, 9: 0} {
		w := Window{Name: "w", From: at(from), To: at(23), Loc: time.UTC}
		b, _ := Sheet(Carry{}, w, slices.Values(entries))
		refused := 0
		for _, r := range b.Rows {
			if r.At.Before(w.From) {
				t.Errorf("from %s on: a row of %s", w.From.Format("15:04"), r.At.Format("15:04"))
			}
			if r.Verdict == pack.Refused {
				refused++
			}
		}
		n := 0
		for _, e := range b.Errors {
			n += e.N
		}
		if refused != want || n != want {
			t.Errorf("from %s on: %d rows of refusals, %d counted, want %d", w.From.Format("15:04"), refused, n, want)
		}
	}
	midnight := time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)
	for hours, want := range map[int]string{24: "from yesterday", 12: "from earlier"} {
		if got := (Window{From: midnight, To: midnight.Add(time.Duration(hours) * time.Hour), Loc: time.UTC}).earlier(); got != want {
			t.Errorf("%d hours: %s", hours, got)
		}
	}
}

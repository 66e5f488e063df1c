package message_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/pack"
	"packbench/station/trouble"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Each thing that a team may be told of is news once, and what a person typed or scanned, or
// a carrier said, is in none of it.
func TestOf(t *testing.T) {
	waiting := pack.Verdict{Kind: pack.Refused, Code: pack.CodeLabelWaiting, Order: "7", Parcel: "7-1", Trouble: trouble.New(trouble.CarrierSilent, "secret")}
	open := func(kind string, code pack.Code) pack.CaseOpened {
		return pack.CaseOpened{Case: "S1.9", Kind: kind, Code: code, Order: "7", Parcel: "7-1", SKU: "MUG", Scanned: "secret", Reason: "secret", Qty: -2, By: "p1", Author: "s1"}
	}
	for _, c := range []struct {
		fact pack.Fact
		want string
	}{
		{open("override", pack.CodeWeightOff), "override 7 S1.9 s1"},
		{open("weight", pack.CodeWeightOff), "weight 7 S1.9 s1"},
		{open("label", pack.CodeLabelWrongBox), "label 7 S1.9 s1"},
		{open("void", pack.CodeVoided), "label 7 S1.9 s1"},
		{open("short", pack.CodeShort), "short 7 S1.9 s1"},
		{open("shop", "shop-refused"), "stopped 7 S1.9 s1"},
		{open("scan", pack.CodeUnknownCode), ""},
		{open("carrier", pack.CodeFailover), ""}, // that fact is told itself
		{pack.LockedUp{Row: "S1.9"}, "lock   "},
		{pack.FailedOver{Parcel: "7-1", From: "a", To: "b", Why: waiting.Trouble}, "failover 5  "},
		{pack.Judged{Verdict: waiting}, "label 7  "},
		{pack.Judged{Verdict: pack.Verdict{Kind: pack.Accepted, Code: "item"}}, ""},
	} {
		got := ""
		for _, n := range message.Of(noon, "S1", "p1", "5", []pack.Fact{c.fact}) {
			got += fmt.Sprintf("%s %s %s %s", n.Kind, n.Order, n.Case, n.Author)
			if n.By != "p1" || n.Station != "S1" || !n.At.Equal(noon) {
				t.Errorf("%s: %+v", c.want, n)
			}
			text := message.Compose("x", "", noon, []message.Batch{{Kind: n.Kind, N: 1, News: []message.News{n}}}, time.UTC).Text()
			if strings.Contains(fmt.Sprint(n, text), "secret") {
				t.Errorf("%s says too much: %+v\n%s", c.want, n, text)
			}
		}
		if got != c.want {
			t.Errorf("%T is %q, want %q", c.fact, got, c.want)
		}
	}
	stock := message.Of(noon, "desk", "", "", []pack.Fact{pack.CaseOpened{Case: "D1", Kind: "count", SKU: "MUG", Scanned: "A-1", Qty: -2, By: "s1"}})
	unknown := message.Of(noon, "S1", "p1", "", []pack.Fact{pack.CaseOpened{Case: "S1.2", Kind: "carrier", Code: pack.CodePurchaseUnknown, Order: "7", Parcel: "7-1", Scanned: "ups"}})
	text := message.Compose("x", "Elm Shop", noon, []message.Batch{{Kind: message.Stock, N: 1, News: stock}, {Kind: message.Unknown, N: 1, News: unknown}}, time.UTC).Text()
	want := `Elm Shop: 1 purchase not known, 1 stock difference

1 purchase not known
  12:00, bench S1, order 7, parcel 7-1, ups, case S1.2

1 stock difference
  12:00, bench desk, product MUG, bin A-1, -2, case D1
`
	if text != want {
		t.Errorf("the text is\n%s\nwant\n%s", text, want)
	}
}

// The fullest message is smaller than what the smallest service takes.
func TestAMessageIsNeverTooLong(t *testing.T) {
	long := strings.Repeat("№", 500)
	var all []message.Batch
	for _, k := range message.Kinds() {
		b := message.Batch{Kind: k, N: 100_000}
		news := message.Of(noon, long, long, long, []pack.Fact{pack.CaseOpened{Case: long, Kind: "override", Code: pack.Code(long), Order: long, Parcel: long, SKU: long, By: long, Author: long}})
		for range 50 {
			n := news[0]
			n.Kind = k
			if k == message.Shift {
				n.Digest = &message.Digest{Name: long}
				for range 100 {
					n.Digest.Figures, n.Digest.Look = append(n.Digest.Figures, message.Figure{Name: long, N: long}), append(n.Digest.Look, long+"\n"+long)
				}
			}
			b.News = append(b.News, n)
		}
		all = append(all, b)
	}
	m := message.Compose("x", long, noon, all, time.UTC)
	lines := 0
	for _, s := range m.Sections {
		lines += len(s.Lines)
		for _, line := range s.Lines {
			if strings.Contains(line, "\n") || len([]rune(line)) > 600 {
				t.Fatalf("a line of %d characters", len([]rune(line)))
			}
		}
	}
	if len(m.Sections) != len(message.Kinds()) || lines > 300 {
		t.Errorf("%d sections, %d lines", len(m.Sections), lines)
	}
}

package desktop

import (
	"net"
	"strings"
	"testing"

	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/screen"
)

// O6: a reader of tags counts the bin in hand; the page says that it is at work, what came
// of it, and which tags should not lie there. One that cannot be reached is told.
func TestAReaderOfTagsCountsInTheWindow(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	// Two mugs, and an article of the same company that is none of the shop's.
	tags := sim.TagReader{EPCs: []string{"302f8be5e000004000000001", "302f8be5e000004000000002", "302f8be5e000e10000000001"}, Again: 2, Piece: 11}
	go func() { _ = tags.ServeTags(l) }()
	d := stocked(t, func(s *config.Settings) { s.StockReader = l.Addr().String() })
	d.signIn("B-PACKER")
	d.press(37, 18, 0) // Ctrl 9
	d.count("what is due", func(v *screen.CountView) bool { return len(v.Rows) > 0 })
	d.scanText("A-2")
	d.count("the bin", func(v *screen.CountView) bool { return v.Title == "Bin A-2" })
	d.touch("count:reader")
	v := d.count("what came of it", func(v *screen.CountView) bool { return len(v.Results) > 0 })
	if len(v.Results) != 1 || !strings.Contains(v.Strange, "302f8be5e000e10000000001") {
		t.Errorf("%+v, %q", v.Results, v.Strange)
	}
	if r := v.Results[0]; r.Text != "Mug, white: 2" || r.Words != "the reader saw fewer: count it by hand" {
		t.Errorf("fewer than should lie there reads %+v", r)
	}

	_ = l.Close()
	d.scanText("A-2")
	d.count("the bin again", func(v *screen.CountView) bool { return v.Title == "Bin A-2" })
	d.touch("count:reader")
	d.count("that it is not there", func(v *screen.CountView) bool {
		return v.Card.Kind == pack.Refused && strings.Contains(v.Card.Text+v.Card.Words, "cannot be reached")
	})
}

// O1: a number that orders of two shops have is a question in the window; one touch opens
// the one that is meant, and the other stays due.
func TestANumberOfTwoShopsIsAskedInTheWindow(t *testing.T) {
	d := newDesk(t)
	to := station.Address{Name: "Kim", Street: "Weg 1", City: "Bonn", Postcode: "53111", Country: "DE"}
	line := []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1, Kind: station.Goods}}
	if _, err := d.front.Folder.Store.PutOrders(t.Context(), []station.Order{
		{ID: "web:77", Shop: "web", Own: "9001", Number: "77", To: to, Lines: line}, {ID: "till:77", Shop: "till", Own: "4", Number: "77", To: to, Lines: line},
	}); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-PACKER")
	d.scanText("77")
	v := d.until("the question", func(v screen.View) bool {
		return v.Bench != nil && v.Bench.Question != nil && len(v.Bench.Question.Choices) >= 2
	})
	at := -1
	for i, c := range v.Bench.Question.Choices {
		if strings.Contains(c.Label+c.Note, "till") {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("it does not say which is of which shop: %+v", v.Bench.Question.Choices)
	}
	d.front.Intent(v.Bench.Question.Choices[at].Intent)
	d.until("the order of the till", func(v screen.View) bool { return v.Page == screen.PagePacking })
	if w := d.front.Bench.Engine.State().Work; w == nil || w.Order != "till:77" {
		t.Errorf("in hand is %+v", w)
	}
}

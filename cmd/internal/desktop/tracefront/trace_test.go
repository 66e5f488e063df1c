package tracefront

import (
	"testing"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// Where only part of a code was read, nothing of the code before stands beside that.
func TestACutCodeIsNotTheOneBefore(t *testing.T) {
	s := shell.New(&folder.Folder{Clock: time.Now})
	s.Use(&bench.Bench{Engine: engine.New(engine.Deps{State: pack.New()})})
	genuine := screen.Traced{Verdict: "genuine", SSCC: "095200000000000011", Order: "1001", Parcel: "1001-1"}
	page := &Page{Shell: s, open: &tracing{code: "T1:095200000000000011:A", result: &genuine}}
	page.judge(tracedScan{code: "T1:0952000", cut: true})
	if v := page.View(screen.Frame{}).Trace; v.Card.Head != "Not checked" || v.Field != "" || len(v.Facts) > 0 || len(v.Story) > 0 {
		t.Errorf("the page says %q of %q, %v", v.Card.Head, v.Field, v.Facts)
	}
	page = &Page{Shell: s, open: &tracing{code: "T1:095200000000000011:A", result: &genuine}}
	s.Selected["compare"] = "next"
	page.judge(tracedScan{code: "T1:0952000", cut: true})
	if v := page.View(screen.Frame{}).Trace; v.Card.Word != "The second code" || v.Field == "" || v.Compare.Label != "Stop comparing" {
		t.Errorf("the page says %q, %q of %q", v.Card.Word, v.Card.Head, v.Field)
	}
}

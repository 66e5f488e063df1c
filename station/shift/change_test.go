package shift

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

type changed struct{ by, what string }

func (changed) Tag() string { return "changed" }

func (c changed) Changed() (by string, what []string) { return c.by, []string{c.what, "and more"} }

// Who changed what of the shop stands in every form of the book, on the day when they did,
// and no text of it is a formula.
func TestChangesStandInTheBook(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	desk := func(at time.Time, f pack.Fact, seq int64) journal.Entry {
		return journal.Entry{Writer: "desk", Seq: seq, At: at, Facts: []pack.Fact{f}}
	}
	b, _ := Sheet(Carry{}, day, slices.Values([]journal.Entry{
		desk(day.From.Add(-time.Hour), changed{"A1", "the day before"}, 1), desk(day.From.Add(time.Hour), changed{"A1", "=1+1"}, 2),
	}))
	b.Names = map[string]string{"A1": "Ada Example"}
	var csv, json, pdf bytes.Buffer
	if err := b.CSV(&csv, CSVOptions{}); err != nil || strings.Contains(csv.String(), "the day before") ||
		!strings.Contains(csv.String(), "change,desk.2,2026-03-30T01:00:00.000Z,,A1,") || !strings.Contains(csv.String(), ",what,'=1+1,") || !strings.Contains(csv.String(), ",what,and more,") {
		t.Errorf("%v %s", err, csv.String())
	}
	if err := b.JSON(&json); err != nil || !strings.Contains(json.String(), `"changes":[{"row":"desk.2","time":"2026-03-30T01:00:00Z","person":"A1","what":"=1+1"},`) {
		t.Errorf("%v %s", err, json.String())
	}
	if err := b.PDF(&pdf, PDFOptions{}); err != nil {
		t.Error(err)
	}
	for _, table := range b.Tables() {
		if table.Title == "Changes" {
			if want := "[When Person What] [[01:00:00 Ada Example =1+1] [01:00:00 Ada Example and more]]"; fmt.Sprint(table.Columns, table.Rows) != want {
				t.Errorf("%v %v", table.Columns, table.Rows)
			}
			return
		}
	}
	t.Error("the screen has no changes")
}

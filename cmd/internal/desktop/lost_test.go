package desktop

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"packbench/cmd/internal/bench"
	"packbench/devices/sound"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// A3: while the disk fails, the card itself says that an input was not recorded, and
// how to do it over; when inputs are recorded again it says that too, and it stays
// until the person goes on.
func TestWhatWasNotRecordedStandsOnTheCard(t *testing.T) { // A3
	d := newDesk(t)
	d.signIn("B-PACKER")
	post := d.front.Bench.Engine.Post
	post(engine.Scan{Device: "test", Data: "1001"})
	d.until("a card that is right", func(v screen.View) bool { return v.Page == screen.PagePacking && v.Bench.Card.Kind == pack.Accepted })
	db, err := sql.Open("sqlite", d.front.Folder.Path(store.FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	run := func(statements ...string) {
		t.Helper()
		for _, s := range statements {
			if _, err := db.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	fails := ` BEGIN SELECT RAISE(FAIL, 'the disk does not answer'); END`
	run(`CREATE TRIGGER no_row BEFORE INSERT ON journal`+fails, `CREATE TRIGGER no_try BEFORE UPDATE ON settings`+fails)
	refused := func(again string) {
		t.Helper()
		v := d.until("the card to say: "+again, func(v screen.View) bool { return v.Bench.Card.Head == "Not recorded: "+again })
		if c, n := v.Bench.Card, v.Bench.Next; c.Kind != pack.Refused || c.Shape != screen.ShapeCross || n.Kind != pack.Refused || !strings.EqualFold(n.Text, again) {
			t.Errorf("the card is %+v, what to do %+v", c, n)
		}
	}
	post(engine.Press{Command: pack.Command{Name: "undo"}})
	refused("press it again")
	post(engine.Entry{Text: "4006381333931"})
	refused("type it again")
	post(engine.Scan{Device: "test", Data: "4006381333931"})
	refused("scan it again")
	if _, err := d.front.Bench.Engine.Do(t.Context(), engine.Weight{Scale: pack.ScaleZero}); err == nil { // nobody did anything
		t.Error("a weight was recorded")
	}
	refused("scan it again")
	run(`DROP TRIGGER no_row`, `DROP TRIGGER no_try`)
	v := d.until("the disk to be back", func(v screen.View) bool { return v.Bench.Card.Head == "Recording again: scan it again" })
	if v.Bench.Card.Kind != pack.Asked || v.Bench.Next.Text != "Scan it again" || v.Header.Alert != "" {
		t.Errorf("the card is %+v, what to do %+v, the alert %q", v.Bench.Card, v.Bench.Next, v.Header.Alert)
	}
	post(engine.Scan{Device: "test", Data: "nothing-known"})
	d.until("the verdict of a new scan", func(v screen.View) bool {
		return v.Bench.Card.Kind == pack.Refused && !strings.Contains(v.Bench.Card.Head, "ecord")
	})
}

func TestAWeightThatWasNotRecorded(t *testing.T) { // A3
	d := newDesk(t)
	d.signIn("B-PACKER")
	lost := engine.Update{Raw: engine.Weight{Scale: pack.ScaleSteady}, Err: errors.New("the disk does not answer"), State: pack.State{Phase: pack.Weighing}}
	if bench.SoundOf(lost) != sound.Refused {
		t.Error("a weight that was not recorded does not sound refused")
	}
	d.front.Do(func() { d.front.notRecorded(lost) })
	d.until("the card to say so", func(v screen.View) bool {
		return v.Bench.Card.Head == "Not recorded: lift the parcel and weigh it again"
	})
	d.front.Do(func() {
		d.front.notRecorded(engine.Update{Input: pack.Input{Event: pack.Weighed{Scale: pack.ScaleSteady}}})
	})
	d.until("the next weight to be told", func(v screen.View) bool { return !strings.Contains(v.Bench.Card.Head, "ecord") })
}

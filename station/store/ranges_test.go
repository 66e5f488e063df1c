package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

func TestDatabaseFromBeforeThereWereMarks(t *testing.T) {
	s := fresh(t)
	if _, err := s.write.ExecContext(context.Background(), `INSERT INTO counters VALUES ('sscc', 42), ('tracking/heron', 17)`); err != nil {
		t.Fatal(err)
	}
	if n := numbersOf(t, s, "e1"); n.SSCC != 43 || n.Tracking != 18 {
		t.Errorf("%+v", n)
	}
}

func TestRangesRunOut(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := label("e0")
	w.Tracking.First, w.Tracking.Last = 500, 502
	for i := range 3 {
		w.Effect = fmt.Sprint("e", i)
		if left, err := s.TrackingLeft(ctx, "heron", w.Tracking); err != nil || left != uint64(3-i) {
			t.Errorf("%d left, %v", left, err)
		}
		if n, err := give(s, w); err != nil || n.Tracking != uint64(500+i) || n.SSCC != uint64(i+1) {
			t.Fatalf("%+v, %v", n, err)
		}
	}
	var empty *Exhausted
	w.Effect = "e3"
	if _, err := give(s, w); !errors.As(err, &empty) || !strings.Contains(err.Error(), "ask the carrier for a new range") {
		t.Errorf("beyond the range: %v", err)
	}
	w.Tracking.Last = 600 // the carrier adds to it
	if n, err := give(s, w); err != nil || n.Tracking != 503 || n.SSCC != 4 {
		t.Errorf("%+v, %v: the refused label must have used no SSCC", n, err)
	}
	w.Effect, w.Tracking.First, w.Tracking.Last = "e4", 400, 503 // and gives one that overlaps
	if _, err := give(s, w); !errors.As(err, &empty) {
		t.Errorf("an overlapping range: %v", err)
	}
	w.Tracking.First, w.Tracking.Last = 10, 20 // or one from lower down
	if n, err := give(s, w); err != nil || n.Tracking != 10 {
		t.Errorf("%+v, %v", n, err)
	}
	w.SSCC.Last = 1000
	if left, err := s.SSCCLeft(ctx, w.SSCC); err != nil || left != 1000-BlockSize {
		t.Errorf("%d SSCC left, %v", left, err)
	}
	w.Effect, w.Station, w.SSCC.Last = "e5", "S2", 5
	if _, err := give(s, w); !errors.As(err, &empty) || !strings.Contains(err.Error(), "company prefix") {
		t.Errorf("no SSCC left: %v", err)
	}
}

// A shop of many parcels sets another extension digit once the first is used up.
func TestAnotherExtensionDigitCountsAnew(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := label("p")
	number := func(extension string, effect int) (string, error) {
		w.Effect, w.SSCC = fmt.Sprint("e", effect), plainRange(extension+"9520000000", 2, "")
		n, err := s.LabelNumbers(ctx, w)
		return n.SSCC, err
	}
	for i := range 99 {
		if n, err := number("0", i); err != nil || n != fmt.Sprintf("09520000000%02d", i+1) {
			t.Fatalf("%s, %v", n, err)
		}
	}
	var empty *Exhausted
	if _, err := number("0", 99); !errors.As(err, &empty) || !strings.Contains(err.Error(), "another extension digit") {
		t.Fatalf("beyond the last: %v", err)
	}
	if left, err := s.SSCCLeft(ctx, w.SSCC); err != nil || left != 0 {
		t.Errorf("%d left, %v", left, err)
	}
	if n, err := number("1", 99); err != nil || n != "1952000000001" {
		t.Errorf("with another extension digit %s, %v", n, err)
	}
	if _, err := number("0", 100); !errors.As(err, &empty) {
		t.Errorf("back at the first: %v", err)
	}
	if n, err := number("2", 5); err != nil || n != "0952000000006" {
		t.Errorf("a label that has its number: %s, %v", n, err)
	}
}

// 952000 and 95200 are company prefixes of which one is a part of the other.
func TestOneNumberHasOneMeaningInRangesThatOverlap(t *testing.T) {
	for round := range 50 {
		random := rand.New(rand.NewPCG(1, uint64(round)))
		c := counters{}
		seen := map[string]bool{}
		take := func(number string, err error) {
			var empty *Exhausted
			if errors.As(err, &empty) {
				return
			}
			if err != nil || seen[number] {
				t.Fatalf("%s is given twice, or %v", number, err)
			}
			seen[number] = true
		}
		for range 400 {
			station := fmt.Sprint("S", random.IntN(3))
			take(c.sscc(station, []Range{plainRange("09", 4, ""), plainRange("090", 3, ""), plainRange("095", 3, ""), plainRange("19", 4, "")}[random.IntN(4)], false))
			take(c.tracking("heron", station, []Range{plainRange("A", 4, ""), plainRange("A0", 3, ""), plainRange("A", 4, "B"), plainRange("A07", 2, "")}[random.IntN(4)], false))
			if random.IntN(100) == 0 {
				c.skip(uint64(random.IntN(30)))
			}
		}
		if len(seen) < 200 {
			t.Errorf("only %d numbers", len(seen))
		}
	}
}

func TestUsedOfAnotherShape(t *testing.T) {
	whole := plainRange("09", 4, "")
	for _, c := range []struct {
		of          Range
		shape       string
		first, last uint64
		want        uint64
	}{
		{whole, "09****", 1, 17, 17},
		{whole, "09****", 1, 123456, 9999}, // jumped over the end
		{whole, "095***", 1, 17, 5017},
		{whole, "090***", 1, 17, 17},
		{whole, "19****", 1, 17, 0},
		{whole, "09***", 1, 17, 0},
		{whole, "09****B", 1, 17, 0},
		{whole, "no star", 1, 17, 0},
		{whole, "", 0, 0, 0},
		{plainRange("095", 3, ""), "09****", 1, 4999, 0},
		{plainRange("095", 3, ""), "09****", 1, 5001, 1},
		{plainRange("095", 3, ""), "09****", 1, 7000, 999}, // has gone past
		{plainRange("095", 3, ""), "09****", 6000, 7000, 0},
		{Range{Shape: "09****", First: 400, Last: 500}, "09****", 501, 600, 0},
		{Range{Shape: "09****", First: 400, Last: 500}, "09****", 1, 600, 500},
		{Range{Shape: "09****", First: 400, Last: 500}, "09****", 1, 399, 0},
	} {
		if got := c.of.used(c.shape, c.first, c.last); got != c.want {
			t.Errorf("%s from %d to %d, with %s used from %d to %d: %d, want %d", c.of.Shape, c.of.First, c.of.Last, c.shape, c.first, c.last, got, c.want)
		}
	}
}

// Jumping over the end of a range must not make it new.
func TestSkippingBeyondTheEndOfARange(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := label("e1")
	w.Tracking.First, w.Tracking.Last = 500, 600
	if _, err := give(s, w); err != nil {
		t.Fatal(err)
	}
	if err := s.SettleNumbers(ctx, Ranges{}, 5000); err != nil {
		t.Fatal(err)
	}
	w.Effect = "e2"
	var empty *Exhausted
	if n, err := give(s, w); !errors.As(err, &empty) || empty.Of != "heron" {
		t.Errorf("%+v, %v", n, err)
	}
	if left, err := s.TrackingLeft(ctx, "heron", w.Tracking); err != nil || left != 0 {
		t.Errorf("%d left, %v", left, err)
	}
}

// A database that knows of no number yet may be an old one.
func TestSkippingBeforeTheFirstNumber(t *testing.T) {
	s := fresh(t)
	w := label("e1")
	if err := s.SettleNumbers(context.Background(), Ranges{SSCC: w.SSCC, Tracking: map[string]Range{"heron": w.Tracking}}, 500); err != nil {
		t.Fatal(err)
	}
	n := numbersOf(t, s, "e1")
	if n.SSCC <= 500 || n.Tracking <= 500 {
		t.Errorf("%+v after 500 labels that are not known", n)
	}
	if next := numbersOf(t, s, "e2"); next.SSCC != n.SSCC+1 || next.Tracking != n.Tracking+1 {
		t.Errorf("then %+v", next)
	}
	// A range that the carrier gives later begins at its beginning.
	w = label("e3")
	w.Tracking = plainRange("HM", 8, "ZZ")
	w.Tracking.First, w.Tracking.Last = 400, 402
	if n, err := give(s, w); err != nil || n.Tracking != 400 {
		t.Errorf("a new range: %+v, %v", n, err)
	}
}

// A label that was numbered before numbers were kept whole gets its own again.
func TestLabelNumberedBeforeNumbersWereKeptWhole(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(30000)")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range []string{"0001_base", "0002_projections", "0003_handover", "0004_van_claims", "0005_manifest_reprints"} {
		text, err := migrations.ReadFile("migrations/" + file + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(fmt.Sprintf("%s; PRAGMA user_version=%d", text, i+1)); err != nil {
			t.Fatal(err)
		}
	}
	_, err = db.Exec(`INSERT INTO label_intents VALUES ('e1', 'e1', 'heron', 7, 9);
		INSERT INTO counters VALUES ('sscc', 100), ('sscc/S1', 7), ('sscc-end/S1', 100), ('tracking/heron', 9)`)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if n, err := s.LabelNumbers(ctx, label("e1")); err != nil || n != (Numbers{SSCC: "09520000000000007", Tracking: "HN00000009ZZ"}) {
		t.Errorf("%+v, %v", n, err)
	}
	if n, err := s.LabelNumbers(ctx, label("e2")); err != nil || n != (Numbers{SSCC: "09520000000000008", Tracking: "HN00000010ZZ", Fresh: true}) {
		t.Errorf("the next: %+v, %v", n, err)
	}
	other := label("e3")
	other.SSCC = plainRange("19520000", 9, "")
	if n, err := s.LabelNumbers(ctx, other); err != nil || n.SSCC != "19520000000000001" {
		t.Errorf("another extension digit: %+v, %v", n, err)
	}
}

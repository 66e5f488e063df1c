package weighttest_test

import (
	"testing"

	"packbench/station/unit"
	"packbench/station/weight/weighttest"
)

// TestTheObserverIsTheMeasure shows that the world is one in which weights tell
// something, that its false alarms are those that were asked for, and that it is the same
// world each time.
func TestTheObserverIsTheMeasure(t *testing.T) {
	run := func(b weighttest.Bench) weighttest.Score {
		return weighttest.Run(weighttest.New(1, 2*unit.Gram), 10_000, b)
	}
	best, fixed := run(weighttest.Observer{}), run(weighttest.FivePercent{})
	t.Logf("observer: %s", best)
	t.Logf("5 %% rule: %s", fixed)
	if best.String() != run(weighttest.Observer{}).String() {
		t.Error("the same seed made another world")
	}
	if share := float64(best.False) / float64(best.Good); share < 0.001 || share > 0.004 {
		t.Errorf("the observer stops %.2f %% of good parcels", 100*share)
	}
	if best.Wrong < 150 || best.Wrong > 250 || best.Seen <= fixed.Seen {
		t.Errorf("%d errors; the observer notices %d, the 5 %% rule %d", best.Wrong, best.Seen, fixed.Seen)
	}
	for kind, n := range best.ErrorsOf {
		t.Logf("%s: %d of %d noticed, %d of those understood", kind, best.SeenOf[kind], n, best.RightOf[kind])
	}
}

package weight_test

import (
	"testing"

	"packbench/station/unit"
	"packbench/station/weight/weighttest"
)

// BenchmarkShift judges one parcel of a shift and learns from it. What an observer of the
// true masses notices beside the model, and the model's false alarms beside those of the
// fixed rule, are its ratios.
func BenchmarkShift(b *testing.B) {
	run := func(of weighttest.Bench, n int) weighttest.Score {
		return weighttest.Run(weighttest.New(2, 2*unit.Gram), n, of)
	}
	learnt := run(&bench{}, 10_000)
	best, fixed := run(weighttest.Observer{}, 10_000), run(weighttest.FivePercent{}, 10_000)
	share := func(n, of int) float64 { return float64(n) / float64(of) }
	for b.Loop() {
		run(&bench{}, 1)
	}
	b.ReportMetric(share(best.Seen, best.Wrong)/share(learnt.Seen, learnt.Wrong), "noticed-ratio")
	b.ReportMetric(1.15, "noticed-bound")
	b.ReportMetric(share(learnt.False, learnt.Good)/share(fixed.False, fixed.Good), "alarms-ratio")
	b.ReportMetric(0.06, "alarms-bound")
}

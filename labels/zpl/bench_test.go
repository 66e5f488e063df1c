package zpl_test

import (
	"slices"
	"testing"
	"time"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
	"packbench/labels/zpl"
)

// BenchmarkZPL makes the same label both ways in turn, so that a busy computer
// slows both, and reports the ratio of the medians: the figure that binds.
func BenchmarkZPL(b *testing.B) {
	for _, p := range sample.Profiles()[:2] {
		b.Run(p.Name, func(b *testing.B) {
			var ours, peer []time.Duration
			timed := func(encode func(labels.Layout) ([]byte, error)) time.Duration {
				start := time.Now()
				l, _, err := labels.ShippingLabel(sample.Shipping(), p)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := encode(l); err != nil {
					b.Fatal(err)
				}
				return time.Since(start)
			}
			b.ReportAllocs()
			for b.Loop() {
				ours = append(ours, timed(zpl.Encode))
				peer = append(peer, timed(pdf.Encode))
			}
			slices.Sort(ours)
			slices.Sort(peer)
			z, f := ours[len(ours)/2], peer[len(peer)/2]
			b.ReportMetric(float64(z.Microseconds())/1000, "zpl-ms")
			b.ReportMetric(float64(f.Microseconds())/1000, "pdf-ms")
			b.ReportMetric(float64(z)/float64(f), "ratio")
			b.ReportMetric(0.5, "bound")
		})
	}
}

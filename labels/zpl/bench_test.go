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

// BenchmarkZPL makes the same label every way in turn, so that a busy computer
// slows all of them, and reports the ratios of the medians: the figures that
// bind.
func BenchmarkZPL(b *testing.B) {
	ways := []func(labels.Layout) ([]byte, error){zpl.Encode, zpl.EncodeNative, pdf.Encode}
	for _, p := range sample.Profiles()[:2] {
		b.Run(p.Name, func(b *testing.B) {
			times, bytes := make([][]time.Duration, len(ways)), make([]float64, len(ways))
			b.ReportAllocs()
			for b.Loop() {
				for i, encode := range ways {
					start := time.Now()
					l, _, err := labels.ShippingLabel(sample.Shipping(), p)
					if err != nil {
						b.Fatal(err)
					}
					data, err := encode(l)
					if err != nil {
						b.Fatal(err)
					}
					times[i], bytes[i] = append(times[i], time.Since(start)), float64(len(data))
				}
			}
			median := func(i int) float64 {
				slices.Sort(times[i])
				return float64(times[i][len(times[i])/2].Microseconds()) / 1000
			}
			dots, own, peer := median(0), median(1), median(2)
			b.ReportMetric(dots, "zpl-ms")
			b.ReportMetric(own, "native-ms")
			b.ReportMetric(peer, "pdf-ms")
			b.ReportMetric(dots/peer, "ratio")
			b.ReportMetric(own/peer, "native-ratio")
			b.ReportMetric(0.5, "bound")
			b.ReportMetric(0.5, "native-bound")
			b.ReportMetric(bytes[0], "zpl-B")
			b.ReportMetric(bytes[1], "native-B")
			b.ReportMetric(bytes[2], "pdf-B")
		})
	}
}

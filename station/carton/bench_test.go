package carton_test

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carton"
	"packbench/station/carton/cartontest"
)

// BenchmarkOrders packs mixed orders of 1 to 30 pieces. The ratios are to what a packer
// may wait (2 ms at the median, 50 ms at the 99th percentile), and of the outer volume
// to that of the rule by volume that places nothing, whose word does not hold.
func BenchmarkOrders(b *testing.B) {
	orders := cartontest.Orders(2026, 500, true)
	var took []time.Duration
	var ours, rule, boxes float64
	for b.Loop() {
		took, ours, rule, boxes = took[:0], 0, 0, 0
		for _, p := range orders {
			start := time.Now()
			s := carton.Solve(p, nil)
			took = append(took, time.Since(start))
			boxes += float64(len(s.Boxes))
			for _, x := range s.Boxes {
				ours += float64(p.Boxes[x.Box].Outer.Volume())
			}
			rule += byVolume(p)
		}
	}
	slices.Sort(took)
	ms := func(share int) float64 { return took[len(took)*share/100].Seconds() * 1000 }
	b.ReportMetric(ms(50), "ms-median")
	b.ReportMetric(ms(50)/2, "median-ratio")
	b.ReportMetric(1, "median-bound")
	b.ReportMetric(ms(99), "ms-p99")
	b.ReportMetric(ms(99)/50, "p99-ratio")
	b.ReportMetric(1, "p99-bound")
	b.ReportMetric(boxes, "boxes")
	b.ReportMetric(ours/rule, "volume-ratio")
	b.ReportMetric(1.1, "volume-bound")
}

// byVolume is the outer volume of what the rule by volume proposes for an order.
func byVolume(p carton.Problem) float64 {
	var cartons []station.Carton
	for _, x := range p.Boxes {
		cartons = append(cartons, station.Carton{ID: x.ID, Inner: x.Inner, Outer: x.Outer, Tare: x.Tare, Max: x.Max})
	}
	items := slices.DeleteFunc(slices.Clone(p.Items), func(it carton.Item) bool { return it.Own })
	c := carton.ByVolume(items, cartons)
	return float64(c.Outer.Volume())
}

// BenchmarkBesideAPeer packs the orders of a folder (NAME.jsonl) to which another
// packer's answers are known (NAME-boxpacker.tsv: id, boxes, outer mm³, left out, µs), and
// reports boxes and outer volume to theirs. PACKBENCH_PEER names the folder.
func BenchmarkBesideAPeer(b *testing.B) {
	dir := os.Getenv("PACKBENCH_PEER")
	if dir == "" {
		b.Skip("PACKBENCH_PEER names no folder")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		b.Fatal("no orders there", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".jsonl")
		b.Run(filepath.Base(name), func(b *testing.B) {
			var boxes, volume float64
			for b.Loop() {
				boxes, volume = 0, 0
				for line := range lines(b, file) {
					p, _, err := carton.ReadProblem([]byte(line))
					if err != nil {
						b.Fatal(err)
					}
					for _, x := range carton.Solve(p, nil).Boxes {
						boxes++
						volume += float64(p.Boxes[x.Box].Outer.Volume())
					}
				}
			}
			var theirs, theirVolume float64
			for line := range lines(b, name+"-boxpacker.tsv") {
				var id string
				var n, mm3 float64
				if _, err := fmt.Sscan(line, &id, &n, &mm3); err == nil {
					theirs, theirVolume = theirs+n, theirVolume+mm3
				}
			}
			b.ReportMetric(boxes/theirs, "boxes-ratio")
			b.ReportMetric(1, "boxes-bound")
			b.ReportMetric(volume/theirVolume, "volume-ratio")
			b.ReportMetric(0.95, "volume-bound")
		})
	}
}

func lines(b *testing.B, file string) func(func(string) bool) {
	return func(yield func(string) bool) {
		f, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() && yield(s.Text()) {
		}
	}
}

var containers = flag.Int("containers", 1, "containers of each class that BenchmarkContainers fills")

// BenchmarkContainers fills containers of each class of Bischoff and Ratcliff for a
// second; the ratio is of what stays empty to the 8 % that may.
func BenchmarkContainers(b *testing.B) {
	var mean float64
	for b.Loop() {
		mean = 0
		for _, types := range cartontest.Types {
			class := 0.0
			for n := 1; n <= *containers; n++ {
				p := cartontest.Bischoff(types, n)
				p.Effort = math.MaxInt
				end := time.Now().Add(time.Second)
				class += filled(p, carton.Solve(p, func() bool { return time.Now().After(end) })) / float64(*containers)
			}
			b.ReportMetric(100*class, fmt.Sprintf("%%-of-%d-types", types))
			mean += class / float64(len(cartontest.Types))
		}
	}
	b.ReportMetric(100*mean, "%-filled")
	b.ReportMetric((1-mean)/0.08, "empty-ratio")
	b.ReportMetric(1, "empty-bound")
}

package carton_test

import (
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"packbench/station/carton"
	"packbench/station/carton/cartontest"
)

// many is how many random problems are tried: PACKBENCH_PROBLEMS, else a few hundred.
func many(t *testing.T) int {
	if text := os.Getenv("PACKBENCH_PROBLEMS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return 300
}

func judge(t *testing.T, p carton.Problem) {
	t.Helper()
	if wrong := cartontest.Check(p, carton.Solve(p, nil)); len(wrong) > 0 {
		t.Errorf("%s (%s): %q", p.ID, p.Objective, wrong)
	}
}

func TestEverySolutionPassesTheChecker(t *testing.T) {
	n := many(t)
	for i := 0; i < n && !t.Failed(); i += 100 {
		for _, p := range cartontest.Random(uint64(i), min(100, n-i)) {
			p.ID = strconv.Itoa(i) + " " + p.ID
			judge(t, p)
		}
	}
	for _, p := range cartontest.Orders(11, n/3, true) {
		judge(t, p)
	}
}

// Container loading: the least share of the volume that one problem of each class is
// filled to in this many steps.
func TestContainersAreFilled(t *testing.T) {
	seconds, each := 0.0, 1
	if text := os.Getenv("PACKBENCH_FILL_SECONDS"); text != "" {
		seconds, _ = strconv.ParseFloat(text, 64)
		each = 5
		if text := os.Getenv("PACKBENCH_FILL_EACH"); text != "" {
			each, _ = strconv.Atoi(text)
		}
	}
	var sum float64
	steps := 0
	for _, types := range cartontest.Types {
		class := 0.0
		for n := range each {
			p := cartontest.Bischoff(types, n)
			var stop func() bool
			if seconds > 0 {
				end := time.Now().Add(time.Duration(seconds * float64(time.Second)))
				stop, p.Effort = func() bool { return time.Now().After(end) }, math.MaxInt
			} else {
				p.Effort = 1500
			}
			s := carton.Solve(p, stop)
			if wrong := cartontest.Check(p, s); len(wrong) > 0 {
				t.Errorf("%s: %q", p.ID, wrong)
			}
			steps += s.Steps
			class += filled(p, s) / float64(each)
		}
		t.Logf("%d types: %.2f %%", types, 100*class)
		sum += class / float64(len(cartontest.Types))
	}
	t.Logf("mean %.2f %%, %d steps each", 100*sum, steps/each/len(cartontest.Types))
	if sum < 0.88 {
		t.Errorf("filled to %.2f %% only", 100*sum)
	}
}

func filled(p carton.Problem, s carton.Solution) float64 {
	var used int64
	for _, b := range s.Boxes {
		for _, u := range b.Units {
			used += u.Size.Volume()
		}
	}
	return float64(used) / float64(p.Boxes[0].Inner.Volume())
}

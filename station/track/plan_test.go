package track

import (
	"container/heap"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	handed := began
	near := func(got time.Time, hours float64, of string) {
		t.Helper()
		want := handed.Add(time.Duration(hours * float64(time.Hour)))
		if d := got.Sub(want).Abs(); d > want.Sub(handed)/5+time.Hour {
			t.Errorf("%s: %s, want about %s", of, got, want)
		}
	}
	promised := time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)
	a := Asking{Number: "N1", Handed: handed, Promised: promised}
	near(a.Next(time.UTC), 3, "the first time")
	a.Asked = handed.Add(3 * time.Hour)
	near(a.Next(time.UTC), 9, "not scanned")
	a.Standing = Of([]Event{at(4, Accepted)})
	near(a.Next(time.UTC), 15, "moving")
	a.Asked = promised.Add(9 * time.Hour)
	if got := a.Next(time.UTC).Sub(a.Asked); got != time.Hour {
		t.Errorf("on the promised day: after %s", got)
	}
	a.Asked = promised.Add(2 * time.Hour) // the next time would be at two in the afternoon
	if got := a.Next(time.UTC); got.Hour() != 8 {
		t.Errorf("on the morning of the promised day: %s", got)
	}
	a.Asked = promised.Add(30 * time.Hour)
	if got := a.Next(time.UTC).Sub(a.Asked); got < 20*time.Hour {
		t.Errorf("overdue: after %s", got)
	}
	a.Standing = Of([]Event{at(4, Accepted), at(60, Delivered)})
	if got := a.Next(time.UTC); got.IsZero() {
		t.Error("a delivery is not looked at again")
	}
	a.Asked = handed.AddDate(0, 0, 20)
	if got := a.Next(time.UTC); !got.IsZero() {
		t.Errorf("long delivered: %s", got)
	}
	a.Standing, a.Asked = Of([]Event{at(4, Accepted)}), handed.AddDate(0, 0, 61)
	if got := a.Next(time.UTC); !got.IsZero() {
		t.Errorf("nothing heard for 61 days: %s", got)
	}
}

// due are times of calls, the earliest first.
type due []struct {
	at time.Time
	a  Asking
}

func (d due) Len() int           { return len(d) }
func (d due) Less(i, j int) bool { return d[i].at.Before(d[j].at) }
func (d due) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *due) Push(x any) {
	*d = append(*d, x.(struct {
		at time.Time
		a  Asking
	}))
}
func (d *due) Pop() any { old := *d; x := old[len(old)-1]; *d = old[:len(old)-1]; return x }

// A day of 100,000 calls by a simulated clock: no provider is called more often than it
// takes, in any span of time, and parcels of one van are not all asked after at once.
func TestADayOfCallsStaysWithinLimits(t *testing.T) {
	for _, tt := range []struct {
		provider   string
		parcels    int
		least, top int // calls of the day
	}{
		{AfterShip, 27_000, 100_000, 864_000}, {Track17, 27_000, 100_000, 259_200}, {USPS, 5_000, 1_300, 1_440}, {DHL, 5_000, 250, 250},
	} {
		pace := NewPace(Limits(tt.provider))
		var queue due
		for i := range tt.parcels {
			a := Asking{Number: fmt.Sprint("N", i), Handed: began}
			queue = append(queue, struct {
				at time.Time
				a  Asking
			}{a.Next(time.UTC), a})
		}
		heap.Init(&queue)
		var calls []time.Time
		for now, end := began, began.Add(24*time.Hour); ; {
			next := queue[0]
			if next.at.After(now) {
				now = next.at
			}
			if wait := pace.Wait(now); wait > 0 {
				now = now.Add(wait)
			}
			if !now.Before(end) {
				break
			}
			pace.Called(now)
			calls = append(calls, now)
			queue[0].a.Asked = now
			queue[0].at = queue[0].a.Next(time.UTC)
			heap.Fix(&queue, 0)
		}
		if len(calls) < tt.least || len(calls) > tt.top {
			t.Errorf("%s: %d calls", tt.provider, len(calls))
		}
		for _, l := range Limits(tt.provider) {
			for i := l.Calls; i < len(calls); i++ {
				if calls[i].Sub(calls[i-l.Calls]) < l.Within {
					t.Fatalf("%s: %d calls within %s", tt.provider, l.Calls+1, calls[i].Sub(calls[i-l.Calls]))
				}
			}
		}
		if tt.provider == AfterShip {
			n, _ := slices.BinarySearchFunc(calls, began.Add(firstAsk+10*time.Minute), time.Time.Compare)
			if n > tt.parcels/5 {
				t.Errorf("%d of %d parcels are asked after in the first ten minutes", n, tt.parcels)
			}
		}
	}
}

func TestAProviderMaySayToWait(t *testing.T) {
	p := NewPace(Limits(AfterShip))
	p.Called(began)
	p.Bar(began.Add(time.Minute))
	if got := p.Wait(began); got != time.Minute {
		t.Error(got)
	}
	if got := p.Wait(began.Add(2 * time.Minute)); got > 0 {
		t.Error(got)
	}
}

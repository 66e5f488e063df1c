package door_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"packbench/cmd/internal/door"
	"packbench/station/people"
	"packbench/station/store"
)

// pauses are how long no PIN is looked at after five wrong ones in a row, after six, and
// so on; the last one stays.
var pauses = []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour}

// victim is what a person's PIN must have gone through.
type victim struct {
	id, pin string
	wrong   int           // tries in a row that were looked at
	until   time.Time     // none is looked at before
	passed  time.Duration // how far the clock went forward since the last of them
}

func (v *victim) pause() time.Duration {
	if v.wrong < 5 {
		return 0
	}
	return pauses[min(v.wrong-5, len(pauses)-1)]
}

// rest is how long no PIN is looked at from now on: no longer than the whole pause, where
// the clock was set back.
func (v *victim) rest(now time.Time) time.Duration {
	return max(0, min(v.until.Sub(now), v.pause()))
}

// try is what must become of a try: within the pause it is not looked at.
func (v *victim) try(now time.Time, right bool) (looked bool, wait time.Duration) {
	if wait = v.rest(now); wait > 0 {
		v.until = now.Add(wait)
		return false, wait
	}
	v.wrong++
	if right {
		v.wrong = 0
	}
	v.until, v.passed = now.Add(v.pause()), 0
	return true, v.pause()
}

// thief guesses the PINs of two people at a door, starts the program again, cuts tries off
// and turns the clock.
type thief struct {
	t       *testing.T
	rnd     *rand.Rand
	path    string
	store   *store.Store
	now     time.Time
	victims []*victim
	looked  int           // tries that were looked at
	served  time.Duration // the pauses before them
}

func (th *thief) must(err error) {
	th.t.Helper()
	if err != nil {
		th.t.Fatal(err)
	}
}

func (th *thief) restart() {
	if th.store != nil {
		th.must(th.store.Close())
	}
	th.store = opened(th.t, th.path)
}

// turn lets time pass, mostly to where a pause may be over, or sets the clock back.
func (th *thief) turn(v *victim) {
	rest := v.rest(th.now)
	if th.rnd.IntN(20) == 0 {
		th.now = th.now.Add(-time.Duration(th.rnd.Int64N(int64(2 * time.Hour))).Truncate(time.Millisecond))
		return
	}
	by := []time.Duration{time.Millisecond, rest - time.Millisecond, rest, rest, rest + time.Millisecond, time.Duration(th.rnd.IntN(40_000)) * time.Millisecond}[th.rnd.IntN(6)]
	th.now = th.now.Add(max(0, by))
	for _, v := range th.victims {
		v.passed += max(0, by)
	}
}

// guess tries a PIN, and fails the test where another thing comes of it than must.
func (th *thief) guess(n int, v *victim) {
	right := th.rnd.IntN(50) == 0
	if v.rest(th.now) > 0 {
		right = th.rnd.IntN(2) == 0
	}
	pin := v.pin
	if !right {
		pin = fmt.Sprint(5000 + th.rnd.IntN(9_000_000))
	}
	before, owed, passed := v.wrong, v.pause(), v.passed
	looked, wait := v.try(th.now, right)
	if looked {
		th.looked, th.served = th.looked+1, th.served+owed
	}
	if looked && passed < owed {
		th.t.Fatalf("guess %d of %s: looked at %v after the %dth wrong one", n, v.id, passed, before)
	}
	ok := looked && right
	d := door.Door{Store: th.store, Clock: func() time.Time { return th.now }}
	if th.rnd.IntN(100) == 0 && !ok { // cut off between the disk and the answer
		_, _, err := th.store.CountPIN(th.t.Context(), v.id, th.now, people.PINPause)
		th.must(err)
		return
	}
	gotOK, gotWait, err := d.Try(th.t.Context(), v.id, pin)
	th.must(err)
	if gotOK != ok || gotWait != wait {
		th.t.Fatalf("guess %d of %s, right %v, after %d wrong ones: %v and %v to wait, want %v and %v", n, v.id, right, before, gotOK, gotWait, ok, wait)
	}
}

// Whatever a thief does, no guess gets past a pause, and who knows the PIN gets in after
// it. PACKBENCH_GUESSES=1000000 takes half an hour: -timeout 1h.
func TestNoGuessGetsPastThePause(t *testing.T) {
	guesses, err := strconv.Atoi(cmp.Or(os.Getenv("PACKBENCH_GUESSES"), "400"))
	if err != nil {
		t.Fatal(err)
	}
	th := &thief{t: t, rnd: rand.New(rand.NewPCG(8, 15)), path: filepath.Join(t.TempDir(), store.FileName), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	th.restart()
	for id, pin := range map[string]string{"P1": "4711", "P2": "0815"} {
		hash, err := people.HashPIN(pin, cheap)
		th.must(err)
		th.must(th.store.PutPIN(t.Context(), id, hash))
	}
	th.victims = []*victim{{id: "P1", pin: "4711"}, {id: "P2", pin: "0815"}}
	longest, restarts := 0, 0
	for n := range guesses {
		v := th.victims[th.rnd.IntN(len(th.victims))]
		if th.rnd.IntN(3) == 0 {
			th.turn(v)
		}
		if th.rnd.IntN(200) == 0 {
			th.restart()
			restarts++
		}
		th.guess(n, v)
		longest = max(longest, v.wrong)
	}
	t.Logf("%d guesses over %d restarts: %d were looked at, after pauses of %v; at most %d wrong ones in a row", guesses, restarts, th.looked, th.served, longest)
	if longest < 12 || restarts == 0 {
		t.Error("that was no siege")
	}
	th.must(th.store.Close())
}

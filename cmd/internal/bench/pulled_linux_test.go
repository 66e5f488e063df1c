package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices"
	"packbench/devices/scale"
	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// rig is a bench at work with two scanners and a scale on pseudo terminals.
type rig struct {
	*testing.T
	bench *Bench
	live  *Live
	guns  map[string]*sim.Scanner
	scale *sim.Scale
	heard sync.Map // raw codes that have their verdict

	waits, late atomic.Int64 // of within
}

// newRig starts it. The second scanner reports as USB scanners do.
func newRig(t *testing.T) *rig {
	t.Helper()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	foldertest.Init(t, data, true, folder.Options{})
	d, err := folder.Open(t.Context(), data, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	big := station.Order{
		ID: "BIG", Status: station.OrderOpen, To: station.Address{Country: "DE", Postcode: "10115"},
		Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1_000_000, Kind: station.Goods}},
	}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{big}); err != nil {
		t.Fatal(err)
	}
	boxes := []station.Carton{{ID: "S"}, {ID: "M"}, {ID: "L"}, {ID: "XL"}, {ID: "C"}, {ID: "T"}} // without limits
	if _, err := d.Store.PutCartons(t.Context(), boxes); err != nil {
		t.Fatal(err)
	}
	r := &rig{T: t, guns: map[string]*sim.Scanner{}}
	r.plugIn(dir, d)
	r.work(d)
	return r
}

func (r *rig) plugIn(dir string, d *folder.Folder) {
	r.Helper()
	for name, kind := range map[string]string{FirstScanner: "serial", SecondScanner: "hid"} {
		gun, err := sim.NewScanner(sim.ScannerOptions{Kind: kind, Link: filepath.Join(dir, name)})
		if err != nil {
			r.Fatal(err)
		}
		r.Cleanup(func() { _ = gun.Close() })
		r.guns[name] = gun
	}
	var err error
	if r.scale, err = sim.NewScale(sim.ScaleOptions{Link: filepath.Join(dir, TheScale)}); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = r.scale.Close() })
	s := &d.Settings
	s.Sounds = false
	s.Scanner.Kind, s.Scanner.Port = "serial", r.guns[FirstScanner].Path()
	s.Scanner2.Kind, s.Scanner2.Port = "hid", r.guns[SecondScanner].Path()
	s.Scale.Kind, s.Scale.Port = "serial", r.scale.Path()
}

// work runs the bench and its devices until the test ends.
func (r *rig) work(d *folder.Folder) {
	r.Helper()
	var err error
	r.bench, err = Start(r.Context(), d, StartOptions{Publish: func(u engine.Update) {
		if scan, ok := u.Input.Event.(pack.Scanned); ok {
			r.heard.Store(scan.Raw, true)
		}
	}})
	if err != nil {
		r.Fatal(err)
	}
	r.live = NewLive(r.bench, d.Settings)
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	for _, run := range []func(context.Context) error{r.bench.Run, r.live.Run, r.scale.Run} {
		group.Go(func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				r.Error(err)
			}
		})
	}
	r.Cleanup(func() {
		stop()
		group.Wait()
		r.bench.Close()
		_ = d.Close()
	})
}

// until waits for something to be so, on a busy machine too.
func (r *rig) until(what string, so func() bool) {
	r.Helper()
	const patience = 30 * time.Second
	for end := time.Now().Add(patience); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			r.Errorf("waited %v in vain for %s; devices %+v, scale %+v", patience, what, r.live.Statuses(), r.live.Weight(time.Now()))
			return
		}
	}
}

// within waits for something that is so within the limit. A machine that sleeps
// is late now and then; punctual says whether it was the bench.
func (r *rig) within(limit time.Duration, what string, so func() bool) {
	r.Helper()
	begun := time.Now()
	r.until(what, so)
	r.waits.Add(1)
	if took := time.Since(begun); took > limit {
		r.late.Add(1)
		r.Logf("%s: %v instead of %v", what, took, limit)
	}
}

func (r *rig) punctual() {
	r.Helper()
	if late, waits := r.late.Load(), r.waits.Load(); 5*late > waits {
		r.Errorf("late %d times of %d", late, waits)
	}
}

func (r *rig) lamp(device string, want devices.Lamp) func() bool {
	return func() bool { return r.live.Statuses()[device].Lamp == want }
}

// open signs a packer in and opens the big order.
func (r *rig) open() {
	r.Helper()
	for _, scan := range []string{"PB:badge:B-PACKER", "BIG"} {
		r.until("the scanner", r.lamp(FirstScanner, devices.Green))
		if err := r.guns[FirstScanner].Scan([]byte(scan)); err != nil {
			r.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.until("the open order", func() bool { return r.bench.Engine.State().Phase == pack.Packing })
}

// sent is what a scanner has sent: whether the code must have arrived.
type sent struct {
	mu    sync.Mutex
	codes map[string]bool
}

func (s *sent) add(code string, sure bool) {
	s.mu.Lock()
	s.codes[code] = sure
	s.mu.Unlock()
}

// mug is a code of a white mug with a serial number of its own.
func mug(serial string) (code, raw string) {
	raw = "0109520000000011" + "21" + serial
	return "]C1" + raw, raw
}

// pullScanner pulls a scanner again and again, at any moment of a code; each
// time it is back and ready it sends one code that nothing disturbs.
func (r *rig) pullScanner(device string, pulls int, all *sent) {
	gun := r.guns[device]
	random := rand.New(rand.NewPCG(uint64(len(device)), 7))
	for n := range pulls {
		ended := make(chan struct{})
		go func() { // scans go on while the cable is pulled
			defer close(ended)
			for i := 0; ; i++ {
				code, raw := mug(fmt.Sprintf("%s-%d-%d", device, n, i))
				all.add(raw, false)
				if gun.Scan([]byte(code)) != nil {
					return
				}
				time.Sleep(3 * time.Millisecond) // 300 scans a second are enough
			}
		}()
		time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
		pulled := time.Now()
		gun.Unplug()
		<-ended
		r.within(2*time.Second, device+": red", r.lamp(device, devices.Red)) // F1
		time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
		if err := gun.Replug(); err != nil {
			r.Error(err)
			return
		}
		r.within(3*time.Second, device+": ready again", r.lamp(device, devices.Green))
		code, raw := mug(fmt.Sprintf("%s-%d-sure", device, n))
		all.add(raw, true)
		if err := gun.Scan([]byte(code)); err != nil {
			r.Errorf("%s, %v after pull %d: %v", device, time.Since(pulled), n, err)
		}
		r.within(3*time.Second, device+": the code of peace", func() bool { _, ok := r.heard.Load(raw); return ok })
	}
}

// pullScale does the same with the scale: nothing old is shown while it is
// away, and its weight is back soon after it.
func (r *rig) pullScale(pulls int) {
	random := rand.New(rand.NewPCG(5, 6))
	for n := range pulls {
		if n%5 == 0 { // else it is pulled while it stands or moves, as it comes
			mass := unit.Mass(100+n) * unit.Gram
			r.scale.Put(mass)
			r.until("a weight", func() bool {
				w := r.live.Weight(time.Now())
				return w.State == scale.Steady && w.Mass == mass
			})
		}
		r.scale.Put(unit.Mass(random.IntN(5000)) * unit.Gram)
		time.Sleep(time.Duration(random.IntN(200)) * time.Millisecond)
		r.scale.Unplug()
		r.within(2*time.Second, "the scale: red", r.lamp(TheScale, devices.Red))
		r.within(100*time.Millisecond, "the old weight to go", func() bool { return r.live.Weight(time.Now()).State == scale.NoData })
		time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
		if err := r.scale.Replug(); err != nil {
			r.Error(err)
			return
		}
		r.within(3*time.Second, "the scale: a weight again", func() bool { return r.live.Weight(time.Now()).State != scale.NoData })
	}
}

// F1, F2: every cable is pulled and plugged in 50 times while codes are
// scanned: what was acknowledged is counted once, what arrived whole is
// acknowledged, and no half code is taken for one.
func TestEveryCablePulledFiftyTimes(t *testing.T) {
	pulls := 50
	if testing.Short() {
		pulls = 5
	}
	r := newRig(t)
	r.open()
	all := &sent{codes: map[string]bool{}}
	var group sync.WaitGroup
	group.Go(func() { r.pullScanner(FirstScanner, pulls, all) })
	group.Go(func() { r.pullScanner(SecondScanner, pulls, all) })
	group.Go(func() { r.pullScale(pulls) })
	group.Wait()
	r.punctual()
	time.Sleep(400 * time.Millisecond) // the longest silence that ends a code
	if err := r.bench.Engine.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	codec := journal.Bench()
	for row, err := range r.bench.Store.Rows(t.Context(), r.bench.Station, 1) {
		if err != nil {
			t.Fatal(err)
		}
		in, facts, err := codec.Decode(row)
		if err != nil {
			t.Fatal(err)
		}
		scan, ok := in.Event.(pack.Scanned)
		if !ok || !strings.HasPrefix(scan.Raw, "01095") {
			continue
		}
		if _, known := all.codes[scan.Raw]; !known {
			t.Errorf("%q from %s was never scanned", scan.Raw, scan.Device)
		}
		for _, f := range facts {
			if j, is := f.(pack.Judged); is && j.Verdict.Kind == pack.Accepted {
				counted[scan.Raw]++
			}
		}
	}
	for raw, n := range counted {
		if n != 1 {
			t.Errorf("%s was counted %d times", raw, n)
		}
	}
	sure := 0
	for raw, must := range all.codes {
		if must {
			sure++
			if counted[raw] == 0 {
				t.Errorf("%s was scanned in peace and is lost", raw)
			}
		}
	}
	if in := r.bench.Engine.State().Work.Lines[0].In; in != len(counted) {
		t.Errorf("%d units are in the box, %d scans were acknowledged", in, len(counted))
	}
	if sure != 2*pulls || len(counted) < sure {
		t.Errorf("%d codes were to arrive, %d did", sure, len(counted))
	}
	t.Logf("%d codes sent, %d acknowledged", len(all.codes), len(counted))
}

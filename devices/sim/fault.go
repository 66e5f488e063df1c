package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// The faults of a scale. All of them act on the bytes of a frame, so every
// protocol has them; a USB scale, whose reports are checked by the bus, has
// none that would change a byte.
const (
	FaultNoise    = "noise"    // random bytes between frames
	FaultTorn     = "torn"     // frames that lose their end or their beginning
	FaultDoubled  = "doubled"  // frames that come twice
	FaultParity   = "parity"   // bit 7 flipped at random
	FaultBytewise = "bytewise" // byte by byte, with gaps
	FaultSilence  = "silence"  // nothing comes, but the port stays
	FaultDead     = "dead"     // no answer for a while after plugging in, as a scale that boots
)

// Faults names the faults that a scale can have.
func Faults() []string {
	return []string{FaultNoise, FaultTorn, FaultDoubled, FaultParity, FaultBytewise, FaultSilence, FaultDead}
}

// bootTime is how long a dead scale boots, by default.
const bootTime = 3 * time.Second

// Fault switches a fault on or off. The error names those that there are.
func (s *Scale) Fault(name string, on bool) error {
	if !slices.Contains(Faults(), name) {
		return fmt.Errorf("there is no fault %q; known: %s", name, strings.Join(Faults(), ", "))
	}
	s.faults.set(name, on)
	return nil
}

// Boot says how long the fault "dead" lasts after plugging in.
func (s *Scale) Boot(d time.Duration) { s.faults.setBoot(d) }

// faults are what befalls the bytes of one scale.
type faults struct {
	whole bool // reports of a bus that delivers them whole or not at all

	mu     sync.Mutex
	on     map[string]bool
	lasts  time.Duration
	random *rand.Rand
	// endless says that the last frame has lost its end.
	endless bool
}

func newFaults(seed uint64, whole bool) *faults {
	f := &faults{whole: whole, on: map[string]bool{}, lasts: bootTime}
	f.reseed(seed)
	return f
}

func (f *faults) reseed(seed uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.random = rand.New(rand.NewPCG(seed, 1))
}

func (f *faults) set(name string, on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.on[name] = on
}

func (f *faults) setBoot(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lasts = d
}

// boot is how long a scale that was just plugged in does not answer.
func (f *faults) boot() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.on[FaultDead] {
		return f.lasts
	}
	return 0
}

// piece is what goes out at once, after a gap.
type piece struct {
	gap  time.Duration
	data []byte
}

func (p piece) send(ctx context.Context, to *pty) error {
	if p.gap > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(p.gap):
		}
	}
	_, err := to.Write(p.data)
	return err
}

// spoil does to a frame what faults do; no frame is a moment without one.
func (f *faults) spoil(frame []byte) []piece {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.on[FaultSilence] {
		return nil
	}
	data := slices.Clone(frame)
	if f.on[FaultDoubled] {
		data = append(data, frame...)
	}
	if !f.whole {
		data = f.hurt(data)
	}
	switch {
	case len(data) == 0:
		return nil
	case !f.on[FaultBytewise] || f.whole:
		return []piece{{data: data}}
	}
	var pieces []piece
	for _, b := range data {
		gap := time.Duration(1+f.random.IntN(4)) * time.Millisecond
		if f.random.IntN(10) == 0 {
			gap *= 10
		}
		pieces = append(pieces, piece{gap, []byte{b}})
	}
	return pieces
}

// hurt changes the bytes of a frame as a bad line does.
func (f *faults) hurt(data []byte) []byte {
	if f.on[FaultTorn] && len(data) > 1 && f.random.IntN(2) == 0 {
		at := 1 + f.random.IntN(len(data)-1)
		// A beginning and another frame's end would make a whole frame, and a
		// wrong weight that nobody could know for one.
		if headless := f.random.IntN(2) == 0; headless && !f.endless {
			data = data[at:]
		} else {
			data, f.endless = data[:at], true
		}
	} else if len(data) > 0 {
		f.endless = false
	}
	if f.on[FaultNoise] && f.random.IntN(3) == 0 {
		data = append(f.noise(), data...)
	}
	if f.on[FaultParity] {
		for i := range data {
			data[i] ^= byte(f.random.IntN(2)) << 7
		}
	}
	return data
}

func (f *faults) noise() []byte {
	data := make([]byte, 1+f.random.IntN(12))
	for i := range data {
		data[i] = byte(f.random.Uint32())
	}
	return data
}

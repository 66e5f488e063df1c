package bench

import (
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/devices/printer"
	"packbench/station/pack"
)

// A parcel whose label waits when the program is killed gets it by itself afterwards,
// and is paid for once: the carrier had sold it, and nobody had heard.
func TestAParcelThatWaitsOutlivesTheProgram(t *testing.T) { // C6, F2
	dir, m := newMarket(t)
	var ahead atomic.Int64
	start := func() (*counter, func()) {
		return startCounterWith(t, dir, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }, StartOptions{
			Printer: &queue{state: printer.Printed},
			Carrier: func(own effects.Carrier) effects.Carrier { m.Carrier = own; return m },
		}, nil)
	}
	c, kill := start()
	c.packed()
	m.set(func(m *market) { m.lost = true })
	c.do(weight)
	c.do(command("park"))
	kill()
	c, kill = start()
	defer kill()
	if got := c.bench.Engine.State().Unlabelled(); len(got) != 1 || got[0].Parcel.Purchase != pack.PurchaseUnknown {
		t.Fatalf("%+v", got)
	}
	m.set(func(m *market) { m.lost = false })
	ahead.Store(int64(time.Hour))
	for deadline := time.Now().Add(20 * time.Second); len(c.bench.Engine.State().Unlabelled()) > 0; {
		if time.Now().After(deadline) {
			t.Fatal("it waits for ever")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if m.charges != 1 || m.voids != 0 {
		t.Errorf("paid %d times, %d given back", m.charges, m.voids)
	}
}

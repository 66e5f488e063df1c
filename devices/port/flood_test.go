package port_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scanner"
)

// TestA6AFloodTurnsTheLampRed until it is over, which needs nobody.
func TestA6AFloodTurnsTheLampRed(t *testing.T) {
	scans := 0
	reader := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", time.Now()), func(devices.Scan) { scans++ })
	work(t, port.Options{Handler: reader}, func(b *bench, _ *port.Runner) {
		for range 20 {
			b.say(strings.Repeat("1\r", 1000))
			b.wait(50 * time.Millisecond)
		}
		b.wait(3 * time.Second)
		kept := scans
		b.say("MUG-WHITE\r")
		b.expect("lamps", now(b, &b.states),
			"0s off open, nothing heard yet",
			"0s red sends codes without a pause: they are left out until it stops",
			"2.95s off last heard 00:00")
		if kept > 700 || scans != kept+1 {
			t.Errorf("%d scans, and %d after it", kept, scans-kept)
		}
	})
}

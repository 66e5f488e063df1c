package scale_test

import (
	"fmt"
	"time"

	"packbench/devices/scale"
)

// A scale that speaks SICS sends its weight as it changes; the gate lets the
// mass through once it stands still.
func ExampleGate() {
	protocol, err := scale.Find("sics")
	if err != nil {
		fmt.Println(err)
		return
	}
	decoder := protocol.New(scale.Profile{})
	gate := scale.NewGate(scale.GateOptions{})
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for _, sent := range []string{"S D     0.8120 kg\r\n", "S S     1.2340 kg\r\n", "S S     0.0000 kg\r\n"} {
		readings, _ := decoder.Feed([]byte(sent))
		for _, r := range readings {
			r.At, r.Device = now, "scale"
			for _, e := range gate.Feed(r) {
				switch e := e.(type) {
				case scale.Settled:
					fmt.Println("settled", e.Mass)
				case scale.Cleared:
					fmt.Println("cleared")
				}
			}
			fmt.Println(gate.Current(now).State)
		}
		now = now.Add(time.Second)
	}
	// Output:
	// moving
	// settled 1.234 kg
	// steady
	// cleared
	// zero
}

package sim

import (
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
)

// A scale whose protocol is set wrongly may be understood or not: it is never
// taken to stand still with a weight that it does not show, nor while it moves
// or is out of range. Each protocol is read as each other, asked as it wants to
// be and as the other is.
func TestAMistakenProtocolGivesNoSteadyWrongWeight(t *testing.T) {
	for _, speaker := range scale.Protocols() {
		for _, u := range []string{"kg", "g", "lb", "oz"} {
			opts, err := ScaleOptions{Protocol: speaker.Name, Unit: u}.withDefaults()
			if err != nil {
				t.Fatal(err)
			}
			some := opts.mass(1_234)
			for what, on := range map[string]load{
				"still": {mass: some, steady: true}, "moving": {mass: some}, "less than nothing": {mass: -some, steady: true},
				"over":  {mass: opts.Capacity + some, steady: true, over: true},
				"under": {mass: -some, steady: true, under: true},
			} {
				for _, reader := range scale.Protocols() {
					if reader.Name == speaker.Name {
						continue
					}
					for _, ask := range [][]byte{speaker.Polled.Ask, speaker.Stream.Ask, reader.Polled.Ask, reader.Stream.Ask} {
						for _, r := range mistaken(opts, reader, ask, on) {
							right := (r.Mass-on.mass).Abs() <= opts.Division && (what == "still" || what == "less than nothing")
							if r.HasMass && r.Stable && !right {
								t.Errorf("%s in %s with %v, %s, read as %s, asked %q: %+v", speaker.Name, u, on.mass, what, reader.Name, ask, r)
							}
						}
					}
				}
			}
		}
	}
}

// mistaken returns what a driver takes from a scale of another protocol.
func mistaken(opts ScaleOptions, reader scale.Protocol, ask []byte, on load) (out []devices.Reading) {
	v := voices()[opts.Protocol](opts)
	handler := scale.NewReader("scale", reader, scale.Profile{Unit: opts.Unit}, func(r devices.Reading) { out = append(out, r) })
	at := time.Unix(1_000, 0)
	for range 10 {
		at = at.Add(200 * time.Millisecond)
		said := v.tick(on, at)
		if len(ask) > 0 {
			said = append(said, v.hear(ask, on, at)...)
		}
		if opts.Protocol == "cas-ecr" && len(ask) == 1 {
			said = append(said, v.hear([]byte{0x11}, on, at)...) // its handshake
		}
		if reply := handler.Feed(said, at).Reply; len(reply) > 0 {
			handler.Feed(v.hear(reply, on, at), at)
		}
	}
	return out
}

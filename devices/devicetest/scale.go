package devicetest

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"packbench/devices"
	"packbench/devices/scale"
)

// Session is bytes that a scale sent, with at least one good weight at the end.
type Session struct {
	Name  string
	Bytes []byte
}

// Scale runs the suite on one protocol.
func Scale(t *testing.T, p scale.Protocol, sessions []Session) {
	t.Helper()
	if len(sessions) == 0 {
		t.Fatal("a suite without sessions proves nothing")
	}
	for _, s := range sessions {
		t.Run("any split of "+s.Name, func(t *testing.T) { anySplit(t, p, s.Bytes) })
	}
	t.Run("random bytes", func(t *testing.T) { randomBytes(t, p) })
	t.Run("endless frame", func(t *testing.T) { endless(t, p) })
	t.Run("good after bad", func(t *testing.T) { goodAfterBad(t, p, sessions[0].Bytes) })
	t.Run("nothing repeated", func(t *testing.T) { nothingRepeated(t, p, sessions[0].Bytes) })
}

// Decode feeds pieces to a fresh decoder and returns all that came out.
func Decode(p scale.Protocol, pieces ...[]byte) (readings []devices.Reading, reply []byte) {
	d := p.New(scale.Profile{})
	for _, piece := range pieces {
		r, answer := d.Feed(piece)
		readings, reply = append(readings, r...), append(reply, answer...)
	}
	return readings, reply
}

func anySplit(t *testing.T, p scale.Protocol, data []byte) {
	want, wantReply := Decode(p, data)
	if len(want) == 0 {
		t.Fatal("the session gives no readings")
	}
	check := func(how string, pieces ...[]byte) {
		t.Helper()
		got, reply := Decode(p, pieces...)
		if !reflect.DeepEqual(got, want) || !bytes.Equal(reply, wantReply) {
			t.Fatalf("%s: %d readings %+v; in one piece %d readings %+v", how, len(got), got, len(want), want)
		}
	}
	for i := range data {
		check("in two", data[:i], data[i:])
	}
	var single [][]byte
	for i := range data {
		single = append(single, data[i:i+1])
	}
	check("byte by byte", single...)
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var pieces [][]byte
		for rest := data; len(rest) > 0; {
			n := min(1+random.IntN(7), len(rest))
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		check("in random pieces", pieces...)
	}
}

func randomBytes(t *testing.T, p scale.Protocol) {
	random := rand.New(rand.NewPCG(3, 4))
	d := p.New(scale.Profile{})
	fed, out := 0, 0
	for range 2000 {
		data := make([]byte, random.IntN(200))
		for i := range data {
			data[i] = byte(random.Uint32())
			if random.IntN(8) == 0 {
				data[i] = "\r\n\x02\x03 S+-0123456789.kg"[random.IntN(21)]
			}
		}
		readings, _ := d.Feed(data)
		fed, out = fed+len(data), out+len(readings)
		for _, r := range readings {
			Sane(t, r)
		}
	}
	if out > fed {
		t.Errorf("%d readings out of %d bytes", out, fed)
	}
}

// Sane checks what holds for every reading, whatever the bytes were.
func Sane(t *testing.T, r devices.Reading) {
	t.Helper()
	if len(r.Raw) > 64 {
		t.Errorf("a reading keeps %d raw bytes", len(r.Raw))
	}
	weight := r.State == devices.OK || r.State == devices.Zero
	moving := r.State == devices.Motion // some scales send no weight while they move
	if weight != r.HasMass && !moving {
		t.Errorf("state %v with a mass: %v", r.State, r.HasMass)
	}
	if moving && !r.StableKnown {
		t.Error("the scale said that it moves, and it is not known whether it is steady")
	}
	if r.State == devices.Zero && r.Mass != 0 || !r.HasMass && r.Mass != 0 {
		t.Errorf("state %v with mass %d mg", r.State, r.Mass)
	}
	if r.Stable && (!r.StableKnown || r.State == devices.Motion) {
		t.Errorf("state %v, stable, which is known: %v", r.State, r.StableKnown)
	}
}

// endless feeds a megabyte without an end of frame: little may come out, and
// little be kept.
func endless(t *testing.T, p scale.Protocol) {
	d := p.New(scale.Profile{})
	out := 0
	for range 1024 {
		readings, _ := d.Feed(bytes.Repeat([]byte("7"), 1024))
		out += len(readings)
	}
	if out > 1<<20/64 {
		t.Errorf("%d readings out of one endless frame", out)
	}
	if kept := testing.AllocsPerRun(100, func() { d.Feed([]byte("7777777777777777")) }); kept > 4 {
		t.Errorf("%v allocations a read in an endless frame", kept)
	}
}

// goodAfterBad breaks a session off in the middle of each frame: what comes
// next must be read.
func goodAfterBad(t *testing.T, p scale.Protocol, good []byte) {
	want, _ := Decode(p, good)
	last := want[len(want)-1]
	for i := range good {
		got, _ := Decode(p, good[:i], []byte("\xff\x00?\r\n\x03"), good)
		if len(got) == 0 || !reflect.DeepEqual(got[len(got)-1], last) {
			t.Fatalf("after a break at %d the last reading is %+v, want %+v", i, got, last)
		}
	}
}

// nothingRepeated checks that half a frame gives no reading, least of all the
// one before.
func nothingRepeated(t *testing.T, p scale.Protocol, good []byte) {
	d := p.New(scale.Profile{})
	d.Feed(good)
	for i := range 4 {
		if readings, _ := d.Feed(good[i : i+1]); len(readings) > 0 && readings[0].HasMass {
			t.Fatalf("%d bytes of a frame gave %+v", i+1, readings[0])
		}
	}
}

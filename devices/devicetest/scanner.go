package devicetest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// ScannerSuite is what the suite needs to know of a kind of scanner.
type ScannerSuite struct {
	Kind     string
	Sessions []Session // bytes of codes with their ends; each gives at least one
	Bad      []byte    // bytes that are no code and break no later one once the line was silent
	Endless  []byte    // repeated, they are one code without an end
}

// began is when a session of the suite begins; nothing waits for that long.
var began = time.Unix(1_763_800_000, 0)

// pause is longer than any decoder waits for anything.
const pause = time.Minute

// Scanner runs the suite on one kind of scanner.
func Scanner(t *testing.T, s ScannerSuite) {
	t.Helper()
	kind, err := scanner.Find(s.Kind)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Sessions) == 0 || len(s.Bad) == 0 || len(s.Endless) == 0 {
		t.Fatal("a suite without bytes proves nothing")
	}
	fresh := func() *line { return &line{decoder: kind.New(scanner.Options{}), now: began} }
	for _, session := range s.Sessions {
		t.Run("any split of "+session.Name, func(t *testing.T) { anySplitScan(t, fresh, session.Bytes) })
		t.Run("half of "+session.Name, func(t *testing.T) { halfCode(t, fresh, session.Bytes) })
		t.Run("good after bad, "+session.Name, func(t *testing.T) { goodScanAfterBad(t, fresh, session.Bytes, s.Bad) })
	}
	t.Run("random bytes", func(t *testing.T) { randomScan(t, fresh, s.Sessions[0].Bytes) })
	t.Run("endless code", func(t *testing.T) { endlessCode(t, fresh, s.Endless, s.Sessions[0].Bytes) })
}

// line is a decoder with the time that goes by on its line.
type line struct {
	decoder scanner.Decoder
	now     time.Time
}

// feed hears all pieces at one time.
func (l *line) feed(pieces ...[]byte) []scanner.Frame {
	var frames []scanner.Frame
	for _, p := range pieces {
		frames = append(frames, l.decoder.Feed(p, l.now)...)
	}
	return frames
}

// silence lets time go by. A decoder that waits is told once the time that it
// asked for is over, as often as it asks.
func (l *line) silence() []scanner.Frame {
	var frames []scanner.Frame
	for at, turns := l.now, 0; l.decoder.Wait() > 0 && turns < 8; turns++ {
		at = at.Add(l.decoder.Wait())
		frames = append(frames, l.decoder.Silence(at)...)
	}
	l.now = l.now.Add(pause)
	return frames
}

// all returns the frames of a session and of the silence after it.
func (l *line) all(pieces ...[]byte) []scanner.Frame {
	return append(l.feed(pieces...), l.silence()...)
}

func words(frames []scanner.Frame) string {
	var all string
	for _, f := range frames {
		all += fmt.Sprintf("[%s %.40q cut %v] ", f.AIM, f.Data, f.Cut)
	}
	return all
}

func anySplitScan(t *testing.T, fresh func() *line, data []byte) {
	want := fresh().all(data)
	if len(want) == 0 {
		t.Fatal("the session gives no codes")
	}
	check := func(how string, pieces ...[]byte) {
		t.Helper()
		if got := fresh().all(pieces...); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %s; in one piece %s", how, words(got), words(want))
		}
	}
	for i := range data {
		check(fmt.Sprint("in two at ", i), data[:i], data[i:])
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
			n := min(1+random.IntN(100), len(rest))
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		check("in random pieces", pieces...)
	}
}

// halfCode checks that bytes give no code before its end has come, and that a
// port opened again forgets them.
func halfCode(t *testing.T, fresh func() *line, data []byte) {
	want := fresh().feed(data)
	for i := range data {
		l := fresh()
		got := l.feed(data[:i])
		if len(got) > len(want) || len(got) > 0 && !reflect.DeepEqual(got, want[:len(got)]) {
			t.Fatalf("%d bytes gave %s, all of them %s", i, words(got), words(want))
		}
		l.decoder.Reset()
		if frames := l.silence(); len(frames) > 0 {
			t.Fatalf("after %d bytes and a reset came %s", i, words(frames))
		}
		if again := l.feed(data); !same(again, want) {
			t.Fatalf("after %d bytes and a reset: %s, want %s", i, words(again), words(want))
		}
	}
}

// same compares frames without their times.
func same(a, b []scanner.Frame) bool { return words(a) == words(b) }

// goodScanAfterBad breaks a session off anywhere, lets bad bytes follow, and
// after a silence the session again: it must be read as if nothing had been.
func goodScanAfterBad(t *testing.T, fresh func() *line, good, bad []byte) {
	want := fresh().all(good)
	for i := range good {
		l := fresh()
		l.all(good[:i], bad)
		if got := l.all(good); !same(got, want) {
			t.Fatalf("after a break at %d: %s, want %s", i, words(got), words(want))
		}
	}
}

func randomScan(t *testing.T, fresh func() *line, good []byte) {
	want := fresh().all(good)
	random := rand.New(rand.NewPCG(3, 4))
	l := fresh()
	fed, out := 0, 0
	take := func(frames []scanner.Frame) {
		out += len(frames)
		for _, f := range frames {
			if len(f.Data) > scanner.MaxScan {
				t.Fatalf("a code of %d bytes", len(f.Data))
			}
		}
	}
	grown := grows(func() {
		for i := range 4000 {
			data := make([]byte, random.IntN(300))
			for i := range data {
				data[i] = byte(random.Uint32())
				if random.IntN(4) == 0 {
					data[i] = good[random.IntN(len(good))]
				}
			}
			take(l.feed(data))
			fed += len(data)
			l.now = l.now.Add(time.Duration(random.IntN(50)) * time.Millisecond)
			if i%16 == 0 {
				take(l.silence())
			}
		}
	})
	if out > fed {
		t.Errorf("%d codes out of %d bytes", out, fed)
	}
	if grown > mayKeep {
		t.Errorf("%d bytes are kept after %d bytes of noise", grown, fed)
	}
	l.decoder.Reset()
	l.now = l.now.Add(pause)
	if got := l.all(good); !same(got, want) {
		t.Errorf("after the noise: %s, want %s", words(got), words(want))
	}
}

// mayKeep is more than any decoder needs to hold.
const mayKeep = 512 << 10

// grows tells by how many bytes the memory in use is larger after work.
func grows(work func()) int64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	work()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// endlessCode sends a code that never ends: it is reported once, as cut, and
// the next one is read.
func endlessCode(t *testing.T, fresh func() *line, piece, good []byte) {
	want := fresh().all(good)
	l := fresh()
	var frames []scanner.Frame
	block := bytes.Repeat(piece, 64)
	grown := grows(func() {
		for fed := 0; fed < 4<<20; fed += len(block) {
			frames = append(frames, l.feed(block)...)
			l.now = l.now.Add(time.Millisecond)
		}
	})
	frames = append(frames, l.silence()...)
	if len(frames) != 1 || !frames[0].Cut || len(frames[0].Data) == 0 || len(frames[0].Data) > scanner.MaxScan {
		t.Fatalf("an endless code gave %d: %.300s", len(frames), words(frames))
	}
	if grown > mayKeep {
		t.Errorf("%d bytes are kept of an endless code", grown)
	}
	if got := l.all(good); !same(got, want) {
		t.Errorf("after an endless code: %s, want %s", words(got), words(want))
	}
}

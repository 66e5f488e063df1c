package devicetest_test

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"packbench/devices/scale"
	"packbench/devices/scanner"
)

const (
	megabyte = 1 << 20
	fed      = 100 * megabyte
	perRead  = 4096
	// eventSize is what one key is, as Linux gives it.
	eventSize = 24
	// mayKeep is what a decoder may hold on to, whatever it was fed.
	mayKeep = megabyte
	// marks begin, end and fill frames.
	marks = "\r\n\x02\x03\x05\x06\x01\x04 S+-0123456789.,kgWU?STGN]"
)

// rubbish is random bytes with the bytes strewn in that begin and end frames:
// pure chance would hardly ever get past the first state of a decoder.
func rubbish() []byte {
	random := rand.New(rand.NewPCG(11, 12))
	data := make([]byte, 4*megabyte)
	for i := range data {
		data[i] = byte(random.Uint32())
		if random.IntN(6) == 0 {
			data[i] = marks[random.IntN(len(marks))]
		}
	}
	return data
}

// feedAll feeds a decoder 100 MB in reads of 4 KiB and says what memory it
// kept, and how fast it was in MB a second.
func feedAll(data []byte, feed func([]byte)) (kept int64, speed float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	for n := 0; n < fed; n += perRead {
		at := n % (len(data) - perRead)
		feed(data[at : at+perRead])
	}
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc), fed / float64(megabyte) / took.Seconds()
}

// BenchmarkRandomBytes feeds each decoder 100 MB of rubbish: it must not
// panic nor keep more than a little. The speed stands beside that of a plain
// copy of the same bytes; a line at 9600 baud brings 0.001 MB a second.
func BenchmarkRandomBytes(b *testing.B) {
	data := rubbish()
	to := make([]byte, perRead)
	_, plain := feedAll(data, func(p []byte) { copy(to, p) })
	run := func(name string, start func() func([]byte)) {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				feed := start()
				kept, speed := feedAll(data, feed)
				if kept > mayKeep {
					b.Fatalf("after 100 MB it keeps %d bytes", kept)
				}
				b.ReportMetric(speed, "MB/s")
				b.ReportMetric(plain, "copy-MB/s")
				runtime.KeepAlive(feed)
			}
		})
	}
	for _, p := range scale.Protocols() {
		run("scale/"+p.Name, func() func([]byte) {
			d := p.New(scale.Profile{})
			return func(data []byte) { d.Feed(data) }
		})
	}
	at := time.Unix(1_000, 0)
	for _, k := range scanner.Kinds() {
		run("scanner/"+k.Name, func() func([]byte) {
			d := k.New(scanner.Options{})
			return func(data []byte) {
				at = at.Add(time.Millisecond)
				d.Feed(data, at)
			}
		})
	}
	run("scanner/wedge", func() func([]byte) {
		w := scanner.NewWedge(scanner.Options{})
		return func(data []byte) {
			for i := 0; i+eventSize <= len(data); i += eventSize {
				at = at.Add(time.Duration(data[i]) * time.Millisecond)
				w.Key(scanner.Key{Code: int(data[i+1]), Down: data[i+2]%3 > 0, At: at})
				if data[i+3]%4 == 0 {
					w.Rune(rune(data[i+4]), at)
				}
			}
			w.Tick(at)
		}
	})
}

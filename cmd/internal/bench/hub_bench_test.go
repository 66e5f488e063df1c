package bench

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/member"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
)

// boundHub is how many times as long a scan may take to its verdict with a hub, whatever
// that does, as without one.
const boundHub = 1.05

// road is a way to a server that is quick, slow or none.
type road struct {
	to   string
	slow atomic.Int64 // nanoseconds, of what is said to the server
	gone atomic.Bool
}

func (r *road) open(b *testing.B, at string) {
	b.Helper()
	l, err := net.Listen("unix", at)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go r.carry(c)
		}
	}()
}

func (r *road) carry(c net.Conn) {
	defer func() { _ = c.Close() }()
	s, err := net.Dial("unix", r.to)
	if err != nil || r.gone.Load() {
		return
	}
	defer func() { _ = s.Close() }()
	go func() { _, _ = io.Copy(c, s); _ = c.Close() }()
	buf := make([]byte, 64<<10)
	for {
		n, err := c.Read(buf)
		if err != nil || r.gone.Load() {
			return
		}
		time.Sleep(time.Duration(r.slow.Load()))
		if _, err := s.Write(buf[:n]); err != nil {
			return
		}
	}
}

// BenchmarkScanWithAHub measures scan to durable verdict beside a hub that is there, one
// that needs two seconds for an answer, and one that is gone, against the same with
// nothing beside, in turn.
func BenchmarkScanWithAHub(b *testing.B) {
	var done bool
	hubtest.Run(func(s *hubtest.Server) int {
		if s == nil {
			b.Skip("there is no PostgreSQL server here")
		}
		scanWithAHub(b, s)
		done = true
		return 0
	})
	if !done && !b.Skipped() {
		b.Error("no server")
	}
}

func scanWithAHub(b *testing.B, s *hubtest.Server) {
	ctx := b.Context()
	d := bigOrder(b, 1_000_000)
	_, address := s.Database(b)
	if _, _, err := member.Init(ctx, address, ""); err != nil {
		b.Fatal(err)
	}
	_, host, _ := strings.Cut(address, "host=")
	between, err := os.MkdirTemp("", "road")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(between) })
	way := &road{to: filepath.Join(host, ".s.PGSQL.5432")}
	way.open(b, filepath.Join(between, ".s.PGSQL.5432"))
	at := strings.Replace(address, host, url.QueryEscape(between), 1)
	dir := d.Dir
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	if _, err := member.Join(ctx, dir, member.Joining{Address: at}); err != nil {
		b.Fatal(err)
	}
	if d, err = folder.Open(ctx, dir, folder.Options{}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	w, alone := packing(b, d), packing(b, bigOrder(b, 1_000_000))
	b.ResetTimer()
	took := map[string][]time.Duration{}
	for b.Loop() {
		for range 12 {
			for _, state := range []string{"up", "slow", "gone"} {
				way.gone.Store(true)
				took["none"] = append(took["none"], alone.some()...)
				way.set(state)
				w.Hub.Wake()
				time.Sleep(100 * time.Millisecond)
				took[state] = append(took[state], w.some()...)
			}
		}
	}
	way.set("up")
	none := medianOf(took["none"])
	for _, state := range []string{"up", "slow", "gone"} {
		b.ReportMetric(float64(medianOf(took[state]))/float64(none), state+"-ratio")
		b.ReportMetric(boundHub, state+"-bound")
	}
	b.ReportMetric(float64(none.Microseconds()), "µs/scan")
}

// packing is a bench with an order of which everything may be scanned.
func packing(b *testing.B, d *folder.Folder) pulling {
	b.Helper()
	w := pulling{scanning: startScanning(b, d), item: "9520000000011"}
	w.scan("PB:badge:B-PACKER", pack.CodeSignedIn)
	w.scan("BIG", pack.CodeOrderOpened)
	for range warm {
		w.scan(w.item, pack.CodeItem)
	}
	return w
}

func (r *road) set(state string) {
	r.gone.Store(state == "gone")
	r.slow.Store(0)
	if state == "slow" {
		r.slow.Store(int64(2 * time.Second))
	}
}

func medianOf(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

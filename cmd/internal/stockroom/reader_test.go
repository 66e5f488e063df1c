package stockroom

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"packbench/devices/llrp"
	"packbench/devices/sim"
)

// epcOf is the EPC of a unit of an article of company prefix 952000000 and a serial number.
func epcOf(item, serial int) string {
	// header 30, filter 1, partition 3: 9 digits of prefix, 4 of reference
	bits := make([]byte, 0, 96)
	put := func(value uint64, n int) {
		for i := n - 1; i >= 0; i-- {
			bits = append(bits, byte(value>>i&1))
		}
	}
	put(0x30, 8)
	put(1, 3)
	put(3, 3)
	put(952_000_000, 30)
	put(uint64(item), 14)
	put(uint64(serial), 38)
	var out strings.Builder
	for i := 0; i < len(bits); i += 4 {
		fmt.Fprintf(&out, "%x", bits[i]<<3|bits[i+1]<<2|bits[i+2]<<1|bits[i+3])
	}
	return out.String()
}

func TestAReaderCountsWhatShouldBeThere(t *testing.T) {
	r, _ := stocked(t, "MUG-WHITE", "A1", 3) // 9520000000011
	putIn(t, r.Folder, "MUG-BLUE", "A2", 5)  // 9520000000028, in the bin beside
	see := func(epcs ...string) (string, []Heard) {
		t.Helper()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		go func() { _ = sim.TagReader{EPCs: epcs, Again: 2, Piece: 11}.ServeTags(l) }()
		conn, err := llrp.Dial(t.Context(), l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		results, strangers, err := r.ByReader(t.Context(), packer, "A1", conn, llrp.Options{Quiet: 200 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		return told(results), strangers
	}
	white := []string{epcOf(1, 1), epcOf(1, 2), epcOf(1, 3), epcOf(1, 4)}
	got, strangers := see(append(white[:3:3], epcOf(2, 1), epcOf(900, 1), "e2801160600002054e0d7c5b", "3034")...)
	if got != "A1 MUG-WHITE 3 right +0" || len(strangers) != 4 {
		t.Errorf("%s, strangers %+v", got, strangers)
	}
	if len(strangers) > 0 && !strings.Contains(strangers[0].Why, "should not lie in this bin: MUG-BLUE") {
		t.Errorf("%+v", strangers[0])
	}
	for range 2 {
		if got, _ := see(white[0], white[2]); got != "A1 MUG-WHITE 2 seen +0" {
			t.Errorf("fewer are seen: %s", got)
		}
	}
	if got, _ := see(white...); got != "A1 MUG-WHITE 4 again +0" {
		t.Errorf("more: %s", got)
	}
	if got, _ := see(white...); got != "A1 MUG-WHITE 4 booked +1" {
		t.Errorf("and again more: %s", got)
	}
	if n, err := r.held(t.Context(), "MUG-BLUE", "A1"); n != 0 || err != nil {
		t.Errorf("a stranger was added: %d, %v", n, err)
	}
	if _, _, err := r.ByReader(t.Context(), packer, "Z9", nil, llrp.Options{}); err == nil || !strings.Contains(err.Error(), "by hand the first time") {
		t.Error(err)
	}
}

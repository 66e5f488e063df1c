package desktop

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
	"packbench/station/screen"
)

// A scanner's keys are read by their place on every platform, whatever letters
// the computer makes of them; on macOS the key A is number 0.
func TestKeysOfOtherPlatforms(t *testing.T) {
	for goos, codes := range map[string][]int{ // of a 1 2 3 4 5 and Enter
		"linux":   {38, 10, 11, 12, 13, 14, 36},
		"darwin":  {0x00, 0x12, 0x13, 0x14, 0x15, 0x17, 0x24},
		"windows": {0x1E, 0x02, 0x03, 0x04, 0x05, 0x06, 0x1C},
	} {
		t.Run(goos, func(t *testing.T) {
			d := newDesk(t)
			d.front.keyCode = scanner.FromPlatform(goos, false)
			d.signIn("B-PACKER")
			at := time.Now()
			for i, r := range []rune("q&é\"'(\r") { // as a French computer has them
				d.front.Key(codes[i], true, at)
				if r != '\r' {
					d.front.Rune(r, at)
				}
				d.front.Key(codes[i], false, at)
				at = at.Add(2 * time.Millisecond)
			}
			d.front.Turn(at.Add(time.Second))
			d.until("the code", func(v screen.View) bool { return strings.Contains(v.Bench.Card.Detail, "a12345") })
		})
	}
}

// The window draws right after its turn: what is answered by then is in that picture,
// not in the next one.
func TestTheAnswerToTypedCodesIsDrawnInTheSameTurn(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.front.Turn(d.now)
	if d.front.Turn(d.now) {
		t.Error("nothing was scanned, and there is an answer")
	}
	at := d.now.Add(time.Second)
	for _, code := range []int{10, 11, 12, 13, 14, scanner.KeyEnter} { // 1 2 3 4 5
		at = at.Add(2 * time.Millisecond)
		d.front.Key(code, true, at)
	}
	d.until("the answer", func(v screen.View) bool { return strings.Contains(v.Bench.Card.Detail, "12345") })
	d.front.Key(scanner.KeyEnter, false, at)
	if !d.front.Turn(at) {
		t.Error("the answer waits for another turn")
	}
	if d.front.Turn(at) {
		t.Error("one code has two answers")
	}
}

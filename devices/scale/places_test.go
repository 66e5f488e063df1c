package scale_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"packbench/devices"
)

var update = flag.Bool("update", false, "write the golden files again")

// placed are whole frames of the protocols, of each shape one.
var placed = []struct{ protocol, frame string }{
	{"adam", "N      +  1.250 kg\r\n"},
	{"adam", "-       1.250kg \r\n"},
	{"adam", "  1.250kg\r\n"},
	{"and", "ST,+001234.5  g\r\n"},
	{"and", "ST,NT,+0012.34kg\r\n"},
	{"and", "ST,HI,+001234.5  g\r\n"},
	{"st-gs", "US,NT,- 01.234,kg\r\n"},
	{"cas22", "ST,GS,1@,   1.234 kg\r\n"},
	{"cas-ecr", "\x01\x02S 01.234kg\x65\x03\x04"},
	{"fairbanks", "   1.75 lb GR  \r\n"},
	{"fairbanks", " 001.75LB\r\n00\r\x03"},
	{"fairbanks", " 001.75LB00\r\n"},
	{"hid", "\x03\x04\x0c\xfe\xfe\x01"},
	{"hid", "\x04\x04\x02\x00\x6e\x03"},
	{"mt-continuous", "\x02\x2c\x70\x60000567000000\r"},
	{"mt-continuous", "\x02\x2c\x30\x20000567\r"},
	{"nci-scp01", "\n0001.75lb\r\n00\r\x03"},
	{"nci-scp01", "\n02lb 05.2oz\r\nS000\r\x03"},
	{"nci-scp12", "\n  1.75LB\r00\x03"},
	{"ohaus", "    1.750 kg    G  \r\n"},
	{"ohaus", "    1.748 kg   ?NET\r\n"},
	{"ohaus", "    1.234 kg     G\r\n"},
	{"ohaus", "  1 lb:0.0 oz   G\r\n"},
	{"ohaus", "   1.750 kg\r\n"},
	{"sartorius-sbi", "+   123.56 g  \r\n"},
	{"sartorius-sbi", "N     +   123.5[6] g\r\n"},
	{"sics", "S S     100.00 g\r\n"},
	{"sics", "S S   12:07.50 lb:oz\r\n"},
	{"sma", "\n 1G       5.025lb \r"},
	{"toledo8217", "\x0201.750N\r"},
	{"toledo8217", "\x02002 lb 05.2 oz\r"},
	{"toledo8217", "\x02?p\r"},
	{"yaohua-a9", "\x02+0012343\x31\x3c\x03"},
	{"yaohua-a12", "WG004.139kg3D\r\n"},
	{"yaohua-a12", "wn001.171kg\r\n"},
	{"yaohua-reversed", "=000.3000"},
	{"yaohua-forward", "=0001.234"},
}

// TestWhatEachByteMayBe: what a scale that speaks otherwise, or a bad line, makes of
// a frame when one of its bytes is lost, comes twice or is another one. All that is
// not written there is not understood.
func TestWhatEachByteMayBe(t *testing.T) {
	var got strings.Builder
	for _, f := range placed {
		p := protocol(t, f.protocol)
		good := said(decode(p, "", []byte(f.frame)))
		fmt.Fprintf(&got, "== %s %q: %s\n", f.protocol, f.frame, strings.Join(good, ", "))
		for i := range f.frame {
			var alike []string
			of := map[string][]rune{}
			for change := rune(lost); change < 128; change++ {
				if change == rune(f.frame[i]) {
					continue
				}
				// A good frame before it and one behind, of which nothing is said.
				all := said(decode(p, "", []byte(f.frame+altered(f.frame, i, change)+f.frame)))[len(good):]
				if rest := len(all) - len(good); rest >= 0 && slices.Equal(all[rest:], good) {
					all = all[:rest]
				}
				what := strings.Join(all, ", ")
				if what == "?" {
					continue
				}
				if of[what] == nil {
					alike = append(alike, what)
				}
				of[what] = append(of[what], change)
			}
			fmt.Fprintf(&got, "%d %q", i, f.frame[i:i+1])
			for _, what := range alike {
				fmt.Fprintf(&got, " | %s: %s", joined(of[what]), what)
			}
			got.WriteByte('\n')
		}
	}
	const path = "testdata/places.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, wanted := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	for i, line := range lines {
		if i >= len(wanted) || line != wanted[i] {
			t.Fatalf("line %d of %s (go test -update writes it again): got\n%s", i+1, path, line)
		}
	}
	if len(lines) != len(wanted) {
		t.Errorf("%d lines, want %d", len(lines), len(wanted))
	}
}

// What may become of a byte, beside another one.
const (
	lost  = -2
	twice = -1
)

func altered(frame string, at int, change rune) string {
	switch change {
	case lost:
		return frame[:at] + frame[at+1:]
	case twice:
		return frame[:at+1] + frame[at:]
	}
	return frame[:at] + string(change) + frame[at+1:]
}

// joined writes changes, bytes that follow one another as a range.
func joined(changes []rune) string {
	var out []string
	for i := 0; i < len(changes); i++ {
		switch first := changes[i]; first {
		case lost:
			out = append(out, "lost")
		case twice:
			out = append(out, "twice")
		default:
			for i+1 < len(changes) && changes[i+1] == changes[i]+1 {
				i++
			}
			text := fmt.Sprintf("%q", first)
			if last := changes[i]; last > first {
				text += fmt.Sprintf("-%q", last)
			}
			out = append(out, text)
		}
	}
	return strings.Join(out, " ")
}

// said writes each reading: its state, its weight in kilograms, and whether it is net.
func said(readings []devices.Reading) (all []string) {
	for _, r := range readings {
		text := r.State.String()
		if r.State == devices.Unknown {
			text = "?"
		}
		if r.HasMass {
			text += " " + strings.TrimSuffix(r.Mass.String(), " kg")
		}
		if r.Net {
			text += " net"
		}
		all = append(all, text)
	}
	return all
}

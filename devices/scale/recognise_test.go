package scale_test

import (
	"strings"
	"testing"

	"packbench/devices/scale"
)

func names(protocols []scale.Protocol) string {
	var out []string
	for _, p := range protocols {
		out = append(out, p.Name)
	}
	return strings.Join(out, " ")
}

// withParity sets bit 7 as a scale of 7 data bits and even parity does.
func withParity(text string) []byte {
	data := []byte(text)
	for i, b := range data {
		for bit := range 7 {
			data[i] ^= b >> bit & 1 << 7
		}
	}
	return data
}

// What a scale sends by itself, and who understands it, wherever in a frame the
// listening began.
func TestRecognise(t *testing.T) {
	mt := string(mtRecorded(t))
	for _, c := range []struct{ name, frames, want string }{
		{"MT-SICS", "S S      1.234 kg\r\nS D      1.236 kg\r\n", "sics"},
		{"MT continuous, recorded", mt, "mt-continuous"},
		{"ST,GS of one maker", "ST,GS,+  1.234kg\r\nUS,GS,+  1.235kg\r\n", "st-gs and"},
		{"ST,GS of another maker", "ST,GS,   245.6 g\r\nUS,NT,   245.7 g\r\n", "st-gs and"},
		{"ST,GS with an odd width", "ST,GS,+ 1.234kg\r\nUS,GS,+ 1.235kg\r\n", "st-gs"},
		{"A&D balance", "ST,+001234.5  g\r\nUS,+001234.6  g\r\n", "and st-gs"},
		{"A&D indicator", "ST,NT,+0012.34kg\r\nUS,NT,+0012.35kg\r\n", "and st-gs"},
		{"CAS of 22 bytes", "ST,GS,1@,   1.234 kg\r\nUS,GS,1@,   1.235 kg\r\n", "cas22"},
		{"SMA", "\n 1G       5.025lb \r\n 1GM      5.026lb \r", "sma"},
		{"Adam", "G      +   2.00 kg\r\nG      +   2.01 kg\r\n", "adam"},
		{"Ohaus", "    1.750 kg    G  \r\n    1.751 kg ?  G  \r\n", "ohaus"},
		{"Sartorius", "+   123.56 g  \r\n+    123.5    \r\n", "sartorius-sbi"},
		{"Fairbanks", "   1.75 lb GR  \r\n   1.76 lb gr  \r\n", "fairbanks"},
		{"Yaohua A9", "\x02+0012343\x31\x3c\x03\x02+0012343\x31\x3c\x03", "yaohua-a9"},
		{"Yaohua A12", "WG004.139kg3D\r\nwn001.171kg\r\n", "yaohua-a12"},
		{"Yaohua, last digit first", "=432.1000=532.1000", "yaohua-reversed"},
		{"Yaohua, first digit first", "=0001.234=0001.235", "yaohua-forward"},
		{"text of a till", "TOTAL 12.50 EUR\r\nTHANK YOU\r\n", ""},
		{"codes of a scanner", "4006381333931\r\n]C1010952123454321310X\r\n", ""},
		{"the wrong speed", "\xfe\xf8\x00\x80\xfe\xfe\x1e", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			stream := strings.Repeat(c.frames, 3)
			if c.frames == mt {
				stream = mt // it begins within a frame
			}
			for cut := range min(len(c.frames)/2, 30) {
				if got := names(scale.Recognise([]byte(stream[cut:]))); got != c.want {
					t.Fatalf("from byte %d on: %q, want %q", cut, got, c.want)
				}
			}
			if c.frames == mt { // has its parity bits
				return
			}
			if got := names(scale.Recognise(withParity(c.frames))); got != c.want {
				t.Errorf("with parity bits: %q, want %q", got, c.want)
			}
		})
	}
}

// One print of the key is enough to go by.
func TestRecogniseOneFrame(t *testing.T) {
	if got := names(scale.Recognise([]byte("S S      1.234 kg\r\n"))); got != "sics" {
		t.Errorf("%q", got)
	}
}

// One frame that is not understood is enough to doubt, one torn at the
// beginning is not.
func TestRecogniseTrustsNoStreamWithStrangers(t *testing.T) {
	const good = "ST,GS,+  1.234kg\r\n"
	if got := names(scale.Recognise([]byte(good + "HELLO\r\n" + good))); got != "" {
		t.Errorf("with a stranger: %q", got)
	}
	if got := names(scale.Recognise([]byte("1.234kg\r\n"))); got != "" {
		t.Errorf("the end of a frame alone: %q", got)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, text := range []string{"S S      1.234 kg\r\n", "ST,GS,+  1.234kg\r\n", "\x02\x22\x30\x20012340000000\r"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, heard []byte) {
		for _, p := range scale.Recognise(heard) {
			if p.USB || p.Name == "" || len(heard) == 0 {
				t.Errorf("%q is taken for %q", heard, p.Name)
			}
		}
	})
}

package scale_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
)

// raws writes the readings of some bytes: a weight, or what was not understood.
func raws(t *testing.T, name, data string) string {
	t.Helper()
	var out []string
	for _, r := range decode(protocol(t, name), "", []byte(data)) {
		if r.State == devices.Unknown {
			out = append(out, fmt.Sprintf("%q", r.Raw))
			continue
		}
		out = append(out, r.State.String())
	}
	return strings.Join(out, " ")
}

// TestWhatIsNotUnderstoodIsKept: the record of a scale that is not heard holds
// what it sent, and few rows of it.
func TestWhatIsNotUnderstoodIsKept(t *testing.T) {
	const sma, cas, ad = "\n 1G       1.234kg \r", "ST,GS,1@,   1.234 kg\r\n", "ST,GS,+001.234kg\r\n"
	x := func(n int) string { return strings.Repeat("x", n) }
	q := func(text string) string { return fmt.Sprintf("%q", text) }
	for _, c := range []struct{ name, protocol, data, want string }{
		{"the end of a frame before the first", "sma", x(63) + sma, "ok"},
		{"more than the end of a frame", "sma", x(64) + sma, q("x") + " ok"},
		{"line ends between frames", "sma", sma + "\r\x00\r" + sma, "ok ok"},
		{"noise behind line ends", "sma", sma + "\r\rx\r\x00" + sma, `ok "x\r\x00" ok`},
		{"noise without end", "sma", sma + x(255), "ok"},
		{"noise without end is said", "sma", sma + x(256), "ok " + q(x(64))},
		{"and again", "sma", sma + x(512), "ok " + q(x(64)) + " " + q(x(64))},
		{"a frame without end", "sma", "\n" + x(30) + sma, q("\n"+x(30)) + " ok"},
		{"a longer frame without end", "sma", "\n" + x(31) + sma, q("\n"+x(31)) + " ok"},
		{"a frame of one character without end", "sma", "\n1" + sma, q("\n1") + " ok"},
		{"an empty frame", "sma", "\n\r" + sma, "ok"},

		{"less than a frame", "cas22", x(21), ""},
		{"as much as a frame", "cas22", x(22), q(x(22))},
		{"a long run", "cas22", x(22 + 127), q(x(22))},
		{"a longer run", "cas22", x(22 + 128), q(x(22)) + " " + q(x(64))},
		{"a run before a frame", "cas22", x(5) + cas, q(x(5)) + " ok"},
		{"a run is a new one behind a frame", "cas22", x(22) + cas + x(22), q(x(22)) + " ok " + q(x(22))},
		{"line ends between frames of CAS", "cas22", cas + "\r\n\x00" + cas, "ok ok"},

		{"a line of 63 characters", "and", x(63) + "\r\n" + ad, q(x(63)) + " ok"},
		{"of 64", "and", x(64) + "\r\n" + ad, q(x(64)) + " ok"},
		{"a weight in a line that is too long", "adam", "G      +   2.00 kg" + strings.Repeat(" ", 50) + "\r\n", q("G      +   2.00 kg" + strings.Repeat(" ", 46))},
		{"of many more", "and", x(300) + "\r\n" + ad, q(x(64)) + " ok"},
		{"a line of SICS of 127", "sics", x(127) + "\r\n", q(x(64))},
		{"a line of SICS without end", "sics", x(127), ""},
		{"a line of SICS of 128 is said before its end", "sics", x(128), q(x(64))},
		{"a line of Fairbanks of 64", "fairbanks", x(64) + "\r\n   1.75 lb GR  \r\n", q(x(64)) + " ok"},

		{"a frame of Toledo without end", "toledo8217", "\x02" + x(31), q("\x02" + x(31))},
		{"noise behind it", "toledo8217", "\x02" + x(31) + "y\x020123\r", q("\x02"+x(31)) + ` "y" "\x020123\r"`},
		{"a shorter one", "toledo8217", "\x02" + x(30), ""},
		{"line ends between frames of ECR", "cas-ecr", string(ecr("S 01.234kg")) + "\r\n\x00" + string(ecr("S 01.234kg")), "ok ok"},
		{"noise between frames of ECR", "cas-ecr", string(ecr("S 01.234kg")) + "\n~" + string(ecr("S 01.234kg")), `ok "~" ok`},
		{"a frame of NCI without end", "nci-scp01", "\n" + x(31) + "\n0001.75lb\r\n00\r\x03", q("\n"+x(31)) + " ok"},
		{"noise of NCI", "nci-scp01", "\n0001.75lb\r\n00\r\x03yy\n0001.75lb\r\n00\r\x03", `ok "yy" ok`},
		{"a command that NCI does not know", "nci-scp01", "\n0001.75lb\r\n00\r\x03\n?\r\x03\n?\r\n0001.75lb\r\n00\r\x03", "ok error error ok"},
		{"a lone end of NCI", "nci-scp01", "\n0001.75lb\r\n00\r\x03y\x03\n0001.75lb\r\n00\r\x03", `ok "y\x03" ok`},
		{"the end of what is no frame", "cas-ecr", string(ecr("S 01.234kg")) + "xy\x04zz\x84", `ok "xy\x04" "zz\x84"`},
		{"of CAS", "cas22", cas + "xy\nzz\x8a", `ok "xy\n" "zz\x8a"`},
		{"a frame of Yaohua without end", "yaohua-a9", "\x02" + x(12), q("\x02" + x(12))},
		{"of Yaohua", "yaohua-reversed", "=000.3000xy\nzz\x8a", `ok "xy\n" "zz\x8a"`},
		{"noise of MT", "mt-continuous", "\x02\x2c\x30\x20000500000000\r\nyy\x02\x2c\x30\x20000500000000\r", `ok "yy" ok`},
	} {
		if got := raws(t, c.protocol, c.data); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestReaderCountsAndStamps: what the lamp of the scale goes by.
func TestReaderCountsAndStamps(t *testing.T) {
	var got []devices.Reading
	at := time.Unix(7, 0)
	r := scale.NewReader("counter-1", protocol(t, "adam"), scale.Profile{}, func(r devices.Reading) { got = append(got, r) })
	heard := r.Feed([]byte("kg\r\nN      +  1.250 kg\r\nX\r\nN      +  1.250 kg\r\n"), at)
	if heard.Good != 2 || heard.Bad != 1 || len(heard.Reply) > 0 || len(got) != 3 {
		t.Errorf("heard %+v, %d readings", heard, len(got))
	}
	for _, r := range got {
		if r.Device != "counter-1" || !r.At.Equal(at) || r.Net { // it is asked for net, tare or not
			t.Errorf("%+v", r)
		}
	}
	if quiet := r.Quiet(at); quiet.Good+quiet.Bad+len(quiet.Reply) > 0 {
		t.Errorf("a silence is heard: %+v", quiet)
	}
	if _, err := scale.Find("abacus"); err == nil || !strings.HasPrefix(err.Error(), `scale protocol "abacus" is not known; known: adam, and, cas-ecr, cas22`) {
		t.Error(err)
	}
}

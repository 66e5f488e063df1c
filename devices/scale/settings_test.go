package scale_test

import (
	"fmt"
	"strings"
	"testing"

	"packbench/devices/scale"
)

// TestSettingsOfTheMakers: what a scale that was never touched needs to be
// heard, as the manuals print it.
func TestSettingsOfTheMakers(t *testing.T) {
	const want = `adam: 9600 8N1; asks "N\r\n" every 200ms, waits 1s; streams "", waits 1s, always false; zero "Z\r\n", tare "Z\r\n"; net
and: 2400 7E1; asks "Q\r\n" every 500ms, waits 1s; streams "", waits 1s, always false; zero "Z\r\n", tare "T\r\n"
cas-ecr: 9600 7E1; asks "\x05" every 200ms, waits 500ms; zero "", tare ""
cas22: 9600 8N1; streams "", waits 1s, always true; zero "", tare ""
fairbanks: 9600 8N1; asks "W\r" every 200ms, waits 1s; streams "", waits 1s, always false; zero "Z\r", tare ""
hid: 0 00; streams "", waits 1s, always true; zero "\x02\x02", tare ""; stale; usb
mt-continuous: 9600 7E1; streams "", waits 1s, always true; zero "Z\r\n", tare "T\r\n"
nci-scp01: 9600 7E1; asks "W\r" every 200ms, waits 1s; zero "Z\r", tare "T\r"; probe "S\r", leave ""
nci-scp12: 9600 7E1; asks "W\r" every 200ms, waits 1s; zero "Z\r", tare "T\r"
ohaus: 9600 8N1; asks "IP\r\n" every 200ms, waits 1s; streams "CP\r\n", waits 1s, always false; zero "Z\r\n", tare "T\r\n"
sartorius-sbi: 1200 7O1; asks "\x1bP\r\n" every 200ms, waits 1s; streams "", waits 1s, always false; zero "\x1bV\r\n", tare "\x1bU\r\n"
sics: 9600 8N1; asks "SI\r\n" every 200ms, waits 1s; streams "SIR\r\n", waits 1s, always false; zero "Z\r\n", tare "T\r\n"; probe "I4\r\n", leave ""
sma: 9600 8N1; asks "\nW\r" every 200ms, waits 1s; streams "\nR\r", waits 1s, always false; zero "\nZ\r", tare "\nT\r"
st-gs: 9600 8N1; asks "Q\r\n" every 500ms, waits 1s; streams "", waits 1s, always false; zero "Z\r\n", tare "T\r\n"
toledo8217: 9600 7E1; asks "W" every 250ms, waits 1s; zero "Z", tare "T\r"; unitless; probe "Ehello", leave "F"
yaohua-a12: 9600 8N1; streams "", waits 1s, always true; zero "", tare ""
yaohua-a9: 9600 8N1; streams "", waits 1s, always true; zero "", tare ""; unitless
yaohua-forward: 9600 8N1; streams "", waits 1s, always true; zero "", tare ""; unitless
yaohua-reversed: 9600 8N1; streams "", waits 1s, always true; zero "", tare ""; unitless
`
	var got strings.Builder
	for _, p := range scale.Protocols() {
		fmt.Fprintf(&got, "%s: %d %d%s%d", p.Name, p.Line.Baud, p.Line.Bits, strings.ToUpper(p.Line.Parity[:min(1, len(p.Line.Parity))]), p.Line.Stop)
		if p.Polled.Timeout > 0 {
			fmt.Fprintf(&got, "; asks %q every %s, waits %s", p.Polled.Ask, p.Polled.Every, p.Polled.Timeout)
		}
		if p.Stream.Timeout > 0 {
			fmt.Fprintf(&got, "; streams %q, waits %s, always %v", p.Stream.Ask, p.Stream.Timeout, p.Stream.Constant)
		}
		if p.Stream.Every > 0 || p.Polled.Constant {
			t.Errorf("%s: a stream that is asked for, or a question that needs none", p.Name)
		}
		fmt.Fprintf(&got, "; zero %q, tare %q", p.Zero, p.Tare)
		for i, set := range []bool{p.Unitless, p.AsksNet, p.StaleFirst, p.USB} {
			if set {
				got.WriteString([]string{"; unitless", "; net", "; stale", "; usb"}[i])
			}
		}
		if p.Probe != nil {
			fmt.Fprintf(&got, "; probe %q, leave %q", p.Probe.Ask, p.Probe.Leave)
		}
		got.WriteByte('\n')
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

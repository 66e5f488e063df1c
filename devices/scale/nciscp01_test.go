package scale_test

import (
	"strings"
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

// What NCI scales of both kinds send as 1.75 lb, 1.750 kg and 2 lb 5.2 oz.
var (
	nciPounds = devices.Reading{State: devices.OK, Mass: 793_787, Division: 4_536, Unit: "lb"}
	nciKilo   = devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	nciOunces = devices.Reading{State: devices.OK, Mass: 1_054_602, Division: 2_835, Unit: "oz"}
	nciZero   = devices.Reading{State: devices.Zero, Division: 4_536, Unit: "lb"}
)

func changed(r devices.Reading, change func(*devices.Reading)) []devices.Reading {
	change(&r)
	return of(r)
}

func moving(r *devices.Reading)   { r.State = devices.Motion }
func negative(r *devices.Reading) { r.Mass = -r.Mass }
func netted(r *devices.Reading)   { r.Net = true }

func nciSCP01Vectors(t testing.TB) []vector {
	b := func(text string) []byte { return unhex(t, text) }
	return []vector{
		{"s15 [D] 1.75 lb steady", b("0A 30 30 30 31 2E 37 35 6C 62 0D 0A 30 30 0D 03"), "", of(nciPounds)},
		{"s15 [D] 1.75 lb moving", b("0A 30 30 30 31 2E 37 35 6C 62 0D 0A 31 30 0D 03"), "", changed(nciPounds, moving)},
		{"s15 [D] 0.00 at zero", b("0A 30 30 30 30 2E 30 30 6C 62 0D 0A 32 30 0D 03"), "", of(nciZero)},
		{"s15 [D] 1.750 kg steady", b("0A 20 20 31 2E 37 35 30 6B 67 0D 0A 30 30 0D 03"), "", of(nciKilo)},
		{"s15 [D] over capacity", b("0A 5E 5E 5E 5E 5E 5E 6C 62 0D 0A 30 32 0D 03"), "", is(devices.Over)},
		{"s15 [D] under capacity", b("0A 5F 5F 5F 5F 5F 5F 6C 62 0D 0A 30 31 0D 03"), "", is(devices.Under)},
		{"s15 [D] zero error, 3 status bytes", b("0A 2D 2D 2D 2D 2D 2D 6C 62 0D 0A 30 70 38 0D 03"), "", is(devices.Error)},
		{"s15 [D] 2 lb 5.2 oz", b("0A 30 32 6C 62 20 30 35 2E 32 6F 7A 0D 0A 30 30 0D 03"), "", of(nciOunces)},
		{"s15 [M] status only", b("0A 30 30 0D 03"), "", nil},
		{"s15 [M] unknown command", b("0A 3F 0D 03"), "", is(devices.Error)},
		{"s17 [D] status only, moving", b("0A 53 31 30 0D 03"), "", is(devices.Motion)},
	}
}

func nciSCP01Edges() []vector {
	good := func(status string) []byte { return []byte("\n0001.75lb\r\n" + status + "\r\x03") }
	return []vector{
		{"upper case", []byte("\n  1.750KG\r\n00\r\x03"), "", changed(nciKilo, func(r *devices.Reading) { r.Unit = "KG" })},
		{"a space before the unit", []byte("\n  1.750 kg\r\n00\r\x03"), "", of(nciKilo)},
		{"minus", []byte("\n- 1.750kg\r\n00\r\x03"), "", changed(nciKilo, negative)},
		{"minus with zeros", []byte("\n-001.750kg\r\n00\r\x03"), "", changed(nciKilo, negative)},
		{"minus 2 lb 5.2 oz", []byte("\n-02lb 05.2oz\r\n00\r\x03"), "", changed(nciOunces, negative)},
		{"17 oz beside pounds", []byte("\n02lb 17.0oz\r\n00\r\x03"), "", is(devices.Unknown)},
		{"S before the status", good("S00"), "", of(nciPounds)},
		{"S and at zero", []byte("\nS20\r\x03"), "", of(devices.Reading{State: devices.Zero})},
		{"S and over", []byte("\nS02\r\x03"), "", is(devices.Over)},
		{"S and under", []byte("\nS01\r\x03"), "", is(devices.Under)},
		{"over by the display alone", []byte("\n^^^^^^lb\r\n00\r\x03"), "", is(devices.Over)},
		{"under by the display alone", []byte("\n______lb\r\n00\r\x03"), "", is(devices.Under)},
		{"a fault by the display alone", []byte("\n------lb\r\n00\r\x03"), "", is(devices.Error)},
		{"five status bytes", good("0ppp0"), "", is(devices.Unknown)},
		{"a fourth byte that says that another follows", good("0ppp"), "", is(devices.Unknown)},
		{"longer than any display", append([]byte("\n"+strings.Repeat("1", 31)), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"six characters of display", []byte("\n 1.750kg\r\n00\r\x03"), "", of(nciKilo)},
		{"net and moving", good("1p4"), "", changed(nciPounds, func(r *devices.Reading) { r.State, r.Net = devices.Motion, true })},
		{"three status bytes, net", good("0p4"), "", changed(nciPounds, netted)},
		{"over has no net weight", good("0r4"), "", is(devices.Over)},
		{"four status bytes", good("0pp0"), "", of(nciPounds)},
		{"memory error", good("40"), "", is(devices.Error)},
		{"both memories: no polarity here", good("<0"), "", is(devices.Error)},
		{"faulty calibration", good("08"), "", is(devices.Error)},
		{"a status byte is missing", good("0p"), "", is(devices.Unknown)},
		{"one status byte", good("0"), "", is(devices.Unknown)},
		{"no status", []byte("\n0001.75lb\r\x03"), "", is(devices.Unknown)},
		{"a letter as status", good("0A"), "", is(devices.Unknown)},
		{"no unit", []byte("\n0001.75\r\n00\r\x03"), "", is(devices.Unknown)},
		{"another unit", []byte("\n0001.75ct\r\n00\r\x03"), "", is(devices.Unknown)},
		{"digits are lost", []byte("\n1.750kg\r\n00\r\x03"), "", is(devices.Unknown)},
		{"a digit of the pounds is lost", []byte("\n2lb 05.2oz\r\n00\r\x03"), "", is(devices.Unknown)},
		{"a plus, which no display shows", []byte("\n+01.750kg\r\n00\r\x03"), "", is(devices.Unknown)},
		{"two points", []byte("\n00.1.75lb\r\n00\r\x03"), "", is(devices.Unknown)},
		{"an SCP-12 display", []byte("\n  1.75lb\r00\x03"), "", of(nciPounds)},
		{"parity left in bit 7", []byte("\x0a\x30\x30\x30\xb1\x2e\xb7\x35\x6c\xe2\x8d\x0a\x30\x30\x8d\x03"), "", of(nciPounds)},
		{"a tail first", append([]byte("75lb\r\n00\r\x03"), good("00")...), "", of(nciPounds)},
		{"torn in the display", append([]byte("\n0001."), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"torn after the display", append([]byte("\n0009.99lb\r"), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"torn in the status", append([]byte("\n0009.99lb\r\n0"), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"torn after the status", append([]byte("\n0009.99lb\r\n00\r"), good("00")...), "", []devices.Reading{{}, {}, nciPounds}},
		{"half a frame is not 0", []byte("\n0000.00lb\r\n2"), "", nil},
		{"not known, without ETX", append([]byte("\n?\r"), good("00")...), "", []devices.Reading{{State: devices.Error}, nciPounds}},
		{"two in one read", append(good("10"), good("00")...), "", append(changed(nciPounds, moving), nciPounds)},
	}
}

func TestNCISCP01(t *testing.T) {
	checkVectors(t, "nci-scp01", nciSCP01Vectors(t))
	checkVectors(t, "nci-scp01", nciSCP01Edges())
}

func TestNCISCP01PassesTheSuite(t *testing.T) {
	last := vector{data: []byte("\n0001.75lb\r\n00\r\x03")}
	devicetest.Scale(t, protocol(t, "nci-scp01"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("\n0000.00lb\r\n20\r\x03\n0001.20lb\r\n10\r\x03\nS10\r\x03\n^^^^^^lb\r\n02\r\x03\n?\r\x03\n0001.75lb\r\n00\r\x03")},
		session("all vectors", append(append(nciSCP01Vectors(t), nciSCP01Edges()...), last)),
	})
}

func TestNCIProbe(t *testing.T) {
	p := protocol(t, "nci-scp01").Probe
	for _, c := range []struct {
		heard string
		want  bool
	}{
		{"\n00\r\x03", true},
		{"\nS20\r\x03", true},
		{"\n0pp0\r\x03", true},
		{"\x0a\xb1\x30\x8d\x03", true},
		{"\n0000.00lb\r\n20\r\x03", true},
		{"\n?\r\x03", false},
		{"\n00\r", false},
		{"ES\r\n", false},
		{"\x02?a\r\x03", false},
		{"", false},
	} {
		if got := p.Answers([]byte(c.heard)); got != c.want {
			t.Errorf("%q is the answer: %v, want %v", c.heard, got, c.want)
		}
	}
}

func FuzzNCISCP01(f *testing.F) {
	fuzzVectors(f, "nci-scp01", append(nciSCP01Vectors(f), nciSCP01Edges()...))
}

package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
)

func nciSCP12Vectors(t testing.TB) []vector {
	upper := nciPounds
	upper.Unit = "LB"
	return []vector{
		{"s19 [D] 1.75 LB steady", unhex(t, "0A 20 20 31 2E 37 35 4C 42 0D 30 30 03"), "", of(upper)},
	}
}

func nciSCP12Edges() []vector {
	good := func(status string) []byte { return []byte("\n  1.75lb\r" + status + "\x03") }
	return []vector{
		{"moving", good("10"), "", changed(nciPounds, moving)},
		{"at zero", []byte("\n   0.00lb\r20\x03"), "", of(nciZero)},
		{"minus", []byte("\n-001.75lb\r00\x03"), "", changed(nciPounds, negative)},
		{"kg", []byte("\n  1.750kg\r00\x03"), "", of(nciKilo)},
		{"inverted, steady", good("?0"), "", of(nciPounds)},
		{"inverted, moving", good(">0"), "", changed(nciPounds, moving)},
		{"inverted, at zero", []byte("\n   0.00lb\r=0\x03"), "", of(nciZero)},
		{"inverted, status only, moving", []byte("\n>0\r\x03"), "", is(devices.Motion)},
		{"one memory is bad, in either polarity", append(good("40"), good(";0")...), "", []devices.Reading{{State: devices.Error}, {State: devices.Error}}},
		{"over", good("02"), "", is(devices.Over)},
		{"over by the display", []byte("\n ^^^^^^lb\r00\x03"), "", is(devices.Over)},
		{"under", good("01"), "", is(devices.Under)},
		{"net", good("0p4"), "", changed(nciPounds, netted)},
		{"not known", []byte("\n?\r"), "", is(devices.Error)},
		{"not known, with ETX", []byte("\n?\r\x03"), "", is(devices.Error)},
		{"an SCP-01 display", []byte("\n0001.75lb\r\n00\r\x03"), "", of(nciPounds)},
		{"no status", []byte("\n  1.75lb\r\x03"), "", is(devices.Unknown)},
		{"a CR too many", []byte("\n  1.75lb\r00\r\x03"), "", is(devices.Unknown)},
		{"torn after the display", append([]byte("\n  9.99lb\r"), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"torn after the display, then all is well", []byte("\n  9.99lb\r\n\r00\x03"), "", is(devices.Unknown)},
		{"torn in the status", append([]byte("\n  9.99lb\r0"), good("00")...), "", []devices.Reading{{}, nciPounds}},
		{"parity left in bit 7", []byte("\x0a\xa0\xa0\xb1\x2e\xb7\x35\x6c\xe2\x8d\x30\x30\x03"), "", of(nciPounds)},
		{"half a frame is not 0", []byte("\n  0.00lb\r2"), "", nil},
		{"two in one read", append(good("10"), good("00")...), "", append(changed(nciPounds, moving), nciPounds)},
	}
}

func TestNCISCP12(t *testing.T) {
	checkVectors(t, "nci-scp12", nciSCP12Vectors(t))
	checkVectors(t, "nci-scp12", nciSCP12Edges())
}

func TestNCISCP12PassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "nci-scp12"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("\n   0.00lb\r20\x03\n   1.20lb\r10\x03\n ^^^^^^lb\r02\x03\n?\r\n   1.75lb\r00\x03")},
		session("all vectors", append(nciSCP12Vectors(t), nciSCP12Edges()...)),
	})
}

func FuzzNCISCP12(f *testing.F) {
	fuzzVectors(f, "nci-scp12", append(nciSCP12Vectors(f), nciSCP12Edges()...))
}

package scale_test

import (
	"bytes"
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func ecrVectors(t testing.TB) []vector {
	return []vector{
		{
			"s28 [D] stable 01.234 kg, BCC 65", unhex(t, "01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04"), "",
			of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{
			"s28 [D] unstable", unhex(t, "01 02 55 20 30 31 2E 32 33 30 6B 67 67 03 04"), "",
			of(devices.Reading{State: devices.Motion, Mass: 1_230 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{"s28 [D] over load", unhex(t, "01 02 53 46 46 46 46 46 46 46 6B 67 19 03 04"), "", is(devices.Over)},
		{"s28 [M] no data", unhex(t, "15"), "", nil},
	}
}

// ecr makes a frame with its BCC.
func ecr(text string) []byte {
	var bcc byte
	for i := range len(text) {
		bcc ^= text[i]
	}
	return append([]byte("\x01\x02"+text), bcc, 3, 4)
}

func ecrEdges() []vector {
	good := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	minus := good
	minus.Mass = -minus.Mass
	wrong := ecr("S 01.234kg")
	wrong[12] ^= 1
	changed := ecr("S 01.234kg")
	changed[5] = '9'
	parity := ecr("S 01.234kg")
	for i := range parity {
		parity[i] |= byte(i%2) << 7
	}
	two := append(ecr("S 01.234kg"), ecr("S-01.234kg")...)
	return []vector{
		{"minus", ecr("S-01.234kg"), "", of(minus)},
		{"zero", ecr("S 00.000kg"), "", of(devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"})},
		{"pounds", ecr("S 001.00lb"), "", of(devices.Reading{State: devices.OK, Mass: 453_592, Division: 4_536, Unit: "lb"})},
		{"grams", ecr("S  1234. g"), "", of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "g"})},
		{"capitals", append(ecr("S 01.234KG"), append(ecr("S 001.00LB"), ecr("S 001.00OZ")...)...), "", []devices.Reading{
			{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "KG"},
			{State: devices.OK, Mass: 453_592, Division: 4_536, Unit: "LB"},
			{State: devices.OK, Mass: 28_350, Division: 283, Unit: "OZ"},
		}},
		{"a digit in the unit", ecr("S 01.2345g"), "", is(devices.Unknown)},
		{"a letter in the weight", ecr("S 01.23kkg"), "", is(devices.Unknown)},
		{"over load in the sign", ecr("SF01.234kg"), "", is(devices.Over)},
		{"over load without a sign", ecr("S FFFFFFkg"), "", is(devices.Over)},
		{"over load in one digit is none", ecr("S 0F.234kg"), "", is(devices.Unknown)},
		{"over load in all digits but one is none", ecr("S 0FFFFFkg"), "", is(devices.Unknown)},
		{"over load in the status", ecr("F 00.000kg"), "", is(devices.Over)},
		{"over load with a point", ecr("S FF.FFFkg"), "", is(devices.Over)},
		{"BCC wrong", wrong, "", is(devices.Unknown)},
		{"a digit changed on the way", changed, "", is(devices.Unknown)},
		{"no digits", ecr("S       kg"), "", is(devices.Unknown)},
		{"no unit", ecr("S 01.234  "), "", is(devices.Unknown)},
		{"parity left in bit 7", parity, "", of(good)},
		{"two in one read", two, "", []devices.Reading{good, minus}},
		{"a tail first", append([]byte("4kg\x65\x03\x04"), ecr("S 01.234kg")...), "", []devices.Reading{{}, good}},
		{"torn", append([]byte("\x01\x02S 01.2"), ecr("S 01.234kg")...), "", []devices.Reading{{}, good}},
		{"half a frame is not 0", ecr("S 00.000kg")[:14], "", nil},
	}
}

func TestCASECR(t *testing.T) {
	checkVectors(t, "cas-ecr", ecrVectors(t))
	checkVectors(t, "cas-ecr", ecrEdges())
}

func TestCASECRHandshake(t *testing.T) {
	p := protocol(t, "cas-ecr")
	if string(p.Polled.Ask) != "\x05" || p.Polled.Timeout == 0 {
		t.Fatalf("asks %q", p.Polled.Ask)
	}
	good := string(ecr("S 01.234kg"))
	bccIsACK := string(ecr("S 00.084 G")) // its BCC is a byte like any other
	if bccIsACK[12] != 6 {
		t.Fatalf("the BCC is %02X", bccIsACK[12])
	}
	for _, c := range []struct {
		name, heard, reply string
		readings           int
	}{
		{"ACK is answered", "\x06", "\x11", 0},
		{"ACK with parity", "\x86", "\x11", 0},
		{"NAK is not", "\x15", "", 0},
		{"a weight is not", good, "", 1},
		{"a whole talk", "\x06" + good, "\x11", 1},
		{"the weight was lost, asked again", "\x06\x06" + good, "\x11\x11", 1},
		{"the weight broke off, asked again", "\x06" + good[:7] + "\x06" + good, "\x11\x11", 2},
		{"no data, then a weight", "\x15\x15\x06" + good, "\x11", 1},
		{"rubbish before ACK", "xyz\x06" + good, "\x11", 2},
		{"two weights in a row", "\x06" + good + "\x06" + bccIsACK, "\x11\x11", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range len(c.heard) + 1 {
				got, reply := devicetest.Decode(p, []byte(c.heard[:i]), []byte(c.heard[i:]))
				if string(reply) != c.reply || len(got) != c.readings {
					t.Fatalf("cut at %d: replies %q and gives %+v, want %q and %d", i, reply, got, c.reply, c.readings)
				}
			}
		})
	}
	for n := range 1000 { // any BCC, ACK, NAK and EOT among them
		frame := ecr("S " + string([]byte{'0' + byte(n/100), '0', '.', '0' + byte(n/10%10), '0', '0' + byte(n%10)}) + "kg")
		if got, reply := devicetest.Decode(p, frame); len(got) != 1 || !got[0].HasMass || len(reply) > 0 {
			t.Fatalf("% X gives %+v and replies %q", frame, got, reply)
		}
	}
}

func TestCASECRPassesTheSuite(t *testing.T) {
	parcel := bytes.Join([][]byte{ecr("S 00.000kg"), ecr("U 00.700kg"), []byte("\x15rubbish"), ecr("SFFFFFFFkg"), ecr("S 01.234kg")}, []byte{6})
	devicetest.Scale(t, protocol(t, "cas-ecr"), []devicetest.Session{
		{Name: "a parcel", Bytes: parcel},
		session("all vectors", append(ecrEdges(), ecrVectors(t)...)),
	})
}

func FuzzCASECR(f *testing.F) {
	fuzzVectors(f, "cas-ecr", append(ecrVectors(f), ecrEdges()...))
}

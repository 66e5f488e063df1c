package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func cas22Vectors(t testing.TB) []vector {
	return []vector{{
		"s22 [D] id 1, 1.234 kg", unhex(t, "53 54 2C 47 53 2C 31 40 2C 20 20 20 31 2E 32 33 34 20 6B 67 0D 0A"), "",
		of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
	}}
}

func cas22Edges() []vector {
	kilo := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	net, minus, moves := kilo, kilo, kilo
	net.Net, minus.Mass, moves.State = true, -kilo.Mass, devices.Motion
	zero := devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"}
	return []vector{
		{"line ends as device and lamps", []byte("ST,GS,\r\n,   1.234 kg\r\n"), "", of(kilo)},
		{"commas as device and lamps", []byte("ST,GS,,,,   1.234 kg\r\n"), "", of(kilo)},
		{"the header as device and lamps", []byte("ST,GS,ST,   1.234 kg\r\n"), "", of(kilo)},
		{"lamps with bit 7", []byte("ST,GS,\xFF\x80,   1.234 kg\r\n"), "", of(kilo)},
		{"net", []byte("ST,NT,1@,   1.234 kg\r\n"), "", of(net)},
		{"moving", []byte("US,GS,1@,   1.234 kg\r\n"), "", of(moves)},
		{"minus", []byte("ST,GS,1@,-  1.234 kg\r\nST,GS,1@,  -1.234 kg\r\n"), "", []devices.Reading{minus, minus}},
		{"zero", []byte("ST,GS,1@,   0.000 kg\r\n"), "", of(zero)},
		{"grams", []byte("ST,GS,1@,    1234  g\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "g"})},
		{"tonnes, pounds, ounces", []byte("ST,GS,1@,   1.234  t\r\nST,GS,1@,    1.00 lb\r\nST,GS,1@,    1.00 oz\r\n"), "", []devices.Reading{
			{State: devices.OK, Mass: 1_234 * unit.Kilogram, Division: unit.Kilogram, Unit: "t"},
			{State: devices.OK, Mass: 453_592, Division: 4_536, Unit: "lb"},
			{State: devices.OK, Mass: 28_350, Division: 283, Unit: "oz"},
		}},
		{"a digit in the gap", []byte("ST,GS,1@,   1.2345kg\r\n"), "", is(devices.Unknown)},
		{"a unit of three", []byte("ST,GS,1@,   1.234kgs\r\n"), "", is(devices.Unknown)},
		{"a digit in the unit", []byte("ST,GS,1@,   1.234 k5\r\n"), "", is(devices.Unknown)},
		{"a letter in the weight", []byte("ST,GS,1@,g  1.234 kg\r\n"), "", is(devices.Unknown)},
		{"over", []byte("OL,GS,1@,         kg\r\nOL,GS,1@,  30.010 kg\r\nOL,GS,1@,-------- kg\r\n"), "", []devices.Reading{{State: devices.Over}, {State: devices.Over}, {State: devices.Over}}},
		{"under", []byte("OL,GS,1@,  -0.020 kg\r\n"), "", is(devices.Under)},
		{"dashes", []byte("ST,GS,1@,-------- kg\r\n"), "", is(devices.Unknown)},
		{"no unit", []byte("ST,GS,1@,   1.234   \r\n"), "", is(devices.Unknown)},
		{"neither gross nor net", []byte("ST,GT,1@,   1.234 kg\r\n"), "", is(devices.Unknown)},
		{"no such header", []byte("SL,GS,1@,   1.234 kg\r\n"), "", is(devices.Unknown)},
		{"parity left in bit 7", []byte("S\xD4\xAC\xC7S\xAC1\xC0\xAC\xA0\xA0\xA0\xB1.\xB2\xB3\xB4\xA0kg\x8D\x0A"), "", of(kilo)},
		{"a tail first", []byte("234 kg\r\nST,GS,1@,   1.234 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"torn", []byte("ST,GS,1@,   1.2ST,GS,1@,   1.234 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"a byte lost", []byte("ST,GS,1@,   .234 kg\r\nST,GS,1@,   1.234 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"another of the family", []byte("ST,GS,+  1.234kg\r\n"), "", is(devices.Unknown)},
		{"half a frame is not 0", []byte("ST,GS,1@,   0.000 k"), "", nil},
	}
}

func TestCAS22(t *testing.T) {
	checkVectors(t, "cas22", cas22Vectors(t))
	checkVectors(t, "cas22", cas22Edges())
}

// Device and lamps may be any byte: none of them may change or hide the weight.
func TestCAS22TakesAnyDeviceAndLamps(t *testing.T) {
	p := protocol(t, "cas22")
	for id := range 256 {
		for lamps := range 256 {
			frame := []byte("ST,GS,\x00\x00,   1.234 kg\r\n")
			frame[6], frame[7] = byte(id), byte(lamps)
			got, _ := devicetest.Decode(p, frame)
			if len(got) != 1 || got[0].Mass != 1_234*unit.Gram {
				t.Fatalf("device %02X, lamps %02X: %+v", id, lamps, got)
			}
		}
	}
}

func TestCAS22PassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "cas22"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("ST,GS,1@,   0.000 kg\r\nUS,GS,1@,   0.700 kg\r\nrubbish\r\nOL,GS,1@,         kg\r\nST,NT,1@,   1.234 kg\r\n")},
		session("all vectors", append(cas22Edges(), cas22Vectors(t)...)),
	})
}

func FuzzCAS22(f *testing.F) { fuzzVectors(f, "cas22", append(cas22Vectors(f), cas22Edges()...)) }

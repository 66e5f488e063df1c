package scale_test

import (
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func andVectors(t testing.TB) []vector {
	heavy := devices.Reading{State: devices.OK, Mass: 1_234_500, Division: 100, Unit: "g"}
	kilo := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	moves := kilo
	moves.State = devices.Motion
	return []vector{
		{"s21 [M] ST 1234.5 g", unhex(t, "53 54 2C 2B 30 30 31 32 33 34 2E 35 20 20 67 0D 0A"), "", of(heavy)},
		{"s21 [M] ST 1.234 kg", unhex(t, "53 54 2C 2B 30 30 30 31 2E 32 33 34 20 6B 67 0D 0A"), "", of(kilo)},
		{"s21 [D] unstable 1.234 kg", unhex(t, "55 53 2C 2B 30 30 30 31 2E 32 33 34 20 6B 67 0D 0A"), "", of(moves)},
		{"s21 [M] over range", unhex(t, "4F 4C 2C 2B 39 39 39 39 39 39 2E 39 20 20 67 0D 0A"), "", is(devices.Over)},
		{"s21 [M] a count is no weight", unhex(t, "51 54 2C 2B 30 30 30 31 32 33 34 35 20 50 43 0D 0A"), "", is(devices.Unknown)},
		{
			"s14b [M] net 12.34 kg stable", unhex(t, "53 54 2C 4E 54 2C 2B 30 30 31 32 2E 33 34 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 12_340 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg", Net: true}),
		},
		{"s21 [M] comparator, in range", []byte("ST,OK,+0001.234 kg\r\n"), "", of(kilo)},
	}
}

func andEdges() []vector {
	kilo := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	minus, zero := kilo, devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"}
	minus.Mass = -minus.Mass
	passing := zero
	passing.State = devices.Motion
	return []vector{
		{"comparator, too much", []byte("ST,HI,+0001.234 kg\r\n"), "", of(kilo)},
		{"comparator, too little", []byte("ST,LO,+0001.234 kg\r\n"), "", of(kilo)},
		{"comparator, none", []byte("ST,--,+0001.234 kg\r\n"), "", of(kilo)},
		{"comparator and gross", []byte("ST,GS,OK,+001.234kg\r\n"), "", of(kilo)},
		{"gross without a comma", []byte("ST,GS+001.234kg\r\n"), "", of(kilo)},
		{"gross and letters", []byte("ST,GSX001.234kg\r\n"), "", is(devices.Unknown)},
		{"gross twice", []byte("ST,GS,GS,+001.234kg\r\n"), "", is(devices.Unknown)},
		{"two verdicts of a comparator", []byte("ST,OK,HI,+0001.234 kg\r\n"), "", is(devices.Unknown)},
		{"a header of three", []byte("STX,+0001.234 kg\r\n"), "", is(devices.Unknown)},
		{"a header alone", []byte("ST\r\nST,\r\nST,GS\r\n"), "", []devices.Reading{{}, {}, {}}},
		{"a tare that is none", []byte("ST,TR,+000.250xx\r\n"), "", is(devices.Unknown)},
		{"net that is none", []byte("ST,NT,+001.234xx\r\n"), "", is(devices.Unknown)},
		{"no error code", []byte("EC,X01\r\n"), "", is(devices.Unknown)},
		{"minus", []byte("ST,-0001.234 kg\r\n"), "", of(minus)},
		{"zero", []byte("ST,+0000.000 kg\r\n"), "", of(zero)},
		{"minus zero", []byte("ST,-0000.000 kg\r\n"), "", of(zero)},
		{"passing through zero", []byte("US,+0000.000 kg\r\n"), "", of(passing)},
		{"ounces", []byte("ST,+00012.34 oz\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 349_833, Division: 283, Unit: "oz"})},
		{"under range", []byte("OL,-999999.9  g\r\n"), "", is(devices.Under)},
		{"indicator out of range, no digits", []byte("OL,GS,+       kg\r\n"), "", is(devices.Over)},
		{"indicator out of range, as printed", []byte("LO,GS,+       kg\r\n"), "", is(devices.Over)},
		{"tare is no weight of goods", []byte("ST,TR,+000.250kg\r\n"), "", nil},
		{"percent is no weight", []byte("ST,+00012.34  %\r\n"), "", is(devices.Unknown)},
		{"pieces called stable", []byte("ST,+00012345 PC\r\n"), "", is(devices.Unknown)},
		{"a digit lost", []byte("ST,+00134.5  g\r\n"), "", is(devices.Unknown)},
		{"a digit lost, indicator", []byte("ST,GS,+01.234kg\r\n"), "", is(devices.Unknown)},
		{"two points", []byte("ST,+00.1.234 kg\r\n"), "", is(devices.Unknown)},
		{"no digits", []byte("ST,+         kg\r\n"), "", is(devices.Unknown)},
		{"no unit", []byte("ST,+0001.234   \r\n"), "", is(devices.Unknown)},
		{"acknowledged", []byte("AK\r\n\x06\r\n"), "", nil},
		{"error code", []byte("EC,E01\r\n"), "", is(devices.Error)},
		{"not known", []byte("?\r\n"), "", is(devices.Error)},
		{"not possible", []byte("I\r\n"), "", is(devices.Error)},
		{"CR alone ends a line", []byte("ST,+0001.234 kg\rST,+0000.000 kg\r"), "", []devices.Reading{kilo, zero}},
		{"parity left in bit 7", []byte("S\xD4\xAC+000\xB1.\xB2\xB3\xB4\xA0kg\x8D\x0A"), "", of(kilo)},
		{"a tail first", []byte("234 kg\r\nST,+0001.234 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"torn", []byte("ST,+0001.2ST,+0001.234 kg\r\nST,+0001.234 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"half a frame is not 0", []byte("ST,+0000.0"), "", nil},
		{"MT-SICS", []byte("S S     100.00 g\r\n"), "", is(devices.Unknown)},
		{"empty lines", []byte("\r\n\r\n\x00\r\n   \r\n"), "", nil},
	}
}

func TestAND(t *testing.T) {
	checkVectors(t, "and", andVectors(t))
	checkVectors(t, "and", andEdges())
	if every := protocol(t, "and").Polled.Every; every < 500*time.Millisecond {
		t.Errorf("asked each %v; an HV-G wants 500 ms", every)
	}
}

func TestANDPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "and"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("ST,+0000.000 kg\r\nUS,+0000.700 kg\r\nEC,E01\r\nOL,+999999.9 kg\r\nST,+0001.234 kg\r\n")},
		session("all vectors", append(andVectors(t), andEdges()...)),
	})
}

func FuzzAND(f *testing.F) { fuzzVectors(f, "and", append(andVectors(f), andEdges()...)) }

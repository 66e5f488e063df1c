package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func smaVectors(t testing.TB) []vector {
	return []vector{
		{
			"s20 [M] 5.025 lb steady gross", unhex(t, "0A 20 31 47 20 20 20 20 20 20 20 35 2E 30 32 35 6C 62 20 0D"), "",
			of(devices.Reading{State: devices.OK, Mass: 2_279_302, Division: 454, Unit: "lb"}),
		},
		{
			"s20 [M] 7.650 kg moving", unhex(t, "0A 20 31 47 4D 20 20 20 20 20 20 37 2E 36 35 30 6B 67 20 0D"), "",
			of(devices.Reading{State: devices.Motion, Mass: 7_650 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{
			"s20 [M] zero", unhex(t, "0A 5A 31 47 20 20 20 20 20 20 20 30 2E 30 30 30 6C 62 20 0D"), "",
			of(devices.Reading{State: devices.Zero, Division: 454, Unit: "lb"}),
		},
		{"s20 [D] over", unhex(t, "0A 4F 31 47 20 20 20 20 20 20 33 30 2E 30 31 30 6B 67 20 0D"), "", is(devices.Over)},
	}
}

func smaEdges() []vector {
	good := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	net, minus, moving := good, good, good
	net.Net = true
	minus.Mass = -minus.Mass
	moving.State = devices.Motion
	fine := devices.Reading{State: devices.OK, Mass: 1_234_500, Division: 100, Unit: "kg"}
	fineNet := fine
	fineNet.Net = true
	zero := devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"}
	passing := zero
	passing.State = devices.Motion
	return []vector{
		{"net", []byte("\n 1N       1.234kg \r"), "", of(net)},
		{"minus", []byte("\n 1G      -1.234kg \r"), "", of(minus)},
		{"minus apart", []byte("\n 1G-      1.234kg \r"), "", is(devices.Unknown)},
		{"minus first in the value", []byte("\n 1G  -    1.234kg \r"), "", of(minus)},
		{"fine steps", []byte("\n 1g      1.2345kg \r"), "", of(fine)},
		{"fine steps, net", []byte("\n 1n      1.2345kg \r"), "", of(fineNet)},
		{"second range", []byte("\n 2G       1.234kg \r"), "", of(good)},
		{"the last range", []byte("\n 9G       1.234kg \r"), "", of(good)},
		{"net in no unit", []byte("\n 1N       1.234ct \r"), "", is(devices.Unknown)},
		{"no such range", []byte("\n 0G       1.234kg \r\n :G       1.234kg \r"), "", []devices.Reading{{}, {}}},
		{"no such mode", []byte("\n 1X       1.234kg \r"), "", is(devices.Unknown)},
		{"no such motion", []byte("\n 1GX      1.234kg \r"), "", is(devices.Unknown)},
		{"a digit before the value", []byte("\n 1G 1     1.234kg \r\n 1G1      1.234kg \r"), "", []devices.Reading{{}, {}}},
		{"no such status", []byte("\nX1G       1.234kg \r"), "", is(devices.Unknown)},
		{"steady at zero without Z", []byte("\n 1G       0.000kg \r"), "", of(zero)},
		{"passing through zero", []byte("\nZ1GM      0.000kg \r"), "", of(passing)},
		{"centre of zero that shows a step", []byte("\nZ1G       1.234kg \r"), "", of(good)},
		{"tare is no weight of goods", []byte("\n 1T       0.250kg \r"), "", nil},
		{"under", []byte("\nU1G      -0.020kg \r"), "", is(devices.Under)},
		{"over with dashes", []byte("\nO1G  --------kg \r\nO1G  ----------kg \r"), "", []devices.Reading{{}, {State: devices.Over}}},
		{"zero error", []byte("\nE1G  ----------kg \r"), "", is(devices.Error)},
		{"initial zero error", []byte("\nI1G  ----------kg \r"), "", is(devices.Error)},
		{"tare error", []byte("\nT1G  ----------kg \r"), "", is(devices.Error)},
		{"dashes without a reason", []byte("\n 1G  ----------kg \r"), "", is(devices.Unknown)},
		{"not known", []byte("\n?\r"), "", is(devices.Error)},
		{"parity error", []byte("\n!\r"), "", is(devices.Error)},
		{"parity left in bit 7", []byte("\n\xA01G       1.\xB23\xB4kg\xA0\x8D"), "", of(good)},
		{"CR LF at the end", []byte("\n 1G       1.234kg \r\n\n 1G       1.234kg \r\n"), "", []devices.Reading{good, good}},
		{"a tail first", []byte("  1.234kg \r\n 1G       1.234kg \r"), "", of(good)},
		{"torn", []byte("\n 1G       1.2\n 1G       1.234kg \r"), "", []devices.Reading{{}, good}},
		{"a byte lost", []byte("\n 1G      1.234kg \r"), "", is(devices.Unknown)},
		{"another unit", []byte("\n 1G       1.234ct \r"), "", is(devices.Unknown)},
		{"no unit", []byte("\n 1G       1.234   \r"), "", is(devices.Unknown)},
		{"half a frame is not 0", []byte("\n 1G       0.0"), "", nil},
		{"MT-SICS", []byte("S S     100.00 g\r\nS S     100.00 g\r\n"), "", is(devices.Unknown)},
		{"two in one read", []byte("\n 1GM      1.234kg \r\n 1G       1.234kg \r"), "", []devices.Reading{moving, good}},
	}
}

func TestSMA(t *testing.T) {
	checkVectors(t, "sma", smaVectors(t))
	checkVectors(t, "sma", smaEdges())
}

func TestSMAPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "sma"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("\nZ1G       0.000kg \r\n 1GM      0.700kg \r\n?\r\nO1G      33.000kg \r\n 1N       1.234kg \r")},
		session("all vectors", append(smaVectors(t), smaEdges()...)),
	})
}

func FuzzSMA(f *testing.F) { fuzzVectors(f, "sma", append(smaVectors(f), smaEdges()...)) }

package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func stgsVectors(t testing.TB) []vector {
	return []vector{
		{
			"s24 [C] gross 1.234 kg stable", unhex(t, "53 54 2C 47 53 2C 2B 20 20 31 2E 32 33 34 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{
			"s24 [D] gross -0.002 kg unstable", unhex(t, "55 53 2C 47 53 2C 2D 20 20 30 2E 30 30 32 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.Motion, Mass: -2 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{
			"s23 [M] 245.6 g", []byte("ST,GS,   245.6 g\r\n"), "",
			of(devices.Reading{State: devices.OK, Mass: 245_600, Division: 100, Unit: "g"}),
		},
		{
			"s14b [M] net 12.34 kg stable", unhex(t, "53 54 2C 4E 54 2C 2B 30 30 31 32 2E 33 34 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 12_340 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg", Net: true}),
		},
	}
}

func stgsEdges() []vector {
	kilo := devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	net, minus := kilo, kilo
	net.Net, minus.Mass = true, -kilo.Mass
	zero := devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"}
	zeroNet := zero
	zeroNet.Net = true
	return []vector{
		{"net without a comma", []byte("ST,NT  1.234kg\r\n"), "", of(net)},
		{"Tiger, comma before the unit", []byte("ST,GS, 001.234,kg\r\nST,GS,-001.234,kg\r\n"), "", []devices.Reading{kilo, minus}},
		{"spaces around", []byte(" ST,GS,+   1.234 kg \r\n"), "", of(kilo)},
		{"minus apart from its digits", []byte("ST,GS,-   1.234kg\r\n"), "", of(minus)},
		{"without gross or net", []byte("ST,+0001.234 kg\r\n"), "", of(kilo)},
		{"zero", []byte("ST,GS,+  0.000kg\r\n"), "", of(zero)},
		{"tared to zero", []byte("ST,NT,+  0.000kg\r\n"), "", of(zeroNet)},
		{"capitals", []byte("ST,GS,+  1.234KG\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "KG"})},
		{"whole grams", []byte("ST,GS,   1234.g\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "g"})},
		{"over", []byte("OL,GS,+       kg\r\nOL,GS,+  9.999kg\r\n"), "", []devices.Reading{{State: devices.Over}, {State: devices.Over}}},
		{"under", []byte("OL,GS,-       kg\r\n"), "", is(devices.Under)},
		{"tare is no weight of goods", []byte("ST,TR,+  0.250kg\r\n"), "", nil},
		{"net twice", []byte("ST,NT,NT,+  1.234kg\r\n"), "", is(devices.Unknown)},
		{"a comma for the point", []byte("ST,GS,+  1,234kg\r\n"), "", is(devices.Unknown)},
		{"dashes", []byte("ST,GS,+ ------kg\r\n"), "", is(devices.Unknown)},
		{"pieces are no weight", []byte("ST,GS,+     12pcs\r\nQT,GS,+     12pcs\r\n"), "", []devices.Reading{{}, {}}},
		{"percent is no weight", []byte("ST,GS,+   12.0 %\r\n"), "", is(devices.Unknown)},
		{"another header", []byte("WT,GS,+  1.234kg\r\n"), "", is(devices.Unknown)},
		{"CAS, 22 bytes", []byte("ST,GS,1@,   1.234 kg\r\n"), "", is(devices.Unknown)},
		{"STX and ETX around", []byte("\x02ST,GS,+  1.234kg\x03\r\n"), "", of(kilo)},
		{"two in one read", []byte("ST,GS,+  1.234kg\r\nST,GS,+  0.000kg\r\n"), "", []devices.Reading{kilo, zero}},
		{"half a frame is not 0", []byte("ST,GS,+  0.000"), "", nil},
		{"a header alone", []byte("ST\r\nST,\r\nST,GS\r\nST,GS,\r\n"), "", []devices.Reading{{}, {}, {}, {}}},
	}
}

func TestSTGS(t *testing.T) {
	checkVectors(t, "st-gs", stgsVectors(t))
	checkVectors(t, "st-gs", stgsEdges())
}

func TestSTGSPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "st-gs"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("ST,GS,+  0.000kg\r\nUS,GS,+  0.700kg\r\nrubbish\r\nOL,GS,+       kg\r\nST,NT,+  1.234kg\r\n")},
		session("all vectors", append(stgsEdges(), stgsVectors(t)...)),
	})
}

func FuzzSTGS(f *testing.F) { fuzzVectors(f, "st-gs", append(stgsVectors(f), stgsEdges()...)) }

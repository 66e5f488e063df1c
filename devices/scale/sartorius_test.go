package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func sartoriusVectors(t testing.TB) []vector {
	good := devices.Reading{State: devices.OK, Mass: 123_560, Division: 10, Unit: "g"}
	net := good
	net.Net = true
	return []vector{
		{"s27 [D] 123.56 g stable", unhex(t, "2B 20 20 20 31 32 33 2E 35 36 20 67 20 20 0D 0A"), "", of(good)},
		{"s27 [D] moving 123.5, of what is not known", unhex(t, "2B 20 20 20 20 31 32 33 2E 35 20 20 20 20 0D 0A"), "", is(devices.Motion)},
		{"s27 [D] 22 characters, net", unhex(t, "4E 20 20 20 20 20 2B 20 20 20 31 32 33 2E 35 36 20 67 20 20 0D 0A"), "", of(net)},
		{"s27 [D] over load", unhex(t, "53 74 61 74 20 20 20 20 20 20 20 20 48 20 20 20 20 20 20 20 0D 0A"), "", is(devices.Over)},
	}
}

func sartoriusEdges() []vector {
	good := devices.Reading{State: devices.OK, Mass: 123_560, Division: 10, Unit: "g"}
	minus := good
	minus.Mass = -minus.Mass
	moves := devices.Reading{State: devices.Motion, Mass: 123_500, Division: 100}
	zero := devices.Reading{State: devices.Zero, Division: 10, Unit: "g"}
	return []vector{
		{"moving, in the unit of before", []byte("+   123.56 g  \r\n+    123.5    \r\n"), "", []devices.Reading{good, moves}},
		{"moving, after pieces", []byte("+   123.56 g  \r\n+       12 pcs\r\n+    123.5    \r\n"), "", []devices.Reading{good, {}, {State: devices.Motion}}},
		{"gross", []byte("G#    +   123.56 g  \r\n"), "", of(good)},
		{"no sign", []byte("    123.56 g  \r\n"), "", of(good)},
		{"minus", []byte("-   123.56 g  \r\n"), "", of(minus)},
		{"zero", []byte("+     0.00 g  \r\n"), "", of(zero)},
		{"kilograms", []byte("+    1.234 kg \r\n"), "", of(devices.Reading{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"})},
		{"a digit that is not verified", []byte("+ 123.5[6] g  \r\n"), "", of(good)},
		{"the same with its place", []byte("N     + 123.5[6] g  \r\n"), "", func() []devices.Reading { n := good; n.Net = true; return of(n) }()},
		{"half a bracket", []byte("+  123.5[6 g  \r\n+  123.56] g  \r\n"), "", []devices.Reading{{}, {}}},
		{"two points, moving", []byte("+   123.56 g  \r\n+   12.3.5     \r\n"), "", []devices.Reading{good, {}}},
		{"no digits, moving", []byte("+             \r\n"), "", is(devices.Unknown)},
		{"brackets with nothing before", []byte("+      [6] g  \r\n"), "", is(devices.Unknown)},
		{"nothing before brackets", []byte("[1]  23.56 g  \r\n"), "", is(devices.Unknown)},
		{"a space in brackets", []byte("+ 123.5[ ] g  \r\n"), "", is(devices.Unknown)},
		{"letters in brackets", []byte("+ 123.5[x] g  \r\n"), "", is(devices.Unknown)},
		{"another tare", []byte("T1    +   123.56 g  \r\nT2    +   123.56 g  \r\n"), "", nil},
		{"empty brackets", []byte("+ 123.56[] g  \r\n"), "", is(devices.Unknown)},
		{"under load", []byte("Stat        L       \r\n"), "", is(devices.Under)},
		{"check weighing", []byte("Stat        HH      \r\nStat        LL      \r\n"), "", []devices.Reading{{State: devices.Over}, {State: devices.Under}}},
		{"in words", []byte("Stat       High     \r\nStat       Low      \r\n      High    \r\n"), "", []devices.Reading{{State: devices.Over}, {State: devices.Under}, {State: devices.Over}}},
		{"calibrating", []byte("Stat        C       \r\nStat     Cal. Ext.  \r\n"), "", []devices.Reading{{State: devices.Error}, {State: devices.Error}}},
		{"fault", []byte("Stat     Err 101    \r\nStat     ERR 054    \r\n   Err 101    \r\nStat     APP.ERR    \r\nStat     DIS.ER     \r\n"), "", []devices.Reading{
			{State: devices.Error},
			{State: devices.Error},
			{State: devices.Error},
			{State: devices.Error},
			{State: devices.Error},
		}},
		{"another status", []byte("Stat        XY      \r\nStat                \r\n"), "", []devices.Reading{{}, {}}},
		{"tare is no weight of goods", []byte("T     +   123.56 g  \r\n"), "", nil},
		{"a count is no weight", []byte("Qnt   +       12 pcs\r\n"), "", is(devices.Unknown)},
		{"percent is no weight", []byte("+    12.00 %  \r\n"), "", is(devices.Unknown)},
		{"a digit lost", []byte("+  123.56 g  \r\n"), "", is(devices.Unknown)},
		{"nothing between digits and unit", []byte("+    123.56g  \r\n"), "", is(devices.Unknown)},
		{"odd parity left in bit 7", []byte("\xAB   \x31\x32\xB3.\xB5\xB6 \x67  \r\x8A"), "", of(good)},
		{"a tail first", []byte(" g  \r\n+   123.56 g  \r\n"), "", []devices.Reading{{}, good}},
		{"torn", []byte("+   123+   123.56 g  \r\n+   123.56 g  \r\n"), "", []devices.Reading{{}, good}},
		{"half a frame is not 0", []byte("+     0.00 "), "", nil},
	}
}

func TestSartorius(t *testing.T) {
	checkVectors(t, "sartorius-sbi", sartoriusVectors(t))
	checkVectors(t, "sartorius-sbi", sartoriusEdges())
}

func TestSartoriusPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "sartorius-sbi"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("+     0.00 g  \r\n+     70.0    \r\nrubbish\r\nStat        H       \r\nN     +   123.56 g  \r\n")},
		session("all vectors", append(sartoriusEdges(), sartoriusVectors(t)...)),
	})
}

func FuzzSartorius(f *testing.F) {
	fuzzVectors(f, "sartorius-sbi", append(sartoriusVectors(f), sartoriusEdges()...))
}

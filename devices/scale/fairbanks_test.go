package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func fairbanksVectors(t testing.TB) []vector {
	good := devices.Reading{State: devices.OK, Mass: 793_787, Division: 4_536, Unit: "lb"}
	moves := good
	moves.State = devices.Motion
	return []vector{
		{"s29 [D] UPS, 1.75 lb stable", unhex(t, "20 20 20 31 2E 37 35 20 6C 62 20 47 52 20 20 0D 0A"), "", of(good)},
		{"s29 [D] UPS, moving", unhex(t, "20 20 20 31 2E 37 35 20 6C 62 20 67 72 20 20 0D 0A"), "", of(moves)},
		{"s29 [M] status alone, at zero", []byte("S20\r\n"), "", nil},
		{"s29 [M] not known", []byte("?\r\n"), "", is(devices.Error)},
		{"s29 [M] POLL, over load", []byte(" --oL-- lb GR\r\n"), "", is(devices.Over)},
		{"s29 [M] POLL, under load", []byte(" --uL-- lb GR\r\n"), "", is(devices.Under)},
	}
}

func fairbanksEdges() []vector {
	good := devices.Reading{State: devices.OK, Mass: 793_787, Division: 4_536, Unit: "lb"}
	moves, net, minus, loud := good, good, good, good
	moves.State, net.Net, minus.Mass, loud.Unit = devices.Motion, true, -good.Mass, "LB"
	loudMoves, loudMinus := loud, loud
	loudMoves.State, loudMinus.Mass = devices.Motion, -loud.Mass
	kilo := devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: 10 * unit.Gram, Unit: "KG"}
	zero := devices.Reading{State: devices.Zero, Division: 4_536, Unit: "LB"}
	over := devices.Reading{State: devices.Over}
	heavy := devices.Reading{State: devices.OK, Mass: 68_038_856, Division: 4_536, Unit: "lb"}
	light := devices.Reading{State: devices.OK, Mass: 67_585_263, Division: 4_536, Unit: "lb"}
	return []vector{
		{"UPS, minus", []byte("-  1.75 lb GR  \r\n"), "", of(minus)},
		{"UPS, EOT: over capacity", []byte(" 150.00 lb GR  \r\n\x04"), "", []devices.Reading{heavy, over}},
		{"UPS, as much again is over at once", []byte(" 150.00 lb GR  \r\n\x04 150.00 lb GR  \r\n\x04 149.00 lb GR  \r\n"), "", []devices.Reading{heavy, over, over, light}},
		{"EOT after nothing", []byte("\x04\x04   1.75 lb GR  \r\n"), "", of(good)},
		{"POLL", []byte("   1.75 lb GR\r\n   1.75 lb gr\r\n   1.75 lb NT\r\n"), "", []devices.Reading{good, moves, net}},
		{"neither capital nor small", []byte("   1.75 lb Gr\r\n"), "", is(devices.Unknown)},
		{"tare is no weight of goods", []byte("   1.75 lb TR\r\n"), "", nil},
		{"P Ship", []byte("\n 001.75LB\r\n00\r\x03"), "", of(loud)},
		{"P Ship, kilograms", []byte(" 001.75KG\r\n00\r\x03"), "", of(kilo)},
		{"P Ship, ETX alone ends the status", []byte(" 001.75LB\r\n00\x03"), "", of(loud)},
		{"P Ship, EOT alone ends the status", []byte(" 001.75LB\r\n00\x04"), "", of(loud)},
		{"out of range in capitals", []byte("--OL-- LB GR\r\n--UL-- LB GR\r\n"), "", []devices.Reading{over, {State: devices.Under}}},
		{"a word too many", []byte("   1.75 lb GR X\r\n"), "", is(devices.Unknown)},
		{"a legend that is none", []byte("   1.75 lb XX  \r\n"), "", is(devices.Unknown)},
		{"UPS, EOT after less: less is over too", []byte(" 150.00 lb GR  \r\n\x04 149.00 lb GR  \r\n\x04 149.00 lb GR  \r\n\x04"), "", []devices.Reading{heavy, over, light, over, over}},
		{"P Ship, S before the status", []byte(" 001.75LB\r\nS00\r\x03"), "", of(loud)},
		{"P Ship in one line", []byte(" 001.75LB00\r\n-001.75LB00\r\n"), "", []devices.Reading{loud, loudMinus}},
		{"P Ship, words too many", []byte("01 lb x y\r\n00\r\x03"), "", is(devices.Unknown)},
		{"P Ship, letters as status", []byte(" 001.75LB\r\np0\r\x03 001.75LB\r\n0p\r\x03"), "", []devices.Reading{{}, {}, {}, {}}},
		{"P Ship, moving", []byte(" 001.75LB\r\n10\r\x03"), "", of(loudMoves)},
		{"P Ship, at zero", []byte(" 000.00LB\r\n20\r\x03"), "", of(zero)},
		{"P Ship, under zero", []byte("-000.50LB\r\n01\r\x03"), "", is(devices.Under)},
		{"P Ship, over capacity", []byte(" 160.00LB\r\n02\r\x03"), "", is(devices.Over)},
		{"P Ship, fault", []byte(" 001.75LB\r\n04\r\x03 001.75LB\r\n08\r\x03"), "", []devices.Reading{{State: devices.Error}, {State: devices.Error}}},
		{"P Ship, over capacity moving", []byte(" 160.00LB\r\n1:\r\x03"), "", is(devices.Error)},
		{"status alone", []byte("00\r\n10\r\n02\r\nS01\r\n"), "", nil},
		{"torn digits are no status", []byte(" 01\r\n 001.75LB\r\n 02\r\n"), "", []devices.Reading{{}, {}, {}}},
		{"its status lost", []byte(" 009.99LB\r\n 001.75LB\r\n00\r\x03"), "", []devices.Reading{{}, loud}},
		{"its front lost", []byte("  1.75 lb GR  \r\n75 lb GR  \r\n01.75LB\r\n00\r\x03"), "", []devices.Reading{{}, {}, {}}},
		{"pieces are no weight", []byte("     12 pc GR  \r\n"), "", is(devices.Unknown)},
		{"no unit", []byte("   1.75    GR  \r\n"), "", is(devices.Unknown)},
		{"parity left in bit 7", []byte("   \xB1.75 \xECb GR\xA0\xA0\x8D\x0A"), "", of(good)},
		{"a tail first", []byte("lb GR  \r\n   1.75 lb GR  \r\n"), "", []devices.Reading{{}, good}},
		{"half a frame is not 0", []byte("   0.00 lb GR  "), "", nil},
		{"a weight without its status is not one yet", []byte(" 001.75LB\r\n"), "", nil},
	}
}

func TestFairbanks(t *testing.T) {
	checkVectors(t, "fairbanks", fairbanksVectors(t))
	checkVectors(t, "fairbanks", fairbanksEdges())
}

func TestFairbanksPassesTheSuite(t *testing.T) {
	p := protocol(t, "fairbanks")
	devicetest.Scale(t, p, []devicetest.Session{
		{Name: "a parcel, UPS", Bytes: []byte("   0.00 lb GR  \r\n   0.70 lb gr  \r\nrubbish\r\n 160.00 lb GR  \r\n\x04   1.75 lb GR  \r\n")},
		session("all vectors", append(fairbanksEdges(), fairbanksVectors(t)[:2]...)),
	})
	devicetest.Scale(t, p, []devicetest.Session{
		{Name: "a parcel, P Ship", Bytes: []byte("\n 000.00LB\r\n20\r\x03\n 000.70LB\r\n10\r\x03?\r\n\n 160.00LB\r\n02\r\x03\n 001.75LB\r\n00\r\x03")},
	})
}

func FuzzFairbanks(f *testing.F) {
	fuzzVectors(f, "fairbanks", append(fairbanksVectors(f), fairbanksEdges()...))
}

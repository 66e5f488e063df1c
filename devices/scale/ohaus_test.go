package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func ohausVectors(t testing.TB) []vector {
	return []vector{
		{
			"s26 [D] 1.750 kg gross stable", unhex(t, "20 20 20 20 31 2E 37 35 30 20 6B 67 20 20 20 20 47 20 20 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
		{
			"s26 [D] 1.748 kg net moving", unhex(t, "20 20 20 20 31 2E 37 34 38 20 6B 67 20 20 20 3F 4E 45 54 0D 0A"), "",
			of(devices.Reading{State: devices.Motion, Mass: 1_748 * unit.Gram, Division: unit.Gram, Unit: "kg", Net: true}),
		},
	}
}

func ohausEdges() []vector {
	kilo := devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	net, minus, moves := kilo, kilo, kilo
	net.Net, minus.Mass, moves.State = true, -kilo.Mass, devices.Motion
	zero := devices.Reading{State: devices.Zero, Division: unit.Gram, Unit: "kg"}
	return []vector{
		{"Defender, minus", []byte("-   1.750 kg    G  \r\n"), "", of(minus)},
		{"Defender, net", []byte("    1.750 kg    NET\r\n"), "", of(net)},
		{"Ranger", []byte("     1.750 kg   B/G\r\n     1.750 kg ? NET\r\n"), "", []devices.Reading{kilo, func() devices.Reading { n := moves; n.Net = true; return n }()}},
		{"Ranger, one letter", []byte("     1.750 kg   N\r\n     1.750 kg   B\r\n"), "", []devices.Reading{net, kilo}},
		// Codes 25 and 26 of the trial.
		{"Ranger 3000", []byte("    1.750 kg     G\r\n    1.750 kg     N\r\n    1.750 kg    ?G\r\n"), "", []devices.Reading{kilo, net, moves}},
		{"Ranger 3000 in grams", []byte("  -125.0 g       G\r\n   125.0 g       G\r\n"), "", []devices.Reading{
			{State: devices.OK, Mass: -125_000, Division: 100, Unit: "g"}, {State: devices.OK, Mass: 125_000, Division: 100, Unit: "g"},
		}},
		{"Ranger 3000, empty", []byte("    0.000 kg     G\r\n"), "", of(zero)},
		{"Ranger 3000 with a byte lost", []byte("    .750 kg     G\r\n    1.70 kg     G\r\n   1.750 kg    ?G\r\n    1.750 kg    G\r\n    1.750 k     G\r\n"), "", []devices.Reading{{}, {}, {}, {}, {}}},
		{"pounds and ounces", []byte("  1 lb:0.0 oz   G\r\n 12 lb:7.5 oz  ?G\r\n"), "", []devices.Reading{
			{State: devices.OK, Mass: 453_592, Division: 2_835, Unit: "oz"}, {State: devices.Motion, Mass: 5_655_730, Division: 2_835, Unit: "oz"},
		}},
		{"pounds and ounces with a byte lost", []byte(" 1 lb:0.0 oz   G\r\n  1 lb:.0 oz   G\r\n  1 lb:16.0 oz  G\r\n"), "", []devices.Reading{{}, {}, {}}},
		{"pounds and ounces that are none", []byte("  1 lb:0.0      G\r\n  1 lb: oz      G\r\n1.5 lb:3.0 oz   G\r\n"), "", []devices.Reading{{}, {}, {}}},
		{"less than nothing in pounds and ounces", []byte(" -1 lb:15.5 oz  G\r\n"), "", of(devices.Reading{State: devices.OK, Mass: -893_010, Division: 2_835, Unit: "oz"})},
		{"ounces alone", []byte("     12.5 oz\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 354_369, Division: 2_835, Unit: "oz"})},
		{"Navigator, no unit", []byte("     1.750 ?\r\n"), "", is(devices.Unknown)},
		{"Navigator, its front lost", []byte("0.750 kg\r\n9.750 kg\r\n"), "", []devices.Reading{{}, {}}},
		{"Navigator", []byte("     1.750 kg\r\n     1.750 kg?\r\n     1.750 kg ?\r\n    -1.750 kg\r\n"), "", []devices.Reading{kilo, moves, moves, minus}},
		{"its front lost", []byte("  1.750 kg    NET\r\n   1.750 kg    G  \r\n50 kg    G  \r\n1.750 kg\r\n"), "", []devices.Reading{{}, {}, {}, {}}},
		{"zero", []byte("    0.000 kg    G  \r\n"), "", of(zero)},
		{"grams in small letters", []byte("    125.4 g     G  \r\n"), "", of(devices.Reading{State: devices.OK, Mass: 125_400, Division: 100, Unit: "g"})},
		{"tare is no weight of goods", []byte("    0.250 kg    T  \r\n"), "", nil},
		{"tare in other words", []byte("    0.250 kg    TARE\r\n    0.250 kg    PT \r\n"), "", nil},
		{"a word too many", []byte("    1.750 kg x  G  \r\n"), "", is(devices.Unknown)},
		{"a space of the number behind the unit", []byte("   1.750 kg     G  \r\n"), "", is(devices.Unknown)},
		{"a legend is no unit", []byte("    1.750       G  \r\n    1.750       T  \r\n    1.750 G\r\n"), "", []devices.Reading{{}, {}, {}}},
		{"pieces are no weight", []byte("       12 PCS   G  \r\n"), "", is(devices.Unknown)},
		{"percent is no weight", []byte("     12.0 %     G  \r\n"), "", is(devices.Unknown)},
		{"a moving weight of NCI or Fairbanks, whose motion is in a line of its own", []byte("\n  1.750kg\r\n10\r\x03 01.750KG\r\n10\r\x03"), "", []devices.Reading{{}, {}, {}, {}}},
		{"another legend", []byte("    1.750 kg    XY \r\n"), "", is(devices.Unknown)},
		{"over", []byte("Err 8.3\r\nErr8.3\r\n"), "", []devices.Reading{{State: devices.Over}, {State: devices.Over}}},
		{"under", []byte("Err 8.4\r\n"), "", is(devices.Under)},
		{"another fault", []byte("Err 8.1\r\n"), "", is(devices.Error)},
		{"a command taken", []byte("OK!\r\n"), "", nil},
		{"a command not taken", []byte("ES\r\n"), "", is(devices.Error)},
		{"parity left in bit 7", []byte("\xA0   \xB1.750\xA0\xEBg\x8D\x0A"), "", of(kilo)},
		{"a tail first", []byte("g    G  \r\n    1.750 kg    G  \r\n"), "", []devices.Reading{{}, kilo}},
		{"half a frame is not 0", []byte("    0.000 kg"), "", nil},
	}
}

func TestOhaus(t *testing.T) {
	checkVectors(t, "ohaus", ohausVectors(t))
	checkVectors(t, "ohaus", ohausEdges())
}

func TestOhausPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "ohaus"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("    0.000 kg    G  \r\n    0.700 kg   ?G  \r\nrubbish\r\nErr 8.3\r\n    1.750 kg    NET\r\n")},
		session("all vectors", append(ohausEdges(), ohausVectors(t)...)),
	})
}

func FuzzOhaus(f *testing.F) { fuzzVectors(f, "ohaus", append(ohausVectors(f), ohausEdges()...)) }

package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func adamVectors(t testing.TB) []vector {
	return []vector{
		{
			"s25 [D] gross 2.00 kg", unhex(t, "47 20 20 20 20 20 20 2B 20 20 20 32 2E 30 30 20 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 2_000 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"}),
		},
		{
			"s8 [D] 1.250 kg, answer to P", unhex(t, "20 20 31 2E 32 35 30 6B 67 0D 0A"), "",
			of(devices.Reading{State: devices.OK, Mass: 1_250 * unit.Gram, Division: unit.Gram, Unit: "kg"}),
		},
	}
}

func adamEdges() []vector {
	kilo := devices.Reading{State: devices.OK, Mass: 1_250 * unit.Gram, Division: unit.Gram, Unit: "kg"}
	net, minus, nothing := kilo, kilo, kilo
	net.Net, minus.Mass = true, -kilo.Mass
	nothing.State, nothing.Mass = devices.Zero, 0
	return []vector{
		{"net", []byte("N      +  1.250 kg\r\n"), "", of(net)},
		{"Highland", []byte("        1.250kg \r\n-       1.250kg \r\n"), "", []devices.Reading{kilo, minus}},
		{"Highland, grams", []byte("       123.45 g \r\n"), "", of(devices.Reading{State: devices.OK, Mass: 123_450, Division: 10, Unit: "g"})},
		{"its front lost", []byte("  +  1.250 kg\r\n       1.250kg \r\n     1.250 kg\r\n1.250kg\r\n50 kg\r\n"), "", []devices.Reading{{}, {}, {}, {}, {}}},
		{"minus", []byte("G      -  1.250 kg\r\n  -1.250kg\r\n"), "", []devices.Reading{minus, minus}},
		{"zero, be it moving or not", []byte("G      +  0.000 kg\r\n"), "", of(nothing)},
		{"pounds", []byte("G      +   1.00 lb\r\n"), "", of(devices.Reading{State: devices.OK, Mass: 453_592, Division: 4_536, Unit: "lb"})},
		{"tare is no weight of goods", []byte("T      +  0.250 kg\r\n"), "", nil},
		{"a tare that is none", []byte("T      +   2.00 xx\r\n"), "", is(devices.Unknown)},
		{"pieces are no weight", []byte("N      +     12 pcs\r\n"), "", is(devices.Unknown)},
		{"no unit", []byte("G      +  1.250\r\n"), "", is(devices.Unknown)},
		{"lb:oz", []byte("G   2 lb 5.2 oz\r\n"), "", is(devices.Unknown)},
		{"another letter", []byte("X      +  1.250 kg\r\n"), "", is(devices.Unknown)},
		{"a letter alone", []byte("G\r\nT\r\n"), "", []devices.Reading{{}, {}}},
		{"parity left in bit 7", []byte("\xC7\xA0+\xA0\xB1.\xB250\xA0kg\x8D\x0A"), "", of(kilo)},
		{"a tail first", []byte("kg\r\nG      +  1.250 kg\r\n"), "", []devices.Reading{{}, kilo}},
		{"half a frame is not 0", []byte("G      +  0.000"), "", nil},
		{"silence is not the last weight again", []byte("  1.250kg\r\n\r\n\r\n"), "", of(kilo)},
	}
}

// Adam sends no flag, so that a weight is never called steady here.
func TestAdam(t *testing.T) {
	p := protocol(t, "adam")
	for _, v := range append(adamVectors(t), adamEdges()...) {
		t.Run(v.name, func(t *testing.T) {
			got, reply := devicetest.Decode(p, v.data)
			if len(got) != len(v.want) || len(reply) > 0 {
				t.Fatalf("%q gives %+v and replies %q, want %+v", v.data, got, reply, v.want)
			}
			for i, r := range got {
				devicetest.Sane(t, r)
				w := v.want[i]
				if r.State != w.State || r.Mass != w.Mass || r.Division != w.Division || r.Unit != w.Unit || r.Net != w.Net {
					t.Errorf("%q gives %+v, want %+v", v.data, r, w)
				}
				if r.Stable || r.StableKnown || len(r.Raw) == 0 {
					t.Errorf("%q gives %+v, of which nothing is known to be steady", v.data, r)
				}
			}
		})
	}
}

func TestAdamPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "adam"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("N      +  0.000 kg\r\nN      +  0.700 kg\r\nrubbish\r\nT      +  0.250 kg\r\nN      +  1.250 kg\r\n")},
		session("all vectors", append(adamEdges(), adamVectors(t)...)),
	})
}

func FuzzAdam(f *testing.F) { fuzzVectors(f, "adam", append(adamVectors(f), adamEdges()...)) }

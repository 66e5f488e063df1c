package scale_test

import (
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

// shows is a weight whose scale does not say whether it stands still.
type shows struct {
	mass, division unit.Mass
	unit           string
	net            bool
}

// yaohuaVectors are of the makers' manuals, or made after them.
var yaohuaVectors = map[string][]struct {
	name, data, unit string
	want             []any // shows, or a state without a weight
}{
	"yaohua-a9": {
		{"1.234 kg", "\x02+0012343\x31\x3c\x03", "", []any{shows{1_234 * unit.Gram, unit.Gram, "", false}}},
		{"letters in the check", "\x02+0012343\x31C\x03", "", []any{shows{1_234 * unit.Gram, unit.Gram, "", false}}},
		{"pounds", "\x02+0001002\x31\x38\x03", "lb", []any{shows{453_592, 4_536, "", false}}},
		{"less than nothing", "\x02-0001002\x31\x3e\x03", "", []any{shows{-unit.Kilogram, 10 * unit.Gram, "", false}}},
		{"without a point", "\x02+0000500\x31\x3e\x03", "", []any{shows{50 * unit.Kilogram, unit.Kilogram, "", false}}},
		{"parity left in bit 7", "\x82\xab0012343\xb1\x3c\x03", "", []any{shows{1_234 * unit.Gram, unit.Gram, "", false}}},
		{"a wrong check", "\x02+0012343\x31\x3b\x03", "", []any{devices.Unknown}},
		{"a digit lost", "\x02+012343\x31\x3c\x03", "", []any{devices.Unknown}},
		{"one place and four", "\x02+0000131\x31\x38\x03\x02+0012344\x31\x3b\x03", "", []any{shows{1_300 * unit.Gram, 100 * unit.Gram, "", false}, shows{123_400, 100, "", false}}},
		{"ten in the check", "\x02+0000023\x31:\x03\x02+0000023\x31A\x03\x02+0000023\x31@\x03", "", []any{
			shows{2 * unit.Gram, unit.Gram, "", false}, shows{2 * unit.Gram, unit.Gram, "", false}, devices.Unknown,
		}},
		{"nine in the check is a digit", "\x02+0000013\x31@\x03", "", []any{devices.Unknown}},
		{"spaces for zeros", "\x02+    120\x31\x38\x03\x02+   1233\x30\x38\x03", "", []any{shows{12 * unit.Kilogram, unit.Kilogram, "", false}, devices.Unknown}},
		{"neither plus nor minus", "\x02*0012343\x31\x3d\x03", "", []any{devices.Unknown}},
		{"nothing between start and end", "\x02\x03", "", []any{devices.Unknown}},
		{"a point too far", "\x02+0012345\x31\x3a\x03", "", []any{devices.Unknown}},
		{"half a frame", "\x02+00123", "", nil},
	},
	"yaohua-a12": {
		{"the manual's", "WG004.139kg3D\r\n", "", []any{shows{4_139 * unit.Gram, unit.Gram, "kg", false}}},
		{"net", "WN004.139kg34\r\n", "", []any{shows{4_139 * unit.Gram, unit.Gram, "kg", true}}},
		{"less than nothing", "WG-04.139kg20\r\n", "", []any{shows{-4_139 * unit.Gram, unit.Gram, "kg", false}}},
		{"without a point", "WG001250 kg3A\r\n", "", []any{shows{1_250 * unit.Kilogram, unit.Kilogram, "kg", false}}},
		{"over and under", "         OL23\r\n         LO23\r\n", "", []any{devices.Over, devices.Under}},
		{"a wrong check", "WG004.138kg3D\r\n", "", []any{devices.Unknown}},
		{"lines of w", "ww001.171kg\r\nwn001.171kg\r\nwn-00.171kg\r\nww000.000lb\r\n", "", []any{
			shows{1_171 * unit.Gram, unit.Gram, "kg", false},
			shows{1_171 * unit.Gram, unit.Gram, "kg", false},
			shows{-171 * unit.Gram, unit.Gram, "kg", false},
			devices.Zero,
		}},
		{"the tare is no weight", "wt000.250kg\r\n", "", nil},
		{"a byte lost", "wn01.171kg\r\nwn001171kg\r\nn001.171kg\r\nWG04.139kg3D\r\n", "", []any{devices.Unknown, devices.Unknown, devices.Unknown, devices.Unknown}},
		{"a byte too many", "wn001.171kgx\r\n", "", []any{devices.Unknown}},
		{"the first letter lost", "w\r\nn001.171kgx\r\n", "", []any{devices.Unknown, devices.Unknown}},
		{"letters of the other lines", "wG004.139kg1=\r\nWn004.139kg14\r\nwG001.171kg\r\n", "", []any{devices.Unknown, devices.Unknown, devices.Unknown}},
		{"pieces", "wn0000012pc\r\n", "", []any{devices.Unknown}},
		{"net pieces", "WN0000012pc39\r\n", "", []any{devices.Unknown}},
		{"another letter", "wx001.171kg\r\n", "", []any{devices.Unknown}},
	},
	"yaohua-reversed": {
		{"the manual's", "=000.3000=000.3000", "", []any{shows{3 * unit.Kilogram, unit.Gram, "", false}, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"less than nothing", "=00.1000-", "", []any{shows{-unit.Kilogram, 10 * unit.Gram, "", false}}},
		{"no such sign", "=100.3001=000.3000", "", []any{devices.Unknown, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"parity left in bit 7", "\xbd\xb0\xb0\xb0\xae\xb3\xb0\xb0\xb0\x8d\x8a=000.3000", "", []any{shows{3 * unit.Kilogram, unit.Gram, "", false}, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"all digits", "=432.1000", "lb", []any{shows{559_733, 454, "", false}}},
		{"empty", "=000.0000", "", []any{devices.Zero}},
		{"line ends between", "=000.3000\r\n=000.3000\r\n", "", []any{shows{3 * unit.Kilogram, unit.Gram, "", false}, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"a byte lost", "=00.3000=000.3000", "", []any{devices.Unknown, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"two points", "=00..3000=000.3000", "", []any{devices.Unknown, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"the other form, which shows with the last digit", "=0001.234=0003.000=432.1000", "", []any{devices.Unknown, devices.Unknown, shows{1_234 * unit.Gram, unit.Gram, "", false}}},
	},
	"yaohua-forward": {
		{"no such sign", "=100.3001=0003.000", "", []any{devices.Unknown, shows{3 * unit.Kilogram, unit.Gram, "", false}}},
		{"the manual's", "=0003.000=-0001.00", "", []any{shows{3 * unit.Kilogram, unit.Gram, "", false}, shows{-unit.Kilogram, 10 * unit.Gram, "", false}}},
		{"the other form, which shows with the last digit", "=432.1000=000.3000=0001.234", "", []any{devices.Unknown, devices.Unknown, shows{1_234 * unit.Gram, unit.Gram, "", false}}},
	},
}

func TestYaohua(t *testing.T) {
	for name, vectors := range yaohuaVectors {
		p := protocol(t, name)
		for _, v := range vectors {
			got := decode(p, v.unit, []byte(v.data))
			if len(got) != len(v.want) {
				t.Errorf("%s, %s: %+v, want %+v", name, v.name, got, v.want)
				continue
			}
			for i, r := range got {
				devicetest.Sane(t, r)
				want, weighs := v.want[i].(shows)
				switch {
				case weighs && (!r.HasMass || r.StableKnown || r.State != devices.OK || want != shows{r.Mass, r.Division, r.Unit, r.Net}):
					t.Errorf("%s, %s: %+v, want %+v", name, v.name, r, want)
				case !weighs && (r.State != v.want[i] || r.Net):
					t.Errorf("%s, %s: %+v, want %v", name, v.name, r, v.want[i])
				}
			}
		}
	}
}

func TestYaohuaPassesTheSuite(t *testing.T) {
	for name, data := range map[string]string{
		"yaohua-a9":       "\x02+0000003\x31\x38\x03\x02+0012343\x31\x3c\x03rubbish\x02-0001002\x31\x3e\x03\x02+0012343\x31\x3c\x03",
		"yaohua-a12":      "WG004.139kg3D\r\n         OL23\r\nrubbish\r\nwn001.171kg\r\n",
		"yaohua-reversed": "=000.0000=000.3000rubbish\r\n=00.1000-=432.1000",
		"yaohua-forward":  "=0000.000=0003.000rubbish\r\n=-0001.00=0001.234",
	} {
		t.Run(name, func(t *testing.T) {
			devicetest.Scale(t, protocol(t, name), []devicetest.Session{{Name: "a parcel", Bytes: []byte(data)}})
		})
	}
}

func FuzzYaohua(f *testing.F) {
	for name, vectors := range yaohuaVectors {
		for _, v := range vectors {
			f.Add(name, []byte(v.data), len(v.data)/2)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte, cut int) {
		if _, known := yaohuaVectors[name]; !known {
			return
		}
		p := protocol(t, name)
		cut = min(max(cut, 0), len(data))
		whole, parts := decode(p, "", data), decode(p, "", data[:cut], data[cut:])
		if len(whole) != len(parts) {
			t.Fatalf("%d readings in one piece, %d in two", len(whole), len(parts))
		}
		for _, r := range whole {
			devicetest.Sane(t, r)
		}
	})
}

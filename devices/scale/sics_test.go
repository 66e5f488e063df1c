package scale_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// FuzzSICS wants a corpus that holds at least these; they run as plain tests.
var sicsSeeds = []string{
	"S S     100.00 g\r\n", "S D     129.07 g\r\n", "S +\r\n", "S -\r\n", "S I\r\n", "ES\r\n", "Z A\r\n",
	"I4 A \"1234567\"\r\n", "S S   ", "S S      1.750 lb\r\nS S      1.750 lb\r\n", "\xd3 S     -1e99 kg\n", "S S 99999999999999999999 t\n",
}

func find(t testing.TB) scale.Protocol {
	p, err := scale.Find("sics")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSICS(t *testing.T) {
	for _, c := range []struct {
		name, hex string
		want      []devices.Reading
	}{
		{
			"stable 100.00 g", "53 20 53 20 20 20 20 20 31 30 30 2E 30 30 20 67 0D 0A",
			[]devices.Reading{{State: devices.OK, Mass: 100 * unit.Gram, Division: 10, Unit: "g"}},
		},
		{
			"moving 129.07 g", "53 20 44 20 20 20 20 20 31 32 39 2E 30 37 20 67 0D 0A",
			[]devices.Reading{{State: devices.Motion, Mass: 129_070, Division: 10, Unit: "g"}},
		},
		{
			"minus 100.00 g", "53 20 53 20 20 20 20 2D 31 30 30 2E 30 30 20 67 0D 0A",
			[]devices.Reading{{State: devices.OK, Mass: -100 * unit.Gram, Division: 10, Unit: "g"}},
		},
		{
			"1.750 kg", "53 20 53 20 20 20 20 20 20 31 2E 37 35 30 20 6B 67 0D 0A",
			[]devices.Reading{{State: devices.OK, Mass: 1_750 * unit.Gram, Division: unit.Gram, Unit: "kg"}},
		},
		{"234 kg left of 1.234 kg", "53 20 53 20 20 20 20 20 20 32 33 34 20 6B 67 0D 0A", []devices.Reading{{State: devices.Unknown}}},
		{"not executable", "53 20 49 0D 0A", []devices.Reading{{State: devices.Error}}},
		{"over load", "53 20 2B 0D 0A", []devices.Reading{{State: devices.Over}}},
		{"under load", "53 20 2D 0D 0A", []devices.Reading{{State: devices.Under}}},
		{"zero done", "5A 20 41 0D 0A", nil},
		{"zero not now", "5A 20 49 0D 0A", nil},
		{"zero too high", "5A 20 2B 0D 0A", nil},
		{"zero too low", "5A 20 2D 0D 0A", nil},
		{"ZI stable", "5A 49 20 53 0D 0A", nil},
		{"ZI moving", "5A 49 20 44 0D 0A", nil},
		{"tare taken", "54 20 53 20 20 20 20 20 20 30 2E 32 35 30 20 6B 67 0D 0A", nil},
		{"syntax error", "45 53 0D 0A", []devices.Reading{{State: devices.Error}}},
		{"transmission error", "45 54 0D 0A", []devices.Reading{{State: devices.Error}}},
		{"logic error", "45 4C 0D 0A", []devices.Reading{{State: devices.Error}}},
		{"serial number", "49 34 20 41 20 22 31 32 33 34 35 36 37 22 0D 0A", nil},
		{"half a frame is not 0", "53 20 53 20 20 20", nil},
	} {
		t.Run(c.name, func(t *testing.T) { compare(t, decodeHex(t, c.hex), c.want) })
	}
	for _, c := range []struct {
		name, text string
		want       []devices.Reading
	}{
		{"zero", "S S      0.000 kg\r\n", []devices.Reading{{State: devices.Zero, Division: unit.Gram, Unit: "kg"}}},
		{"minus zero", "S S     -0.000 kg\r\n", []devices.Reading{{State: devices.Zero, Division: unit.Gram, Unit: "kg"}}},
		{"moving through zero", "S D      0.000 kg\r\n", []devices.Reading{{State: devices.Motion, Division: unit.Gram, Unit: "kg"}}},
		{"pounds", "S S       1.00 lb\r\n", []devices.Reading{{State: devices.OK, Mass: 453_592, Division: 4_536, Unit: "lb"}}},
		// Codes 26 and 27 of the trial.
		{"pounds and ounces", "S S   12:07.50 lb:oz\r\nS S   -0:01.00 lb:oz\r\nS S   12:17.50 lb:oz\r\nS S   1207.50 lb:oz\r\n", []devices.Reading{
			{State: devices.OK, Mass: 5_655_730, Division: 283, Unit: "oz"},
			{State: devices.OK, Mass: -28_350, Division: 283, Unit: "oz"},
			{State: devices.Unknown},
			{State: devices.Unknown},
		}},
		{"a narrow look-alike", "S S     4.08 kg\r\nS D    14.08 kg\r\nS S    4.08 kg\r\n", []devices.Reading{
			{State: devices.OK, Mass: 4_080 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"},
			{State: devices.Motion, Mass: 14_080 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"},
			{State: devices.Unknown}, // narrower than those before
		}},
		{"as narrow as any", "S S    4.08 kg\r\n", []devices.Reading{{State: devices.OK, Mass: 4_080 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"}}},
		{"a wide one first", "S S        1.234 kg\r\nS S      1.234 kg\r\n", []devices.Reading{
			{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}, {State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"},
		}},
		{"too narrow", "S S   4.08 kg\r\nS S 4.08 kg\r\nS S 1234.08 kg\r\n", []devices.Reading{{State: devices.Unknown}, {State: devices.Unknown}, {State: devices.Unknown}}},
		{"bytes lost of a wide one", "S S      1.234 kg\r\nS S     1.23 kg\r\n", []devices.Reading{
			{State: devices.OK, Mass: 1_234 * unit.Gram, Division: unit.Gram, Unit: "kg"}, {State: devices.Unknown},
		}},
		{"two in one read", "S S        100 g\r\nS D         90 g\r\n", []devices.Reading{
			{State: devices.OK, Mass: 100 * unit.Gram, Division: unit.Gram, Unit: "g"},
			{State: devices.Motion, Mass: 90 * unit.Gram, Division: unit.Gram, Unit: "g"},
		}},
		{"parity left in bit 7", "\xd3\xa0S     100.00 \xe7\x8d\x0a", []devices.Reading{{State: devices.OK, Mass: 100 * unit.Gram, Division: 10, Unit: "g"}}},
		{"pieces are no weight", "S S         12 PCS\r\n", []devices.Reading{{State: devices.Unknown}}},
		{"no unit", "S S     100.00\r\n", []devices.Reading{{State: devices.Unknown}}},
		{"a comma", "S S     100,00 g\r\n", []devices.Reading{{State: devices.Unknown}}},
		{"cut at the front", "   100.00 g\r\n", []devices.Reading{{State: devices.Unknown}}},
		{"Radwag", "S A \r\nS    ?      1.234 kg \r\n", []devices.Reading{{State: devices.Unknown}, {State: devices.Unknown}}},
		{"empty lines", "\r\n\r\n\n \t \r\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) { compare(t, []byte(c.text), c.want) })
	}
}

func decodeHex(t *testing.T, text string) []byte {
	data, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func compare(t *testing.T, data []byte, want []devices.Reading) {
	t.Helper()
	got, reply := devicetest.Decode(find(t), data)
	if len(got) != len(want) || len(reply) != 0 {
		t.Fatalf("%q gives %+v and replies %q, want %+v", data, got, reply, want)
	}
	for i, r := range got {
		devicetest.Sane(t, r)
		w := want[i]
		if r.State != w.State || r.Mass != w.Mass || r.Division != w.Division || r.Unit != w.Unit || len(r.Raw) == 0 {
			t.Errorf("%q gives %+v, want %+v", data, r, w)
		}
	}
}

func TestSICSPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, find(t), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("S S      0.000 kg\r\nS D      0.412 kg\r\nS D      1.240 kg\r\nES\r\nS I\r\nS +\r\nZ A\r\nS S      1.234 kg\r\n")},
		{Name: "noise", Bytes: []byte("0.00 g\r\n\x80\xff\r\nS S " + strings.Repeat("0", 300) + "\r\nS S        1 g\r\n")},
	})
}

func FuzzSICS(f *testing.F) {
	for _, seed := range sicsSeeds {
		f.Add([]byte(seed), 3)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		p := find(t)
		whole, _ := devicetest.Decode(p, data)
		parts, _ := devicetest.Decode(p, data[:cut], data[cut:])
		if len(whole) != len(parts) {
			t.Fatalf("%d readings in one piece, %d in two", len(whole), len(parts))
		}
		for i, r := range whole {
			devicetest.Sane(t, r)
			if r.State != parts[i].State || r.Mass != parts[i].Mass {
				t.Fatalf("reading %d is %+v in one piece and %+v in two", i, r, parts[i])
			}
		}
	})
}

func TestReaderDropsATailAndStampsTheRest(t *testing.T) {
	var got []devices.Reading
	r := scale.NewReader("counter-1", find(t), scale.Profile{}, func(r devices.Reading) { got = append(got, r) })
	at := time.Unix(1_000, 0)
	h := r.Feed([]byte(".00 g\r\nS S          5 g\r\nrubbish\r\n"), at)
	if len(got) != 2 || got[0].State != devices.OK || got[1].State != devices.Unknown {
		t.Fatalf("readings %+v", got)
	}
	if got[0].At != at || got[0].Device != "counter-1" || h.Good != 1 || h.Bad != 1 {
		t.Errorf("reading %+v, heard %+v", got[0], h)
	}
	r.Feed([]byte("S S   "), at)
	r.Reset() // unplugged in the middle of a frame
	if r.Feed([]byte("     7 g\r\n"), at); len(got) != 2 {
		t.Errorf("two halves of two frames made %+v", got[2])
	}
}

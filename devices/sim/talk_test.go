package sim

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// said is one exchange with a voice: what the host says, or a beat where that is
// "", the load, and what the scale says.
type said struct {
	hear string
	on   load
	want string
}

func still(grams int) load  { return load{mass: unit.Mass(grams) * unit.Gram, steady: true} }
func moving(grams int) load { return load{mass: unit.Mass(grams) * unit.Gram} }

var (
	tooMuch   = load{mass: 30 * unit.Kilogram, steady: true, over: true}
	tooLittle = load{steady: true, under: true}
)

func checkTalks(t *testing.T, name string, parity func([]byte) []byte, talks map[string][]said) {
	t.Helper()
	opts, err := ScaleOptions{Protocol: name}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	for what, talk := range talks {
		t.Run(what, func(t *testing.T) {
			v := voices()[name](opts)
			for i, s := range talk {
				var got []byte
				if s.hear == "" {
					got = v.tick(s.on, time.Unix(1_000, 0))
				} else {
					got = v.hear(parity([]byte(s.hear)), s.on, time.Unix(1_000, 0))
				}
				if !bytes.Equal(got, parity([]byte(s.want))) {
					t.Errorf("step %d, %q: %q, want %q", i, s.hear, masked7(got), s.want)
				}
			}
		})
	}
}

func plain(data []byte) []byte { return data }

func masked7(data []byte) string {
	out := bytes.Clone(data)
	for i := range out {
		out[i] &= 0x7F
	}
	return string(out)
}

func TestANDVoice(t *testing.T) {
	checkTalks(t, "and", even7, map[string][]said{
		"ask":            {{"Q\r\n", still(1234), "ST,+0001.234 kg\r\n"}, {"SI\r\n", moving(1234), "US,+0001.234 kg\r\n"}, {"", still(1234), ""}},
		"below nothing":  {{"Q\r\n", still(-12), "ST,-0000.012 kg\r\n"}},
		"out of range":   {{"Q\r\n", tooMuch, "OL,+9999.999 kg\r\n"}, {"Q\r\n", tooLittle, "OL,-9999.999 kg\r\n"}},
		"wait":           {{"S\r\n", moving(5), ""}, {"", moving(5), ""}, {"", still(5), "ST,+0000.005 kg\r\n"}, {"", still(5), ""}},
		"stream":         {{"SIR\r\n", still(0), ""}, {"", still(0), "ST,+0000.000 kg\r\n"}, {"C\r\n", still(0), ""}, {"", still(0), ""}},
		"zero":           {{"Z\r\n", still(30), ""}, {"Q\r\n", still(30), "ST,+0000.000 kg\r\n"}, {"R\r\n", moving(30), "I\r\n"}, {"Z\r\n", still(5000), "I\r\n"}},
		"tare":           {{"T\r\n", still(250), ""}, {"Q\r\n", still(1250), "ST,+0001.000 kg\r\n"}, {"CT\r\n", still(1250), ""}, {"Q\r\n", still(1250), "ST,+0001.250 kg\r\n"}},
		"not known":      {{"HELLO\r\n", still(0), "?\r\n"}, {"\r\n", still(0), ""}},
		"in two and two": {{"Q", still(7), ""}, {"\r\nQ\r\n", still(7), "ST,+0000.007 kg\r\nST,+0000.007 kg\r\n"}},
	})
}

func TestSTGSVoice(t *testing.T) {
	checkTalks(t, "st-gs", plain, map[string][]said{
		"stream":       {{"", still(1234), "ST,GS,+  1.234kg\r\n"}, {"", moving(1234), "US,GS,+  1.234kg\r\n"}, {"", still(-2), "ST,GS,-  0.002kg\r\n"}},
		"out of range": {{"", tooMuch, "OL,GS,+       kg\r\n"}, {"", tooLittle, "OL,GS,-       kg\r\n"}},
		"ask":          {{"Q\r\n", still(1234), "ST,GS,+  1.234kg\r\n"}},
		"zero, tare":   {{"Z\r\n", still(30), ""}, {"T\r\n", still(280), ""}, {"", still(1280), "ST,NT,+  1.000kg\r\n"}},
	})
}

func TestCAS22Voice(t *testing.T) {
	checkTalks(t, "cas22", plain, map[string][]said{
		"stream":       {{"", still(1234), "ST,GS,1\xC0,   1.234 kg\r\n"}, {"", moving(1234), "US,GS,1\x80,   1.234 kg\r\n"}, {"", still(-2), "ST,GS,1\xC0,-  0.002 kg\r\n"}},
		"lamps":        {{"", moving(0), "US,GS,1\x8A,   0.000 kg\r\n"}},
		"out of range": {{"", tooMuch, "OL,GS,1\xC0,  99.999 kg\r\n"}, {"", tooLittle, "OL,GS,1\xCA,-  9.999 kg\r\n"}},
		"deaf":         {{"Q\r\n", still(0), ""}},
	})
}

func TestAdamVoice(t *testing.T) {
	checkTalks(t, "adam", plain, map[string][]said{
		"ask":              {{"N\r\n", still(2000), "N      +  2.000 kg\r\n"}, {"G\r\n", moving(-5), "G      -  0.005 kg\r\n"}, {"", still(0), ""}},
		"zero":             {{"Z\r\n", still(30), ""}, {"N\r\n", still(30), "N      +  0.000 kg\r\n"}},
		"zero waits":       {{"Z\r\n", moving(30), ""}, {"N\r\n", moving(30), "N      +  0.030 kg\r\n"}, {"", still(30), ""}, {"N\r\n", still(30), "N      +  0.000 kg\r\n"}},
		"tare, one key":    {{"Z\r\n", still(2500), ""}, {"N\r\n", still(3500), "N      +  1.000 kg\r\n"}, {"G\r\n", still(3500), "G      +  3.500 kg\r\n"}, {"T\r\n", still(3500), "T      +  2.500 kg\r\n"}},
		"nothing to say":   {{"N\r\n", tooMuch, ""}, {"G\r\n", tooLittle, ""}, {"H\r\n", still(0), ""}},
		"P: only what new": {{"P\r\n", still(0), ""}, {"P\r\n", moving(9), ""}, {"P\r\n", still(1250), "  1.250kg\r\n"}, {"P\r\n", still(1250), ""}, {"P\r\n", still(0), ""}, {"P\r\n", still(1250), "  1.250kg\r\n"}},
	})
}

func TestOhausVoice(t *testing.T) {
	checkTalks(t, "ohaus", plain, map[string][]said{
		"ask":          {{"IP\r\n", still(1750), "    1.750 kg    G  \r\n"}, {"P\r\n", moving(1748), "    1.748 kg   ?G  \r\n"}, {"IP\r\n", still(-5), "-   0.005 kg    G  \r\n"}},
		"out of range": {{"IP\r\n", tooMuch, "Err 8.3\r\n"}, {"IP\r\n", tooLittle, "Err 8.4\r\n"}},
		"steady only":  {{"SP\r\n", moving(5), ""}, {"", still(5), "    0.005 kg    G  \r\n"}, {"1S\r\n", still(5), ""}, {"P\r\n", moving(6), ""}, {"0S\r\n", moving(6), ""}, {"P\r\n", moving(6), "    0.006 kg   ?G  \r\n"}},
		"stream":       {{"CP\r\n", still(0), ""}, {"", still(0), "    0.000 kg    G  \r\n"}, {"0P\r\n", still(0), ""}, {"", still(0), ""}},
		"zero, tare":   {{"Z\r\n", still(30), ""}, {"T\r\n", still(280), ""}, {"IP\r\n", still(1280), "    1.000 kg    NET\r\n"}},
		"not known":    {{"HELLO\r\n", still(0), "ES\r\n"}},
	})
}

func TestSartoriusVoice(t *testing.T) {
	checkTalks(t, "sartorius-sbi", odd7, map[string][]said{
		"ask":          {{"\x1BP\r\n", still(1234), "G#    +    1.234 kg \r\n"}, {"\x1BP", moving(1234), "G#    +    1.234    \r\n"}, {"\x1BP", still(-5), "G#    -    0.005 kg \r\n"}},
		"out of range": {{"\x1BP", tooMuch, "Stat        H       \r\n"}, {"\x1BP", tooLittle, "Stat        L       \r\n"}},
		"zero, tare":   {{"\x1BV\r\n", still(30), ""}, {"\x1BU\r\n", still(280), ""}, {"\x1BP\r\n", still(1280), "N     +    1.000 kg \r\n"}, {"\x1BT", still(1280), ""}, {"\x1BP", still(1280), "N     +    0.000 kg \r\n"}},
		"in two":       {{"\x1B", still(7), ""}, {"P", still(7), "G#    +    0.007 kg \r\n"}, {"P\r\n", still(7), ""}},
	})
}

func TestCASECRVoice(t *testing.T) {
	checkTalks(t, "cas-ecr", even7, map[string][]said{
		"talk":          {{"\x05", still(1234), "\x06"}, {"\x11", still(1234), "\x01\x02S 01.234kg\x65\x03\x04"}, {"\x11", still(1234), ""}},
		"moving":        {{"\x05", moving(1230), "\x06"}, {"\x11", moving(1230), "\x01\x02U 01.230kg\x67\x03\x04"}},
		"below nothing": {{"\x05", still(-12), "\x06"}, {"\x11", still(-12), "\x01\x02S-00.012kg\x6F\x03\x04"}},
		"over":          {{"\x05", tooMuch, "\x06"}, {"\x11", tooMuch, "\x01\x02SFFFFFFFkg\x19\x03\x04"}},
		"no data":       {{"\x05", tooLittle, "\x15"}, {"\x11", tooLittle, ""}},
		"a step lost":   {{"\x05", still(1234), "\x06"}, {"\x05", still(1234), "\x06"}, {"\x11", still(1234), "\x01\x02S 01.234kg\x65\x03\x04"}},
	})
}

func TestFairbanksVoice(t *testing.T) {
	checkTalks(t, "fairbanks", plain, map[string][]said{
		"P Ship":        {{"W\r", still(1234), "\n 01.234KG\r\n00\r\x03"}, {"W\r", moving(1234), "\n 01.234KG\r\n10\r\x03"}, {"W\r", still(0), "\n 00.000KG\r\n20\r\x03"}},
		"below nothing": {{"W\r", still(-12), "\n-00.012KG\r\n00\r\x03"}, {"W\r", tooLittle, "\n 00.000KG\r\n21\r\x03"}},
		"over":          {{"W\r", tooMuch, "\n 30.000KG\r\n02\r\x03"}, {"\r", tooMuch, " 30.000 kg GR  \r\n\x04"}},
		"UPS":           {{"\r", still(1234), "  1.234 kg GR  \r\n"}, {"\r", moving(-12), "- 0.012 kg gr  \r\n"}},
		"zero":          {{"Z\r", still(30), ""}, {"W\r", still(30), "\n 00.000KG\r\n20\r\x03"}, {"S\r", still(30), "\nS20\r\x03"}},
		"not known":     {{"X\r", still(0), "\n?\r\x03"}},
	})
}

func TestHIDVoice(t *testing.T) {
	checkTalks(t, "hid", plain, map[string][]said{
		"reports":       {{"", still(1234), "\x03\x04\x03\xFD\xD2\x04"}, {"", moving(1234), "\x03\x03\x03\xFD\xD2\x04"}, {"", still(0), "\x03\x02\x03\xFD\x00\x00"}},
		"below nothing": {{"", still(-12), "\x03\x05\x03\xFD\x00\x00"}, {"", tooLittle, "\x03\x05\x03\xFD\x00\x00"}},
		"over":          {{"", tooMuch, "\x03\x06\x03\xFD\x00\x00"}, {"", still(70_000), "\x03\x06\x03\xFD\x00\x00"}},
		"zero":          {{"\x02", still(30), ""}, {"\x02", still(30), ""}, {"", still(30), "\x03\x02\x03\xFD\x00\x00"}, {"\x02\x01", still(90), ""}, {"", still(90), "\x03\x04\x03\xFD\x3C\x00"}},
	})
	opts, _ := ScaleOptions{Protocol: "hid"}.withDefaults()
	v, alone := newHID(opts), 0
	for range 3 * statusEvery {
		if bytes.HasSuffix(v.tick(still(0), time.Time{}), []byte{4, 2}) {
			alone++
		}
	}
	if alone != 3 {
		t.Errorf("%d reports of status alone, want 3", alone)
	}
}

// What a simulated scale says is what its decoder understands, in each unit,
// with the rounding of the display.
func TestWhatIsSaidIsUnderstood(t *testing.T) {
	for _, name := range []string{"and", "st-gs", "cas22", "adam", "ohaus", "sartorius-sbi", "cas-ecr", "fairbanks", "hid"} {
		for _, u := range []string{"kg", "g", "lb", "oz"} {
			t.Run(name+" "+u, func(t *testing.T) { understood(t, name, u) })
		}
	}
}

func understood(t *testing.T, name, u string) {
	p, err := scale.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	opts, err := ScaleOptions{Protocol: name, Unit: u}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	l := &line{voice: voices()[name](opts), decoder: p.New(scale.Profile{Unit: u}), faults: newFaults(1, p.USB), ask: p.Polled.Ask, now: time.Unix(1_000, 0)}
	now := func(on load) devices.Reading {
		t.Helper()
		readings, heard := l.turn(on)
		if len(readings) == 0 {
			t.Fatalf("%+v: nothing out of % X", on, heard)
		}
		return readings[len(readings)-1]
	}
	weighs := func(what string, r devices.Reading, state devices.ReadingState, mass unit.Mass) {
		t.Helper()
		if r.State != state || !r.HasMass || (r.Mass-mass).Abs() > opts.Division/2 || r.Division == 0 {
			t.Errorf("%s: %+v, want %v with %v", what, r, state, mass)
		}
	}
	weighs("empty", now(still(0)), devices.Zero, 0)
	for _, grams := range []int{10, 1_234, 29_999} {
		weighs(fmt.Sprint(grams), now(still(grams)), devices.OK, still(grams).mass)
		if r := now(moving(grams)); r.StableKnown {
			weighs("moving", r, devices.Motion, still(grams).mass)
		} else if name != "adam" {
			t.Errorf("moving: %+v", r)
		}
	}
	if r := now(still(-20)); name == "hid" && r.State != devices.Under || name != "hid" && (r.State != devices.OK || (r.Mass+20*unit.Gram).Abs() > opts.Division/2) {
		t.Errorf("20 g less than nothing: %+v", r)
	}
	if name != "adam" { // its display shows no weight, and it says nothing
		if r := now(tooMuch); r.State != devices.Over {
			t.Errorf("over: %+v", r)
		}
	}
	if name != "adam" && name != "cas-ecr" { // which has no data
		if r := now(tooLittle); r.State != devices.Under {
			t.Errorf("under: %+v", r)
		}
	}
	if p.Zero != nil {
		l.voice.hear(p.Zero, still(40), l.now)
		weighs("zeroed", now(still(40)), devices.Zero, 0)
		weighs("after zero", now(still(1_040)), devices.OK, unit.Kilogram)
	}
	if p.Tare != nil {
		l.voice.hear(p.Tare, still(2_040), l.now)
		weighs("tared", now(still(2_040)), devices.Zero, 0)
		r := now(still(3_040))
		weighs("net", r, devices.OK, unit.Kilogram)
		if says := name != "and"; r.Net != says { // a balance of A&D has no word for net
			t.Errorf("net: %+v", r)
		}
	}
}

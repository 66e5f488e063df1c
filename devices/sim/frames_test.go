package sim

import (
	"strings"
	"testing"
	"time"

	"packbench/station/unit"
)

type exchange struct {
	hear string // "" is a beat
	on   load
	want string
}

// says checks what a voice answers. With even, the answers carry even parity
// in bit 7, as a line of seven bits does.
func says(t *testing.T, opts ScaleOptions, even bool, conversations map[string][]exchange) {
	t.Helper()
	for name, steps := range conversations {
		t.Run(name, func(t *testing.T) {
			v := voices()[opts.Protocol](opts)
			for i, s := range steps {
				got, at := []byte(nil), time.Unix(1_000, 0)
				if s.hear == "" {
					got = v.tick(s.on, at)
				} else {
					got = v.hear([]byte(s.hear), s.on, at)
				}
				want := []byte(s.want)
				if even {
					want = even7(want)
				}
				if string(got) != string(want) {
					t.Errorf("step %d, %q: %q, want %q", i, s.hear, got, want)
				}
			}
		})
	}
}

func grams(n int) load    { return load{mass: unit.Mass(n) * unit.Gram, steady: true} }
func swinging(n int) load { return load{mass: unit.Mass(n) * unit.Gram} }

var (
	heavy  = load{mass: 31 * unit.Kilogram, steady: true, over: true}
	lifted = load{steady: true, under: true}
)

func kilos(protocol string) ScaleOptions {
	return ScaleOptions{Protocol: protocol, Unit: "kg", Division: unit.Gram, Capacity: 30 * unit.Kilogram}
}

func TestParity(t *testing.T) {
	if got := even7([]byte("\x02017")); string(got) != "\x82\x30\xB1\xB7" {
		t.Errorf("even: % X", got)
	}
	if got := odd7([]byte("\x02017\x80")); string(got) != "\x02\xB0\x31\x37\x80" {
		t.Errorf("odd: % X", got)
	}
}

func TestToledo8217Voice(t *testing.T) {
	says(t, kilos("toledo8217"), true, map[string][]exchange{
		"weight":         {{"W", grams(1750), "\x0201.750\r"}, {"WW", grams(12_345), "\x0212.345\r\x0212.345\r"}, {"", grams(5), ""}},
		"fine":           {{"H", grams(1750), "\x0201.7500\r"}},
		"zero":           {{"W", grams(0), "\x0200.000\r"}},
		"no weight":      {{"W", swinging(1750), "\x02?I\r"}, {"W", heavy, "\x02?J\r"}, {"W", lifted, "\x02?D\r"}, {"W", grams(-20), "\x02?D\r"}},
		"zero set":       {{"Z", grams(12), "\x02?P\r"}, {"W", grams(12), "\x0200.000\r"}},
		"zero too far":   {{"Z", grams(5000), "\x02?H\r"}, {"W", grams(5000), "\x0205.000\r"}},
		"zero moving":    {{"Z", swinging(12), "\x02?A\r"}, {"W", grams(12), "\x0200.012\r"}},
		"tare":           {{"T", grams(250), ""}, {"\rW", grams(250), "\x02?`\r\x0200.000N\r"}, {"W", grams(1250), "\x0201.000N\r"}, {"CW", grams(1250), "\x02?H\r\x0201.250\r"}},
		"tare keyed in":  {{"T00250\r", grams(1250), "\x02?h\r"}, {"W", grams(1250), "\x0201.000N\r"}},
		"tare not five":  {{"T250\rW", grams(1250), "\x02?H\r\x0201.250\r"}},
		"self test":      {{"A", grams(0), "\x02\r"}, {"B", grams(0), "\x02?@\r"}, {"B", grams(0), "\x02?P\r"}},
		"echo":           {{"Ehello", grams(0), "\x02E\rhello"}, {"W", grams(0), "W"}, {"F", grams(0), ""}, {"W", grams(7), "\x0200.007\r"}},
		"not known":      {{"x", grams(1000), "\x02?H\r"}, {"\r\n", grams(0), ""}},
		"parity of host": {{"\xD7", grams(7), "\x0200.007\r"}},
	})
	for _, c := range []struct {
		opts ScaleOptions
		want string
	}{
		{ScaleOptions{Unit: "lb"}, "\x0203.86\r"},
		{ScaleOptions{Unit: "g"}, "\x02001750\r"},
		{ScaleOptions{Unit: "oz"}, "\x02003 lb 13.7 oz\r"},
	} {
		c.opts.Protocol = "toledo8217"
		opts, err := c.opts.withDefaults()
		if err != nil {
			t.Fatal(err)
		}
		if got := newToledo8217(opts).hear([]byte("W"), grams(1750), time.Time{}); string(got) != string(even7([]byte(c.want))) {
			t.Errorf("in %s: %q, want %q", opts.Unit, got, c.want)
		}
	}
}

func TestMTContinuousVoice(t *testing.T) {
	frame := func(words, weight, tare, sum string) string { return "\x02" + words + weight + tare + "\r" + sum }
	says(t, kilos("mt-continuous"), true, map[string][]exchange{
		"stream": {{"", grams(1750), frame("\x2d\x70 ", "001750", "000000", "\x67")}, {"", swinging(1750), frame("\x2d\x78 ", "001750", "000000", "\x5f")}},
		"minus":  {{"", grams(-20), frame("\x2d\x72 ", "000020", "000000", "\x70")}},
		"range":  {{"", heavy, frame("\x2d\x74 ", "031000", "000000", "\x6c")}, {"", lifted, frame("\x2d\x76 ", "000000", "000000", "\x6e")}},
		"zero":   {{"Z\r\n", grams(12), ""}, {"", grams(12), frame("\x2d\x30 ", "000000", "000000", "\x34")}},
		"tare":   {{"T\r\n", grams(250), ""}, {"", grams(1250), frame("\x2d\x71 ", "001000", "000250", "\x6b")}, {"C", grams(0), ""}, {"", grams(1250), frame("\x2d\x70 ", "001250", "000000", "\x6c")}},
		"print":  {{"P", grams(1), ""}, {"", grams(1), frame("\x2d\x70(", "000001", "000000", "\x6b")}, {"", grams(1), frame("\x2d\x70 ", "000001", "000000", "\x73")}},
	})
	coarse, err := ScaleOptions{Protocol: "mt-continuous", Unit: "lb", Division: 5 * 4_536}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	got := string(newMTContinuous(coarse).tick(load{mass: 453_592, steady: true}, time.Time{}))
	if want := string(even7([]byte("\x02\x3c\x60 000100000000\r"))); !strings.HasPrefix(got, want) {
		t.Errorf("a pound in steps of 0.05: %q, want %q", got, want)
	}
}

func TestNCIVoice(t *testing.T) {
	says(t, kilos("nci-scp01"), true, map[string][]exchange{
		"weight":    {{"W\r", grams(1750), "\n  1.750kg\r\n00\r\x03"}, {"W\r", swinging(1750), "\n  1.750kg\r\n10\r\x03"}, {"", grams(5), ""}},
		"fine":      {{"H\r", grams(1750), "\n 1.7500kg\r\n00\r\x03"}},
		"zero":      {{"W\r", grams(0), "\n  0.000kg\r\n20\r\x03"}, {"W\r", grams(-20), "\n- 0.020kg\r\n00\r\x03"}},
		"range":     {{"W\r", heavy, "\n^^^^^^kg\r\n02\r\x03"}, {"W\r", lifted, "\n______kg\r\n01\r\x03"}},
		"status":    {{"S\r", grams(1), "\n00\r\x03"}, {"S\r", swinging(1), "\n10\r\x03"}, {"S\r", grams(0), "\n20\r\x03"}},
		"zero set":  {{"Z\r", grams(12), "\n20\r\x03"}, {"W\r", grams(12), "\n  0.000kg\r\n20\r\x03"}},
		"zero far":  {{"Z\r", grams(5000), "\n00\r\x03"}},
		"tare":      {{"T\r", grams(250), "\n0p4\r\x03"}, {"W\r", grams(1250), "\n  1.000kg\r\n0p4\r\x03"}},
		"next unit": {{"U\r", grams(1750), "\n00\r\x03"}, {"W\r", grams(1750), "\n   3.86lb\r\n00\r\x03"}, {"U\rW\r", grams(1750), "\n00\r\x03\n03lb 13.7oz\r\n00\r\x03"}, {"U\rW\r", grams(1750), "\n00\r\x03\n   1750g\r\n00\r\x03"}},
		"not known": {{"X\r", grams(1), "\n?\r\x03"}, {"W", grams(1), ""}},
	})
	says(t, kilos("nci-scp12"), true, map[string][]exchange{
		"weight":    {{"W\r", grams(1750), "\n  1.750KG\r00\x03"}, {"W\r", swinging(1750), "\n  1.750KG\r10\x03"}, {"W\r", grams(-20), "\n- 0.020KG\r00\x03"}},
		"range":     {{"W\r", heavy, "\n^^^^^^KG\r02\x03"}, {"W\r", lifted, "\n______KG\r01\x03"}},
		"zero":      {{"Z\r", grams(12), ""}, {"W\r", grams(12), "\n  0.000KG\r20\x03"}, {"S\r", grams(12), "\n20\r\x03"}},
		"tare":      {{"T\r", grams(250), ""}, {"W\r", grams(1250), "\n  1.000KG\r0p4\x03"}},
		"ounces":    {{"U\rU\r", grams(1750), ""}, {"W\r", grams(1750), "\n   61.7OZ\r00\x03"}},
		"not known": {{"X\r", grams(1), "\n?\r"}},
	})
}

func TestSMAVoice(t *testing.T) {
	says(t, kilos("sma"), false, map[string][]exchange{
		"weight":    {{"\nW\r", grams(1750), "\n 1G       1.750kg \r"}, {"\nW\r", swinging(1750), "\n 1GM      1.750kg \r"}, {"", grams(1), ""}},
		"fine":      {{"\nH\r", grams(1750), "\n 1g      1.7500kg \r"}},
		"zero":      {{"\nW\r", grams(0), "\nZ1G       0.000kg \r"}, {"\nW\r", grams(-20), "\n 1G      -0.020kg \r"}},
		"range":     {{"\nW\r", heavy, "\nO1G      31.000kg \r"}, {"\nW\r", lifted, "\nU1G       0.000kg \r"}},
		"stream":    {{"\nR\r", grams(5), "\n 1G       0.005kg \r"}, {"", swinging(6), "\n 1GM      0.006kg \r"}, {"\nW\r", grams(6), "\n 1G       0.006kg \r"}, {"", grams(6), ""}},
		"zero set":  {{"\nZ\r", grams(12), "\nZ1G       0.000kg \r"}, {"\nZ\r", grams(5000), "\nE1G  ----------kg \r"}},
		"tare":      {{"\nT\r", grams(250), "\n 1N       0.000kg \r"}, {"\nM\r", grams(1250), "\n 1T       0.250kg \r"}, {"\nW\r", grams(1250), "\n 1N       1.000kg \r"}, {"\nC\r", grams(1250), "\n 1G       1.250kg \r"}},
		"no tare":   {{"\nT\r", swinging(250), "\nT1GM ----------kg \r"}},
		"not known": {{"\nX\r", grams(1), "\n?\r"}, {"W\r", grams(1), ""}, {"\nW", grams(1), ""}},
	})
}

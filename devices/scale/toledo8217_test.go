package scale_test

import (
	"slices"
	"strings"
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

func toledo8217Vectors(t testing.TB) []vector {
	kilograms := devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: unit.Gram}
	net := kilograms
	net.Net = true
	pounds := devices.Reading{State: devices.OK, Mass: 793_787, Division: 4_536}
	b := func(text string) []byte { return unhex(t, text) }
	return []vector{
		{"s6 [D] 01.75 lb steady", b("02 30 31 2E 37 35 0D"), "lb", of(pounds)},
		{"s6 [D] 01.750 kg", b("02 30 31 2E 37 35 30 0D"), "", of(kilograms)},
		{"s6 [D] 01.750 net", b("02 30 31 2E 37 35 30 4E 0D"), "kg", of(net)},
		{"s6/s7 [D] 001.75, 8213 width", b("02 30 30 31 2E 37 35 0D"), "lb", of(pounds)},
		{"s6 [D] parity left in bit 7", b("82 30 B1 2E B7 35 30 8D"), "", of(kilograms)},
		{"s6 [D] ?a in motion", b("02 3F 61 0D"), "", is(devices.Motion)},
		{"s6 [D] ?A in motion", b("02 3F 41 0D"), "", is(devices.Motion)},
		{"s6 [D] ?b over capacity", b("02 3F 62 0D"), "", is(devices.Over)},
		{"s6 [D] ?d under zero", b("02 3F 64 0D"), "", is(devices.Under)},
		{"s6 [D] ?p centre of zero", b("02 3F 70 0D"), "", of(devices.Reading{State: devices.Zero})},
		{"s6 [D] ?P centre of zero", b("02 3F 50 0D"), "", of(devices.Reading{State: devices.Zero})},
		{"s8 [C] the echo is no reading", b("02 45 0D 68 65 6C 6C 6F"), "", nil},
	}
}

func toledo8217Edges() []vector {
	kilo := func(grams unit.Mass) []devices.Reading {
		return of(devices.Reading{State: devices.OK, Mass: grams * unit.Gram, Division: unit.Gram})
	}
	one := kilo(1_000)
	unknown := devices.Reading{}
	ounces := devices.Reading{State: devices.OK, Mass: 1_054_602, Division: 2_835, Unit: "oz"}
	return []vector{
		{"leading spaces", []byte("\x02  1.000\r"), "", one},
		{"zero", []byte("\x0200.000\r"), "", of(devices.Reading{State: devices.Zero, Division: unit.Gram})},
		{"high resolution", []byte("\x0201.0005\r"), "", of(devices.Reading{State: devices.OK, Mass: 1_000_500, Division: 100})},
		{"Brecknell grams", []byte("\x02000812\r"), "", kilo(812)},
		{"grams by the profile", []byte("\x02  812\r"), "g", kilo(812)},
		{"no point and no grams", []byte("\x0201750\r"), "", is(devices.Unknown)},
		{"six digits are no pounds", []byte("\x02000812\r"), "lb", is(devices.Unknown)},
		{"2 lb 5.2 oz", []byte("\x02002 lb 05.2 oz\r"), "lb", of(ounces)},
		{"0 lb 0.0 oz", []byte("\x02000 lb 00.0 oz\r"), "lb", of(devices.Reading{State: devices.Zero, Division: 2_835, Unit: "oz"})},
		{"16 oz are a pound", []byte("\x02000 lb 16.0 oz\r"), "lb", is(devices.Unknown)},
		{"over and moving", []byte("\x02?c\r"), "", is(devices.Over)},
		{"bit 5 is not net", []byte("\x02?a\r\x02?A\r"), "", []devices.Reading{{State: devices.Motion}, {State: devices.Motion}}},
		{"answer to a tare", []byte("\x02?h\r\x0201.000\r\x02?H\r"), "", one},
		{"no weight and no reason, again and again", []byte("\x02?`\r\x02?h\r\x02?`\r"), "", []devices.Reading{{State: devices.Error}, {State: devices.Error}}},
		{"zero and far from zero", []byte("\x02?x\r\x02?x\r"), "", is(devices.Error)},
		{"self test and its result", []byte("\x02\r\x02?B\r\x0201.000\r"), "", one},
		{"echo, then weighing", []byte("\x02E\rhello\x0201.000\r"), "", one},
		{"a tail first", []byte(".000\r\x0201.000\r"), "", one},
		{"torn, then good", []byte("\x0201.0\x0201.000\r"), "", append(is(devices.Unknown), one...)},
		{"two in one read", []byte("\x0201.000\r\x0202.000\r"), "", append(kilo(1_000), kilo(2_000)...)},
		{"noise between frames", []byte("\x0201.000\r~~~~\x0201.000\r"), "", []devices.Reading{one[0], unknown, one[0]}},
		{"a digit is lost", []byte("\x022.345\r\x0212.3\r"), "", []devices.Reading{unknown, unknown}},
		{"a digit is lost among good ones", []byte("\x0201.000\r\x0212.33\r\x0201.000\r"), "", []devices.Reading{one[0], unknown, one[0]}},
		{"pounds and ounces after grams", []byte("\x02000812\r\x02002 lb 05.2 oz\r\x02002 lb 05.2 oz\r"), "kg", []devices.Reading{{State: devices.OK, Mass: 812 * unit.Gram, Division: unit.Gram}, unknown, ounces}},
		{"another unit from now on", []byte("\x0201.000\r\x02002 lb 05.2 oz\r\x02002 lb 05.2 oz\r"), "", []devices.Reading{one[0], unknown, ounces}},
		{"set to pounds in mid-shift, and back", []byte("\x0201.000\r\x0201.000\r\x0201.000\r" + strings.Repeat("\x0202.20\r", 9) + "\x0201.000\r\x0201.000\r"), "", slices.Concat(one, one, one, make([]devices.Reading, 10), one)},
		{"grams are told by their form", []byte("\x02001.00\r\x02001.00\r\x02001.00\r\x02001000\r\x02001000\r"), "", func() []devices.Reading {
			tens := devices.Reading{State: devices.OK, Mass: unit.Kilogram, Division: 10 * unit.Gram}
			return []devices.Reading{tens, tens, tens, unknown, one[0]}
		}()},
		{"torn ones at first", []byte("\x0201.00\r\x0201.000\r\x0201.000\r\x0201.000\r"), "", append(of(devices.Reading{State: devices.OK, Mass: unit.Kilogram, Division: 10 * unit.Gram}), unknown, one[0], one[0])},
		{
			"two of a kind, one of another, two again: none is sure", []byte(strings.Repeat("\x0201.000\r", 2) + "\x0202.20\r" + strings.Repeat("\x0201.000\r", 2) + strings.Repeat("\x0202.20\r", 2)), "",
			slices.Concat(one, one, is(devices.Unknown), one, one, is(devices.Unknown), of(devices.Reading{State: devices.OK, Mass: 2_200 * unit.Gram, Division: 10 * unit.Gram})),
		},
		{"two digits are no status", []byte("\x0212\r"), "", is(devices.Unknown)},
		{"four characters", []byte("\x0201.7\r"), "", is(devices.Unknown)},
		{"eight characters", []byte("\x0200001.75\r"), "", of(devices.Reading{State: devices.OK, Mass: 1_750 * unit.Gram, Division: 10 * unit.Gram})},
		{"nine characters", []byte("\x02000001.75\r"), "", is(devices.Unknown)},
		{"a space before one digit", []byte("\x02 1.000\r"), "", one},
		{"grams that begin with another digit", []byte("\x02100812\r"), "", is(devices.Unknown)},
		{"five digits of grams", []byte("\x0200812\r"), "", is(devices.Unknown)},
		{"no reason, a weight, no reason", []byte("\x02?`\r\x0201.000\r\x02?`\r"), "", one},
		{"a short echo", []byte("\x02E\r1234567890123456\x0201.000\r"), "", one},
		{"and what is no echo any more", []byte("\x02E\r12345678901234567\x0201.000\r"), "", append(is(devices.Unknown), one...)},
		{"more pounds than there are", []byte("\x020000002 lb 05.2 oz\r"), "lb", is(devices.Unknown)},
		{"six digits of pounds", []byte("\x02000002 lb 05.2 oz\r"), "lb", of(ounces)},
		{"eight digits of ounces", []byte("\x02002 lb 005.2000 oz\r"), "lb", of(devices.Reading{State: devices.OK, Mass: 1_054_602, Division: 3, Unit: "oz"})},
		{"nine digits of ounces", []byte("\x02002 lb 005.20000 oz\r"), "lb", is(devices.Unknown)},
		{"pounds in other words", []byte("\x02002 lb 05.2 kg\r"), "lb", is(devices.Unknown)},
		{"two points", []byte("\x0201.0.0\r"), "", is(devices.Unknown)},
		{"a letter", []byte("\x0201.0OO\r"), "", is(devices.Unknown)},
		{"a minus", []byte("\x02-1.000\r"), "", is(devices.Unknown)},
		{"a status cut short", []byte("\x02?\r"), "", is(devices.Unknown)},
		{"half a frame is not 0", []byte("\x0200.0"), "", nil},
		{"MT-SICS", []byte("\x02S S  1.000 kg\r\n"), "", is(devices.Unknown)},
	}
}

func TestToledo8217(t *testing.T) {
	checkVectors(t, "toledo8217", toledo8217Vectors(t))
	checkVectors(t, "toledo8217", toledo8217Edges())
}

func TestToledo8217PassesTheSuite(t *testing.T) {
	all := append(toledo8217Edges(), toledo8217Vectors(t)...)
	all = append(all, vector{data: []byte("\x0201.234\r")})
	devicetest.Scale(t, protocol(t, "toledo8217"), []devicetest.Session{
		{Name: "a parcel", Bytes: []byte("\x0200.000\r\x02?p\r\x02?a\r\x0201.234\r\x02?b\r\x02?d\r\x0201.234N\r")},
		session("all vectors", all),
	})
}

func TestToledo8217Probe(t *testing.T) {
	p := protocol(t, "toledo8217").Probe
	for _, c := range []struct {
		heard string
		want  bool
	}{
		{"\x02E\rhello", true},
		{"\x82\xC5\x8D\xE8\x65\x6C\x6C\x6F", true},
		{"\x02E\rhell", false},
		{"Ehello", false},
		{"\x02?a\r", false},
		{"ES\r\n", false},
	} {
		if got := p.Answers([]byte(c.heard)); got != c.want {
			t.Errorf("%q is the answer: %v, want %v", c.heard, got, c.want)
		}
	}
}

func FuzzToledo8217(f *testing.F) {
	fuzzVectors(f, "toledo8217", append(toledo8217Vectors(f), toledo8217Edges()...))
}

package scale_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/station/unit"
)

// mtKilo is a weight in kg that a scale with two decimals and steps of 1 sends.
func mtKilo(state devices.ReadingState, grams unit.Mass) devices.Reading {
	return devices.Reading{State: state, Mass: grams * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"}
}

func mtNet(grams unit.Mass) devices.Reading {
	r := mtKilo(devices.OK, grams)
	r.Net = true
	return r
}

func mtVectors(t testing.TB) []vector {
	b := func(text string) []byte { return unhex(t, text) }
	return []vector{
		{"s13 [V] recorded 0.00 kg", b("82 AC F0 60 30 30 30 30 30 30 30 30 30 30 30 30 8D 35"), "", of(mtKilo(devices.Zero, 0))},
		{"s13 [V] recorded 5.00 kg", b("82 AC F0 60 30 30 30 35 30 30 30 30 30 30 30 30 8D 30"), "", of(mtKilo(devices.OK, 5_000))},
		{"s13 [V] recorded 5.67 kg", b("82 AC F0 60 30 30 30 35 36 B7 30 30 30 30 30 30 8D A3"), "", of(mtKilo(devices.OK, 5_670))},
		{"s13 [V] recorded 38.45 kg, motion", b("82 AC 78 60 30 30 33 B8 B4 35 30 30 30 30 30 30 8D 99"), "", of(mtKilo(devices.Motion, 38_450))},
		{"s13 [V] recorded out of range", b("82 AC 74 60 30 30 B7 30 39 B4 30 30 30 30 30 30 8D 1D"), "", is(devices.Over)},
		{"s13 [V] recorded -0.89 kg net", b("82 AC F3 60 30 30 30 30 B8 39 30 30 30 36 30 30 8D 1B"), "", of(mtNet(-890))},
		{"s13 [V] recorded 3.67 kg net", b("82 AC 71 60 30 30 30 33 36 B7 30 30 30 36 30 30 8D 1E"), "", of(mtNet(3_670))},
		{"s13 [C] tail of a frame", b("30 30 30 30 30 8D 27"), "", nil},
		{"s13 [V] broken frame, then a new one", b("82 AC F0 60 30 30 30 35 33 36 30 82 AC F0 60 30 30 30 35 30 30 30 30 30 30 30 30 8D 30"), "", of(mtKilo(devices.OK, 5_000))},
		{
			"s13b [C] 12340 kg steady", b("02 22 30 20 30 31 32 33 34 30 30 30 30 30 30 30 0D"), "",
			of(devices.Reading{State: devices.OK, Mass: 12_340 * unit.Kilogram, Division: unit.Kilogram, Unit: "kg"}),
		},
		{
			"s13b [C] -150 kg moving", b("02 22 3A 20 30 30 30 31 35 30 30 30 30 30 30 30 0D"), "",
			of(devices.Reading{State: devices.Motion, Mass: -150 * unit.Kilogram, Division: unit.Kilogram, Unit: "kg"}),
		},
		{
			"s13b [C] 1234.5 kg, wrong checksum", b("02 23 30 20 30 31 32 33 34 35 30 30 30 30 30 30 0D 55"), "",
			of(devices.Reading{State: devices.OK, Mass: 1_234_500 * unit.Gram, Division: 100 * unit.Gram, Unit: "kg"}),
		},
	}
}

// mtRecorded is the recorded stream of 180 bytes, put together again from its
// rows: the tail, nine good frames, and a torn one among them.
func mtRecorded(t testing.TB) []byte {
	rows := mtVectors(t)
	var stream []byte
	for _, row := range []int{7, 0, 1, 2, 2, -1, 3, 4, 6, 5, 0} {
		if row < 0 {
			stream = append(stream, rows[8].data[:11]...)
		} else {
			stream = append(stream, rows[row].data...)
		}
	}
	return stream
}

// mtSum adds the checksum to a frame without one.
func mtSum(frame string) []byte {
	var sum byte
	for _, b := range []byte(frame) {
		sum += b
	}
	return append([]byte(frame), -sum&0x7F)
}

func mtEdges() []vector {
	frame := func(words, weight string) []byte { return []byte("\x02" + words + weight + "000000\r") }
	good := frame("\x2c\x30\x20", "000500")
	five := mtKilo(devices.OK, 5_000)
	one := func(u string, mass, division unit.Mass) []devices.Reading {
		return of(devices.Reading{State: devices.OK, Mass: mass, Division: division, Unit: u})
	}
	kg := unit.Kilogram
	return []vector{
		{"point 0", frame("\x28\x30\x20", "000012"), "", one("kg", 1_200*kg, 100*kg)},
		{"point 1", frame("\x29\x30\x20", "000012"), "", one("kg", 120*kg, 10*kg)},
		{"point 2", frame("\x2a\x30\x20", "000012"), "", one("kg", 12*kg, kg)},
		{"point 5", frame("\x2d\x30\x20", "000012"), "", one("kg", 12*unit.Gram, unit.Gram)},
		{"point 6", frame("\x2e\x30\x20", "000012"), "", one("kg", 1_200, 100)},
		{"point 7", frame("\x2f\x30\x20", "123456"), "", one("kg", 1_234_560, 10)},
		{"steps of 2", frame("\x35\x30\x20", "000012"), "", one("kg", 12*unit.Gram, 2*unit.Gram)},
		{"steps of 5", frame("\x3d\x30\x20", "000015"), "", one("kg", 15*unit.Gram, 5*unit.Gram)},
		{"pounds", frame("\x2c\x20\x20", "000100"), "", one("lb", 453_592, 4_536)},
		{"grams", frame("\x2b\x20\x21", "000125"), "", one("g", 12_500, 100)},
		{"tonnes", frame("\x2d\x20\x22", "001500"), "", one("t", 1_500*kg, kg)},
		{"ounces", frame("\x2b\x20\x23", "000010"), "", one("oz", 28_350, 2_835)},
		{"short tons", frame("\x2c\x20\x26", "000150"), "", one("ton", 1_360_777_110, 9_071_847)},
		{"no unit", frame("\x2c\x30\x27", "000100"), "", is(devices.Unknown)},
		{"expanded", frame("\x3e\x30\x30", "000015"), "", one("kg", 1_500, 500)},
		{"print key", frame("\x2c\x30\x28", "000500"), "", of(five)},
		{"spaces for zeros", []byte("\x02\x2c\x30\x20   500     0\r"), "", of(five)},
		{"a space in the digits", frame("\x2c\x30\x20", "0 0500"), "", is(devices.Unknown)},
		{"a blank display", frame("\x2c\x30\x20", "      "), "", is(devices.Unknown)},
		{"stars", frame("\x2c\x30\x20", "****00"), "", is(devices.Unknown)},
		{"minus zero", frame("\x2c\x32\x20", "000000"), "", of(mtKilo(devices.Zero, 0))},
		{"under", frame("\x2c\x36\x20", "000020"), "", is(devices.Under)},
		{"moving through zero", frame("\x2c\x38\x20", "000000"), "", of(mtKilo(devices.Motion, 0))},
		{"short", []byte("\x02\x2c\x30\x20000500\r"), "", of(five)},
		{"short with checksum", mtSum("\x02\x2c\x30\x20000500\r"), "", of(five)},
		{"a short one among long ones has lost bytes", slices.Concat(good, []byte("\x02\x2c\x30\x20000500\r"), good), "", []devices.Reading{five, {}, five}},
		{"LF at the end", slices.Concat(good, []byte("\n"), good, []byte("\n")), "", []devices.Reading{five, five}},
		{"a CR too early", []byte("\x02\x2c\x30\x200005\r"), "", is(devices.Unknown)},
		{"no CR", []byte("\x02\x2c\x30\x200005000000000"), "", is(devices.Unknown)},
		{"a long frame that is none, then short ones", slices.Concat(frame("\x2c\x30\x27", "000500"), []byte("\x02\x2c\x30\x20000500\r")), "", []devices.Reading{{}, five}},
		{"noise between frames", slices.Concat(good, []byte("\n~~~~"), good), "", []devices.Reading{five, {}, five}},
		{"half a frame is not 0", []byte("\x02\x2c\x30\x20000000"), "", nil},
		{"Toledo 8217", []byte("\x0201.75\r\x0201.75\r"), "", []devices.Reading{{}, {}}},
	}
}

func TestMTContinuous(t *testing.T) {
	checkVectors(t, "mt-continuous", mtVectors(t))
	checkVectors(t, "mt-continuous", mtEdges())
}

func TestMTContinuousRecordedStream(t *testing.T) {
	stream := mtRecorded(t)
	if len(stream) != 180 {
		t.Fatalf("the recorded stream has %d bytes, not 180", len(stream))
	}
	checkVectors(t, "mt-continuous", []vector{{"s13 [V] recorded stream", stream, "", []devices.Reading{
		mtKilo(devices.Zero, 0), mtKilo(devices.OK, 5_000), mtKilo(devices.OK, 5_670), mtKilo(devices.OK, 5_670),
		mtKilo(devices.Motion, 38_450),
		{State: devices.Over},
		mtNet(3_670), mtNet(-890), mtKilo(devices.Zero, 0),
	}}})
}

// Frames whose checksum was right twice are held to it.
func TestMTContinuousChecksum(t *testing.T) {
	at := func(digits string) string { return "\x02\x2c\x30\x20" + digits + "000000\r" }
	with := func(digits string) []byte { return mtSum(at(digits)) }
	four, five := mtKilo(devices.OK, 4_000), mtKilo(devices.OK, 5_000)
	unknown := devices.Reading{}
	proved := slices.Concat(with("000400"), with("000500"))
	wrong := []byte(at("000900") + "\x55")
	lf := with("699991")
	if lf[17] != '\n' {
		t.Fatalf("the checksum is % X, not LF", lf[17])
	}
	n := 1
	for with(fmt.Sprintf("%06d", n))[17] != 0 {
		n++
	}
	for _, v := range []vector{
		{"a checksum of 0 is one", slices.Concat(with(fmt.Sprintf("%06d", n)), with("000500"), wrong), "", []devices.Reading{mtKilo(devices.OK, unit.Mass(10*n)), five, unknown}},
		{"a wrong one is Unknown once they are proved", slices.Concat(proved, wrong, with("000500")), "", []devices.Reading{four, five, unknown, five}},
		{"the first may be wrong", slices.Concat([]byte(at("000400")+"\x55"), proved), "", []devices.Reading{four, four, five}},
		{"the frame waits for its checksum", slices.Concat(proved, []byte(at("000900"))), "", []devices.Reading{four, five}},
		{"switched off at the scale", slices.Concat(proved, bytes.Repeat([]byte(at("000500")), 6)), "", []devices.Reading{four, five, unknown, unknown, unknown, unknown, five, five}},
		{"one lost checksum is no reason to stop", slices.Concat(proved, []byte(at("000500")), with("000400"), wrong), "", []devices.Reading{four, five, unknown, four, unknown}},
		{
			"a wrong one now and then", slices.Concat(proved, bytes.Repeat(slices.Concat(wrong, with("000500")), 5)), "",
			append([]devices.Reading{four, five}, slices.Repeat([]devices.Reading{unknown, five}, 5)...),
		},
		{"another one at the scale", slices.Concat(proved, wrong, wrong, wrong, wrong, []byte(at("000500")+"\x55")), "", []devices.Reading{four, five, unknown, unknown, unknown, unknown, five}},
		{"two alike prove it too", slices.Concat(with("000500"), with("000500"), wrong), "", []devices.Reading{five, five, unknown}},
		{"two that are a line end do not", slices.Concat(lf, lf, []byte(at("000400")+"\n")), "", []devices.Reading{mtKilo(devices.OK, 6_999_910), mtKilo(devices.OK, 6_999_910), four}},
		{"a checksum that looks like STX", slices.Concat(proved, with("699999"), with("000500")), "", []devices.Reading{four, five, mtKilo(devices.OK, 6_999_990), five}},
	} {
		checkVectors(t, "mt-continuous", []vector{v})
	}
}

func TestMTContinuousPassesTheSuite(t *testing.T) {
	rows := append(mtVectors(t), mtEdges()...)
	last := vector{data: mtSum("\x02\x2c\x30\x20000500000000\r")}
	devicetest.Scale(t, protocol(t, "mt-continuous"), []devicetest.Session{
		{Name: "the recorded stream", Bytes: mtRecorded(t)[7:]},
		{Name: "the recorded stream with its tail", Bytes: mtRecorded(t)},
		session("all vectors", append(rows, last)),
	})
}

func FuzzMTContinuous(f *testing.F) {
	rows := append(mtVectors(f), mtEdges()...)
	fuzzVectors(f, "mt-continuous", append(rows, vector{data: mtRecorded(f)}))
}

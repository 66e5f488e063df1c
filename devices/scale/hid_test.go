package scale_test

import (
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/devices/scale"
	"packbench/station/unit"
)

func hidVectors(t testing.TB) []vector {
	weighs := func(mass, division unit.Mass, name string) []devices.Reading {
		return of(devices.Reading{State: devices.OK, Mass: mass, Division: division, Unit: name})
	}
	zero := func(division unit.Mass, name string) []devices.Reading {
		return of(devices.Reading{State: devices.Zero, Division: division, Unit: name})
	}
	return []vector{
		{"s33 [C] PS60 zero, lb", unhex(t, "03 02 0C FE 00 00"), "", zero(4_536, "lb")},
		{"s33 [C] PS60 5.10 lb stable", unhex(t, "03 04 0C FE FE 01"), "", weighs(2_313_321, 4_536, "lb")},
		{"s33 [C] PS60 zero, kg", unhex(t, "03 02 03 FE 00 00"), "", zero(10*unit.Gram, "kg")},
		{"s33 [C] PS60 1.94 kg", unhex(t, "03 04 03 FE C2 00"), "", weighs(1_940*unit.Gram, 10*unit.Gram, "kg")},
		{"s33 [C] PS60 status alone", unhex(t, "04 04"), "", nil},
		{"s34 s36 [C] DYMO M10 zero oz", unhex(t, "03 02 0B FF 00 00"), "", zero(2_835, "oz")},
		{"s36 [C] 878 g", unhex(t, "03 04 02 00 6E 03"), "", weighs(878*unit.Gram, unit.Gram, "g")},
		{"s36 [C] 7.8 oz = 221.126 g", unhex(t, "03 04 0B FF 4E 00"), "", weighs(221_126, 2_835, "oz")},
		{"s36 [C] 15.1 oz", unhex(t, "03 04 0B FF 97 00"), "", weighs(428_078, 2_835, "oz")},
		{"s36 [C] 2.5 oz", unhex(t, "03 04 0B FF 19 00"), "", weighs(70_874, 2_835, "oz")},
		{"s36 [C] 5.6 oz", unhex(t, "03 04 0B FF 38 00"), "", weighs(158_757, 2_835, "oz")},
		{"s37 [C] 645.2 oz", unhex(t, "03 04 0B FF 34 19"), "", weighs(18_291_112, 2_835, "oz")},
		{"s36 [C] under zero is not 0", unhex(t, "03 05 0B FF 00 00"), "", is(devices.Under)},
		{"s36 [C] unit 0", unhex(t, "03 04 00 00 90 00"), "", is(devices.Unknown)},
		{"s36 [C] 144 mg", unhex(t, "03 04 01 00 90 00"), "", weighs(144, 1, "mg")},
		{"[D] moving", unhex(t, "03 03 0B FF 20 00"), "", of(devices.Reading{State: devices.Motion, Mass: 90_718, Division: 2_835, Unit: "oz"})},
		{"[D] over", unhex(t, "03 06 0C FE 00 00"), "", is(devices.Over)},
		{"[D] fault", unhex(t, "03 01 0C FE 00 00"), "", is(devices.Error)},
		{"[D] calibrate", unhex(t, "03 07 0C FE 00 00"), "", is(devices.Error)},
		{"[D] re-zero", unhex(t, "03 08 0C FE 00 00"), "", is(devices.Error)},
	}
}

func hidEdges(t testing.TB) []vector {
	good := devices.Reading{State: devices.OK, Mass: 2_313_321, Division: 4_536, Unit: "lb"}
	one := func(text string, mass, division unit.Mass, name string) vector {
		return vector{"unit " + name, unhex(t, text), "", of(devices.Reading{State: devices.OK, Mass: mass, Division: division, Unit: name})}
	}
	return []vector{
		one("03 04 04 00 05 00", 1_000, 200, "ct"),
		one("03 04 06 00 64 00", 6_480, 65, "gr"),
		one("03 04 07 00 0A 00", 15_552, 1_555, "dwt"),
		one("03 04 08 FD 02 00", 2*unit.Kilogram, unit.Kilogram, "t"),
		one("03 04 09 FD 01 00", 907_185, 907_185, "ton"),
		one("03 04 09 00 01 00", 907_184_740, 907_184_740, "ton"),
		one("03 04 0A FF 0A 00", 31_103, 3_110, "ozt"),
		one("03 04 02 03 02 00", 2*unit.Kilogram, unit.Kilogram, "g"),
		one("03 04 03 F7 E8 03", 1, 0, "kg"),
		{"a tael is not one mass", unhex(t, "03 04 05 FE FE 01"), "", is(devices.Unknown)},
		{"full range", unhex(t, "03 04 02 00 FF FF"), "", of(devices.Reading{State: devices.OK, Mass: 65_535 * unit.Gram, Division: unit.Gram, Unit: "g"})},
		{"id 4 with data", unhex(t, "04 04 0C FE FE 01"), "", of(good)},
		{"id 4 with data in kg", unhex(t, "04 04 03 FE C2 00"), "", of(devices.Reading{State: devices.OK, Mass: 1_940 * unit.Gram, Division: 10 * unit.Gram, Unit: "kg"})},
		{"status alone, then data", unhex(t, "04 04 03 04 0C FE FE 01"), "", of(good)},
		{"data, then status alone", unhex(t, "03 04 0C FE FE 01 04 04"), "", of(good)},
		{"status alone twice, then data of id 4", unhex(t, "04 04 04 02 04 04 0C FE FE 01"), "", of(good)},
		{"status alone, filled up", unhex(t, "04 04 00 00 00 00 03 04 0C FE FE 01"), "", of(good)},
		{"reports filled up to 8", unhex(t, "03 04 0C FE FE 01 00 00 03 04 0C FE FE 01 00 00"), "", []devices.Reading{good, good}},
		{"stable without a load", unhex(t, "03 04 0C FE 00 00"), "", of(devices.Reading{State: devices.Zero, Division: 4_536, Unit: "lb"})},
		{"moving through zero", unhex(t, "03 03 0C FE 00 00"), "", of(devices.Reading{State: devices.Motion, Division: 4_536, Unit: "lb"})},
		{"a zero that is none", unhex(t, "03 02 0C FE 05 00"), "", is(devices.Unknown)},
		{"moving in no unit", unhex(t, "03 03 00 00 90 00"), "", is(devices.Unknown)},
		{"under zero in no unit", unhex(t, "03 05 00 00 00 00"), "", is(devices.Under)},
		{"no such status", unhex(t, "03 09 0C FE 00 00"), "", is(devices.Unknown)},
		{"no such unit", unhex(t, "03 04 0D FE FE 01"), "", is(devices.Unknown)},
		{"no such exponent", unhex(t, "03 04 0C 50 FE 01"), "", is(devices.Unknown)},
		{"the largest exponent and one more", unhex(t, "03 04 02 03 02 00 03 04 02 04 02 00"), "", []devices.Reading{{State: devices.OK, Mass: 2 * unit.Kilogram, Division: unit.Kilogram, Unit: "g"}, {}}},
		{"the smallest exponent and one less", unhex(t, "03 04 03 F6 E8 05"), "", is(devices.Unknown)},
		{"status alone, filled up, at zero", unhex(t, "04 02 00 00 00 00"), "", nil},
		{"nothing in no unit", unhex(t, "03 04 00 00 00 00"), "", is(devices.Unknown)},
		{"status 0", unhex(t, "03 00 0C FE FE 01"), "", is(devices.Unknown)},
		{"status alone, then a scale to be zeroed", unhex(t, "04 04 03 08 02 00 00 00"), "", is(devices.Error)},
		{"status alone, then a fault", unhex(t, "04 04 03 01 02 00 00 00"), "", is(devices.Error)},
		{"no such report", unhex(t, "05 04 0C FE FE 01"), "", is(devices.Unknown)},
		{"rubbish before and after", unhex(t, "05 04 0C FE FE 01 03 04 0C FE FE 01 05 04 0C FE FE 01"), "", []devices.Reading{{}, good, {}}},
		{"a tail first", unhex(t, "FE FE 01 03 04 0C FE FE 01"), "", []devices.Reading{{}, good}},
		{"torn after its status", unhex(t, "03 04 03 04 0C FE FE 01"), "", []devices.Reading{{}, good}},
		{"half a report is not 0", unhex(t, "03 02 0C FE 00"), "", nil},
	}
}

func TestHID(t *testing.T) {
	checkVectors(t, "hid", hidVectors(t))
	checkVectors(t, "hid", hidEdges(t))
}

// The report that a scale had ready before it was opened is an old one.
func TestHIDDropsTheStaleReport(t *testing.T) {
	var got []devices.Reading
	r := scale.NewReader("counter-1", protocol(t, "hid"), scale.Profile{}, func(r devices.Reading) { got = append(got, r) })
	for range 2 {
		got = nil
		r.Reset()
		r.Feed(unhex(t, "03 04 02 00 6E 03"), time.Unix(1, 0))
		if len(got) != 0 {
			t.Errorf("the first report after opening counts: %+v", got)
		}
		r.Feed(unhex(t, "03 02 02 00 00 00"), time.Unix(2, 0))
		if len(got) != 1 || got[0].State != devices.Zero {
			t.Errorf("the second report gives %+v", got)
		}
	}
}

func TestHIDPassesTheSuite(t *testing.T) {
	devicetest.Scale(t, protocol(t, "hid"), []devicetest.Session{
		{Name: "a parcel", Bytes: unhex(t, "03 02 0C FE 00 00 04 04 03 03 0C FE 80 00 03 06 0C FE 00 00 03 02 0C FE 00 00 03 04 0C FE FE 01")},
		session("all vectors", append(hidEdges(t), hidVectors(t)...)),
	})
}

func FuzzHID(f *testing.F) { fuzzVectors(f, "hid", append(hidVectors(f), hidEdges(f)...)) }

package gs1

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTable shows that the table is sound: readable, no identifier the
// beginning of another, and predefined lengths exactly where the general
// specifications put them.
func TestTable(t *testing.T) {
	all, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	fixed := map[string]int{"00": 18, "01": 14, "02": 14, "03": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2, "41": 13}
	for _, two := range []string{"31", "32", "33", "34", "35", "36"} {
		fixed[two] = 6
	}
	digits := map[string]int{}
	for code, ai := range all {
		for n := 2; n < len(code); n++ {
			if _, ok := all[code[:n]]; ok {
				t.Errorf("%s begins with the identifier %s", code, code[:n])
			}
		}
		if n, ok := digits[code[:2]]; ok && n != len(code) {
			t.Errorf("identifiers of two lengths begin with %s", code[:2])
		}
		digits[code[:2]] = len(code)
		least, most := ai.size()
		want, ok := fixed[code[:2]]
		if ai.Fixed != ok || ok && (least != want || most != want) {
			t.Errorf("%s: predefined %t with %d to %d characters; want %t, %d", code, ai.Fixed, least, most, ok, want)
		}
		for _, way := range ai.qualifiers {
			for _, q := range way {
				if _, ok := all[q]; !ok {
					t.Errorf("%s: its qualifier %s is unknown", code, q)
				}
			}
		}
	}
	for code, least := range map[string]string{"4309": "N20", "4320": "X..35", "8026": "N18", "3105": "N6", "98": "X..90", "4333": "N6"} {
		if _, ok := all[code]; !ok {
			t.Errorf("(%s) %s is missing", code, least)
		}
	}
}

// parseCases give the elements in brackets or a piece of the error; ␝ stands
// for GS.
var parseCases = []struct {
	in, want, warning, err string
}{
	{in: "0109521234543213", want: "(01)09521234543213"},
	{in: "010952123454321310LOT1␝21S1", want: "(01)09521234543213(10)LOT1(21)S1"},
	{in: "010952123454321310LOT121S1", want: "(01)09521234543213(10)LOT121S1"}, // the GS was lost
	{in: "0109521234543213␝10LOT1", want: "(01)09521234543213(10)LOT1"},
	{in: "0109521234543213␝", want: "(01)09521234543213"},
	{in: "010952123454321310LOT1␝", want: "(01)09521234543213(10)LOT1"},
	{in: "010952123454321310LOT1␝␝21S1", want: "(01)09521234543213(10)LOT1(21)S1", warning: "two separators"},
	{in: "0109521234543213␝␝10L", want: "(01)09521234543213(10)L", warning: "two separators"},
	{in: "010952123454321310LOT1␝␝␝", want: "(01)09521234543213(10)LOT1", warning: "two separators"},
	{in: "10␝␝21S1", err: "missing"},
	{in: "␝0109521234543213", want: "(01)09521234543213", warning: "begins with a separator"},
	{in: "␝␝0109521234543213", want: "(01)09521234543213", warning: "begins with a separator"},
	{in: "␝", err: "empty"},
	{in: "", err: "empty"},
	{in: "0109521234543214", err: "check digit"},
	{in: "010952123454321", err: "cut off"},
	{in: "010952123␝10L", err: "cut off"},
	{in: "00306141411234567891", want: "(00)306141411234567891"},
	{in: "00306141411234567892", err: "check digit"},
	{in: "0103600029145210A", err: "check digit"}, // 12 digits where 14 belong
	{in: "01095212345432133103001750", want: "(01)09521234543213(3103)001750"},
	{in: "01095212345432133106001750", err: "3106"},
	{in: "01095212345432133103 01750", err: "character"},
	{in: "010952123454321310" + strings.Repeat("A", 20) + "␝21S", want: "(01)09521234543213(10)" + strings.Repeat("A", 20) + "(21)S"},
	{in: "010952123454321310" + strings.Repeat("A", 20) + "21S", err: "separator may be missing"},
	{in: "010952123454321310LOT 1", err: "character"},
	{in: "010952123454321310LOT#1", err: "character"},
	{in: "010952123454321310LOT$1", err: "character"},
	{in: "010952123454321310LOT@1", err: "character"},
	{in: "010952123454321310LOT[1", err: "character"},
	{in: "010952123454321310LOT^1", err: "character"},
	{in: "010952123454321310LOT~1", err: "character"},
	{in: "010952123454321310LÖT", err: "character"},
	{in: `010952123454321310!"%&'()*+,-./:;<=>?_`, want: `(01)09521234543213(10)!"%&'\()*+,-./:;<=>?_`},
	{in: "010952123454321310␝21S", err: "missing"},
	{in: "010952123454321310", err: "missing"},
	{in: "010952123454321301095212345432130", err: "which is no GS1 identifier"},
	{in: "01095212345432130109521234543213", want: "(01)09521234543213(01)09521234543213"},
	{in: "01095212345432130119521234543210", want: "(01)09521234543213(01)19521234543210", warning: "two different"},
	{in: "020952123454321337" + "12", want: "(02)09521234543213(37)12", warning: "(00)"},
	{in: "0030614141123456789102095212345432133712", want: "(00)306141411234567891(02)09521234543213(37)12"},
	{in: "0109521234543213" + "0209521234543213" + "3712", want: "(01)09521234543213(02)09521234543213(37)12", warning: "do not belong"},
	{in: "010952123454321317261122", want: "(01)09521234543213(17)261122"},
	{in: "010952123454321317261100", want: "(01)09521234543213(17)261100"},
	{in: "010952123454321317261300", err: "not a date"},
	{in: "010952123454321317260229", err: "not a date"},
	{in: "010952123454321317280229", want: "(01)09521234543213(17)280229"},
	{in: "01095212345432137003261100" + "1200", err: "not a date"},
	{in: "010952123454321370032611222459", err: "not a time"},
	{in: "010952123454321370032611221359", want: "(01)09521234543213(7003)2611221359"},
	{in: "01095212345432138008261122235959", want: "(01)09521234543213(8008)261122235959"},
	{in: "0109521234543213800826112223", want: "(01)09521234543213(8008)26112223"},
	{in: "01095212345432138008261122235", err: "cut short"},
	{in: "40295212345000000018␝403R1", want: "(402)95212345000000018(403)R1", warning: "(00)"},
	{in: "40295212345000000018403R1", err: "separator may be missing"},
	{in: "4109521234500001420AB12", want: "(410)9521234500001(420)AB12"},
	{in: "4109521234500002", err: "check digit"},
	{in: "003061414112345678914307DE␝4300Caf%C3%A9+Nord␝4321" + "1", want: "(00)306141411234567891(4307)DE(4300)Caf%C3%A9+Nord(4321)1"},
	{in: "003061414112345678914307de", err: "country"},
	{in: "003061414112345678914300A%2", err: "percent"},
	{in: "0030614141123456789143212", err: "0 or 1"},
	{in: "003061414112345678914330000500-", want: "(00)306141411234567891(4330)000500-"},
	{in: "003061414112345678914330000500+", err: "minus"},
	{in: "0030614141123456789143242611002359", want: "(00)306141411234567891(4324)2611002359"},
	{in: "003061414112345678914326261100", err: "not a date"},
	{in: "8006095212345432130101", want: "(8006)095212345432130101"},
	{in: "8006095212345432130303", want: "(8006)095212345432130303"},
	{in: "8006095212345432130403", err: "piece count"},
	{in: "8006095212345432130003", err: "piece count"},
	{in: "8003" + "09521234543213", want: "(8003)09521234543213"},
	{in: "8003" + "19521234543213", err: "must begin with 0"},
	{in: "8010AZ-#/09␝8011907", want: "(8010)AZ-#/09(8011)907"},
	{in: "8010AZ␝80110", want: "(8010)AZ(8011)0"},
	{in: "8010AZ␝801107", err: "must not begin with 0"},
	{in: "8010az", err: "character"},
	{in: "8030AZaz09-_=", want: "(8030)AZaz09-_=", warning: "usually comes with"},
	{in: "8030A+B", err: "character"},
	{in: "9909AZaz", want: "(99)09AZaz"},
	{in: "003061414112345678914307AZ", want: "(00)306141411234567891(4307)AZ"},
	{in: "003061414112345678914307ZA", want: "(00)306141411234567891(4307)ZA"},
	{in: "0030614141123456789143071E", err: "country"},
	{in: "003061414112345678914307_E", err: "country"},
	{in: "003061414112345678914307D1", err: "country"},
	{in: "003061414112345678914307D_", err: "country"},
	{in: "003061414112345678914300%", err: "percent"},
	{in: "003061414112345678914300%0%0", err: "percent"},
	{in: "003061414112345678914300A%G0", err: "percent"},
	{in: "003061414112345678914300A%0G", err: "percent"},
	{in: "003061414112345678914300A%:0", err: "percent"},
	{in: "003061414112345678914300A%0-", err: "percent"},
	{in: "003061414112345678914300A%0g", err: "percent"},
	{in: "003061414112345678914300%25%0a%A0", want: "(00)306141411234567891(4300)%25%0a%A0"},
	{in: "0030614141123456789143210", want: "(00)306141411234567891(4321)0"},
	{in: "00306141411234567891430918000000003600000000", want: "(00)306141411234567891(4309)18000000003600000000"},
	{in: "00306141411234567891430918000000013600000000", err: "latitude"},
	{in: "00306141411234567891430918000000003600000001", err: "longitude"},
	{in: "00306141411234567891433000050-", err: "character"},
	{in: "00306141411234567891432426110024" + "00", err: "not a time"},
	{in: "00306141411234567891432426110023" + "60", err: "not a time"},
	{in: "0109521234543213800826112224", err: "not a time"},
	{in: "010952123454321380082611222360", err: "not a time"},
	{in: "01095212345432138008261122235960", err: "not a time"},
	{in: "010952123454321380010001" + "00001" + "001" + "00", want: "(01)09521234543213(8001)00010000100100"},
	{in: "010952123454321380010001" + "00000" + "001" + "00", err: "size of zero"},
	{in: "725019991231", want: "(7250)19991231", warning: "(8018)"},
	{in: "725019991200", err: "not a date"},
	{in: "725019991332", err: "not a date"},
	{in: "01␝10L1", err: "the value is missing"},
	{in: "10", err: "the value is missing"},
	{in: "5", err: `the code begins with "5", which is no GS1 identifier`},
	{in: "0109521234543213" + "3106001750", err: `after (01)09521234543213 comes "3106", which is no GS1 identifier`},
	{in: "3003", want: "(30)03", warning: "usually comes with (01) or (02)"},
	{in: "30" + "123456789", err: "separator"},
	{in: "99A", want: "(99)A"},
	{in: "18261122", err: "18"},
	{in: "(01)09521234543213", err: "no GS1 identifier"},
	{in: "https://id.gs1.org/01/09521234543213", err: "no GS1 identifier"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		es, warnings, err := Parse(strings.ReplaceAll(c.in, "␝", GS))
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %s, error %v; want one with %q", c.in, es, err, c.err)
			}
			continue
		}
		if err != nil || es.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.in, es, err, c.want)
		}
		told := strings.Join(warnings, "; ")
		if c.warning == "" && told != "" || !strings.Contains(told, c.warning) {
			t.Errorf("%s: warnings %q; want %q", c.in, told, c.warning)
		}
		again, _, err := ParseBracketed(c.want)
		if err != nil || !slices.Equal(again, es) {
			t.Errorf("%s: the bracketed form reads as %s, %v", c.in, again, err)
		}
	}
}

func TestEncodePutsSeparatorsOnlyWhereNeeded(t *testing.T) {
	for bracketed, want := range map[string]string{
		"(01)09521234543213(10)L1":                   "010952123454321310L1",
		"(10)L1(01)09521234543213":                   "10L1␝0109521234543213",
		"(01)09521234543213(10)L1(21)S1":             "010952123454321310L1␝21S1",
		"(402)95212345000000018(3103)001750(422)276": "40295212345000000018␝3103001750422276",
	} {
		es, _, err := ParseBracketed(bracketed)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := EncodeElements(es); err != nil || got != strings.ReplaceAll(want, "␝", GS) {
			t.Errorf("%s: %q, %v; want %s", bracketed, got, err, want)
		}
	}
	for _, bad := range []Elements{nil, {{"01", "123"}}, {{"1", "1"}}, {{"10", "A" + GS + "B"}}, {{"3106", "001750"}}} {
		if got, err := EncodeElements(bad); err == nil {
			t.Errorf("%v encodes as %q", bad, got)
		}
	}
}

func TestBracketed(t *testing.T) {
	for in, want := range map[string]string{
		`(10)A(B)C`:      "A(B)C", // no identifier: part of the value
		`(10)A\(21)C`:    "A(21)C",
		`(10)A(12345)`:   "A(12345)",
		`(10)A(1)B`:      "A(1)B",
		`(10)A(xy)B`:     "A(xy)B",
		`(10)(`:          "(",
		`(01)123`:        "",
		`01)123`:         "",
		`(10)A(1234)B`:   "", // looks like an identifier, is none
		`(10)`:           "",
		`(10)A(21)`:      "",
		`x(10)A`:         "",
		`(10)A` + "\x1d": "",
	} {
		es, _, err := ParseBracketed(in)
		value, _ := es.Get("10")
		if value != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v; want %q", in, value, err, want)
		}
	}
}

// TestWarningsInFull shows what a person is told of a code that lacks company.
func TestWarningsInFull(t *testing.T) {
	for in, want := range map[string]string{
		"10L1": "(10) BATCH/LOT usually comes with (01), (02), (03), (8006) or (8026); it may be on another barcode",
		"0109521234543213␝02095212345432133712": "(01) and (37) do not belong on one parcel; (01) and (02) do not belong on one parcel;" +
			" (37) COUNT usually comes with (00); it may be on another barcode",
		"8030A": "(8030) DIGSIG usually comes with (00), (01)+(21), (253), (255), (8003), (8004), (8006)+(21), (8010)+(8011), (8017) or (8018);" +
			" it may be on another barcode",
		"0109521234543213250A␝21S":             "",
		"019952123454321631010010003102001000": "(3101) and (3102) do not belong on one parcel",
		"019952123454321631010010003922500":    "",
		"01995212345432163922500":              "(3922) PRICE usually comes with (30), (31nn), (32nn), (35nn) or (36nn); it may be on another barcode",
		"0109521234543213250A":                 "(250) SECONDARY SERIAL usually comes with (21); it may be on another barcode",
		"010952123454321399A␝99B␝99A␝99C":      "(99) is there with two different values",
	} {
		_, warnings, err := Parse(raw(in))
		if got := strings.Join(warnings, "; "); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", in, got, err, want)
		}
	}
}

// TestSizeErrorsInFull shows what a person is told to do about a value that is
// too short or too long.
func TestSizeErrorsInFull(t *testing.T) {
	for in, want := range map[string]string{
		"(01)":                "(01) GTIN: the value is missing",
		"(01)123":             "(01) GTIN: it has 3 characters, it must have 14; the code is cut off or misread",
		"(01)095212345432130": "(01) GTIN: it has 15 characters, it must have 14",
		"(7004)12345":         "(7004) ACTIVE POTENCY: it has 5 characters, it may have 1 to 4; a separator may be missing after it",
		"(253)952123454321":   "(253) GDTI: it has 12 characters, it may have 13 to 30; the code is cut off or misread",
		"(4307)DEU":           "(4307) SHIP TO COUNTRY: it has 3 characters, it must have 2; a separator may be missing after it",
		"(10)A B":             `(10) BATCH/LOT: "A B" must not hold the character " "`,
		"(01)09521234543214":  `(01) GTIN: "09521234543214" has a wrong check digit`,
		"(8008)2611222":       `(8008) PROD TIME: it has 7 characters, it may have 8 to 12; the code is cut off or misread`,
		"(8008)261122235":     `(8008) PROD TIME: "261122235" is cut short`,
	} {
		if _, _, err := ParseBracketed(in); err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", in, err, want)
		}
	}
}

// TestMistakesInTheTable shows that TestTable would see them.
func TestMistakesInTheTable(t *testing.T) {
	for _, r := range []row{
		{ais: "1x", spec: "N6"},
		{ais: "10-1x", spec: "N6"},
		{ais: "10", spec: ""},
		{ais: "10", spec: "N"},
		{ais: "10", spec: "Q6"},
		{ais: "10", spec: "N0"},
		{ais: "10", spec: "X..a"},
		{ais: "10", spec: "N6,date"},
		{ais: "17", spec: "N6"},
	} {
		if err := r.spread(map[string]AI{"17": {}}); err == nil {
			t.Errorf("%+v is read", r)
		}
	}
}

// TestBounded shows that no input of any size takes long.
func TestBounded(t *testing.T) {
	megabyte := strings.Repeat("0109521234543213", 1<<16)
	for name, read := range map[string]func(string) error{
		"Parse":            func(s string) error { _, _, err := Parse(s); return err },
		"ParseBracketed":   func(s string) error { _, _, err := ParseBracketed("(10)" + s); return err },
		"ParseDigitalLink": func(s string) error { _, _, err := ParseDigitalLink("https://a/01/" + s); return err },
		"Decode":           func(s string) error { return errors.New(Decode("", s).Err) },
	} {
		if err := read(megabyte); err == nil || !strings.Contains(err.Error(), "longer than any barcode") {
			t.Errorf("%s: 1 MB gives %v", name, err)
		}
	}
	full := megabyte[:MaxLength-40]
	for name, err := range map[string]error{
		"Parse":            second(Parse("99" + strings.Repeat("A", MaxLength-2))),
		"ParseBracketed":   second(ParseBracketed("(99)" + strings.Repeat("A", MaxLength-4))),
		"ParseDigitalLink": second(ParseDigitalLink("https://a/01/" + strings.Repeat("A", MaxLength-13))),
		"Decode":           errors.New(Decode("", full+strings.Repeat(" ", 40)).Err),
	} {
		if err == nil || strings.Contains(err.Error(), "longer than any barcode") {
			t.Errorf("%s: as much as a barcode holds gives %v", name, err)
		}
	}
	var most Elements // 20 characters each, then 9
	for range MaxLength / 20 {
		most = append(most, Element{"00", goodSSCC})
	}
	if text, err := EncodeElements(append(most, Element{"99", "1234567"})); err != nil || len(text) != 7089 {
		t.Errorf("a full barcode has %d characters, %v", len(text), err)
	}
	if _, err := EncodeElements(append(most, Element{"99", "12345678"})); !errors.Is(err, ErrTooLong) {
		t.Errorf("one character more: %v", err)
	}
	var b strings.Builder
	all, _ := dictionary()
	for _, code := range slices.Sorted(maps.Keys(all)) { // as many different neighbours as there is room for
		ai := all[code]
		if ai.query && b.Len() < MaxLength-100 {
			if _, err := EncodeElements(Elements{{code, strings.Repeat("1", ai.parts[0].min)}}); err == nil {
				b.WriteString(code + strings.Repeat("1", ai.parts[0].min) + GS)
			}
		}
	}
	for _, data := range []string{b.String(), megabyte[:7088], strings.Repeat("99A"+GS, 1700), strings.Repeat("(", 7000), strings.Repeat("(10)", 1700)} {
		start := time.Now()
		_ = Decode("", data)
		_ = Decode("]C1", data)
		if took := time.Since(start); took > 20*time.Second { // a code that hangs the bench, on any machine
			t.Errorf("%.20q… took %s", data, took)
		}
	}
	_, warnings, err := Parse(b.String())
	if err != nil || len(warnings) != 8 { // enough to read at a bench
		t.Errorf("%d warnings, %v", len(warnings), err)
	}
}

func second(_ Elements, _ []string, err error) error { return err }

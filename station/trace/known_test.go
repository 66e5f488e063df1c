package trace

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/foreign.txt
var foreign string

// vectors returns the lines of foreign.txt: what the number fits, or with a
// leading ! does not fit, and the number.
func vectors(t testing.TB) (list [][2]string) {
	t.Helper()
	for line := range strings.Lines(foreign) {
		line = strings.TrimSuffix(line, "\n")
		what, rest, ok := strings.Cut(line, "\t")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, "\t")
		list = append(list, [2]string{what, number})
	}
	if len(list) < 150 {
		t.Fatalf("only %d numbers", len(list))
	}
	return list
}

func TestForeignNumbers(t *testing.T) {
	shown := map[string]bool{}
	for _, v := range vectors(t) {
		fits := Recognise(nil, v[1])
		if carrier, ok := strings.CutPrefix(v[0], "!"); ok {
			if slices.ContainsFunc(fits, func(f Fit) bool { return f.Carrier == carrier }) {
				t.Errorf("%s passes as a number of %s: %v", v[1], carrier, fits)
			}
			continue
		}
		if !slices.ContainsFunc(fits, func(f Fit) bool { return f.Carrier+"/"+f.Format == v[0] }) {
			t.Errorf("%s fits %v, not %s", v[1], fits, v[0])
		}
		shown[v[0]] = true
	}
	// Every form has a number of its source, but the two that are the same as
	// another with characters left off or added.
	for _, f := range forms() {
		name := f.carrier + "/" + f.name
		if !shown[name] && f.name != s10Name && name != "dpd/bar code" && name != "usps/IMpb 30" {
			t.Errorf("no number shows the form %s", name)
		}
	}
}

func TestSeveralCarriersFit(t *testing.T) {
	for number, want := range map[string][]string{
		"78045768393":  {"dhl", "old-dominion"},
		"287809468872": {"fedex", "purolator"},
		"320610804900": {"fedex", "purolator"},
		"JFV247545960": {"dhl", "purolator"},
	} {
		var got []string
		for _, f := range Recognise(nil, number) {
			got = append(got, f.Carrier)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s fits %v, want all of %v", number, got, want)
			}
		}
	}
}

func TestHowANumberIsScannedOrTyped(t *testing.T) {
	const impb22 = "9405803699300124287899"
	for _, text := range []string{
		impb22, "]C1" + impb22, "]C0" + impb22, "  9405 8036 9930 0124 2878 99\r\n", "42010023" + impb22, "420100231234" + impb22,
		"]C142010023\x1d" + impb22, "]C1420100231234\x1d" + impb22, "(420)10023" + impb22, "42010023<GS>" + impb22,
		"9405-8036-9930-0124-2878-99", "9405.8036\t9930\u00a00124\u202f2878\u200b99",
	} {
		if fits := Recognise(nil, text); !slices.Contains(fits, Fit{"usps", "IMpb 22"}) {
			t.Errorf("%q fits %v", text, fits)
		}
	}
	for _, text := range []string{"1z5r89390357567127", "1Z 5R8 939 03 5756 7127", "]C01Z5R89390357567127"} {
		if fits := Recognise(nil, text); !slices.Equal(fits, []Fit{{"ups", "1Z"}}) {
			t.Errorf("%q fits %v", text, fits)
		}
	}
	if fits := Recognise(nil, "]C19622001560000000000000794808390594"); !slices.Contains(fits, Fit{"fedex", "Ground 96 34"}) {
		t.Errorf("FedEx under GS1: %v", fits)
	}
	if fits := Recognise(nil, "%008182709980000020033350276"); !slices.Contains(fits, Fit{"dpd", "bar code"}) {
		t.Errorf("DPD's bars: %v", fits)
	}
	near := impb22 + strings.Repeat(" ", 200-len(impb22))
	if fits := Recognise(nil, near); len(fits) == 0 {
		t.Error("200 characters are too many")
	}
	if fits := Recognise(nil, near+" "); len(fits) > 0 {
		t.Errorf("201 characters fit %v", fits)
	}
	for _, text := range []string{"", "]C1", "420", "42010023", "]C142010023\x1d", "420100<GS>" + impb22, "42010O23<GS>" + impb22, "42010023123" + impb22, strings.Repeat("9", 1<<20), "ñ", "1Z5R8939035756712\u0667"} {
		if fits := Recognise(nil, text); len(fits) > 0 {
			t.Errorf("%.20q fits %v", text, fits)
		}
	}
}

// What a label's bars hold beside the number that was given out for the parcel.
func TestNumberInsideABarCode(t *testing.T) {
	for scan, want := range map[string]string{
		"1Z5R89390357567127":                      "1Z5R89390357567127",
		"]C142010023\x1d9405803699300124287899":   "9405803699300124287899",
		"420100231234" + "9405803699300124287899": "9405803699300124287899",
		"1027590111820004833500785458233610":      "785458233610",
		"32971514560102447849175802862014":        "784917580286",
		"9611020987654312345672":                  "987654312345672",
		"9622001560000000000000794808390594":      "794808390594",
		"%008182709980000020033350276":            "09980000020033",
		"0081 827 0998 0000 0200 33 350 276 C":    "09980000020033",
	} {
		if got := Held(scan); want != "" && !slices.Contains(got, want) || got[0] == "" {
			t.Errorf("%s holds %v, not %s", scan, got, want)
		}
	}
	if got := Held(strings.Repeat("9", 201)); got != nil {
		t.Errorf("a text of 201 characters holds %v", got)
	}
	for _, f := range forms() {
		if f.inside[1] > len(f.shape) {
			t.Errorf("%s/%s: the number ends behind it", f.carrier, f.name)
		}
	}
}

// A wrong digit anywhere in the checked part of a number is noticed, but for
// the pairs that the carriers' own rules fold together: these are counted, so
// that a rule that is computed wrongly shows.
func TestOneWrongDigit(t *testing.T) {
	for rule, atLeast := range map[Rule]int{Mod10: 100, Mod10R1: 100, Luhn: 100, Mod37: 100, Mod11: 95, UPS: 94, S10: 90, Mod7: 90, Mod10L49: 88} {
		tried, caught := 0, 0
		for serial := range 500 {
			body := []byte(Format{Digits: 8, Rule: None}.must(t, uint64(1+serial*199_933)%99_999_999+1))
			check, err := rule.check(string(body))
			if err != nil {
				t.Fatal(err)
			}
			for i, was := range body {
				for c := byte('0'); c <= '9'; c++ {
					if c == was {
						continue
					}
					body[i] = c
					if got, _ := rule.check(string(body)); got != check {
						caught++
					}
					tried++
				}
				body[i] = was
			}
		}
		if caught*100 < tried*atLeast {
			t.Errorf("%s notices %d of %d wrong digits, want %d %%", rule, caught, tried, atLeast)
		}
	}
}

func (f Format) must(t *testing.T, serial uint64) string {
	t.Helper()
	n, err := f.Make(serial)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func FuzzRecognise(f *testing.F) {
	for _, v := range vectors(f) {
		f.Add(v[1])
	}
	f.Add("]C142010023\x1d9405803699300124287899")
	f.Add("]AA0000000000") // A14
	f.Fuzz(func(t *testing.T, text string) {
		for _, fit := range Recognise(Sample(), text) {
			if fit.Carrier == "" || fit.Format == "" {
				t.Errorf("%q fits %+v", text, fit)
			}
			if again := Recognise(Sample(), " "+strings.ToLower(text)+" "); len(text) < 190 && !slices.Contains(again, fit) && isASCII(text) {
				t.Errorf("%q fits %v, in small letters it does not", text, fit)
			}
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 126 || r < 32 })
}

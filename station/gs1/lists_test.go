package gs1

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestCheckPairsAndAccounts(t *testing.T) {
	for code, want := range map[string]string{
		"80131987654Ad4X4bL5ttr2310c2K": "", // the example of the General Specifications
		"80131987654Ad4X4bL5ttr2310c2L": "has a wrong check pair at its end",
		"80132K":                        "has a wrong check pair at its end",
		"8007DE89370400440532013000":    "",
		"8007DE88370400440532013000":    "its check digits are wrong",
		"8007de89370400440532013000":    "its check digits are wrong",
		"800112341234512321":            "must be wound 0, 1 or 9",
		"800112341234512311":            "",
		"80011234123451239":             "cut off",
		"72581/3":                       "",
		"72584/3":                       "no place in a sequence",
		"72523":                         "must be 0, 1, 2 or 9",
		"72520":                         "",
		"72521":                         "",
		"72522":                         "",
		"72529":                         "",
		"70401ABC":                      "",
		"70401AB?":                      "importer index",
	} {
		_, _, err := Parse(code)
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", code, err, want)
		}
	}
}

// A list that others keep may be newer than ours: what it does not hold is a warning.
func TestWhatIsOfNoListIsAWarning(t *testing.T) {
	for code, want := range map[string]string{
		"0109521234543213" + "422276":                       "",
		"0109521234543213" + "422277":                       "(422) ORIGIN: 277 is the number of no country",
		"0109521234543213" + "423276040":                    "",
		"0109521234543213" + "423276041":                    "(423) COUNTRY - INITIAL PROCESS: 041 is the number of no country",
		"0109521234543213" + "7030999X":                     "",
		"0109521234543213" + "30" + "1" + GS + "3932978100": "",
		"0109521234543213" + "30" + "1" + GS + "3932977100": "",
		"0109521234543213" + "30" + "1" + GS + "3932983100": "983 is the number of no currency",
	} {
		_, warnings, err := Parse(code)
		got := strings.Join(warnings, "; ")
		if err != nil || want == "" && strings.Contains(got, "number of no") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, %v, want %q", code, got, err, want)
		}
	}
}

func TestCompressedLinksAreNotedAsSuch(t *testing.T) {
	pack := func(first byte, number uint64, bits int) string {
		data := []byte{first}
		var b byte
		for i := range 64 {
			bit := byte(0)
			if i < bits {
				bit = byte(number >> (bits - 1 - i) & 1)
			}
			if b = b<<1 | bit; i%8 == 7 {
				data, b = append(data, b), 0
			}
		}
		return "https://id.example.com/" + base64.RawURLEncoding.EncodeToString(data)
	}
	for uri, want := range map[string]string{
		pack(0x01, 9521234543213, 47):       "a compressed Digital Link of (01)09521234543213",
		pack(0x1a, 9521234543213, 47):       "a compressed Digital Link of (01)09521234543213",
		pack(0x00, 106141412345678908, 60):  "a compressed Digital Link of (00)106141412345678908",
		pack(0x01, 9521234543214, 47):       "", // a wrong check digit: any short link
		pack(0x41, 9521234543213, 47):       "",
		pack(0x01, 0, 47):                   "",
		"https://id.example.com/AbCdEf":     "",
		"https://id.example.com/":           "",
		"https://id.example.com/not+base64": "",
	} {
		c := Decode("]Q1", uri)
		if !strings.Contains(c.Err, want) || (want == "") != (c.Kind == KindPlain) {
			t.Errorf("%s is %s, %q, want %q", uri, c.Kind, c.Err, want)
		}
	}
}

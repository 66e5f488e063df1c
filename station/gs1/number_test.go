package gs1

import (
	"strings"
	"testing"
)

func TestCheckDigit(t *testing.T) {
	for body, want := range map[string]byte{
		"952123454321":      '3', // GTIN-13
		"0952123454321":     '3', // GTIN-14
		"03600029145":       '2', // UPC-A
		"9521234":           '0', // GTIN-8
		"30614141123456789": '1', // SSCC
		"952123450000":      '1', // GLN
		"9521234500000001":  '8', // GSIN
		"34012345000000001": '7', // SSCC of a carrier's guide
	} {
		if got, err := CheckDigit(body); err != nil || got != want {
			t.Errorf("CheckDigit(%s) = %c, %v; want %c", body, got, err, want)
		}
	}
	if got, err := CheckDigit(strings.Repeat("1", MaxLength)); err != nil || got != '1' {
		t.Errorf("as long as a barcode: %c, %v", got, err)
	}
	for _, bad := range []string{"", "12a", "-1", strings.Repeat("1", MaxLength+1)} {
		if _, err := CheckDigit(bad); err == nil {
			t.Errorf("CheckDigit(%.10q) gave no error", bad)
		}
	}
}

func TestParseSSCC(t *testing.T) {
	for in, ok := range map[string]bool{
		"306141411234567891":   true,
		"000123450000000027":   true,
		"306141411234567892":   false,
		"00306141411234567891": false,
	} {
		if got, err := ParseSSCC(in); (err == nil) != ok || ok && got != in {
			t.Errorf("%s: %q, %v; want ok %t", in, got, err, ok)
		}
	}
}

func TestMakeSSCC(t *testing.T) {
	for _, c := range []struct {
		ext    byte
		prefix string
		serial uint64
		want   string // "" for an error
	}{
		{'3', "0614141", 123456789, "306141411234567891"},
		{'3', "4012345", 1, "340123450000000017"},
		{'0', "0012345", 2, "000123450000000027"},
		{'9', "123456789012", 9999, "912345678901299999"},
		{'9', "123456789012", 10000, ""},
		{'0', "4012", 999_999_999_999, "040129999999999993"},
		{'9' + 1, "4012345", 1, ""},
		{'0' - 1, "4012345", 1, ""},
		{'a', "4012345", 1, ""},
		{3, "4012345", 1, ""},
		{'3', "401", 1, ""},
		{'3', "40123x5", 1, ""},
		{'3', "4012345678901", 1, ""},
		{'3', "4012", 1<<64 - 1, ""},
	} {
		got, err := SSCC(c.ext, c.prefix, c.serial)
		if (err == nil) != (c.want != "") || got != c.want && c.want != "" {
			t.Errorf("SSCC(%c, %s, %d) = %q, %v; want %q", c.ext, c.prefix, c.serial, got, err, c.want)
		}
		if err == nil {
			if _, err := ParseSSCC(got); err != nil {
				t.Errorf("SSCC made %s: %v", got, err)
			}
		}
	}
}

func TestGTIN(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"95212340", "00000095212340"},
		{"036000291452", "00036000291452"},
		{"0036000291452", "00036000291452"},
		{"9521234543213", "09521234543213"},
		{"09521234543213", "09521234543213"},
		{"19521234543210", "19521234543210"},
	} {
		g, err := ParseGTIN(c.in)
		if err != nil || string(g) != c.want {
			t.Errorf("%s: %s, %v; want %s", c.in, g, err, c.want)
		}
	}
	for _, bad := range []string{"", "9521234543214", "952123454321", "95212345432130000", "952123454321x", " 9521234543213", "00000000", "٩٥٢١"} {
		if g, err := ParseGTIN(bad); err == nil {
			t.Errorf("%q reads as %s", bad, g)
		}
	}
}

func TestExpandUPCE(t *testing.T) {
	for in, want := range map[string]string{
		"01234505": "012000003455", "01234514": "012100003454", "01234523": "012200003453",
		"01234531": "012300000451", "01234543": "012340000053", "01234558": "012345000058",
		"01234565": "012345000065", "01234596": "012345000096", "04252614": "042100005264",
	} {
		if got, err := ExpandUPCE(in); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "01234506", "21234509", "1234505", "0123450x"} {
		if got, err := ExpandUPCE(bad); err == nil {
			t.Errorf("%q gives %s", bad, got)
		}
	}
}

// TestErrorsShowWhatWasRead: up to 40 characters of it, control bytes visible.
func TestErrorsShowWhatWasRead(t *testing.T) {
	for in, want := range map[string]string{
		strings.Repeat("A", 40): `GTIN "` + strings.Repeat("A", 40) + `": it must have 8, 12, 13 or 14 digits`,
		strings.Repeat("A", 41): `GTIN "` + strings.Repeat("A", 40) + `"…: it must have 8, 12, 13 or 14 digits`,
		"1\t2":                  `GTIN "1\t2": it must have 8, 12, 13 or 14 digits`,
		"9521234543214":         "GTIN 9521234543214: the check digit is wrong",
	} {
		if _, err := ParseGTIN(in); err == nil || err.Error() != want {
			t.Errorf("%q: %v; want %s", in, err, want)
		}
	}
}

package gs1

import (
	"slices"
	"strings"
	"testing"
	"time"
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
	for _, bad := range []string{"", "12a", "-1", strings.Repeat("1", MaxLength+1)} {
		if _, err := CheckDigit(bad); err == nil {
			t.Errorf("CheckDigit(%.10q) gave no error", bad)
		}
	}
}

func TestNumbers(t *testing.T) {
	type parse func(string) (string, error)
	for _, c := range []struct {
		parse parse
		in    string
		ok    bool
	}{
		{ParseSSCC, "306141411234567891", true},
		{ParseSSCC, "000123450000000027", true},
		{ParseSSCC, "306141411234567892", false},
		{ParseSSCC, "00306141411234567891", false},
		{ParseGLN, "9521234500001", true},
		{ParseGLN, "9521234500002", false},
		{ParseGSIN, "95212345000000018", true},
		{ParseGSIN, "95212345000000017", false},
	} {
		if got, err := c.parse(c.in); (err == nil) != c.ok || c.ok && got != c.in {
			t.Errorf("%s: %q, %v; want ok %t", c.in, got, err, c.ok)
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
	for _, c := range []struct {
		in, want, short string
		level           int
	}{
		{"95212340", "00000095212340", "95212340", 0},
		{"036000291452", "00036000291452", "036000291452", 0},
		{"0036000291452", "00036000291452", "036000291452", 0},
		{"9521234543213", "09521234543213", "9521234543213", 0},
		{"09521234543213", "09521234543213", "9521234543213", 0},
		{"19521234543210", "19521234543210", "19521234543210", 1},
	} {
		g, err := ParseGTIN(c.in)
		if err != nil || string(g) != c.want || g.Short() != c.short || g.Level() != c.level {
			t.Errorf("%s: %s short %s level %d, %v; want %s short %s level %d", c.in, g, g.Short(), g.Level(), err, c.want, c.short, c.level)
		}
		if forms := g.Forms(); !slices.Contains(forms, c.in) {
			t.Errorf("%s: its forms %v lack it", c.in, forms)
		}
		for _, form := range g.Forms() {
			if again, err := ParseGTIN(form); err != nil || again != g {
				t.Errorf("%s: form %s reads as %s, %v", c.in, form, again, err)
			}
		}
	}
	for _, bad := range []string{"", "9521234543214", "952123454321", "95212345432130000", "952123454321x", " 9521234543213", "00000000", "٩٥٢١"} {
		if g, err := ParseGTIN(bad); err == nil {
			t.Errorf("%q reads as %s", bad, g)
		}
	}
	if got := GTIN("").Short(); got != "" {
		t.Errorf("no GTIN reads %q", got)
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
	for _, bad := range []string{"", "01234506", "21234505", "1234505", "0123450x"} {
		if got, err := ExpandUPCE(bad); err == nil {
			t.Errorf("%q gives %s", bad, got)
		}
	}
}

func TestDate(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	at := func(year int) time.Time { return time.Date(year, 11, 22, 12, 0, 0, 0, berlin) }
	for _, c := range []struct {
		in   string
		now  time.Time
		want string // "" for an error
	}{
		{"261122", at(2026), "2026-11-22"},
		{"770101", at(2026), "1977-01-01"},
		{"760101", at(2026), "2076-01-01"},
		{"000101", at(2026), "2000-01-01"},
		{"991231", at(2026), "1999-12-31"},
		{"270200", at(2026), "2027-02-28"},
		{"280200", at(2026), "2028-02-29"},
		{"281200", at(2026), "2028-12-31"},
		{"280229", at(2026), "2028-02-29"},
		{"270229", at(2026), ""},
		{"100101", at(2060), "2110-01-01"},
		{"110101", at(2060), "2011-01-01"},
		{"261301", at(2026), ""},
		{"260001", at(2026), ""},
		{"260132", at(2026), ""},
		{"2601", at(2026), ""},
		{"26010a", at(2026), ""},
	} {
		got, err := Date(c.in, c.now)
		if c.want == "" {
			if err == nil {
				t.Errorf("%s gives %s", c.in, got)
			}
			continue
		}
		if err != nil || got.Format("2006-01-02 15:04") != c.want+" 00:00" || got.Location() != berlin {
			t.Errorf("%s in %d: %s, %v; want %s", c.in, c.now.Year(), got, err, c.want)
		}
	}
}

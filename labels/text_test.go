package labels

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"packbench/assets/fonts"
)

func shaperForTest(t testing.TB) *shaper {
	t.Helper()
	return &shaper{faces: suppliedFaces()}
}

func TestAddressesFollowTheirCountry(t *testing.T) {
	graz := Address{Country: "AT"}
	for _, c := range []struct {
		a    Address
		want string
	}{
		{Address{Name: "A", Street: "S 1", Postcode: "8010", City: "Graz", Country: "AT"}, "A|S 1|8010 Graz"},
		{Address{Name: "A", Street: "S 1", Postcode: "10117", City: "Berlin", Country: "de"}, "A|S 1|10117 BERLIN|GERMANY"},
		{
			Address{Name: "A", Company: "C", Street: "1 Main St", Street2: "Apt 2", Postcode: "90277", City: "Redondo Beach", Region: "CA", Country: "US"},
			"A|C|1 Main St|Apt 2|REDONDO BEACH CA 90277|UNITED STATES",
		},
		{Address{Name: "A", Company: "C", Street: "1 High St", Postcode: "SW1A 1AA", City: "London", Country: "GB"}, "A|C|1 High St|LONDON|SW1A 1AA|UNITED KINGDOM"},
		{Address{Name: "A", Company: "C", Street: "S 1", Postcode: "10117", City: "Berlin", Country: "DE"}, "C|A|S 1|10117 BERLIN|GERMANY"},
		{Address{Name: "A", Company: "C", Street: "1 rue S", Postcode: "75001", City: "Paris", Country: "FR"}, "C|A|1 rue S|75001 PARIS|FRANCE"},
		{Address{Name: "A", Street: "1 High St", Postcode: "SW1A 1AA", City: "London", Country: "GB"}, "A|1 High St|LONDON|SW1A 1AA|UNITED KINGDOM"},
		{Address{Name: "A", Street: "Via 1", Postcode: "00184", City: "Roma", Region: "RM", Country: "IT"}, "A|Via 1|00184 ROMA RM|ITALY"},
		{Address{Name: "A", Street: "R. 1", Postcode: "01310-100", City: "São Paulo", Region: "SP", Country: "BR"}, "A|R. 1|SÃO PAULO - SP|01310-100|BRAZIL"},
		{
			Address{Name: "Hanako", Street: "1-1 Chiyoda", Postcode: "100-0001", City: "Chiyoda-ku", Region: "Tokyo", Country: "JP"},
			"Hanako|1-1 Chiyoda|CHIYODA-KU, TOKYO 100-0001|JAPAN",
		},
		{
			Address{Name: "山田", Street: "千代田1-1", Postcode: "100-0001", City: "千代田区", Region: "東京都", Country: "JP"},
			"〒100-0001|東京都千代田区|千代田1-1|山田|JAPAN",
		},
		{
			Address{Name: "张伟", Street: "南京西路1266号", Postcode: "200040", City: "上海市", Region: "上海市", Country: "CN"},
			"200040|上海市|南京西路1266号|张伟|CHINA",
		},
		{
			Address{Name: "김민수", Company: "한빛", Street: "테헤란로 123", City: "강남구", Region: "서울특별시", Postcode: "06133", Country: "KR"},
			"서울특별시 강남구|테헤란로 123|한빛|김민수|06133|SOUTH KOREA",
		},
		{
			Address{Name: "Kim Min-su", Street: "123 Teheran-ro", City: "Gangnam-gu", Region: "Seoul", Postcode: "06133", Country: "KR"},
			"Kim Min-su|123 Teheran-ro|GANGNAM-GU|SEOUL|06133|SOUTH KOREA",
		},
		{
			Address{Name: "สมชาย", Street: "99 ถนนสุขุมวิท", City: "กรุงเทพฯ", Postcode: "10110", Country: "TH"},
			"สมชาย|99 ถนนสุขุมวิท|กรุงเทพฯ 10110|THAILAND",
		},
		{Address{Name: "Zhang Wei", Street: "1266 Nanjing Xi Lu", Postcode: "200040", City: "Shanghai", Country: "CN"}, "Zhang Wei|1266 Nanjing Xi Lu|200040 SHANGHAI|CHINA"},
		{Address{Name: "A", Street: "Kossuth u. 5.", Postcode: "1055", City: "Budapest", Country: "HU"}, "A|BUDAPEST|Kossuth u. 5.|1055|HUNGARY"},
		{Address{Name: "A", Street: "S 1", Postcode: "34000", City: "Diyarbakır", Region: "Silvan", Country: "TR"}, "A|S 1|34000 DİYARBAKIR SİLVAN|TURKEY"},
		{Address{Name: "A", Street: "C/ 1", Postcode: "28001", City: "Madrid", Country: "ES"}, "A|C/ 1|28001 MADRID|SPAIN"},
		{Address{Name: "A", Street: "S 1", Postcode: "6688101", City: "Tel Aviv", Country: "IL"}, "A|S 1|TEL AVIV 6688101|ISRAEL"},
		{Address{Name: "A", Street: "S 1", Postcode: "400001", City: "Mumbai", Region: "Maharashtra", Country: "IN"}, "A|S 1|MUMBAI 400001|MAHARASHTRA|INDIA"},
		{Address{Name: "A", Street: "вул. 1", Postcode: "01001", City: "Київ", Country: "UA"}, "A|вул. 1|КИЇВ|01001|UKRAINE"},
		{Address{Name: "A", Street: "S 1", Postcode: "0108", City: "თბილისი", Country: "GE"}, "A|S 1|0108 თბილისი|GEORGIA"},
		{Address{Name: "A", Street: "S 1", Postcode: "35390", City: "Gießen", Country: "DE"}, "A|S 1|35390 GIESSEN|GERMANY"},
		// 19: a country that is its own city
		{Address{Name: "A", Street: "10 Anson Road", Postcode: "238857", Country: "SG"}, "A|10 Anson Road|SINGAPORE 238857|SINGAPORE"},
		{Address{Name: "A", Street: "S 1", Country: "HK"}, "A|S 1|HONG KONG"},
		// 20: a territory of the United States is its own state
		{Address{Name: "A", Company: "C", Street: "Unit 1", Postcode: "96913", City: "Barrigada", Country: "GU"}, "A|C|Unit 1|BARRIGADA GU 96913|GUAM"},
		{Address{Name: "A", Street: "Unit 1", Postcode: "00802", City: "Charlotte Amalie", Region: "VI", Country: "VI"}, "A|Unit 1|CHARLOTTE AMALIE VI 00802|VIRGIN ISLANDS (US)"},
		{Address{Name: "A", Street: "Unit 1", Postcode: "09012", City: "APO", Region: "AE", Country: "US"}, "A|Unit 1|APO AE 09012|UNITED STATES"},
		// 21: behind the town, or on a line above it
		{Address{Name: "A", Street: "S 1", Postcode: "317", City: "Manama", Country: "BH"}, "A|S 1|MANAMA 317|BAHRAIN"},
		{Address{Name: "A", Street: "S 1", Postcode: "BT2328", City: "Bandar Seri Begawan", Country: "BN"}, "A|S 1|BANDAR SERI BEGAWAN BT2328|BRUNEI"},
		{Address{Name: "A", Street: "S 1", Postcode: "15074", City: "Miraflores", Region: "Lima", Country: "PE"}, "A|S 1|MIRAFLORES 15074|LIMA|PERU"},
		{Address{Name: "A", Street: "S 1", Postcode: "133", City: "Al Khuwair", Country: "OM"}, "A|S 1|133|AL KHUWAIR|OMAN"},
		// 22: below the town, as in the United Kingdom
		{Address{Name: "A", Company: "C", Street: "S 1", Postcode: "FIQQ 1ZZ", City: "Stanley", Country: "FK"}, "A|C|S 1|STANLEY|FIQQ 1ZZ|FALKLAND ISLANDS"},
		{Address{Name: "A", Street: "S 1", Postcode: "STHL 1ZZ", City: "Jamestown", Country: "SH"}, "A|S 1|JAMESTOWN|STHL 1ZZ|ST HELENA"},
		{Address{Name: "A", Street: "S 1", Postcode: "GX11 1AA", Country: "GI"}, "A|S 1|GIBRALTAR|GX11 1AA|GIBRALTAR"},
		{Address{Name: "A", Street: "S 1", Postcode: "TKCA 1ZZ", City: "Grand Turk", Country: "TC"}, "A|S 1|GRAND TURK|TKCA 1ZZ|TURKS & CAICOS IS"},
		// 23: from the district to the person, wherever addresses are written so
		{Address{Name: "陳大文", Street: "彌敦道100號", City: "油尖旺區", Region: "九龍", Country: "HK"}, "九龍油尖旺區|彌敦道100號|陳大文|HONG KONG"},
		{Address{Name: "陳大文", Street: "新馬路1號", Country: "MO"}, "新馬路1號|陳大文|MACAU"},
		{Address{Name: "A", Company: "A ", Street: "S 1", Postcode: "1010", City: "Wien", Country: " at "}, "A |S 1|1010 Wien"},
		{Address{Company: "C", Street: "S", City: "X", Country: "ZZ", CountryName: "Freedonia"}, "C|S|X|FREEDONIA"},
		{Address{Name: " ", Street: "S", City: "X", Country: "QQ"}, "S|X|QQ"},
		{Address{}, ""},
	} {
		if got := strings.Join(c.a.Lines(graz), "|"); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	london := Address{Name: "A", Street: "1 High St", Postcode: "SW1A 1AA", City: "London", Country: "GB"}
	if got := strings.Join(london.Lines(london), "|"); got != "A|1 High St|LONDON|SW1A 1AA" {
		t.Errorf("at home: %s", got)
	}
}

func TestLinesBreakWherePeopleBreakThem(t *testing.T) {
	s := shaperForTest(t)
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"one two three", 4000, "one two|three"},
		{"one two three", 100000, "one two three"},
		{"Wolfeschlegel", 3000, "Wolfe|schleg|el"},
		{"東京都千代田区", 3000, "東京都|千代田|区"},
		{"山田、花子", 2000, "山|田、|花子"}, // a comma does not begin a line
		{"W", 1, "W"},
		{"WW", 1, "W|W"},
	} {
		var got []string
		for _, line := range wrap(s.shape("", c.text, fonts.Sans), c.limit) {
			got = append(got, textOf(line))
			if width(line) > c.limit && len(line) > 1 {
				t.Errorf("%q: line %q is too wide", c.text, textOf(line))
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q at %d: %s, want %s", c.text, c.limit, strings.Join(got, "|"), c.want)
		}
	}
}

func TestTextIsCleaned(t *testing.T) {
	s := shaperForTest(t)
	for text, want := range map[string]string{
		" a \t\r\n b  ":          "a b",
		"a\x00\x1b\u200b\ufeffb": "ab",
		"Zu\u0308rich":           "Zürich",
		"\u202eevil\u202c":       "evil",
		"a\u00a0b":               "a b",
		"𝐍𝐚𝐦𝐞 ① ⅻ":               "Name 1 xii",
		"\u200b":                 "",
	} {
		if got := textOf(s.shape("f", text, fonts.Sans)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHebrewRunsFromRightToLeft(t *testing.T) {
	s := shaperForTest(t)
	for text, want := range map[string]string{
		"שרה":               "הרש",
		"שרה כהן":           "ןהכ הרש",
		"רחוב הרצל 12-5":    "12-5 לצרה בוחר",
		"Herzl 12 הרצל":     "Herzl 12 לצרה",
		"דירה 4, קומה 12":   "12 המוק ,4 הריד",
		"שרה (עבודה)":       "(הדובע) הרש",
		"Acme בע\"מ Israel": "Acme מ\"עב Israel",
		"no hebrew (1)":     "no hebrew (1)",
		"שרה Cohen כהן":     "ןהכ Cohen הרש",
		"שרה ที่":           "ที่ הרש",
		"דירה #12":          "#12 הריד",
		"Dan הרצל 12$ IL":   "Dan 12$ לצרה IL",
		"Dan הרצל$ 12 IL":   "Dan 12 $לצרה IL",
		"Dan ٣٤ הרצל":       "Dan לצרה ٣٤",
	} {
		glyphs := s.shape("", text, fonts.Sans)
		before := slices.Clone(glyphs)
		if got := textOf(visual(glyphs)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if !slices.Equal(before, glyphs) {
			t.Errorf("%q: the line itself was changed", text)
		}
	}
}

// Each form must be of its letter, and the last letter of a word stands first
// on paper.
func TestArabicLettersJoin(t *testing.T) {
	for letter, f := range forms {
		for i := range f.n {
			if got := norm.NFKC.String(string(f.first + rune(i))); got != string(letter) {
				t.Errorf("form %d of %U is of %q", i, letter, got)
			}
		}
	}
	for alef, form := range lamAlef {
		for i := range rune(2) {
			if got := norm.NFKC.String(string(form + i)); got != string([]rune{lam, alef}) {
				t.Errorf("lam with %U is %q", alef, got)
			}
		}
	}
	s := shaperForTest(t)
	for text, want := range map[string]string{
		"محمد":     "\ufeaa\ufee4\ufea4\ufee3", // dal last, meem between, hah between, meem first
		"دار":      "\ufead\ufe8d\ufea9",       // letters that join nothing after them
		"سلام":     "\ufee1\ufefc\ufeb3",       // lam and alef are one form
		"لا":       "\ufefb",
		"بـ":       "\u0640\ufe91",
		"مُحَمَّد": "\ufeaa\ufee4\ufea4\ufee3",
		"فهد 12":   "12 \ufeaa\ufeec\ufed3",
		"فهد 12-5": "12-5 \ufeaa\ufeec\ufed3", // Unicode would say 5-12, and so turn the parts of a telephone number around
		"فهد #12":  "12# \ufeaa\ufeec\ufed3",
		"پژگ":      "\ufb92\ufb8b\ufb58",
	} {
		if got := textOf(visual(s.shape("f", text, fonts.Sans))); got != want {
			t.Errorf("%q: %+q, want %+q", text, got, want)
		}
	}
	if len(s.missing) > 0 {
		t.Errorf("missing: %v", s.missing)
	}
}

package country

import (
	"strings"
	"testing"
)

func TestPostcodes(t *testing.T) {
	for _, c := range []struct{ code, text, want string }{
		// as they are
		{"DE", "10115", "10115"},
		{"GB", "EC1A 1BB", "EC1A 1BB"},
		{"IE", "D02 AF30", "D02 AF30"},
		{"US", "12345-6789", "12345-6789"},
		{"AR", "C1425CLA", "C1425CLA"},
		{"BN", "BT2328", "BT2328"},
		{"MT", "VLT 1117", "VLT 1117"},
		{"AD", "AD500", "AD500"},
		{"IL", "61000", "61000"},
		{"TW", "106", "106"},
		{"NL", "2511 CV", "2511 CV"},
		{"SH", "STHL 1ZZ", "STHL 1ZZ"},
		{"GB", "BFPO 12", "BFPO 12"},
		{"BM", "HM 12", "HM 12"},
		{"PT", "1000", "1000"},
		{"AR", "1425", "1425"},
		// 07: letters of the country in front
		{"DE", "D-10115", "10115"},
		{"DE", "DE-10115", "10115"},
		{"DE", "D 10115", "10115"},
		{"DE", "DEU10115", "10115"},
		{"AT", "A-1010", "1010"},
		{"CH", "CH-8001", "8001"},
		{"FI", "FIN-00100", "00100"},
		{"FI", "FI-00100", "00100"},
		{"LU", "L-1234", "1234"},
		{"SE", "S-123 45", "123 45"},
		{"SE", "SE-12345", "123 45"},
		{"LI", "FL-9490", "9490"},
		{"HR", "HR-10000", "10000"},
		{"SI", "SLO-1000", "1000"},
		{"IT", "I-00118", "00118"},
		{"FR", "F-75001", "75001"},
		{"NL", "NL-2511CV", "2511 CV"},
		{"GB", "GB-EC1A1BB", "EC1A 1BB"},
		{"LV", "1010", "LV-1010"},
		{"LV", "LV1010", "LV-1010"},
		{"LT", "LT-01100", "LT-01100"},
		{"MX", "C.P. 01000", "01000"},
		{"BR", "CEP 01001000", "01001-000"},
		{"FO", "100", "FO-100"},
		{"AX", "AX-22100", "AX-22100"},
		{"AX", "FI-22100", "AX-22100"},
		{"FI", "AX-22100", "AX-22100"},
		{"DK", "DK-1050", "1050"},
		{"DK", "FO-100", "FO-100"},
		{"DK", "100", "FO-100"},
		{"DK", "GL-3900", "3900"},
		{"RE", "F-97400", "97400"},
		{"IC", "E-35001", "35001"},
		{"GB", "fiqq1zz", "FIQQ 1ZZ"},
		{"MC", "MC-98000", "98000"},
		{"MD", "2001", "MD-2001"},
		// spaces, hyphens, case, digits of other scripts
		{"DE", " 10 115 ", "10115"},
		{"JP", "１００−０００１", "100-0001"},
		{"JP", "〒1000001", "100-0001"},
		{"EG", "١١٥١١", "11511"},
		{"CA", "k1a0b1", "K1A 0B1"},
		{"GB", "ec1a-1bb", "EC1A 1BB"},
		{"PL", "00950", "00-950"},
		{"PL", "00–950", "00-950"},
		{"CZ", "11000", "110 00"},
		{"GR", "105-57", "105 57"},
		{"PT", "1000 001", "1000-001"},
		{"IN", "110 001", "110001"},
		{"US", "123456789", "12345-6789"},
		{"US", "MA 02134", "MA 02134"}, // where no column is for the state
		{"GB", "'EC1A 1BB", "EC1A 1BB"},
		// 09: zeros lost in a spreadsheet
		{"DE", "1067", "01067"},
		{"DE", "1067.0", "01067"},
		{"DE", "D-1067", "01067"},
		{"US", "2116", "02116"},
		{"US", "501", "00501"},
		{"US", "2116-1234", "02116-1234"},
		{"IT", "118", "00118"},
		{"IT", "1010", "01010"},
		{"ES", "8001", "08001"},
		{"FR", "1000", "01000"},
		{"FI", "100", "00100"},
		{"PL", "950", "00-950"},
		{"SK", "1001", "010 01"},
		{"NO", "150", "0150"},
		{"JP", "600000", "060-0000"},
		{"BR", "1001000", "01001-000"},
		{"AU", "800", "0800"},
		{"RO", "10011", "010011"},
		{"SG", "18956", "018956"},
		{"PR", "901", "00901"},
		{"VI", "802", "00802"},
		{"LT", "1100", "LT-01100"},
		{"MX", "1000", "01000"},
		{"TR", "1000", "01000"},
		{"ZA", "83", "0083"},
		// what fits nothing stays
		{"DE", "1", "1"},
		{"DE", "CH-8001", "CH-8001"},
		{"AT", "101", "101"},
		{"CZ", "1000", "1000"},
		{"GB", "EC1A", "EC1A"},
		{"GB", "ec1a", "EC1A"},
		{"DE", "bei Müller", "bei Müller"},
		{"AE", "00000", ""},
		{"HK", "000000", ""},
		{"AE", "-", ""},
		{"XX", "a 1", "A 1"},
		{"", " x ", "x"},
		{"DE", "", ""},
	} {
		if got := Postcode(c.code, c.text); got != c.want {
			t.Errorf("%s %q is %q, not %q", c.code, c.text, got, c.want)
		}
		if got := Postcode(c.code, c.want); got != c.want {
			t.Errorf("%s %q again is %q", c.code, c.want, got)
		}
	}
}

func TestKeysOfPostcodes(t *testing.T) {
	for _, c := range []struct{ code, text, begin string }{
		{"DE", "D-10115", "10"},
		{"DE", "10115", "D-10"},
		{"DE", "1067", "01"},
		{"LV", "1010", "LV-10"},
		{"LV", "LV-1010", "10"},
		{"AD", "500", "AD5"},
		{"GB", "b1 1aa", "B1"},
		{"GB", "BT1 5GS", "bt"},
		{"DK", "FO-100", "FO"},
		{"FO", "FO-100", "1"},
		{"PL", "950", "00-9"},
		{"PT", "1000-001", "1000"},
		{"NL", "NL-2511 CV", "25"},
		{"CA", "K1A0B1", "K1A"},
		{"SZ", "H100", "H1"},
		{"AR", "C1425CLA", "C14"},
		{"US", "MA 02134", "021"},
		{"CA", "ON K1A 0B1", "K1"},
		{"AU", "NSW 2000", "20"},
	} {
		key, begin := Key(c.code, c.text), KeyOfBegin(c.code, c.begin)
		if len(key) <= len(begin) || key[:len(begin)] != begin {
			t.Errorf("%s: %q has the key %q, %q has %q", c.code, c.text, key, c.begin, begin)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ code, postcode, city, region, want, posted string }{
		{"DE", "10115", "Berlin", "", "DE", "DE"},
		{"uk", "EC1A 1BB", "London", "", "GB", "GB"},
		{"ES", "E-35001", "Las Palmas", "", "IC", "ES"},
		{"ES", "", "Las Palmas de Gran Canaria", "", "IC", "ES"},
		{"IC", "35001", "", "", "IC", "IC"},
		{"ES", "07001", "Palma", "", "ES", "ES"},
		{"ES", "8001", "Barcelona", "", "ES", "ES"},
		{"ES", "51001", "", "", "ES-CE", "ES"},
		{"EA", "52001", "", "", "ES-ML", "EA"},
		{"ES", "", "Ceuta", "", "ES-CE", "ES"},
		{"DE", "D-78266", "Büsingen", "", "DE-BU", "DE"},
		{"CH", "8238", "Büsingen", "", "DE-BU", "CH"},
		{"DE", "27498", "Helgoland", "", "DE-HE", "DE"},
		{"DE", "", "Büsingen am Hochrhein", "", "DE-BU", "DE"},
		{"IT", "23041", "Livigno", "", "IT-LI", "IT"},
		{"IT", "23030", "Livigno (SO)", "", "IT-LI", "IT"},
		{"IT", "23030", "Bianzone", "", "IT", "IT"},
		{"IT", "47890", "San Marino", "", "SM", "SM"},
		{"IT", "120", "", "", "VA", "VA"},
		{"FI", "FI-22100", "Mariehamn", "", "AX", "AX"},
		{"FI", "AX-22100", "", "", "AX", "AX"},
		{"FI", "00220", "Helsinki", "", "FI", "FI"},
		{"FI", "220", "Helsinki", "", "FI", "FI"},
		{"DK", "FO-100", "Tórshavn", "", "FO", "FO"},
		{"DK", "100", "Tórshavn", "", "FO", "FO"},
		{"DK", "", "Tórshavn", "", "FO", "FO"},
		{"DK", "3900", "Nuuk", "", "GL", "GL"},
		{"DK", "DK-3900", "Nuuk", "", "GL", "GL"},
		{"DK", "1050", "", "", "DK", "DK"},
		{"FR", "97400", "", "", "RE", "RE"},
		{"FR", "97133", "", "", "BL", "BL"},
		{"FR", "F-98000", "Monaco", "", "MC", "MC"},
		{"FR", "75001", "", "", "FR", "FR"},
		{"FR", "9740", "", "", "FR", "FR"},
		{"GB", "bt1 5gs", "", "", "XI", "GB"},
		{"XI", "", "", "", "XI", "GB"},
		{"GB", "JE2 3AB", "", "", "JE", "JE"},
		{"GB", "GY1 1AA", "", "", "GG", "GG"},
		{"GB", "IM1 1AA", "", "", "IM", "IM"},
		{"GB", "BFPO 12", "", "", "GB-BF", "GB"},
		{"GB", "FIQQ 1ZZ", "Stanley", "", "FK", "FK"},
		{"GB", "GX11 1AA", "", "", "GI", "GI"},
		{"NO", "9170", "Longyearbyen", "", "SJ", "SJ"},
		{"NO", "0150", "Oslo", "", "NO", "NO"},
		{"US", "96913", "Barrigada", "GU", "GU", "US"},
		{"US", "", "Barrigada", "GU", "GU", "US"},
		{"US", "901", "San Juan", "PR", "PR", "US"},
		{"US", "09012", "APO", "AE", "US-AM", "US"},
		{"US", "9012", "APO", "AE", "US-AM", "US"},
		{"US", "", "FPO", "AP", "US-AM", "US"},
		{"US", "34002", "APO", "AA", "US-AM", "US"},
		{"US", "32703", "Apopka", "FL", "US", "US"},
		{"US", "96813", "Honolulu", "HI", "US", "US"},
		{"US", "96799", "Pago Pago", "AS", "AS", "US"},
		{"PT", "9000-001", "Funchal", "", "PT", "PT"},
		{"PT", "9500-001", "Ponta Delgada", "", "PT", "PT"},
		{"GR", "630 86", "Karyes", "", "GR-69", "GR"},
		{"EL", "10557", "Athens", "", "GR", "GR"},
		{"CN", "999077", "", "", "HK", "HK"},
		{"CN", "", "香港", "", "HK", "HK"},
		{"CN", "518000", "Shenzhen", "", "CN", "CN"},
		{"CH", "9490", "Vaduz", "", "LI", "LI"},
		{"AU", "2899", "", "", "NF", "NF"},
		{"NL", "", "Willemstad", "Curaçao", "CW", "CW"},
		{"NL", "1744 KA", "Sint Maarten", "", "NL", "NL"},
		{"", "", "", "", "", ""},
	} {
		if got := Place(c.code, c.postcode, c.city, c.region); got != c.want || Posted(c.code, got) != c.posted {
			t.Errorf("%s %s %s %s lies in %q, posted to %q; not %q, %q", c.code, c.postcode, c.city, c.region, got, Posted(c.code, got), c.want, c.posted)
		}
	}
}

// What tells a place is compared as fold writes it.
func TestWordsOfPlacesAreFolded(t *testing.T) {
	for _, p := range places {
		for _, word := range strings.Split(p.words, ",") {
			if fold(word) != word {
				t.Errorf("%s: %q is folded to %q", p.name, word, fold(word))
			}
		}
	}
}

package intake

import (
	"strings"
	"testing"
)

// Shops write countries as names: Squarespace, Etsy, eBay.
func TestCountriesAreNames(t *testing.T) {
	for text, want := range map[string]string{
		"Romania": "RO", "New Zealand": "NZ", "TÜRKIYE": "TR", "españa": "ES", "DEU": "DE", "Korea, Republic of": "KR", "United Kingdom": "GB", "uk": "GB", "日本": "JP",
	} {
		orders, rep := readOrders(t, addressed+"1,MUG,1,N,,S 1,B,10000,\""+text+"\"\n", "o.csv")
		if len(orders) != 1 || orders[0].To.Country != want {
			t.Errorf("%s: %+v, %+v", text, orders, rep.Rejected)
		}
	}
	_, rep := readOrders(t, addressed+"1,MUG,1,N,,S 1,B,10000,Atlantis\n", "o.csv")
	if want := (Rejection{2, "country", `the country "Atlantis" is not known; write its two letters, such as DE`}); len(rep.Rejected) != 1 || rep.Rejected[0] != want {
		t.Errorf("%+v", rep.Rejected)
	}
}

// Codes 07, 09 and 21: what people and spreadsheets do to postcodes.
func TestPostcodesAreWrittenAsThePostDoes(t *testing.T) {
	for _, c := range []struct{ city, postcode, country, want, warned string }{
		{"Berlin", "D-10115", "DE", "10115/Berlin", ""},
		{"Berlin", "１０１１５", "DE", "10115/Berlin", ""},
		{"Dresden", "1067", "DE", "01067/Dresden", "2 postcode: the postcode 1067 of order 1 is read as 01067: a spreadsheet drops a 0 in front"},
		{"Boston", "2116", "USA", "02116/Boston", "2 postcode: the postcode 2116 of order 1 is read as 02116: a spreadsheet drops a 0 in front"},
		{"10115 Berlin", "", "DE", "10115/Berlin", ""},
		{"Berlin 10115", "", "DE", "10115/Berlin", ""},
		{"Berlin D-10115", "10115", "DE", "10115/Berlin", ""},
		{"", "10115 Berlin", "DE", "10115/Berlin", ""},
		{"Berlin", "10115 Berlin", "DE", "10115/Berlin", ""},
		{"London, EC1A 1BB", "", "GB", "EC1A 1BB/London", ""},
		{"London", "ec1a1bb", "GB", "EC1A 1BB/London", ""},
		{"APO AE 09012", "", "US", "09012/APO AE", ""},
		{"S 123 45 Stockholm", "", "SE", "123 45/Stockholm", ""},
		{"Praha 1 110 00", "", "CZ", "110 00/Praha 1", ""},
		{"75008 Paris Cedex 08", "", "FR", "75008/Paris Cedex 08", ""},
		{"Boston, MA 02134", "", "US", "02134/Boston, MA", ""},
		{"Hong Kong", "000000", "HK", "/Hong Kong", ""},
		{"Manama 317", "", "BH", "317/Manama", ""},
		{"Zürich", "CH-8001", "DE", "CH-8001/Zürich", "2 postcode: the postcode CH-8001 of order 1 is one of Switzerland, but its country is Germany"},
		{"Wien", "A-1010", "DE", "A-1010/Wien", "2 postcode: the postcode A-1010 of order 1 is one of Austria, but its country is Germany"},
		{"Dover", "DE 19901", "US", "DE 19901/Dover", ""},
		{"York", "YO1 7HH", "GB", "YO1 7HH/York", ""},
		{"Dublin 2", "", "IE", "/Dublin 2", ""},
		{"Dublin 2 D02 AF30", "", "IE", "D02 AF30/Dublin 2", ""},
		{"Stanley", "fiqq1zz", "FK", "FIQQ 1ZZ/Stanley", ""},
		{"Tórshavn", "100", "DK", "FO-100/Tórshavn", ""},
		{"Berlin", "10117", "DE", "10117/Berlin", ""},
		{"10115 Berlin", "10117", "DE", "10117/10115 Berlin", ""}, // which is right?
		{"", "238857", "SG", "238857/", ""},
	} {
		orders, rep := readOrders(t, addressed+"1,MUG,1,N,,S 1,\""+c.city+"\","+c.postcode+","+c.country+"\n", "o.csv")
		if len(orders) != 1 {
			t.Errorf("%+v: %+v", c, rep.Rejected)
			continue
		}
		if got := orders[0].To.Postcode + "/" + orders[0].To.City; got != c.want || strings.TrimSpace(warned(rep)) != c.warned {
			t.Errorf("%s %s %s: %q, %q", c.country, c.postcode, c.city, got, warned(rep))
		}
	}
}

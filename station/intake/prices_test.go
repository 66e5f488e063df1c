package intake

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/unit"
)

// A price list as a small shop keeps it: its own order, words for countries, several
// in a cell, a word for all others.
func TestPlainPriceList(t *testing.T) {
	list, rep, err := ReadPrices(t.Context(), strings.NewReader("Courier,Service,Country,Up to kg,Price,Days\n"+
		"Royal Post,Tracked 48,United Kingdom,2,£3.35,2\nRoyal Post,Tracked 48,GB,10,5.60,2\nRoyal Post,Abroad,\"France, DE\",2,11.20,\nRoyal Post,Abroad,Rest of world,2,14,\n"),
		"prices.csv", Options{Currency: "GBP"})
	if err != nil || rep.Bad() > 0 || len(list) != 4 {
		t.Fatalf("%d rows, %+v, %v", len(list), rep, err)
	}
	if p := list[0]; p.Carrier != "Royal Post" || p.Amount != (unit.Money{Minor: 335, Currency: "GBP"}) || p.UpTo != 2*unit.Kilogram || p.Days != 2 || !slices.Equal(p.Countries, []string{"GB"}) {
		t.Errorf("first row: %+v", p)
	}
	if p := list[2]; !slices.Equal(p.Countries, []string{"FR", "DE"}) || p.Days != -1 {
		t.Errorf("two countries: %+v", p)
	}
	if p := list[3]; p.Countries != nil {
		t.Errorf("all others: %+v", p)
	}
}

func TestPriceListSaysWhatIsWrong(t *testing.T) {
	for cell, want := range map[string]string{
		"Post,Small,DE,2,3":         "has no unit",
		"Post,Small,DE,,3":          "it is empty",
		"Post,Small,DE,2 kg,":       "it is empty",
		"Post,Small,DE,2 kg,-1":     "below zero",
		"Post,Small,domestic,2kg,3": "write the sender's address into the settings",
		"Post,Small,Zone 4,2kg,3":   "write its two letters",
		"Post,Small,Narnia,2kg,3":   "country \"Narnia\" is not known",
		",Small,DE,2 kg,3":          "it is empty",
	} {
		_, rep, err := ReadPrices(t.Context(), strings.NewReader("carrier,service,country,up to,price\n"+cell+"\n"), "p.csv", Options{})
		if err != nil || len(rep.Rejected) != 1 || !strings.Contains(rep.Rejected[0].Reason, want) {
			t.Errorf("%s: %+v, %v", cell, rep.Rejected, err)
		}
	}
	_, _, err := ReadPrices(t.Context(), strings.NewReader("service,price\na,1\n"), "p.csv", Options{})
	if err == nil || !strings.Contains(err.Error(), `no column "carrier"`) {
		t.Errorf("no carrier: %v", err)
	}
}

// A list may have zones in place of countries, or neither. Its postcodes are refused: with
// one of them left out, a parcel would go at the price of another place.
func TestPriceListsOfZones(t *testing.T) {
	list, rep, err := ReadPrices(t.Context(), strings.NewReader("carrier,service,zone,up to,price\nPost,Small,domestic,2 kg,4\nPost,Small,\"AT, IT\",2 kg,6\nPost,Small,EU,2 kg,8\n"+
		"Post,Large,EU,5 kg,12\nPost,Small,world,2 kg,20\n"), "p.csv", Options{Country: "DE"})
	if err != nil || rep.Bad() > 0 || len(list) != 5 {
		t.Fatalf("%+v, %+v, %v", list, rep, err)
	}
	if !slices.Equal(list[0].Countries, []string{"DE"}) || len(list[2].Countries) != 24 || len(list[3].Countries) != 27 || list[4].Countries != nil {
		t.Errorf("%+v", list)
	}
	for _, code := range []string{"DE", "AT", "IT"} {
		if slices.Contains(list[2].Countries, code) {
			t.Errorf("%s has a price of its own and another one as a member of the union", code)
		}
	}
	list, rep, err = ReadPrices(t.Context(), strings.NewReader("carrier,up to,price\nPost,2 kg,4\n"), "p.csv", Options{})
	if err != nil || rep.Bad() > 0 || len(list) != 1 || list[0].Countries != nil {
		t.Errorf("no zone at all: %+v, %+v, %v", list, rep, err)
	}
	_, rep, err = ReadPrices(t.Context(), strings.NewReader("carrier,country,zip,up to,price\nPost,DE,,2 kg,4\nPost,DE,259,2 kg,9\n"), "p.csv", Options{})
	if err != nil || len(rep.Rejected) != 1 || rep.Rejected[0].Row != 3 || rep.Rejected[0].Column != "zip" {
		t.Errorf("a postcode: %+v, %v", rep.Rejected, err)
	}
}

// A list of boxes whose sizes are in centimetres and do not say so made boxes of two
// centimetres, in which nothing had room.
func TestSizesWithoutAUnitAreNotGuessed(t *testing.T) {
	for head, bad := range map[string]bool{
		"Box,Length,Width,Height,Empty weight g": true, "Box,Length cm,Width cm,Height cm,Tare g": false, "Box,Length,Width,Height,Tare g,size unit": false,
	} {
		row := map[bool]string{true: "S,20,15,10,85,cm", false: "S,20,15,10,85"}[strings.Contains(head, "size unit")]
		list, rep, err := ReadCartons(t.Context(), strings.NewReader(head+"\n"+row+"\n"), "boxes.csv", Options{})
		if err != nil || (rep.Bad() == 1) != bad || !bad && list[0].Inner.Length != 200*unit.Millimetre {
			t.Errorf("%s: %+v, %+v, %v", head, list, rep.Rejected, err)
		}
	}
	list, _, err := ReadCartons(t.Context(), strings.NewReader("id,inner,tare\nS,50x40x20 mm,8 g\n"), "boxes.csv", Options{})
	if err != nil || len(list) != 1 {
		t.Errorf("a box for rings that says so: %+v, %v", list, err)
	}
	for size, left := range map[string]bool{"9,9,11,": true, "90,90,110,": false, "9,9,11,cm": false, "9 mm,9 mm,11 mm,": false} {
		list, rep, err := ReadProducts(t.Context(), strings.NewReader("sku,mass_g,length,width,height,size unit\nC,412,"+size+"\n"), "p.csv", Options{})
		if err != nil || len(list) != 1 || list[0].Size.IsZero() != left || (len(rep.Warnings) == 1) != left {
			t.Errorf("%s: %+v, %+v, %v", size, list, rep.Warnings, err)
		}
	}
}

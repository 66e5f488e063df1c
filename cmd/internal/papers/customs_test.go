package papers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/labels"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/customs"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

func euros(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }

// oslo is an order with a priced line, a free one and one without a price.
func oslo() station.Order {
	return station.Order{
		ID: "1", Gift: true,
		To: station.Address{Name: "Sample Customer", Street: "Eksempelveien 3", Postcode: "0150", City: "Oslo", Country: "NO"},
		Lines: []station.Line{
			{ID: "1", SKU: "MUG-WHITE", Qty: 3, Kind: station.Goods, Price: euros(1200)},
			{ID: "2", SKU: "CARD-SET", Qty: 1, Kind: station.Goods, Price: euros(0)},
			{ID: "3", SKU: "HONEY", Qty: 2, Kind: station.Goods},
		},
	}
}

func declare(t *testing.T, d *folder.Folder, o station.Order, gross unit.Mass, contents ...pack.Content) labels.Customs {
	t.Helper()
	c, err := New(d).declaration(t.Context(), carrier.Cards{}, o, abroad{parcel: "1-1", contents: contents, gross: gross, at: d.Clock()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestADeclarationSaysWhatIsInTheParcel(t *testing.T) { // L3
	d := foldertest.Shop(t)
	c := declare(
		t, d, oslo(), 3*unit.Kilogram,
		pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1}, pack.Content{Line: "3", SKU: "HONEY", Qty: 1},
		pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1}, pack.Content{Line: "2", SKU: "CARD-SET", Qty: 1},
	)
	want := []labels.CustomsLine{
		{SKU: "MUG-WHITE", Description: "Stoneware mug", HSCode: "691200", Origin: "PT", Qty: 2, Net: 680 * unit.Gram, Value: euros(2400)},
		{SKU: "HONEY", Description: "Natural honey, 500 g", HSCode: "040900", Origin: "DE", Qty: 1, Net: 640 * unit.Gram, Value: euros(980)},
		{SKU: "CARD-SET", Description: "Printed greeting cards", HSCode: "490900", Origin: "DE", Qty: 1, Net: 90 * unit.Gram, Value: euros(1760)},
	}
	if len(c.Lines) != len(want) {
		t.Fatalf("lines %+v", c.Lines)
	}
	for i, l := range c.Lines {
		if l != want[i] {
			t.Errorf("line %d\n got %+v\nwant %+v", i+1, l, want[i])
		}
	}
	if c.Reason != labels.ReasonSale {
		t.Errorf("a present that was bought is declared as %q", c.Reason)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}

// What was sent in place of a product is declared as what it is, for the price that was
// paid for the line.
func TestASubstituteIsDeclaredAsWhatItIs(t *testing.T) { // L3, Q12
	d := foldertest.Shop(t)
	c := declare(t, d, oslo(), 3*unit.Kilogram,
		pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 2},
		pack.Content{Line: "1/HONEY", SKU: "HONEY", Qty: 1, Instead: &pack.Instead{Line: "1", SKU: "MUG-WHITE"}},
	)
	want := []labels.CustomsLine{
		{SKU: "MUG-WHITE", Description: "Stoneware mug", HSCode: "691200", Origin: "PT", Qty: 2, Net: 680 * unit.Gram, Value: euros(2400)},
		{SKU: "HONEY", Description: "Natural honey, 500 g", HSCode: "040900", Origin: "DE", Qty: 1, Net: 640 * unit.Gram, Value: euros(1200)},
	}
	if !slices.Equal(c.Lines, want) {
		t.Errorf("declared are %+v", c.Lines)
	}
}

// A slip says which units lie in the box: each serial number and lot once, and not those
// of another line.
func TestASlipNamesSerialsAndLots(t *testing.T) { // Q4, L3
	marked := func(serial, lot string) pack.Marked {
		return pack.Marked{SKU: "CAM", Qty: 1, Marks: pack.Marks{Serial: serial, Lot: lot}}
	}
	many := pack.Content{Line: "2", SKU: "TEA", Qty: 20}
	for i := range 20 {
		many.Marked = append(many.Marked, marked(fmt.Sprint("S", i), ""))
	}
	w := paperwork{
		parcel: store.Parcel{ID: "7-1", Contents: []pack.Content{{Line: "1", SKU: "CAM", Qty: 3, Marked: []pack.Marked{marked("A1", "L1"), marked("A2", "L1")}}, many}},
		order:  station.Order{Lines: []station.Line{{ID: "1", SKU: "CAM", Qty: 3}, {ID: "2", SKU: "TEA", Qty: 20}}},
	}
	if note := w.note(w.order.Lines[0], 3); note != "Serial number A1, Lot L1, Serial number A2" {
		t.Errorf("the note is %q", note)
	}
	if note := w.note(w.order.Lines[1], 20); !strings.HasSuffix(note, "Serial number S11, …") {
		t.Errorf("the note of many is %q", note)
	}
}

func TestWhatCustomsMissIsNamedForThePacker(t *testing.T) { // L3, C6
	d := foldertest.Shop(t)
	mug := pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1}
	for _, c := range []struct {
		name     string
		order    func(*station.Order)
		gross    unit.Mass
		contents []pack.Content
		says     string
	}{
		{
			"a field of a product", nil, unit.Kilogram,
			[]pack.Content{mug, {SKU: "PEN-BLUE", Qty: 1}},
			"for customs, the HS code of PEN-BLUE is missing; ask a supervisor to complete the product",
		},
		{
			"the goods weigh more than the parcel", nil, 300 * unit.Gram,
			[]pack.Content{mug},
			"for customs, the gross weight 0.300 kg is less than the goods' own 0.340 kg; ask a supervisor to correct the weights of the products",
		},
		{
			"the address", func(o *station.Order) { o.To.Street, o.To.City = "", "" }, unit.Kilogram,
			[]pack.Content{mug},
			"for customs, the recipient's street is missing, the recipient's city is missing; ask a supervisor to complete the order's address",
		},
		{
			"two currencies", func(o *station.Order) { o.Lines[0].Price.Currency = "USD" }, unit.Kilogram,
			[]pack.Content{mug, {Line: "3", SKU: "HONEY", Qty: 1}},
			"for customs, the value of HONEY is in EUR, the first line in USD; ask a supervisor to complete the product",
		},
		{
			"a product that the catalogue lost", nil, unit.Kilogram,
			[]pack.Content{{SKU: "GONE", Qty: 1}, {SKU: "GONE-TOO", Qty: 1}},
			"for customs, the description of GONE is missing, the HS code of GONE is missing, the country of origin of GONE is missing, and 7 more; " +
				"ask a supervisor to complete the product",
		},
	} {
		o := oslo()
		if c.order != nil {
			c.order(&o)
		}
		err := declare(t, d, o, c.gross, c.contents...).Check()
		var gaps *labels.GapsError
		if !errors.As(err, &gaps) {
			t.Errorf("%s: %v", c.name, err)
		} else if got := troubleOf(gaps.Gaps).Wrong(); got != c.says {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.says)
		}
	}
}

// The check holds a label back only where there is a border.
func TestTheCheckIsForBordersOnly(t *testing.T) { // L3
	d := foldertest.Shop(t)
	r := New(d)
	o := oslo()
	e := pack.Effect{ID: "S1.1.1", Parcel: "1-1", Mass: unit.Kilogram, Contents: []pack.Content{{SKU: "PEN-BLUE", Qty: 1}}}
	var told *trouble.Error
	if err := r.CustomsGap(t.Context(), carrier.Cards{}, o, e); !errors.As(err, &told) || !strings.Contains(told.Wrong(), "PEN-BLUE") {
		t.Errorf("to Norway: %v", err)
	}
	o.To.Country, o.To.Postcode = "AT", "8010"
	if err := r.CustomsGap(t.Context(), carrier.Cards{}, o, e); err != nil {
		t.Errorf("to Austria: %v", err)
	}
}

// More kinds of goods than the small declaration has room for take the full
// one: that is right for any parcel.
func TestManyGoodsTakeTheFullDeclaration(t *testing.T) { // L3
	d := foldertest.Shop(t)
	o := oslo()
	o.Lines = nil
	var contents []pack.Content
	for i := range 60 {
		id := string(rune('A' + i))
		o.Lines = append(o.Lines, station.Line{ID: id, SKU: "STICKERS", Qty: 1, Kind: station.Goods, Price: euros(int64(10 + i))})
		contents = append(contents, pack.Content{Line: id, SKU: "STICKERS", Qty: 1})
	}
	c := declare(t, d, o, unit.Kilogram, contents...)
	p := labels.Profile{Name: "4x6-203", DPI: 203, Paper: labels.Paper4x6()}
	if _, _, err := customsPapers(c, []customs.Form{customs.CN22}, unit.Money{}, p); err == nil {
		t.Fatal("sixty lines fit on one small page")
	}
	drawn, err := New(d).drawCustoms("customs", c, store.Parcel{ID: "1-1"}, neededPapers(c, ""))
	if pages := strings.Count(string(drawn.PDF), "/Type /Page\n"); err != nil || len(drawn.Missing) != 0 || pages < 2 || drawn.On != "customs" {
		t.Errorf("on %q, %d pages, %v, %v", drawn.On, pages, drawn.Missing, err)
	}
}

// The small declaration is stuck on beside the address: it comes out of the
// label printer where that has labels, and of that for the papers where not, or
// where the goods are too many for a label.
func TestSmallDeclarationIsALabel(t *testing.T) { // L3
	d := foldertest.Shop(t)
	o := oslo()
	goods := func(n int) labels.Customs {
		o.Lines = nil
		var contents []pack.Content
		for i := range n {
			id := string(rune('A' + i))
			o.Lines = append(o.Lines, station.Line{ID: id, SKU: "STICKERS", Qty: 1, Kind: station.Goods, Price: euros(100)})
			contents = append(contents, pack.Content{Line: id, SKU: "STICKERS", Qty: 1})
		}
		return declare(t, d, o, unit.Kilogram, contents...)
	}
	for _, want := range []struct {
		page  string
		lines int
		on    string
		media string // of the first page, in points
	}{
		{"4x6", 2, "cn22", "288"}, {"a6", 2, "cn22", "297"}, {"a4", 2, "cn22", "595"}, {"4x6", 30, "customs", "595"},
	} {
		d.Settings.Printers.Label.Page = want.page
		c := goods(want.lines)
		drawn, err := New(d).drawCustoms("customs", c, store.Parcel{ID: "1-1"}, neededPapers(c, ""))
		if err != nil || drawn.On != want.on || drawn.Kind != "customs" || !strings.Contains(string(drawn.PDF), "/MediaBox [0 0 "+want.media) {
			t.Errorf("%+v: on %q, %v", want, drawn.On, err)
		}
	}
}

// The declaration comes with the label, before the parcel is closed: what the
// carrier asks stands on it already, in the currency of its rates.
func TestPostalChargesStandOnThePrintThatComesWithTheLabel(t *testing.T) { // L3
	d := foldertest.Shop(t)
	o := oslo()
	for i := range o.Lines {
		o.Lines[i].Price = unit.Money{Minor: 1900, Currency: "JPY"}
	}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	w := foldertest.NewWriter(t, d, "S1")
	w.Write(
		pack.EffectAsked{Effect: pack.Effect{ID: "S1.1.1", Kind: pack.EffectBuy, Order: "1", Parcel: "1-1", Price: euros(1490), Mass: unit.Kilogram}},
		pack.LabelKept{Parcel: "1-1", Label: pack.Label{SSCC: "095200000000000011", Tracking: "T1", Document: "d"}},
	)
	paper, err := New(d).paperwork(t.Context(), "1-1", d.Settings.Printers.For("customs"))
	if err != nil {
		t.Fatal(err)
	}
	o.Bill.Shipping = unit.Money{Minor: 700, Currency: "JPY"}
	c := declare(t, d, o, unit.Kilogram, pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1})
	for form, want := range map[customs.Form][2]string{ // what the shop pays its carrier is no freight that the buyer owes
		customs.CN23: {`"14.90 EUR"`, `"700 JPY"`}, customs.Invoice: {`"700 JPY"`, `"14.90 EUR"`},
	} {
		l, _, err := customsPapers(c, []customs.Form{form}, paper.parcel.Price, paper.profile)
		if err != nil || !strings.Contains(l.String(), want[0]) || strings.Contains(l.String(), want[1]) || !strings.Contains(l.String(), `"1900 JPY"`) {
			t.Errorf("%s: %v\n%s", form, err, l)
		}
	}
}

// Customs of the destination get the shop's numbers for it, and the way in Latin letters.
func TestADeclarationHasTheNumbersAndTheLatinFormOfItsDestination(t *testing.T) { // L3
	d := foldertest.Shop(t)
	d.Settings.Customs.Numbers = []config.CustomsNumber{{Kind: "VOEC", Number: "2021234"}, {Kind: "IOSS", Number: "IM1"}, {Kind: "VAT", Number: "NO9", Countries: []string{"NO"}, Importer: true}}
	o := oslo()
	o.To.Name, o.To.Street, o.To.City = "山田太郎", "銀座4-1-1", "中央区"
	o.To.Latin = station.Latin{Name: "Taro Yamada", Street: "4-1-1 Ginza", City: "Chuo-ku"}
	o.Lines[0].Price = unit.Money{Minor: 1900, Currency: "EUR"}
	c := declare(t, d, o, unit.Kilogram, pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1})
	if !slices.Equal(c.Numbers, []string{"VOEC 2021234"}) || !slices.Equal(c.ToNumbers, []string{"VAT NO9"}) {
		t.Errorf("numbers %v, the importer's %v", c.Numbers, c.ToNumbers)
	}
	if c.To.Name != "Taro Yamada" || c.To.Street != "4-1-1 Ginza" || !strings.Contains(c.To.Beside, "山田太郎") || c.To.Spelled {
		t.Errorf("it goes to %+v", c.To)
	}
	o.To.Latin, o.To.Name, o.To.Street, o.To.City = station.Latin{}, "Γιώργος Παπάς", "Ερμού 12", "Αθήνα"
	c = declare(t, d, o, unit.Kilogram, pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1})
	if c.To.Name != "Γιώργος Παπάς" || !c.To.Spelled || !strings.Contains(c.To.Beside, "Giorgos Papas") {
		t.Errorf("without its Latin form it goes to %+v", c.To)
	}
}

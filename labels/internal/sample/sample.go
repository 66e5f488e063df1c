// Package sample holds the documents that the tests of labels and of its
// drawers share. Nothing but tests may import it.
package sample

import (
	"fmt"
	"strings"
	"time"

	"packbench/labels"
	"packbench/station/unit"
)

// Profiles are the label printers that every document must suit.
func Profiles() []labels.Profile {
	return []labels.Profile{
		{Name: "4x6-203", DPI: 203, Paper: labels.Paper4x6()},
		{Name: "4x6-300", DPI: 300, Paper: labels.Paper4x6()},
		{Name: "A6-203", DPI: 203, Paper: labels.PaperA6()},
		{Name: "A6-300", DPI: 300, Paper: labels.PaperA6()},
	}
}

// Trace is a trace code as long as a shop with a domain has it.
const Trace = "https://trace.example/00/340123450000000017?s=QYIGOCAQ2IJMJBSXG6EZ5GS3V"

// Shop is the sender.
func Shop() labels.Address {
	return labels.Address{
		Name: "Sample Shop", Street: "Werkstraße 12", Postcode: "8010", City: "Graz", Country: "AT", Phone: "+43 316 555 0100",
	}
}

// Shipping is an ordinary label.
func Shipping() labels.Shipping {
	return labels.Shipping{
		From: Shop(),
		To: labels.Address{
			Company: "Zażółć Gęślą Sp. z o.o.", Name: "Łucja Wiśniewska-Kowalczyk", Street: "ul. Świętokrzyska 31/33 m. 12",
			Postcode: "00-049", City: "Warszawa", Country: "PL", Phone: "+48 22 555 0199",
		},
		Carrier: "Demo Express", Service: "Next Day 12:00", Banner: "E", Routing: "WAW-049",
		Tracking: "DX0000000000420", SSCC: "340123450000000017", Trace: Trace,
		Order: "1042", Parcel: "1042-1", PieceN: 1, PieceOf: 2, Mass: 1234 * unit.Gram,
		Date: time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC), Sample: true, References: []string{"PO 4711-2026", "Dept. Kitchen"},
	}
}

// Nasty returns labels by name that have broken label programs before.
func Nasty() map[string]labels.Shipping {
	all := map[string]labels.Shipping{"ordinary": Shipping()}
	add := func(name string, change func(s *labels.Shipping)) {
		s := Shipping()
		change(&s)
		all[name] = s
	}
	add("bare", func(s *labels.Shipping) { *s = labels.Shipping{To: labels.Address{Name: "B"}, SSCC: s.SSCC} })
	add("no codes", func(s *labels.Shipping) { s.SSCC, s.Tracking, s.Trace = "", "", "" })
	add("long everything", func(s *labels.Shipping) {
		long := strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 14) // 500 characters
		s.To = labels.Address{Name: long, Company: long, Street: long, Street2: long, City: long, Region: long, Postcode: long, Country: "PL", Phone: long}
		s.From = s.To
		s.Service, s.Carrier, s.Banner, s.Routing, s.Order, s.Parcel = long, long, "EXPRESSER", long, long, long
		s.References = []string{long, long}
		s.Reprint = 12
	})
	add("one word of 500", func(s *labels.Shipping) {
		word := strings.Repeat("W", 500)
		s.To.Name, s.To.Street, s.Routing, s.Service = word, word, word, word
	})
	add("what no font has", func(s *labels.Shipping) {
		s.To.Name = "Name 🎁 \U00020BB7野 राम"
		s.To.Street = "a\x00b\tc\u200bd\ufefe\xff" + "e\u0301"
	})
	add("long tracking", func(s *labels.Shipping) { s.Tracking = "96110209876543123456720000000000" })
	add("short trace", func(s *labels.Shipping) { s.Trace = "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V" })
	add("long trace", func(s *labels.Shipping) {
		s.Trace = "https://" + strings.Repeat("a", 30) + ".example/00/340123450000000017?s=QYIGOCAQ2IJMJBSXG6EZ5GS3V"
	})
	scripts(add)
	return all
}

// scripts adds labels in the scripts that the fonts hold besides Latin.
func scripts(add func(name string, change func(s *labels.Shipping))) {
	add("japanese", func(s *labels.Shipping) {
		s.To = labels.Address{Name: "山田 花子", Company: "株式会社サンプル", Street: "千代田1-1-1 サンプルビル8階", City: "千代田区", Region: "東京都", Postcode: "100-0001", Country: "JP"}
	})
	add("japanese 500", func(s *labels.Shipping) {
		s.To.Name, s.To.Street = strings.Repeat("山田、花子。", 84), strings.Repeat("サンプル（東京）", 63)
		s.To.Country = "JP"
	})
	add("hebrew", func(s *labels.Shipping) {
		s.To = labels.Address{Name: "שרה כהן", Street: "רחוב הרצל 12-5", City: "תל אביב", Postcode: "6688101", Country: "IL"}
	})
	add("arabic", func(s *labels.Shipping) {
		s.To = labels.Address{Name: "فاطمة الزهراء", Company: "شركة الأمل للتجارة (فرع 2)", Street: "شارع الملك فهد 12-5", City: "الرياض", Postcode: "11564", Country: "SA"}
	})
	add("georgian and armenian", func(s *labels.Shipping) {
		s.To = labels.Address{Name: "ნინო ბერიძე", Company: "Արամ Պետրոսյան", Street: "რუსთაველის 12 ★", City: "თბილისი", Postcode: "0108", Country: "GE"}
	})
	add("cyrillic and greek", func(s *labels.Shipping) {
		s.To = labels.Address{Name: "Їжакевич Олена", Company: "Ελληνικά Ανώνυμη", Street: "вул. Хрещатик, 22", City: "Київ", Postcode: "01001", Country: "UA"}
	})
	add("korean", func(s *labels.Shipping) {
		s.To = labels.Address{
			Name: "김민수", Company: "㈜한빛상사 뷁힣", Street: "테헤란로 123, 한빛빌딩 8층 801호", City: "강남구", Region: "서울특별시", Postcode: "06133", Country: "KR",
		}
	})
	add("thai", func(s *labels.Shipping) {
		s.To = labels.Address{
			Name: "สมชาย ที่รัก", Company: "บริษัท น้ำผึ้งป่าไม้ จำกัด (มหาชน)", Street: "99/๑๒ ถนนสุขุมวิท ซอยปู่ฟ้า แขวงคลองเตยเหนือ", Street2: "หมู่บ้านกตัญญู เขตวัฒนา",
			City: "กรุงเทพฯ", Postcode: "10110", Country: "TH",
		}
	})
	add("thai 500", func(s *labels.Shipping) {
		s.To.Name, s.To.Street = strings.Repeat("เพื่อนที่น้ำใจดี", 31), strings.Repeat("ปี่ฟื้น กตัญญู ", 33)
	})
}

// Slip is a packing slip with n lines.
func Slip(n int) labels.Slip {
	s := Shipping()
	slip := labels.Slip{
		From: s.From, To: s.To, Order: s.Order, Parcel: s.Parcel, PieceN: 1, PieceOf: 2, Date: s.Date, Trace: s.Trace,
		Carrier: s.Carrier, Tracking: s.Tracking, Email: "help@shop.example",
		Message: "Thank you for your order. If anything is missing, write to us with the number above.",
	}
	for i := range n {
		line := labels.SlipLine{SKU: fmt.Sprintf("MUG-%03d", i), Name: "Mug, white, 0.3 l, dishwasher-proof, in a gift box", Ordered: 3, Packed: 3}
		line.Price, line.Each = unit.Money{Minor: 3870, Currency: "EUR"}, unit.Money{Minor: 1290, Currency: "EUR"}
		if i%3 == 1 {
			line.Packed, line.Note, line.Price.Minor = 1, "2 follow separately", 1290
		}
		slip.Total = unit.Money{Minor: slip.Total.Minor + line.Price.Minor, Currency: "EUR"}
		if i%7 == 2 {
			line.Name = strings.Repeat("Kerze Feige Φως 蝋燭 ", 30)
		}
		slip.Lines = append(slip.Lines, line)
	}
	return slip
}

// Inside is the slip in the box.
func Inside() labels.Inside {
	s := Shipping()
	return labels.Inside{From: s.From, Order: s.Order, Parcel: s.Parcel, PieceN: 1, PieceOf: 2, Date: s.Date, SSCC: s.SSCC, Trace: s.Trace, Units: 4}
}

// Commands is a sheet of cards.
func Commands() labels.Sheet {
	s := labels.Sheet{Title: "Commands", Hint: "Scan a card instead of pressing its key."}
	for _, c := range []string{"undo", "remove", "park", "cancel", "weigh", "next-order", "next-parcel", "sign-out"} {
		s.Cards = append(s.Cards, labels.Card{Group: "Order", Title: c, Note: "as the button says", Code: "PB:command:" + c})
	}
	for i := range 12 {
		s.Cards = append(s.Cards, labels.Card{Group: "Quantity", Title: fmt.Sprint(i + 1), Code: fmt.Sprintf("PB:quantity:%d", i+1)})
	}
	return s
}

// Calibration is a sheet whose cards are of every kind and as long as a
// scanner's calibration needs them.
func Calibration() labels.Sheet {
	card := func(mark, title, symbology, code string) labels.Card {
		return labels.Card{Mark: mark, Title: title, Symbology: symbology, Code: code}
	}
	return labels.Sheet{Title: "Scanner calibration", Hint: "Scan every line, in any order.", Cards: []labels.Card{
		card("1", "Start", "code128", "PBCAL1X3579246810"),
		card("2", "Capital and small letters", "code128", "PBCAL2AaBbDdQqWwXxYyZzMm"),
		card("3", "Signs that keyboards confuse", "code128", "PBCAL3]-/:_yzYZ0123456789"),
		card("4", "More signs", "", "PBCAL4!\"#$%&'()*+,"),
		card("5", "Still more signs", "code128", "PBCAL5.;<=>?@[\\^`{|}~ Z"),
		card("6", "GS1 code: a lot and a serial number", "gs1-128", "10PBCAL6\x1d21S77"),
		card("7", "Long code (QR)", "qr",
			"https://id.gs1.org/01/09506000134352/10/PBCAL7/21/aB3dE6gH9jK2mN5pQ8?17=301231&15=301130&4308=packing-bench_Nr:7"),
	}}
}

// Return is a return label.
func Return() labels.Return {
	s := Shipping()
	dock := Shop()
	dock.Street2 = "Returns, dock 3"
	return labels.Return{
		From: s.To, To: dock, RMA: "RMA-2026-00417", Order: s.Order, ReturnBy: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC),
		Carrier: s.Carrier, Service: "Return parcel", Tracking: "RX0000000000018", Code: Trace, Units: 2, Mass: 812 * unit.Gram,
		Made: s.Date, Sample: true,
	}
}

// Manifest is a manifest of n parcels.
func Manifest(n int) labels.Manifest {
	m := labels.Manifest{
		Number: "M-20261122-01", Carrier: "Demo Express", Lane: "Dock 2", From: Shop(), Driver: "Łucja Κυριακού",
		Vehicle: "G 123 AB", At: time.Date(2026, 11, 22, 17, 5, 0, 0, time.UTC), Sample: true,
	}
	places := []string{"PL 00-049", "DE 10117", "JP 100-0001", "GB SW1A 1AA", "AT 8010"}
	services := []string{"Next Day 12:00", "Economy", "International Priority Tracked and Signed"}
	for i := range n {
		country, postcode, _ := strings.Cut(places[i%len(places)], " ")
		m.Rows = append(m.Rows, labels.ManifestRow{
			Tracking: fmt.Sprintf("DX%013d", 420+i), SSCC: fmt.Sprintf("3401234500000%05d", i), Service: services[i%len(services)],
			Country: country, Postcode: postcode, Mass: unit.Mass(300+137*i) * unit.Gram,
		})
	}
	return m
}

// Customs are the customs papers of a parcel with n lines of goods.
func Customs(n int) labels.Customs {
	s := Shipping()
	c := labels.Customs{
		Number: "RB123456785GB", Invoice: "INV-2026-1042", Order: s.Order, From: Shop(), FromTax: "ATEOS1000000000",
		To: labels.Address{
			Name: "Hanako Yamada", Company: "Sample K.K.", Street: "1-1-1 Chiyoda", Postcode: "100-0001", City: "Chiyoda-ku", Region: "Tokyo",
			Country: "JP", Phone: "+81 3 5550 0199", Email: "hanako@example.jp",
		},
		Operator: "Demo Post", SignerTitle: "Export manager", Freight: unit.Money{Minor: 490, Currency: "EUR"},
		Reason: labels.ReasonSale, Terms: "DAP", Postage: unit.Money{Minor: 1890, Currency: "EUR"}, Date: s.Date, Signer: "Sample Shop",
		Comments: "No goods subject to quarantine.", Sample: true, Gross: 220 * unit.Gram,
	}
	for i := range n {
		line := labels.CustomsLine{
			SKU: fmt.Sprintf("MUG-%03d", i), Description: "Mug of white porcelain, 0.3 l", HSCode: "6911.10", Origin: "PT", Qty: 1 + i%3,
			Net: unit.Mass(1+i%3) * 310 * unit.Gram, Value: unit.Money{Minor: int64(1+i%3) * 1290, Currency: "EUR"},
		}
		if i%4 == 1 {
			line = labels.CustomsLine{
				SKU: "CAND-1", Description: "Scented candle of soy wax with a cotton wick, fig", HSCode: "3406 00 00", Origin: "at", Qty: 3,
				Net: 605 * unit.Gram, Value: unit.Money{Minor: 2000, Currency: "EUR"},
			}
		}
		c.Lines = append(c.Lines, line)
		c.Gross += line.Net
	}
	return c
}

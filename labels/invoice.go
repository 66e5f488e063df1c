package labels

import (
	"slices"
	"strconv"
	"strings"

	"packbench/station/unit"
)

// goodsColumns are the columns of what is in the parcel. Narrow paper has no room for unit
// prices beside all else: there the tariff number and the origin stand below the
// description.
type goodsColumns struct{ no, description, qty, net, each, value, hs, origin column }

func (l *customsLayout) goodsColumns(prices bool) (c goodsColumns, order []column) {
	currency := l.d.Value().Currency
	c = goodsColumns{
		no: column{title: "No.", wide: 90, align: Right}, description: column{title: "Detailed description"}, qty: column{title: "Qty", wide: 110, align: Right},
		net: column{title: "Net kg", wide: 150, align: Right}, each: column{title: "Each " + currency, wide: 190, align: Right},
		value: column{title: "Value " + currency, wide: 190, align: Right}, hs: column{title: "HS code", wide: 230, apart: 40}, origin: column{title: "Origin", wide: 140},
	}
	narrow := !l.sheet()
	if narrow {
		c.description.title = "Description"
		c.no.wide, c.qty.wide, c.net.wide, c.each.wide, c.value.wide, c.hs.wide, c.origin.wide = 60, 75, 110, 130, 130, 150, 95
	}
	if !prices {
		c.description.title = "Detailed description of contents / Description détaillée du contenu"
		c.qty.title, c.net.title, c.value.title = "Quantity / Quantité", "Net weight / Poids net kg", "Value / Valeur "+currency
		c.hs.title, c.origin.title = "HS tariff no. / N° tarifaire du SH", "Origin / Origine"
		if narrow {
			c.qty.title, c.description.title = "Qty / Qté", "Contents, in detail / Contenu, en détail"
		}
		return c, []column{c.no, c.description, c.qty, c.net, c.value, c.hs, c.origin}
	}
	order = []column{c.no, c.description, c.qty, c.net, c.each, c.value}
	if !narrow {
		order = append(order, c.hs, c.origin)
	}
	return c, order
}

// goods is the table of what is in the parcel; an invoice has unit prices too. On a page
// that follows, its first row is the sum of what stands before.
func (l *customsLayout) goods(prices bool) {
	narrow := !l.sheet()
	t := table{flow: l.flow, body: sans(28).fixed(), small: !prices}
	if narrow {
		t.body = sans(24).fixed()
	}
	is, order := l.goodsColumns(prices)
	t.columns = order
	row := func(cells map[string][]string) (out [][]string) {
		for _, c := range order {
			out = append(out, cells[c.title])
		}
		return out
	}
	sums := func(words string, n int) [][]string {
		part := Customs{Lines: l.d.Lines[:n]}
		units := 0
		for _, line := range part.Lines {
			units += line.Qty
		}
		worth := part.Value()
		worth.Currency = l.d.Value().Currency
		return row(map[string][]string{
			is.description.title: one(words), is.qty.title: one(strconv.Itoa(units)), is.net.title: one(kilograms(part.net())), is.value.title: one(worth.Decimal()),
		})
	}
	said := 0
	t.carry = func() [][]string { return sums("Carried forward / Report", said) }
	t.heads()
	for i, line := range l.d.Lines {
		code, from := tariff(line.HSCode), strings.ToUpper(line.Origin)
		words, pieces := one(line.Description), strconv.Itoa(line.Qty)
		if prices && narrow {
			words = append(words, "HS "+code+" · origin "+from)
		}
		if prices && !narrow {
			pieces += " pcs"
		}
		t.row("goods", row(map[string][]string{
			is.no.title: one(strconv.Itoa(i + 1)), is.description.title: words, is.qty.title: one(pieces), is.net.title: one(kilograms(line.Net)),
			is.each.title: one(line.each()), is.value.title: one(line.Value.Decimal()), is.hs.title: one(code), is.origin.title: one(from),
		})...)
		said = i + 1
	}
	t.body.font = bold(24).font
	t.row("total", sums("Total", said)...)
}

// each returns the price of one unit; "" where it is no whole minor unit, since
// a rounded price would not add up to the line.
func (line CustomsLine) each() string {
	if line.Value.Minor%int64(line.Qty) != 0 {
		return ""
	}
	price := line.Value
	price.Minor /= int64(line.Qty)
	return price.Decimal()
}

var reasonWords = map[Reason]string{
	ReasonSale: "Sale of goods", ReasonGift: "Gift, not for resale", ReasonSample: "Commercial sample, not for resale",
	ReasonReturn: "Returned goods", ReasonDocuments: "Documents",
}

func (l *customsLayout) invoice() error {
	if strings.TrimSpace(l.d.Invoice) == "" {
		return &GapsError{[]Gap{{Field: "invoice number", Why: "is missing"}}}
	}
	if err := l.head("COMMERCIAL INVOICE", "", ""); err != nil {
		return err
	}
	l.strip(
		cell{caption: "Invoice no.", style: bold(30), texts: one(l.d.Invoice)},
		cell{caption: "Date", style: bold(30), texts: one(l.day(l.d.Date))},
		cell{caption: "Order", style: bold(30), texts: one(l.d.Order)},
		cell{caption: "Air waybill / tracking no.", style: bold(30).down(20), texts: one(first(l.d.Number, "-"))},
	)
	l.parties("Seller and shipper", "Buyer and consignee")
	l.strip(
		cell{caption: "Contact of the shipper", style: sans(26), lines: 2, whose: "sender's ", joined: true, address: l.d.From.contact(l.d.Signer)},
		cell{caption: "Contact of the consignee", style: sans(26), lines: 2, whose: "recipient's ", joined: true, address: l.d.To.contact("")},
	)
	l.strip(
		cell{caption: "Reason for export", share: 2, style: sans(28), lines: 2, texts: one(first(reasonWords[l.d.Reason], l.d.Explanation))},
		cell{caption: "Terms of delivery", style: sans(28), lines: 2, texts: one(first(l.terms(), l.byHand()))},
		cell{caption: "Country of destination", share: 2, style: sans(28), lines: 2, texts: one(l.d.To.country())},
	)
	l.gap(12)
	l.goods(true)
	l.sums()
	if l.d.Comments != "" {
		l.strip(cell{caption: "Comments", style: sans(26), lines: 4, texts: one(l.d.Comments)})
	}
	if l.d.Origin != "" {
		l.strip(cell{caption: "Statement of origin", style: sans(26), lines: 6, texts: one(l.d.Origin)})
	}
	l.sign("I declare that the particulars on this invoice are true and complete.", "Date and signature")
	return nil
}

// contact is whom to ask, and how; who signs for a company without a name.
func (a Address) contact(signer string) []addressLine {
	who := linesOf(theName, a.Name)
	if len(who) == 0 {
		who = linesOf(theCompany, first(signer, a.Company))
	}
	return slices.Concat(who, linesOf("phone", a.Phone), linesOf("e-mail", a.Email))
}

// terms are those of delivery with the place that they name: the sender's where the buyer
// fetches the goods there, else the recipient's.
func (l *customsLayout) terms() string {
	terms := strings.TrimSpace(l.d.Terms)
	if terms == "" || strings.Contains(terms, " ") { // the place is there already
		return terms
	}
	at := l.d.To
	if slices.Contains([]string{"EXW", "FCA", "FAS", "FOB"}, strings.ToUpper(terms)) {
		at = l.d.From
	}
	return terms + " " + first(l.d.Place, join(", ", at.town(), at.country())) + " (Incoterms 2020)"
}

// sums are what the goods cost, what the buyer paid for their way, and both; the freight
// that the shop pays its carrier is none of the buyer's.
func (l *customsLayout) sums() {
	total, subtotal := l.d.Value(), l.d.Value()
	freight := l.d.Freight.Currency == total.Currency && l.d.Freight.Currency != ""
	if freight {
		total = unit.Money{Minor: total.Minor + l.d.Freight.Minor, Currency: total.Currency}
	}
	cells := []cell{{caption: "Invoice total", style: bold(30), texts: one(total.String())}, {caption: "Gross weight, 1 parcel", style: bold(30), texts: one(l.d.Gross.String())}}
	if freight {
		cells = append([]cell{
			{caption: "Subtotal, goods", style: sans(28), texts: one(subtotal.String())},
			{caption: "Freight, paid by the buyer", style: sans(28), texts: one(l.d.Freight.String())},
		}, cells...)
	}
	l.strip(cells...)
}

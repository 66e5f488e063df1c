package labels

import (
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"
)

// CN22 lays out the small declaration of the Universal Postal Union, for a
// parcel of the letter post worth up to 300 SDR; whoever calls it knows that.
// It is one page: an error says where the goods need a CN23.
func CN22(d Customs, p Profile) (Layout, []Missing, error) {
	return customsPaper("CN22", d, p, (*customsLayout).cn22)
}

// CN23 lays out the full declaration on as many pages as it takes.
func CN23(d Customs, p Profile) (Layout, []Missing, error) {
	return customsPaper("CN23", d, p, (*customsLayout).cn23)
}

// CommercialInvoice lays out the invoice that goes with a CN23 or a courier's
// parcel, on as many pages as it takes.
func CommercialInvoice(d Customs, p Profile) (Layout, []Missing, error) {
	return customsPaper("Commercial invoice", d, p, (*customsLayout).invoice)
}

func customsPaper(kind string, d Customs, p Profile, draw func(*customsLayout) error) (Layout, []Missing, error) {
	if err := d.Check(); err != nil {
		return Layout{}, nil, err
	}
	p.Words = nil // English, and French on the forms: what every customs office reads
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("%s: %w", kind, err)
	}
	l := &customsLayout{flow: newFlow(c), d: d}
	if err := draw(l); err != nil {
		return Layout{}, nil, fmt.Errorf("%s of order %s: %w", kind, d.Order, err)
	}
	c.footers(join(" · ", kind, "Order "+d.Order, d.Number, c.reprint(d.Reprint)))
	out := c.layout(join(" ", kind, first(d.Number, d.Order)))
	out.Made = d.Date
	return out, c.missing, nil
}

type customsLayout struct {
	*flow
	d Customs
}

// head is the form's name and number, with the parcel's number as a bar code.
func (l *customsLayout) head(title, french, form string) error {
	var code image.Rectangle
	if l.d.Number != "" {
		var err error
		if code, err = l.number(l.d.Number); err != nil {
			return err
		}
	}
	top := l.room
	if !code.Empty() {
		l.room.Max.X = code.Min.X - l.mm(30)
	}
	l.put(bold(46).down(24), 1, "title", join(" · ", form, title))
	if french != "" {
		l.put(sans(24).down(17), 2, "title", french+" · May be opened officially / Peut être ouvert d'office")
	}
	if l.d.Sample {
		l.put(bold(26), 1, "title", "SAMPLE – NOT FOR CUSTOMS")
	}
	if l.d.Reprint > 0 {
		l.put(bold(26), 1, "title", l.reprint(l.d.Reprint))
	}
	l.room = image.Rect(top.Min.X, max(l.room.Min.Y, code.Max.Y)+l.mm(10), top.Max.X, top.Max.Y)
	l.across(4)
	return nil
}

// parties are the sender and the recipient beside each other. What a customs
// office asks the sender for has a line to write on where it is not known.
func (l *customsLayout) parties(from, to string) {
	nowhere := Address{} // both countries are printed
	sender := append(l.d.From.parts(nowhere), addressLine{"phone", first(l.d.From.Phone, "Phone "+l.byHand())})
	sender = append(sender, addressLine{"tax ID", "Tax ID " + first(l.d.FromTax, l.byHand())})
	recipient := slices.Concat(l.d.To.parts(nowhere), linesOf("other letters", l.d.To.beside()), linesOf("phone", l.d.To.Phone), linesOf("e-mail", l.d.To.Email))
	if l.d.ToTax != "" {
		recipient = append(recipient, addressLine{"tax ID", "Tax ID " + l.d.ToTax})
	}
	l.strip(
		cell{caption: from, style: sans(28), lines: 10, address: sender, whose: "sender's "},
		cell{caption: to, style: sans(28), lines: 10, address: recipient, whose: "recipient's "},
	)
}

// byHand is a line to write on, as wide as the narrowest field.
func (l *customsLayout) byHand() string {
	if l.sheet() {
		return strings.Repeat(".", 42)
	}
	return strings.Repeat(".", 20)
}

// ticks are the reasons, with a cross in the box of the one that holds.
func (l *customsLayout) ticks(columns int) {
	side := lineHeight(l.mm(24)) + 2*l.mm(2)
	step := side + l.mm(8)
	all := []struct {
		reason Reason
		words  string
	}{
		{ReasonGift, "Gift / Cadeau"},
		{ReasonDocuments, "Documents"},
		{ReasonSale, "Sale of goods / Vente de marchandises"},
		{ReasonSample, "Commercial sample / Échantillon commercial"},
		{ReasonReturn, "Returned goods / Retour de marchandise"},
		{ReasonOther, join(": ", "Other / Autre", l.d.Explanation)},
	}
	if l.d.Reason != ReasonOther {
		all[5].words = "Other / Autre"
	}
	rows := (len(all) + columns - 1) / columns
	l.need(rows*step + l.mm(10))
	l.gap(10)
	wide := l.room.Dx() / columns
	for i, tick := range all {
		left, top := l.room.Min.X+i/rows*wide, l.room.Min.Y+i%rows*step
		box := image.Rect(left, top, left+side, top+side)
		l.frame(box, l.mm(2))
		if tick.reason == l.d.Reason {
			l.canvas.line(box.Inset(l.mm(2)), bold(24).within(), "reason", "X")
		}
		words := image.Rect(box.Max.X+l.mm(12), top+l.mm(2), left+wide-l.mm(10), top+side)
		l.canvas.line(words, sans(24), "reason", tick.words)
	}
	l.room.Min.Y += rows*step + l.mm(4)
	l.across(2)
}

const certified = "I certify that the particulars in this declaration are correct, and that this parcel holds no dangerous article " +
	"and none that the law, the post or the customs prohibit."

func (l *customsLayout) sign(words string) {
	l.gap(10)
	l.need(l.tall(l.room.Dx(), sans(24), words) + l.mm(8) + l.signatureHeight())
	l.put(sans(24), 6, "form", words)
	l.signature(handLine{"signature", join(", ", "Date and signature: "+l.day(l.d.Date), l.d.Signer)})
}

func (l *customsLayout) cn22() error {
	if err := l.head("CUSTOMS DECLARATION", "Déclaration en douane", "CN 22"); err != nil {
		return err
	}
	l.ticks(2)
	l.gap(8)
	t := table{flow: l.flow, body: sans(24).fixed(), columns: []column{
		{title: "Quantity and description"},
		{title: "Net kg", wide: 105, align: Right},
		{title: "Value " + l.d.Value().Currency, wide: 130, align: Right},
		{title: "HS code", wide: 155, apart: 20},
		{title: "Origin", wide: 90},
	}}
	t.heads()
	for _, line := range l.d.Lines {
		t.row("goods", one(fmt.Sprintf("%d × %s", line.Qty, line.Description)), one(kilograms(line.Net)),
			one(line.Value.Decimal()), one(tariff(line.HSCode)), one(strings.ToUpper(line.Origin)))
	}
	t.body = bold(24).fixed()
	t.row("total", one("Total weight (gross) and value"), one(kilograms(l.d.Gross)), one(l.d.Value().Decimal()), one(""), one(""))
	l.putRun(sans(22), 3, "sender's ", "Sender: %s", l.d.From.parts(Address{}))
	l.sign(certified)
	if len(l.pages) > 1 {
		return fmt.Errorf("%d lines of goods do not fit on one page of %s paper: use a CN23", len(l.d.Lines), l.Paper.Name)
	}
	return nil
}

func (l *customsLayout) cn23() error {
	if err := l.head("CUSTOMS DECLARATION", "Déclaration en douane", "CN 23"); err != nil {
		return err
	}
	l.parties("Sender / Expéditeur", "Addressee / Destinataire")
	l.gap(12)
	l.goods(false)
	l.strip(
		cell{caption: "Total gross weight / Poids brut total", style: bold(30), texts: one(l.d.Gross.String())},
		cell{caption: "Total value / Valeur totale", style: bold(30), texts: one(l.d.Value().String())},
		cell{caption: "Postal charges / Frais de port", style: sans(28), texts: one(first(l.postage(), l.byHand()))},
	)
	l.ticks(2)
	l.strip(
		cell{caption: "Invoice no. / Facture", style: sans(28), texts: one(l.d.Invoice)},
		cell{caption: "Comments, licences, certificates / Observations", share: 2, style: sans(26), lines: 3, texts: one(l.d.Comments)},
	)
	l.sign(certified)
	return nil
}

func (l *customsLayout) postage() string {
	if l.d.Postage.Currency == "" {
		return ""
	}
	return l.d.Postage.String()
}

// goods is the table of what is in the parcel; an invoice has unit prices too.
// Narrow paper has no room for those beside all else: there the tariff number
// and the origin stand below the description.
func (l *customsLayout) goods(prices bool) {
	t := table{flow: l.flow, body: sans(28).fixed()}
	currency := l.d.Value().Currency
	no, description, qty := column{title: "No.", wide: 90, align: Right}, column{title: "Detailed description"}, column{title: "Qty", wide: 100, align: Right}
	net, each, value := column{title: "Net kg", wide: 150, align: Right}, column{title: "Each " + currency, wide: 190, align: Right}, column{title: "Value " + currency, wide: 190, align: Right}
	hs, origin := column{title: "HS code", wide: 230, apart: 40}, column{title: "Origin", wide: 130}
	narrow := !l.sheet()
	if narrow {
		t.body = sans(24).fixed()
		description.title = "Description"
		no.wide, qty.wide, net.wide, each.wide, value.wide, hs.wide, origin.wide = 60, 70, 110, 130, 130, 150, 90
	}
	order := []column{no, description, qty, net, value, hs, origin}
	switch {
	case prices && narrow:
		order = []column{no, description, qty, net, each, value}
	case prices:
		order = []column{no, description, qty, net, each, value, hs, origin}
	}
	t.columns = order
	t.heads()
	set := func(field string, cells map[string][]string) {
		var row [][]string
		for _, c := range order {
			row = append(row, cells[c.title])
		}
		t.row(field, row...)
	}
	units := 0
	for i, line := range l.d.Lines {
		units += line.Qty
		code, from := tariff(line.HSCode), strings.ToUpper(line.Origin)
		words := one(line.Description)
		if prices && narrow {
			words = append(words, "HS "+code+" · origin "+from)
		}
		set("goods", map[string][]string{
			no.title: one(strconv.Itoa(i + 1)), description.title: words, qty.title: one(strconv.Itoa(line.Qty)), net.title: one(kilograms(line.Net)),
			each.title: one(line.each()), value.title: one(line.Value.Decimal()), hs.title: one(code), origin.title: one(from),
		})
	}
	t.body.font = bold(24).font
	set("total", map[string][]string{
		description.title: one("Total"), qty.title: one(strconv.Itoa(units)), net.title: one(kilograms(l.d.net())), value.title: one(l.d.Value().Decimal()),
	})
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
	)
	l.parties("Seller and shipper", "Buyer and consignee")
	l.strip(
		cell{caption: "Reason for export", share: 2, style: sans(28), lines: 2, texts: one(first(reasonWords[l.d.Reason], l.d.Explanation))},
		cell{caption: "Terms of delivery", style: sans(28), lines: 2, texts: one(first(strings.TrimSpace(l.d.Terms), l.byHand()))},
		cell{caption: "Country of destination", share: 2, style: sans(28), lines: 2, texts: one(l.d.To.country())},
	)
	l.gap(12)
	l.goods(true)
	sums := []cell{
		{caption: "Total value of the goods", style: bold(30), texts: one(l.d.Value().String())},
		{caption: "Gross weight, 1 parcel", style: bold(30), texts: one(l.d.Gross.String())},
	}
	if freight := l.postage(); freight != "" { // an empty field looks like one that was forgotten
		sums = slices.Insert(sums, 1, cell{caption: "Freight, paid by the sender", style: sans(28), texts: one(freight)})
	}
	l.strip(sums...)
	if l.d.Comments != "" {
		l.strip(cell{caption: "Comments", style: sans(26), lines: 4, texts: one(l.d.Comments)})
	}
	l.sign("I declare that the particulars on this invoice are true and complete.")
	return nil
}

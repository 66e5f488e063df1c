package labels

import (
	"fmt"
	"image"
	"slices"
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
	out, missing, err := customsPaper("Commercial invoice", d, p, (*customsLayout).invoice)
	out.Pages = slices.Repeat(out.Pages, max(d.Copies, 1))
	return out, missing, err
}

func customsPaper(kind string, d Customs, p Profile, draw func(*customsLayout) error) (Layout, []Missing, error) {
	if err := d.Check(); err != nil {
		return Layout{}, nil, err
	}
	p.American = false
	p.Words = nil // English, and French on the forms: what every customs office reads
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("%s: %w", kind, err)
	}
	l := &customsLayout{flow: newFlow(c), d: d}
	l.again = func() { l.follows(kind) }
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

// mayBeOpened stands on every declaration of the postal union.
const mayBeOpened = "Important! · May be opened officially / Peut être ouvert d'office"

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
		l.put(sans(24).down(17), 1, "title", french)
		l.put(sans(22).down(17), 2, "title", mayBeOpened)
		l.put(sans(24).down(17), 1, "operator", join(" ", "Designated operator / Opérateur désigné:", l.d.Operator))
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

// follows is the head of a page that follows: whoever finds it alone knows what it
// belongs to.
func (l *customsLayout) follows(kind string) {
	l.put(bold(32).down(24), 1, "title", join(" · ", strings.ToUpper(kind), l.d.Number, "continued / suite"))
	if l.d.Sample {
		l.put(bold(26), 1, "title", "SAMPLE – NOT FOR CUSTOMS")
	}
	l.put(sans(24).down(17), 1, "order", join(" · ", "Invoice no. "+l.d.Invoice, "Order "+l.d.Order, l.day(l.d.Date)))
	l.putRun(sans(22).down(17), 2, "sender's ", "From / De: %s", l.d.From.parts(Address{}))
	l.putRun(sans(22).down(17), 2, "recipient's ", "To / À: %s", l.d.To.parts(Address{}))
	l.gap(6)
	l.across(4)
	l.gap(6)
}

// parties are the sender and the recipient beside each other. What a customs
// office asks the sender for has a line to write on where it is not known.
func (l *customsLayout) parties(from, to string) {
	nowhere := Address{} // both countries are printed
	sender := append(l.d.From.parts(nowhere), addressLine{"phone", first(l.d.From.Phone, "Phone "+l.byHand())})
	sender = append(sender, linesOf("e-mail", l.d.From.Email)...)
	if len(l.d.Numbers) > 0 {
		sender = append(sender, linesOf("tax ID", l.d.Numbers...)...)
	} else {
		sender = append(sender, addressLine{"tax ID", "Tax ID " + first(l.d.FromTax, l.byHand())})
	}
	recipient := slices.Concat(l.d.To.parts(nowhere), linesOf("other letters", l.d.To.beside()), linesOf("phone", l.d.To.Phone), linesOf("e-mail", l.d.To.Email))
	recipient = append(recipient, linesOf("tax ID", l.d.ToNumbers...)...)
	l.strip(
		cell{caption: from, style: sans(28), lines: 12, address: sender, whose: "sender's "},
		cell{caption: to, style: sans(28), lines: 12, address: recipient, whose: "recipient's "},
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
		{ReasonOther, join(": ", "Other (please specify) / Autre (veuillez préciser)", l.d.Explanation)},
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

// What the sender of a declaration signs, in the words of the postal union's forms.
const (
	certified22 = "I, the undersigned, whose name and address are given on the item, certify that the particulars given in this declaration are correct and that " +
		"this item does not contain any dangerous article or articles prohibited by legislation or by postal or customs regulations. / " +
		"Je, soussigné, dont le nom et l'adresse figurent sur l'envoi, certifie que les renseignements donnés dans la présente déclaration sont exacts et que " +
		"cet envoi ne contient aucun objet dangereux ou interdit par la législation ou la réglementation postale ou douanière."
	certified23 = "I certify that the particulars given in this customs declaration are correct and that this item does not contain any dangerous article or " +
		"articles prohibited by legislation or by postal or customs regulations. / " +
		"Je certifie que les renseignements donnés dans la présente déclaration en douane sont exacts et que cet envoi ne contient aucun objet dangereux ou " +
		"interdit par la législation ou la réglementation postale ou douanière."
)

func (l *customsLayout) sign(words, below string) {
	l.gap(10)
	style := sans(22).down(17)
	if l.sheet() {
		style = sans(24)
	}
	l.need(l.tall(l.room.Dx(), style.fixed(), words) + l.mm(8) + l.signatureHeight())
	l.put(style, 8, "form", words)
	l.signature(handLine{"signature", join(", ", below+": "+l.day(l.d.Date), l.d.Signer, l.d.SignerTitle)})
}

const dateAndSignature = "Date and sender's signature / Date et signature de l'expéditeur"

func (l *customsLayout) cn22() error {
	if err := l.head("CUSTOMS DECLARATION", "DÉCLARATION EN DOUANE", "CN 22"); err != nil {
		return err
	}
	l.ticks(2)
	l.gap(8)
	t := table{flow: l.flow, small: true, body: sans(24).fixed(), columns: []column{
		{title: "Quantity and detailed description of contents / Quantité et description détaillée du contenu"},
		{title: "Net weight / Poids net kg", wide: 125, align: Right},
		{title: "Value / Valeur " + l.d.Value().Currency, wide: 130, align: Right},
		{title: "HS tariff no. / N° tarifaire", wide: 150, apart: 20},
		{title: "Origin / Origine", wide: 90},
	}}
	t.heads()
	for _, line := range l.d.Lines {
		t.row("goods", one(fmt.Sprintf("%d × %s", line.Qty, line.Description)), one(kilograms(line.Net)),
			one(line.Value.Decimal()), one(tariff(line.HSCode)), one(strings.ToUpper(line.Origin)))
	}
	t.body = bold(24).fixed()
	t.row("total", one("Total weight, value / Poids, valeur totale"), one(kilograms(l.d.Gross)), one(l.d.Value().Decimal()), one(""), one(""))
	l.putRun(sans(22), 3, "sender's ", "From / De: %s", l.d.From.parts(Address{}))
	if len(l.d.Numbers) > 0 {
		l.put(sans(22), 2, "tax ID", join(" · ", l.d.Numbers...))
	}
	l.sign(certified22, dateAndSignature)
	if len(l.pages) > 1 {
		return fmt.Errorf("%d lines of goods do not fit on one page of %s paper: use a CN23", len(l.d.Lines), l.Paper.Name)
	}
	return nil
}

func (l *customsLayout) cn23() error {
	if err := l.head("CUSTOMS DECLARATION", "DÉCLARATION EN DOUANE", "CN 23"); err != nil {
		return err
	}
	l.parties("From / De", "To / À")
	l.strip(
		cell{caption: "Sender's customs reference / Référence en douane de l'expéditeur", style: sans(26), texts: one(first(join(", ", l.d.Numbers...), l.d.FromTax))},
		cell{caption: "Importer's reference (tax code, VAT no.) / Référence de l'importateur", style: sans(26), texts: one(join(", ", l.d.ToNumbers...))},
		cell{caption: "Importer's phone, e-mail / N° de téléphone, e-mail de l'importateur", style: sans(26), lines: 3, texts: one(join(", ", l.d.To.Phone, l.d.To.Email))},
	)
	l.gap(12)
	l.goods(false)
	l.strip(
		cell{caption: "Total gross weight / Poids brut total", style: bold(30), texts: one(l.d.Gross.String())},
		cell{caption: "Total value / Valeur totale", style: bold(30), texts: one(l.d.Value().String())},
		cell{caption: "Postal charges, fees / Frais de port, frais", style: sans(28), texts: one(first(l.postage(), l.byHand()))},
	)
	l.ticks(2)
	l.strip(cell{
		caption: "Comments (goods subject to quarantine, sanitary inspection or other restrictions) / Observations", style: sans(26), lines: 3,
		texts: one(l.d.Comments),
	})
	l.strip(
		cell{caption: "Licence no. / N° de la licence", style: sans(26), texts: one(l.d.Licence)},
		cell{caption: "Certificate no. / N° du certificat", style: sans(26), texts: one(l.d.Certificate)},
		cell{caption: "Invoice no. / N° de la facture", style: sans(26), texts: one(l.d.Invoice)},
	)
	l.strip(cell{caption: "Office of origin, date of posting / Bureau d'origine, date de dépôt", style: sans(28), texts: one(l.day(l.d.Date))})
	l.sign(certified23, dateAndSignature)
	return nil
}

func (l *customsLayout) postage() string {
	if l.d.Postage.Currency == "" {
		return ""
	}
	return l.d.Postage.String()
}

package intake

import (
	"slices"
	"strings"
)

// plainProfile is the plain form. Whatever says nothing of an order's state lets it
// go; it is this program's own form, which says so.
var plainProfile = profile{}

// plainWords are what the words of the column "status" mean there.
var plainWords = meaning(usual + `; held: unpaid; done: erledigt`)

// stopping are parts of headings, as plain writes them, of columns that say which
// orders are not to be packed; harmless are parts of those that only look so.
var (
	stopping = []string{
		"cancel", "refund", "fulfil", "shipped", "dispatched", "despatched", "paidat", "paidon", "datepaid", "ispaid", "paymentstat", "financialstat", "storn", "erstatt", "versandt", "bezahlt", "zahlungsstat", "trackingn", "trackingc", "trackingid", "sendungsn", "returned",
		"annul", "rembours", "expedi", "reembols", "enviad", "rimbors", "spedit", "geannul", "verzonden", "已取消", "退款", "发货", "キャンセル", "返金", "발송", "취소",
	}
	harmless = []string{"method", "reference", "fee", "policy", "reason", "service", "center", "centre", "cost", "address", "name", "zip", "city", "by"}
)

// unheard warns of columns of a plain file that are not read, and may say which of its
// orders are not to be packed.
func unheard(ignored []string, rep *Report) {
	has := func(title string, parts []string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(title, part) })
	}
	for _, title := range ignored {
		if name := plain(title); name == "paid" || name == "tracking" || has(name, stopping) && !has(name, harmless) {
			rep.note(1, title, "it is not read, and may say which orders are cancelled, paid or sent: all that the file has are taken as open unless a column \"status\" says otherwise")
		}
	}
}

// amongGoods reports whether a file's name is that of the goods, not of whoever
// gets them: it stands between what is told of a line.
func amongGoods(header []string, columns schema) bool {
	var known []string
	at := -1
	for _, title := range header {
		name, _, _ := columns.find(plain(clean(title)))
		if plain(clean(title)) == "name" {
			at = len(known)
		}
		if name != "" {
			known = append(known, name)
		}
	}
	goods := []string{"sku", "qty", "price", "line", "bin"}
	return at > 0 && at+1 < len(known) && slices.Contains(goods, known[at-1]) && slices.Contains(goods, known[at+1])
}

// plainColumns is the plain form: one line of an order a row. What describes
// the order as a whole may stand on each of its rows or on the first only.
//
// Needed: order, sku, qty. A row with a note and without a sku is something to
// confirm by hand, such as gift wrap. Of the order: shop and order id (which order
// it is, where numbers repeat), status (open, held, cancelled, done), reason,
// version, placed, ship by, promise, service,
// totes (several with |), name, company, street, street2, city, region,
// postcode, country (two letters), phone, email, the same of the address in Latin
// letters (latin name, latin company, latin street, latin street2, latin city, latin
// region), value, currency, what the customer was told (order subtotal, order discount,
// shipping cost, order tax, tax included, amount paid), the shop's own
// invoice number, gift, gift message, tags
// (several with |; the rules of the shop ask for them). Of the line: line (its id), bin, note, price (of one unit).
func plainColumns() schema {
	return schema{
		{name: "order", need: true, also: []string{"ordernumber", "orderno", "number", "bestellung", "bestellnummer", "auftrag", "auftragsnummer"}},
		{name: "sku", need: true, also: []string{"lineitemsku", "artikelnummer", "artikelnr", "article", "artikel", "product", "item"}},
		{name: "qty", need: true, also: []string{"quantity", "count", "pieces", "menge", "anzahl", "stück", "stueck", "stückzahl", "lineitemquantity"}, kind: whole},
		{name: "line", also: []string{"lineid", "lineno", "linenumber", "position", "pos"}},
		{name: "note", also: []string{"text", "packingnote", "hinweis", "packhinweis"}},
		{name: "substitutes", also: []string{"substitute", "alternatives", "replacements", "ersatz", "ersatzartikel"}},
		{name: "bin", also: []string{"location", "lagerplatz", "platz"}},
		{name: "price", also: []string{"unitprice", "itemprice", "lineitemprice", "preis", "einzelpreis", "stückpreis"}, kind: amounts},
		{name: "status", also: []string{"orderstatus", "orderstate", "bestellstatus", "auftragsstatus"}},
		{name: "reason", also: []string{"holdreason", "grund"}},
		{name: "shop", also: []string{"source", "channel", "store", "storename", "shopname", "verkaufskanal"}},
		{name: "order id"},
		{name: "version"},
		{name: "placed", also: []string{"createdat", "orderdate", "date", "datum", "bestelldatum"}},
		{name: "ship by", also: []string{"due", "duedate", "shipdate", "versandbis", "versanddatum"}},
		{name: "promise", also: []string{"promised", "deliverby", "deliverydate", "lieferdatum", "zugesagt"}},
		{name: "reference", also: []string{"customerreference", "customerref", "yourreference", "ponumber", "po", "purchaseorder", "customerpo", "ihrzeichen", "kundenreferenz", "bestellnummerkunde"}},
		{name: "service", also: []string{"shippingmethod", "shippingservice", "versandart"}},
		{name: "totes", also: []string{"tote", "behälter", "kiste"}},
		{name: "name", better: []string{"recipient", "recipientname", "shipto", "shiptoname", "shippingname", "empfänger", "empfaenger", "customername", "fullname"}, also: []string{"kunde", "customer"}},
		{name: "company", better: []string{"shippingcompany"}, also: []string{"firma"}},
		{name: "street", better: []string{"shippingstreet", "shippingaddress1"}, also: []string{"address", "address1", "strasse", "straße", "adresse"}},
		{name: "street2", better: []string{"shippingaddress2"}, also: []string{"address2", "adresszusatz", "zusatz"}},
		{name: "city", better: []string{"shippingcity"}, also: []string{"town", "ort", "stadt"}},
		{name: "region", better: []string{"shippingprovince"}, also: []string{"state", "province", "bundesland"}},
		{name: "postcode", better: []string{"shippingzip"}, also: []string{"zip", "zipcode", "postalcode", "plz", "postleitzahl"}},
		{name: "country", better: []string{"shippingcountry"}, also: []string{"countrycode", "land"}},
		{name: "phone", better: []string{"shippingphone"}, also: []string{"telephone", "telefon"}},
		{name: "email", also: []string{"mail"}},
		{name: "latin name", also: []string{"nameinlatin", "namelatin", "romanizedname", "romanname"}},
		{name: "latin company", also: []string{"companyinlatin", "companylatin"}},
		{name: "latin street", also: []string{"streetinlatin", "streetlatin", "latinaddress", "romanizedaddress"}},
		{name: "latin street2", also: []string{"street2inlatin", "street2latin", "latinaddress2"}},
		{name: "latin city", also: []string{"cityinlatin", "citylatin", "romanizedcity"}},
		{name: "latin region", also: []string{"regioninlatin", "regionlatin"}},
		{name: "invoice number", also: []string{"invoiceno", "rechnungsnummer"}},
		{name: "order subtotal", kind: amounts},
		{name: "order discount", kind: amounts},
		{name: "shipping cost", also: []string{"shippingcosts", "versandkosten"}, kind: amounts},
		{name: "order tax", kind: amounts},
		{name: "tax included"},
		{name: "amount paid", kind: amounts},
		{name: "value", also: []string{"total", "amount", "summe", "betrag"}, kind: amounts},
		{name: "currency", also: []string{"währung"}},
		{name: "gift message", also: []string{"giftnote", "grußkarte", "geschenknachricht"}},
		{name: "gift", also: []string{"isgift", "geschenk"}},
		{name: "tags", also: []string{"ordertags", "schlagworte", "etiketten"}},
	}
}

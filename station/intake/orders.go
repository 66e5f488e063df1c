package intake

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"packbench/station"
	"packbench/station/unit"
)

// orders collects rows into orders. The rows of one order need not stand
// together; what describes the order as a whole counts from the first row that
// says it. Of a long file it gives away the orders of which no row is left, so that
// no more than those which are being read stand in memory.
type orders struct {
	items   []*draft
	index   map[string][]*draft // by number, which two shops may both use
	profile *profile
	second  shape
	at      map[string]int // of the columns that the file has
	last    *draft         // of the row before
	lost    string         // the row before could not be read at all
	each    func(station.Order) error
	ends    map[uint64]int // the last row that names a number, by its sum
	rows    int            // that were surveyed
	held    held
	full    held // so much is held before any is given away
	seed    maphash.Seed
	gaps    gaps
}

// fullAt is what is held of a file before orders of it are given away.
const fullAt = 32 << 20

func newOrders(each func(station.Order) error) *orders {
	return &orders{index: map[string][]*draft{}, each: each, ends: map[uint64]int{}, seed: maphash.MakeSeed(), full: fullAt}
}

// number is the order's number that a row has; "" stands for none.
func (b *orders) number(r row) (string, error) {
	if r.text("order") == "" && r.text("order or") != "" {
		r.at = map[string]int{"order": r.at["order or"]}
	}
	id, err := r.id("order")
	if err == nil {
		if id = strings.TrimPrefix(id, "#"); id == "" {
			err = r.fail("order", "it is empty")
		}
	}
	return id, err
}

// survey learns which row is the last of each number.
func (b *orders) survey(rec record, m match) {
	b.rows++
	r := row{record: rec, match: m}
	if b.second != nil {
		r, _ = b.second(r)
	}
	if id, err := b.number(r); err == nil {
		b.ends[maphash.String(b.seed, id)] = b.rows
	}
}

// draft is an order while its rows come in.
type draft struct {
	station.Order
	firstRow int
	fault    string // the first fault of a row of it
	left     bool   // some goods of it need no packing
	currency string // of amounts on a row that names none
	bill     bill
	noted    bool     // what the buyer asks for is among its lines
	heads    int      // rows that describe it, where one should
	rows     []copied // its rows, where one describes it
	said     []bool   // which of the profile's stops a row has filled
	end      int      // the last row that may be of it
	held     held
}

func (b *orders) schema(header []string) schema {
	if b.profile = recognise(header); b.profile != nil {
		if b.profile.second != nil {
			b.second = b.profile.second()
		}
		return b.profile.columns
	}
	b.profile = &plainProfile
	columns := plainColumns()
	if !slices.ContainsFunc(header, func(title string) bool { return columns[0].rank(plain(clean(title))) >= 0 }) {
		columns[0].also = append(columns[0].also, "orderid") // there is no other number
	}
	for i := range columns {
		columns[i].other = columns[i].name == "name" && amongGoods(header, columns)
	}
	return columns
}

func (b *orders) kind() string { return b.profile.name }

// known refuses a file of a kind that does not say what to pack.
func (b *orders) known() error {
	if b.profile.instead == "" {
		return nil
	}
	return fmt.Errorf("this is %s: %s", b.profile.name, b.profile.instead)
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
// postcode, country (two letters), phone, email, value, currency, gift. Of the
// line: line (its id), bin, note, price (of one unit).
func plainColumns() schema {
	return schema{
		{name: "order", need: true, also: []string{"ordernumber", "orderno", "number", "bestellung", "bestellnummer", "auftrag", "auftragsnummer"}},
		{name: "sku", need: true, also: []string{"lineitemsku", "artikelnummer", "artikelnr", "article", "artikel", "product", "item"}},
		{name: "qty", need: true, also: []string{"quantity", "count", "pieces", "menge", "anzahl", "stück", "stueck", "stückzahl", "lineitemquantity"}, kind: whole},
		{name: "line", also: []string{"lineid", "lineno", "linenumber", "position", "pos"}},
		{name: "note", also: []string{"text", "packingnote", "hinweis", "packhinweis"}},
		{name: "bin", also: []string{"location", "lagerplatz", "platz"}},
		{name: "price", also: []string{"unitprice", "itemprice", "lineitemprice", "preis", "einzelpreis", "stückpreis"}, kind: amounts},
		{name: "status", also: []string{"orderstatus"}},
		{name: "reason", also: []string{"holdreason", "grund"}},
		{name: "shop", also: []string{"source", "channel", "store", "storename", "shopname", "verkaufskanal"}},
		{name: "order id"},
		{name: "version"},
		{name: "placed", also: []string{"createdat", "orderdate", "date", "datum", "bestelldatum"}},
		{name: "ship by", also: []string{"due", "duedate", "shipdate", "versandbis", "versanddatum"}},
		{name: "promise", also: []string{"promised", "deliverby", "deliverydate", "lieferdatum", "zugesagt"}},
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
		{name: "value", also: []string{"total", "amount", "summe", "betrag"}, kind: amounts},
		{name: "currency", also: []string{"währung"}},
		{name: "gift", also: []string{"isgift", "geschenk"}},
	}
}

func (b *orders) add(r row, o Options, rep *Report) error {
	p := b.profile
	if err := b.spare(rep); err != nil {
		return err
	}
	if b.at == nil {
		b.at = r.at
		if lacking := p.unstopped(r.match); lacking != "" || p != &plainProfile && p.stops == nil {
			rep.note(1, "", "the file does not say which orders are "+cmp.Or(lacking, "paid, cancelled or sent already")+": all of them are taken as open")
		}
	}
	if r.dates = p.dates; b.second != nil {
		var known bool
		if r, known = b.second(r); !known {
			return nil
		}
	}
	if p.skip != nil && p.skip(r) {
		return nil
	}
	id, err := b.number(r)
	if err != nil {
		reason := "its order number is missing"
		if r.text("order") != "" {
			reason = "its order number cannot be right"
		}
		b.broken(fault{row: r.row, reason: reason})
		return err
	}
	own, err := r.long("order id", 100)
	shop, long := r.long("shop", 100)
	err, shop = cmp.Or(err, long), cmp.Or(shop, p.shop)
	d, known := b.find(id, shop, own)
	if !known {
		d = &draft{Order: station.Order{ID: id, Shop: shop, Status: station.OrderOpen}, firstRow: r.row, end: b.ends[maphash.String(b.seed, id)]}
		b.index[id] = append(b.index[id], d)
		b.items = append(b.items, d)
	}
	weight := held(r.weight())
	d.held += weight
	b.held += weight
	d.Own = cmp.Or(d.Own, own)
	d.fault = cmp.Or(d.fault, b.lost)
	b.last, b.lost = d, ""
	if err != nil {
		return d.broken(r, err)
	}
	if d.repeats(r, p, b.seed) {
		return nil
	}
	// What a row says of its order counts even when its goods cannot be read, and
	// the other way round.
	head, items := d.head(r, p, o), d.goods(r, p, o, rep)
	if head != nil && items != nil {
		var second *fault
		if errors.As(d.broken(r, items), &second) {
			rep.reject(*second)
		}
		items = nil
	}
	if err := cmp.Or(head, items); err != nil {
		return d.broken(r, err)
	}
	return nil
}

// broken keeps why an order cannot be packed as the rest of its rows says.
func (d *draft) broken(r row, err error) error {
	var f *fault
	if errors.As(err, &f) {
		d.fault = cmp.Or(d.fault, fmt.Sprintf("row %d of the file: %s", r.row, f.reason))
	}
	return err
}

// find returns the order that a row belongs to: the one of the row before it, else
// the first whose shop and id are not others than the row's.
func (b *orders) find(number, shop, own string) (*draft, bool) {
	is := func(d *draft) bool {
		agree := func(a, b string) bool { return a == "" || b == "" || a == b }
		return d.ID == number && agree(d.Shop, shop) && agree(d.Own, own)
	}
	if b.last != nil && is(b.last) {
		return b.last, true
	}
	for _, d := range b.index[number] {
		if is(d) {
			return d, true
		}
	}
	return nil, false
}

// identify gives an order the id that its shop and the shop's own id make.
func (d *draft) identify() {
	d.Number = d.ID
	d.ID = d.Ref().String()
	if d.ID == d.Number {
		d.Number = ""
	}
}

// broken hears of a row that belongs to nobody knows which order: rows of one
// order stand together nearly always, so the order before it and the one
// behind it are held.
func (b *orders) broken(f fault) {
	text := fmt.Sprintf("row %d of the file could not be read and may belong to it: %s", f.row, f.reason)
	if b.last != nil {
		b.last.fault = cmp.Or(b.last.fault, text)
	}
	b.lost = text
}

// goods reads what is to be packed of a row.
func (d *draft) goods(r row, p *profile, o Options, rep *Report) error {
	rows := []row{r}
	if p.cells != nil {
		rows = p.cells(r)
	}
	for _, r := range rows {
		if err := d.item(r, p, o, rep); err != nil {
			return err
		}
	}
	return nil
}

// item reads one line.
func (d *draft) item(r row, p *profile, o Options, rep *Report) error {
	line := station.Line{Kind: station.Goods}
	var err error
	for _, f := range []struct {
		name string
		to   *string
		most int
	}{{"note", &line.Text, 500}, {"bin", &line.Bin, 60}, {"line", &line.ID, 40}} {
		if *f.to, err = r.long(f.name, f.most); err != nil {
			return err
		}
	}
	sku := r.either("sku")
	switch {
	case sku == "" && p == &plainProfile && line.Text != "":
		line.Kind, line.Qty = station.Note, 1
		return d.line(r, line)
	case p.line != "" && r.text(p.line) == "", p != &plainProfile && sku == "" && r.text("item") == "" && r.text("qty") == "":
		d.stoppedLines(r, p)
		return nil // the row tells of its order only
	}
	if stays, err := d.stays(r, p); stays || err != nil {
		if err == nil {
			d.left = true
			d.unpacked(r, o)
		}
		return err
	}
	if sku == "" && p != &plainProfile {
		return r.fail("sku", "the line item %q has no SKU; give it one in the shop", short(r.text("item")))
	}
	if line.SKU, err = product(r, "sku", sku, o); err != nil {
		return err
	}
	ordered, err := qty(r, "qty")
	if err != nil {
		return err
	}
	if line.Qty, err = remaining(r, ordered); err != nil {
		return err
	}
	cost, err := d.cost(r, ordered, o)
	if err != nil && p.loose {
		rep.warn(r, "price", "%v: it is left out", err)
		cost, err = billed{line: -1, qty: ordered}, nil
	}
	if err != nil {
		return err
	}
	if line.Qty == 0 {
		d.left = true
		d.bill.add(cost)
		return nil
	}
	if err := d.line(r, line); err != nil {
		return err
	}
	cost.line = len(d.Lines) - 1
	d.bill.add(cost)
	return nil
}

// stays reports whether goods need no packing: they are not sent at all, or sent
// already. Of an order that is done with, all is kept as it was.
func (d *draft) stays(r row, p *profile) (bool, error) {
	if needs := r.text("needs shipping"); needs != "" {
		ships, err := r.yes("needs shipping")
		if err != nil || !ships {
			return err == nil, err
		}
	}
	if d.Status == station.OrderDone {
		return false, nil
	}
	return p.sent(r)
}

// remaining is how many of the units ordered are still to be packed.
func remaining(r row, ordered int) (int, error) {
	n := ordered
	for _, name := range []string{"left", "refunded"} {
		if r.text(name) == "" {
			continue
		}
		have, err := r.whole(name)
		if err != nil {
			return 0, err
		}
		if name == "refunded" {
			have = n - max(have, -have)
		}
		if n = have; n < 0 || n > ordered {
			return 0, r.fail(name, "%q does not fit the quantity of %d", short(r.text(name)), ordered)
		}
	}
	return n, nil
}

// price reads what one unit costs, in the row's currency, else the order's.
func (d *draft) price(r row, column string, o Options) (unit.Money, error) {
	return r.amount(column, cmp.Or(r.text("currency"), d.currency), o)
}

// line puts a line into the order and gives it an id of its own.
func (d *draft) line(r row, line station.Line) error {
	taken := func(id string) bool {
		return slices.ContainsFunc(d.Lines, func(l station.Line) bool { return l.ID == id })
	}
	if line.ID == "" {
		n := len(d.Lines) + 1
		for taken(strconv.Itoa(n)) {
			n++
		}
		line.ID = strconv.Itoa(n)
	} else if taken(line.ID) {
		return r.fail("line", "order %s has a line %q already", d.ID, short(line.ID))
	}
	if len(d.Lines) >= 2000 {
		return r.fail("order", "order %s has more than 2000 lines", d.ID)
	}
	d.Lines = append(d.Lines, line)
	return nil
}

// product finds the SKU that a row means.
func product(r row, column, word string, o Options) (string, error) {
	switch {
	case word == "":
		return "", r.fail(column, "it is empty")
	case utf8.RuneCountInString(word) > 100:
		return "", r.fail(column, "longer than 100 characters")
	}
	word, err := r.exact(column, word)
	if err != nil || o.Product == nil {
		return word, err
	}
	sku, ok := o.Product(word)
	if !ok {
		return "", r.fail(column, "the catalogue has no product %q; import the products first", short(word))
	}
	return sku, nil
}

func qty(r row, column string) (int, error) {
	if r.text(column) == "" {
		return 0, r.fail(column, "it is empty")
	}
	n, err := r.whole(column)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, r.fail(column, "the quantity is 0")
	case n < 0:
		return 0, r.fail(column, "the quantity %d is below zero", n)
	case n > MaxQty:
		return 0, r.fail(column, "the quantity %d is more than %d", n, MaxQty)
	}
	return n, nil
}

package intake

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/unit"
)

// head reads what a row says of its order as a whole.
func (d *draft) head(r row, p *profile, o Options) error {
	d.stopped(r, p.stops)
	err := d.sameRecipient(r)
	if err == nil {
		err = d.texts(r)
	}
	if err == nil {
		err = d.country(r, "country")
	}
	if err == nil {
		err = d.moments(r, o.Location)
	}
	if err == nil {
		err = d.sums(r, o)
	}
	if err != nil {
		return err
	}
	if r.text("version") != "" && d.Version == 0 {
		n, err := r.whole("version")
		if err != nil || n < 1 {
			return r.fail("version", "%q is not a number from 1", short(r.text("version")))
		}
		d.Version = n
	}
	if d.Totes == nil {
		d.Totes = splitList(r.raw("totes"))
	}
	if tags := splitList(r.raw("tags")); d.Tags == nil && len(tags) > 0 {
		d.Tags = tags
	}
	gift, err := r.yes("gift")
	if err != nil {
		return err
	}
	d.Gift = d.Gift || gift || d.Message != ""
	if p != &plainProfile {
		return d.note(r)
	}
	return d.status(r)
}

// sameRecipient refuses a row that goes to somebody else than the rows before it:
// two shops, or two customers of a spreadsheet that lost digits, may share a number,
// and one parcel would take the goods of both. A spelling that differs in one place
// only is still the same address.
func (d *draft) sameRecipient(r row) error {
	same := func(a, b string) bool {
		return strings.EqualFold(strings.Join(strings.Fields(a), ""), strings.Join(strings.Fields(b), ""))
	}
	agree, differ := 0, 0
	for _, known := range [...][2]string{{"name", d.To.Name}, {"street", d.To.Street}, {"postcode", d.To.Postcode}, {"city", d.To.City}} {
		switch now := r.text(known[0]); {
		case now == "" || known[1] == "":
		case same(now, known[1]):
			agree++
		default:
			differ++
		}
	}
	if differ > 1 || differ == 1 && agree == 0 {
		return r.fail("order", "it goes to another recipient than row %d, so two orders may have this number", d.firstRow)
	}
	return nil
}

// texts reads the texts of an order that no row before has said.
func (d *draft) texts(r row) error {
	for _, f := range []struct {
		name string
		to   *string
		most int
	}{
		{"shop", &d.Shop, 100},
		{"reason", &d.Reason, 200},
		{"service", &d.Service, 100},
		{"reference", &d.Reference, station.MaxReference},
		{"name", &d.To.Name, MaxName},
		{"company", &d.To.Company, MaxName},
		{"street", &d.To.Street, MaxName},
		{"street or", &d.To.Street, MaxName},
		{"street2", &d.To.Street2, MaxName},
		{"city", &d.To.City, MaxName},
		{"region", &d.To.Region, MaxName},
		{"postcode", &d.To.Postcode, 20},
		{"phone", &d.To.Phone, 100},
		{"email", &d.To.Email, 200},
		{"invoice number", &d.Bill.Number, 60},
		{"gift message", &d.Message, 500},
		{"latin name", &d.To.Latin.Name, MaxName},
		{"latin company", &d.To.Latin.Company, MaxName},
		{"latin street", &d.To.Latin.Street, MaxName},
		{"latin street2", &d.To.Latin.Street2, MaxName},
		{"latin city", &d.To.Latin.City, MaxName},
		{"latin region", &d.To.Latin.Region, MaxName},
	} {
		if *f.to != "" {
			continue
		}
		var err error
		if *f.to, err = r.long(f.name, f.most); err != nil {
			return err
		}
	}
	if d.To.Name == "" {
		d.To.Name = strings.TrimSpace(r.text("first name") + " " + r.text("last name"))
	}
	if third := r.text("street3"); third != "" && !strings.HasSuffix(d.To.Street2, third) {
		d.To.Street2 = strings.TrimPrefix(d.To.Street2+", "+third, ", ")
	}
	return nil
}

// sums reads what an order costs.
func (d *draft) sums(r row, o Options) (err error) {
	d.currency = cmp.Or(d.currency, r.text("currency"))
	if d.Value.Currency == "" {
		if d.Value, err = r.money("value", cmp.Or(r.text("currency"), d.currency), o); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name string
		to   *unit.Money
	}{
		{"subtotal", &d.bill.subtotal},
		{"discount", &d.bill.discount},
		{"order subtotal", &d.Bill.Subtotal},
		{"order discount", &d.Bill.Discount},
		{"shipping cost", &d.Bill.Shipping},
		{"order tax", &d.Bill.Tax},
		{"amount paid", &d.Bill.Paid},
	} {
		if f.to.Currency == "" {
			if *f.to, err = d.price(r, f.name, o); err != nil {
				return err
			}
		}
	}
	if d.Bill.Discount.Minor < 0 { // some write what is taken off with a minus
		d.Bill.Discount.Minor *= -1
	}
	within, err := r.yes("tax included")
	d.Bill.Within = d.Bill.Within || within
	return err
}

// note is what the buyer or the shop asks of the packer, once an order.
func (d *draft) note(r row) error {
	text, err := r.long("order note", 500)
	if err != nil || text == "" || d.noted {
		return err
	}
	d.noted = true
	return d.line(r, station.Line{ID: "note", Kind: station.Note, Text: text, Qty: 1})
}

// moments reads the days of an order.
func (d *draft) moments(r row, zone *time.Location) error {
	for _, f := range []struct {
		name string
		to   *time.Time
	}{{"placed", &d.Placed}, {"ship by", &d.ShipBy}, {"promise", &d.Promise}} {
		if !f.to.IsZero() {
			continue
		}
		var err error
		if *f.to, err = r.moment(f.name, zone); err != nil {
			return err
		}
	}
	return nil
}

// status reads the word of a plain file. One that nobody knows is a fault, so that
// the order is held.
func (d *draft) status(r row) error {
	word := r.text("status")
	status, known := plainWords[plain(word)]
	switch {
	case word == "":
		return nil
	case !known:
		return r.fail("status", "%q is not one of open, held, cancelled, done", short(word))
	case severity[status] > severity[d.Status]:
		d.Status = status
	}
	return nil
}

// country reads where an order goes: the two letters of a country, three, or its
// name.
func (d *draft) country(r row, column string) error {
	if d.To.Country != "" {
		return nil
	}
	code, err := r.country(column)
	if err != nil {
		return err
	}
	if _, ok := country.Name(code); code != "" && !ok {
		return r.fail(column, "no country has the code %q; write its two letters of ISO 3166, such as DE", code)
	}
	d.To.Country = code
	return nil
}

// country reads a country as two letters, whether or not one has them; a blank
// is "".
func (r row) country(column string) (string, error) {
	text := r.text(column)
	if text == "" {
		return "", nil
	}
	if code, ok := country.Find(text); ok || len(code) == 2 {
		return code, nil
	}
	return "", r.fail(column, "the country %q is not known; write its two letters, such as DE", short(text))
}

// place writes postcode and city as the country's post does. People put the
// postcode into the city's cell, or both into that of the postcode; what stands
// there twice is kept once. A zero that a spreadsheet dropped is put back and
// said.
func (d *draft) place(rep *Report) {
	to, code := &d.To, d.To.Country
	if code == "" {
		return
	}
	if _, whole := country.Fits(code, to.Postcode); !whole {
		if postcode, city := country.Split(code, to.Postcode); postcode != "" && (to.City == "" || strings.EqualFold(to.City, city)) {
			to.Postcode, to.City = postcode, city
		}
	}
	if postcode, city := country.Split(code, to.City); postcode != "" && city != "" && (to.Postcode == "" || country.Key(code, to.Postcode) == country.Key(code, postcode)) {
		to.Postcode, to.City = postcode, city
	}
	written := to.Postcode
	to.Postcode = country.Postcode(code, written)
	before, after := country.KeyOfBegin(code, written), country.Key(code, written)
	if len(after) > len(before) && strings.Trim(strings.TrimSuffix(after, before), "0") == "" {
		rep.note(d.firstRow, "postcode", fmt.Sprintf("the postcode %s of order %s is read as %s: a spreadsheet drops a 0 in front", short(written), d.Called(), to.Postcode))
	}
	if other, ok := country.Name(country.Other(code, written)); ok {
		own, _ := country.Name(code)
		rep.note(d.firstRow, "postcode", fmt.Sprintf("the postcode %s of order %s is one of %s, but its country is %s", short(written), d.Called(), other, own))
	}
}

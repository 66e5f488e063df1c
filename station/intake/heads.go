package intake

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/country"
)

// head reads what a plain row says of its order as a whole.
func (d *draft) head(r row, o Options) error {
	for _, f := range []struct {
		name string
		to   *string
		most int
	}{
		{"shop", &d.Shop, 100},
		{"reason", &d.Reason, 200},
		{"service", &d.Service, 100},
		{"name", &d.To.Name, MaxName},
		{"company", &d.To.Company, MaxName},
		{"street", &d.To.Street, MaxName},
		{"street2", &d.To.Street2, MaxName},
		{"city", &d.To.City, MaxName},
		{"region", &d.To.Region, MaxName},
		{"postcode", &d.To.Postcode, 20},
		{"phone", &d.To.Phone, 100},
		{"email", &d.To.Email, 200},
	} {
		if *f.to != "" {
			continue
		}
		var err error
		if *f.to, err = r.long(f.name, f.most); err != nil {
			return err
		}
	}
	if err := d.country(r, "country"); err != nil {
		return err
	}
	if err := d.moments(r, o.Location); err != nil {
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
	gift, err := r.yes("gift")
	if err != nil {
		return err
	}
	d.Gift = d.Gift || gift
	d.currency = cmp.Or(d.currency, r.text("currency"))
	if d.Value.Currency == "" {
		if d.Value, err = r.money("value", cmp.Or(r.text("currency"), d.currency), o); err != nil {
			return err
		}
	}
	return d.status(r)
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

// status reads the shop's word. Of two rows that differ the stricter counts.
func (d *draft) status(r row) error {
	var status station.OrderStatus
	switch word := plain(r.text("status")); word {
	case "", "open", "new", "paid", "processing", "unfulfilled", "offen", "bezahlt":
		return nil
	case "held", "hold", "onhold", "unpaid", "pending", "gesperrt", "unbezahlt":
		status = station.OrderHeld
	case "cancelled", "canceled", "storniert":
		status = station.OrderCancelled
	case "done", "shipped", "fulfilled", "completed", "closed", "versendet", "erledigt":
		status = station.OrderDone
	default:
		return r.fail("status", "%q is not one of open, held, cancelled, done", short(r.text("status")))
	}
	rank := map[station.OrderStatus]int{station.OrderHeld: 1, station.OrderDone: 2, station.OrderCancelled: 3}
	if rank[status] > rank[d.Status] {
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

package intake

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"packbench/station"
)

// orders collects rows into orders. The rows of one order need not stand
// together; what describes the order as a whole counts from the first row that
// says it. Of a long file it gives away the orders of which no row is left, so that
// no more than those which are being read stand in memory.
type orders struct {
	options Options
	items   []*draft
	index   map[string][]*draft // by number, which two shops may both use
	profile *profile
	unknown error // the kind that a person named, or the mapping, cannot be
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
	bad     map[uint64]bool // numbers of orders that lost a row, by their sums; nil: nobody asks
}

// fullAt is what is held of a file before orders of it are given away.
const fullAt = 32 << 20

func newOrders(o Options, each func(station.Order) error) *orders {
	return &orders{options: o, index: map[string][]*draft{}, each: each, ends: map[uint64]int{}, seed: maphash.MakeSeed(), full: fullAt, gaps: gaps{home: o.Country}}
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
	noted    bool              // what the buyer asks for is among its lines
	heads    int               // rows that describe it, where one should
	rows     map[uint64]copies // its rows by their sums, where one describes it
	said     []bool            // which of the profile's stops a row has filled
	end      int               // the last row that may be of it
	held     held
}

func (b *orders) schema(header []string) schema {
	b.profile, b.unknown = recognise(header), nil
	if b.options.Kind != "" {
		b.profile, b.unknown = kindCalled(b.options.Kind, header)
	} else if b.profile == nil && b.options.Mapping != nil {
		if m, known := b.options.Mapping(header); known {
			b.profile, b.unknown = m.kindOf(header)
		}
	}
	if b.profile != nil && b.profile != &plainProfile {
		if b.profile.second != nil {
			b.second = b.profile.second()
		}
		return b.profile.columns
	}
	named := b.profile != nil
	b.profile = &plainProfile
	columns := plainSchema(header)
	if !named && b.unknown == nil {
		b.unknown = columns.doubt(header, "Orders", "orders")
	}
	return columns
}

// plainSchema is the plain form, as far as the headings of a file change what they mean.
func plainSchema(header []string) schema {
	columns := plainColumns()
	if !slices.ContainsFunc(header, func(title string) bool { return columns[0].rank(plain(clean(title))) >= 0 }) {
		columns[0].also = append(columns[0].also, "orderid") // there is no other number
	}
	for i := range columns {
		columns[i].other = columns[i].name == "name" && amongGoods(header, columns)
	}
	return columns
}

func (b *orders) kind() (id, name string) { return b.profile.id(), b.profile.name }

func (b *orders) unquoted() bool { return b.profile.bare }

// known refuses a file of a kind that does not say what to pack.
func (b *orders) known() error {
	if b.profile.instead == "" || b.unknown != nil {
		return b.unknown
	}
	return fmt.Errorf("this is %s: %s", b.profile.name, b.profile.instead)
}

func (b *orders) add(r row, o Options, rep *Report) error {
	p := b.profile
	if err := b.spare(rep); err != nil {
		return err
	}
	b.begin(r, rep)
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
	switch {
	case err != nil:
		return d.broken(r, err)
	case d.repeats(r, p, b.seed):
		return nil
	}
	return d.read(r, p, o, rep)
}

// begin looks at the columns, once: a file that cannot say which of its orders are
// not to be packed is taken, and somebody hears so.
func (b *orders) begin(r row, rep *Report) {
	if b.at != nil {
		return
	}
	b.at = r.at
	if b.profile == &plainProfile {
		unheard(r.ignored, rep)
	}
	if lacking := b.profile.unstopped(r.match); lacking != "" || b.profile != &plainProfile && b.profile.stops == nil {
		rep.note(1, "", "the file does not say which orders are "+cmp.Or(lacking, "paid, cancelled or sent already")+": all of them are taken as open")
	}
}

// read reads a row into its order.
func (d *draft) read(r row, p *profile, o Options, rep *Report) error {
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

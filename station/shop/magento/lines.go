package magento

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"packbench/station/shop"
	"packbench/station/unit"
)

// manner is how a bundle ships.
type manner string

const (
	together   manner = "together"   // by the bundle's own row, whole
	separately manner = "separately" // by the rows of what is in it
	unknown    manner = ""
)

// line is what a packer packs of an order, and the row of the order that ships it. The
// two differ where a product was sold as another: a size of a shirt is a row of its
// own below the shirt's, which is the one that ships.
type line struct {
	id, sku string
	price   unit.Money
	listed  unit.Money // as the shop shows it
	ordered int
	qty     int    // to pack
	ships   string // id of the row that ships, "" while it is not known
	parent  string // id of the bundle's row, "" for what is in none
	per     int    // units in one unit of the row that ships
}

// mostOfLine is how many of a product an order may reasonably want.
const mostOfLine = 1_000_000

// lines returns what is to pack, rows that are sent or taken back included. An error
// says what cannot be packed.
func (o order) lines(kinds map[string]manner) ([]line, error) {
	rows, kids := map[string]item{}, map[string][]item{}
	for _, i := range o.Items {
		rows[i.ID.text()] = i
		if p := i.Parent.text(); p != "" {
			kids[p] = append(kids[p], i)
		}
	}
	var out []line
	for _, i := range o.Items {
		id := i.ID.text()
		if id == "" {
			return nil, errors.New("a line has no id: look at the order in Magento")
		}
		if _, below := rows[i.Parent.text()]; below {
			continue // comes with its parent
		}
		switch {
		case i.Type == "bundle":
			inside, err := o.bundle(i, kids[id], kinds[i.Product.text()])
			if err != nil {
				return nil, err
			}
			out = append(out, inside...)
		case i.virtual() || len(kids[id]) == 1 && kids[id][0].virtual():
		default:
			l, err := o.line(i)
			if err != nil {
				return nil, err
			}
			if i.Type == "configurable" && len(kids[id]) == 1 {
				l.sku = kids[id][0].SKU
			}
			if l.sku == "" {
				return nil, fmt.Errorf("%s has no SKU: enter one in Magento", i.Name)
			}
			out = append(out, l)
		}
	}
	return out, nil
}

func (i item) virtual() bool {
	return bool(i.Virtual) || i.Type == "virtual" || i.Type == "downloadable" || i.Type == "giftcard"
}

// line is a row that ships itself.
func (o order) line(i item) (line, error) {
	n, err := i.remaining()
	if err != nil {
		return line{}, err
	}
	l := line{id: i.ID.text(), sku: i.SKU, qty: n, ordered: int(i.Ordered.float()), ships: i.ID.text(), per: 1}
	if f := i.Ordered.float(); f > 0 {
		if i.Listed.float() > 0 {
			l.listed = money(i.Listed.float(), o.Currency)
		}
		l.price = money((i.Total.float()-i.Discount.float())/f, o.Currency)
	}
	return l, nil
}

// remaining is how many units of a row have not left and are still wanted.
func (i item) remaining() (int, error) {
	left := i.Ordered.float() - i.Shipped.float() - i.Canceled.float() - i.Refunded.float()
	left = math.Round(left*1e4) / 1e4 // as Magento keeps them
	switch {
	case left <= 0:
		return 0, nil
	case left > mostOfLine:
		return 0, fmt.Errorf("%s of %s cannot be right: look at the order in Magento", i.Ordered, i.called())
	case left != math.Trunc(left):
		return 0, fmt.Errorf("%v of %s are to be packed: packbench packs whole pieces only", left, i.called())
	}
	return int(left), nil
}

func (i item) called() string {
	if i.SKU != "" {
		return i.SKU
	}
	return i.Name
}

// bundle returns what is in a bundle. Where it ships together its own row says what
// remains. Where it ships separately those below do, and how many of its own row have
// been shipped means nothing; so it is while that is not known.
func (o order) bundle(b item, inside []item, how manner) ([]line, error) {
	if how != together {
		b.Shipped = ""
	}
	whole, err := b.remaining()
	if err != nil {
		return nil, err
	}
	var out []line
	for _, i := range inside {
		if i.virtual() {
			continue
		}
		l, err := o.line(i)
		if err != nil {
			return nil, err
		}
		if i.Total.float() == 0 {
			l.price, l.listed = unit.Money{}, unit.Money{} // the bundle has the price, its parts have none of their own
		}
		l.parent = b.ID.text()
		if how != separately {
			per := i.Ordered.float() / b.Ordered.float()
			if math.IsNaN(per) || per < 1 || per > mostOfLine || math.Abs(per-math.Round(per)) > 1e-6 {
				return nil, fmt.Errorf("%s of %s in %s of %s: packbench packs whole pieces only", i.Ordered, i.called(), b.Ordered, b.called())
			}
			l.per = int(math.Round(per))
			l.qty = min(l.qty, whole*l.per)
			l.ships = b.ID.text()
		}
		if how == unknown {
			l.ships = ""
		}
		if l.sku == "" {
			return nil, fmt.Errorf("%s has no SKU: enter one in Magento", i.Name)
		}
		out = append(out, l)
	}
	return out, nil
}

// mostManners is how many bundles are remembered before all are forgotten.
const mostManners = 10_000

// manners finds out how the bundles of orders ship: an order does not say it, the
// product does. A shop that does not let the products be read leaves it to the setting.
func (s *Shop) manners(ctx context.Context, orders []order) (map[string]manner, error) {
	out := map[string]manner{}
	s.mu.Lock()
	var ask []string
	for _, o := range orders {
		for _, i := range o.Items {
			id := i.Product.text()
			if i.Type != "bundle" || id == "" {
				continue
			}
			if how, ok := s.bundles[id]; ok {
				out[id] = how
			} else if !slices.Contains(ask, id) {
				ask = append(ask, id)
			}
		}
	}
	s.mu.Unlock()
	found := map[string]manner{}
	for part := range slices.Chunk(ask, pageSize/2) {
		err := s.all(ctx, search{
			path: "/products", filters: []filter{{"entity_id", "in", strings.Join(part, ",")}}, fields: "id,custom_attributes",
		}, func(raw json.RawMessage) error {
			var p product
			if json.Unmarshal(raw, &p) != nil {
				return nil // then it is not known
			}
			switch p.attribute("shipment_type") {
			case "0":
				found[p.ID.text()] = together
			case "1":
				found[p.ID.text()] = separately
			}
			return nil
		})
		if err != nil && !errors.As(err, new(*shop.Denied)) && !shop.Hopeless(err) {
			return nil, err
		}
	}
	for _, id := range ask {
		if found[id] == unknown {
			out[id] = manner(s.set["bundles"])
		}
	}
	maps.Copy(out, found)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.bundles) > mostManners {
		clear(s.bundles)
	}
	maps.Copy(s.bundles, found)
	return out, nil
}

package boxes

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carton"
	"packbench/station/store"
)

// Used is how a carton was used.
type Used struct {
	Carton   string
	Parcels  int
	Permille int            // of its room that goods filled, on average; 0: unknown
	Proposed int            // parcels that the bench proposed it for
	Instead  map[string]int // of those: cartons that packers took in its place
}

// Report is what the parcels of the past say of a shop's cartons.
type Report struct {
	Parcels int  // closed since then, the newest ones
	Unsized int  // of them: goods without dimensions in the catalogue
	Few     bool // too few are left for advice
	Used    []Used
	carton.Advice
}

// PerMille is the share of a part, rounded.
func PerMille(part, all int64) int64 {
	if all <= 0 {
		return 0
	}
	return int64(1000*float64(part)/float64(all) + 0.5)
}

// fewest is how many parcels say something of those to come.
const fewest = 30

// mostParcels is how many are looked at.
const mostParcels = 20_000

// Reported looks at the parcels that were closed since, and says at most so many cartons
// to buy.
func Reported(ctx context.Context, d *folder.Folder, since time.Time, most int) (Report, error) {
	parcels, err := d.Store.BoxedSince(ctx, since, mostParcels)
	if err != nil {
		return Report{}, err
	}
	cards, cartons, err := d.Catalogue(ctx)
	if err != nil {
		return Report{}, err
	}
	l := ledger{Report: Report{Parcels: len(parcels)}, in: d.Store, cartons: cartons, known: map[string]carton.Item{}, used: map[string]*usage{}, kinds: map[string]*carton.Shipped{}}
	for _, p := range parcels {
		if err := l.enter(ctx, p); err != nil {
			return Report{}, err
		}
	}
	for _, u := range l.used {
		l.Used = append(l.Used, u.done())
	}
	slices.SortFunc(l.Used, func(a, b Used) int { return cmp.Or(cmp.Compare(b.Parcels, a.Parcels), cmp.Compare(a.Carton, b.Carton)) })
	var shipped []carton.Shipped
	for _, kind := range l.order {
		shipped = append(shipped, *l.kinds[kind])
	}
	if l.Few = len(parcels)-l.Unsized < fewest; l.Few {
		return l.Report, nil
	}
	l.Advice = carton.Sizes(shipped, cartons, Options(cards, "", d.Settings.Weight.Filling()), most)
	return l.Report, nil
}

// ledger is a report being written.
type ledger struct {
	Report
	in      products
	cartons []station.Carton
	known   map[string]carton.Item
	used    map[string]*usage
	kinds   map[string]*carton.Shipped
	order   []string // of kinds, as they came
}

func (l *ledger) of(id string) *usage {
	if l.used[id] == nil {
		l.used[id] = &usage{Used: Used{Carton: id, Instead: map[string]int{}}}
	}
	return l.used[id]
}

func (l *ledger) enter(ctx context.Context, p store.Boxed) error {
	if p.Proposed != "" {
		l.of(p.Proposed).Proposed++
		if p.Carton != p.Proposed {
			l.of(p.Proposed).Instead[p.Carton]++
		}
	}
	items, kind, err := l.items(ctx, p)
	if err != nil {
		return err
	}
	sized := len(items) > 0 && len(carton.Unsized(items)) == 0
	if p.Carton != "" {
		l.of(p.Carton).add(items, sized, l.cartons)
	}
	if !sized {
		l.Unsized++
		return nil
	}
	if l.kinds[kind] == nil {
		l.kinds[kind] = &carton.Shipped{Items: items}
		l.order = append(l.order, kind)
	}
	l.kinds[kind].Times++
	return nil
}

// items are what was in a parcel, and a name for all parcels with the same.
func (l *ledger) items(ctx context.Context, p store.Boxed) (items []carton.Item, kind string, err error) {
	qty := map[string]int{}
	for _, c := range p.Contents {
		qty[c.SKU] += c.Qty
	}
	for _, sku := range slices.Sorted(maps.Keys(qty)) {
		item, ok := l.known[sku]
		if !ok {
			if item, err = Item(ctx, l.in, sku, 1); err != nil {
				return nil, "", err
			}
			l.known[sku] = item
		}
		if item.Qty = qty[sku]; item.Qty > 0 {
			items = append(items, item)
			kind += sku + "\x00" + strconv.Itoa(item.Qty) + "\x00"
		}
	}
	return items, kind, nil
}

// usage adds up how full a carton was.
type usage struct {
	Used
	filled, times int64
}

func (u *usage) add(items []carton.Item, sized bool, cartons []station.Carton) {
	u.Parcels++
	at := slices.IndexFunc(cartons, func(c station.Carton) bool { return c.ID == u.Carton })
	if !sized || at < 0 || cartons[at].Inner.Volume() <= 0 {
		return
	}
	goods := int64(0)
	for _, it := range items {
		goods += it.Size.Volume() * int64(it.Qty)
	}
	u.filled += min(goods/max(cartons[at].Inner.Volume()/1000, 1), 1000)
	u.times++
}

func (u *usage) done() Used {
	if u.times > 0 {
		u.Permille = int(u.filled / u.times)
	}
	return u.Used
}

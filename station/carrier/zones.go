package carrier

// zones finds the zone of a parcel: the closest origin first, then the closest
// destination from there; zones without an origin are for every sender.
type zones struct {
	from    *index   // from where which of the charts counts; nil: no zone asks
	charts  []*index // where to
	anyFrom *index
}

// clashes by the origin that they are of, "" for any.
type zoneClash struct {
	origin string
	clash
}

func newZones(list []Zone) (*zones, []zoneClash) {
	z := &zones{}
	var (
		anywhere []entry
		charts   [][]entry
		origins  []entry
		clashes  []zoneClash
	)
	known := map[string]int{}
	place := func(origin Area, e entry) {
		at, ok := known[origin.String()]
		if !ok {
			at = len(origins)
			known[origin.String()] = at
			origins = append(origins, entry{int32(at), []Area{origin}})
			charts = append(charts, nil)
		}
		charts[at] = append(charts[at], e)
	}
	for i, zone := range list {
		e := entry{int32(i), zone.Areas}
		if len(zone.Origins) == 0 {
			anywhere = append(anywhere, e)
		}
		for _, o := range zone.Origins {
			if !o.partly() {
				place(Area{Country: o.Country}, e)
			}
			for span := range o.spans() { // each a chart of its own: two zones may share some of their origins
				place(Area{Country: o.Country, Ranges: []Span{span}}, e)
			}
		}
	}
	index := func(all []entry, origin string) *index {
		x, found := newIndex(all)
		for _, c := range found {
			clashes = append(clashes, zoneClash{origin, c})
		}
		return x
	}
	z.anyFrom = index(anywhere, "")
	if len(origins) == 0 {
		return z, clashes
	}
	for i, o := range origins {
		z.charts = append(z.charts, index(charts[i], o.areas[0].String()))
	}
	from, found := newIndex(origins)
	for _, c := range found { // origins that overlap partly
		c.first, c.too = charts[c.first][0].value, charts[c.too][0].value
		clashes = append(clashes, zoneClash{"origin", c})
	}
	z.from = from
	return z, clashes
}

// find returns the place of the zone in the list.
func (z *zones) find(from, to *spot) (at int, ok bool) {
	var room, there hits
	if z.from != nil {
		for _, h := range z.from.find(from, &room) {
			if found := z.charts[h.value].find(to, &there); len(found) > 0 {
				return int(found[0].value), true
			}
		}
	}
	if found := z.anyFrom.find(to, &there); len(found) > 0 {
		return int(found[0].value), true
	}
	return 0, false
}

// String writes an area as a fault names it.
func (a Area) String() string {
	text := a.Country
	for span := range a.spans() {
		text += " " + span.String()
	}
	return text
}

package ui

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// services draws the choice; without quotes the card stands here.
func (p *pen) services(r rect, b screen.BenchView) {
	if len(b.Services) == 0 {
		p.card(r, b.Card)
		return
	}
	const gap, large = 6, 112 // from where the first one has room for three lines
	rows, least := float32(len(b.Services)), p.finger()
	first := min(max(r.h-(least+gap)*(rows-1), least), 136)
	if first < large {
		first = least
	}
	other := min((r.h-first-gap*(rows-1))/max(rows-1, 1), 84)
	at, fit := 0, len(b.Services)
	if other < least {
		fit = max(int((r.h-p.moreHeight()+gap)/(least+gap)), 1)
		other = (r.h-p.moreHeight()+gap)/float32(fit) - gap
		first = other
		at = p.first("services", len(b.Services), fit, func(i int) bool { return b.Services[i].Chosen || b.Services[i].Take.ID == p.focus })
		p.tap(r, tap{list: "services", rows: len(b.Services) - fit, at: at})
		p.more(r, "services", at, fit, len(b.Services), len(b.Services)-fit)
	}
	y := r.y
	for i, s := range b.Services[at : at+fit] {
		h := other
		if i == 0 {
			h = first
		}
		p.service(rect{r.x, y, r.w, h}, s, h >= large && at+i == 0)
		y += h + gap
	}
}

// service draws one service: its number, name and reason left, what it costs
// and when it arrives right.
func (p *pen) service(r rect, s screen.ServiceRow, large bool) {
	ground, text := p.pal.Panel, p.pal.Ink
	switch {
	case s.Chosen:
		ground = p.pal.Press
	case !s.Allowed:
		ground, text = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	if s.Allowed {
		p.cap(rect{in.x, r.y + r.h/2 - 16, 32, 32}, s.Take.Key, ground, p.pal.Ink)
	}
	in.x, in.w = in.x+44, in.w-44
	when := s.Arrives
	if s.OnTime != "" {
		when += ", " + s.OnTime
	}
	if !s.Allowed {
		when = ""
	}
	if large {
		p.best(in, s, when, text)
	} else {
		top, low := rect{in.x, r.y + r.h/2 - 31, in.w, 31}, rect{in.x, r.y + r.h/2 + 3, in.w, 25}
		if p.ui.scale > 1 {
			low.y, low.h = r.y+r.h/2+1, r.h/2-3
		}
		if s.Chosen {
			p.shape(top.x, top.y+4, 24, screen.ShapeOf(pack.Accepted), p.pal.Right, p.pal.OnCard)
			top.x, top.w = top.x+34, top.w-34
		}
		p.nameAndPrice(top, s, style{size: 23, least: 18, bold: s.Allowed, color: text})
		wide := p.text(low, when, style{size: 18, align: alignRight, color: text})
		p.text(rect{low.x, low.y, low.w - wide - 20, low.h}, s.Why, style{size: 18, least: 15, color: p.pal.Quiet})
	}
	if s.Take.Enabled {
		p.press(r, s.Take.Intent)
	}
	p.focusRing(s.Take.ID, r)
}

// best draws the first service in three lines.
func (p *pen) best(r rect, s screen.ServiceRow, when string, text screen.RGB) {
	top := r.y + r.h/2 - 54
	name := rect{r.x, top, r.w, 44}
	if s.Chosen {
		p.shape(name.x, name.y+6, 32, screen.ShapeOf(pack.Accepted), p.pal.Right, p.pal.OnCard)
		name.x, name.w = name.x+44, name.w-44
	}
	p.nameAndPrice(name, s, style{size: 36, least: 23, bold: s.Allowed, color: text})
	p.text(rect{r.x, top + 46, r.w, 30}, when, style{size: 23, color: text})
	p.text(rect{r.x, top + 78, r.w, 28}, s.Why, style{size: 20, least: 16, color: p.pal.Quiet})
}

// nameAndPrice writes what a service is called and what it costs in one line. Where
// both have no room, the price becomes smaller first (V29), then the name, which then
// takes two lines before it is cut.
func (p *pen) nameAndPrice(r rect, s screen.ServiceRow, name style) {
	price := style{size: name.size, bold: true, align: alignRight, color: name.color}
	room := func() float32 { return r.w - p.wide(s.Price, price) - 20 }
	for p.wide(s.Name, name) > room() && price.size > 18 {
		price.size--
	}
	p.text(r, s.Price, price)
	r.w = room()
	if p.wide(s.Name, style{size: name.least, bold: name.bold}) <= r.w {
		p.text(r, s.Name, name)
		return
	}
	name.size, name.least = min(name.least, r.h/(2*leading)), 14
	r.y += r.h/2 - name.size*leading
	p.paragraph(r, s.Name, 2, name)
}

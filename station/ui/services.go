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
	const gap = 6
	rows := float32(len(b.Services))
	first := float32(136)
	other := min((r.h-first-gap*(rows-1))/max(rows-1, 1), 84)
	y := r.y
	for i, s := range b.Services {
		h := other
		if i == 0 {
			h = first
		}
		p.service(rect{r.x, y, r.w, h}, s, i == 0)
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
		price := p.text(top, s.Price, style{size: 23, bold: true, align: alignRight, color: text})
		wide := p.text(low, when, style{size: 18, align: alignRight, color: text})
		p.text(rect{top.x, top.y, top.w - price - 20, top.h}, s.Name, style{size: 23, least: 18, bold: s.Allowed, color: text})
		p.text(rect{low.x, low.y, low.w - wide - 20, low.h}, s.Why, style{size: 18, least: 15, color: p.pal.Quiet})
	}
	if s.Take.Enabled {
		p.press(r, s.Take.Intent)
	}
	p.focusRing(s.Take.ID, r)
}

// best draws the first service in three lines.
func (p *pen) best(r rect, s screen.ServiceRow, when string, text screen.RGB) {
	name := rect{r.x, r.y + 12, r.w, 46}
	price := p.text(name, s.Price, style{size: 36, bold: true, align: alignRight, color: text})
	name.w -= price + 20
	if s.Chosen {
		p.shape(name.x, name.y+7, 32, screen.ShapeOf(pack.Accepted), p.pal.Right, p.pal.OnCard)
		name.x, name.w = name.x+44, name.w-44
	}
	p.text(name, s.Name, style{size: 36, least: 24, bold: s.Allowed, color: text})
	p.text(rect{r.x, r.y + 60, r.w, 30}, when, style{size: 23, color: text})
	p.text(rect{r.x, r.y + 94, r.w, 28}, s.Why, style{size: 20, least: 16, color: p.pal.Quiet})
}

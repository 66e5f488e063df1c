package ui

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// weighing draws the scale; the card stands small under it when the services
// take its place.
func (p *pen) weighing(r rect, b screen.BenchView) {
	if b.Services != nil && b.Card.Kind != "" {
		var low rect
		low, r = r.bottom(112, 2*grid)
		p.small(low, b.Card)
	}
	if b.Weight != nil {
		p.weight(r, *b.Weight)
	}
}

// weight draws the state of the scale in words, the mass large, what was
// expected, and how far off it is.
func (p *pen) weight(r rect, w screen.WeightView) {
	p.panel(r)
	in := r.inset(3 * grid)
	state, in := in.top(36, 0)
	x := state.x
	if w.Kind != "" {
		p.shape(x, state.y+2, 32, screen.ShapeOf(w.Kind), p.pal.Of(w.Kind), p.pal.OnCard)
		x += 44
	}
	p.text(rect{x, state.y, state.w - 44, state.h}, w.Words, style{size: 26, bold: true, color: p.pal.Ink})
	if w.Last != "" {
		p.text(state, w.Last, style{size: 20, align: alignRight, color: p.pal.Quiet})
	}
	size := p.atLeast(116, 12)
	if !w.Bar && w.Cause == "" && w.Expected == "" {
		size = max(size, min(in.w*0.27, in.h*0.5)) // nothing else to show
		_, in = in.top((in.h-size*1.3)/2, 0)
		in.h += size // room for the whole figure
	}
	mass, in := in.top(min(size*1.15, in.h*0.5), grid)
	c := p.pal.Ink
	if !w.Live {
		c = p.pal.Quiet
	}
	unit := p.wide(w.Unit, style{size: 44}) + 4
	p.text(rect{mass.x, mass.y, mass.w - unit - 12, mass.h}, w.Number, style{size: size, least: 64, bold: true, align: alignRight, color: c})
	p.text(rect{mass.x + mass.w - unit, mass.y + size*0.2, unit, mass.h - size*0.2}, w.Unit, style{size: 44, color: p.pal.Quiet})
	if w.Expected != "" {
		var line rect
		line, in = in.top(30, 2*grid)
		p.text(line, w.Expected, style{size: 22, least: 18, color: p.pal.Quiet})
	}
	if w.Bar {
		var bar rect
		bar, in = in.top(64, 2*grid)
		p.tolerance(bar, w)
	}
	if w.Cause != "" && in.h > 40 {
		p.cause(in, w)
	}
}

// tolerance draws a scale from −2 to +2 tolerances: the band in the middle is
// right, the needle shows the parcel.
func (p *pen) tolerance(r rect, w screen.WeightView) {
	track := rect{r.x, r.y + 30, r.w, 16}
	p.fill(track, p.pal.Raised, 8)
	band := rect{r.x + r.w/4, track.y, r.w / 2, track.h}
	p.fill(band, p.pal.Right, 0)
	p.fill(rect{r.x + r.w/2 - 1, track.y, 2, track.h}, p.pal.OnCard, 0)
	x := r.x + r.w/2 + r.w/4*float32(w.Offset)/1000
	x = min(max(x, r.x+6), r.x+r.w-6)
	p.fill(rect{x - 5, track.y - 8, 10, 32}, p.pal.Ink, 5)
	at := min(max(x-80, r.x), r.x+r.w-160)
	a := alignCentre
	switch {
	case at <= r.x:
		a = alignLeft
	case at >= r.x+r.w-160:
		a = alignRight
	}
	p.text(rect{at, r.y - 6, 160, 26}, w.Delta, style{size: 22, bold: true, align: a, color: p.pal.Ink})
}

func (p *pen) cause(r rect, w screen.WeightView) {
	box := rect{r.x, r.y, r.w, min(r.h, 104)}
	p.fill(box, p.pal.Look, radius)
	in := box.inset(2 * grid)
	if w.Item != nil {
		p.tile(rect{in.x, in.y + in.h/2 - 36, 72, 72}, *w.Item, false)
		in.x, in.w = in.x+88, in.w-88
	}
	s := style{size: 26, least: 20, bold: true, color: p.pal.OnCard}
	n := min(len(p.wrap(w.Cause, in.w, s)), 2)
	p.paragraph(rect{in.x, in.y + in.h/2 - float32(n)*s.size*leading/2, in.w, in.h}, w.Cause, 2, s)
}

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

// closing draws the label as it will look, with what is known of the parcel.
func (p *pen) closing(r rect, c *screen.ClosingView) {
	p.panel(r)
	if c == nil {
		return
	}
	in := r.inset(2 * grid)
	paper, in := in.left(min(in.h*2/3, in.w*0.52), 3*grid)
	p.fill(paper, 0xFFFFFF, 4)
	switch {
	case c.HasLabel && p.ui.label != nil:
		p.picture(paper.inset(4), p.ui.label)
	default:
		p.fill(paper, p.pal.Raised, 4)
		p.barcode(rect{paper.x + paper.w/2 - 64, paper.y + paper.h/2 - 28, 128, 56}, p.pal.Faint)
	}
	p.shape(in.x, in.y, 40, c.Shape, p.pal.Of(c.Kind), p.pal.OnCard)
	used := p.paragraph(rect{in.x + 52, in.y + 2, in.w - 52, 80}, c.Printer, 3, style{size: 26, least: 20, bold: true, color: p.pal.Ink})
	y := in.y + max(used, 40) + 2*grid
	if c.Fix != "" {
		y += p.paragraph(rect{in.x, y, in.w, 60}, c.Fix, 3, style{size: 20, color: p.pal.Quiet}) + 2*grid
	}
	for _, f := range c.Figures {
		if y+48 > in.y+in.h {
			break
		}
		p.text(rect{in.x, y, in.w, 22}, f.Name, style{size: 17, color: p.pal.Quiet})
		p.text(rect{in.x, y + 22, in.w, 28}, f.Value, style{size: 22, least: 15, bold: true, color: p.pal.Ink})
		y += 60
	}
}

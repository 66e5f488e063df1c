package ui

import (
	"packbench/station/screen"
)

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
	case c.HasLabel && p.ui.pictured(c.Label):
		p.picture(paper.inset(4), p.ui.label)
	default:
		p.fill(paper, p.pal.Raised, 4)
		p.barcode(rect{paper.x + paper.w/2 - 64, paper.y + paper.h/2 - 28, 128, 56}, p.pal.Faint)
		if c.HasLabel && p.ui.labelOf == c.Label && p.ui.label == nil { // it will not come
			p.paragraph(rect{paper.x + 2*grid, paper.y + paper.h/2 + 28 + 2*grid, paper.w - 4*grid, 80}, c.Blank, 3, style{size: 18, least: 14, color: p.pal.Quiet})
		}
	}
	p.shape(in.x, in.y, 40, c.Shape, p.pal.Of(c.Kind), p.pal.OnCard)
	used := p.paragraph(rect{in.x + 52, in.y + 2, in.w - 52, 80}, c.Printer, 3, style{size: 26, least: 18, bold: true, color: p.pal.Ink})
	y := in.y + max(used, 40) + 2*grid
	if c.Fix != "" {
		y += p.paragraph(rect{in.x, y, in.w, 60}, c.Fix, 3, style{size: 20, color: p.pal.Quiet}) + 2*grid
	}
	for _, row := range c.Papers {
		p.shape(in.x, y+1, 24, row.Shape, p.pal.Of(row.Kind), p.pal.OnCard)
		p.text(rect{in.x + 36, y - 2, in.w - 36, 28}, row.Name, style{size: 20, least: 15, bold: true, color: p.pal.Ink})
		y += 26 + p.paragraph(rect{in.x + 36, y + 26, in.w - 36, 48}, row.Words, 2, style{size: 17, least: 14, color: p.pal.Quiet}) + grid
	}
	if len(c.Papers) > 0 {
		y += grid
	}
	var figures []block
	for _, f := range c.Figures {
		figures = append(figures, block{h: 50, draw: func(box rect) {
			p.text(rect{box.x, box.y, box.w, 22}, f.Name, style{size: 17, color: p.pal.Quiet})
			p.text(rect{box.x, box.y + 22, box.w, 28}, f.Value, style{size: 22, least: 15, bold: true, color: p.pal.Ink})
		}})
	}
	left := rect{in.x, y, in.w, in.y + in.h - y}
	if fit := max(0, int((left.h+10)/60)); fit < len(figures) && left.h < 50+p.moreHeight() { // no room for a foot
		p.lost(c.Figures[fit].Name)
		figures = figures[:fit]
	}
	p.stack(left, "closing", 10, figures)
}

// closingSide draws the card, and quietly under it why this service won and
// the others lost.
func (p *pen) closingSide(r rect, b screen.BenchView) {
	if len(b.Services) == 0 || b.Card.Kind == "" {
		p.card(r, b.Card)
		return
	}
	const gap = 4
	var rows []block
	need := float32(-gap)
	for i, s := range b.Services {
		row := block{38, []string{s.Take.ID}, func(box rect) { p.loser(box, s) }}
		switch {
		case i == 0:
			row.h, row.draw = 72, func(box rect) { p.winner(box, s) }
		case s.Take.Enabled:
			row.h = p.finger()
		}
		rows, need = append(rows, row), need+row.h+gap
	}
	low, top := r.bottom(min(need, r.h-84-p.afar(56)*leading-2*grid), 2*grid)
	p.medium(top, b.Card)
	p.stack(low, "services", gap, rows)
}

// winner draws the service of the label: what it costs, when it arrives, why.
func (p *pen) winner(r rect, s screen.ServiceRow) {
	p.fill(r, p.pal.Press, radius)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	top, low := rect{in.x, r.y + 6, in.w, 32}, rect{in.x, r.y + 40, in.w, 26}
	price := p.text(top, s.Price, style{size: 22, bold: true, align: alignRight, color: p.pal.Ink})
	p.text(rect{top.x, top.y, top.w - price - 20, top.h}, s.Name, style{size: 22, least: 17, bold: true, color: p.pal.Ink})
	when := p.text(low, s.Arrives, style{size: 18, align: alignRight, color: p.pal.Ink})
	p.text(rect{low.x, low.y, low.w - when - 20, low.h}, s.Why, style{size: 18, least: 15, color: p.pal.Quiet})
	p.offer(r, s)
}

// loser draws another service in one line, or in two where the page is narrow.
func (p *pen) loser(r rect, s screen.ServiceRow) {
	ground, text, quiet := p.pal.Panel, p.pal.Ink, p.pal.Quiet
	switch {
	case !s.Allowed:
		ground, text = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	name, why := style{size: 18, least: 16, color: text}, style{size: 16, least: 14, color: quiet}
	top, low := in, in
	price := p.text(in, s.Price, style{size: 18, align: alignRight, color: text})
	if r.h >= 40 && p.wide(s.Name, name)+p.wide(s.Why, why)+price+32 > in.w {
		top, low = rect{in.x, r.y + r.h/2 - 21, in.w - price - 12, 23}, rect{in.x, r.y + r.h/2, in.w - price - 12, 20}
		p.text(top, s.Name, name)
	} else {
		most := max(in.w*0.4, in.w-p.wide(s.Why, why)-price-36)
		wide := p.text(rect{in.x, in.y, most, in.h}, s.Name, name)
		low = rect{in.x + wide + 16, in.y, in.w - wide - price - 32, in.h}
	}
	p.text(low, s.Why, why)
	p.offer(r, s)
}

// offer makes a service's row a button.
func (p *pen) offer(r rect, s screen.ServiceRow) {
	if s.Take.Enabled {
		p.press(r, s.Take.Intent)
	}
	p.focusRing(s.Take.ID, r)
}

package ui

import (
	"packbench/station/screen"
)

// lines draws the order's lines; the one that was just scanned is always among
// those shown.
func (p *pen) lines(r rect, lines []screen.LineView) {
	gap, row := float32(6), float32(80)
	if float32(len(lines))*(row+gap)-gap > r.h {
		gap, row = 4, 64
	}
	fit := int((r.h + gap) / (row + gap))
	if len(lines) > fit {
		fit = max(int((r.h-p.moreHeight()+gap)/(row+gap)), 1)
		row = (r.h-p.moreHeight()+gap)/float32(fit) - gap
	}
	first := p.first("lines", len(lines), fit, func(i int) bool { return lines[i].Last || lines[i].Select.ID == p.focus })
	shown := lines[first:min(len(lines), first+fit)]
	p.tap(r, tap{list: "lines", rows: max(0, len(lines)-fit), at: first})
	for i, l := range shown {
		p.orderLine(rect{r.x, r.y + float32(i)*(row+gap), r.w, row}, l)
	}
	if rows := len(lines) - fit; rows > 0 {
		p.more(r, "lines", first, fit, len(lines), rows)
	}
}

// moreHeight is the room that the foot of a list takes.
func (p *pen) moreHeight() float32 { return p.ui.tight(68) }

// more draws the foot of a list that does not fit: which rows are shown, and a
// touch shows the next page. The list can be moved by so many rows.
func (p *pen) more(r rect, list string, first, shown, total, rows int) {
	foot := rect{r.x, r.y + r.h - p.moreHeight() + 4, r.w, p.moreHeight() - 4}
	p.fill(foot, p.pal.Raised, radius)
	words := style{size: 21, bold: true, align: alignCentre, color: p.pal.Ink}
	p.text(foot, screen.Shown(p.ui.view.Lang, first, shown, total), words)
	x := foot.x + foot.w/2 + p.wide(screen.Shown(p.ui.view.Lang, first, shown, total), words)/2 + 24
	p.line(x, foot.y+28, x+8, foot.y+36, 4, p.pal.Ink)
	p.line(x+8, foot.y+36, x+16, foot.y+28, 4, p.pal.Ink)
	p.tap(foot, tap{list: list, rows: rows, page: shown, at: first})
}

// first is the first row to show of a list: where somebody moved it, else so
// far down that the row that matters now is among the shown ones.
func (p *pen) first(list string, rows, fit int, matters func(int) bool) int {
	if rows <= fit {
		return 0
	}
	if fit < 1 {
		p.lost(list)
	}
	if now := p.ui.moved(list); now >= 0 {
		return min(now, rows-fit)
	}
	for i := range rows {
		if matters != nil && matters(i) && i >= fit {
			return min(i-fit+1, rows-fit)
		}
	}
	return 0
}

func (p *pen) orderLine(r rect, l screen.LineView) {
	ground, text, quiet := p.pal.Panel, p.pal.Ink, p.pal.Quiet
	if l.Selected {
		ground = p.pal.Press
	}
	if l.Done {
		ground, text = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	if l.Last && !l.Done {
		p.fill(rect{r.x, r.y, 6, r.h}, p.pal.Tell, 3)
	}
	pic := min(r.h-8, 72)
	tile := rect{r.x + 12, r.y + (r.h-pic)/2, pic, pic}
	if l.Text {
		p.shape(tile.x+6, tile.y+6, pic-12, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
	} else {
		p.tile(tile, l.Item, l.Done)
	}
	if r.w < 520 {
		l.Dots = 0 // no room for dots
	}
	room := p.wide(l.Count, style{size: 22, bold: true}) + 12
	if l.Dots > 0 && !l.Text {
		room = max(room+float32(l.Dots)*16, 176)
	}
	if l.Done || l.Short {
		room += 38
	}
	count := rect{r.x + r.w - room - 16, r.y, room, r.h}
	p.count(count, l, text)
	name := rect{tile.x + pic + 16, r.y, count.x - tile.x - pic - 24, r.h}
	under := l.Bin
	if l.Note != "" {
		if under != "" {
			under += "  ·  "
		}
		under += l.Note
	}
	if under == "" {
		p.text(name, l.Item.Name, style{size: 23, least: 18, bold: !l.Done, color: text})
	} else {
		p.lineName(name, l.Item.Name, under, style{size: 23, least: 18, bold: !l.Done, color: text}, quiet)
	}
	p.press(r, l.Select.Intent)
	p.focusRing(l.Select.ID, r)
}

// lineName writes the name over where to find the goods; a long name takes two
// lines, because what tells two products apart is often its end.
func (p *pen) lineName(r rect, name, under string, s style, quiet screen.RGB) {
	small := style{size: s.least, bold: s.bold}
	if p.wide(name, small) <= r.w {
		p.text(rect{r.x, r.y + r.h/2 - 30, r.w, 30}, name, s)
		p.text(rect{r.x, r.y + r.h/2 + 4, r.w, 24}, under, style{size: 19, least: 16, color: quiet})
		return
	}
	s.size, s.least = min(19, r.h*0.27), 15
	p.paragraph(rect{r.x, r.y + r.h/2 - s.size*leading - 11, r.w, 2 * s.size * leading}, name, 2, s)
	p.text(rect{r.x, r.y + r.h/2 + s.size*leading - 11, r.w, 22}, under, style{size: 17, least: 15, color: quiet})
}

// count draws the dots of a line and its numbers.
func (p *pen) count(r rect, l screen.LineView, text screen.RGB) {
	if l.Done || l.Short {
		shape, colour := screen.ShapeTick, p.pal.Right
		if l.Short {
			shape, colour = screen.ShapeMark, p.pal.Look
		}
		p.shape(r.x+r.w-26, r.y+r.h/2-13, 26, shape, colour, p.pal.OnCard)
		r.w -= 38
	}
	s := style{size: 22, bold: !l.Done, align: alignRight, color: text, counts: true}
	if l.Dots == 0 || l.Text {
		p.text(r, l.Count, s)
		return
	}
	wide := p.wide(l.Count, s) + 12
	p.text(r, l.Count, s)
	const d = 14
	x := r.x + r.w - wide - float32(l.Dots)*(d+2)
	if x < r.x-8 {
		return
	}
	for i := range l.Dots {
		cx, cy := x+d/2+float32(i)*(d+2), r.y+r.h/2
		if i < l.Have {
			p.disc(cx, cy, d/2, ink(text), nil, 0)
		} else {
			p.disc(cx, cy, d/2-1, ink(blend(p.pal.Panel, p.pal.Ink, 6)), ink(p.pal.Quiet), 2)
		}
	}
}

package ui

import (
	"slices"

	"packbench/station/pack"
	"packbench/station/screen"
)

// queue draws the orders that are still to pack, one below the other, each with the
// number that opens it.
func (p *pen) queue(r rect, v screen.QueueView) {
	head, r := r.top(p.finger(), 2*grid)
	for _, a := range slices.Backward(v.Tools) {
		var box rect
		box, head = head.right(152, grid)
		p.button(box, a)
	}
	p.text(head, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	chips, r := r.top(p.finger(), 2*grid)
	p.chips(chips, v.Chips)
	if len(v.Pages) > 0 {
		var foot rect
		foot, r = r.bottom(p.finger(), 2*grid)
		p.pager(foot, 184, v.Paged, v.Pages)
	}
	if v.Said != "" {
		var foot rect
		foot, r = r.bottom(28, grid)
		p.text(foot, v.Said, style{size: 20, least: 15, bold: true, color: p.pal.Ink})
	}
	if len(v.Rows) == 0 {
		p.nothing(r, v.Empty, v.Well)
		return
	}
	var blocks []block
	row := max(p.finger(), min((r.h-float32(len(v.Rows)-1)*grid)/float32(len(v.Rows)), 76))
	for _, o := range v.Rows {
		blocks = append(blocks, block{row, []string{o.Open.ID}, func(box rect) { p.queueRow(box, o) }})
	}
	p.stack(r, "queue", grid, blocks)
}

// pager draws the two ways to the other pages of a list, and which of it this is.
func (p *pen) pager(r rect, wide float32, paged string, pages []screen.Action) {
	p.button(rect{r.x, r.y, wide, r.h}, pages[0])
	p.button(rect{r.x + r.w - wide, r.y, wide, r.h}, pages[1])
	p.text(rect{r.x + wide + grid, r.y, r.w - 2*wide - 2*grid, r.h}, paged, style{size: 19, least: 15, align: alignCentre, color: p.pal.Quiet})
}

// queueRow draws one order. One that cannot be opened has no number.
func (p *pen) queueRow(r rect, o screen.QueueRow) {
	p.fill(r, p.pal.Panel, radius)
	key := rect{r.x + grid, r.y + grid, r.h - 2*grid, r.h - 2*grid}
	if o.Open.Enabled {
		p.fill(key, p.pal.Ink, radius)
		p.text(key, o.Open.Key, style{size: key.h * 0.56, bold: true, align: alignCentre, color: p.pal.Ground})
	}
	in := rect{key.x + key.w + 2*grid, r.y, r.x + r.w - key.x - key.w - 4*grid, r.h}
	order, in := in.left(in.w*0.17, grid)
	pieces, in := in.left(104, grid)
	customer, why := in.left(in.w*0.46, 2*grid)
	p.text(order, o.Order, style{size: 26, least: 15, bold: true, color: p.pal.Ink})
	p.text(pieces, o.Pieces, style{size: 22, least: 16, color: p.pal.Ink})
	if o.Doubt != "" {
		var low rect
		low, customer = customer.bottom(customer.h*0.48, 0)
		p.shape(low.x, low.y+low.h/2-11, 20, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
		p.few(rect{low.x + 28, low.y, low.w - 28, low.h}, o.Doubt, style{size: 17, least: 13, color: p.pal.Ink})
	}
	p.few(customer, o.Customer, style{size: 22, least: 16, color: p.pal.Ink})
	if o.Kind != pack.Info {
		p.shape(why.x, r.y+r.h/2-16, 32, o.Shape, p.pal.Of(o.Kind), p.pal.OnCard)
	}
	why.x, why.w = why.x+44, why.w-44
	p.few(why, o.Why, style{size: 22, least: 16, bold: o.Kind != pack.Info, color: p.pal.Ink})
	if o.Open.Enabled {
		p.press(r, o.Open.Intent)
	}
	p.focusRing(o.Open.ID, r)
}

// few writes a text in the middle of its place: in one line, or smaller in a few.
func (p *pen) few(r rect, text string, s style) {
	if small := s; p.wide(text, style{size: s.least, bold: s.bold}) > r.w {
		small.size = s.least
		lines := min(len(p.wrap(text, r.w, small)), int(r.h/small.size/leading))
		h := float32(lines) * small.size * leading
		p.paragraph(rect{r.x, r.y + (r.h-h)/2, r.w, h}, text, lines, small)
		return
	}
	p.text(r, text, s)
}

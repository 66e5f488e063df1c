package ui

import "packbench/station/screen"

// catalogue draws the products by name with a bar that leads to any place, and one of
// them in full.
func (p *pen) catalogue(r rect, v screen.CatalogueView) {
	head, r := r.top(p.finger(), 2*grid)
	head = p.tools(head, v.Tools)
	p.text(head, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	list, detail := r.left(r.w*0.54, 2*grid)
	if v.Bar.Marks > 0 {
		var bar rect
		bar, list = list.right(p.finger(), grid)
		p.shelfBar(bar, v.Bar)
	}
	if len(v.Pages) > 0 {
		var foot rect
		foot, list = list.bottom(p.finger(), grid)
		p.pager(foot, 152, v.Paged, v.Pages)
	}
	if len(v.Rows) == 0 {
		p.nothing(list, v.Empty, false)
	}
	const gap = 4
	row := (list.h+gap)/screen.ShelfRows - gap
	for i, e := range v.Rows {
		p.shelfRow(rect{list.x, list.y + float32(i)*(row+gap), list.w, row}, e)
	}
	p.tap(list, tap{up: v.Up, down: v.Down})
	p.panel(detail)
	if v.Detail != nil {
		p.shelfDetail(detail.inset(2*grid), *v.Detail)
	}
}

// shelfBar draws the bar: a touch on it, or a finger drawn along it, leads there.
func (p *pen) shelfBar(r rect, b screen.ShelfBar) {
	p.fill(r, p.pal.Panel, radius)
	thumb := max(r.h*float32(b.Share), 48)
	y := r.y + (r.h-thumb)*float32(min(b.At, 1))
	p.fill(rect{r.x + 8, y, r.w - 16, thumb}, p.pal.Quiet, radius)
	p.tap(r, tap{marks: b.Marks})
}

func (p *pen) shelfRow(r rect, e screen.ShelfRow) {
	ground := p.pal.Panel
	if e.On {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	pic := min(r.h-8, 72)
	p.tile(rect{r.x + 8, r.y + (r.h-pic)/2, pic, pic}, e.Item, false)
	stock := float32(0)
	if e.Stock != "" {
		stock = min(p.wide(e.Stock, style{size: 24, bold: true})+2, r.w*0.2)
		p.text(rect{r.x + r.w - stock - 16, r.y, stock, r.h}, e.Stock, style{size: 24, least: 15, bold: true, align: alignRight, color: p.pal.Ink})
	}
	p.lineName(rect{r.x + pic + 24, r.y, r.w - pic - stock - 56, r.h}, e.Item.Name, e.Under, style{size: 21, least: 17, bold: true, color: p.pal.Ink}, p.pal.Quiet)
	p.press(r, e.Select.Intent)
	p.focusRing(e.Select.ID, r)
}

func (p *pen) shelfDetail(r rect, d screen.ShelfDetail) {
	if len(d.Actions) > 0 {
		r = p.asked(r, d.Asked, d.Actions)
	} else {
		var low rect
		low, r = r.bottom(48, grid)
		p.few(low, d.Asked, style{size: 18, least: 15, color: p.pal.Quiet})
	}
	if d.Saved != "" {
		var low rect
		low, r = r.bottom(52, grid)
		p.few(low, d.Saved, style{size: 19, least: 14, bold: true, color: p.pal.Ink})
	}
	pic := min(r.h*0.28, 160)
	top, r := r.top(pic, grid)
	p.tile(rect{top.x, top.y, pic, pic}, d.Item, false)
	name := rect{top.x + pic + 2*grid, top.y, top.w - pic - 2*grid, top.h}
	used := p.paragraph(name, d.Item.Name, 3, style{size: 26, least: 18, bold: true, color: p.pal.Ink})
	p.paragraph(rect{name.x, name.y + used + 4, name.w, name.h - used}, d.Sub, 2, style{size: 18, least: 14, color: p.pal.Quiet})
	figures, r := r.top(60, grid)
	p.figures(figures, d.Figures)
	for _, part := range d.Parts {
		if r.h < 52 {
			p.lost(part.Name)
			return
		}
		var word rect
		word, r = r.top(24, 0)
		p.text(word, part.Name, style{size: 17, color: p.pal.Quiet})
		used := p.paragraph(r, part.Value, 3, style{size: 19, least: 15, bold: true, color: p.pal.Ink})
		_, r = r.top(used, grid)
	}
}

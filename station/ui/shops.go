package ui

import (
	"cmp"
	"slices"

	"packbench/station/screen"
)

// shops draws the shops that are connected: the list on the left, the chosen one on the
// right; one that is being added has the whole page.
func (p *pen) shops(r rect, v screen.ShopsView) {
	head, r := r.top(max(72, p.finger()), 2*grid)
	p.head(head, v.Title, v.Sub, v.Tools)
	if v.Locked != "" {
		foot, rest := r.bottom(24, grid)
		r = rest
		p.text(foot, v.Locked, style{size: 17, least: 13, color: p.pal.Ink})
	}
	switch {
	case v.Form != nil:
		p.shopForm(r, *v.Form)
		return
	case len(v.Kinds) > 0:
		p.options(r, v.Kinds)
		return
	case len(v.Rows) == 0:
		p.nothing(r, v.Empty, false)
		return
	}
	left, right := r.left(min(r.w*0.36, 480), 2*grid)
	var blocks []block
	for _, s := range v.Rows {
		blocks = append(blocks, block{max(p.finger(), 80), []string{s.Select.ID}, func(box rect) { p.shopRow(box, s) }})
	}
	p.stack(left, "shops", grid, blocks)
	if v.Shop != nil {
		p.shopPanel(right, *v.Shop)
	}
}

// head draws the title of a page with its tools at the right.
func (p *pen) head(r rect, title, sub string, tools []screen.Action) {
	for _, a := range slices.Backward(tools) {
		var box rect
		box, r = r.right(168, grid)
		p.button(box, a)
	}
	r.w -= grid
	p.text(rect{r.x, r.y, r.w, 44}, title, style{size: 36, least: 22, bold: true, color: p.pal.Ink})
	p.text(rect{r.x, r.y + 46, r.w, 26}, sub, style{size: 19, least: 14, color: p.pal.Quiet})
}

func (p *pen) shopRow(r rect, s screen.ShopRow) {
	ground := p.pal.Panel
	if s.On {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	p.lamp(r.x+16, r.y+r.h/2-18, 36, s.Colour)
	in := rect{r.x + 68, r.y, r.w - 84, r.h}
	p.text(rect{in.x, r.y + r.h/2 - 29, in.w, 28}, s.Title, style{size: 22, least: 16, bold: true, color: p.pal.Ink})
	p.text(rect{in.x, r.y + r.h/2 + 2, in.w, 24}, s.State, style{size: 17, least: 14, color: p.pal.Quiet})
	if s.Select.Enabled {
		p.press(r, s.Select.Intent)
	}
	p.focusRing(s.Select.ID, r)
}

func (p *pen) shopPanel(r rect, s screen.ShopPanel) {
	p.panel(r)
	in := r.inset(3 * grid)
	head, in := in.top(40, 4)
	p.text(head, s.Title, style{size: 30, least: 22, bold: true, color: p.pal.Ink})
	sub, in := in.top(26, 2*grid)
	p.text(sub, s.Sub, style{size: 19, least: 14, color: p.pal.Quiet})
	p.lamp(in.x, in.y, 36, s.Colour)
	words := rect{in.x + 48, in.y + 2, in.w - 48, in.h}
	used := p.paragraph(words, s.State, 3, style{size: 22, bold: true, color: p.pal.Ink})
	if s.Fix != "" {
		used += 4 + p.paragraph(rect{words.x, words.y + used + 4, words.w, words.h}, s.Fix, 2, style{size: 19, color: p.pal.Ink})
	}
	_, in = in.top(max(used, 36), 2*grid)
	figures, in := in.top(60, 2*grid)
	p.figures(figures, s.Figures)
	p.shopCame(p.rowsOf(in, s.Actions), s)
}

// rowsOf draws buttons side by side, in as many rows as it takes to read all their verbs, and
// returns the room below.
func (p *pen) rowsOf(r rect, actions []screen.Action) rect {
	each := len(actions)
	wide := func() float32 { return (r.w - float32(each-1)*grid) / float32(each) }
	for rows := 2; each > 1 && p.room(actions, 0) > wide(); rows++ {
		each = (len(actions) + rows - 1) / rows
	}
	size := p.labelSize(actions, wide())
	for some := range slices.Chunk(actions, max(each, 1)) {
		row, rest := r.top(p.finger(), grid)
		for i, a := range some {
			p.buttonOf(rect{row.x + float32(i)*(wide()+grid), row.y, wide(), row.h}, a, size)
		}
		r = rest
	}
	_, r = r.top(0, grid)
	return r
}

// figures draws numbers with their names below, side by side.
func (p *pen) figures(r rect, figures []screen.Figure) {
	wide := (r.w - float32(len(figures)-1)*grid) / float32(max(len(figures), 1))
	for i, f := range figures {
		x := r.x + float32(i)*(wide+grid)
		p.text(rect{x, r.y, wide, 34}, f.Value, style{size: 24, least: 17, bold: true, color: p.pal.Ink})
		p.text(rect{x, r.y + 34, wide, 26}, f.Name, style{size: 17, least: 13, color: p.pal.Quiet})
	}
}

// shopCame draws what the last test or reading brought, and what the panel lists.
func (p *pen) shopCame(r rect, s screen.ShopPanel) {
	if s.Words != "" {
		p.lamp(r.x, r.y+2, 28, s.Colour2)
		used := p.paragraph(rect{r.x + 44, r.y, r.w - 44, r.h}, s.Words, 4, style{size: 20, bold: true, color: p.pal.Ink})
		_, r = r.top(max(used, 34), grid)
	}
	var blocks []block
	text, fix := style{size: 19, least: 15, color: p.pal.Ink}, style{size: 17, least: 14, color: p.pal.Ink}
	for _, c := range s.Checks {
		lines, more := min(len(p.wrap(c.Text, r.w-44, text)), 3), 0
		if c.Fix != "" {
			more = min(len(p.wrap(c.Fix, r.w-44, fix)), 3)
		}
		above := float32(lines) * text.size * leading
		blocks = append(blocks, block{h: max(above+float32(more)*fix.size*leading, 30), draw: func(box rect) {
			p.shape(box.x+2, box.y, 24, c.Shape, p.pal.Lamp(c.Colour), p.pal.OnCard)
			p.paragraph(rect{box.x + 44, box.y, box.w - 44, box.h}, c.Text, 3, text)
			p.paragraph(rect{box.x + 44, box.y + above, box.w - 44, box.h}, c.Fix, 3, fix)
		}})
	}
	for _, row := range s.Rows {
		lines := min(len(p.wrap(row, r.w, fix)), 3)
		blocks = append(blocks, block{h: float32(lines) * fix.size * leading, draw: func(box rect) { p.paragraph(box, row, 3, fix) }})
	}
	p.stack(r, "came", grid, blocks)
}

// shopForm draws the fields of a shop, and the buttons below them.
func (p *pen) shopForm(r rect, f screen.ShopForm) {
	foot, r := r.bottom(max(72, p.finger()), 2*grid)
	x := foot.x
	for _, a := range f.Actions {
		p.button(rect{x, foot.y, 208, foot.h}, a)
		x += 208 + grid
	}
	if words := cmp.Or(f.Fault, f.Words); words != "" {
		shape, colour := screen.ShapeCross, screen.LampRed
		if f.Fault == "" {
			shape, colour = screen.ShapeSquare, screen.LampOff
		}
		p.shape(x+grid, foot.y+foot.h/2-16, 32, shape, p.pal.Lamp(colour), p.pal.OnCard)
		p.few(rect{x + 52, foot.y, foot.x + foot.w - x - 52, foot.h}, words, style{size: 20, least: 14, bold: true, color: p.pal.Ink})
	}
	p.fields(r, f.Fields)
}

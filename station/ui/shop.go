package ui

import (
	"packbench/station/screen"
)

// shop draws the set-up of a shop: the steps with their ticks on the left, the
// chosen one with what it brought on the right.
func (p *pen) shop(r rect, v screen.ShopView) {
	head, r := r.top(max(72, p.finger()), 2*grid)
	if v.Back.ID != "" {
		var back rect
		back, head = head.right(224, 2*grid)
		p.button(back, v.Back)
	}
	p.text(rect{head.x, head.y, head.w, 44}, v.Title, style{size: 36, least: 22, bold: true, color: p.pal.Ink})
	p.text(rect{head.x, head.y + 46, head.w, 26}, v.Sub, style{size: 19, least: 14, color: p.pal.Quiet})
	if v.Locked != "" {
		foot, rest := r.bottom(24, grid)
		r = rest
		p.text(foot, v.Locked, style{size: 17, least: 13, color: p.pal.Ink})
	}
	left, right := r.left(min(r.w*0.4, 520), 2*grid)
	p.shopSteps(left, v.Steps)
	p.shopStep(right, v.Step)
}

func (p *pen) shopSteps(r rect, steps []screen.ShopStep) {
	h := p.finger()
	if n := float32(len(steps)); n > 0 {
		h = min(max(h, (r.h+grid)/n-grid), 80)
	}
	var blocks []block
	for _, s := range steps {
		blocks = append(blocks, block{h, []string{s.Select.ID}, func(box rect) {
			ground := p.pal.Panel
			if s.On {
				ground = p.pal.Press
			}
			p.fill(box, ground, radius)
			p.tick(rect{box.x + 16, box.y + box.h/2 - 18, 36, 36}, s.Done)
			text := rect{box.x + 68, box.y + box.h/2, box.w - 84, 28}
			p.text(rect{text.x, text.y - 28, text.w, 28}, s.Title, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
			p.text(rect{text.x, text.y + 1, text.w, 24}, s.State, style{size: 17, least: 13, color: p.pal.Quiet})
			p.press(box, s.Select.Intent)
			p.focusRing(s.Select.ID, box)
		}})
	}
	p.stack(r, "steps", grid, blocks)
}

// tick is a tick, or the ring where one will be.
func (p *pen) tick(r rect, done bool) {
	if done {
		p.shape(r.x, r.y, r.w, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		return
	}
	p.disc(r.x+r.w/2, r.y+r.h/2, r.w/2-3, ink(p.pal.Panel), ink(p.pal.Quiet), 3)
}

func (p *pen) shopStep(r rect, s screen.ShopDetail) {
	p.panel(r)
	in := r.inset(3 * grid)
	head, in := in.top(40, grid)
	p.text(head, s.Title, style{size: 30, least: 22, bold: true, color: p.pal.Ink})
	used := p.paragraph(in, s.For, 4, style{size: 22, color: p.pal.Ink})
	_, in = in.top(used, grid)
	used = p.paragraph(in, s.How, 4, style{size: 19, color: p.pal.Quiet})
	_, in = in.top(used, 2*grid)
	in = p.shopActions(in, s.Actions)
	if s.Words == "" {
		return
	}
	if s.Shape != screen.ShapeNone {
		p.shape(in.x, in.y+2, 32, s.Shape, p.pal.Lamp(s.Colour), p.pal.OnCard)
	}
	words := rect{in.x + 44, in.y, in.w - 44, in.h}
	used = p.paragraph(words, s.Words, 5, style{size: 20, bold: true, color: p.pal.Ink})
	_, in = in.top(max(used, 36), grid)
	var blocks []block
	for _, row := range s.Rows {
		look := style{size: 18, least: 14, color: p.pal.Ink}
		lines := min(len(p.wrap(row, in.w, look)), 3)
		blocks = append(blocks, block{h: float32(lines) * look.size * leading, draw: func(box rect) { p.paragraph(box, row, 3, look) }})
	}
	p.stack(in, "came", 6, blocks)
}

// shopActions draws the buttons of a step in rows of three and gives the room below.
func (p *pen) shopActions(r rect, actions []screen.Action) rect {
	const columns = 3
	h := p.finger()
	w := (r.w - (columns-1)*grid) / columns
	for i, a := range actions {
		p.button(rect{r.x + float32(i%columns)*(w+grid), r.y + float32(i/columns)*(h+grid), w, h}, a)
	}
	rows := float32((len(actions) + columns - 1) / columns)
	_, r = r.top(rows*(h+grid), 2*grid)
	return r
}

package ui

import (
	"fmt"

	"packbench/station/pack"
	"packbench/station/screen"
)

// card draws the newest verdict: a coloured ground, its shape and word, what it
// is about, and what to do.
func (p *pen) card(r rect, c screen.Card) {
	if c.Kind == "" {
		p.panel(r)
		p.barcode(rect{r.x + r.w/2 - 90, r.y + r.h/2 - 36, 180, 72}, p.pal.Faint)
		return
	}
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	in := r.inset(3 * grid)
	head, in := in.top(72, 2*grid)
	p.shape(head.x, head.y, 72, c.Shape, p.pal.OnCard, ground)
	p.text(rect{head.x + 92, head.y, head.w - 192, head.h}, c.Word, style{size: 30, bold: true, color: p.pal.OnCard})
	p.text(rect{head.x + head.w - 100, head.y, 100, 24}, c.Time, style{size: 18, align: alignRight, color: p.pal.OnCard})
	if c.Kind == pack.Refused && len(c.Expected) > 0 {
		p.refusal(in, c, ground)
		return
	}
	step := float32(0)
	if c.Step != "" {
		step = 64
	}
	foot, in := in.bottom(step, grid)
	if c.Step != "" {
		p.paragraph(foot, c.Step, 2, style{size: 26, least: 22, bold: true, color: p.pal.OnCard})
	}
	size := p.atLeast(60, 12)
	used := p.paragraph(in, c.Head, 3, style{size: size, least: 42, bold: true, color: p.pal.OnCard})
	in.y, in.h = in.y+used+grid, in.h-used-grid
	if c.Detail == "" || in.h < 40 {
		return
	}
	detail := style{size: p.atLeast(60, 12), least: 26, color: p.pal.OnCard}
	if len(c.Detail) > 20 {
		detail.size = 30
	}
	p.paragraph(in, c.Detail, max(1, int(in.h/(detail.size*leading))), detail)
}

// refusal draws what was scanned over what would have been right.
func (p *pen) refusal(r rect, c screen.Card, ground screen.RGB) {
	used := p.paragraph(r, c.Head, 2, style{size: p.atLeast(52, 12), least: 40, bold: true, color: p.pal.OnCard})
	r.y, r.h = r.y+used+grid, r.h-used-grid
	step, r := r.bottom(52, grid)
	p.text(step, c.Step, style{size: p.atLeast(44, 12), least: 30, bold: true, color: p.pal.OnCard})
	scanned, wanted := r.left((r.w-2*grid)*0.5, 2*grid)
	p.text(rect{scanned.x, scanned.y, scanned.w, 26}, "Scanned", style{size: 20, color: p.pal.OnCard})
	p.text(rect{wanted.x, wanted.y, wanted.w, 26}, "Expected", style{size: 20, color: p.pal.OnCard})
	_, scanned = scanned.top(26, 4)
	_, wanted = wanted.top(26, 4)
	if c.Item != nil {
		p.cardItem(rect{scanned.x, scanned.y, scanned.w, 72}, *c.Item, 24)
	}
	row := min((wanted.h-float32(len(c.Expected)-1)*4)/float32(len(c.Expected)), 72)
	more := c.More
	for i, item := range c.Expected {
		if row < 40 && i > 0 {
			more += len(c.Expected) - i
			break
		}
		p.cardItem(rect{wanted.x, wanted.y + float32(i)*(row+4), wanted.w, row}, item, 20)
	}
	if more > 0 {
		y := scanned.y + 80
		if scanned.h >= 104 {
			p.text(rect{scanned.x, y, scanned.w, 24}, fmt.Sprintf("or %d more", more), style{size: 18, color: p.pal.OnCard})
		}
	}
}

func (p *pen) cardItem(r rect, item screen.Item, size float32) {
	pic := rect{r.x, r.y, r.h, r.h}
	p.tile(pic, item, false)
	name := rect{r.x + r.h + 12, r.y, r.w - r.h - 12, r.h}
	s := style{size: size, least: 16, bold: true, color: p.pal.OnCard}
	lines := p.wrap(item.Name, name.w, s)
	if len(lines) > 1 && r.h >= 56 {
		p.paragraph(rect{name.x, r.y + r.h/2 - size*leading, name.w, r.h}, item.Name, 2, s)
		return
	}
	p.text(name, item.Name, s)
}

// small draws the card in one row, where the page has another large thing.
func (p *pen) small(r rect, c screen.Card) {
	if c.Kind == "" {
		return
	}
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	size := min(r.h-2*grid, 64)
	p.shape(r.x+2*grid, r.y+r.h/2-size/2, size, c.Shape, p.pal.OnCard, ground)
	text := rect{r.x + size + 4*grid, r.y + grid, r.w - size - 6*grid, r.h - 2*grid}
	line := c.Detail
	if line == "" {
		line = c.Step
	}
	if line == "" {
		p.text(text, c.Head, style{size: 36, least: 24, bold: true, color: p.pal.OnCard})
		return
	}
	top, low := text.top(text.h*0.52, 0)
	p.text(top, c.Head, style{size: 34, least: 24, bold: true, color: p.pal.OnCard})
	p.text(low, line, style{size: 22, least: 18, color: p.pal.OnCard})
}

// locked fills the page until a supervisor comes.
func (p *pen) locked(r rect, recent []screen.StripItem) {
	p.fill(r, p.pal.Wrong, radius)
	in := r.inset(5 * grid)
	p.shape(in.x, in.y+grid, 160, screen.ShapeCross, p.pal.OnCard, p.pal.Wrong)
	text := rect{in.x + 208, in.y, in.w - 208, in.h}
	used := p.paragraph(text, "Locked", 1, style{size: 96, bold: true, color: p.pal.OnCard})
	text.y += used
	p.paragraph(text, "Too many scans in a row were refused. Nothing in the box has changed.", 2, style{size: 30, color: p.pal.OnCard})
	list := rect{text.x, text.y + 104, text.w, in.y + in.h - text.y - 104}
	for i, it := range recent {
		y := list.y + float32(i)*36
		if y+30 > list.y+list.h || i == 5 {
			break
		}
		p.shape(list.x, y+4, 22, it.Shape, p.pal.OnCard, p.pal.Wrong)
		p.text(rect{list.x + 36, y, 90, 30}, it.Time, style{size: 22, color: p.pal.OnCard})
		p.text(rect{list.x + 132, y, list.w - 132, 30}, it.Text, style{size: 22, color: p.pal.OnCard})
	}
}

package ui

import "packbench/station/screen"

// things draws what a text means: the list where it means several things, and what is
// known of the one that is shown.
func (p *pen) things(r rect, v screen.TraceView) {
	if v.Saved != "" {
		var saved rect
		saved, r = r.bottom(56, grid)
		p.paragraph(saved, v.Saved, 2, style{size: 17, least: 13, color: p.pal.Quiet})
	}
	if n := len(v.Rows); n > 0 {
		var list rect
		high := p.finger() + grid
		list, r = r.top(min(float32(n)*high, max(r.h*0.45, 2*high+p.moreHeight())), grid)
		var blocks []block
		for _, row := range v.Rows {
			blocks = append(blocks, block{h: p.finger(), ids: []string{row.ID}, draw: func(box rect) { p.foundRow(box, row) }})
		}
		p.stack(list, "found", grid, blocks)
	}
	p.panel(r)
	in := r.inset(2 * grid)
	if len(v.Known) == 0 {
		return
	}
	head, in := in.top(36, grid)
	state, head := head.right(150, grid)
	p.text(head, v.Known[0].Name, style{size: 26, least: 16, bold: true, color: p.pal.Ink})
	p.text(state, v.Known[0].Value, style{size: 18, least: 14, align: alignRight, color: p.pal.Quiet})
	var blocks []block
	for _, k := range v.Known[1:] {
		text := style{size: 18, color: p.pal.Ink}
		lines := min(len(p.wrap(k.Value, in.w-knownName, text)), 3)
		blocks = append(blocks, block{h: float32(max(lines, 1)) * 18 * leading, draw: func(box rect) {
			p.text(rect{box.x, box.y, knownName - grid, 18 * leading}, k.Name, style{size: 16, least: 12, color: p.pal.Quiet})
			p.paragraph(rect{box.x + knownName, box.y, box.w - knownName, box.h}, k.Value, 3, text)
		}})
	}
	p.stack(in, "known", 6, blocks)
}

// knownName is where the values stand beside the names.
const knownName = 118

func (p *pen) foundRow(r rect, row screen.ThingRow) {
	ground := p.pal.Panel
	if row.On {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	state, title := rect{r.x + 2*grid, r.y, r.w - 4*grid, r.h}.right(120, grid)
	p.text(title, row.Label, style{size: 20, least: 14, bold: true, color: p.pal.Ink})
	p.text(state, row.State, style{size: 17, least: 13, align: alignRight, color: p.pal.Quiet})
	p.press(r, row.Intent)
	p.focusRing(row.ID, r)
}

package ui

import "packbench/station/screen"

// found draws the parcels that somebody asked for under their verdict: one with its
// label, several as a list, and the buttons that print.
func (p *pen) found(r rect, c screen.Card, f screen.FoundView) {
	top, r := r.top(168, grid)
	p.medium(top, c)
	p.panel(r)
	in := r.inset(2 * grid)
	buttons, in := in.bottom(p.finger(), 2*grid)
	wide := (buttons.w - grid) / 2
	size := p.labelSize([]screen.Action{f.Print, f.Slip}, wide)
	p.buttonOf(rect{buttons.x, buttons.y, wide, buttons.h}, f.Print, size)
	p.buttonOf(rect{buttons.x + wide + grid, buttons.y, wide, buttons.h}, f.Slip, size)
	if f.HasLabel && p.ui.pictured(f.Label) {
		var paper rect
		paper, in = in.left(in.h*2/3, 3*grid)
		p.fill(paper, 0xFFFFFF, 4)
		p.picture(paper.inset(4), p.ui.label)
	}
	var rows []block
	for _, row := range f.Rows {
		rows = append(rows, block{84, nil, func(box rect) {
			p.text(rect{box.x, box.y, box.w, 32}, row.Name, style{size: 24, least: 16, bold: true, color: p.pal.Ink})
			p.text(rect{box.x, box.y + 32, box.w, 24}, row.Text, style{size: 18, least: 14, color: p.pal.Ink})
			p.text(rect{box.x, box.y + 56, box.w, 24}, row.State, style{size: 18, least: 14, color: p.pal.Quiet})
		}})
	}
	p.stack(in, "found", grid, rows)
}

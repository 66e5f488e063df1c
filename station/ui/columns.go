package ui

import (
	"packbench/station/screen"
)

// columns draws what the columns of files hold: of one file with its first rows and what
// would come of it, or the list of what is remembered.
func (p *pen) columns(r rect, v screen.ColumnsView) {
	head, r := r.top(max(72, p.finger()), 2*grid)
	p.head(head, v.Title, v.Sub, v.Tools)
	if v.Locked != "" {
		foot, rest := r.bottom(24, grid)
		r = rest
		p.text(foot, v.Locked, style{size: 17, least: 13, color: p.pal.Ink})
	}
	switch {
	case v.Form != nil:
		p.columnsForm(r, *v.Form)
		return
	case len(v.Rows) == 0:
		p.nothing(r, v.Empty, false)
		return
	}
	left, right := r.left(min(r.w*0.42, 560), 2*grid)
	var blocks []block
	for _, s := range v.Rows {
		blocks = append(blocks, block{max(p.finger(), 80), []string{s.Select.ID}, func(box rect) { p.shopRow(box, s) }})
	}
	p.stack(left, "answers", grid, blocks)
	if v.Answer != nil {
		p.columnsAnswer(right, *v.Answer)
	}
}

func (p *pen) columnsAnswer(r rect, a screen.ColumnsPanel) {
	p.panel(r)
	in := r.inset(3 * grid)
	head, in := in.top(40, 4)
	p.text(head, a.Title, style{size: 30, least: 18, bold: true, color: p.pal.Ink})
	sub, in := in.top(26, 2*grid)
	p.text(sub, a.Sub, style{size: 19, least: 14, color: p.pal.Quiet})
	row, in := in.top(p.finger(), 2*grid)
	for _, act := range a.Actions {
		var box rect
		box, row = row.left(208, grid)
		p.button(box, act)
	}
	if a.Saved != "" {
		p.few(row, a.Saved, style{size: 19, least: 15, bold: true, color: p.pal.Ink})
	}
	var blocks []block
	for _, f := range a.Figures {
		blocks = append(blocks, block{h: 34, draw: func(box rect) {
			name, value := box.left(box.w*0.42, grid)
			p.text(name, f.Name, style{size: 20, least: 15, color: p.pal.Quiet})
			p.text(value, f.Value, style{size: 20, least: 15, bold: true, color: p.pal.Ink})
		}})
	}
	p.stack(in, "answer", 2, blocks)
}

// columnsForm draws what has to be told on the left, the file on the right.
func (p *pen) columnsForm(r rect, f screen.ColumnsForm) {
	foot, r := r.bottom(max(72, p.finger()), 2*grid)
	for i, a := range f.Actions {
		var box rect
		box, foot = foot.left(map[bool]float32{true: 296, false: 176}[i == 0], grid)
		p.button(box, a)
	}
	if f.Fault != "" {
		p.shape(foot.x+grid, foot.y+foot.h/2-16, 32, screen.ShapeMark, p.pal.Lamp(screen.LampAmber), p.pal.OnCard)
		p.few(rect{foot.x + 52, foot.y, foot.w - 52, foot.h}, f.Fault, style{size: 20, least: 16, bold: true, color: p.pal.Ink})
	}
	left := r
	if f.Table != nil {
		var right rect
		left, right = r.left(r.w*0.42, 2*grid)
		p.columnsFile(right, f)
	}
	var blocks []block
	for _, row := range f.Fields {
		blocks = append(blocks, block{max(p.finger(), 68), []string{row.Edit.ID}, func(box rect) { p.columnsRow(box, row) }})
	}
	p.stack(left, "columns", grid, blocks)
}

func (p *pen) columnsRow(r rect, c screen.ColumnsRow) {
	p.fill(r, p.pal.Panel, radius)
	if c.Shape == screen.ShapeNone {
		p.tick(rect{r.x + 14, r.y + r.h/2 - 16, 32, 32}, false)
	} else {
		p.shape(r.x+14, r.y+r.h/2-16, 32, c.Shape, p.pal.Lamp(c.Colour), p.pal.OnCard)
	}
	in := rect{r.x + 60, r.y, r.w - 72, r.h}
	name, value := in.left(in.w*0.58, grid)
	if c.Value == "" {
		name = in
	}
	p.text(rect{name.x, r.y + r.h/2 - 28, name.w, 28}, c.Label, style{size: 20, least: 15, color: p.pal.Ink})
	p.text(rect{name.x, r.y + r.h/2 + 2, name.w, 24}, c.Note, style{size: 16, least: 13, color: p.pal.Quiet})
	if c.Value != "" {
		p.text(value, c.Value, style{size: 20, least: 14, bold: true, align: alignRight, color: p.pal.Ink})
	}
	if c.Edit.Enabled {
		p.press(r, c.Edit.Intent)
	}
	p.focusRing(c.Edit.ID, r)
}

// columnsFile draws the first rows of the file, and below them what would come of it.
func (p *pen) columnsFile(r rect, f screen.ColumnsForm) {
	const line = 30
	t := f.Table
	need := 3*grid + float32(len(t.Rows))*line + 24 + 36
	if len(t.Pages) > 0 {
		need += p.finger() + grid
	}
	table, below := r.top(min(need, r.h*0.6), 2*grid)
	p.panel(table)
	in := table.inset(grid + 4)
	if len(t.Pages) > 0 {
		var pages rect
		pages, in = in.bottom(p.finger(), grid)
		p.pager(pages, 136, t.Paged, t.Pages)
	}
	used, in := in.top(24, 0)
	heads, in := in.top(32, 4)
	n := float32(max(len(t.Heads), 1))
	wide := (in.w - (n-1)*grid) / n
	for i, head := range t.Heads {
		x := in.x + float32(i)*(wide+grid)
		if t.Used[i] != "" {
			p.fill(rect{x - 3, used.y - 2, wide + 6, used.h + heads.h + 4}, p.pal.Press, radius/2)
		}
		p.text(rect{x, used.y, wide, used.h}, t.Used[i], style{size: 15, least: 13, color: p.pal.Ink})
		p.text(rect{x, heads.y, wide, heads.h}, head, style{size: 19, least: 14, bold: true, color: p.pal.Ink})
		for j, row := range t.Rows {
			if y := in.y + float32(j)*line; y+line <= in.y+in.h+1 {
				p.text(rect{x, y, wide, line}, row[i], style{size: 18, least: 14, color: p.pal.Ink})
			} else {
				p.lost(row[i])
			}
		}
	}
	p.columnsTrial(below, f)
}

func (p *pen) columnsTrial(r rect, f screen.ColumnsForm) {
	if f.Words == "" {
		return
	}
	p.shape(r.x, r.y+2, 32, f.Shape, p.pal.Lamp(f.Colour), p.pal.OnCard)
	used := p.paragraph(rect{r.x + 44, r.y, r.w - 44, r.h}, f.Words, 3, style{size: 20, bold: true, color: p.pal.Ink})
	_, r = r.top(max(used, 36), grid)
	var blocks []block
	title, sub := style{size: 19, least: 15, color: p.pal.Ink}, style{size: 17, least: 14, color: p.pal.Quiet}
	for _, l := range f.Lines {
		lines := min(len(p.wrap(l.Title, r.w-40, title)), 3)
		above := float32(lines) * title.size * leading
		more := float32(0)
		if l.Sub != "" {
			more = float32(min(len(p.wrap(l.Sub, r.w-40, sub)), 2)) * sub.size * leading
		}
		blocks = append(blocks, block{h: max(above+more, 30), draw: func(box rect) {
			p.shape(box.x+4, box.y+2, 22, l.Shape, p.pal.Lamp(l.Colour), p.pal.OnCard)
			p.paragraph(rect{box.x + 40, box.y, box.w - 40, box.h}, l.Title, 3, title)
			if l.Sub != "" {
				p.paragraph(rect{box.x + 40, box.y + above, box.w - 40, box.h}, l.Sub, 2, sub)
			}
		}})
	}
	p.stack(r, "trial", 6, blocks)
}

package ui

import "packbench/station/screen"

// tileHeight holds five lines of type.
const tileHeight = 176

// board draws a tile for each bench.
func (p *pen) board(r rect, v screen.BoardView) {
	head, r := r.top(p.finger(), 2*grid)
	back, head := head.right(152, grid)
	p.button(back, v.Back)
	wide := p.text(rect{head.x, head.y, head.w * 0.6, head.h}, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	p.text(rect{head.x + wide + 16, head.y, head.w - wide - 32, head.h}, v.Saved, style{size: 18, least: 15, align: alignRight, color: p.pal.Quiet})
	if v.Empty != "" {
		p.nothing(r, v.Empty, false)
		return
	}
	columns := max(int(r.w/400), 1)
	var blocks []block
	for at := 0; at < len(v.Tiles); at += columns {
		row := v.Tiles[at:min(at+columns, len(v.Tiles))]
		var ids []string
		for _, t := range row {
			if t.Act != nil {
				ids = append(ids, t.Act.ID)
			}
		}
		blocks = append(blocks, block{tileHeight, ids, func(box rect) {
			w := (box.w - float32(columns-1)*grid) / float32(columns)
			for i, t := range row {
				p.benchTile(rect{box.x + float32(i)*(w+grid), box.y, w, box.h}, t)
			}
		}})
	}
	p.stack(r, "board", grid, blocks)
}

func (p *pen) benchTile(r rect, t screen.BenchTile) {
	p.panel(r)
	p.shape(r.x+16, r.y+16, 32, t.Shape, p.pal.Of(t.Kind), p.pal.OnCard)
	in := rect{r.x + 64, r.y + 12, r.w - 80, 40}
	p.text(in, t.Age, style{size: 18, align: alignRight, color: p.pal.Quiet})
	p.text(rect{in.x, in.y, in.w - 76, in.h}, t.Title, style{size: 26, least: 18, bold: true, color: p.pal.Ink})
	body := rect{r.x + 16, r.y + 58, r.w - 32, 26}
	if t.Act != nil {
		var act rect
		act, body = body.right(112, grid)
		p.button(rect{act.x, act.y, act.w, 64}, *t.Act)
	}
	p.text(body, t.Who, style{size: 20, least: 15, color: p.pal.Ink})
	p.text(rect{body.x, body.y + 28, body.w, body.h}, t.Doing, style{size: 20, least: 15, color: p.pal.Ink})
	below := rect{body.x, body.y + 56, body.w, body.h}
	p.text(below, t.Pace, style{size: 18, least: 14, color: p.pal.Quiet})
	p.text(rect{below.x, below.y + 28, r.w - 32, below.h}, t.Alarm, style{size: 19, least: 14, bold: true, color: p.pal.Ink})
}

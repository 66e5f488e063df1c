package ui

import "packbench/station/screen"

// A tile of the board holds five lines of type. The fewer benches there are the larger it
// is, so that it can be read across a hall.
const (
	tileWidth   = 400
	tileHeight  = 176
	largestTile = 2.2
)

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
	columns, by := tiles(r, len(v.Tiles))
	var blocks []block
	for at := 0; at < len(v.Tiles); at += columns {
		row := v.Tiles[at:min(at+columns, len(v.Tiles))]
		var ids []string
		for _, t := range row {
			if t.Act != nil {
				ids = append(ids, t.Act.ID)
			}
		}
		blocks = append(blocks, block{tileHeight * by, ids, func(box rect) {
			w := (box.w - float32(columns-1)*grid) / float32(columns)
			for i, t := range row {
				p.benchTile(rect{box.x + float32(i)*(w+grid), box.y, w, box.h}, t, by)
			}
		}})
	}
	p.stack(r, "board", grid, blocks)
}

// tiles is how many stand in a row, and how many times larger they are than the smallest.
func tiles(r rect, n int) (columns int, by float32) {
	fit := func(by float32) int { return max(int(r.w/(tileWidth*by)), 1) }
	for by = largestTile; by > 1; by -= 0.05 {
		columns = fit(by)
		rows := (n + columns - 1) / columns
		if float32(rows)*(tileHeight*by+grid) <= r.h && tileWidth*by <= r.w {
			return columns, by
		}
	}
	return fit(1), 1
}

// benchTile draws a bench, so many times larger than the smallest.
func (p *pen) benchTile(r rect, t screen.BenchTile, by float32) {
	inks := p.pal.Ink
	mark := p.pal.Of(t.Kind)
	if t.Away { // what stands there was so before
		p.ring(r, p.pal.Faint, 2, radius)
		inks, mark = p.pal.Quiet, p.pal.Quiet
	} else {
		p.panel(r)
	}
	text := func(at rect, words string, size, least float32, bold, right bool, c screen.RGB) {
		s := style{size: size * by, least: least * by, bold: bold, color: c}
		if right {
			s.align = alignRight
		}
		p.text(at, words, s)
	}
	line := func(at, room float32) rect { return rect{r.x + 16*by, r.y + at*by, r.w - 32*by - room, 26 * by} }
	p.shape(r.x+16*by, r.y+16*by, 32*by, t.Shape, mark, p.pal.OnCard)
	head := rect{r.x + 64*by, r.y + 12*by, r.w - 80*by, 40 * by}
	text(head, t.Age, 18, 14, false, true, p.pal.Quiet)
	head.w -= 76 * by
	text(head, t.Title, 26, 18, true, false, inks)
	room := float32(0)
	if t.Act != nil {
		room = 112 + grid
		p.button(rect{r.x + r.w - 16*by - 112, r.y + 58*by, 112, 64}, *t.Act)
	}
	text(line(58, room), t.Who, 20, 15, false, false, inks)
	text(line(86, room), t.Doing, 20, 15, false, false, inks)
	if len(t.Lamps) > 0 {
		p.tileLamp(line(114, room), t.Lamps[0], by, inks)
	} else {
		text(line(114, room), t.Pace, 18, 14, false, false, p.pal.Quiet)
	}
	text(line(142, 0), t.Alarm, 19, 14, true, false, p.pal.Ink)
}

// tileLamp says which device of a bench is not well.
func (p *pen) tileLamp(r rect, l screen.Lamp, by float32, c screen.RGB) {
	size := 18 * by
	p.lamp(r.x, r.y+(r.h-size)/2, size, l.Colour)
	p.text(rect{r.x + size + 8*by, r.y, r.w - size - 8*by, r.h}, l.Name+": "+l.Words, style{size: 18 * by, least: 13 * by, color: c})
}

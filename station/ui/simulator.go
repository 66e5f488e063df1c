package ui

import (
	"packbench/station/screen"
)

// simulator draws the panel of the demo: products to touch, the scale's knob,
// cables and the printer.
func (p *pen) simulator(r rect, v screen.SimView) {
	p.fill(rect{r.x, r.y + grid, r.w, r.h - grid}, p.pal.Panel, radius)
	in := rect{r.x + 14, r.y + 18, r.w - 28, r.h - 28}
	in = p.simHead(in, v.Title)
	in = p.simTiles(in, v)
	in = p.simCodes(in, v)
	in = p.simScale(in, v)
	p.simLabel(&in, "Cables")
	row, in := in.top(44, 6)
	p.simRow(row, v.Cables)
	p.simLabel(&in, "Printer")
	row, _ = in.top(44, 0)
	p.simRow(row, v.Printer)
}

func (p *pen) simHead(r rect, title string) rect {
	head, rest := r.top(28, 6)
	p.text(head, title, style{size: 20, bold: true, color: p.pal.Ink})
	p.text(head, "touch = scan", style{size: 16, align: alignRight, color: p.pal.Quiet})
	return rest
}

func (p *pen) simLabel(r *rect, text string) {
	var head rect
	head, *r = r.top(20, 2)
	p.text(head, text, style{size: 15, bold: true, color: p.pal.Quiet})
}

// simTiles draws the order's products, then strangers to try a wrong scan.
func (p *pen) simTiles(r rect, v screen.SimView) rect {
	const columns, h, gap = 3, 84, 6
	w := (r.w - (columns-1)*gap) / columns
	draw := func(tiles []screen.Tile, rows int) {
		for i, t := range tiles[:min(len(tiles), rows*columns)] {
			p.simTile(rect{r.x + float32(i%columns)*(w+gap), r.y + float32(i/columns)*(h+gap), w, h}, t)
		}
		n := min((len(tiles)+columns-1)/columns, rows)
		_, r = r.top(float32(n)*(h+gap)-gap, gap)
	}
	if len(v.Tiles) > 0 {
		p.simLabel(&r, "In the order")
		draw(v.Tiles, 2)
	}
	if len(v.Strangers) > 0 {
		p.simLabel(&r, "Strangers")
		draw(v.Strangers, 1)
	}
	return r
}

func (p *pen) simTile(r rect, t screen.Tile) {
	ground, c := p.pal.Raised, p.pal.Ink
	if t.Done {
		ground, c = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	p.tile(rect{r.x + r.w/2 - 22, r.y + 6, 44, 44}, t.Item, t.Done)
	p.text(rect{r.x + 4, r.y + 54, r.w - 8, 24}, t.Item.Name, style{size: 15, least: 13, align: alignCentre, color: c})
	p.press(r, t.Scan.Intent)
	p.focusRing(t.Scan.ID, r)
}

func (p *pen) simCodes(r rect, v screen.SimView) rect {
	if len(v.Codes) == 0 {
		return r
	}
	p.simLabel(&r, "Badges, orders, boxes, label")
	const columns, h = 3, 40
	deep := min((len(v.Codes)+columns-1)/columns, 3)
	row, rest := r.top(float32(deep)*(h+grid)-grid, 6)
	p.grid(row, v.Codes, columns, h)
	return rest
}

// simScale draws the knob: touch or drag it, and the weight lies on the scale.
func (p *pen) simScale(r rect, v screen.SimView) rect {
	p.simLabel(&r, "Scale")
	head, r := r.top(32, 2)
	p.text(head, v.Weight, style{size: 24, bold: true, color: p.pal.Ink})
	if v.Moving {
		p.text(head, "moving", style{size: 17, align: alignRight, color: p.pal.Quiet})
	}
	knob, r := r.top(36, 4)
	track := rect{knob.x, knob.y + 12, knob.w, 12}
	p.fill(track, p.pal.Raised, 6)
	x := track.x + 14 + (track.w-28)*float32(v.Knob)/1000
	p.fill(rect{track.x, track.y, x - track.x, track.h}, p.pal.Tell, 6)
	p.circle(x, track.y+6, 14, p.pal.Ink)
	p.tap(knob, tap{knob: v.KnobMax})
	row, r := r.top(44, 6)
	p.simRow(row, v.Weights)
	return r
}

func (p *pen) simRow(r rect, actions []screen.Action) {
	if len(actions) > 0 {
		p.grid(r, actions, len(actions), r.h)
	}
}

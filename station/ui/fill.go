package ui

import (
	"strconv"

	"packbench/station/screen"
)

// filling draws the card, and under it the box with its layers.
func (p *pen) filling(r rect, b screen.BenchView) {
	high := p.ui.tight(20 * grid)
	if len(b.Fill.Layers) == 0 {
		high = p.ui.tight(92)
	}
	low, top := r.bottom(high, grid)
	p.card(top, b.Card)
	p.panel(low)
	in := low.inset(14)
	words := in
	if layers := b.Fill.Layers; len(layers) > 0 {
		tile := rect{h: in.h - 24}
		tile.w = min(tile.h*b.Fill.Wide, in.w*0.42)
		tile.h = tile.w / b.Fill.Wide
		shown := shownLayers(layers, max(1, int((in.w*0.62+grid)/(tile.w+grid))))
		width := float32(len(shown))*(tile.w+grid) - grid
		var side rect
		side, words = in.right(width, 2*grid)
		for i, l := range shown {
			x := side.x + float32(i)*(tile.w+grid)
			p.text(rect{x, side.y, tile.w, 20}, l.Label, style{size: 16, least: 13, align: alignCentre, color: p.pal.Quiet})
			p.layer(rect{x, side.y + 24, tile.w, tile.h}, l)
		}
	}
	head, words := words.top(30, 0)
	p.carton(head.x, head.y+3, 24)
	p.text(rect{head.x + 36, head.y, head.w - 36, head.h}, b.Box, style{size: 24, least: 18, bold: true, color: p.pal.Ink})
	if len(b.Fill.Layers) == 0 {
		p.text(rect{head.x + head.w*0.4, head.y, head.w * 0.6, head.h}, b.OnScale, style{size: 22, least: 18, align: alignRight, color: p.pal.Quiet})
		p.paragraph(words, b.Fill.Note, 1, style{size: 18, least: 15, color: p.pal.Quiet})
		return
	}
	scale, words := words.bottom(24, 0)
	p.text(scale, b.OnScale, style{size: 18, least: 14, color: p.pal.Quiet})
	if b.Fill.Note != "" {
		var note rect
		note, words = words.bottom(24, 0)
		p.text(note, b.Fill.Note, style{size: 18, least: 13, bold: true, color: p.pal.Ink})
	}
	p.paragraph(words, b.Fill.Next, 2, style{size: 20, least: 15, color: p.pal.Ink})
}

// shownLayers are as many as there is room for, from the one that is filled now.
func shownLayers(layers []screen.FillLayer, room int) []screen.FillLayer {
	first := 0
	for i, l := range layers {
		for _, u := range l.Units {
			if u.Next {
				first = i
			}
		}
	}
	first = max(0, min(first, len(layers)-room))
	return layers[first:min(len(layers), first+room)]
}

// layer draws one layer of a box from above: what is in by now is quiet, what comes next
// has a thick edge.
func (p *pen) layer(r rect, l screen.FillLayer) {
	p.fill(r, p.pal.Raised, 0)
	for _, u := range l.Units {
		in := rect{r.x + u.X*r.w, r.y + u.Y*r.h, u.W * r.w, u.L * r.h}.inset(1)
		ground, ink := u.Item.Tile, screen.OnTile
		if u.In {
			ground, ink = blend(u.Item.Tile, p.pal.Panel, 75), p.pal.Quiet
		}
		p.fill(in, ground, 0)
		p.pattern(in, u.Pattern, blend(ground, ink, 45))
		if in.w > 12 && in.h > 14 {
			p.text(in, strconv.Itoa(u.N), style{size: min(26, in.h*0.7), least: 10, bold: true, align: alignCentre, color: ink})
		}
	}
	p.ring(r, p.pal.Ink, 2, 0)
	for _, u := range l.Units {
		if u.Next {
			p.ring(rect{r.x + u.X*r.w, r.y + u.Y*r.h, u.W * r.w, u.L * r.h}, p.pal.Ink, 5, 0)
		}
	}
}

// pattern draws the lines that tell products apart without their colour.
func (p *pen) pattern(r rect, n int, c screen.RGB) {
	const step, thick = 12, 1.5
	if n%5 == 1 || n%5 == 4 {
		for x := r.x + step/2; x < r.x+r.w; x += step {
			p.line(x, r.y, x, r.y+r.h, thick, c)
		}
	}
	if n%5 == 2 || n%5 == 4 {
		for y := r.y + step/2; y < r.y+r.h; y += step {
			p.line(r.x, y, r.x+r.w, y, thick, c)
		}
	}
	if n%5 != 3 {
		return
	}
	for d := float32(step); d < r.w+r.h; d += step { // slanted
		x1, y1 := r.x+min(d, r.w), r.y+max(0, d-r.w)
		x2, y2 := r.x+max(0, d-r.h), r.y+min(d, r.h)
		p.line(x1, y1, x2, y2, thick, c)
	}
}

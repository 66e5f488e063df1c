package ui

import (
	"packbench/station/screen"
)

// weighing draws the scale; the card stands small under it when the services
// take its place.
func (p *pen) weighing(r rect, b screen.BenchView) {
	if b.Services != nil && b.Card.Kind != "" {
		var low rect
		low, r = r.bottom(112, 2*grid)
		p.small(low, b.Card)
	}
	if b.Weight != nil {
		p.weight(r, *b.Weight)
	}
}

// weight draws the state of the scale in words, the mass large, what was
// expected, and how far off it is.
func (p *pen) weight(r rect, w screen.WeightView) {
	p.panel(r)
	in := r.inset(3 * grid)
	state, in := in.top(36, 0)
	x := state.x
	if w.Kind != "" {
		p.shape(x, state.y+2, 32, screen.ShapeOf(w.Kind), p.pal.Of(w.Kind), p.pal.OnCard)
		x += 44
	}
	p.text(rect{x, state.y, state.w - 44, state.h}, w.Words, style{size: 26, bold: true, color: p.pal.Ink})
	if w.Last != "" {
		p.text(state, w.Last, style{size: 20, align: alignRight, color: p.pal.Quiet})
	}
	size := p.afar(116)
	if !w.Bar && w.Cause == "" && w.Expected == "" {
		size = max(size, min(in.w*0.27, in.h*0.5)) // nothing else to show
		_, in = in.top((in.h-size*1.3)/2, 0)
		in.h += size // room for the whole figure
	}
	mass, in := in.top(min(size*1.15, in.h*0.5), grid)
	c := p.pal.Ink
	if !w.Live {
		c = p.pal.Quiet
	}
	unit := p.wide(w.Unit, style{size: 44}) + 4
	p.text(rect{mass.x, mass.y, mass.w - unit - 12, mass.h}, w.Number, style{size: size, least: 64, bold: true, align: alignRight, color: c})
	p.text(rect{mass.x + mass.w - unit, mass.y + size*0.2, unit, mass.h - size*0.2}, w.Unit, style{size: 44, color: p.pal.Quiet})
	if w.Expected != "" {
		var line rect
		line, in = in.top(30, 2*grid)
		p.text(line, w.Expected, style{size: 22, least: 18, color: p.pal.Quiet})
	}
	if w.Bar {
		var bar rect
		bar, in = in.top(64, 2*grid)
		p.tolerance(bar, w)
	}
	if in.h <= 40 {
		p.lost(w.Cause)
	} else if w.Cause != "" {
		p.cause(in, w)
	}
}

// tolerance draws a scale from −2 to +2 tolerances: the band in the middle is
// right, the needle shows the parcel.
func (p *pen) tolerance(r rect, w screen.WeightView) {
	track := rect{r.x, r.y + 30, r.w, 16}
	p.fill(track, p.pal.Raised, 8)
	band := rect{r.x + r.w/4, track.y, r.w / 2, track.h}
	p.fill(band, p.pal.Right, 0)
	p.fill(rect{r.x + r.w/2 - 1, track.y, 2, track.h}, p.pal.OnCard, 0)
	x := r.x + r.w/2 + r.w/4*float32(w.Offset)/1000
	x = min(max(x, r.x+6), r.x+r.w-6)
	p.fill(rect{x - 5, track.y - 8, 10, 32}, p.pal.Ink, 5)
	at := min(max(x-80, r.x), r.x+r.w-160)
	a := alignCentre
	switch {
	case at <= r.x:
		a = alignLeft
	case at >= r.x+r.w-160:
		a = alignRight
	}
	p.text(rect{at, r.y - 6, 160, 26}, w.Delta, style{size: 22, bold: true, align: a, color: p.pal.Ink})
}

func (p *pen) cause(r rect, w screen.WeightView) {
	box := rect{r.x, r.y, r.w, min(r.h, 104)}
	p.fill(box, p.pal.Look, radius)
	in := box.inset(2 * grid)
	if w.Item != nil {
		p.tile(rect{in.x, in.y + in.h/2 - 36, 72, 72}, *w.Item, false)
		in.x, in.w = in.x+88, in.w-88
	}
	s := style{size: 26, least: 20, bold: true, color: p.pal.OnCard}
	n := min(len(p.wrap(w.Cause, in.w, s)), 2)
	p.paragraph(rect{in.x, in.y + in.h/2 - float32(n)*s.size*leading/2, in.w, in.h}, w.Cause, 2, s)
}

package ui

import "packbench/station/screen"

// curveHigh is the height of a curve with its numbers.
const curveHigh = 24 + 46 + 2*19

// curve draws weighings from left to right: in the band is what was right, and the numbers
// stand under each.
func (p *pen) curve(r rect, c screen.CurveView) {
	quiet := style{size: 15, least: 12, color: p.pal.Quiet}
	gutter := max(p.wide(c.WeighedWord, quiet), p.wide(c.ExpectedWord, quiet)) + grid
	head, rest := r.top(24, 0)
	plot, rest := rest.top(46, 0)
	_, plot = plot.left(gutter, 0)
	p.fill(plot, p.pal.Raised, radius)
	p.fill(rect{plot.x, plot.y + plot.h/4, plot.w, plot.h / 2}, p.pal.Ground, 0)
	p.fill(rect{plot.x, plot.y + plot.h/2 - 1, plot.w, 2}, p.pal.Quiet, 0)
	p.text(rect{r.x, rest.y, gutter, 19}, c.WeighedWord, quiet)
	p.text(rect{r.x, rest.y + 19, gutter, 19}, c.ExpectedWord, quiet)
	wide := plot.w / float32(max(len(c.Points), 6))
	split := plot.x + plot.w
	for i, at := range c.Points {
		x := plot.x + float32(i)*wide
		if at.Own && x < split {
			split = x
		}
		const size = 18
		y := plot.y + plot.h/2 - (plot.h/2-size/2)*float32(at.Offset)/2000
		p.shape(x+wide/2-size/2, y-size/2, size, at.Shape, p.pal.Of(at.Kind), p.pal.OnCard)
		number := style{size: 15, least: 11, align: alignCentre, bold: at.Own, color: p.pal.Ink}
		p.text(rect{x, rest.y, wide - 2, 19}, at.Weighed, number)
		number.bold, number.color = false, p.pal.Quiet
		p.text(rect{x, rest.y + 19, wide - 2, 19}, at.Expected, number)
	}
	s := style{size: 17, least: 13, color: p.pal.Quiet}
	if c.Own == "" || c.Parcels == "" {
		p.text(rect{plot.x, head.y, plot.w, head.h}, c.Parcels+c.Own, s)
		return
	}
	p.fill(rect{split - 2, plot.y, 2, plot.h}, p.pal.Ink, 0)
	p.text(rect{plot.x, head.y, split - plot.x - grid, head.h}, c.Parcels, s)
	p.text(rect{split, head.y, plot.x + plot.w - split, head.h}, c.Own, s)
}

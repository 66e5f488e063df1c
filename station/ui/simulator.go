package ui

import (
	"packbench/station/screen"
)

// simulator draws the panel of the demo: products to touch, the scale's knob,
// cables and the printer.
func (p *pen) simulator(r rect, v screen.SimView) {
	p.fill(rect{r.x, r.y + grid, r.w, r.h - grid}, p.pal.Panel, radius)
	in := rect{r.x + 14, r.y + 20, r.w - 28, r.h - 30}
	head, in := in.top(28, 4)
	p.text(head, v.Title, style{size: 20, bold: true, color: p.pal.Ink})
	p.text(head, v.Hint, style{size: 16, align: alignRight, color: p.pal.Quiet})
	s := simPanel{p, 70, 38}
	if r.h < 760 { // the largest order of the demo would push the printer off the panel
		s.tile, s.row = 62, 34
	}
	in = s.tiles(in, v.TilesWord, v.Tiles, 2)
	in = s.tiles(in, v.StrangersWord, v.Strangers, 1)
	in = s.grid(in, v.CodesWord, v.Codes, 2)
	in = s.scale(in, v)
	in = s.grid(in, v.CablesWord, v.Cables, 1)
	s.grid(in, v.PrinterWord, v.Printer, 2)
}

// simPanel draws the blocks of the panel: how high a product and a button are.
type simPanel struct {
	*pen
	tile, row float32
}

func (p simPanel) heading(r rect, text string) rect {
	if text == "" {
		return r
	}
	head, rest := r.top(20, 3)
	p.text(head, text, style{size: 15, bold: true, color: p.pal.Quiet})
	return rest
}

// Buttons of the panel stand three in a row; they are for a mouse or a finger
// in a demo, not for work.
const (
	simColumns = 3
	simGap     = 6
)

// tiles draws products that can be scanned by a touch.
func (p simPanel) tiles(r rect, title string, tiles []screen.Tile, rows int) rect {
	if len(tiles) == 0 {
		return r
	}
	r = p.heading(r, title)
	h := p.tile
	w := (r.w - (simColumns-1)*simGap) / simColumns
	shown := tiles[:min(len(tiles), rows*simColumns)]
	for i, t := range shown {
		p.product(rect{r.x + float32(i%simColumns)*(w+simGap), r.y + float32(i/simColumns)*(h+simGap), w, h}, t)
	}
	_, rest := r.top(float32((len(shown)+simColumns-1)/simColumns)*(h+simGap), 2)
	return rest
}

func (p simPanel) product(r rect, t screen.Tile) {
	ground, c := p.pal.Raised, p.pal.Ink
	if t.Done {
		ground, c = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	side := r.h - 32
	p.pen.tile(rect{r.x + r.w/2 - side/2, r.y + 5, side, side}, t.Item, t.Done)
	p.text(rect{r.x + 4, r.y + r.h - 25, r.w - 8, 22}, t.Item.Name, style{size: 15, least: 12, align: alignCentre, color: c})
	p.press(r, t.Scan.Intent)
	p.focusRing(t.Scan.ID, r)
}

// grid draws a titled block of small buttons.
func (p simPanel) grid(r rect, title string, actions []screen.Action, rows int) rect {
	if len(actions) == 0 {
		return r
	}
	r = p.heading(r, title)
	columns := min(len(actions), simColumns)
	if len(actions) == 4 {
		columns = 4
	}
	for _, a := range actions { // a cut name helps nobody
		if columns > 2 && p.wide(a.Label, style{size: 14}) > r.w/float32(columns)-simGap-12 {
			columns, rows = 2, rows+1
		}
	}
	shown := actions[:min(len(actions), rows*columns)]
	w := (r.w - float32(columns-1)*simGap) / float32(columns)
	for i, a := range shown {
		p.button(rect{r.x + float32(i%columns)*(w+simGap), r.y + float32(i/columns)*(p.row+simGap), w, p.row}, a)
	}
	_, rest := r.top(float32((len(shown)+columns-1)/columns)*(p.row+simGap), 2)
	return rest
}

func (p simPanel) button(r rect, a screen.Action) {
	ground, text := p.pal.Raised, p.pal.Ink
	switch {
	case !a.Enabled:
		text = p.pal.Quiet
	case a.Primary:
		ground, text = p.pal.Bar, p.pal.OnBar
	case a.On:
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	p.text(rect{r.x + 6, r.y, r.w - 12, r.h}, a.Label, style{size: 17, least: 13, bold: a.On || a.Primary, align: alignCentre, color: text})
	if a.Enabled {
		p.press(r, a.Intent)
	}
	p.focusRing(a.ID, r)
}

// scale draws the knob: touch or drag it, and the weight lies on the scale.
func (p simPanel) scale(r rect, v screen.SimView) rect {
	r = p.heading(r, v.WeightWord)
	row, r := r.top(34, 4)
	p.text(rect{row.x, row.y, 104, row.h}, v.Weight, style{size: 22, least: 16, bold: true, color: p.pal.Ink})
	knob := rect{row.x + 112, row.y, row.w - 112, row.h}
	track := rect{knob.x, knob.y + 11, knob.w, 12}
	p.fill(track, p.pal.Raised, 6)
	x := track.x + 13 + (track.w-26)*float32(v.Knob)/1000
	p.fill(rect{track.x, track.y, x - track.x, track.h}, p.pal.Tell, 6)
	p.circle(x, track.y+6, 13, p.pal.Ink)
	p.tap(knob, tap{knob: v.KnobMax})
	return p.grid(r, "", v.Weights, 1)
}

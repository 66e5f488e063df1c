package ui

import (
	"strconv"

	"packbench/station/pack"
	"packbench/station/screen"
)

// shift draws the shift book: balances on top, charts under them, the table of
// what was touched below.
func (p *pen) shift(r rect, v screen.ShiftView) {
	head, r := r.top(72, 2*grid)
	wide := p.text(rect{head.x, head.y, 200, head.h}, v.Title, style{size: 28, least: 18, bold: true, color: p.pal.Ink})
	x := head.x + wide + 2*grid
	for i, a := range v.Days {
		w := float32(64)
		if i == 1 {
			w = 136
		}
		p.button(rect{x, head.y + 4, w, 64}, a)
		x += w + grid
	}
	x += grid
	right := head.x + head.w
	for i := len(v.Export) - 1; i >= 0; i-- {
		w := min(max(p.wide(v.Export[i].Label, style{size: 20, bold: true})+20, 92), 140)
		right -= w
		p.button(rect{right, head.y + 4, w, 64}, v.Export[i])
		right -= grid
	}
	if place := (rect{x, head.y, right - x, head.h}); p.ui.scale == 1 || p.dayFiguresNeed(v.Figures) <= place.w {
		p.dayFigures(place, v.Figures)
	} else {
		var row rect
		row, r = r.top(48, grid)
		p.dayFigures(row, v.Figures)
	}
	if v.Exported != "" {
		var row rect
		row, r = r.top(64, grid)
		if v.Open != nil {
			p.button(rect{row.x + row.w - 168, row.y, 168, row.h}, *v.Open)
			row.w -= 176
		}
		p.paragraph(rect{row.x, row.y + 8, row.w, row.h}, v.Exported, 2, style{size: 19, least: 14, color: p.pal.Ink})
	}
	if v.Even != nil {
		var row rect
		row, r = r.top(64, grid)
		p.panel(row)
		p.shape(row.x+16, row.y+18, 28, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		p.text(rect{row.x + 60, row.y, row.w - 300, row.h}, v.EvenWord, style{size: 22, bold: true, color: p.pal.Ink})
		p.button(rect{row.x + row.w - 208, row.y, 208, row.h}, *v.Even)
	}
	for _, b := range v.Balances {
		var row rect
		row, r = r.top(64, 6)
		p.balance(row, b)
	}
	r = p.charts(r, v)
	tabs, r := r.top(p.finger(), grid)
	p.chips(tabs, v.Tabs)
	p.table(r, v.Table)
}

// dayFigures draws the sums of the day, none of them by half.
func (p *pen) dayFigures(r rect, figures []screen.Figure) {
	x, right := r.x, r.x+r.w
	for _, f := range figures {
		number := style{size: 28, bold: true, color: p.pal.Ink}
		room := right - x - p.wide(f.Value, number) - 8
		if room < min(p.wide(f.Name, style{size: 13}), 140) {
			p.lost(f.Name)
			break
		}
		n := p.text(rect{x, r.y, 90, r.h}, f.Value, number)
		m := p.text(rect{x + n + 8, r.y, min(140, room), r.h}, f.Name, style{size: 18, least: 13, color: p.pal.Quiet})
		x += n + m + 24
	}
}

// dayFiguresNeed is the room in which all of them stand, each name at its least.
func (p *pen) dayFiguresNeed(figures []screen.Figure) float32 {
	need := float32(-24)
	for _, f := range figures {
		need += p.wide(f.Value, style{size: 28, bold: true}) + 8 + min(p.wide(f.Name, style{size: 18}), 140) + 24
	}
	return need
}

// leastTable is how high the table is at least: beside open balances the charts go
// before its rows do.
const leastTable = 260

// charts draws what the day looked like, where there is room, and returns the rest.
func (p *pen) charts(r rect, v screen.ShiftView) rect {
	high := min(176, r.h*0.42)
	if r.h-high < p.finger()+leastTable && len(v.Balances) > 0 {
		p.lost(v.HoursWord)
		return r
	}
	charts, below := r.top(high, 2*grid)
	_, charts = charts.top(2, 0)
	hours, errors := charts.left(charts.w*0.6, 2*grid)
	p.hours(hours, v)
	p.errors(errors, v.ErrorsWord, v.Errors, v.Unread || v.Unheard)
	return below
}

// balance draws two sides that must come out even; a gap is told by shape,
// colour and words.
func (p *pen) balance(r rect, b screen.BalanceRow) {
	p.panel(r)
	end := r.x + r.w - 16
	if b.Even {
		p.shape(end-28, r.y+r.h/2-14, 28, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		end -= 44
	} else {
		w := min(p.wide(b.Gap, style{size: 18, bold: true})+52, r.w*0.2)
		pill := rect{end - w, r.y + 12, w, r.h - 24}
		p.fill(pill, p.pal.Look, radius)
		p.shape(pill.x+8, pill.y+pill.h/2-12, 24, screen.ShapeMark, p.pal.OnCard, p.pal.Look)
		p.text(rect{pill.x + 40, pill.y, w - 48, pill.h}, b.Gap, style{size: 18, least: 11, bold: true, color: p.pal.OnCard})
		end -= w + 16
	}
	p.text(rect{r.x + 16, r.y, 110, r.h}, b.Title, style{size: 22, least: 14, bold: true, color: p.pal.Ink})
	x := r.x + 128
	spare := p.spare(b.Terms, end-x)
	for _, t := range b.Terms {
		room := p.termWidth(t) + spare
		slot := rect{x, r.y, room - 8, r.h}
		if t.Sign != "" {
			p.text(rect{slot.x, r.y, 24, r.h}, t.Sign, style{size: 24, color: p.pal.Quiet})
		}
		slot.x, slot.w = slot.x+28, slot.w-28
		s := style{size: 15, color: p.pal.Quiet}
		if lines := p.wrap(t.Name, slot.w, s); len(lines) > 1 || p.wide(t.Name, s) > slot.w {
			s.size, s.least = 14, 12
			p.text(rect{slot.x, r.y + 2, slot.w, 28}, t.N, style{size: 25, bold: true, color: p.pal.Ink})
			p.paragraph(rect{slot.x, r.y + 29, slot.w, 34}, t.Name, 2, s)
		} else {
			p.text(rect{slot.x, r.y + 4, slot.w, 34}, t.N, style{size: 28, bold: true, color: p.pal.Ink})
			p.text(rect{slot.x, r.y + 38, slot.w, 20}, t.Name, s)
		}
		x += room
	}
}

// termWidth is what a term needs for its sign, its number and its name in one
// line.
func (p *pen) termWidth(t screen.Term) float32 {
	return 36 + max(p.wide(t.N, style{size: 28, bold: true}), p.wide(t.Name, style{size: 15})) + 4
}

// spare is what each term gets beyond its need; below 0 their names take two
// lines.
func (p *pen) spare(terms []screen.Term, width float32) float32 {
	for _, t := range terms {
		width -= p.termWidth(t)
	}
	return width / float32(max(len(terms), 1))
}

// hours draws the units of each hour as bars, with the refusals beside them.
func (p *pen) hours(r rect, v screen.ShiftView) {
	p.panel(r)
	in := r.inset(2 * grid)
	p.text(rect{in.x, in.y - 4, in.w, 24}, v.HoursWord, style{size: 18, bold: true, color: p.pal.Ink})
	if len(v.Hours) == 0 || v.Busiest == 0 {
		p.text(in, v.EmptyWord, style{size: 20, align: alignCentre, color: p.pal.Quiet})
		return
	}
	at := in.x + in.w
	for _, l := range []struct {
		word   string
		colour screen.RGB
	}{{v.RefusedWord, p.pal.Wrong}, {v.UnitsWord, p.pal.Tell}} {
		at -= p.wide(l.word, style{size: 15}) + 4
		p.text(rect{at, in.y - 4, 120, 24}, l.word, style{size: 15, color: p.pal.Quiet})
		at -= 20
		p.fill(rect{at, in.y + 1, 14, 14}, l.colour, 2)
		at -= 16
	}
	_, in = in.top(24, 4)
	axis, in := in.bottom(22, 2)
	wide := in.w / float32(len(v.Hours))
	for i, h := range v.Hours {
		x := in.x + float32(i)*wide
		room := in.h - 20
		tall := room * float32(h.Units) / float32(v.Busiest)
		bar := rect{x + wide*0.12, in.y + in.h - tall, wide * 0.56, tall}
		if tall >= 1 {
			p.fill(bar, p.pal.Tell, 3)
		}
		if h.Units > 0 {
			p.text(rect{bar.x - wide*0.12, bar.y - 20, bar.w + wide*0.24, 20}, strconv.Itoa(h.Units), style{size: 15, least: 10, align: alignCentre, color: p.pal.Ink})
		}
		if h.Refused > 0 { // on the same scale, beside the units
			n := min(max(room*float32(h.Refused)/float32(v.Busiest), 4), room)
			p.fill(rect{bar.x + bar.w + 3, in.y + in.h - n, wide * 0.14, n}, p.pal.Wrong, 2)
		}
		p.text(rect{x, axis.y, wide, axis.h}, h.Label, style{size: 15, least: 10, align: alignCentre, color: p.pal.Quiet})
	}
}

// errors draws why scans were refused.
func (p *pen) errors(r rect, title string, errors []screen.ErrorBar, unread bool) {
	p.panel(r)
	in := r.inset(2 * grid)
	p.text(rect{in.x, in.y - 4, in.w, 24}, title, style{size: 18, bold: true, color: p.pal.Ink})
	_, in = in.top(24, 4)
	if unread {
		return
	}
	if len(errors) == 0 {
		p.shape(in.x+in.w/2-20, in.y+in.h/2-20, 40, screen.ShapeOf(pack.Accepted), p.pal.Right, p.pal.OnCard)
		return
	}
	row := min(in.h/float32(len(errors)), 30)
	for i, e := range errors {
		y := in.y + float32(i)*row
		name := max(in.w*0.46, 150)
		p.text(rect{in.x, y, name, row}, e.Label, style{size: 17, least: 11, color: p.pal.Ink})
		track := rect{in.x + name + 10, y + row*0.2, in.w - name - 60, row * 0.6}
		p.fill(rect{track.x, track.y, max(track.w*float32(e.Share)/1000, 4), track.h}, p.pal.Wrong, 3)
		p.text(rect{in.x, y, in.w, row}, strconv.Itoa(e.N), style{size: 17, bold: true, align: alignRight, color: p.pal.Ink})
	}
}

// table draws rows of texts; columns are as wide as their share of letters.
func (p *pen) table(r rect, t screen.Table) {
	p.panel(r)
	if len(t.Columns) == 0 {
		return
	}
	in := r.inset(2 * grid)
	weights, total := make([]float32, len(t.Columns)), float32(0)
	for i, c := range t.Columns {
		weights[i] = float32(len([]rune(c)))
		for _, row := range t.Rows {
			if i < len(row) {
				weights[i] = max(weights[i], float32(len([]rune(row[i]))))
			}
		}
		weights[i] = min(weights[i]+2, 40)
		total += weights[i]
	}
	const row = 30
	fit := max(int(in.h/row)-1, 0)
	first := p.first("table", len(t.Rows), fit, nil)
	draw := func(y float32, cells []string, s style) {
		x := in.x
		for i, c := range cells {
			if i >= len(weights) {
				break
			}
			w := in.w * weights[i] / total
			s.align = alignLeft
			if i < len(t.Right) && t.Right[i] {
				s.align = alignRight
			}
			p.text(rect{x, y, w - 20, row}, c, s)
			x += w
		}
	}
	draw(in.y-4, t.Columns, style{size: 16, least: 13, bold: true, color: p.pal.Quiet})
	for i, cells := range t.Rows[first:min(len(t.Rows), first+fit)] {
		y := in.y + float32(i+1)*row
		if i%2 == 0 {
			p.fill(rect{in.x - 8, y, in.w + 16, row}, p.pal.Ground, 4)
		}
		draw(y, cells, style{size: 17, least: 14, color: p.pal.Ink})
	}
	p.tap(r, tap{list: "table", rows: max(0, len(t.Rows)-fit), at: first})
}

package ui

import (
	"packbench/station/screen"
)

// trace draws what a trace code turned out to be: the code, the verdict, the
// parcel, and what happened to it.
func (p *pen) trace(r rect, v screen.TraceView) {
	head, r := r.top(p.finger(), 2*grid)
	title := head
	second := v.Compare
	if v.Save != nil {
		second = *v.Save
	}
	for _, a := range []screen.Action{v.Back, v.Type, second, v.Again} {
		if a.ID == "" {
			continue
		}
		var box rect
		box, title = title.right(184, grid)
		p.button(box, a)
	}
	p.text(title, v.Title, style{size: 32, bold: true, color: p.pal.Ink})
	next, r := r.bottom(max(9*grid, 12*p.mm/capHeight*1.25), 2*grid)
	p.next(next, v.Next)
	left, right := r.left((r.w-2*grid)*0.48, 2*grid)
	p.traced(left, v)
	p.story(right, v)
}

// traced draws the code with its verdict, and which parcel it is.
func (p *pen) traced(r rect, v screen.TraceView) {
	field, r := r.top(80, grid)
	p.panel(field)
	in := rect{field.x + 2*grid, field.y + 6, field.w - 4*grid, field.h - 12}
	p.text(rect{in.x, in.y, in.w, 22}, v.FieldWord, style{size: 16, color: p.pal.Quiet})
	code := rect{in.x, in.y + 22, in.w, in.h - 22}
	if v.Field == "" {
		p.text(code, v.FieldEmpty, style{size: 20, color: p.pal.Quiet})
	} else {
		p.paragraph(code, v.Field, 2, style{size: 17, least: 13, mono: true, color: p.pal.Ink})
	}
	if len(v.Known) > 0 {
		p.things(r, v)
		return
	}
	if len(v.Facts) > 0 {
		top, more := v.Facts, []screen.Figure(nil)
		if len(v.Facts) > 3 {
			top, more = v.Facts[:3], v.Facts[3:]
		}
		low, rest := r.bottom(factRow+2*grid, grid)
		if len(more) > 0 {
			low, rest = r.bottom(2*factRow+2*grid, grid)
		}
		r = rest
		p.panel(low)
		in := rect{low.x + 2*grid, low.y + grid, low.w - 4*grid, factRow}
		p.facts(in, top)
		p.facts(rect{in.x, in.y + factRow, in.w, factRow}, more)
	}
	if v.Card.Kind == "" {
		p.squareCode(r)
		return
	}
	p.traceCard(r, v.Card)
}

// traceCard draws the verdict. Its reason is read whole: it tells what to ask.
func (p *pen) traceCard(r rect, c screen.Card) {
	p.fill(r, p.pal.Of(c.Kind), radius)
	in := r.inset(3 * grid)
	big := p.afar(56)
	head, in := in.top(30+big*leading, grid)
	p.shape(head.x, head.y+4, head.h-8, c.Shape, p.pal.OnCard, p.pal.Of(c.Kind))
	words := rect{head.x + head.h + grid, head.y, head.w - head.h - grid, 30}
	p.text(words, c.Time, style{size: 18, align: alignRight, color: p.pal.OnCard})
	p.text(words, c.Word, style{size: 26, bold: true, color: p.pal.OnCard})
	p.text(rect{words.x, head.y + 30, words.w, big * leading}, c.Head, style{size: big, least: 36, bold: true, color: p.pal.OnCard})
	if c.Step != "" {
		var step rect
		step, in = in.bottom(40, grid)
		p.text(step, c.Step, style{size: 30, least: 24, bold: true, color: p.pal.OnCard})
	}
	detail := style{size: 28, least: 20, color: p.pal.OnCard}
	for detail.size > detail.least && float32(len(p.wrap(c.Detail, in.w, detail)))*detail.size*leading > in.h {
		detail.size--
	}
	p.paragraph(in, c.Detail, max(1, int(in.h/(detail.size*leading))), style{size: detail.size, color: p.pal.OnCard})
}

// factRow is the height of a fact: its name over its value.
const factRow = 58

// facts draws names over values, side by side.
func (p *pen) facts(r rect, facts []screen.Figure) {
	wide := r.w / float32(max(len(facts), 1))
	for i, f := range facts {
		box := rect{r.x + float32(i)*wide, r.y, wide - grid, r.h}
		p.text(rect{box.x, box.y + 4, box.w, 20}, f.Name, style{size: 16, color: p.pal.Quiet})
		p.few(rect{box.x, box.y + 19.5, box.w, 37}, f.Value, style{size: 22, least: 13, bold: true, color: p.pal.Ink})
	}
}

// squareCode draws a picture of what is to be scanned.
func (p *pen) squareCode(r rect) {
	p.panel(r)
	const n = 9
	cell := min(r.w, r.h) * 0.5 / n
	x, y := r.x+r.w/2-cell*n/2, r.y+r.h/2-cell*n/2
	for _, c := range [][2]float32{{0, 0}, {6, 0}, {0, 6}} {
		eye := rect{x + c[0]*cell, y + c[1]*cell, 3 * cell, 3 * cell}
		p.ring(eye, p.pal.Faint, cell*0.7, 2)
		p.fill(eye.inset(cell*1.15), p.pal.Faint, 1)
	}
	for _, c := range [][2]float32{{4, 0}, {4, 2}, {0, 4}, {2, 4}, {5, 4}, {4, 5}, {7, 4}, {6, 6}, {8, 5}, {4, 7}, {7, 7}, {5, 8}, {8, 8}, {6, 5}} {
		p.fill(rect{x + c[0]*cell, y + c[1]*cell, cell, cell}, p.pal.Faint, 0)
	}
}

// story draws what happened to the parcel, the oldest first.
func (p *pen) story(r rect, v screen.TraceView) {
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(32, grid)
	p.text(head, v.StoryWord, style{size: 20, bold: true, color: p.pal.Ink})
	if len(v.Story) == 0 {
		p.paragraph(in, v.StoryNone, 3, style{size: 19, least: 16, color: p.pal.Quiet})
		return
	}
	var blocks []block
	for _, row := range v.Story {
		lines := min(len(p.wrap(row.Text, in.w-storyText, style{size: 18})), 3)
		h := float32(lines)*18*leading + 26
		if row.Day != "" {
			h += 30
		}
		blocks = append(blocks, block{h: h, draw: func(box rect) { p.storyRow(box, row) }})
	}
	p.stack(in, "story", 6, blocks)
}

// storyText is where the words of a step begin.
const storyText = 118

func (p *pen) storyRow(r rect, row screen.TraceRow) {
	if row.Day != "" {
		var day rect
		day, r = r.top(26, 4)
		p.text(day, row.Day, style{size: 16, bold: true, color: p.pal.Quiet})
	}
	p.text(rect{r.x, r.y, 80, 18 * leading}, row.Time, style{size: 17, color: p.pal.Quiet})
	p.shape(r.x+86, r.y, 20, row.Shape, p.pal.Of(row.Kind), p.pal.OnCard)
	used := p.paragraph(rect{r.x + storyText, r.y, r.w - storyText, r.h}, row.Text, 3, style{size: 18, color: p.pal.Ink})
	p.text(rect{r.x + storyText, r.y + used, r.w - storyText, 20}, row.Who, style{size: 15, least: 13, color: p.pal.Quiet})
}

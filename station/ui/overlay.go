package ui

import (
	"packbench/station/screen"
)

// overlay draws the dialogue that stands on top: a field, the help, or a
// question with numbered answers.
func (p *pen) overlay(f frame, v screen.View) {
	switch {
	case v.Entry != nil:
		p.entry(f, *v.Entry)
	case v.Help != nil:
		p.help(f, *v.Help)
	case v.Bench != nil && v.Bench.Question != nil && len(v.Bench.Question.Choices) > 0:
		p.question(f, *v.Bench.Question)
	}
}

// sheet draws the ground of a dialogue over the middle of the page.
func (p *pen) sheet(r rect, frame screen.RGB) {
	p.fill(rect{r.x - 6, r.y - 6, r.w + 12, r.h + 12}, frame, radius)
	p.fill(r, p.pal.Panel, radius-4)
	p.tap(r, tap{block: true})
}

// question covers the middle of the page with the answers as large rows.
func (p *pen) question(f frame, q screen.QuestionView) {
	r := f.main
	if len(q.Choices) > 4 && f.order.h > 0 { // many answers need the room of the order's line too
		r = rect{r.x, f.order.y, r.w, r.y + r.h - f.order.y}
	}
	r = r.inset(6)
	p.sheet(r, p.pal.Look)
	in := r.inset(3 * grid)
	p.shape(in.x, in.y, 64, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
	p.text(rect{in.x + 84, in.y - 6, in.w - 84, 44}, q.Title, style{size: p.afar(44), least: 26, bold: true, color: p.pal.Ink})
	p.text(rect{in.x + 84, in.y + 48, in.w - 84, 26}, q.Note, style{size: 21, least: 16, color: p.pal.Quiet})
	_, in = in.top(76, 2*grid)
	columns := 1
	if len(q.Choices) > 4 {
		columns = 2
	}
	deep := (len(q.Choices) + columns - 1) / columns
	choices := q.Choices
	least := p.finger()
	if float32(deep)*(least+grid)-grid > in.h {
		deep = max(int((in.h-p.moreHeight()+grid)/(least+grid)), 1)
		page := deep * columns
		first := p.first("choices", len(choices), page, func(i int) bool { return choices[i].ID == p.focus })
		p.tap(in, tap{list: "choices", rows: len(choices) - page, at: first})
		p.more(in, "choices", first, page, len(choices), len(choices)-page)
		choices, in.h = choices[first:min(len(choices), first+page)], in.h-p.moreHeight()
	}
	row := min((in.h-float32(deep-1)*grid)/float32(deep), 112)
	wide := (in.w - float32(columns-1)*grid) / float32(columns)
	for i, c := range choices {
		col, line := i/deep, i%deep
		p.choice(rect{in.x + float32(col)*(wide+grid), in.y + float32(line)*(row+grid), wide, row}, c)
	}
}

func (p *pen) choice(r rect, a screen.Action) {
	p.fill(r, p.pal.Raised, radius)
	size := min(r.h-20, 64)
	n := rect{r.x + 16, r.y + (r.h-size)/2, size, size}
	p.fill(n, p.pal.Ink, radius)
	share := float32(0.6)
	if len(a.Key) > 1 {
		share = 0.36
	}
	p.text(n, a.Key, style{size: size * share, bold: true, align: alignCentre, color: p.pal.Ground})
	label, s := rect{n.x + size + 20, r.y, r.w - size - 52, r.h}, style{size: 32, least: 18, bold: true, color: p.pal.Ink}
	if a.Note != "" {
		var note rect
		note, label = label.bottom(r.h*0.46, 0)
		s.size = min(s.size, label.h*0.8)
		label.y, note.y = label.y+4, note.y-4
		p.text(note, a.Note, style{size: min(22, note.h*0.7), least: 14, color: p.pal.Ink})
	}
	if p.wide(a.Label, style{size: s.least, bold: true}) <= label.w {
		p.text(label, a.Label, s)
	} else {
		s.size, s.least = min(20, r.h*0.4), 16
		label.y, label.h = r.y+r.h/2-s.size*leading, 2*s.size*leading
		p.paragraph(label, a.Label, 2, s)
	}
	p.press(r, a.Intent)
	p.focusRing(a.ID, r)
}

// help lists what can be done here.
func (p *pen) help(f frame, h screen.Help) {
	r := rect{f.header.x, f.header.y + f.header.h, f.window.w - 2*f.header.x, f.window.h - f.header.h - 12}
	p.sheet(r, p.pal.Bar)
	in := r.inset(4 * grid)
	p.text(rect{in.x, in.y, in.w, 48}, h.Title, style{size: 40, bold: true, color: p.pal.Ink})
	p.button(rect{in.x + in.w - 160, in.y - 8, 160, 72}, h.Close)
	_, in = in.top(72, 2*grid)
	if n := float32(len(h.More)); n > 0 {
		w := (in.w - (n-1)*grid) / n
		size := p.labelSize(h.More, w)
		for i, a := range h.More {
			p.buttonOf(rect{in.x + float32(i)*(w+grid), in.y + in.h - 72, w, 72}, a, size)
		}
		in.h -= 72 + 2*grid
	}
	row := min(52, in.h/float32(max(len(h.Rows), 1)))
	for i, line := range h.Rows {
		y := in.y + float32(i)*row
		if line.Key != "" {
			p.cap(rect{in.x, y + row/2 - 15, 0, 30}, line.Key, p.pal.Raised, p.pal.Ink)
		}
		p.text(rect{in.x + 110, y, 200, row}, line.Label, style{size: 24, least: 18, bold: true, color: p.pal.Ink})
		p.text(rect{in.x + 320, y, 200, row}, line.Command, style{size: 20, least: 16, color: p.pal.Quiet})
		p.text(rect{in.x + 530, y, in.w - 530, row}, line.Words, style{size: 22, least: 16, color: p.pal.Ink})
	}
}

package ui

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// doctor draws the setting up of a scanner: left the lines of the sheet, right
// what to scan now and what came, at the end what was learnt.
func (p *pen) doctor(r rect, v screen.DoctorView) {
	head, r := r.top(max(72, p.finger()), 2*grid)
	x := head.x + head.w
	for i := len(v.Actions) - 1; i >= 0; i-- {
		w := max(p.wide(v.Actions[i].Label, style{size: 20, bold: true})+32, 128)
		x -= w
		p.button(rect{x, head.y, w, head.h}, v.Actions[i])
		x -= grid
	}
	p.text(rect{head.x, head.y, x - head.x, 40}, v.Title, style{size: 32, least: 22, bold: true, color: p.pal.Ink})
	p.text(rect{head.x, head.y + 42, x - head.x, 28}, v.Sub, style{size: 18, least: 14, color: p.pal.Quiet})
	left, right := r.left(r.w*0.36, 2*grid)
	p.sheetLines(left, v)
	if v.Ready {
		p.findings(right, v)
		return
	}
	next, rest := right.top(max(272, right.h*0.5), 2*grid)
	p.scanNext(next, v)
	p.lastRead(rest, v.Last)
}

// sheetLines draws the lines as the sheet has them, with a tick at what is
// done.
func (p *pen) sheetLines(r rect, v screen.DoctorView) {
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(28, grid)
	p.text(head, v.LinesWord, style{size: 20, bold: true, color: p.pal.Ink})
	p.text(head, v.Count, style{size: 20, align: alignRight, color: p.pal.Quiet})
	row := min(in.h/float32(max(len(v.Lines), 1)), 76)
	for i, l := range v.Lines {
		box := rect{in.x - grid, in.y + float32(i)*row, in.w + 2*grid, row - 4}
		shade, bold := p.pal.Quiet, false
		if l.Next && !v.Ready {
			p.fill(box, p.pal.Press, radius)
			shade, bold = p.pal.Ink, true
		}
		if l.Done {
			shade = p.pal.Ink
		}
		size := min(box.h-16, 44)
		p.mark(box.x+grid, box.y+(box.h-size)/2, size, l.Mark, l.Done || l.Next)
		text := rect{box.x + size + 24, box.y, box.w - size - 80, box.h}
		if l.Note != "" {
			p.text(rect{text.x, box.y + box.h/2 - 26, text.w, 28}, l.Title, style{size: 19, least: 15, bold: bold, color: shade})
			p.text(rect{text.x, box.y + box.h/2 + 1, text.w, 22}, l.Note, style{size: 16, color: p.pal.Quiet})
		} else {
			p.text(text, l.Title, style{size: 19, least: 15, bold: bold, color: shade})
		}
		end := box.x + box.w - grid - 32
		switch l.Shape {
		case screen.ShapeTick:
			p.shape(end, box.y+box.h/2-16, 32, l.Shape, p.pal.Right, p.pal.OnCard)
		case screen.ShapeMark:
			p.shape(end, box.y+box.h/2-16, 32, l.Shape, p.pal.Look, p.pal.OnCard)
		default:
			p.disc(end+16, box.y+box.h/2, 11, ink(p.pal.Panel), ink(p.pal.Faint), 2)
		}
	}
}

// mark draws the number of a line as the sheet shows it.
func (p *pen) mark(x, y, size float32, text string, strong bool) {
	ground, letters := p.pal.Raised, p.pal.Quiet
	if strong {
		ground, letters = p.pal.Ink, p.pal.Ground
	}
	box := rect{x, y, size, size}
	p.fill(box, ground, radius)
	p.text(box, text, style{size: size * 0.6, bold: true, align: alignCentre, color: letters})
}

// scanNext draws the one thing to do now, large.
func (p *pen) scanNext(r rect, v screen.DoctorView) {
	ground, text := p.pal.Bar, p.pal.OnBar
	if v.Next.Kind == pack.Asked {
		ground, text = p.pal.Look, p.pal.OnCard
	}
	p.fill(r, ground, radius)
	in := r.inset(3 * grid)
	size := p.afar(64)
	if tall := in.h - size*leading - 64; v.Mark != "" && tall >= 48 {
		box := rect{in.x, in.y, tall, tall}
		p.fill(box, text, radius)
		p.text(box, v.Mark, style{size: tall * 0.62, bold: true, align: alignCentre, color: ground})
	}
	y := in.y + in.h - size*leading - 44
	p.text(rect{in.x, y, in.w, size * leading}, v.Next.Text, style{size: size, least: 40, bold: true, color: text})
	p.text(rect{in.x, in.y + in.h - 36, in.w, 36}, v.Next.Note, style{size: 26, least: 18, color: text})
}

// lastRead draws what the scanner sent last and what became of it.
func (p *pen) lastRead(r rect, l *screen.LastRead) {
	if l == nil {
		return
	}
	p.panel(r)
	in := r.inset(2 * grid)
	colour := p.pal.Tell
	if l.Look != "" {
		colour = p.pal.Lamp(l.Look)
	}
	p.shape(in.x, in.y, 40, l.Shape, colour, p.pal.OnCard)
	used := p.paragraph(rect{in.x + 56, in.y + 4, in.w - 56, 64}, l.Words, 3, style{size: 24, least: 18, bold: true, color: p.pal.Ink})
	_, in = in.top(max(used+8, 48), grid)
	p.text(rect{in.x, in.y, in.w, 24}, l.Word, style{size: 17, color: p.pal.Quiet})
	_, in = in.top(24, 4)
	p.fill(in, p.pal.Ground, radius)
	most := max(int((in.h-2*grid)/(20*leading)), 1)
	p.mono(rect{in.x + 12, in.y + grid, in.w - 24, in.h}, l.Text, most, style{size: 20, least: 14, color: p.pal.Ink})
}

// findings draws what was learnt and what to change.
func (p *pen) findings(r rect, v screen.DoctorView) {
	next, r := r.top(72, 2*grid)
	p.fill(next, p.pal.Bar, radius)
	p.chevron(next.x+24, next.y+next.h/2, 14, p.pal.OnBar)
	wide := p.text(rect{next.x + 64, next.y, next.w * 0.4, next.h}, v.Next.Text, style{size: 36, bold: true, color: p.pal.OnBar})
	note := rect{next.x + 88 + wide, next.y, next.w - wide - 104, next.h}
	s := style{size: 18, least: 15, color: p.pal.OnBar}
	n := float32(min(len(p.wrap(v.Next.Note, note.w, s)), 2))
	p.paragraph(rect{note.x, note.y + note.h/2 - n*s.size*leading/2, note.w, note.h}, v.Next.Note, 2, s)
	const row = 34
	deep := float32((len(v.Findings)+1)/2) * row
	facts, r := r.top(deep+28+grid+4*grid, 2*grid)
	p.panel(facts)
	in := facts.inset(2 * grid)
	p.text(rect{in.x, in.y, in.w, 28}, v.FindingsWord, style{size: 20, bold: true, color: p.pal.Ink})
	w := (in.w - 4*grid) / 2
	half := (len(v.Findings) + 1) / 2
	for i, f := range v.Findings {
		x, y := in.x+float32(i/half)*(w+4*grid), in.y+28+grid+float32(i%half)*row
		named := p.text(rect{x, y, w * 0.56, row}, f.Name, style{size: 18, least: 14, color: p.pal.Quiet})
		p.text(rect{x + named + 12, y, w - named - 12, row}, f.Value, style{size: 20, least: 14, bold: true, align: alignRight, color: p.pal.Ink})
	}
	p.advice(r, v)
}

// advice draws what to change on the scanner, the gravest first.
func (p *pen) advice(r rect, v screen.DoctorView) {
	p.panel(r)
	in := r.inset(2 * grid)
	if v.AllGood != "" {
		p.shape(in.x+in.w/2-32, in.y+in.h/2-60, 64, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		p.text(rect{in.x, in.y + in.h/2 + 16, in.w, 36}, v.AllGood, style{size: 24, least: 18, bold: true, align: alignCentre, color: p.pal.Ink})
		return
	}
	head, in := in.top(28, grid)
	p.text(head, v.AdviceWord, style{size: 20, bold: true, color: p.pal.Ink})
	words, why := style{size: 19, least: 16, bold: true, color: p.pal.Ink}, style{size: 17, least: 14, color: p.pal.Quiet}
	var blocks []block
	for _, a := range v.Advice {
		w := in.w - 44
		h := float32(len(p.wrap(a.Words, w, words)))*words.size*leading + float32(len(p.wrap(a.Why, w, why)))*why.size*leading
		blocks = append(blocks, block{h: h, draw: func(box rect) {
			p.shape(box.x, box.y, 30, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
			used := p.paragraph(rect{box.x + 44, box.y, w, box.h}, a.Words, 4, words)
			p.paragraph(rect{box.x + 44, box.y + used, w, box.h}, a.Why, 6, why)
		}})
	}
	p.stack(in, "advice", 12, blocks)
}

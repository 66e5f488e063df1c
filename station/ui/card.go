package ui

import (
	"packbench/station/screen"
)

// packing draws the card, and under it what is being filled and weighed.
func (p *pen) packing(r rect, b screen.BenchView) {
	if len(b.Card.Expected) > 0 {
		p.card(r, b.Card)
		return
	}
	if b.Fill != nil {
		p.filling(r, b)
		return
	}
	low, top := r.bottom(56, grid)
	p.card(top, b.Card)
	p.panel(low)
	in := rect{low.x + 20, low.y, low.w - 40, low.h}
	p.carton(in.x, low.y+low.h/2-13, 26)
	p.text(rect{in.x + 42, low.y, in.w * 0.5, low.h}, b.Box, style{size: 24, bold: true, color: p.pal.Ink})
	p.text(rect{in.x + in.w*0.4, low.y, in.w * 0.6, low.h}, b.OnScale, style{size: 22, least: 18, align: alignRight, color: p.pal.Quiet})
}

// carton draws a closed box.
func (p *pen) carton(x, y, size float32) {
	p.fill(rect{x, y, size, size}, p.pal.Quiet, 4)
	p.fill(rect{x + size*0.4, y, size * 0.2, size * 0.5}, p.pal.Panel, 0)
}

// card draws the newest verdict: a coloured ground, its shape and word, what it
// is about, and what to do.
func (p *pen) card(r rect, c screen.Card) {
	if c.Kind == "" {
		p.panel(r)
		p.barcode(rect{r.x + r.w/2 - 90, r.y + r.h/2 - 36, 180, 72}, p.pal.Faint)
		return
	}
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	in := r.inset(p.ui.tight(3 * grid))
	if len(c.Expected) > 0 {
		p.refusal(in, c)
		return
	}
	mark := p.headMark(in.h)
	head, in := in.top(mark, 2*grid)
	p.shape(head.x, head.y, mark, c.Shape, p.pal.OnCard, ground)
	p.text(rect{head.x + mark + 20, head.y, head.w - mark - 112, head.h}, c.Word, style{size: 34, bold: true, color: p.pal.OnCard})
	p.text(rect{head.x + head.w - 100, head.y, 100, 24}, c.Time, style{size: 18, align: alignRight, color: p.pal.OnCard})
	title, most := style{size: p.afar(64), least: 44, bold: true, color: p.pal.OnCard}, 2
	if len(p.wrap(c.Head, in.w, style{size: title.least, bold: true})) > most {
		title.size, title.least, most = 44, 32, 3 // a long name is read whole rather than large
	}
	used := p.paragraph(rect{in.x, in.y, in.w, in.h - p.footNeed(in.w, c)}, c.Head, most, title)
	in.y, in.h = in.y+used+grid, in.h-used-grid
	if c.Item != nil && in.h > 120 {
		side := min(in.h, 168)
		p.tile(rect{in.x + in.w - side, in.y + in.h - side, side, side}, *c.Item, false)
		in.w -= side + 3*grid
	}
	p.cardFoot(in, c)
}

// headMark is the size of the shape on a card: where the page is drawn larger it gives
// way to the words.
func (p *pen) headMark(high float32) float32 {
	if p.ui.scale == 1 {
		return 80
	}
	return max(40, min(p.ui.tight(80), high*0.24))
}

// cardStep is how the step of a card is written.
func cardStep(p *pen) style { return style{size: 30, least: 24, bold: true, color: p.pal.OnCard} }

// footNeed is the room that a title leaves to what stands under it.
func (p *pen) footNeed(wide float32, c screen.Card) float32 {
	need := float32(0)
	if c.Step != "" {
		need += float32(min(len(p.wrap(c.Step, wide, cardStep(p))), 2))*30*leading + grid
	}
	if c.Detail != "" {
		need += 34 + grid
	}
	return need
}

// cardFoot draws the second line of a card and its step. Few letters, such as
// "2 of 3", are as large as there is room.
func (p *pen) cardFoot(r rect, c screen.Card) {
	if c.Step != "" {
		step := cardStep(p)
		lines := min(len(p.wrap(c.Step, r.w, step)), 2)
		var foot rect
		foot, r = r.bottom(float32(lines)*step.size*leading, grid)
		p.paragraph(foot, c.Step, 2, step)
	}
	if c.Detail == "" || r.h < 34/p.ui.scale {
		p.lost(c.Detail)
		return
	}
	if len([]rune(c.Detail)) <= 12 {
		size := min(p.afar(104), r.h*0.8)
		p.text(rect{r.x, r.y + r.h - size*1.1, r.w, size * 1.1}, c.Detail, style{size: size, least: 44, bold: true, color: p.pal.OnCard, counts: true})
		return
	}
	detail := style{size: 34, least: 24, color: p.pal.OnCard}
	p.paragraph(r, c.Detail, max(1, int(r.h/(detail.size*leading))), detail)
}

// refusal draws what was scanned beside what would have been right.
func (p *pen) refusal(r rect, c screen.Card) {
	big := p.afar(p.ui.tight(56))
	head, r := r.top(36+big*leading, grid)
	p.shape(head.x, head.y+2, head.h-6, c.Shape, p.pal.OnCard, p.pal.Of(c.Kind))
	text := rect{head.x + head.h + grid, head.y, head.w - head.h - grid, 34}
	p.text(text, c.Word, style{size: 28, bold: true, color: p.pal.OnCard})
	p.text(text, c.Time, style{size: 18, align: alignRight, color: p.pal.OnCard})
	p.text(rect{text.x, head.y + 34, text.w, big * leading}, c.Head, style{size: big, least: 36, bold: true, color: p.pal.OnCard})
	step, r := r.bottom(p.ui.tight(56), grid)
	p.text(step, c.Step, style{size: p.afar(p.ui.tight(48)), least: 30, bold: true, color: p.pal.OnCard})
	scanned, wanted := r.left((r.w-2*grid)*0.5, 2*grid)
	quiet := style{size: 20, least: 16, color: p.pal.OnCard}
	word, scanned := scanned.top(26, 4)
	p.text(word, c.ScannedWord, quiet)
	word, wanted = wanted.top(26, 4)
	expected := c.ExpectedWord
	if c.More != "" {
		expected += ", " + c.More
	}
	p.text(word, expected, quiet)
	if c.Item != nil {
		p.cardItem(rect{scanned.x, scanned.y, scanned.w, min(scanned.h, 96)}, *c.Item, 26)
	}
	n := float32(len(c.Expected))
	row := max(min((wanted.h-(n-1)*6)/n, 72), 36/p.ui.scale)
	for i, item := range c.Expected {
		y := wanted.y + float32(i)*(row+6)
		if y+row > wanted.y+wanted.h+1 {
			p.lost(item.Name)
			break
		}
		p.cardItem(rect{wanted.x, y, wanted.w, row}, item, 21)
	}
}

func (p *pen) cardItem(r rect, item screen.Item, size float32) {
	pic := rect{r.x, r.y, r.h, r.h}
	p.tile(pic, item, false)
	name := rect{r.x + r.h + 12, r.y, r.w - r.h - 12, r.h}
	s := style{size: size, least: 18, bold: true, color: p.pal.OnCard}
	most := max(1, int(r.h/(s.size*leading)))
	n := min(len(p.wrap(item.Name, name.w, s)), most)
	p.paragraph(rect{name.x, r.y + r.h/2 - float32(n)*s.size*leading/2, name.w, r.h}, item.Name, most, s)
}

// medium draws the card where the page needs room under it: what it is about
// stays large, the rest goes into one line.
func (p *pen) medium(r rect, c screen.Card) {
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	in := r.inset(2 * grid)
	head, in := in.top(44, 4)
	p.shape(head.x, head.y, 44, c.Shape, p.pal.OnCard, ground)
	p.text(rect{head.x + 60, head.y, head.w - 152, head.h}, c.Word, style{size: 28, bold: true, color: p.pal.OnCard})
	p.text(rect{head.x + head.w - 100, head.y, 100, 24}, c.Time, style{size: 18, align: alignRight, color: p.pal.OnCard})
	line := c.Step
	if line == "" {
		line = c.Detail
	}
	big := style{size: p.afar(56), least: 40, bold: true, color: p.pal.OnCard}
	most := 1
	if room := in.h - 34; line == "" && in.h >= 2*big.size*leading || room >= 2*big.size*leading {
		most = 2
	}
	used := p.paragraph(in, c.Head, most, big)
	if in.h-used < 28 {
		p.lost(line)
	} else {
		p.text(rect{in.x, in.y + used, in.w, min(in.h-used, 34)}, line, style{size: 24, least: 20, bold: c.Step != "", color: p.pal.OnCard})
	}
}

// small draws the card in one row, where the page has another large thing.
func (p *pen) small(r rect, c screen.Card) {
	if c.Kind == "" {
		return
	}
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	size := min(r.h-2*grid, 64)
	p.shape(r.x+2*grid, r.y+r.h/2-size/2, size, c.Shape, p.pal.OnCard, ground)
	text := rect{r.x + size + 4*grid, r.y + grid, r.w - size - 6*grid, r.h - 2*grid}
	line := c.Detail
	if line == "" {
		line = c.Step
	}
	if line == "" {
		p.text(text, c.Head, style{size: 36, least: 24, bold: true, color: p.pal.OnCard})
		return
	}
	top, low := text.top(text.h*0.52, 0)
	p.text(top, c.Head, style{size: 34, least: 24, bold: true, color: p.pal.OnCard})
	p.text(low, line, style{size: 22, least: 18, color: p.pal.OnCard})
}

// locked fills the page until a supervisor comes.
func (p *pen) locked(r rect, v *screen.LockedView, recent []screen.StripItem) {
	if v == nil {
		return
	}
	p.fill(r, p.pal.Wrong, radius)
	in := r.inset(5 * grid)
	p.shape(in.x, in.y+grid, 160, screen.ShapeCross, p.pal.OnCard, p.pal.Wrong)
	text := rect{in.x + 208, in.y, in.w - 208, in.h}
	used := p.paragraph(text, v.Head, 1, style{size: 96, bold: true, color: p.pal.OnCard})
	text.y += used
	p.paragraph(text, v.Text, 2, style{size: 30, color: p.pal.OnCard})
	list := rect{text.x, text.y + 104, text.w, in.y + in.h - text.y - 104}
	for i, it := range recent {
		y := list.y + float32(i)*36
		if y+30 > list.y+list.h || i == 5 {
			break
		}
		p.shape(list.x, y+4, 22, it.Shape, p.pal.OnCard, p.pal.Wrong)
		p.text(rect{list.x + 36, y, 110, 30}, it.Time, style{size: 22, color: p.pal.OnCard})
		p.text(rect{list.x + 150, y, list.w - 150, 30}, it.Text, style{size: 22, color: p.pal.OnCard})
	}
}

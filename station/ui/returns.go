package ui

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// weightsHead is the height of the weights that stand side by side.
const weightsHead = 72

// returnHand is the height of the unit in hand, over the cards of its grades.
const returnHand = 56

// returnLeft draws what was sent and how much of it is here, under the weights.
func (p *pen) returnLeft(r rect, b screen.BenchView) {
	v := b.Return
	if v.Head != "" {
		p.panel(r)
		in := r.inset(4 * grid)
		used := p.paragraph(in, v.Head, 2, style{size: p.afar(52), least: 32, bold: true, color: p.pal.Ink})
		p.paragraph(rect{in.x, in.y + used + grid, in.w, in.h - used}, v.Text, 4, style{size: 26, least: 19, color: p.pal.Quiet})
		if len(v.Parked) > 0 {
			p.parked(in, v.Parked)
		}
		return
	}
	if len(v.Weights) > 0 {
		var low rect
		low, r = r.bottom(weightsHead, grid)
		p.masses(low, v.Weights)
	}
	p.lines(r, b.Lines)
}

// masses draws weights that should fit side by side, each that does not with its mark.
func (p *pen) masses(r rect, all []screen.MassFigure) {
	p.panel(r)
	in := rect{r.x + 2*grid, r.y + grid, r.w - 4*grid, r.h - 2*grid}
	wide := in.w / float32(len(all))
	name := style{size: 17, least: 12, color: p.pal.Quiet}
	for _, f := range all {
		name.size = p.fitting(f.Name, wide-12, name)
	}
	for i, f := range all {
		x := in.x + float32(i)*wide
		p.text(rect{x, in.y, wide - 12, 22}, f.Name, name)
		if f.Kind != "" {
			p.shape(x, in.y+25, 26, f.Shape, p.pal.Of(f.Kind), p.pal.OnCard)
			x += 34
		}
		p.text(rect{x, in.y + 22, in.x + float32(i+1)*wide - x - 8, 34}, f.Value, style{size: 27, least: 18, bold: true, color: p.pal.Ink, counts: true})
	}
}

// returnRight draws the newest verdict and, under it, the unit in hand with its cards.
func (p *pen) returnRight(r rect, b screen.BenchView) {
	u := b.Return.Unit
	if u == nil || len(u.Cards) == 0 {
		if b.Card.Kind == "" && b.Return.Empty != "" {
			p.panel(r)
			p.paragraph(r.inset(4*grid), b.Return.Empty, 3, style{size: p.afar(44), least: 28, bold: true, color: p.pal.Ink})
			return
		}
		p.card(r, b.Card)
		return
	}
	columns := 2
	if u.Place != "" || len(u.Cards) > 6 {
		columns = 3
	}
	rows := (len(u.Cards) + columns - 1) / columns
	least := max(p.finger(), p.ui.tight(72))
	need := returnHand + grid + float32(rows)*(least+grid) - grid + 4*grid
	low, top := r.bottom(min(need, r.h-p.ui.tight(132)), grid)
	p.returnCard(top, b.Card)
	p.returnHand(low, *u, columns, rows)
}

// returnCard draws the verdict over the unit in hand: what it is, and all that was said of it.
func (p *pen) returnCard(r rect, c screen.Card) {
	if c.Kind == "" {
		p.panel(r)
		return
	}
	ground := p.pal.Of(c.Kind)
	p.fill(r, ground, radius)
	size := min(r.h-4*grid, 84)
	p.shape(r.x+2*grid, r.y+r.h/2-size/2, size, c.Shape, p.pal.OnCard, ground)
	in := rect{r.x + size + 4*grid, r.y + grid, r.w - size - 6*grid, r.h - 2*grid}
	line, head := c.Detail, style{size: p.afar(52), least: 32, bold: true, color: p.pal.OnCard}
	if c.Kind != pack.Refused && c.Step != "" || line == "" {
		line = c.Step
	}
	said := style{size: 25, least: 19, bold: true, color: p.pal.OnCard}
	lines := float32(min(2, len(p.wrap(line, in.w, said))))
	high := head.size*leading + lines*said.size*leading
	y := in.y + max(0, (in.h-high)/2)
	p.text(rect{in.x, y, in.w, head.size * leading}, c.Head, head)
	p.paragraph(rect{in.x, y + head.size*leading, in.w, in.y + in.h - y - head.size*leading}, line, 2, said)
}

// returnHand draws the unit in hand: what is asked of it, and a card for each answer.
func (p *pen) returnHand(r rect, u screen.ReturnUnitView, columns, rows int) {
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(returnHand, grid)
	p.tile(rect{head.x, head.y, returnHand, returnHand}, u.Item, false)
	words := rect{head.x + returnHand + 16, head.y, head.w - returnHand - 16, head.h}
	name := u.Item.Name
	if u.Count != "" {
		name = u.Count + " " + name
	}
	ask := u.Ask
	if u.Place != "" {
		ask = u.Place + "  ·  " + ask
	}
	marks := p.text(rect{words.x + words.w/2, words.y, words.w / 2, 32}, u.Marks, style{size: 20, least: 15, align: alignRight, color: p.pal.Quiet})
	p.text(rect{words.x, words.y, words.w - marks - 16, 32}, name, style{size: 24, least: 17, bold: true, color: p.pal.Ink})
	p.text(rect{words.x, words.y + 32, words.w, 28}, ask, style{size: 20, least: 14, color: p.pal.Ink})
	wide := (in.w - float32(columns-1)*grid) / float32(columns)
	high := (in.h - float32(rows-1)*grid) / float32(rows)
	size := float32(24) // one for all of them
	for _, a := range u.Cards {
		size = min(size, p.fitting(a.Label, wide-cardLead(a, high)-10, style{size: size, least: 15, bold: true}))
	}
	for i, a := range u.Cards {
		p.gradeCard(rect{in.x + float32(i%columns)*(wide+grid), in.y + float32(i/columns)*(high+grid), wide, high}, a, size)
	}
}

// gradeCard draws a grade, or a place, large enough for a glove: its number, its word, and
// where it leads.
func (p *pen) gradeCard(r rect, a screen.Action, size float32) {
	ground, text, quiet := p.pal.Raised, p.pal.Ink, p.pal.Quiet
	if a.On {
		ground, quiet = p.pal.Press, p.pal.Ink
	}
	p.fill(r, ground, radius)
	if a.Key != "" {
		n := rect{r.x + 12, r.y + (r.h-cardNumber(r.h))/2, cardNumber(r.h), cardNumber(r.h)}
		p.fill(n, p.pal.Ink, radius)
		p.text(n, a.Key, style{size: n.h * 0.6, bold: true, align: alignCentre, color: p.pal.Ground})
	}
	if a.On {
		p.shape(r.x+12, r.y+r.h/2-13, 26, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
	}
	x := r.x + cardLead(a, r.h)
	words := rect{x, r.y, r.x + r.w - x - 10, r.h}
	label := style{size: size, least: 15, bold: true, color: text}
	switch {
	case p.wide(a.Label, style{size: label.least, bold: true}) > words.w: // a long word is read whole
		used := p.paragraph(rect{words.x, words.y + 7, words.w, words.h}, a.Label, 2, style{size: 16, least: 13, bold: true, color: text})
		p.text(rect{words.x, words.y + 7 + used, words.w, words.h - used - 12}, a.Note, style{size: 15, least: 12, color: quiet})
	case a.Note == "":
		p.few(rect{words.x, words.y + 6, words.w, words.h - 12}, a.Label, label)
	default:
		over, under := rect{words.x, r.y + r.h/2 - 32, words.w, 34}, rect{words.x, r.y + r.h/2 + 3, words.w, 24}
		note := style{size: 17, least: 13, color: quiet}
		if r.h < 66 {
			over, under = rect{words.x, r.y + 2, words.w, r.h * 0.54}, rect{words.x, r.y + 2 + r.h*0.54, words.w, r.h * 0.36}
			label.size, note.size = min(label.size, over.h*0.9), min(note.size, under.h*0.9)
		}
		p.text(over, a.Label, label)
		p.text(under, a.Note, note)
	}
	if a.Enabled {
		p.press(r, a.Intent)
	}
	p.focusRing(a.ID, r)
}

// cardLead is how far the word of a card stands from its left edge, behind its number or tick.
func cardLead(a screen.Action, high float32) float32 {
	switch {
	case a.Key != "":
		return 24 + cardNumber(high)
	case a.On:
		return 46
	}
	return 12
}

func cardNumber(high float32) float32 { return min(high-20, 48) }

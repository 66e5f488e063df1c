package ui

import (
	"slices"

	"packbench/station/pack"
	"packbench/station/screen"
)

// signIn asks who is there; the day stands quietly beside it.
func (p *pen) signIn(r rect, i *screen.IdleView, c screen.Card) {
	if i == nil {
		return
	}
	hero, side := r.left((r.w-2*grid)*0.6, 2*grid)
	p.idle(side, i)
	if c.Kind == pack.Refused { // something was scanned before a badge
		p.card(hero, c)
		return
	}
	p.panel(hero)
	if hero.w < 660 {
		p.signInNarrow(hero.inset(4*grid), i)
		return
	}
	in := hero.inset(6 * grid)
	p.badge(rect{in.x, in.y + in.h/2 - 140, 200, 280})
	text := rect{in.x + 248, in.y + in.h/2 - 110, in.w - 248, 220}
	used := p.paragraph(text, i.Head, 2, style{size: 60, least: 44, bold: true, color: p.pal.Ink})
	p.paragraph(rect{text.x, text.y + used + grid, text.w, 120}, i.Text, 3, style{size: 26, least: 20, color: p.pal.Quiet})
}

// signInNarrow puts the words under the badge, beside which they have no room.
func (p *pen) signInNarrow(in rect, i *screen.IdleView) {
	const words = 152
	if in.h >= 280+words {
		_, in = in.top((in.h-280-words)/2, 0)
		p.badge(rect{in.x, in.y, 200, 280})
		_, in = in.top(280, 2*grid)
	}
	used := p.paragraph(in, i.Head, 1, style{size: 54, least: 36, bold: true, color: p.pal.Ink})
	p.paragraph(rect{in.x, in.y + used, in.w, in.h - used}, i.Text, 2, style{size: 26, least: 20, color: p.pal.Quiet})
}

// badge draws a badge to be scanned.
func (p *pen) badge(r rect) {
	p.fill(r, p.pal.Raised, 16)
	p.fill(rect{r.x + r.w/2 - 28, r.y + 16, 56, 12}, p.pal.Panel, 6)
	p.circle(r.x+r.w/2, r.y+100, 36, p.pal.Faint)
	p.fill(rect{r.x + 40, r.y + 150, r.w - 80, 14}, p.pal.Faint, 7)
	code := rect{r.x + 24, r.y + 188, r.w - 48, 68}
	p.fill(code, 0xFFFFFF, 4)
	p.barcode(code.inset(10), 0x111418)
}

// idle draws the day: figures, orders by cut-off, what is parked, the last
// parcel.
func (p *pen) idle(r rect, i *screen.IdleView) {
	p.panel(r)
	if i == nil {
		return
	}
	in := r.inset(p.ui.tight(3 * grid))
	if i.Last != "" {
		var low rect
		low, in = in.bottom(28, grid)
		p.text(low, i.Last, style{size: 18, least: 15, color: p.pal.Quiet})
	}
	if len(i.Parked) > 0 {
		in = p.parked(in, i.Parked)
	}
	if i.Open.ID != "" {
		var box rect
		box, in = in.bottom(dockNeed(len(i.Dock)), 2*grid)
		back, dock := box.right(136, grid)
		p.onDock(dock, i)
		p.button(back, i.TakeBack)
	}
	number := float32(60)
	if p.ui.scale > 1 {
		number = 36
	}
	figures, in := in.top(number+32, p.ui.tight(2*grid))
	wide := figures.w / float32(max(len(i.Today), 1))
	name := style{size: 19, least: 12, color: p.pal.Quiet}
	for _, f := range i.Today {
		name.size = p.fitting(f.Name, wide-8, name)
	}
	for n, f := range i.Today {
		x := figures.x + float32(n)*wide
		value, under := rect{x, figures.y, wide - 8, figures.h}.top(number, 2)
		p.text(value, f.Value, style{size: number - 4, bold: true, color: p.pal.Ink})
		p.text(rect{under.x, under.y, under.w, 26}, f.Name, name)
	}
	row, gap := p.ui.tight(56), float32(grid)
	if float32(len(i.Cutoffs))*(row+gap)-gap > in.h { // closer, so that more of them are seen over the foot
		row, gap = p.ui.tight(50), 4
	}
	var rows []block
	for _, c := range i.Cutoffs {
		rows = append(rows, block{h: row, draw: func(box rect) { p.cutoff(box, c) }})
	}
	if fit := max(0, int((in.h+gap)/(row+gap))); fit < len(rows) && in.h < row+p.moreHeight() { // no room for a foot
		p.lost(i.Cutoffs[fit].At)
		rows = rows[:fit]
	}
	p.stack(in, "cutoffs", gap, rows)
}

// parked draws the orders that wait, side by side, or one over the other where
// their numbers need it; a touch on the foot shows the next ones.
func (p *pen) parked(r rect, orders []screen.Action) (rest rect) {
	most := 3
	if p.ui.scale > 1 { // the day above them needs its room
		most = min(max(int((r.h-190)/(p.finger()+grid)), 1), most)
	}
	fit, all := min(len(orders), most), len(orders)
	first := p.first("parked", all, fit, func(i int) bool { return orders[i].ID == p.focus })
	orders = orders[first : first+fit]
	if all > fit {
		var foot rect
		foot, r = r.bottom(p.moreHeight(), 4)
		p.more(foot, "parked", first, fit, all, all-fit)
	}
	share := min((r.w-float32(fit-1)*grid)/float32(fit), 184) - 4*grid
	if slices.ContainsFunc(orders, func(a screen.Action) bool { return p.wide(a.Label, style{size: 17, bold: true}) > share }) {
		size := p.labelSize(orders, r.w)
		for i := range orders {
			var row rect
			row, r = r.bottom(p.finger(), grid)
			p.buttonOf(row, orders[fit-1-i], size)
		}
		return r
	}
	row, rest := r.bottom(p.finger(), grid)
	p.actions(row, orders)
	return rest
}

// cutoff draws how many of the orders that leave at one time are packed.
func (p *pen) cutoff(r rect, c screen.CutoffRow) {
	wide := p.text(rect{r.x, r.y, 200, 30}, c.At, style{size: 24, bold: true, color: p.pal.Ink})
	p.text(rect{r.x, r.y, r.w, 30}, c.Text, style{size: 19, align: alignRight, color: p.pal.Quiet})
	track := rect{r.x, r.y + 38, r.w, 12}
	p.fill(track, p.pal.Raised, 6)
	if total := c.Open + c.Done; total > 0 && c.Done > 0 {
		p.fill(rect{track.x, track.y, max(track.w*float32(c.Done)/float32(total), 12), track.h}, p.pal.Tell, 6)
	}
	if c.Late {
		p.shape(r.x+wide+12, r.y+3, 24, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
	}
}

// idleCard is the order that is due, the last verdict, or a picture of what to scan.
func (p *pen) idleCard(r rect, c screen.Card, i *screen.IdleView) {
	if i != nil && i.Next != nil {
		p.nextDue(r, *i.Next)
		return
	}
	if i != nil && i.Found != nil {
		p.found(r, c, *i.Found)
		return
	}
	if c.Kind != "" {
		p.card(r, c)
		return
	}
	p.panel(r)
	p.barcode(rect{r.x + r.w/2 - 120, r.y + r.h/2 - 60, 240, 120}, p.pal.Faint)
}

// nextDue draws the order that is due first, with a button that takes it.
func (p *pen) nextDue(r rect, n screen.NextDue) {
	p.panel(r)
	in := r.inset(4 * grid)
	button, in := in.bottom(max(112, p.finger()), 3*grid)
	used := p.paragraph(in, n.Head, 2, style{size: p.afar(52), least: 32, bold: true, color: p.pal.Ink})
	text := rect{in.x, in.y + used + grid, in.w, 44}
	if n.Late {
		p.shape(text.x, text.y+4, 36, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
		text.x, text.w = text.x+48, text.w-48
	}
	p.text(text, n.Text, style{size: 30, least: 20, color: p.pal.Ink})
	p.fill(button, p.pal.Ink, radius)
	p.text(button, n.Start.Label, style{size: 44, bold: true, align: alignCentre, color: p.pal.Ground})
	p.press(button, n.Start.Intent)
	p.focusRing(n.Start.ID, button)
}

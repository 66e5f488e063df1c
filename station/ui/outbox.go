package ui

import (
	"packbench/station/screen"
)

// outbox draws what shops are still to be told: the list left, one entry right.
func (p *pen) outbox(r rect, v screen.OutboxView) {
	head, r := r.top(p.finger(), grid)
	var tools rect
	tools, head = head.right(152, grid)
	for _, a := range v.Tools {
		p.button(tools, a)
	}
	p.text(head, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	chips, r := r.top(p.finger(), 2*grid)
	p.chips(chips, v.Chips)
	if len(v.Rows) == 0 && v.Detail == nil {
		p.nothing(r, v.Empty, v.Well)
		return
	}
	list, detail := r.left(r.w*0.42, 2*grid)
	if len(v.Pages) > 0 {
		var foot rect
		foot, list = list.bottom(p.finger(), grid)
		p.pager(foot, 120, v.Paged, v.Pages)
	}
	if len(v.Rows) == 0 {
		p.nothing(list, v.Empty, v.Well)
	}
	var blocks []block
	for _, e := range v.Rows {
		blocks = append(blocks, block{max(p.finger(), 72), []string{e.Select.ID}, func(box rect) { p.outboxRow(box, e) }})
	}
	p.stack(list, "outbox", 6, blocks)
	p.panel(detail)
	if v.Detail != nil {
		p.outboxEntry(detail.inset(3*grid), *v.Detail)
	}
}

func (p *pen) outboxRow(r rect, e screen.OutboxRow) {
	ground := p.pal.Panel
	if e.On {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	p.shape(r.x+14, r.y+r.h/2-16, 32, e.Shape, p.pal.Of(e.Kind), p.pal.OnCard)
	in := rect{r.x + 60, r.y + r.h/2 - 30, r.w - 76, 30}
	p.text(in, e.Age, style{size: 18, align: alignRight, color: p.pal.Quiet})
	p.text(rect{in.x, in.y, in.w - 76, in.h}, e.Title, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
	p.text(rect{in.x, in.y + 32, in.w, 26}, e.Sub, style{size: 18, least: 15, color: p.pal.Quiet})
	p.press(r, e.Select.Intent)
	p.focusRing(e.Select.ID, r)
}

func (p *pen) outboxEntry(r rect, d screen.OutboxDetail) {
	head, r := r.top(40, 4)
	p.text(head, d.Title, style{size: 30, least: 20, bold: true, color: p.pal.Ink})
	sub, r := r.top(26, 2*grid)
	p.text(sub, d.Sub, style{size: 19, least: 14, color: p.pal.Quiet})
	foot, r := r.bottom(2*p.finger()+grid, grid)
	p.shape(r.x, r.y, 40, d.Shape, p.pal.Of(d.Kind), p.pal.OnCard)
	words := rect{r.x + 56, r.y, r.w - 56, r.h}
	used := p.paragraph(words, d.State, 2, style{size: 26, bold: true, color: p.pal.Ink})
	used += 4 + p.paragraph(rect{words.x, words.y + used + 4, words.w, words.h}, d.Next, 4, style{size: 21, color: p.pal.Ink})
	_, r = r.top(max(used, 40), 2*grid)
	if d.Said != "" {
		label, rest := r.top(26, 0)
		p.text(label, d.SaidWord, style{size: 18, least: 14, color: p.pal.Quiet})
		used = p.paragraph(rest, d.Said, 6, style{size: 22, least: 16, bold: true, color: p.pal.Ink})
		_, r = rest.top(used, 2*grid)
	}
	if d.Saved != "" {
		p.paragraph(r, d.Saved, 2, style{size: 20, bold: true, color: p.pal.Ink})
	}
	if len(d.Actions) == 0 {
		return
	}
	if d.Asked != "" {
		p.text(rect{foot.x, foot.y - 34, foot.w, 28}, d.Asked, style{size: 19, bold: true, color: p.pal.Ink})
		p.grid(foot, d.Actions, 3, p.finger())
		return
	}
	_, low := foot.top(p.finger(), grid) // apart from where the reasons come: a double touch finds none
	p.actions(low, d.Actions)
}

package ui

import (
	"packbench/station/screen"
)

// vanHead is the height of what is said over the parcels of a van.
const vanHead = 34

// photoRow is the height of the photos of a return.
const photoRow = 96

// after draws the parcels that need somebody: the list left, one of them right.
func (p *pen) after(r rect, v screen.AfterView) {
	head, r := r.top(p.finger(), 2*grid)
	for _, a := range v.Tools { // the first outermost
		var tool rect
		tool, head = head.right(152, 2*grid)
		p.button(tool, a)
	}
	wide := p.text(rect{head.x, head.y, head.w * 0.6, head.h}, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	p.few(rect{head.x + wide + 2*grid, head.y, head.w - wide - 2*grid, head.h}, v.News, style{size: 19, least: 15, align: alignRight, color: p.pal.Quiet})
	if len(v.Rows) == 0 {
		p.nothing(r, v.Empty, v.Well)
		return
	}
	list, detail := r.left(r.w*0.46, 2*grid)
	if len(v.Pages) > 0 {
		var foot rect
		foot, list = list.bottom(p.finger(), grid)
		p.pager(foot, 120, v.Paged, v.Pages)
	}
	var blocks []block
	for _, row := range v.Rows {
		h := max(p.finger(), 72)
		if row.Head != "" {
			h += vanHead
		}
		blocks = append(blocks, block{h, []string{row.Select.ID}, func(box rect) { p.afterRow(box, row) }})
	}
	p.stack(list, "after", 6, blocks)
	p.panel(detail)
	if v.Detail != nil {
		p.afterParcel(detail.inset(3*grid), *v.Detail)
	}
}

func (p *pen) afterRow(r rect, row screen.AfterRow) {
	if row.Head != "" {
		var head rect
		head, r = r.top(vanHead, 0)
		p.text(head, row.Head, style{size: 18, least: 13, bold: true, color: p.pal.Quiet})
	}
	p.outboxRow(r, screen.OutboxRow{Kind: row.Kind, Shape: row.Shape, Title: row.Title, Sub: row.Sub, Age: row.Age, On: row.On, Select: row.Select})
}

// afterParcel draws one parcel: why, what shows it, the text to the carrier and what to do.
func (p *pen) afterParcel(r rect, d screen.AfterDetail) {
	for acts := d.Actions; len(acts) > 0; {
		most := len(acts)
		if most > 4 { // their verbs need the room
			most = (most + 1) / 2
		}
		var foot rect
		foot, r = r.bottom(p.finger(), grid)
		p.actions(foot, acts[len(acts)-most:])
		acts = acts[:len(acts)-most]
	}
	r.h -= grid
	p.shape(r.x, r.y, 40, d.Shape, p.pal.Of(d.Kind), p.pal.OnCard)
	words := rect{r.x + 56, r.y, r.w - 56, r.h}
	used := p.paragraph(words, d.Title, 2, style{size: 26, least: 20, bold: true, color: p.pal.Ink})
	for _, line := range []string{d.Sub, d.Also, d.Van} {
		if line != "" {
			used += p.paragraph(rect{words.x, words.y + used + 2, words.w, words.h}, line, 2, style{size: 19, least: 15, color: p.pal.Quiet}) + 2
		}
	}
	_, r = r.top(max(used, 40), 2*grid)
	for i := 0; i < len(d.Facts); i += 2 {
		var row rect
		row, r = r.top(factRow, 4)
		p.facts(row, d.Facts[i:min(i+2, len(d.Facts))])
	}
	if d.Photo != nil {
		var row rect
		row, r = r.bottom(max(p.finger(), photoRow), grid)
		button, row := row.left(184, grid)
		p.button(button, *d.Photo)
		for _, name := range d.Photos {
			var at rect
			at, row = row.left(photoRow*4/3, grid)
			p.fill(at, p.pal.Raised, radius)
			if img := p.ui.picture(name); img != nil {
				p.picture(at.inset(2), img)
			}
		}
	}
	if d.Saved != "" {
		var said rect
		said, r = r.bottom(30, grid)
		p.few(said, d.Saved, style{size: 20, least: 15, bold: true, color: p.pal.Ink})
	}
	word, r := r.top(28, 2)
	p.text(word, d.AskWord, style{size: 18, least: 14, color: p.pal.Quiet})
	ask := style{size: 19, least: 14, color: p.pal.Ink}
	p.paragraph(r, d.Ask, max(1, int(r.h/(ask.size*leading))), ask)
}

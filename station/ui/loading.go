package ui

import (
	"packbench/station/screen"
)

// loadHead is the height of the line with the carrier and the count.
const loadHead = 104

// loading draws a van at the dock: how full it is, what lies in it, and what is
// still to come.
func (p *pen) loading(head, r rect, v *screen.LoadingView) {
	if v == nil {
		return
	}
	p.panel(head)
	in := rect{head.x + 3*grid, head.y, head.w - 6*grid, head.h}
	big := style{size: p.afar(52), least: 40, bold: true, color: p.pal.Ink}
	p.carton(in.x, in.y+22, 40)
	count := p.text(rect{in.x, in.y + 6, in.w, 72}, v.Count, style{size: big.size, least: big.least, bold: true, align: alignRight, color: p.pal.Ink})
	big.least = 26
	p.few(rect{in.x + 60, in.y + 6, in.w - count - 96, 72}, v.Carrier, big)
	track := rect{in.x, in.y + head.h - 22, in.w, 12}
	p.fill(track, p.pal.Raised, 6)
	if v.Total > 0 && v.Done > 0 {
		p.fill(rect{track.x, track.y, max(track.w*float32(v.Done)/float32(v.Total), 12), track.h}, p.pal.Tell, 6)
	}
	van, dock := r.left((r.w-2*grid)/2, 2*grid)
	p.parcels(van, "van", v.VanWord, v.VanEmpty, v.Van, false)
	p.parcels(dock, "dock", v.DockWord, v.DockDone, v.Dock, !v.Unread)
}

// parcels draws a list of parcels under its name, as many as fit; an empty one with a tick
// where that is well.
func (p *pen) parcels(r rect, list, title, empty string, rows []screen.LoadRow, well bool) {
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(30, grid)
	p.text(head, title, style{size: 20, bold: true, color: p.pal.Ink})
	if len(rows) == 0 {
		if well {
			p.shape(in.x, in.y+2, 28, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
			in.x, in.w = in.x+40, in.w-40
		}
		p.paragraph(in, empty, 2, style{size: 19, color: p.pal.Quiet})
		return
	}
	p.loadRows(in, list, rows)
}

// loadRow is the height of one parcel in a list.
const loadRow = 52

func (p *pen) loadRows(r rect, list string, rows []screen.LoadRow) {
	fit := max(int(r.h/loadRow), 1)
	if len(rows) > fit {
		fit = max(int((r.h-p.moreHeight())/loadRow), 1)
	}
	first := p.first(list, len(rows), fit, nil)
	p.tap(r, tap{list: list, rows: max(0, len(rows)-fit), at: first})
	for i, row := range rows[first:min(len(rows), first+fit)] {
		box := rect{r.x, r.y + float32(i)*loadRow, r.w, loadRow - 4}
		if row.New {
			p.fill(rect{box.x - 8, box.y, box.w + 16, box.h}, p.pal.Press, radius)
			p.fill(rect{box.x - 8, box.y, 5, box.h}, p.pal.Tell, 2)
		}
		p.text(rect{box.x, box.y + 1, box.w, 26}, row.ID, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
		note := p.text(rect{box.x, box.y + 26, box.w, 20}, row.Note, style{size: 15, least: 12, align: alignRight, color: p.pal.Quiet})
		p.text(rect{box.x, box.y + 26, box.w - note - 8, 20}, row.Text, style{size: 16, least: 13, color: p.pal.Quiet})
	}
	if hidden := len(rows) - fit; hidden > 0 {
		p.more(r, list, first, fit, len(rows), hidden)
	}
}

// onDock draws the parcels that wait, by carrier, as a panel that opens their
// page.
func (p *pen) onDock(r rect, i *screen.IdleView) {
	p.fill(r, p.pal.Raised, radius)
	in := rect{r.x + 16, r.y + grid, r.w - 32, r.h - 2*grid}
	head, in := in.top(30, 0)
	wide := p.text(head, i.Open.Label, style{size: 19, bold: true, color: p.pal.Ink})
	if i.Open.Enabled {
		p.cap(rect{head.x + wide + 12, head.y + 3, 0, 24}, i.Open.Key, p.pal.Raised, p.pal.Quiet)
	}
	for _, row := range i.Dock[:min(len(i.Dock), int(in.h/dockRow))] {
		var line rect
		line, in = in.top(dockRow, 0)
		n := p.text(line, row.Text, style{size: 19, align: alignRight, color: p.pal.Ink})
		p.text(rect{line.x, line.y, line.w - n - 12, line.h}, row.Carrier, style{size: 19, least: 15, color: p.pal.Quiet})
	}
	if i.Open.Enabled {
		p.press(r, i.Open.Intent)
	}
	p.focusRing(i.Open.ID, r)
}

// dockRow is the height of a carrier in the panel, and dockNeed that of all.
const dockRow = 28

func dockNeed(rows int) float32 { return 30 + 2*grid + float32(min(rows, 4))*dockRow }

// dock draws what waits at the dock, carrier by carrier, and what left today.
func (p *pen) dock(r rect, v screen.DockView) {
	head, r := r.top(p.finger(), 2*grid)
	back, title := head.right(168, 3*grid)
	p.button(back, v.Back)
	if v.Owed != nil {
		var owed rect
		owed, title = title.right(p.room([]screen.Action{*v.Owed}, 168), grid)
		p.button(owed, *v.Owed)
	}
	if v.After != nil {
		var after rect
		after, title = title.right(p.room([]screen.Action{*v.After}, 168), 2*grid)
		p.button(after, *v.After)
	}
	wide := p.text(title, v.Title, style{size: 32, bold: true, color: p.pal.Ink})
	p.text(rect{title.x + wide + 4*grid, title.y, title.w - wide - 4*grid, title.h}, v.Said, style{size: 18, least: 14, align: alignRight, color: p.pal.Ink})
	waits, gone := r.left((r.w-2*grid)*0.5, 2*grid)
	if len(v.Vans) == 0 {
		p.nothing(waits, v.Empty, !v.Unread)
	} else {
		var blocks []block
		for _, g := range v.Vans {
			blocks = append(blocks, block{p.groupNeed(g), []string{g.Load.ID}, func(box rect) { p.dockGroup(box, g) }})
		}
		p.stack(waits, "dock", grid, blocks)
	}
	p.gone(gone, v)
}

// nothing says that a list is empty, with a tick where this is well.
func (p *pen) nothing(r rect, words string, well bool) {
	p.panel(r)
	if well {
		p.shape(r.x+r.w/2-36, r.y+r.h/2-72, 72, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
	}
	p.text(rect{r.x + 16, r.y + r.h/2 + 16, r.w - 32, 40}, words, style{size: 24, least: 18, bold: true, align: alignCentre, color: p.pal.Ink})
}

func (p *pen) groupNeed(g screen.DockGroup) float32 {
	deep := (len(g.Rows) + 1) / 2
	h := 4*grid + p.finger() + grid + float32(deep)*loadRow
	if g.More != "" {
		h += 24
	}
	return h
}

// dockGroup draws what waits for one carrier, with the button that loads it.
func (p *pen) dockGroup(r rect, g screen.DockGroup) {
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(p.finger(), grid)
	button, words := head.right(184, 2*grid)
	p.button(button, g.Load)
	p.few(rect{words.x, words.y + words.h/2 - 36, words.w, 42}, g.Carrier, style{size: 26, least: 15, bold: true, color: p.pal.Ink})
	p.text(rect{words.x, words.y + words.h/2 + 4, words.w, 26}, g.Text, style{size: 18, least: 14, color: p.pal.Quiet})
	wide := (in.w - 3*grid) / 2
	deep := (len(g.Rows) + 1) / 2
	for i, row := range g.Rows {
		p.loadRows(rect{in.x + float32(i/deep)*(wide+3*grid), in.y + float32(i%deep)*loadRow, wide, loadRow}, "", []screen.LoadRow{row})
	}
	p.text(rect{in.x, in.y + float32(deep)*loadRow, in.w, 24}, g.More, style{size: 17, color: p.pal.Quiet})
}

// gone draws the vans that left today, and what one of them took.
func (p *pen) gone(r rect, v screen.DockView) {
	word, r := r.top(30, grid)
	p.text(word, v.GoneWord, style{size: 20, bold: true, color: p.pal.Ink})
	if len(v.Gone) == 0 {
		p.text(rect{r.x, r.y, r.w, 28}, v.GoneNone, style{size: 19, color: p.pal.Quiet})
		return
	}
	row := p.finger()
	list := rect{r.x, r.y, r.w, min(float32(len(v.Gone))*(row+6)-6, r.h*0.44)}
	var blocks []block
	for _, m := range v.Gone {
		blocks = append(blocks, block{row, []string{m.Select.ID}, func(box rect) { p.goneRow(box, m) }})
	}
	p.stack(list, "gone", 6, blocks)
	if v.Detail == nil {
		return
	}
	_, r = r.top(list.h, 2*grid)
	p.panel(r)
	in := r.inset(2 * grid)
	head, in := in.top(p.finger(), grid)
	button, words := head.right(168, 2*grid)
	p.button(button, v.Detail.Print)
	p.text(rect{words.x, words.y + words.h/2 - 30, words.w, 30}, v.Detail.Title, style{size: 22, least: 16, bold: true, color: p.pal.Ink})
	p.few(rect{words.x, words.y + words.h/2 - 5, words.w, 40}, v.Detail.Text, style{size: 17, least: 14, color: p.pal.Quiet})
	p.loadRows(in, "van", v.Detail.Rows)
}

func (p *pen) goneRow(r rect, m screen.ManifestRow) {
	ground := p.pal.Panel
	if m.Chosen {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	wide := p.text(in, m.Text, style{size: 18, align: alignRight, color: p.pal.Quiet})
	p.text(rect{in.x, in.y, in.w - wide - 16, in.h}, m.Title, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
	p.press(r, m.Select.Intent)
	p.focusRing(m.Select.ID, r)
}

package ui

import (
	"slices"

	"packbench/station/pack"
	"packbench/station/screen"
)

// stock draws what runs low, or what the shop believes, on the left, and one product with
// its ledger on the right.
func (p *pen) stock(r rect, v screen.StockView) {
	head, r := r.top(p.finger(), grid)
	head = p.tools(head, v.Tools)
	p.text(head, v.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	chips, r := r.top(p.finger(), 2*grid)
	if n := float32(len(v.Acts)); n > 0 {
		var acts rect
		wide := min(200, (chips.w-p.chipsNeed(v.Chips))/n-grid)
		acts, chips = chips.right(n*(wide+grid)-grid, grid)
		for i, a := range v.Acts {
			p.button(rect{acts.x + float32(i)*(wide+grid), acts.y, wide, acts.h}, a)
		}
	}
	p.chips(chips, v.Chips)
	list, detail := r.left(r.w*0.4, 2*grid)
	if v.Note != "" {
		var note rect
		note, list = list.top(26, 4)
		p.text(note, v.Note, style{size: 18, least: 13, color: p.pal.Quiet})
	}
	if v.Saved != "" {
		var said rect
		said, list = list.bottom(48, 4)
		p.few(said, v.Saved, style{size: 18, least: 14, bold: true, color: p.pal.Ink})
	}
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
		blocks = append(blocks, block{max(p.finger(), 72), []string{e.Select.ID}, func(box rect) { p.stockRow(box, e) }})
	}
	p.stack(list, "stock", 6, blocks)
	p.panel(detail)
	if v.Detail != nil {
		p.stockDetail(detail.inset(2*grid), *v.Detail)
	}
}

// tools draws the buttons of a page's head from the right, and gives what is left of it.
func (p *pen) tools(head rect, tools []screen.Action) (rest rect) {
	for _, a := range slices.Backward(tools) {
		var box rect
		box, head = head.right(152, grid)
		p.button(box, a)
	}
	return head
}

func (p *pen) stockRow(r rect, e screen.StockRow) {
	ground := p.pal.Panel
	if e.On {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	p.shape(r.x+14, r.y+r.h/2-16, 32, e.Shape, p.pal.Of(e.Kind), p.pal.OnCard)
	in := rect{r.x + 60, r.y + r.h/2 - 30, r.w - 76, 30}
	wide := p.text(in, e.Figure, style{size: 21, bold: true, align: alignRight, color: p.pal.Ink})
	p.text(rect{in.x, in.y, in.w - wide - 12, in.h}, e.Title, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
	p.text(rect{in.x, in.y + 32, in.w, 26}, e.Sub, style{size: 18, least: 14, color: p.pal.Quiet})
	p.press(r, e.Select.Intent)
	p.focusRing(e.Select.ID, r)
}

func (p *pen) stockDetail(r rect, d screen.StockDetail) {
	head, r := r.top(38, 2)
	p.text(head, d.Title, style{size: 30, least: 18, bold: true, color: p.pal.Ink})
	sub, r := r.top(24, grid)
	p.text(sub, d.Sub, style{size: 18, least: 13, color: p.pal.Quiet})
	if len(d.Actions) > 0 {
		r = p.asked(r, d.Asked, d.Actions)
	}
	state, r := r.top(40, grid)
	p.shape(state.x, state.y, 40, d.Shape, p.pal.Of(d.Kind), p.pal.OnCard)
	wide := p.text(rect{state.x + 52, state.y, state.w - 52, 40}, d.State, style{size: 28, least: 20, bold: true, color: p.pal.Ink})
	if room := state.w - 52 - wide - 16; d.Saved != "" && room > 120 {
		p.few(rect{state.x + 52 + wide + 16, state.y - 4, room, 48}, d.Saved, style{size: 18, least: 13, bold: true, align: alignRight, color: p.pal.Ink})
	}
	figures, r := r.top(60, grid)
	p.figures(figures, d.Figures)
	used := p.paragraph(r, d.Why, 5, style{size: 18, least: 15, color: p.pal.Ink})
	_, r = r.top(used, grid)
	if r.h < 30 {
		p.lost(d.Places)
		return
	}
	places, r := r.top(26, grid)
	p.text(places, d.Places, style{size: 19, least: 14, bold: true, color: p.pal.Ink})
	var blocks []block
	for _, m := range d.Moves {
		blocks = append(blocks, block{30, nil, func(box rect) { p.stockMove(box, m) }})
	}
	if r.h > 96 {
		p.stack(r, "ledger", 2, blocks)
	} else if len(blocks) > 0 {
		p.lost("ledger")
	}
}

// asked draws what is asked, over its answers, or else the buttons, at the foot.
func (p *pen) asked(r rect, words string, actions []screen.Action) (rest rect) {
	columns := 3
	if len(actions) <= 2 {
		columns = 2
	}
	deep := float32((len(actions) + columns - 1) / columns)
	foot, rest := r.bottom(deep*(p.finger()+grid)-grid, grid)
	p.grid(foot, actions, columns, p.finger())
	if words != "" {
		var line rect
		line, rest = rest.bottom(28, 2*grid)
		p.text(line, words, style{size: 19, bold: true, color: p.pal.Ink})
	}
	return rest
}

func (p *pen) stockMove(r rect, m screen.StockMoveRow) {
	when, r := r.left(104, grid)
	qty, r := r.left(64, 2*grid)
	bin, r := r.left(80, grid)
	p.text(when, m.Time, style{size: 17, least: 13, color: p.pal.Quiet})
	p.text(qty, m.Qty, style{size: 19, least: 14, bold: true, align: alignRight, color: p.pal.Ink})
	p.text(bin, m.Bin, style{size: 17, least: 12, color: p.pal.Ink})
	who := min(p.wide(m.Who, style{size: 16})+2, r.w*0.42)
	p.text(rect{r.x + r.w - who, r.y, who, r.h}, m.Who, style{size: 16, least: 12, align: alignRight, color: p.pal.Quiet})
	p.text(rect{r.x, r.y, r.w - who - grid, r.h}, m.What, style{size: 17, least: 13, color: p.pal.Ink})
}

// countPage draws a walk from bin to bin: left what was found, right what the last code came
// to, large.
func (p *pen) countPage(r rect, v screen.CountView) {
	head, r := r.top(p.finger(), grid)
	head = p.tools(head, v.Tools)
	p.text(head, v.Title, style{size: 36, least: 20, bold: true, color: p.pal.Ink})
	foot, r := r.bottom(p.finger()+16, 2*grid)
	p.actions(foot, v.Actions)
	next, r := r.bottom(max(p.finger(), 72), 2*grid)
	p.next(next, screen.Next{Text: v.Next})
	list, side := r.left(r.w*0.46, 2*grid)
	word, list := list.top(28, grid)
	p.text(word, v.Word, style{size: 20, bold: true, color: p.pal.Ink})
	if len(v.Pages) > 0 {
		var foot rect
		foot, list = list.bottom(p.finger(), grid)
		p.pager(foot, 120, v.Paged, v.Pages)
	}
	if len(v.Rows) == 0 {
		p.nothing(list, v.Empty, v.Well)
	}
	var blocks []block
	for _, c := range v.Rows {
		blocks = append(blocks, block{max(p.finger(), 72), []string{c.Select.ID}, func(box rect) { p.countRow(box, c) }})
	}
	p.stack(list, "count", 6, blocks)
	if v.Strange != "" {
		var low rect
		low, side = side.bottom(72, 2*grid)
		p.fill(low, p.pal.Look, radius)
		p.shape(low.x+16, low.y+low.h/2-18, 36, screen.ShapeMark, p.pal.OnCard, p.pal.Look)
		p.paragraph(rect{low.x + 68, low.y + 10, low.w - 84, low.h - 10}, v.Strange, 2, style{size: 19, least: 15, bold: true, color: p.pal.OnCard})
	}
	if len(v.Results) > 0 {
		var low rect
		low, side = side.bottom(min(side.h*0.6, float32(len(v.Results))*50+p.moreHeight()), 2*grid)
		var lines []block
		for _, l := range v.Results {
			lines = append(lines, block{48, nil, func(box rect) { p.countLine(box, l) }})
		}
		p.stack(low, "counted", 2, lines)
	}
	p.countCard(side, v.Card)
}

func (p *pen) countRow(r rect, c screen.CountRow) {
	ground := p.pal.Panel
	if c.Last {
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	pic := r.h - 12
	p.tile(rect{r.x + 8, r.y + 6, pic, pic}, c.Item, false)
	number := min(p.wide(c.Number, style{size: 30, bold: true})+2, r.w*0.34)
	p.text(rect{r.x + r.w - number - 16, r.y, number, r.h}, c.Number, style{size: 30, least: 16, bold: true, align: alignRight, color: p.pal.Ink})
	p.lineName(rect{r.x + pic + 24, r.y, r.w - pic - number - 56, r.h}, c.Item.Name, c.Sub, style{size: 22, least: 17, bold: true, color: p.pal.Ink}, p.pal.Quiet)
	p.press(r, c.Select.Intent)
	p.focusRing(c.Select.ID, r)
}

func (p *pen) countCard(r rect, c screen.CountCard) {
	ground, text := p.pal.Of(c.Kind), p.pal.OnCard
	if c.Kind == pack.Info {
		ground, text = p.pal.Panel, p.pal.Ink
	}
	p.fill(r, ground, radius)
	in := r.inset(3 * grid)
	if c.Kind != pack.Info {
		p.shape(in.x, in.y, 64, c.Shape, text, ground)
	}
	if c.Big != "" {
		size := min(max(p.afar(120), 96), in.h*0.6)
		p.text(rect{in.x + 72, in.y, in.w - 72, size}, c.Big, style{size: size, least: 48, bold: true, align: alignRight, color: text})
		_, in = in.top(size, grid)
	} else {
		_, in = in.top(72, grid)
	}
	used := p.paragraph(in, c.Text, 2, style{size: 34, least: 22, bold: true, color: text})
	p.paragraph(rect{in.x, in.y + used + 4, in.w, in.h}, c.Words, 3, style{size: 21, least: 16, color: text})
}

func (p *pen) countLine(r rect, l screen.CountLine) {
	p.shape(r.x, r.y+r.h/2-16, 32, l.Shape, p.pal.Of(l.Kind), p.pal.OnCard)
	in := rect{r.x + 44, r.y, r.w - 44, r.h}
	wide := p.text(rect{in.x, in.y, in.w * 0.5, in.h}, l.Text, style{size: 20, least: 15, bold: true, color: p.pal.Ink})
	p.few(rect{in.x + wide + 2*grid, in.y, in.w - wide - 2*grid, in.h}, l.Words, style{size: 19, least: 14, color: p.pal.Ink})
}

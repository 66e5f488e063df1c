package ui

// block is a part of a list whose rows differ in height. The page that is shown
// is the one where the keyboard stands, if it stands in one of its targets.
type block struct {
	h    float32
	ids  []string // of its targets
	draw func(rect)
}

// stack draws blocks one under the other, as many as fit, the others behind
// the foot of the list. The last block may be cut by nothing: it is shown whole
// or not at all.
func (p *pen) stack(r rect, list string, gap float32, blocks []block) {
	total := -gap
	for _, b := range blocks {
		total += b.h + gap
	}
	first, shown, rows := 0, len(blocks), 0
	if total > r.h+1 {
		room := r.h - p.moreHeight()
		rows = p.lastFirst(room, gap, blocks)
		first = min(max(p.ui.moved(list), 0), rows)
		shown = fitting(room, gap, blocks[first:])
		if at := p.focused(blocks); p.ui.moved(list) < 0 && at >= 0 && (at < first || at >= first+shown) {
			first = min(at, rows)
			shown = fitting(room, gap, blocks[first:])
		}
		p.tap(r, tap{list: list, rows: rows, at: first})
		p.more(r, list, first, shown, len(blocks), rows)
	}
	y := r.y
	for _, b := range blocks[first : first+shown] {
		b.draw(rect{r.x, y, r.w, b.h})
		y += b.h + gap
	}
}

// fitting is how many blocks fit, at least one.
func fitting(room, gap float32, blocks []block) int {
	used := -gap
	for i, b := range blocks {
		used += b.h + gap
		if used > room+1 && i > 0 {
			return i
		}
	}
	return len(blocks)
}

// lastFirst is the first block of the last page.
func (p *pen) lastFirst(room, gap float32, blocks []block) int {
	for i := range blocks {
		if i+fitting(room, gap, blocks[i:]) == len(blocks) {
			return i
		}
	}
	return 0
}

// focused is the block where the keyboard stands, -1 for none.
func (p *pen) focused(blocks []block) int {
	for i, b := range blocks {
		for _, id := range b.ids {
			if id != "" && id == p.focus {
				return i
			}
		}
	}
	return -1
}

// finger is the least size of what is touched: 15 mm where the size of the
// screen is known (U2).
func (p *pen) finger() float32 { return max(p.ui.tight(64), 15*p.mm) }

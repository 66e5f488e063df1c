package ui

import (
	"fmt"
	"slices"

	"packbench/station/screen"
)

// chips draws filters or tabs in a row, all of them in one size of type (V33). Where
// they have no room they are narrower, and their words smaller.
func (p *pen) chips(r rect, chips []screen.Action) {
	s := chipType
	n := float32(len(chips))
	room, total := r.w-max(n-1, 0)*grid, p.chipWords(chips)
	pad := min(max((room-total)/max(2*n, 1), 8), chipPad)
	if total > room-2*n*pad {
		s.size = max(s.size*(room-2*n*pad)/total, s.least)
		for s.size > s.least && p.chipsWide(chips, s)+2*n*pad > room { // small letters stand further apart
			s.size = max(s.size-0.5, s.least)
		}
	}
	wide := func(c screen.Action) float32 { return max(p.wide(chipLabel(c), s)+2*pad, p.chipLeast(n, room)) }
	for over := !p.ui.view.Lang.English(); over && s.size > s.least; { // a short word takes more room than it needs
		all := float32(0)
		for _, c := range chips {
			all += wide(c)
		}
		if over = all > room+1; over {
			s.size = max(s.size-0.5, s.least)
		}
	}
	x := r.x
	for _, c := range chips {
		box := rect{x, r.y, wide(c), r.h}
		ground := p.pal.Raised
		s.color, s.bold = p.pal.Ink, c.On
		if c.On {
			ground, s.color = p.pal.Ink, p.pal.Ground
		}
		p.fill(box, ground, box.h/2)
		p.text(box.inset(4), chipLabel(c), s)
		p.press(box, c.Intent)
		p.focusRing(c.ID, box)
		x, s.bold = x+box.w+grid, true
	}
}

// chipType is the type of a chip's words, and chipPad the space beside them.
var chipType = style{size: 19, least: 13, bold: true, align: alignCentre}

const chipPad = 18

func chipLabel(c screen.Action) string {
	if c.Count > 0 {
		return fmt.Sprintf("%s  %d", c.Label, c.Count)
	}
	return c.Label
}

// chipWords is how wide the words of all chips are, and chipsNeed all chips in full size.
func (p *pen) chipWords(chips []screen.Action) float32 {
	return p.chipsWide(chips, chipType)
}

func (p *pen) chipsWide(chips []screen.Action, s style) float32 {
	total := float32(0)
	for _, c := range chips {
		total += p.wide(chipLabel(c), s)
	}
	return total
}

func (p *pen) chipsNeed(chips []screen.Action) float32 {
	return p.chipWords(chips) + float32(len(chips))*(2*chipPad+grid)
}

// chipsFit reports whether chips fit beside each other with words that can still be read.
func (p *pen) chipsFit(chips []screen.Action, room float32) bool {
	return p.chipWords(chips)*chipType.least/chipType.size+float32(len(chips))*(16+grid) <= room
}

// chipLeast is how narrow a chip may be: as wide as a finger, where all have the room.
func (p *pen) chipLeast(n, room float32) float32 { return min(p.finger(), room/max(n, 1)) }

// cases draws the supervisor's desk: the list left, one case right.
func (p *pen) cases(r rect, c screen.CasesView) {
	head, r := r.top(p.finger(), grid)
	wide := p.room(c.Search, 120)
	for _, a := range slices.Backward(c.Search) {
		head.w -= wide
		p.button(rect{head.x + head.w, head.y, wide, head.h}, a)
		head.w -= grid
	}
	used := p.text(rect{head.x, head.y, head.w * 0.6, head.h}, c.Title, style{size: 32, least: 20, bold: true, color: p.pal.Ink})
	p.text(rect{head.x + used + 16, head.y, head.w - used - 32, head.h}, c.Saved, style{size: 18, least: 15, align: alignRight, color: p.pal.Quiet})
	tabs, r := r.top(p.finger(), 2*grid)
	p.chips(tabs, c.Chips)
	if len(c.Narrow) > 0 {
		tabs, r = r.top(p.finger(), 2*grid)
		p.chips(tabs, c.Narrow)
	}
	list, detail := r.left(r.w*0.4, 2*grid)
	if len(c.Pages) > 0 {
		var foot rect
		foot, list = list.bottom(p.finger(), grid)
		p.pager(foot, 120, c.Paged, c.Pages)
	}
	if c.Empty != "" {
		p.panel(list)
		if !c.Unread {
			p.shape(list.x+list.w/2-48, list.y+list.h/2-88, 96, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		}
		p.text(rect{list.x, list.y + list.h/2 + 24, list.w, 40}, c.Empty, style{size: 26, bold: true, align: alignCentre, color: p.pal.Ink})
	}
	const gap = 6
	row := float32(76)
	fit := int((list.h + gap) / (row + gap))
	if len(c.Rows) > fit {
		fit = max(int((list.h-p.moreHeight()+gap)/(row+gap)), 1)
		row = (list.h-p.moreHeight()+gap)/float32(fit) - gap
	}
	first := p.first("cases", len(c.Rows), fit, func(i int) bool { return c.Rows[i].Chosen })
	p.tap(list, tap{list: "cases", rows: max(0, len(c.Rows)-fit), at: first})
	for i, v := range c.Rows[first:min(len(c.Rows), first+fit)] {
		p.caseRow(rect{list.x, list.y + float32(i)*(row+gap), list.w, row}, v)
	}
	if hidden := len(c.Rows) - fit; hidden > 0 {
		p.more(list, "cases", first, fit, len(c.Rows), hidden)
	}
	p.panel(detail)
	if c.Detail != nil {
		p.caseDetail(detail.inset(p.ui.tight(3*grid)), *c.Detail)
	}
}

func (p *pen) caseRow(r rect, c screen.CaseRow) {
	ground, text := p.pal.Panel, p.pal.Ink
	if c.Chosen {
		ground = p.pal.Press
	}
	if !c.Open {
		ground, text = p.pal.Ground, p.pal.Quiet
	}
	p.fill(r, ground, radius)
	p.shape(r.x+14, r.y+r.h/2-16, 32, c.Shape, p.pal.Of(c.Kind), p.pal.OnCard)
	in := rect{r.x + 60, r.y, r.w - 76, r.h}
	p.text(rect{in.x, r.y + 8, in.w, 30}, c.Age, style{size: 18, align: alignRight, color: p.pal.Quiet})
	p.text(rect{in.x, r.y + 8, in.w - 70, 30}, c.Title, style{size: 21, least: 15, bold: c.Open, color: text})
	same := p.text(rect{in.x, r.y + 40, in.w, 26}, c.Same, style{size: 17, align: alignRight, color: p.pal.Quiet})
	p.text(rect{in.x, r.y + 40, in.w - max(76, same+grid), 26}, c.Sub, style{size: 18, least: 13, color: p.pal.Quiet})
	p.press(r, c.Select.Intent)
	p.focusRing(c.Select.ID, r)
}

func (p *pen) caseDetail(r rect, d screen.CaseDetail) {
	title := r
	if len(d.Resolve) > 0 { // apart from the reasons: a double touch on one finds nothing else there
		wide, button := float32(148), p.button
		if len(d.Acts) > 2 { // the title must be read
			wide, button = 104, func(r rect, a screen.Action) { p.tightButton(r, a, tightType) }
		}
		for _, a := range slices.Backward(d.Acts) {
			title.w -= wide
			button(rect{r.x + title.w, r.y, wide, p.finger()}, a)
			title.w -= grid
		}
	}
	sub := style{size: 19, least: 12, color: p.pal.Quiet}
	if p.ui.scale == 1 {
		used := p.paragraph(title, d.Title, 1, style{size: 32, least: 18, bold: true, color: p.pal.Ink})
		p.text(rect{r.x, r.y + used, title.w, 28}, d.Sub, sub)
		_, r = r.top(max(used+28, 68), 2*grid)
	} else { // beside the buttons is room for one of them
		p.paragraph(rect{title.x, title.y, title.w, p.finger()}, d.Title, 2, style{size: 28, least: 18, bold: true, color: p.pal.Ink})
		p.text(rect{r.x, r.y + p.finger() + 4, r.w, 24}, d.Sub, sub)
		_, r = r.top(p.finger()+28, grid)
	}
	if len(d.Resolve) == 0 && len(d.Acts) > 0 {
		var row rect
		row, r = r.top(p.finger(), 2*grid)
		for i, a := range d.Acts {
			wide := row.w / float32(max(3, len(d.Acts)))
			p.button(rect{row.x + float32(i)*wide, row.y, wide - grid, row.h}, a)
		}
	}
	if len(d.Resolve) > 0 {
		const columns = 3
		deep := (len(d.Resolve) + columns - 1) / columns
		var foot rect
		foot, r = r.bottom(float32(min(deep, 3))*(p.finger()+grid)+32, grid)
		p.text(rect{foot.x, foot.y, foot.w, 28}, d.ResolveWord, style{size: 19, bold: true, color: p.pal.Ink})
		p.grid(rect{foot.x, foot.y + 36, foot.w, foot.h - 36}, d.Resolve, columns, p.finger())
	} else if d.Resolved != "" {
		var foot rect
		foot, r = r.bottom(48, grid)
		p.shape(foot.x, foot.y+8, 32, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		p.text(rect{foot.x + 44, foot.y, foot.w - 44, foot.h}, d.Resolved, style{size: 21, least: 16, bold: true, color: p.pal.Ink})
	}
	r = p.caseFacts(r, d)
	p.timeline(r, d)
}

// caseFacts draws expected beside scanned, or the weight.
func (p *pen) caseFacts(r rect, d screen.CaseDetail) (rest rect) {
	var used rect
	tile := p.ui.tight(64)
	switch {
	case d.Curve != nil && r.h >= 40+curveHigh+80: // the story has a line yet; this parcel stands in the curve
		used, rest = r.top(40+curveHigh, grid)
		p.text(rect{used.x, used.y, used.w, 38}, d.Weight.Number+" "+d.Weight.Unit, style{size: 32, bold: true, color: p.pal.Ink})
		p.text(rect{used.x, used.y, used.w, 38}, d.Weight.Expected, style{size: 20, align: alignRight, color: p.pal.Quiet})
		p.curve(rect{used.x, used.y + 40, used.w, curveHigh}, *d.Curve)
	case d.Weight != nil:
		if d.Curve != nil && p.ui.scale > 1 { // smaller there is room for it
			p.lost(d.Curve.WeighedWord)
		}
		used, rest = r.top(112, 2*grid)
		p.text(rect{used.x, used.y, used.w, 48}, d.Weight.Number+" "+d.Weight.Unit, style{size: 40, bold: true, color: p.pal.Ink})
		p.text(rect{used.x, used.y, used.w, 48}, d.Weight.Expected, style{size: 20, align: alignRight, color: p.pal.Quiet})
		if d.Weight.Bar {
			p.tolerance(rect{used.x, used.y + 50, used.w, 60}, *d.Weight)
		}
	case d.Scanned != nil || d.Raw != "" || len(d.Expected) > 0:
		used, rest = r.top(tile+40, p.ui.tight(2*grid))
		left, right := used.left(used.w*0.36, 2*grid)
		p.text(rect{left.x, left.y, left.w, 24}, d.ScannedWord, style{size: 17, color: p.pal.Quiet})
		p.text(rect{right.x, right.y, right.w, 24}, d.ExpectedWord, style{size: 17, color: p.pal.Quiet})
		if d.Scanned != nil {
			p.smallItem(rect{left.x, left.y + 30, left.w, tile}, *d.Scanned)
		} else {
			p.text(rect{left.x, left.y + 30, left.w, tile}, d.Raw, style{size: 24, least: 16, bold: true, color: p.pal.Ink})
		}
		wide, high := right.w/2, tile
		if len(d.Expected) > 2 { // two rows: beside two others the name of a third has no room
			high = tile * 36 / 64
		}
		for i, e := range d.Expected {
			p.smallItem(rect{right.x + float32(i%2)*wide, right.y + 28 + float32(i/2)*(high+4), wide - grid, high}, e)
		}
	default:
		return r
	}
	return rest
}

func (p *pen) smallItem(r rect, item screen.Item) {
	if item.SKU == "" { // words, and no product
		p.few(r, item.Name, style{size: 19, least: 15, bold: true, color: p.pal.Ink})
		return
	}
	p.tile(rect{r.x, r.y, r.h, r.h}, item, false)
	s := style{size: 19, least: 15, bold: true, color: p.pal.Ink}
	if r.h < 2*s.size*leading {
		p.text(rect{r.x + r.h + 10, r.y, r.w - r.h - 10, r.h}, item.Name, s)
		return
	}
	n := min(len(p.wrap(item.Name, r.w-r.h-10, s)), 2)
	p.paragraph(rect{r.x + r.h + 10, r.y + r.h/2 - float32(n)*s.size*leading/2, r.w - r.h - 10, r.h}, item.Name, 2, s)
}

func (p *pen) timeline(r rect, d screen.CaseDetail) {
	rows, high := d.Timeline, float32(26)
	if d.Steps != nil {
		high = p.finger()
	}
	if len(rows) == 0 || r.h < high+34 {
		p.lost(d.TimelineWord)
		return
	}
	head, r := r.top(high, 6)
	wide := p.text(head, d.TimelineWord, style{size: 19, bold: true, color: p.pal.Ink})
	if d.Steps != nil {
		p.chips(rect{head.x + wide + 2*grid, head.y, head.w * 0.6, head.h}, []screen.Action{*d.Steps})
	}
	const row = 34
	fit := max(int(r.h/row), 1)
	first := p.first("timeline", len(rows), fit, func(i int) bool { return rows[i].This })
	if hidden := len(rows) - fit; hidden > 0 {
		p.text(head, screen.Shown(p.ui.view.Lang, first, fit, len(rows)), style{size: 17, align: alignRight, color: p.pal.Quiet})
		p.tap(rect{head.x + head.w/2, head.y - 19, head.w / 2, head.h + 38}, tap{list: "timeline", rows: hidden, page: fit, at: first})
	}
	for i, t := range rows[first:min(len(rows), first+fit)] {
		y := r.y + float32(i)*row
		line := rect{r.x - 8, y, r.w + 16, row - 2}
		if t.This {
			p.fill(line, p.pal.Raised, radius)
		}
		p.text(rect{r.x, y, 76, row}, t.Time, style{size: 17, color: p.pal.Quiet})
		p.shape(r.x+80, y+row/2-10, 20, t.Shape, p.pal.Of(t.Kind), p.pal.OnCard)
		who := p.text(rect{r.x + r.w*0.7, y, r.w * 0.3, row}, t.Who, style{size: 17, least: 14, align: alignRight, color: p.pal.Quiet})
		p.text(rect{r.x + 110, y, r.w - 122 - who, row}, t.Text, style{size: 19, least: 16, bold: t.This, color: p.pal.Ink})
		if t.Fold != nil { // what stands above and below it takes no touch
			p.press(rect{line.x, y + row/2 - p.finger()/2, line.w, p.finger()}, t.Fold.Intent)
		}
	}
	p.tap(r, tap{list: "timeline", rows: max(0, len(rows)-fit), at: first})
}

// grid draws buttons in columns.
func (p *pen) grid(r rect, actions []screen.Action, columns int, h float32) {
	wide := (r.w - float32(columns-1)*grid) / float32(columns)
	size := float32(tightType)
	for _, a := range actions { // all in the type of the longest (V33)
		for s := (style{size: size}); size > 14 && (len(p.wrap(a.Label, wide-20, s)) > 2 || p.longest(a.Label, s) > wide-20); s.size = size {
			size--
		}
	}
	for i, a := range actions {
		box := rect{r.x + float32(i%columns)*(wide+grid), r.y + float32(i/columns)*(h+grid), wide, h}
		if box.y+h > r.y+r.h+1 {
			p.lost(a.Label)
			return
		}
		p.tightButton(box, a, size)
	}
}

// tightType is the type of a button whose label may take two lines.
const tightType = 17

// tightButton is such a button.
func (p *pen) tightButton(r rect, a screen.Action, size float32) {
	ground, text := p.pal.Raised, p.pal.Ink
	switch {
	case !a.Enabled:
		text = p.pal.Quiet
	case a.Primary:
		ground, text = p.pal.Ink, p.pal.Ground
	case a.On:
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	s := style{size: size, least: 14, bold: a.On || a.Primary, color: text}
	lines := min(len(p.wrap(a.Label, r.w-20, s)), 2)
	p.paragraph(rect{r.x + 10, r.y + r.h/2 - float32(lines)*s.size*leading/2, r.w - 20, r.h}, a.Label, 2, s)
	if a.Enabled {
		p.press(r, a.Intent)
	}
	p.focusRing(a.ID, r)
}

package shift

import (
	"fmt"
	"slices"
)

// front sets the first page: the headline numbers, two charts and what somebody should
// look at.
func (p *page) front(b Book) {
	p.doc.Ln(4)
	list := b.headlines()
	const across = 4
	for i, h := range list {
		x, y := margin+float64(i%across)*textWidth/across, p.doc.GetY()
		p.font(true, 20)
		p.doc.SetXY(x, y)
		p.doc.CellFormat(textWidth/across, 9, p.say(text(h.n)), "", 0, "L", false, 0, "")
		p.font(false, 9)
		p.doc.SetXY(x, y+9)
		p.doc.CellFormat(textWidth/across, 5, p.say(h.name), "", 0, "L", false, 0, "")
		p.doc.SetXY(margin, y)
		if i%across == across-1 || i == len(list)-1 {
			p.doc.SetXY(margin, y+18)
		}
	}
	p.heading(12, "Parcels an hour")
	p.hourBars(b)
	p.heading(12, "Refusals by cause")
	p.causeBars(b.Errors)
	p.heading(12, "To look at")
	problems := b.exceptions()
	const shown = 12
	for _, e := range problems[:min(len(problems), shown)] {
		p.line(e)
	}
	if more := len(problems) - shown; more > 0 {
		p.line(fmt.Sprintf("and %d more, on the next pages", more))
	}
	if len(problems) == 0 {
		p.line("Everything adds up.")
	}
}

// hourBars draws the parcels of each hour with work.
func (p *page) hourBars(b Book) {
	const tall = 38.0
	hours := b.Busy()
	most := 0
	for _, h := range hours {
		most = max(most, h.Parcels)
	}
	if most == 0 {
		p.line("No parcels were closed.")
		return
	}
	wide := min(textWidth/float64(len(hours)), 18)
	top := p.doc.GetY() + 5
	p.doc.SetFillColor(0, 114, 178)
	p.font(false, min(8, wide*1.4))
	for i, h := range hours {
		x, high := margin+float64(i)*wide, tall*float64(h.Parcels)/float64(most)
		p.doc.Rect(x+wide*0.15, top+tall-high, wide*0.7, high, "F")
		p.doc.SetXY(x, top+tall-high-4)
		if h.Parcels > 0 {
			p.doc.CellFormat(wide, 4, fmt.Sprint(h.Parcels), "", 0, "C", false, 0, "")
		}
		p.doc.SetXY(x, top+tall+1)
		p.doc.CellFormat(wide, 4, h.Start.In(b.Window.loc()).Format("15h"), "", 0, "C", false, 0, "")
	}
	p.doc.SetXY(margin, top+tall+7)
}

// causeBars draws the most frequent refusals.
func (p *page) causeBars(errors []Count) {
	if len(errors) == 0 {
		p.line("Nothing was refused.")
		return
	}
	list := slices.Clone(errors)
	slices.SortStableFunc(list, func(a, b Count) int { return b.N - a.N })
	p.doc.SetFillColor(213, 94, 0)
	p.font(false, 9)
	for _, e := range list[:min(len(list), 8)] {
		y := p.doc.GetY()
		p.doc.CellFormat(50, lineHeight, p.say(words(string(e.Code))), "", 0, "L", false, 0, "")
		long := max((textWidth-65)*float64(e.N)/float64(list[0].N), 0.5)
		p.doc.Rect(margin+50, y+1, long, lineHeight-2, "F")
		p.doc.SetXY(margin+52+long, y)
		p.doc.CellFormat(12, lineHeight, fmt.Sprint(e.N), "", 1, "L", false, 0, "")
	}
}

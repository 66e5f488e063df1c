package ui

import (
	"strings"

	"packbench/station/screen"
	"packbench/station/unit"
)

// entry draws the field that is being typed into, large, with keys or boxes to touch.
func (p *pen) entry(f frame, e screen.Entry) {
	pad := e.Pad()
	r := rect{f.main.x + f.main.w*0.12, f.main.y + 24, f.main.w * 0.76, 312}
	if len(pad) > 0 || len(e.Tiles) > 0 || len(e.Choices) > 0 {
		r = rect{f.main.x + 6, f.header.y + f.header.h + 6, f.main.w - 12, f.window.h - f.header.h - 24}
	}
	p.sheet(r, p.pal.Bar)
	in := r.inset(3 * grid)
	p.text(rect{in.x, in.y, in.w, 36}, e.Label, style{size: 28, bold: true, color: p.pal.Ink})
	if len(e.Choices) > 0 {
		p.text(rect{in.x, in.y + 40, in.w, 28}, e.Hint, style{size: 20, least: 16, color: p.pal.Quiet})
		foot, rest := in.bottom(max(72, p.finger()), 2*grid)
		p.actions(foot, screen.EntryActions(e))
		p.options(rect{rest.x, rest.y + 80, rest.w, rest.h - 80}, e.Choices)
		return
	}
	box := rect{in.x, in.y + 48, in.w, 88}
	p.fill(box, p.pal.Ground, radius)
	p.ring(box, p.pal.Ink, 3, radius)
	text := e.Text
	if e.Secret {
		text = dots(len([]rune(text)))
	}
	p.typed(rect{box.x + 20, box.y, box.w - 48, box.h}, text)
	hint := rect{in.x, box.y + box.h + grid, in.w, 32}
	if e.Bad {
		p.shape(hint.x, hint.y+4, 24, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
		hint.x, hint.w = hint.x+34, hint.w-34
	}
	p.text(hint, e.Hint, style{size: 20, least: 16, color: p.pal.Quiet})
	foot, rest := in.bottom(max(72, p.finger()), 2*grid)
	p.actions(foot, screen.EntryActions(e))
	rest = rect{in.x, hint.y + hint.h + grid, in.w, rest.y + rest.h - hint.y - hint.h - grid}
	p.pad(rest, pad)
	p.tiles(rest, e.Tiles)
}

// options draws what a field may be in columns, a page at a time.
func (p *pen) options(r rect, options []screen.Action) {
	const columns = 2
	high := p.finger() + grid
	first, fit := 0, len(options)
	if deep := int((r.h + grid) / (high + grid)); fit > deep*columns {
		fit = max(int((r.h-p.moreHeight())/(high+grid)), 1) * columns
		first = p.first("options", len(options), fit, func(i int) bool { return options[i].ID == p.focus || p.focus == "" && options[i].On })
		p.tap(r, tap{list: "options", rows: len(options) - fit, at: first})
		p.more(r, "options", first, fit, len(options), len(options)-fit)
	}
	wide := (r.w - (columns-1)*grid) / columns
	label := style{size: 22, least: 16, bold: true, color: p.pal.Ink}
	note := style{size: 17, least: 14, color: p.pal.Quiet}
	for _, o := range options {
		label.size, note.size = p.fitting(o.Label, wide-80, label), p.fitting(o.Note, wide-80, note)
	}
	for i, o := range options[first:min(len(options), first+fit)] {
		box := rect{r.x + float32(i%columns)*(wide+grid), r.y + float32(i/columns)*(high+grid), wide, high}
		if o.On {
			p.fill(box, p.pal.Press, radius)
			p.shape(box.x+box.w-48, box.y+box.h/2-16, 32, screen.ShapeTick, p.pal.Right, p.pal.OnCard)
		} else {
			p.fill(box, p.pal.Raised, radius)
		}
		in := rect{box.x + 16, box.y, box.w - 80, box.h}
		if o.Note == "" {
			p.text(in, o.Label, label)
		} else {
			p.text(rect{in.x, box.y + box.h/2 - 30, in.w, 30}, o.Label, label)
			p.text(rect{in.x, box.y + box.h/2 + 2, in.w, 24}, o.Note, note)
		}
		p.press(box, o.Intent)
		p.focusRing(o.ID, box)
	}
}

// typed draws the text of a field and where the next letter goes. What is too long for
// one line takes two smaller ones, and of more than that the end is shown.
func (p *pen) typed(r rect, text string) {
	s := style{size: 48, bold: true, color: p.pal.Ink}
	if room := r.w / max(p.wide(text, s), 1); room < 1 {
		s.size = max(s.size*room, 28)
	}
	line, y, h := text, r.y+20, r.h-40
	if p.wide(text, s) > r.w {
		s.size, s.bold, s.mono = 22, false, !strings.Contains(text, " ") // a path or a code: no hyphen where it is cut
		lines := p.wrap(text, r.w, s)
		h = s.size * leading
		y = r.y + r.h/2 - h
		for _, l := range lines[max(len(lines)-2, 0):] {
			line = l
			p.text(rect{r.x, y, r.w + 20, h}, line, s)
			y += h
		}
		y -= h
	} else {
		p.text(rect{r.x, r.y, r.w + 20, r.h}, text, s)
	}
	p.fill(rect{r.x + 4 + p.wide(line, s), y, 3, h}, p.pal.Ink, 0)
}

// pad draws the keys of a field, each row in the middle.
func (p *pen) pad(r rect, rows [][]screen.Action) {
	if len(rows) == 0 {
		return
	}
	most := float32(0)
	for _, row := range rows {
		most = max(most, rowWide(row))
	}
	high := min((r.h-float32(len(rows)-1)*grid)/float32(len(rows)), 96)
	unit := min((r.w+grid)/most-grid, 144)
	for i, row := range rows {
		x := r.x + (r.w-rowWide(row)*(unit+grid)+grid)/2
		for _, key := range row {
			wide := keyWide(key)*(unit+grid) - grid
			p.padKey(rect{x, r.y + float32(i)*(high+grid), wide, high}, key)
			x += wide + grid
		}
	}
}

func (p *pen) padKey(box rect, key screen.Action) {
	ground, ink := p.pal.Raised, p.pal.Ink
	switch {
	case !key.Enabled:
		ground, ink = p.pal.Ground, p.pal.Quiet
	case key.Primary:
		ground, ink = p.pal.Ink, p.pal.Ground
	case key.On:
		ground = p.pal.Press
	}
	p.fill(box, ground, radius)
	s := style{size: 32, least: 17, bold: true, align: alignCentre, color: ink}
	if len([]rune(key.Label)) > 2 { // a word, all of them in one size
		s.size = 22
	}
	p.text(box.inset(4), key.Label, s)
	if key.Enabled {
		p.press(box, key.Intent)
	}
}

// keyWide is how many others a key is as wide as.
func keyWide(key screen.Action) float32 {
	switch key.ID {
	case "pad:Space":
		return 4
	case "pad:Signs", "pad:Letters", "pad:Clear":
		return 2
	}
	return 1
}

func rowWide(row []screen.Action) float32 {
	wide := float32(0)
	for _, key := range row {
		wide += keyWide(key)
	}
	return wide
}

// tiles draws boxes to choose from, all to one scale, a page at a time.
func (p *pen) tiles(r rect, tiles []screen.CartonTile) {
	if len(tiles) == 0 {
		return
	}
	const columns, rows = 5, 2
	first, fit := 0, len(tiles)
	if fit > columns*rows {
		fit = columns * rows
		first = p.first("tiles", len(tiles), fit, func(i int) bool { return tiles[i].Take.On })
		foot, _ := r.bottom(p.moreHeight(), 0)
		p.more(foot, "tiles", first, fit, len(tiles), len(tiles)-fit)
		r.h -= p.moreHeight() + grid
	}
	var across, up unit.Length // of the largest, with its depth
	for _, t := range tiles {
		across, up = max(across, t.Size.Length+t.Size.Width*2/5), max(up, t.Size.Depth+t.Size.Width*2/5)
	}
	wide, high := (r.w-(columns-1)*grid)/columns, min((r.h-grid)/rows, 208)
	for i, t := range tiles[first : first+fit] {
		box := rect{r.x + float32(i%columns)*(wide+grid), r.y + float32(i/columns)*(high+grid), wide, high}
		ground := p.pal.Raised
		if t.Take.On {
			ground = p.pal.Press
		}
		p.fill(box, ground, radius)
		in := box.inset(12)
		words, in := in.bottom(24, 0)
		p.text(words, t.Words, style{size: 17, least: 13, color: p.pal.Quiet})
		name, in := in.bottom(32, 4)
		label := p.text(name, t.Take.Label, style{size: 26, least: 18, bold: true, color: p.pal.Ink})
		p.text(rect{name.x + label + 12, name.y, name.w - label - 12, name.h}, t.Name, style{size: 18, least: 14, color: p.pal.Ink})
		if across > 0 && up > 0 {
			p.openBox(in, t.Size, min(in.w/float32(across), in.h/float32(up)))
		}
		p.press(box, t.Take.Intent)
		p.focusRing(t.Take.ID, box)
	}
}

// openBox draws a box from the front and a little from above.
func (p *pen) openBox(r rect, s unit.Size, scale float32) {
	l, h, d := max(float32(s.Length)*scale, 6), max(float32(s.Depth)*scale, 4), float32(s.Width)*scale*0.4
	front := rect{r.x, r.y + r.h - h, l, h}
	p.fill(front, p.pal.Quiet, 2)
	const thick = 2
	ink := p.pal.Ink
	p.line(front.x, front.y, front.x+d, front.y-d, thick, ink)
	p.line(front.x+l, front.y, front.x+l+d, front.y-d, thick, ink)
	p.line(front.x+l, front.y+h, front.x+l+d, front.y+h-d, thick, ink)
	p.line(front.x+d, front.y-d, front.x+l+d, front.y-d, thick, ink)
	p.line(front.x+l+d, front.y-d, front.x+l+d, front.y+h-d, thick, ink)
	p.ring(front, ink, thick, 2)
}

func dots(n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = '•'
	}
	return string(out)
}

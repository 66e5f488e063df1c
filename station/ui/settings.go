package ui

import (
	"slices"

	"packbench/station/screen"
)

// settings draws the devices at a glance, or a group of settings beside the
// devices that they are of.
func (p *pen) settings(r rect, v screen.SettingsView) {
	head, r := r.top(p.finger(), 2*grid)
	save, rest := head.right(168, 3*grid)
	p.button(save, v.Save)
	name := style{size: 32, bold: true, color: p.pal.Ink}
	if wide := p.wide(v.Title, name) + 3*grid; p.chipsNeed(v.Tabs)+wide <= rest.w { // else the chosen tab is title enough
		p.text(rest, v.Title, name)
		_, rest = rest.left(wide, 0)
	}
	tabs := v.Tabs
	if n := len(tabs); !p.chipsFit(tabs, rest.w) {
		var below rect
		below, r = r.top(p.finger(), 2*grid)
		p.chips(below, tabs[(n+1)/2:])
		tabs = tabs[:(n+1)/2]
	}
	p.chips(rest, tabs)
	if v.Overview {
		p.overview(r, v)
		return
	}
	foot, r := r.bottom(24, grid)
	p.foot(foot, v, alignLeft)
	if len(v.Devices) > 0 {
		var side rect
		side, r = r.left(min(r.w*0.36, 480), 2*grid)
		p.side(side, v)
	}
	if v.Preview != nil {
		var side rect
		side, r = r.right(min(r.w*0.28, 520), 2*grid)
		p.preview(side, *v.Preview)
	}
	p.fields(r, v.Fields)
}

// preview draws a paper as it will print, for whom it is, and what of it cannot be printed.
func (p *pen) preview(r rect, v screen.PreviewView) {
	if len(v.Chips) > 0 {
		var chips rect
		chips, r = r.top(p.finger(), grid)
		p.chips(chips, v.Chips)
	}
	note := style{size: 17, least: 14, color: p.pal.Quiet}
	left := float32(0)
	if v.Bad {
		note.color, left = p.pal.Ink, 28
	}
	lines := min(len(p.wrap(v.Note, r.w-left, note)), 6)
	low, r := r.bottom(float32(lines)*17*leading+4, grid)
	if v.Bad {
		p.shape(low.x, low.y+2, 20, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
	}
	p.paragraph(rect{low.x + left, low.y, low.w - left, low.h}, v.Note, 6, note)
	p.panel(r)
	if img := p.ui.picture(v.Picture); img != nil {
		p.picture(r.inset(4), img)
	}
}

// foot says what became of the last thing done, and where all is kept.
func (p *pen) foot(r rect, v screen.SettingsView, side align) {
	words, s := v.Foot, style{size: 17, least: 13, align: side, color: p.pal.Quiet}
	switch {
	case v.Saved != "":
		words, s.color, s.bold = v.Saved, p.pal.Ink, true
	case v.Locked != "":
		words, s.color = v.Locked, p.pal.Ink
	}
	p.text(r, words, s)
}

// side draws the devices of a group, with what is done with them.
func (p *pen) side(r rect, v screen.SettingsView) {
	var blocks []block
	for _, d := range v.Devices {
		need := max(p.deviceNeed(d, r.w), 252)
		blocks = append(blocks, block{need, deviceIDs(d), func(box rect) { p.device(box, d) }})
	}
	if v.Search != nil {
		blocks = append(blocks, block{p.searchNeed(*v.Search, r.w), []string{v.Search.Action.ID}, func(box rect) { p.search(box, *v.Search) }})
	}
	p.stack(r, "side", 2*grid, blocks)
}

func (p *pen) searchNeed(s screen.SearchView, w float32) float32 {
	lines := len(p.wrap(s.Words, w-32-searchShape(s), style{size: 18}))
	return 32 + float32(lines)*18*leading + 2*grid + p.finger()
}

func searchShape(s screen.SearchView) float32 {
	if s.Shape != screen.ShapeNone {
		return 44
	}
	return 0
}

// search draws the search for a protocol: words, how far it is, its button.
func (p *pen) search(r rect, s screen.SearchView) {
	p.panel(r)
	in := r.inset(2 * grid)
	low, in := in.bottom(p.finger(), 2*grid)
	if s.Shape != screen.ShapeNone {
		p.shape(in.x, in.y, 32, s.Shape, p.pal.Lamp(s.Colour), p.pal.OnCard)
	}
	left := searchShape(s)
	p.paragraph(rect{in.x + left, in.y, in.w - left, in.h}, s.Words, 8, style{size: 18, least: 15, color: p.pal.Ink})
	button, rest := low.left(min(232, low.w), 2*grid)
	p.tightButton(button, s.Action, tightType)
	if s.Count != "" {
		p.text(rect{rest.x, rest.y + rest.h/2 - 30, rest.w, 26}, s.Count, style{size: 18, least: 14, color: p.pal.Ink})
		track := rect{rest.x, rest.y + rest.h/2 + 4, rest.w, 12}
		p.fill(track, p.pal.Faint, 6)
		p.fill(rect{track.x, track.y, max(track.w*float32(s.Share)/1000, 12), 12}, p.pal.Tell, 6)
	}
}

// fields draws settings in two columns, wide ones over both.
func (p *pen) fields(r rect, fields []screen.FieldView) {
	var blocks []block
	h := p.finger()
	value, note := p.fieldTypes(fields, (r.w-grid)/2-32)
	if p.ui.scale > 1 && p.fieldsCut(fields, (r.w-grid)/2-32, value, note) { // one under the other
		fields = slices.Clone(fields)
		for i := range fields {
			fields[i].Wide = true
		}
	}
	for i := 0; i < len(fields); i++ {
		pair := fields[i : i+1]
		if !fields[i].Wide && i+1 < len(fields) && !fields[i+1].Wide && fields[i+1].Section == "" {
			pair = fields[i : i+2]
			i++
		}
		over := float32(0)
		if pair[0].Section != "" {
			over = sectionHeight
		}
		b := block{h: h + over, draw: func(box rect) {
			if over > 0 {
				p.text(rect{box.x, box.y, box.w, over - 6}, pair[0].Section, style{size: 19, bold: true, color: p.pal.Ink})
				_, box = box.top(over, 0)
			}
			w := (box.w - grid) / 2
			if pair[0].Wide {
				w = box.w
			}
			for j, f := range pair {
				p.field(rect{box.x + float32(j)*(w+grid), box.y, w, box.h}, f, value, note)
			}
		}}
		for _, f := range pair {
			b.ids = append(b.ids, f.Edit.ID)
		}
		blocks = append(blocks, b)
	}
	p.stack(r, "fields", grid, blocks)
}

// fieldsCut says that two fields have no room side by side.
func (p *pen) fieldsCut(fields []screen.FieldView, w float32, value, note style) bool {
	return slices.ContainsFunc(fields, func(f screen.FieldView) bool {
		left := w - min(p.fieldRoom(f, value), w*fieldShare) - 2*grid
		note, name := note, style{size: 16}
		note.size, name.size = p.least(note), 16/p.ui.scale
		return !f.Wide && (p.wide(f.Note, note) > left || p.wide(f.Label, name) > left)
	})
}

// sectionHeight is the room of the words over a part of the fields.
const sectionHeight = 36

// fieldTypes are the types of values and notes: all of a page are as small as the longest
// of them needs that has its place in one line (V33).
func (p *pen) fieldTypes(fields []screen.FieldView, w float32) (value, note style) {
	value = style{size: 22, least: 17, bold: true, align: alignRight, color: p.pal.Ink}
	note = style{size: 16, least: 14, color: p.pal.Quiet}
	for _, f := range fields {
		if size := p.fitting(f.Value, w*fieldShare, value); !f.Wide && !f.Switch && size > value.least { // else it takes two lines
			value.size = size
		}
	}
	for _, f := range fields {
		if !f.Wide && !f.Bad {
			note.size = p.fitting(f.Note, w-min(p.fieldRoom(f, value), w*fieldShare)-2*grid, note)
		}
	}
	return value, note
}

// fieldShare is how much of a field its value may take.
const fieldShare = 0.56

// fieldRoom is how wide the value of a field is.
func (p *pen) fieldRoom(f screen.FieldView, value style) float32 {
	switch {
	case f.Switch:
		return 116
	case f.Value == "":
		return p.wide(f.Empty, emptyType) + 2
	}
	return p.wide(f.Value, value) + 2
}

// emptyType is the type of what an empty value means.
var emptyType = style{size: 19, least: 15, align: alignRight}

func (p *pen) field(r rect, f screen.FieldView, value, note style) {
	p.panel(r)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	text, s := f.Value, value
	if text == "" {
		text, s = f.Empty, emptyType.coloured(p.pal.Quiet)
	}
	room := min(p.fieldRoom(f, value), in.w*fieldShare)
	if f.Wide {
		room = min(max(p.wide(text, s)+2, in.w*0.3), in.w*0.68)
	}
	place, left := in.right(room, 2*grid)
	mid := r.y + r.h/2
	if f.Switch {
		text = ""
		p.toggle(rect{place.x + place.w - 56, mid - 16, 56, 32}, f.On, f.Value)
	}
	over := mid - 27
	if f.Note == "" {
		over = mid - 14
	}
	p.text(rect{left.x, over, left.w, 28}, f.Label, style{size: 20, least: 16, color: p.pal.Ink})
	if f.Bad {
		p.shape(left.x, mid+4, 18, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
		left.x, left.w = left.x+26, left.w-26
	}
	p.text(rect{left.x, mid + 1, left.w, 24}, f.Note, note)
	if f.Wide && f.Value != "" {
		if p.wide(text, style{size: 18, bold: true}) > place.w { // the name of a port: two lines hold it
			s = style{size: 15, mono: true, color: p.pal.Ink}
			p.mono(rect{place.x, mid - s.size*leading, place.w, place.h}, text, 2, s)
			text = ""
		}
	}
	p.few(place, text, s)
	if f.Edit.Enabled {
		p.press(r, f.Edit.Intent)
	}
	p.focusRing(f.Edit.ID, r)
}

// toggle draws a switch, with its word beside it.
func (p *pen) toggle(r rect, on bool, word string) {
	track, knob := p.pal.Quiet, r.x+r.h/2
	if on {
		track, knob = p.pal.Right, r.x+r.w-r.h/2
	}
	p.fill(r, track, r.h/2)
	p.circle(knob, r.y+r.h/2, r.h/2-4, p.pal.Panel)
	p.text(rect{r.x - 60, r.y, 52, r.h}, word, style{size: 19, bold: true, align: alignRight, color: p.pal.Ink})
}

// mono writes text in which every letter counts: lines are cut anywhere, and
// nothing is left out before the last line.
func (p *pen) mono(r rect, text string, most int, s style) {
	s.mono = true
	p.paragraph(r, text, most, s)
}

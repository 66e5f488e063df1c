package ui

import (
	"packbench/station/screen"
)

// settings draws the devices as cards over the fields of station.toml.
func (p *pen) settings(r rect, v screen.SettingsView) {
	head, r := r.top(64, 2*grid)
	wide := p.text(rect{head.x, head.y, 240, head.h}, v.Title, style{size: 32, bold: true, color: p.pal.Ink})
	save, rest := head.right(200, 2*grid)
	p.button(save, v.Save)
	words := v.Path
	if v.Locked != "" {
		words = v.Locked
	}
	if v.Saved != "" {
		words = v.Saved
	}
	p.text(rect{rest.x + wide + 24, rest.y, rest.w - wide - 24, rest.h}, words, style{size: 19, least: 15, color: p.pal.Quiet})
	if n := float32(len(v.Devices)); n > 0 {
		var row rect
		row, r = r.top(252, 2*grid)
		w := (row.w - (n-1)*2*grid) / n
		for i, d := range v.Devices {
			p.device(rect{row.x + float32(i)*(w+2*grid), row.y, w, row.h}, d)
		}
	}
	tabs, r := r.top(48, 2*grid)
	p.chips(tabs, v.Tabs)
	const columns, h = 2, 64
	w := (r.w - (columns-1)*2*grid) / columns
	for i, f := range v.Fields {
		box := rect{r.x + float32(i%columns)*(w+2*grid), r.y + float32(i/columns)*(h+6), w, h}
		if box.y+h > r.y+r.h+1 {
			return
		}
		p.field(box, f)
	}
}

func (p *pen) device(r rect, d screen.DeviceCard) {
	p.panel(r)
	in := r.inset(2 * grid)
	p.lamp(in.x, in.y+2, 32, d.Lamp.Colour)
	p.text(rect{in.x + 44, in.y, in.w - 44, 36}, d.Title, style{size: 24, bold: true, color: p.pal.Ink})
	y := in.y + 44
	p.text(rect{in.x, y, in.w, 28}, d.Words, style{size: 20, least: 16, color: p.pal.Ink})
	y += 30
	if d.Fix != "" {
		y += p.paragraph(rect{in.x, y, in.w, 48}, d.Fix, 2, style{size: 18, least: 15, bold: true, color: p.pal.Ink})
	}
	low, _ := in.bottom(64, 0)
	test, words := low.left(min(190, in.w*0.5), 12)
	p.button(test, d.Test)
	p.text(words, d.Result, style{size: 17, least: 14, color: p.pal.Quiet})
	if d.Live != "" && y+58 < low.y {
		live := rect{in.x, low.y - 66, in.w, 58}
		p.fill(live, p.pal.Ground, radius)
		p.text(rect{live.x + 12, live.y + 4, live.w - 24, 26}, d.Live, style{size: 18, least: 13, bold: true, color: p.pal.Ink})
		p.text(rect{live.x + 12, live.y + 30, live.w - 24, 24}, d.Meaning, style{size: 17, least: 13, color: p.pal.Quiet})
	}
}

func (p *pen) field(r rect, f screen.FieldView) {
	p.panel(r)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	left, value := in.left(in.w*0.5, 2*grid)
	p.text(rect{left.x, r.y + 6, left.w, 28}, f.Label, style{size: 20, least: 16, color: p.pal.Ink})
	note := f.Key
	if f.Note != "" {
		note = f.Note
	}
	if f.Bad {
		p.shape(left.x, r.y+37, 18, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
		left.x, left.w = left.x+26, left.w-26
	}
	p.text(rect{left.x, r.y + 34, left.w, 24}, note, style{size: 16, least: 13, color: p.pal.Quiet})
	text := f.Value
	c := p.pal.Ink
	if text == "" {
		text, c = screen.NotSet, p.pal.Quiet
	}
	p.text(value, text, style{size: 22, least: 15, bold: f.Value != "", align: alignRight, color: c})
	if f.Edit.Enabled {
		p.press(r, f.Edit.Intent)
	}
	p.focusRing(f.Edit.ID, r)
}

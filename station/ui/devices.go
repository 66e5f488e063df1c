package ui

import (
	"packbench/station/screen"
)

// overview draws whether all is well, the devices side by side, and what is
// plugged in.
func (p *pen) overview(r rect, v screen.SettingsView) {
	line, r := r.top(48, 2*grid)
	p.verdictLine(line, v.Verdict)
	if len(v.Devices) > 0 {
		widths := p.cardWidths(r.w, v.Devices)
		need := float32(0)
		for i, d := range v.Devices {
			need = max(need, p.deviceNeed(d, widths[i]))
		}
		var row rect
		row, r = r.top(min(max(need, 216+p.finger()), r.h-leastList), 2*grid)
		x := row.x
		for i, d := range v.Devices {
			p.device(rect{x, row.y, widths[i], row.h}, d)
			x += widths[i] + 2*grid
		}
	}
	p.plugged(r, v)
}

// leastList is the height that what is plugged in keeps.
const leastList = 228

// verdictLine draws the answer to the question whether all is well.
func (p *pen) verdictLine(r rect, v screen.VerdictLine) {
	colour := p.pal.Tell
	if v.Colour != "" {
		colour = p.pal.Lamp(v.Colour)
	}
	p.shape(r.x, r.y+2, 44, v.Shape, colour, p.pal.OnCard)
	wide := p.text(rect{r.x + 60, r.y, r.w - 60, r.h}, v.Text, style{size: 32, least: 22, bold: true, color: p.pal.Ink})
	note := rect{r.x + 60 + wide + 20, r.y + 2, r.w - wide - 80, r.h}
	p.text(note, v.Note, style{size: 20, least: 15, color: p.pal.Quiet})
}

// cardWidths gives a device with a line to run more room than the others.
func (p *pen) cardWidths(w float32, devices []screen.DeviceCard) []float32 {
	parts, total := make([]float32, len(devices)), float32(0)
	for i, d := range devices {
		parts[i] = 1
		for _, s := range d.Steps {
			if s.Line != "" {
				parts[i] = 1.5
			}
		}
		total += parts[i]
	}
	w -= float32(len(devices)-1) * 2 * grid
	for i := range parts {
		parts[i] = w * parts[i] / total
	}
	return parts
}

func deviceIDs(d screen.DeviceCard) []string {
	var ids []string
	for _, s := range d.Steps {
		ids = append(ids, s.Copy.ID)
	}
	for _, a := range d.Actions {
		ids = append(ids, a.ID)
	}
	return ids
}

// The types of a card's texts.
var (
	wordsType  = style{size: 20, least: 16}
	stepType   = style{size: 18, least: 15}
	lineType   = style{size: 16, mono: true}
	rawType    = style{size: 18, least: 13, mono: true}
	resultType = style{size: 17}
	hexType    = style{size: 13, least: 11, mono: true}
)

// coloured gives a type its colour.
func (s style) coloured(c screen.RGB) style {
	s.color = c
	return s
}

const (
	copyWidth  = 96
	headHeight = 44
	liveHeight = 104
)

// deviceNeed is the height that a card needs at a width.
func (p *pen) deviceNeed(d screen.DeviceCard, w float32) float32 {
	in := w - 4*grid
	h := 4*grid + headHeight + float32(min(len(p.wrap(d.Words, in, wordsType)), 2))*wordsType.size*leading + grid
	if len(d.Steps) > 0 {
		h += p.stepsNeed(d.Steps, in) + grid
	}
	if d.Live != "" && !hasLine(d) || len(d.Steps) == 0 {
		h += liveHeight + grid
	}
	h += p.resultNeed(d, in)
	if len(d.Actions) > 0 {
		h += p.finger()
	}
	return h
}

func hasLine(d screen.DeviceCard) bool {
	for _, s := range d.Steps {
		if s.Line != "" {
			return true
		}
	}
	return false
}

// resultNeed is the height of what a test answered.
func (p *pen) resultNeed(d screen.DeviceCard, w float32) float32 {
	if d.Result == "" {
		return 0
	}
	return float32(min(len(p.wrap(d.Result, w, resultType)), 3))*resultType.size*leading + 6
}

// device draws a device: how it is, what to do about it or what it said last,
// and its buttons.
func (p *pen) device(r rect, d screen.DeviceCard) {
	p.panel(r)
	in := r.inset(2 * grid)
	p.lamp(in.x, in.y, 36, d.Lamp.Colour)
	wide := p.text(rect{in.x + 48, in.y, in.w - 48, 36}, d.Title, style{size: 24, least: 19, bold: true, color: p.pal.Ink})
	p.text(rect{in.x + 60 + wide, in.y + 2, in.w - 60 - wide, 36}, d.Heard, style{size: 16, least: 12, align: alignRight, color: p.pal.Quiet})
	y := in.y + headHeight
	y += p.paragraph(rect{in.x, y, in.w, 56}, d.Words, 2, wordsType.coloured(p.pal.Ink)) + grid
	low := in.y + in.h
	if len(d.Actions) > 0 {
		var row rect
		row, _ = in.bottom(p.finger(), 0)
		p.row(row, d.Actions)
		low = row.y - grid
	}
	if len(d.Steps) > 0 {
		y += p.steps(rect{in.x, y, in.w, low - y}, d.Steps) + grid
	}
	if need := p.resultNeed(d, in.w); need > 0 && low-y >= need-grid {
		low -= need
		p.paragraph(rect{in.x, low, in.w, need}, d.Result, 3, resultType.coloured(p.pal.Ink))
	} else {
		p.lost(d.Result)
	}
	if d.Live != "" && low-y >= liveHeight-grid {
		p.live(rect{in.x, y, in.w, liveHeight - 4}, d)
	} else if d.Live == "" && d.Meaning != "" && low-y >= 32 {
		p.text(rect{in.x, y, in.w, 28}, d.Meaning, style{size: 18, least: 14, color: p.pal.Quiet})
	} else {
		p.lost(d.Live + d.Meaning)
	}
}

// live draws the newest bytes, as text and in hex, and what they mean.
func (p *pen) live(r rect, d screen.DeviceCard) {
	p.fill(r, p.pal.Ground, radius)
	in := rect{r.x + 12, r.y, r.w - 24, r.h}
	p.text(rect{in.x, in.y + 4, in.w, 28}, d.Live, rawType.coloured(p.pal.Ink))
	p.mono(rect{in.x, in.y + 34, in.w, 34}, d.Hex, 2, hexType.coloured(p.pal.Quiet))
	p.text(rect{in.x, in.y + 70, in.w, 26}, d.Meaning, style{size: 18, least: 13, bold: true, color: p.pal.Ink})
}

// row draws buttons of one width beside each other.
func (p *pen) row(r rect, actions []screen.Action) {
	n := float32(len(actions))
	wide := min((r.w-(n-1)*grid)/n, 232)
	for i, a := range actions {
		p.tightButton(rect{r.x + float32(i)*(wide+grid), r.y, wide, r.h}, a, tightType)
	}
}

// stepsNeed is the height of what is to be done.
func (p *pen) stepsNeed(steps []screen.Step, w float32) float32 {
	h := float32(0)
	for _, s := range steps {
		h += float32(min(len(p.wrap(s.Words, w, stepType)), 3))*stepType.size*leading + 4
		if s.Line != "" {
			h += p.lineNeed(s.Line, w) + grid
		}
	}
	return h
}

// lineLook is the type of a line to run, smaller for a long one, and how high
// it becomes at a width.
func (p *pen) lineLook(line string, w float32) (s style, h float32) {
	s = lineType
	lines := len(p.wrap(line, w, s))
	if lines > 3 {
		s.size = 14
		lines = len(p.wrap(line, w, s))
	}
	return s, float32(lines) * s.size * leading
}

func (p *pen) lineNeed(line string, w float32) float32 {
	_, h := p.lineLook(line, w-copyWidth-grid-24)
	return max(h+2*grid, p.finger())
}

// steps draws what is to be done: words, and lines to run with a button each
// that copies them. It gives the height that was used.
func (p *pen) steps(r rect, steps []screen.Step) float32 {
	y := r.y
	for _, s := range steps {
		if s.Words != "" {
			y += p.paragraph(rect{r.x, y, r.w, r.h}, s.Words, 3, stepType.coloured(p.pal.Ink)) + 4
		}
		if s.Line == "" {
			continue
		}
		y += p.runLine(rect{r.x, y, r.w, p.lineNeed(s.Line, r.w)}, s) + grid
	}
	return y - r.y
}

// runLine draws a line to run with its button.
func (p *pen) runLine(r rect, s screen.Step) float32 {
	button, line := r.right(copyWidth, grid)
	p.fill(line, p.pal.Ground, radius)
	look, used := p.lineLook(s.Line, line.w-24)
	p.mono(rect{line.x + 12, line.y + (line.h-used)/2, line.w - 24, line.h}, s.Line, 12, look.coloured(p.pal.Ink))
	p.button(rect{button.x, button.y + (button.h-p.finger())/2, button.w, p.finger()}, s.Copy)
	return r.h
}

// plugged draws the list of what is plugged in.
func (p *pen) plugged(r rect, page screen.SettingsView) {
	v := page.Plugged
	head, r := r.top(28, grid)
	wide := p.text(head, v.Title, style{size: 20, bold: true, color: p.pal.Ink})
	p.foot(rect{head.x + wide + 4*grid, head.y, head.w - wide - 4*grid, head.h}, page, alignRight)
	if v.Empty != "" {
		p.paragraph(rect{r.x, r.y, r.w, r.h}, v.Empty, 2, style{size: 18, least: 15, color: p.pal.Quiet})
		return
	}
	var blocks []block
	for _, row := range v.Rows {
		b := block{h: p.pluggedNeed(row, r.w), draw: func(box rect) { p.pluggedRow(box, row) }}
		for _, s := range row.Steps {
			b.ids = append(b.ids, s.Copy.ID)
		}
		for _, a := range row.Use {
			b.ids = append(b.ids, a.ID)
		}
		blocks = append(blocks, b)
	}
	p.stack(r, "plugged", grid, blocks)
}

// useWidth is the room of the buttons beside a plugged device.
func useWidth(row screen.PluggedRow) float32 {
	return float32(max(len(row.Use), 1)) * (176 + grid)
}

func (p *pen) pluggedNeed(row screen.PluggedRow, w float32) float32 {
	h := max(p.finger()+grid, 72)
	if row.Trouble == "" {
		return h
	}
	words, lines := troubleParts(rect{0, 0, w - 32, 0})
	left := float32(len(p.wrap(row.Trouble, words.w, stepType))) * stepType.size * leading
	right := float32(0)
	for _, s := range row.Steps {
		left += float32(len(p.wrap(s.Words, words.w, smallStep)))*smallStep.size*leading + 2
		if s.Line != "" {
			right += p.lineNeed(s.Line, lines.w) + grid
		}
	}
	return h + max(left, right) + grid
}

// smallStep is the type of what is to be done beside its line.
var smallStep = style{size: 16}

// troubleParts are where the words and the lines to run stand under a device.
func troubleParts(r rect) (words, lines rect) {
	_, r = r.left(32, 12)
	return r.left(r.w*0.4, 2*grid)
}

// pluggedRow draws what is plugged in: what it is, its lasting name, what it
// can be used as, and what stands in its way.
func (p *pen) pluggedRow(r rect, row screen.PluggedRow) {
	p.panel(r)
	in := rect{r.x + 16, r.y, r.w - 32, r.h}
	top, rest := in.top(max(p.finger()+grid, 72), 0)
	buttons, words := top.right(useWidth(row), 2*grid)
	kind, names := words.left(160, 2*grid)
	mid := top.y + top.h/2
	p.text(rect{kind.x, mid - 28, kind.w, 28}, row.Kind, style{size: 18, least: 14, color: p.pal.Ink})
	p.text(rect{kind.x, mid + 2, kind.w, 22}, row.Used, style{size: 15, bold: true, color: p.pal.Ink})
	p.text(rect{names.x, mid - 28, names.w, 28}, row.Title, style{size: 20, least: 16, bold: true, color: p.pal.Ink})
	p.text(rect{names.x, mid + 2, names.w, 22}, row.Name, style{size: 15, least: 11, mono: true, color: p.pal.Quiet})
	x := buttons.x + buttons.w
	for i := len(row.Use) - 1; i >= 0; i-- {
		x -= 176
		p.tightButton(rect{x, mid - p.finger()/2, 176, p.finger()}, row.Use[i], tightType)
		x -= grid
	}
	if row.Trouble == "" {
		return
	}
	p.shape(rest.x, rest.y, 32, screen.ShapeMark, p.pal.Look, p.pal.OnCard)
	words, lines := troubleParts(rest)
	words.y += p.paragraph(words, row.Trouble, 3, style{size: stepType.size, least: 15, color: p.pal.Ink})
	for _, s := range row.Steps {
		words.y += p.paragraph(words, s.Words, 3, smallStep.coloured(p.pal.Quiet)) + 2
		if s.Line != "" {
			lines.y += p.runLine(rect{lines.x, lines.y, lines.w, p.lineNeed(s.Line, lines.w)}, s) + grid
		}
	}
}

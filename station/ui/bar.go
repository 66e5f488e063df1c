package ui

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// header draws the first line: where, who, the pages, the lamps, the clock.
func (p *pen) header(r rect, h screen.Header, tabs []screen.Action) {
	clock, rest := r.right(80, grid)
	p.text(clock, h.Clock, style{size: 24, bold: true, align: alignRight, color: p.pal.Ink})
	x := rest.x + p.text(rect{rest.x, r.y, 220, r.h}, h.Station, style{size: 20, bold: true, color: p.pal.Ink})
	needs := x + 12 + min(p.wide(h.Person, style{size: 20}), 64) + 4*grid + p.tabsWidth(tabs)
	size := float32(lampType)
	for size > 0 && needs > rest.x+rest.w-p.lampsWidth(h.Lamps, size) { // smaller first, then without names
		size = map[float32]float32{lampType: lampLeast}[size]
	}
	end := p.lamps(rest, h.Lamps, size)
	room := end - 2*grid - p.tabsWidth(tabs) - 2*grid - x - 12
	name := style{size: 20, brief: true, color: p.pal.Quiet}
	who := h.Person
	if full := h.Person + ", " + h.Role; h.Role != "" && p.wide(full, name) <= room {
		who = full
	}
	if who != "" {
		x += 12 + p.text(rect{x + 12, r.y, max(room, 60), r.h}, who, name)
	}
	p.tabs(rect{x + 2*grid, r.y, end - x - 3*grid, r.h}, tabs)
}

// lamps draws the lamps from the right and gives where they begin. Where the
// pages need the room, the lamps that are well lose their names.
func (p *pen) lamps(r rect, lamps []screen.Lamp, size float32) float32 {
	x := r.x + r.w - 2*grid
	s := style{size: max(size, lampLeast), color: p.pal.Ink}
	for i := len(lamps) - 1; i >= 0; i-- {
		if wide := p.lampName(lamps[i], size); wide > 0 {
			x -= wide
			p.text(rect{x, r.y, wide + 1, r.h}, lamps[i].Name, s)
			x -= 8
		}
		x -= 18
		p.lamp(x, r.y+r.h/2-9, 18, lamps[i].Colour)
		x -= 18
	}
	return x + 18
}

// The type of the lamps' names, and the smaller one.
const (
	lampType  = 18
	lampLeast = 15
)

// lampName is the room of a lamp's name; at size 0 only those that are not well have one.
func (p *pen) lampName(l screen.Lamp, size float32) float32 {
	if size == 0 && l.Colour != screen.LampRed && l.Colour != screen.LampAmber {
		return 0
	}
	return p.wide(l.Name, style{size: max(size, lampLeast)})
}

func (p *pen) lampsWidth(lamps []screen.Lamp, size float32) float32 {
	wide := float32(2 * grid)
	for _, l := range lamps {
		wide += p.lampName(l, size) + 44
	}
	return wide
}

// alert says that scans go elsewhere, or else what is wrong with a device and what to
// do, over the whole width.
func (p *pen) alert(r rect, h screen.Header) {
	text, ground, shape := h.Alert, p.pal.Wrong, screen.ShapeCross
	if h.Deaf != "" {
		text, ground, shape = h.Deaf, p.pal.Look, screen.ShapeMark
	}
	if h.Heard.Text != "" {
		shape = screen.ShapeOf(h.Heard.Kind)
		text, ground = h.Heard.Text, p.pal.Of(h.Heard.Kind)
	}
	if text == "" {
		return
	}
	p.fill(r, ground, radius)
	p.shape(r.x+12, r.y+r.h/2-15, 30, shape, p.pal.OnCard, ground)
	p.text(rect{r.x + 56, r.y, r.w - 72, r.h}, text, style{size: 24, least: 16, bold: true, color: p.pal.OnCard})
}

func (p *pen) tabs(r rect, tabs []screen.Action) {
	x := r.x
	for _, t := range tabs {
		s := style{size: 18, bold: t.On, align: alignCentre, color: p.pal.Quiet}
		if t.On {
			s.color = p.pal.Ink
		}
		wide := p.tabWidth(t)
		box := rect{x, r.y + 6, wide, r.h - 12}
		if t.On {
			p.fill(box, p.pal.Raised, radius)
		}
		p.text(box, t.Label, s)
		p.press(rect{x, r.y, wide, max(r.h, p.finger())}, t.Intent)
		p.focusRing(t.ID, box)
		x += wide + 4
	}
}

func (p *pen) tabWidth(t screen.Action) float32 {
	return p.wide(t.Label, style{size: 18, bold: true}) + 28
}

func (p *pen) tabsWidth(tabs []screen.Action) float32 {
	wide := float32(0)
	for _, t := range tabs {
		wide += p.tabWidth(t) + 4
	}
	return wide
}

// order draws the line about the open order.
func (p *pen) order(r rect, o screen.OrderView) {
	if o.ID == "" {
		return
	}
	x := r.x + p.text(rect{r.x, r.y, 300, r.h}, o.ID, style{size: 36, least: 22, bold: true, color: p.pal.Ink})
	x += 20
	right := r.x + r.w
	for i := len(o.Marks) - 1; i >= 0; i-- {
		wide := p.wide(o.Marks[i], style{size: 20, bold: true}) + 56
		right -= wide
		pill := rect{right, r.y + grid, wide, r.h - 2*grid}
		p.fill(pill, p.pal.Look, radius)
		p.shape(pill.x+10, pill.y+pill.h/2-12, 22, screen.ShapeMark, p.pal.OnCard, p.pal.Look)
		p.text(rect{pill.x + 40, pill.y, wide - 40, pill.h}, o.Marks[i], style{size: 20, bold: true, color: p.pal.OnCard})
		right -= grid
	}
	facts := []string{}
	for _, t := range []string{o.Parcel, o.Service, o.LeaveBy} {
		if t != "" {
			facts = append(facts, t)
		}
	}
	room := right - 12 - x
	quiet := style{size: 20, least: 16, align: alignRight, color: p.pal.Quiet}
	line := join(facts)
	wide := min(p.wide(line, style{size: 20})+2, room*0.46)
	p.text(rect{right - 12 - wide, r.y, wide, r.h}, line, quiet)
	units := p.wide(o.Units, style{size: 24, bold: true}) + 2
	left := room - wide - units - 48
	x += p.text(rect{x, r.y, left, r.h}, o.Recipient, style{size: 24, least: 20, color: p.pal.Ink}) + 24
	p.text(rect{x, r.y, units, r.h}, o.Units, style{size: 24, bold: true, color: p.pal.Ink, counts: true})
}

func join(parts []string) string {
	out := ""
	for i, t := range parts {
		if i > 0 {
			out += "  ·  "
		}
		out += t
	}
	return out
}

// next draws the one thing to do now.
func (p *pen) next(r rect, n screen.Next) {
	if n.Text == "" {
		return
	}
	ground, text := p.pal.Bar, p.pal.OnBar
	if n.Kind == pack.Asked {
		ground, text = p.pal.Of(n.Kind), p.pal.OnCard
	}
	p.fill(r, ground, radius)
	in := rect{r.x + 20, r.y, r.w - 40, r.h}
	switch n.Kind {
	case pack.Asked:
		p.shape(in.x, r.y+r.h/2-22, 44, screen.ShapeOf(n.Kind), p.pal.OnCard, ground)
	case pack.Refused:
		p.shape(in.x, r.y+r.h/2-22, 44, screen.ShapeOf(n.Kind), p.pal.Of(n.Kind), ground)
	default:
		p.chevron(in.x+8, r.y+r.h/2, 16, text)
	}
	in.x, in.w = in.x+60, in.w-60
	size := p.afar(46)
	note := style{size: 22, align: alignRight, color: text, counts: true}
	if p.ui.scale > 1 && n.Note != "" { // the note may take two lines
		var beside rect
		beside, in = in.right(min(p.wide(n.Note, note)+1, in.w*0.35), 24)
		note.least = 18
		p.text(beside, n.Note, note)
		p.text(in, n.Text, style{size: size, least: 34, bold: true, color: text})
		return
	}
	wide := p.text(in, n.Text, style{size: size, least: 34, bold: true, color: text})
	if rest := in.w - wide - 24; n.Note != "" && p.wide(n.Note, note) <= rest {
		p.text(rect{in.x + wide + 24, r.y, rest, r.h}, n.Note, note)
	} else {
		p.lost(n.Note)
	}
}

func (p *pen) chevron(x, cy, size float32, c screen.RGB) {
	p.line(x, cy-size, x+size, cy, 7, c)
	p.line(x+size, cy, x, cy+size, 7, c)
}

// actions draws the buttons; destructive ones stand apart.
func (p *pen) actions(r rect, actions []screen.Action) {
	if len(actions) == 0 {
		return
	}
	const gap = grid
	apart := float32(4 * grid)
	if r.w/float32(len(actions)) < 112 {
		apart = 2 * grid
	}
	gaps := float32(len(actions)-1) * gap
	for _, a := range actions {
		if a.Destructive || a.Apart {
			gaps += apart
		}
	}
	wide := min((r.w-gaps)/float32(len(actions)), 184)
	x, size := r.x, p.labelSize(actions, wide)
	for _, a := range actions {
		if a.Destructive || a.Apart {
			x += apart
		}
		p.buttonOf(rect{x, r.y, wide, r.h}, a, size)
		x += wide + gap
	}
}

// The type of a button's verb, and how small it may become to fit.
const (
	buttonType  = 20
	buttonLeast = 15
)

// labelSize is the size of type in which the verbs of all these buttons fit: buttons
// side by side have one size (V33).
func (p *pen) labelSize(actions []screen.Action, wide float32) float32 {
	size := float32(buttonType)
	for _, a := range actions {
		room := wide - 2*padding(wide)
		if w := p.wide(a.Label, style{size: size, bold: true}); w > room {
			size *= room / w
		}
	}
	return max(size, buttonLeast)
}

// padding is the space beside the verb of a button.
func padding(wide float32) float32 {
	if wide < 104 {
		return 6
	}
	return 12
}

// room is how wide each of some buttons must be that their verbs can be read, at least so wide.
func (p *pen) room(actions []screen.Action, least float32) float32 {
	for _, a := range actions {
		least = max(least, p.wide(a.Label, style{size: buttonLeast, bold: true})+2*padding(104)+1)
	}
	return least
}

// button draws a button that stands alone.
func (p *pen) button(r rect, a screen.Action) { p.buttonOf(r, a, buttonType) }

// buttonOf draws a button: its verb, its key and the name of its command.
func (p *pen) buttonOf(r rect, a screen.Action, size float32) {
	ground, text, quiet := p.pal.Raised, p.pal.Ink, p.pal.Quiet
	switch {
	case !a.Enabled:
		ground, text = p.pal.Ground, p.pal.Quiet
	case a.Primary:
		ground, text, quiet = p.pal.Ink, p.pal.Ground, p.pal.Ground
	case a.On:
		ground = p.pal.Press
	}
	p.fill(r, ground, radius)
	in := rect{r.x + padding(r.w), r.y, r.w - 2*padding(r.w), r.h}
	label := style{size: size, least: buttonLeast, bold: a.Enabled, color: text}
	if a.Key == "" && a.Command == "" && a.Note == "" {
		label.align = alignCentre
		p.text(in, a.Label, label)
	} else {
		p.text(rect{in.x, r.y + r.h/2 - 26, in.w, 28}, a.Label, label)
		low := rect{in.x, r.y + r.h/2 + 4, in.w, 22}
		if a.Key != "" {
			low.x += p.cap(low, a.Key, ground, quiet) + grid
			low.w = in.x + in.w - low.x
		}
		if note := a.Note; note != "" || (a.Command != "" && a.Enabled) {
			if note == "" {
				note = a.Command
			}
			if s := (style{size: 15, color: quiet}); a.Note != "" || p.wide(note, s) <= low.w {
				p.text(low, note, s)
			}
		}
	}
	if a.Enabled {
		p.press(r, a.Intent)
	}
	p.focusRing(a.ID, r)
}

// cap draws the cap of a key and gives its width.
func (p *pen) cap(r rect, key string, ground, text screen.RGB) float32 {
	wide := p.wide(key, style{size: 15}) + 12
	box := rect{r.x, r.y, wide, r.h}
	p.fill(box, screen.Cap(ground, text), 5)
	p.text(box, key, style{size: 15, align: alignCentre, color: text})
	return wide
}

// strip draws the recent verdicts, the newest first, as many as fit.
func (p *pen) strip(r rect, items []screen.StripItem) {
	x := r.x
	for i, it := range items {
		c := p.pal.Quiet
		if i == 0 {
			c = p.pal.Ink
		}
		room := min(r.x+r.w-x-94, 330)
		if room < 120 {
			return
		}
		p.text(rect{x, r.y, 70, r.h}, it.Time, style{size: 16, color: p.pal.Quiet})
		p.shape(x+70, r.y+r.h/2-8, 16, it.Shape, p.pal.Of(it.Kind), p.pal.OnCard)
		x += 94 + p.text(rect{x + 94, r.y, room, r.h}, it.Text, style{size: 16, brief: true, color: c}) + 28
	}
}

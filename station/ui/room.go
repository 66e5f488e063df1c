package ui

import (
	"fmt"
	"reflect"

	"fyne.io/fyne/v2"

	"packbench/station/screen"
)

// A window that is drawn larger holds less. Instead of working out beforehand what each
// page needs, in each language, with whatever the shop writes into it, a page is drawn and
// looked at: what was cut, what stands over something else and what ran out of its panel
// are its faults. A page is shown as large as it was asked for if that adds no fault to
// those that it has at the size of the design.

// mark is a text or a ground that was drawn, in pixels.
type mark struct {
	text string // of a text
	at   rect   // of a text: its letters, without the space of the line
	cut  bool
}

// lost says that something found no room and is not shown at all.
func (p *pen) lost(text string) {
	if text != "" {
		p.g.lost = append(p.g.lost, text)
	}
}

// tight is the height of a row or bar where the page is drawn larger: its words grow, the
// space around them by half as much.
func (u *UI) tight(h float32) float32 { return h / (1 + (u.scale-1)/2) }

// steps are the sizes that a page is tried at, below the one that was asked for.
var steps = []float32{1.5, 1.4, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05}

// draw shows the page as large as it was asked for, or else as large as it can be.
func (s *Surface) draw() {
	size, u := s.Size(), s.ui
	if size.Width < 1 || size.Height < 1 {
		return
	}
	if u.options.Large <= 1 {
		s.paint()
		return
	}
	if now := s.stage(); now != s.staged { // on one page it does not grow again with each scan
		s.staged, s.excused, u.scale = now, nil, u.options.Large
	}
	s.paint()
	if u.scale == 1 || excused(s.faults(), s.excused) {
		return
	}
	most := u.scale
	u.scale = 1
	s.paint()
	s.excused = s.faults()
	for _, u.scale = range steps {
		if u.scale > most {
			continue
		}
		if s.paint(); excused(s.faults(), s.excused) {
			return
		}
	}
	u.scale = 1
	s.paint()
}

// stage is what is shown: another is tried as large as it was asked for.
type stage struct {
	page     screen.Page
	tab, of  string
	size     fyne.Size
	entry    string
	help     bool
	question bool
}

func (s *Surface) stage() stage {
	v := s.ui.view
	out := stage{page: v.Page, of: string(v.Of), size: s.Size(), help: v.Help != nil, question: v.Bench != nil && v.Bench.Question != nil}
	if v.Settings != nil {
		out.tab = chosenTab(v.Settings)
	}
	if v.Entry != nil {
		out.entry = v.Entry.ID
	}
	return out
}

func excused(faults, known map[string]bool) bool {
	for f := range faults {
		if !known[f] {
			return false
		}
	}
	return true
}

// faults are what is wrong with the page as it is drawn, each named by what it is about.
func (s *Surface) faults() map[string]bool {
	out := map[string]bool{}
	var page []mark
	for i, g := range s.regions {
		switch i {
		case regionGround, regionPress:
		case regionOverlay:
			s.judge(out, g.marks)
		default:
			page = append(page, g.marks...)
		}
		for _, text := range g.lost {
			out["lost "+text] = true
		}
	}
	s.judge(out, page)
	s.buried(out)
	return out
}

// judge finds what is cut, stands over another text or reaches out of what it stands on.
func (s *Surface) judge(out map[string]bool, marks []mark) {
	size := s.Size()
	window := rect{0, 0, size.Width, size.Height}
	for i, m := range marks {
		if m.cut {
			out["lost "+m.text] = true
		}
		if !within(m.at, window) {
			out["outside "+m.text] = true
		}
		for _, n := range marks[:i] {
			if !meet(m.at, n.at) {
				continue
			}
			switch written, over := m.text != "", n.text != ""; {
			case written && over:
				out["over "+m.text+" | "+n.text] = true
			case written && !within(m.at, n.at):
				out["out "+m.text] = true
			case over && !within(n.at, m.at):
				out["under "+n.text] = true
			case !written && !over && !within(m.at, n.at) && !within(n.at, m.at):
				out[fmt.Sprintf("panels of %.0f and %.0f", m.at.h, n.at.h)] = true
			}
		}
	}
}

// buried finds what cannot be pressed in its middle, because another stands there.
func (s *Surface) buried(out map[string]bool) {
	for i, g := range s.regions {
		for j := range g.taps {
			t := &g.taps[j]
			middle := fyne.NewPos(t.pos.X+t.size.Width/2, t.pos.Y+t.size.Height/2)
			if i == regionPress || !pressable(*t) {
				continue
			}
			if hit := s.at(middle, pressable); hit != nil && hit != t && !reflect.DeepEqual(hit.intent, t.intent) && s.regionOf(hit) == i {
				out[fmt.Sprintf("buried %v", t.intent)] = true
			}
		}
	}
}

func (s *Surface) regionOf(t *tap) int {
	for i, g := range s.regions {
		for j := range g.taps {
			if &g.taps[j] == t {
				return i
			}
		}
	}
	return -1
}

// slack is how far in pixels places may reach into each other: letters have soft edges.
const slack = 2

func meet(a, b rect) bool {
	return a.x+slack < b.x+b.w && b.x+slack < a.x+a.w && a.y+slack < b.y+b.h && b.y+slack < a.y+a.h
}

func within(a, b rect) bool {
	return a.x >= b.x-slack && a.y >= b.y-slack && a.x+a.w <= b.x+b.w+slack && a.y+a.h <= b.y+b.h+slack
}

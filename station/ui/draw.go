package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"packbench/station/screen"
)

// The design is made at this size; a window of another size is scaled.
const (
	designWidth  = 1280
	designHeight = 800
)

// grid is the step of all spaces.
const grid = 8

// frame is where the parts of a page stand, in design units.
type frame struct {
	k, mm                     float32
	window                    rect
	header, alert             rect
	order, main               rect
	next, actions, strip, sim rect
	hasSim                    bool
}

func (u *UI) frame(size fyne.Size) frame {
	k := min(size.Width/designWidth, size.Height/designHeight) * u.scale
	f := frame{k: k, window: rect{0, 0, size.Width / k, size.Height / k}}
	if u.options.ScreenHeight > 0 {
		f.mm = f.window.h / float32(u.options.ScreenHeight)
	}
	body := rect{3 * grid, 0, f.window.w - 6*grid, f.window.h}
	f.header, body = body.top(u.tight(7*grid), 0)
	if u.view.Sim != nil { // it stays where it is while an alert comes and goes
		f.hasSim = true
		var side rect
		side, body = body.right(41*grid, 2*grid)
		f.sim = rect{side.x, side.y, side.w, side.h - 2*grid}
	}
	if u.view.Header.Deaf != "" {
		f.alert, body = body.top(u.tight(8*grid), grid)
	} else if u.view.Header.Alert != "" || u.view.Header.Heard.Text != "" {
		f.alert, body = body.top(u.tight(6*grid), grid)
	}
	f.strip, body = body.bottom(u.tight(6*grid), 0)
	f.actions, body = body.bottom(max(u.tight(9*grid), 15*f.mm), grid)
	next := max(u.tight(9*grid), 12*f.mm/capHeight*1.25)
	f.next, body = body.bottom(next, grid)
	if u.view.Bench != nil && u.view.Bench.Order.ID != "" {
		f.order, body = body.top(u.tight(7*grid), grid)
	}
	f.main = body
	return f
}

// paint brings every region up to date.
func (s *Surface) paint() {
	size, u := s.Size(), s.ui
	v, f := u.view, u.frame(size)
	// Each frame begins with the background of the toolkit's theme: as a rectangle over
	// the whole window it would take longer than all the rest.
	ground := theme.Color(theme.ColorNameBackground) != background(screen.Colours(v.Theme))
	smaller := ""
	if u.scale < u.options.Large {
		smaller = screen.Smaller(v.Lang)
	}
	s.region(regionGround, size, []any{ground, smaller}, func(p *pen) {
		if ground {
			p.fill(f.window, p.pal.Ground, 0)
		}
		p.text(rect{f.header.x, f.window.h - 2*grid - 3, f.header.w, 2 * grid}, smaller, style{size: 13, align: alignRight, color: p.pal.Quiet})
	})
	s.region(regionHeader, size, []any{v.Header, v.Tabs, f.alert}, func(p *pen) {
		p.header(f.header, v.Header, v.Tabs)
		p.alert(f.alert, v.Header)
	})
	bench := v.Bench
	if bench == nil {
		bench = &screen.BenchView{}
	}
	s.region(regionOrder, size, []any{bench.Order, f.order}, func(p *pen) { p.order(f.order, bench.Order) })
	s.mainRegions(size, f, v)
	onBench := v.Bench != nil
	s.region(regionNext, size, []any{onBench, bench.Next, f.main}, func(p *pen) {
		if onBench {
			p.next(f.next, bench.Next)
		}
	})
	s.region(regionActions, size, []any{bench.Actions, f.main}, func(p *pen) { p.actions(f.actions, bench.Actions) })
	s.region(regionStrip, size, []any{bench.Strip, f.main}, func(p *pen) { p.strip(f.strip, bench.Strip) })
	s.region(regionSim, size, []any{v.Sim, f.sim}, func(p *pen) {
		if v.Sim != nil {
			p.simulator(f.sim, *v.Sim)
		}
	})
	s.region(regionOverlay, size, []any{v.Help, v.Entry, bench.Question, f.main, f.order, u.moved("choices"), u.moved("tiles"), u.moved("options")}, func(p *pen) { p.overlay(f, v) })
}

// region draws one region if anything that it shows has changed.
func (s *Surface) region(i int, size fyne.Size, data any, draw func(*pen)) {
	u, g := s.ui, s.regions[i]
	if !g.begin(pass{size: size, scale: u.scale, theme: u.view.Theme, focus: u.view.Focus, pictures: u.came, data: data}) {
		return
	}
	f := u.frame(size)
	draw(&pen{g: g, ui: u, k: f.k, mm: f.mm, pal: screen.Colours(u.view.Theme), focus: u.view.Focus})
	g.end()
}

// mainRegions draws the middle of the page.
func (s *Surface) mainRegions(size fyne.Size, f frame, v screen.View) {
	var left, right, page func(*pen)
	var leftData, rightData, pageData any
	a, b := f.main.left((f.main.w-2*grid)*0.48, 2*grid)
	switch bench := v.Bench; {
	case bench == nil:
		page, pageData = s.deskPage(f, v)
	case v.Page == screen.PageWeighing:
		left, leftData = func(p *pen) { p.weighing(a, *bench) }, []any{v.Page, bench.Weight, bench.Services != nil, f.main, compact(bench)}
		right, rightData = func(p *pen) { p.services(b, *bench) }, []any{v.Page, bench.Services, bench.Card, f.main, s.ui.moved("services")}
	case v.Page == screen.PageClosing:
		left, leftData = func(p *pen) { p.closing(a, bench.Closing) }, []any{v.Page, bench.Closing, s.ui.label, s.ui.labelOf, f.main, s.ui.moved("closing")}
		right, rightData = func(p *pen) { p.closingSide(b, *bench) }, []any{v.Page, bench.Card, bench.Services, f.main, s.ui.moved("services")}
	case v.Page == screen.PagePacking:
		left, leftData = func(p *pen) { p.lines(a, bench.Lines) }, []any{v.Page, bench.Lines, f.main, s.ui.moved("lines")}
		right, rightData = func(p *pen) { p.packing(b, *bench) }, []any{v.Page, bench.Card, bench.Box, bench.OnScale, bench.Fill, f.main}
	case v.Page == screen.PageLoading:
		top, low := f.main.top(loadHead, 2*grid)
		a, b = low.left(float32(int((low.w-2*grid)*0.52)), 2*grid) // whole, or the card looks out from behind a question
		left, leftData = func(p *pen) { p.loading(top, a, bench.Loading) }, []any{v.Page, bench.Loading, f.main, s.ui.moved("van"), s.ui.moved("dock")}
		right, rightData = func(p *pen) { p.idleCard(b, bench.Card, bench.Idle) }, []any{v.Page, bench.Card, bench.Idle, f.main}
	case v.Page == screen.PageReturn && bench.Return != nil:
		left, leftData = func(p *pen) { p.returnLeft(a, *bench) }, []any{v.Page, bench.Lines, bench.Return, f.main, s.ui.moved("lines"), s.ui.moved("parked"), s.ui.moved("cutoffs")}
		right, rightData = func(p *pen) { p.returnRight(b, *bench) }, []any{v.Page, bench.Card, bench.Return, f.main}
	case v.Page == screen.PageLocked:
		page, pageData = func(p *pen) { p.locked(f.main, bench.Locked, bench.Strip) }, []any{v.Page, bench.Locked, bench.Strip, f.main}
	case v.Page == screen.PageSignIn:
		page, pageData = func(p *pen) { p.signIn(f.main, bench.Idle, bench.Card) }, []any{v.Page, bench.Idle, bench.Card, f.main, s.ui.moved("parked"), s.ui.moved("cutoffs")}
	default:
		left, leftData = func(p *pen) { p.idle(a, bench.Idle) }, []any{v.Page, bench.Idle, f.main, s.ui.moved("parked"), s.ui.moved("cutoffs")}
		right, rightData = func(p *pen) { p.idleCard(b, bench.Card, bench.Idle) }, []any{v.Page, bench.Card, bench.Idle, s.ui.label, s.ui.labelOf, f.main, s.ui.moved("found")}
	}
	for _, r := range []struct {
		i    int
		data any
		draw func(*pen)
	}{{regionLeft, leftData, left}, {regionRight, rightData, right}, {regionPage, pageData, page}} {
		s.region(r.i, size, r.data, func(p *pen) {
			if r.draw != nil {
				r.draw(p)
			}
		})
	}
}

// deskPage picks the drawing of a page off the bench.
func (s *Surface) deskPage(f frame, v screen.View) (draw func(*pen), data any) {
	top := f.header.h + f.alert.h
	if f.alert.h > 0 {
		top += grid
	}
	whole := rect{f.header.x, top, f.header.w, f.window.h - top - 2*grid}
	switch {
	case v.Dock != nil:
		return func(p *pen) { p.dock(whole, *v.Dock) }, []any{f.alert, v.Dock, s.ui.moved("dock"), s.ui.moved("gone"), s.ui.moved("van")}
	case v.Queue != nil:
		return func(p *pen) { p.queue(whole, *v.Queue) }, []any{f.alert, v.Queue, s.ui.moved("queue")}
	case v.Cases != nil:
		return func(p *pen) { p.cases(whole, *v.Cases) }, []any{f.alert, v.Cases, s.ui.moved("cases"), s.ui.moved("timeline")}
	case v.Trace != nil:
		return func(p *pen) { p.trace(whole, *v.Trace) }, []any{f.alert, v.Trace, s.ui.moved("story"), s.ui.moved("found"), s.ui.moved("known")}
	case v.Shift != nil:
		return func(p *pen) { p.shift(whole, *v.Shift) }, []any{f.alert, v.Shift, s.ui.moved("table")}
	case v.Settings != nil:
		return func(p *pen) { p.settings(whole, *v.Settings) }, []any{f.alert, v.Settings, s.ui.moved("plugged"), s.ui.moved("fields"), s.ui.moved("side")}
	case v.Shop != nil:
		return func(p *pen) { p.shop(whole, *v.Shop) }, []any{f.alert, v.Shop, s.ui.moved("steps"), s.ui.moved("came")}
	case v.Outbox != nil:
		return func(p *pen) { p.outbox(whole, *v.Outbox) }, []any{f.alert, v.Outbox, s.ui.moved("outbox")}
	case v.After != nil:
		return func(p *pen) { p.after(whole, *v.After) }, []any{f.alert, v.After, s.ui.moved("after")}
	case v.Board != nil:
		return func(p *pen) { p.board(whole, *v.Board) }, []any{f.alert, v.Board, s.ui.moved("board")}
	case v.Shops != nil:
		return func(p *pen) { p.shops(whole, *v.Shops) }, []any{f.alert, v.Shops, s.ui.moved("shops"), s.ui.moved("fields"), s.ui.moved("options"), s.ui.moved("came")}
	case v.Stock != nil:
		return func(p *pen) { p.stock(whole, *v.Stock) }, []any{f.alert, v.Stock, s.ui.moved("stock"), s.ui.moved("ledger")}
	case v.Count != nil:
		return func(p *pen) { p.countPage(whole, *v.Count) }, []any{f.alert, v.Count, s.ui.moved("count"), s.ui.moved("counted")}
	case v.Catalogue != nil:
		return func(p *pen) { p.catalogue(whole, *v.Catalogue) }, []any{f.alert, v.Catalogue}
	case v.Columns != nil:
		return func(p *pen) { p.columns(whole, *v.Columns) }, []any{f.alert, v.Columns, s.ui.moved("columns"), s.ui.moved("trial"), s.ui.moved("answers"), s.ui.moved("answer")}
	case v.Doctor != nil:
		return func(p *pen) { p.doctor(whole, *v.Doctor) }, []any{f.alert, v.Doctor, s.ui.moved("advice")}
	}
	return nil, nil
}

// compact is the card where it stands small under the weight.
func compact(b *screen.BenchView) any {
	if b.Services == nil {
		return nil
	}
	return b.Card
}

// drawPress shows what is being pressed.
func (s *Surface) drawPress() {
	var data any
	if s.held != nil {
		data = [2]any{s.held.pos, s.held.size}
	}
	held := s.held
	s.region(regionPress, s.Size(), data, func(p *pen) {
		if held == nil || held.knob > 0 {
			return
		}
		r := rect{held.pos.X / p.k, held.pos.Y / p.k, held.size.Width / p.k, held.size.Height / p.k}
		p.ring(r, p.pal.Ink, 2, radius)
	})
}

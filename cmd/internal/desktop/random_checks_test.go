package desktop

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/stockfront"
	"packbench/devices"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/ui"
)

// oneSubject checks a view as it comes, before anything is read again: its parts are
// about what the page is about, and it shows what the bench asks.
func (h *hands) oneSubject(was, v screen.View) {
	wrong := func(part, of string) { h.Errorf("the page %s is about %q, its %s is %s", v.Page, v.Of, part, of) }
	switch e := v.Entry; {
	case e == nil:
		h.field = nil
	case h.field == nil || h.field.ID != e.ID:
		h.field, h.fieldOf = e, place{v.Page, v.Of}
	case h.fieldOf.page != v.Page && e.ID != "code", h.fieldOf.of != "" && h.fieldOf.of != v.Of && !e.Stays():
		wrong("field", fmt.Sprintf("%s of %v", e.ID, h.fieldOf))
	}
	switch {
	case v.Bench != nil:
		h.benchSubject(was, v, wrong)
	case v.Cases != nil:
		if err := oneSubject(v.Cases); err != nil {
			wrong("case", err.Error())
		}
		touched := h.front.Selected["case"]
		if d := v.Cases.Detail; d != nil && d.ID != touched && slices.ContainsFunc(v.Cases.Rows, func(r screen.CaseRow) bool { return r.Select.Intent.Value == touched }) {
			wrong("touched row", touched)
		}
		if v.Cases.Saved != "" && h.front.Said.Of != v.Of {
			wrong("notice", string(h.front.Said.Of))
		}
	case v.Page == screen.PageFigures && v.Shift != nil:
		if _, weeks, _ := strings.Cut(string(v.Of), " "); !strings.HasPrefix(v.Shift.Days[1].Label, weeks+" ") {
			wrong("weeks", v.Shift.Days[1].Label)
		}
	case v.Shift != nil:
		_, day, _ := strings.Cut(string(v.Of), " ")
		written := strings.HasPrefix(v.Shift.Exported, "Written to ")
		if v.Shift.Days[1].Label != day || written && !strings.Contains(v.Shift.Exported, day) || v.Shift.Open != nil && v.Shift.Exported == "" {
			wrong("day or export", v.Shift.Days[1].Label+", "+v.Shift.Exported)
		}
	case v.Dock != nil && v.Dock.Detail != nil:
		_, id, _ := strings.Cut(string(v.Of), " ")
		for _, r := range v.Dock.Gone {
			if r.Chosen != (r.Select.Label == id) {
				wrong("row", r.Select.Label)
			}
		}
		if d := v.Dock.Detail; d.Title != "Manifest "+id || d.Print.Intent.Name != id {
			wrong("detail", d.Title)
		}
	case v.Trace != nil:
		t := v.Trace
		if _, sscc, _ := strings.Cut(t.Field, ":"); len(sscc) > 18 && len(t.Facts) > 0 && !slices.ContainsFunc(t.Facts, func(f screen.Figure) bool { return digitsOf(f.Value) == sscc[:18] }) {
			wrong("facts", fmt.Sprint(t.Facts))
		}
	}
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// benchSubject checks a page of the bench.
func (h *hands) benchSubject(was, v screen.View, wrong func(part, of string)) {
	q := v.Bench.Question
	asked := was.Bench != nil && was.Bench.Question != nil && q != nil && was.Bench.Question.Title == q.Title
	if q != nil && !asked && was.Bench != nil && (v.Entry != nil || v.Help != nil) {
		h.Errorf("%q is asked behind a field or the help", q.Title)
	}
	if q != nil && v.Bench.Next.Kind != pack.Asked && h.front.home.Lost == nil {
		wrong("next step", v.Bench.Next.Text+" while it is asked "+q.Title)
	}
	for _, l := range v.Bench.Lines {
		if l.Selected && was.Of != v.Of {
			wrong("chosen line", l.ID+" of "+string(was.Of))
		}
	}
	if s := h.state(); s.Question != nil && s.Wanted != nil && s.Wanted.Author == "" {
		h.Errorf("two things are asked at once: %+v and %+v", s.Question, s.Wanted)
	}
}

// noOldReading checks that the weight is of now, or of the parcel.
func (h *hands) noOldReading() {
	b, s := h.view().Bench, h.state()
	if b == nil || h.noScale() {
		return
	}
	silent := time.Since(h.reading.At) > 3*time.Second
	fresh := time.Since(h.reading.At) < 1500*time.Millisecond
	steady := h.reading.State == devices.OK && h.reading.Stable && fresh
	if w := b.Weight; w != nil && s.Work.Parcel.Weight == nil && w.Words != "Weight typed" {
		switch {
		case silent && (w.Live || w.Number != "–"):
			h.Errorf("the scale is silent since %v, and the page shows %s", h.reading.At, w.Number)
		case steady && !strings.HasPrefix(h.reading.Mass.String(), w.Number):
			h.Errorf("%v lies on the scale, and the page shows %s", h.reading.Mass, w.Number)
		case h.reading.State == devices.Zero && fresh && w.Bar:
			h.Errorf("the scale is empty, and the page compares %s", w.Delta)
		}
	}
	if h.reading.State == devices.Zero && b.Next.Text == "Clear the scale first" {
		h.Error("the scale is empty, and is to be cleared")
	}
	if on := b.OnScale; silent && strings.HasSuffix(on, "on the scale") || steady && on != "" && !strings.HasPrefix(on, h.reading.Mass.String()) {
		h.Errorf("the newest reading is %+v, and the page says %q", h.reading, on)
	}
}

// place is a page, and what it is about.
type place struct {
	page screen.Page
	of   screen.Subject
}

// look checks all that must hold after any input.
func (h *hands) look() {
	h.log.mu.Lock()
	for _, line := range h.log.said {
		if strings.Contains(line, "broke") {
			h.Error(line)
		}
	}
	h.log.mu.Unlock()
	if h.r.IntN(4) > 0 {
		return
	}
	time.Sleep(time.Second) // what was read is as new as what happened
	h.settle()
	h.asFresh()
	h.noOldReading()
	h.canBeLeft()
	h.drawnAsFresh()
	if h.r.IntN(5) == 0 && !h.broken {
		h.leadsOut()
	}
}

// asFresh compares the page with one whose parts were all read now.
func (h *hands) asFresh() {
	var diff string
	h.front.Do(func() {
		f := h.front
		f.show()
		shown := f.view
		fresh, err := f.fresh(h)
		if err != nil {
			h.Error(err)
			return
		}
		diff = differ("", reflect.ValueOf(fresh), reflect.ValueOf(shown))
	})
	h.settle()
	if diff != "" {
		h.Errorf("the page shows what is not so: %s", diff)
	}
}

// fresh is the view of now by pages that know nothing of before.
func (f *Front) fresh(h *hands) (v screen.View, err error) {
	names, err := desk.New(f.Folder).Names(h.Context())
	if err != nil {
		return v, err
	}
	wasHome, wasCases, wasShift, wasDock, wasQueue, wasShops, wasOutbox, wasAfter, wasColumns, wasGoods, wasNames, wasStale := f.home, f.cases, f.shift, f.dock, f.queue, f.shops, f.outbox, f.after, f.columns, f.goods, f.Names, f.Stale
	defer func() {
		f.home, f.cases, f.shift, f.dock, f.queue, f.shops, f.outbox, f.after, f.columns, f.goods, f.Names, f.Stale = wasHome, wasCases, wasShift, wasDock, wasQueue, wasShops, wasOutbox, wasAfter, wasColumns, wasGoods, wasNames, wasStale
	}()
	f.Names = names
	f.home = f.home.Afresh()
	cases, shift, dock, queue, shops, outbox, after, columns := *f.cases, *f.shift, *f.dock, *f.queue, *f.shops, *f.outbox, *f.after, *f.columns // what they read is replaced
	f.cases, f.shift, f.dock, f.queue, f.shops, f.outbox, f.after, f.columns = &cases, &shift, &dock, &queue, &shops, &outbox, &after, &columns
	stock, count, catalogue := *f.goods.Stock, *f.goods.Count, *f.goods.Catalogue
	f.goods = stockfront.Pages{Stock: &stock, Count: &count, Catalogue: &catalogue}
	for _, read := range f.readings() {
		show, err := read(h.Context(), names)
		if err != nil {
			return v, err
		}
		show()
	}
	return f.compose(), nil
}

// differ says where two values differ, "" for nowhere.
func differ(path string, want, got reflect.Value) string {
	switch want.Kind() {
	case reflect.Pointer:
		if want.IsNil() || got.IsNil() {
			if want.IsNil() != got.IsNil() {
				return fmt.Sprintf("%s is there: %v, shown: %v", path, !want.IsNil(), !got.IsNil())
			}
			return ""
		}
		return differ(path, want.Elem(), got.Elem())
	case reflect.Struct:
		var out []string
		for i := range want.NumField() {
			if d := differ(path+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i)); d != "" {
				out = append(out, d)
			}
		}
		return strings.Join(out[:min(len(out), 3)], "; ")
	case reflect.Slice:
		if want.Len() != got.Len() {
			return fmt.Sprintf("%s has %d, shown are %d: %.300s, shown %.300s", path, want.Len(), got.Len(), fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got))
		}
		var out []string
		for i := range want.Len() {
			if d := differ(fmt.Sprintf("%s[%d]", path, i), want.Index(i), got.Index(i)); d != "" {
				out = append(out, d)
			}
		}
		return strings.Join(out[:min(len(out), 3)], "; ")
	}
	if !want.Equal(got) {
		return fmt.Sprintf("%s is %v, shown %v", path, want, got)
	}
	return ""
}

// drawing is what stands in a window.
func drawing(s *ui.Surface) []string {
	var out []string
	for i, g := range test.WidgetRenderer(s).Objects() {
		for _, o := range g.(*fyne.Container).Objects {
			line := fmt.Sprintf("%d %T %v %v", i, o, o.Position(), o.Size())
			switch o := o.(type) {
			case *canvas.Text:
				line += fmt.Sprintf(" %q %v %v %v", o.Text, o.TextSize, o.Color, o.TextStyle)
			case *canvas.Rectangle:
				line += fmt.Sprintf(" %v %v %v %v", o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius)
			case *canvas.Circle:
				line += fmt.Sprintf(" %v %v %v", o.FillColor, o.StrokeColor, o.StrokeWidth)
			case *canvas.Line:
				line += fmt.Sprintf(" %v %v", o.StrokeColor, o.StrokeWidth)
			case *canvas.Polygon:
				line += fmt.Sprintf(" %v %v %v %v", o.FillColor, o.Sides, o.Angle, o.CornerRadius)
			case *canvas.Image:
				line += fmt.Sprintf(" %p", o.Image)
			}
			out = append(out, line)
		}
	}
	return out
}

// drawnAsFresh compares the window with a new one that shows the same view.
func (h *hands) drawnAsFresh() {
	if h.scrolled && h.view().Page == h.scrolledOn {
		return
	}
	h.scrolled = false
	fresh := ui.New(ui.Options{})
	win := test.NewWindow(fresh.Content())
	defer win.Close()
	win.SetPadded(false)
	win.Resize(h.win.Canvas().Size())
	fresh.SetLabel(h.labelOf, h.label)
	fresh.Render(h.view())
	want, got := drawing(fresh.Sink()), drawing(h.ui.Sink())
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			h.Errorf("%d things are drawn, a new window has %d; they differ from %v, and %v", len(got), len(want), slices.Clone(got[i:min(i+2, len(got))]), slices.Clone(want[i:min(i+2, len(want))]))
			return
		}
	}
}

// canBeLeft checks that something that is seen leads away from all that stands open.
func (h *hands) canBeLeft() {
	v := h.view()
	if v.Page == screen.PageLocked || h.atRest() || v.Shop != nil && v.Header.Person == "" {
		return
	}
	back := slices.DeleteFunc(v.Targets(), func(a screen.Action) bool { return a.Key != "Esc" && a.ID != "page:bench" })
	texts := map[string]bool{}
	for _, o := range h.objects() {
		if t, ok := o.(*canvas.Text); ok {
			texts[t.Text] = true
		}
	}
	if !slices.ContainsFunc(back, func(a screen.Action) bool { return texts[a.Label] }) {
		h.Errorf("nothing that is seen on %s leads back: entry %+v, help %v, offered %v", v.Page, v.Entry, v.Help != nil, back)
	}
}

// goesOn parks what is open, by its key: whatever happened, the next order can be taken.
func (h *hands) goesOn() {
	s := h.state()
	switch s.Phase {
	case pack.Packing, pack.Weighing, pack.Choosing, pack.Labelling, pack.Closing:
	default:
		return
	}
	h.named("F5")
	h.did = append(h.did, "  F5")
	h.settle()
	if now := h.state(); now.Phase != pack.Idle && h.view().Bench.Question == nil {
		h.Errorf("the order cannot be set aside: %s, then %s: %+v", s.Phase, now.Phase, h.view().Bench.Card)
	}
}

// atRest reports whether nothing stands open before the bench's own page.
func (h *hands) atRest() bool {
	v, s := h.view(), h.state()
	if v.Shop != nil && v.Header.Person == "" { // of a shop that has nobody
		return v.Entry == nil && v.Help == nil
	}
	return v.Bench != nil && v.Entry == nil && v.Help == nil && v.Bench.Question == nil && (!s.Waits() || s.Phase == pack.Choosing)
}

// leadsOut presses Esc until nothing stands open, which must not take long.
func (h *hands) leadsOut() {
	s := h.state()
	if s.Phase == pack.Locked {
		return
	}
	for n := range 9 {
		if h.atRest() {
			if h.r.IntN(4) == 0 {
				h.goesOn()
			}
			return
		}
		if n == 8 {
			break
		}
		h.named("Esc")
		h.did = append(h.did, "  Esc")
	}
	h.Errorf("Esc does not lead out of %s: entry %+v, help %v, waits %v", h.view().Page, h.view().Entry, h.view().Help != nil, h.state().Waits())
}

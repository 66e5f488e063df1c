package ui

import (
	"fmt"
	"image"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// A scanner's burst comes out in order, and its Enter presses nothing.
func TestBurst(t *testing.T) {
	test.NewTempApp(t)
	var keys []Key
	var intents []Intent
	clock := noon
	o := Options{
		Key: func(k Key) { keys = append(keys, k) }, Intent: func(i Intent) { intents = append(intents, i) },
		Now: func() time.Time { clock = clock.Add(2 * time.Millisecond); return clock },
	}
	v := packing(screen.Light)
	v.Focus = "do:cancel"
	_, win := window(t, o, v, 1280, 800)
	focused := func() fyne.Focusable { return win.Canvas().Focused() }
	names := []fyne.KeyName{"4", "0", "0", "6", "3", "8", "1", "3", fyne.KeyReturn, fyne.KeyTab}
	for i := range 200 {
		event := &fyne.KeyEvent{Name: names[i%len(names)], Physical: fyne.HardwareKey{ScanCode: i + 1}}
		focused().(desktop.Keyable).KeyDown(event)
		focused().TypedKey(event)
		focused().TypedRune(rune('0' + i%10))
		focused().(desktop.Keyable).KeyUp(event)
	}
	if len(keys) != 800 {
		t.Fatalf("%d of 800 events came", len(keys))
	}
	for i, k := range keys {
		want := Key{Kind: []KeyKind{KeyDown, KeyTyped, KeyRune, KeyUp}[i%4], At: noon.Add(time.Duration(i+1) * 2 * time.Millisecond)}
		if want.Kind == KeyRune {
			want.Rune = rune('0' + i/4%10)
		} else {
			want.Scan, want.Name = i/4+1, string(names[i/4%len(names)])
		}
		if k != want {
			t.Fatalf("event %d is %+v, want %+v", i, k, want)
		}
	}
	if len(intents) != 0 {
		t.Errorf("keys alone pressed %+v", intents)
	}
}

func TestTabAndShortcutsAreKeys(t *testing.T) {
	test.NewTempApp(t)
	var keys []Key
	u, _ := window(t, Options{Key: func(k Key) { keys = append(keys, k) }}, packing(screen.Light), 1280, 800)
	if !u.Sink().AcceptsTab() {
		t.Error("Tab would leave the sink")
	}
	u.Sink().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl})
	u.Sink().TypedShortcut(&fyne.ShortcutPaste{})
	if len(keys) != 2 || keys[0].Name != "]" || !keys[0].Mods.Ctrl || keys[0].Kind != KeyShortcut || keys[1].Name != "V" {
		t.Errorf("shortcuts come as %+v", keys)
	}
}

// The keyboard comes back after a touch, and is not lost while nothing has it.
func TestFocusStays(t *testing.T) {
	test.NewTempApp(t)
	n := 0
	u, win := window(t, Options{Key: func(Key) { n++ }}, packing(screen.Light), 1280, 800)
	win.Canvas().Unfocus()
	win.Canvas().OnTypedRune()('x')
	win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 2 {
		t.Errorf("%d of 2 keys came while nothing had the focus", n)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(600, 20))
	if win.Canvas().Focused() != u.Sink() {
		t.Error("a touch does not give the keyboard back")
	}
}

// touch presses the middle of the first place whose intent fits.
func touch(t *testing.T, u *UI, win fyne.Window, fits func(tap) bool) {
	t.Helper()
	for _, g := range u.surface.regions {
		for _, p := range g.taps {
			if fits(p) {
				test.TapCanvas(win.Canvas(), p.pos.AddXY(p.size.Width/2, p.size.Height/2))
				return
			}
		}
	}
	t.Error("there is no such place")
}

func TestTouch(t *testing.T) {
	test.NewTempApp(t)
	var got []Intent
	u, win := window(t, Options{Intent: func(i Intent) { got = append(got, i) }}, simulator(screen.Light), 1280, 800)
	last := func() Intent {
		if len(got) == 0 {
			return Intent{}
		}
		return got[len(got)-1]
	}
	touch(t, u, win, func(p tap) bool { return p.intent.Command.Name == "undo" })
	if last().Command.Name != "undo" {
		t.Errorf("the button gave %+v", last())
	}
	touch(t, u, win, func(p tap) bool { return p.intent.Value == "MUG-W" })
	if last().Kind != screen.IntentScan || last().Value != "MUG-W" {
		t.Errorf("the tile gave %+v", last())
	}
	touch(t, u, win, func(p tap) bool { return p.knob > 0 })
	if last().Kind != screen.IntentKnob || last().Mass < 2_400*unit.Gram || last().Mass > 2_600*unit.Gram {
		t.Errorf("the middle of the knob gave %+v", last())
	}
}

// A finger that slips a little still presses; one that leaves does not.
func TestSlippingFinger(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		name    string
		by      fyne.Delta
		presses int
	}{{"slips", fyne.Delta{DX: 6, DY: -4}, 1}, {"leaves", fyne.Delta{DX: 300}, 0}} {
		var got []Intent
		u, _ := window(t, Options{Intent: func(i Intent) { got = append(got, i) }}, packing(screen.Light), 1280, 800)
		s, button := u.surface, u.surface.regions[regionActions].taps[0]
		at := button.pos.AddXY(button.size.Width/2, button.size.Height/2)
		s.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
		s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.Add(c.by)}, Dragged: c.by})
		s.MouseUp(nil)
		s.DragEnd()
		if len(got) != c.presses {
			t.Errorf("a finger that %s presses %d times", c.name, len(got))
		}
	}
}

func TestDisabledButtonsDoNothing(t *testing.T) {
	test.NewTempApp(t)
	u, _ := window(t, Options{}, choosing(screen.Light), 1280, 800)
	for _, g := range u.surface.regions {
		for _, p := range g.taps {
			if p.intent.Command.Name == "authorise" || p.intent.Value == "freight" {
				t.Errorf("%+v can be pressed", p.intent)
			}
		}
	}
}

// A question covers what is behind it.
func TestQuestionBlocksWhatIsBehind(t *testing.T) {
	test.NewTempApp(t)
	var got []Intent
	in := benchInputs(pack.Packing, screen.Light)
	in.State.Question = &pack.Question{Code: pack.CodeAmbiguousCode, Choices: []pack.Choice{{N: 1, Text: "Mug"}, {N: 2, Text: "Cup"}}}
	_, win := window(t, Options{Intent: func(i Intent) { got = append(got, i) }}, screen.Bench(in), 1280, 800)
	test.TapCanvas(win.Canvas(), fyne.NewPos(300, 500))
	if slices.ContainsFunc(got, func(i Intent) bool { return i.Kind == screen.IntentSelect }) {
		t.Errorf("a line behind the question was chosen: %+v", got)
	}
}

// Touch targets keep 15 mm and the large words 12 mm on a small screen too.
func TestSizesOnASmallScreen(t *testing.T) {
	test.NewTempApp(t)
	const tall = 179 // mm: a 13.3 inch screen
	u, _ := window(t, Options{ScreenHeight: tall}, packing(screen.Light), 1280, 800)
	mm := float32(800) / tall
	for _, p := range u.surface.regions[regionActions].taps {
		if p.size.Height < 15*mm-0.5 {
			t.Errorf("a button is %.1f mm high", p.size.Height/mm)
		}
	}
	for _, i := range []int{regionNext, regionRight} {
		largest := float32(0)
		for _, o := range u.surface.regions[i].box.Objects {
			if text, ok := o.(*canvas.Text); ok {
				largest = max(largest, text.TextSize)
			}
		}
		if got := largest * capHeight / mm; got < 11.9 {
			t.Errorf("region %d: capitals are %.1f mm high", i, got)
		}
	}
}

func TestFiguresAreTabular(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter()
	for _, bold := range []bool{false, true} {
		for d := range 10 {
			if got, want := f.width(fmt.Sprint(d), 64, fyne.TextStyle{Bold: bold}), f.width("0", 64, fyne.TextStyle{Bold: bold}); got != want {
				t.Errorf("%d is %.2f wide, 0 is %.2f", d, got, want)
			}
		}
	}
}

// Rendering changes what differs and keeps the objects.
func TestRenderInPlace(t *testing.T) {
	test.NewTempApp(t)
	u, _ := window(t, Options{}, packing(screen.Light), 1280, 800)
	objects := func() map[fyne.CanvasObject]bool {
		out := map[fyne.CanvasObject]bool{}
		for _, g := range u.surface.regions {
			for _, o := range g.box.Objects {
				out[o] = true
			}
		}
		return out
	}
	before := objects()
	in := benchInputs(pack.Packing, screen.Light)
	in.State.Work.Lines[0].In = 1
	in.State.Recent[0].Have = 1
	u.Render(screen.Bench(in))
	after := objects()
	if len(after) != len(before) {
		t.Errorf("%d objects became %d", len(before), len(after))
	}
	for o := range after {
		if !before[o] {
			t.Errorf("a new %T was made", o)
		}
	}
}

// Of many views published while the toolkit is busy, the newest is drawn once, on the
// turn that shows it: a scan's answer does not wait for the next frame.
func TestPublishKeepsTheNewest(t *testing.T) {
	test.NewTempApp(t)
	var queue []func()
	var u *UI
	var drawn []string
	u, _ = window(t, Options{
		Post: func(f func()) { queue = append(queue, f) },
		Draw: func() { drawn = append(drawn, u.view.Header.Clock) },
	}, packing(screen.Light), 1280, 800)
	for i := range 100 {
		v := packing(screen.Light)
		v.Header.Clock = fmt.Sprint(i)
		u.Publish(v)
	}
	if len(queue) != 1 {
		t.Fatalf("%d turns were asked for", len(queue))
	}
	queue[0]()
	if !slices.Equal(drawn, []string{"99"}) {
		t.Errorf("views %v are drawn", drawn)
	}
	u.Publish(packing(screen.Light))
	if len(queue) != 2 {
		t.Error("the next view asks for no turn")
	}
}

func TestScroll(t *testing.T) {
	test.NewTempApp(t)
	in := benchInputs(pack.Packing, screen.Light)
	for i := range 20 {
		line := in.State.Work.Lines[0]
		line.ID, line.Name, line.In = fmt.Sprint("x", i), fmt.Sprint("Thing ", i), 0
		in.State.Work.Lines = append(in.State.Work.Lines, line)
	}
	u, win := window(t, Options{}, screen.Bench(in), 1280, 800)
	first := func() string { return u.surface.regions[regionLeft].taps[1].intent.Value }
	before := first()
	for range 3 {
		u.surface.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 300)}, Scrolled: fyne.Delta{DY: -10}})
	}
	if first() == before {
		t.Error("the wheel does not move the lines")
	}
	for range 99 {
		u.surface.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 300)}, Scrolled: fyne.Delta{DY: -10}})
	}
	taps := u.surface.regions[regionLeft].taps
	foot, last := taps[len(taps)-1], taps[len(taps)-2].intent.Value
	if last != "2" {
		t.Errorf("the last line is not reached, but %s", last)
	}
	test.TapCanvas(win.Canvas(), foot.pos.AddXY(20, 20))
	if first() != before {
		t.Errorf("the foot of the list does not lead back to the first line, but to %s", first())
	}
	u.surface.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 300)}, Dragged: fyne.Delta{DY: -2.5 * dragRow}})
	u.surface.DragEnd()
	if got := u.surface.ui.scroll["lines"]; got.row != 2 {
		t.Errorf("a finger that goes up by two rows and a half moves %v", got)
	}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeUnknownCode, pack.Refused, 0, nil)}, in.State.Recent...)
	u.Render(screen.Bench(in))
	if first() != before {
		t.Error("a new verdict does not bring the first lines back")
	}
}

func TestTextsFit(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter()
	for _, text := range []string{"Mug", "A product with a name that is longer than any card is wide", "样品客户, 上海 CN", "Müsterfirma 王 Grün"} {
		done := f.fit(text, 60, 30, 200, fyne.TextStyle{Bold: true})
		if done.wide > 200 || done.size < 30 {
			t.Errorf("%q became %q: %.0f wide at %.0f", text, done.text, done.wide, done.size)
		}
	}
	if got := runs("Firma 王小 明 Grün"); len(got) != 3 || got[1].script != han || got[1].text != "王小 明 " {
		t.Errorf("runs are %+v", got)
	}
}

// The label of the last parcel is not shown for the next one.
func TestNoOldLabel(t *testing.T) {
	test.NewTempApp(t)
	picture := func(u *UI) bool {
		for _, o := range u.surface.regions[regionLeft].box.Objects {
			if _, ok := o.(*canvas.Image); ok {
				return true
			}
		}
		return false
	}
	shown := func(v screen.View) bool {
		u, _ := window(t, Options{}, v, 1280, 800)
		return picture(u)
	}
	in := benchInputs(pack.Labelling, screen.Light)
	if shown(screen.Bench(in)) {
		t.Error("a label is shown before it is made")
	}
	if !shown(closing(screen.Light)) {
		t.Error("the label is not shown")
	}
	u, _ := window(t, Options{}, closing(screen.Light), 1280, 800)
	u.SetLabel("another document", sampleLabel())
	if picture(u) {
		t.Error("the picture of another label is shown")
	}
	v := closing(screen.Light)
	words := func() bool {
		return slices.ContainsFunc(u.surface.regions[regionLeft].box.Objects, func(o fyne.CanvasObject) bool {
			text, ok := o.(*canvas.Text)
			return ok && text.Text != "" && strings.HasPrefix(v.Bench.Closing.Blank, text.Text)
		})
	}
	if words() {
		t.Error("a picture that may come is said to be missing")
	}
	u.SetLabel(v.Bench.Closing.Label, nil)
	if picture(u) || !words() {
		t.Error("nobody says that the label has no picture")
	}
}

// A product's picture is asked for once, and shown when it comes.
func TestPictureIsAskedOnce(t *testing.T) {
	test.NewTempApp(t)
	asked := 0
	o := Options{Picture: func(string) { asked++ }}
	in := benchInputs(pack.Packing, screen.Light)
	in.Pictures = map[string]string{"MUG-W": "mug.png"}
	u, win := window(t, o, screen.Bench(in), 1280, 800)
	without := win.Canvas().Capture()
	u.PublishPicture("mug.png", image.NewGray(image.Rect(0, 0, 8, 8)))
	if reflect.DeepEqual(without, win.Canvas().Capture()) {
		t.Error("the picture is not shown")
	}
	u.Render(refusal(screen.Dark))
	u.Render(screen.Bench(in))
	if asked != 1 {
		t.Errorf("the picture was asked for %d times", asked)
	}
}

func BenchmarkVerdict(b *testing.B) {
	test.NewTempApp(b)
	u := New(Options{})
	win := test.NewTempWindow(b, nil)
	u.Attach(win)
	win.Resize(fyne.NewSize(1280, 800))
	views := []screen.View{packing(screen.Light), refusal(screen.Light)}
	for i := 0; b.Loop(); i++ {
		u.Render(views[i%2])
	}
}

// A timeline that was scrolled for one case begins where the next one wants it. (V4)
func TestV4AListIsMovedForWhatItIsOf(t *testing.T) {
	test.NewTempApp(t)
	v := casesPage(screen.Light)
	for i := range 40 {
		v.Cases.Detail.Timeline = append(v.Cases.Detail.Timeline, screen.TimelineRow{Text: fmt.Sprint("step ", i)})
	}
	u, _ := window(t, Options{}, v, 1280, 800)
	at := func() int {
		for _, t := range u.surface.regions[regionPage].taps {
			if t.list == "timeline" {
				return t.at
			}
		}
		return -1
	}
	first := at() // where the step that opened the case is seen
	for _, tap := range u.surface.regions[regionPage].taps {
		if tap.list == "timeline" && tap.page == 0 {
			u.surface.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: tap.pos.AddXY(9, tap.size.Height-9)}, Scrolled: fyne.Delta{DY: -10}})
		}
	}
	if at() != first+1 {
		t.Fatalf("the wheel moves the timeline from %d to %d", first, at())
	}
	next := v
	next.Of = screen.About("case", "S1.101")
	if u.Render(next); at() != first {
		t.Errorf("the timeline of the next case begins at %d, not %d", at(), first)
	}
}

package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/screen"
	"packbench/station/unit"
)

// written are the texts of a region.
func written(u *UI, region int) []*canvas.Text {
	var out []*canvas.Text
	for _, o := range u.surface.regions[region].box.Objects {
		if t, ok := o.(*canvas.Text); ok {
			out = append(out, t)
		}
	}
	return out
}

func reads(u *UI, region int, text string) bool {
	return slices.ContainsFunc(written(u, region), func(t *canvas.Text) bool { return t.Text == text })
}

func many(n int) screen.BenchInputs {
	in := benchInputs(pack.Packing, screen.Light)
	line := in.State.Work.Lines[0]
	in.State.Work.Lines, in.State.Recent = nil, nil
	for i := range n {
		line.ID, line.Name, line.In = fmt.Sprint("x", i+1), fmt.Sprint("Thing ", i+1), 0
		in.State.Work.Lines = append(in.State.Work.Lines, line)
	}
	return in
}

func (u *UI) foot(list string) *tap {
	for _, g := range u.surface.regions {
		for i := range g.taps {
			if g.taps[i].list == list && g.taps[i].page > 0 {
				return &g.taps[i]
			}
		}
	}
	return nil
}

// V28: a long list says which rows are shown, and a touch and a key move it on.
func TestV28ALongListSaysWhereItStands(t *testing.T) {
	test.NewTempApp(t)
	in := many(60)
	u, win := window(t, Options{}, screen.Bench(in), 1280, 800)
	for _, want := range []string{"1–6 of 60", "7–12 of 60", "13–18 of 60"} {
		if !reads(u, regionLeft, want) {
			t.Fatalf("the foot does not read %q", want)
		}
		test.TapCanvas(win.Canvas(), u.foot("lines").pos.AddXY(20, 20))
	}
	in.Focus = "line:x40"
	u.Render(screen.Bench(in))
	if !reads(u, regionLeft, "35–40 of 60") || !reads(u, regionLeft, "Thing 40") {
		t.Error("the line that was chosen by key is not shown")
	}
}

// V28: what was just scanned is in the middle of the list: the foot leads on from
// what is shown, and from the end to the beginning.
func TestV28TheFootLeadsOnFromWhatIsShown(t *testing.T) {
	test.NewTempApp(t)
	in := many(60)
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeItem, pack.Accepted, 1, func(v *pack.Verdict) { v.Line = "x60" })}
	u, win := window(t, Options{}, screen.Bench(in), 1280, 800)
	for _, want := range []string{"55–60 of 60", "1–6 of 60", "7–12 of 60"} {
		if !reads(u, regionLeft, want) {
			t.Fatalf("the foot does not read %q", want)
		}
		test.TapCanvas(win.Canvas(), u.foot("lines").pos.AddXY(20, 20))
	}
}

// V28: every parked order can be resumed by touch.
func TestV28EveryParkedOrderCanBeResumed(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range []string{"%d", "a-very-long-order-number-of-a-marketplace-%d"} {
		in := benchInputs(pack.Idle, screen.Light)
		in.State.Parked = map[string]*pack.Work{}
		for i := range 5 {
			in.State.Parked[fmt.Sprintf(name, 1001+i)] = &pack.Work{}
		}
		u, win := window(t, Options{}, screen.Bench(in), 1280, 800)
		seen := map[string]bool{}
		for range 2 {
			for _, tap := range u.surface.regions[regionLeft].taps {
				if tap.intent.Kind == screen.IntentScan {
					seen[tap.intent.Value] = true
				}
			}
			test.TapCanvas(win.Canvas(), u.foot("parked").pos.AddXY(20, 20))
		}
		if len(seen) != 5 {
			t.Errorf("of 5 parked orders %d can be touched: %v", len(seen), seen)
		}
	}
}

// V29: lines end between Chinese characters, and a word wider than its place is cut,
// not lost.
func TestV29TextsWrap(t *testing.T) {
	test.NewTempApp(t)
	u, _ := window(t, Options{}, screen.Bench(many(1)), 1280, 800)
	p := &pen{ui: u, k: 1}
	s := style{size: 24}
	for _, text := range []string{
		"手工制作的白色陶瓷咖啡杯，带木制托盘和勺子", "手作りの白いマグカップ「大」木製トレー付き",
		"Donaudampfschifffahrtsgesellschaftskapitänsmütze", "blau Rindfleischetikettierungsüberwachungsgesetz",
	} {
		lines := p.wrap(text, 160, s)
		for _, l := range lines {
			if p.wide(l, s) > 160 {
				t.Errorf("%q is wider than its place", l)
			}
			if strings.ContainsAny(string([]rune(l)[:1]), "，」") || strings.HasSuffix(l, "「") {
				t.Errorf("%q begins with what closes, or ends with what opens", l)
			}
		}
		whole := strings.NewReplacer("-", "", " ", "").Replace(strings.Join(lines, ""))
		if len(lines) < 2 || whole != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%q became %q", text, lines)
		}
	}
	if got := p.wrap("Mug, white", 400, s); len(got) != 1 || got[0] != "Mug, white" {
		t.Errorf("a short name became %q", got)
	}
}

// V29: the price gives way to the name of a service, which is not cut.
func TestV29TheChosenServiceIsNotCut(t *testing.T) {
	test.NewTempApp(t)
	for _, rows := range []int{2, 6, 9} {
		v := choosing(screen.Light)
		first := v.Bench.Services[0]
		first.Name, first.Price = "Alpenpost International Priority Plus", "1 234.56 EUR"
		v.Bench.Services = nil
		for i := range rows {
			first.Chosen = i == 0
			v.Bench.Services = append(v.Bench.Services, first)
		}
		u, _ := window(t, Options{}, v, 1280, 800)
		for _, text := range written(u, regionRight) {
			if strings.Contains(text.Text, "…") && strings.HasPrefix(text.Text, "Alp") {
				t.Errorf("%d services: the name is cut: %q", rows, text.Text)
			}
		}
	}
}

// V12: scans go into another window; the bar over the whole width is amber.
func deaf(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.Deaf, in.Lamps = true, lamps(screen.LampRed, "unplugged", "push its USB plug in until it clicks")
	return screen.Bench(in)
}

// The last verdict has been seen: the next order is there to be taken, and five wait.
func idleNext(theme screen.Theme) screen.View {
	in := benchInputs(pack.Idle, theme)
	in.Counts.Next = &screen.DueOrder{Called: "1001", Units: 4, ShipBy: noon.Add(88 * time.Minute)}
	in.State.Parked = map[string]*pack.Work{}
	for i := range 5 {
		in.State.Parked[fmt.Sprint(1011+i)] = &pack.Work{}
	}
	return screen.Bench(in)
}

// V14: a field with its keys, or with boxes to choose from.
func typing(field string) func(screen.Theme) screen.View {
	return func(theme screen.Theme) screen.View {
		in := benchInputs(pack.Weighing, theme)
		e := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: field})
		e.Text = map[string]string{"weight": "1.25 kg", "driver": "Max M"}[field]
		in.Entry = &e
		box := func(id, name string, l, w, h unit.Length) station.Carton {
			return station.Carton{ID: id, Name: name, Outer: unit.Size{Length: l * unit.Millimetre, Width: w * unit.Millimetre, Depth: h * unit.Millimetre}}
		}
		in.Cartons = []station.Carton{
			box("S", "Small", 200, 150, 100), box("M", "Medium", 300, 200, 150), box("L", "Large", 400, 300, 200), box("TUBE", "Tube", 600, 80, 80),
			box("FLAT", "Letter", 340, 240, 30),
		}
		return screen.Bench(in)
	}
}

// V14: a setting and a note are typed with the keys on the screen, and one of many values
// is touched.
func typingNote(theme screen.Theme) screen.View {
	v := casesPage(theme)
	e := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: screen.EntryNote})
	e.Text = "The box stood open at the end of the belt. The customer was called and takes the cup in blue instead. "
	v.Entry = &e
	return v
}

func typingSender(theme screen.Theme) screen.View {
	v := settingsScanner(theme)
	v.Entry = &screen.Entry{
		ID: "sender.company", Label: "Company", Hint: "First line of the sender on each label", Kind: screen.FieldName, Optional: true,
		Text: "Müller & Söhne", Layer: "1", Languages: []string{"de", "fr"},
	}
	return v
}

func typingSigns(theme screen.Theme) screen.View {
	v := settingsScanner(theme)
	v.Entry = &screen.Entry{ID: "scanner.trigger", Label: "Trigger command", Hint: `Such as \x16T\r: makes it read`, Optional: true, Text: `\x16T\r`, Layer: "signs"}
	return v
}

func choosingProtocol(theme screen.Theme) screen.View {
	v := settingsScale(theme)
	list := []screen.Choice{{Value: "sics", Words: "MT-SICS", Help: "Mettler Toledo, Ohaus, Kern"}, {Value: "and", Words: "A&D", Help: "EK, GC, HV, HW, AD-4404"}}
	for i := range 16 {
		list = append(list, screen.Choice{Value: fmt.Sprint(i), Words: "Mettler Toledo continuous", Help: "IND, Jaguar, 8142; Kern FTC, Cardinal, Rice Lake, Ohaus Defender 5000"})
	}
	v.Entry = &screen.Entry{ID: "scale.protocol", Label: "Protocol", Hint: "What the scale speaks", Choices: screen.Options("scale.protocol", "sics", list)}
	return v
}

// V33: what is touched is at least 64 units high and wide, on every page.
func TestV33TargetsAreLargeEnough(t *testing.T) {
	test.NewTempApp(t)
	long := many(60)
	question := question(screen.Light)
	for len(question.Bench.Question.Choices) < 12 {
		question.Bench.Question.Choices = append(question.Bench.Question.Choices, question.Bench.Question.Choices[0])
	}
	services := choosing(screen.Light)
	for len(services.Bench.Services) < 9 {
		services.Bench.Services = append(services.Bench.Services, services.Bench.Services[1])
	}
	views := map[string]screen.View{"60 lines": screen.Bench(long), "12 answers": question, "9 services": services}
	for _, p := range pages() {
		if v := p.view(screen.Light); v.Sim == nil {
			views[p.name] = v
		}
	}
	for name, v := range views {
		u, _ := window(t, Options{}, v, 1280, 800)
		for _, g := range u.surface.regions {
			for _, tap := range g.taps {
				if pressable(tap) && (tap.size.Height < 64 || tap.size.Width < 64) {
					t.Errorf("%s: a target of %.0f×%.0f: %+v", name, tap.size.Width, tap.size.Height, tap.intent)
				}
			}
		}
	}
}

// V33: buttons side by side have one size of type.
func TestV33ButtonsHaveOneSize(t *testing.T) {
	test.NewTempApp(t)
	for name, v := range map[string]screen.View{"packing": packing(screen.Light), "loading": loadingOn(screen.Light), "weighing": weightMiss(screen.Light)} {
		v.Bench.Actions = slices.Clone(v.Bench.Actions)
		v.Bench.Actions[1].Label = "A label of many words"
		u, _ := window(t, Options{}, v, 1280, 800)
		sizes := map[float32]bool{}
		for _, text := range written(u, regionActions) {
			if slices.ContainsFunc(v.Bench.Actions, func(a screen.Action) bool { return a.Label == text.Text }) {
				sizes[text.TextSize] = true
			}
		}
		if len(sizes) != 1 {
			t.Errorf("%s: buttons in the sizes %v", name, sizes)
		}
	}
}

// V33: the devices keep their names beside a person with a long one.
func TestV33DevicesKeepTheirNames(t *testing.T) {
	test.NewTempApp(t)
	v := packing(screen.Light)
	v.Header.Person = "Maximiliane-Theodora von und zu Hohenstein-Wittgenstein"
	v.Tabs = screen.Tabs(people.Rights{}, "manager", "bench", nil)
	for station, last := range map[string]string{"Bench S1": "network", "Bench S1 demo": "database"} {
		v.Header.Station, v.Header.Lamps = station, slices.Clone(v.Header.Lamps)
		v.Header.Lamps[3].Name = last
		u, _ := window(t, Options{}, v, 1280, 800)
		for _, name := range []string{"scanner", "scale", "label printer", last} {
			if !reads(u, regionHeader, name) {
				t.Errorf("%s: %q is not named", station, name)
			}
		}
	}
}

// Beside the simulator too every verb is read whole.
func TestNarrowButtonsAreNotCut(t *testing.T) {
	test.NewTempApp(t)
	u, _ := window(t, Options{}, simulator(screen.Light), 1280, 800)
	for _, text := range written(u, regionActions) {
		if strings.HasSuffix(text.Text, "…") {
			t.Errorf("a button reads %q", text.Text)
		}
	}
}

package desktop

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/upkeep"
	"packbench/devices"
	"packbench/devices/scanner"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// act is a kind of random input, and how often it comes.
type act struct {
	often int
	do    func(h *hands) (what string)
}

// acts are all that anybody or anything may do to the window, at any time.
var acts = []act{
	{30, (*hands).right},
	{20, (*hands).scanAny},
	{20, (*hands).pressKey},
	{25, (*hands).tapAny},
	{6, (*hands).tapOffered},
	{3, (*hands).otherPage},
	{6, (*hands).typeText},
	{8, (*hands).weighAny},
	{3, (*hands).drag},
	{3, (*hands).paperTrouble},
	{1, (*hands).resize},
	{1, (*hands).otherWindow},
	{5, (*hands).wait},
	{2, (*hands).shopNews},
	{1, (*hands).nextDoor},
	{2, (*hands).disk},
	{1, (*hands).dropFile},
	{1, (*hands).setUpScanner},
}

func (h *hands) any() string {
	if h.broken && h.r.IntN(8) == 0 {
		return h.disk()
	}
	all := 0
	for _, a := range acts {
		all += a.often
	}
	n := h.r.IntN(all)
	for _, a := range acts {
		if n -= a.often; n < 0 {
			return a.do(h)
		}
	}
	panic("no act")
}

func pick[T any](h *hands, from []T) T { return from[h.r.IntN(len(from))] }

func (h *hands) state() pack.State { return h.front.Bench.Engine.State() }

// usKeys are the key and the level of each character that a scanner types.
var usKeys = func() map[rune][2]int {
	out := map[rune][2]int{}
	for code, chars := range scanner.US() {
		for level, c := range chars[:2] {
			if have, ok := out[c]; c != 0 && (!ok || have[1] > level || have[1] == level && have[0] > code) {
				out[c] = [2]int{code, level}
			}
		}
	}
	return out
}()

const (
	leftCtrl  = 37
	leftShift = 50
)

func hardware(code int) *fyne.KeyEvent {
	return &fyne.KeyEvent{Physical: fyne.HardwareKey{ScanCode: code}}
}

// scan has a scanner that types write a code into the window: 2 ms a key, and Enter.
func (h *hands) scan(code string) string {
	sink := h.ui.Sink()
	stroke := func(code int, char rune) {
		sink.KeyDown(hardware(code))
		if char != 0 {
			sink.TypedRune(char)
		}
		sink.KeyUp(hardware(code))
		h.clock = h.clock.Add(2 * time.Millisecond)
	}
	for _, c := range code {
		key, ok := usKeys[c]
		if !ok {
			continue
		}
		if key[1] == 1 {
			sink.KeyDown(hardware(leftShift))
		}
		stroke(key[0], c)
		if key[1] == 1 {
			sink.KeyUp(hardware(leftShift))
		}
	}
	stroke(scanner.KeyEnter, 0)
	h.catchUp(100 * time.Millisecond)
	return "scan " + code
}

// stroke is a person at a key.
func (h *hands) stroke(modifier, code int, char rune) {
	sink := h.ui.Sink()
	if code == scanner.KeyEnter || char == ' ' {
		h.settle()
		v := h.view()
		if slices.ContainsFunc(v.Targets(), func(a screen.Action) bool { return a.ID == v.Focus && mayHarm(a.Intent) }) {
			return
		}
	}
	if modifier != 0 {
		sink.KeyDown(hardware(modifier))
	}
	sink.KeyDown(hardware(code))
	if char != 0 {
		sink.TypedRune(char)
	}
	h.catchUp(80 * time.Millisecond)
	sink.KeyUp(hardware(code))
	if modifier != 0 {
		sink.KeyUp(hardware(modifier))
	}
	for range 2 {
		h.catchUp(200 * time.Millisecond)
	}
}

// catchUp lets the time of the toolkit's keys pass, and some more.
func (h *hands) catchUp(more time.Duration) {
	h.clock = h.clock.Add(more)
	time.Sleep(time.Until(h.clock))
	h.settle()
	h.front.Turn(h.clock)
	h.settle()
}

var namedKeys = map[string]int{
	"Esc": 9, "Backspace": 22, "Tab": 23, "Enter": 36, "Up": 111, "Left": 113, "Right": 114, "Down": 116,
	"F1": 67, "F2": 68, "F3": 69, "F4": 70, "F5": 71, "F6": 72, "F7": 73, "F9": 75, "F10": 76, "F11": 95, "F12": 96,
}

// tours are the keys of pages, with Ctrl, each from the page that shows its button.
var tours = []string{"2819", "1g17", "2816", "3541"}

// visit presses a key of one of the tours.
func (h *hands) visit(tour, stop int) string {
	c := rune(tours[tour%len(tours)][stop])
	h.stroke(leftCtrl, usKeys[c][0], 0)
	return "key Ctrl " + string(c)
}

func (h *hands) pressKey() string {
	names := slices.Sorted(maps.Keys(namedKeys))
	switch n := h.r.IntN(10); {
	case n < 5:
		return h.named(pick(h, names))
	case n < 7:
		c := rune('0' + h.r.IntN(10))
		h.stroke(0, usKeys[c][0], c)
		return "key " + string(c)
	case n < 9:
		c := pick(h, []rune("dehimnprswx123456l"))
		h.stroke(leftCtrl, usKeys[c][0], 0)
		return "key Ctrl " + string(c)
	case h.r.IntN(2) == 0:
		h.stroke(leftShift, namedKeys["Tab"], 0)
		return "key Shift Tab"
	}
	c := pick(h, []rune("abcxyzMT -"))
	h.stroke(0, usKeys[c][0], c)
	return "key " + string(c)
}

func (h *hands) otherPage() string {
	c := '1' + rune(h.r.IntN(9))
	h.stroke(leftCtrl, usKeys[c][0], 0)
	return "key Ctrl " + string(c)
}

func (h *hands) named(name string) string {
	h.stroke(0, namedKeys[name], 0)
	return "key " + name
}

// write is a person who types into a field.
func (h *hands) write(text string) {
	for _, c := range text {
		if key, ok := usKeys[c]; ok {
			h.stroke(0, key[0], c)
		}
	}
}

func (h *hands) typeText() string {
	texts := []string{"1", "2", "12", "1001", "Ann", "1.25 kg", "735", "M", "mug", "2026-03-29", "1999-12-31", "x", "zz top"}
	id := ""
	if e := h.view().Entry; e != nil {
		id = e.ID
		switch id {
		case "weight":
			texts = []string{"1.25 kg", "700 g", "735", "0 g", fmt.Sprint(h.expected()/unit.Gram) + " g"}
		case "carton":
			texts = []string{"S", "M", "L", "XXL"}
		case "count", screen.EntryFactor:
			texts = []string{"1", "2", "6", "0", "a"}
		case screen.EntryDay:
			texts = []string{"1999-12-31", "2000-01-01", "2000-01-02", "tomorrow"}
		case screen.EntryLink:
			texts = []string{"mug", "MUG-BLUE", "nothing like this"}
		case "code", "trace":
			texts = h.codes()
		}
	}
	text := pick(h, texts)
	if e := h.view().Entry; e != nil && len(e.Choices) == 0 { // else nothing is typed there
		for range []rune(e.Text) {
			h.named("Backspace")
		}
	}
	h.write(text)
	if id != "" {
		h.named("Enter")
	}
	return fmt.Sprintf("type %q into %q", text, id)
}

// objects are the things that the window shows now.
func (h *hands) objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, g := range test.WidgetRenderer(h.ui.Sink()).Objects() {
		out = append(out, g.(*fyne.Container).Objects...)
	}
	return out
}

// tapAny touches the middle of anything that the window shows.
func (h *hands) tapAny() string {
	all := slices.DeleteFunc(h.objects(), func(o fyne.CanvasObject) bool {
		switch o.(type) {
		case *canvas.Rectangle, *canvas.Text:
			return o.Size().Width < 8
		}
		return true
	})
	o := pick(h, all)
	at := o.Position().AddXY(o.Size().Width/2, o.Size().Height/2)
	what := ""
	if t, ok := o.(*canvas.Text); ok {
		what = t.Text
	}
	twice := h.r.IntN(8) == 0
	h.tap(at)
	if twice {
		h.settle()
		time.Sleep(120 * time.Millisecond)
		h.tap(at)
	}
	return fmt.Sprintf("tap %v %q, twice %v", at, what, twice)
}

func (h *hands) tap(at fyne.Position) {
	defer h.moves()()
	sink := h.ui.Sink()
	sink.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	sink.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	sink.Tapped(&fyne.PointEvent{Position: at})
}

// tapOffered touches one of the things that the view offers, wherever it stands.
func (h *hands) tapOffered() string {
	targets := h.view().Targets()
	if len(targets) == 0 {
		return "nothing to tap"
	}
	a := pick(h, targets)
	h.intent(a.Intent)
	return "tap on " + a.ID
}

// unseen opens the first page that was not seen yet, by nobody before if there is one,
// where the view leads to one; else it does anything.
func (h *hands) unseen() string {
	for _, met := range []map[screen.Page]int{h.before, h.met} {
		for _, a := range h.view().Targets() {
			if page := screen.Page(a.Intent.Name); a.Intent.Kind == screen.IntentPage && a.Enabled && met[page]+h.met[page] == 0 {
				h.intent(a.Intent)
				return "tap on " + a.ID
			}
		}
	}
	return h.any()
}

func (h *hands) drag() string {
	o := pick(h, h.objects())
	at := o.Position().AddXY(o.Size().Width/2, o.Size().Height/2)
	sink := h.ui.Sink()
	defer h.moves()()
	if h.r.IntN(2) == 0 {
		by := float32(h.r.IntN(400) - 200)
		sink.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
		sink.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(0, by)})
		sink.DragEnd()
		return fmt.Sprint("drag ", at, " by ", by)
	}
	by := pick(h, []float32{-10, 10})
	for range 1 + h.r.IntN(5) {
		sink.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.NewDelta(0, by)})
	}
	return fmt.Sprint("wheel ", at, " by ", by)
}

// moves notes whether what is done until its end moves a list, which a new window does
// not know.
func (h *hands) moves() (end func()) {
	h.settle()
	before, was, page := h.intents, drawing(h.ui.Sink()), h.view().Page
	return func() {
		if h.intents == before && !slices.Equal(was, drawing(h.ui.Sink())) {
			h.scrolled, h.scrolledOn = true, page
		}
	}
}

// codes are all kinds of code that may come before a scanner.
func (h *hands) codes() []string {
	s, d := h.state(), h.front.Folder
	out := []string{
		"9520000000011", "9520000000028", "9520000000035", "MUG-WHITE", "4006381333931", "0109520000000011", "https://example.com/x", "garbage!", "x", "R-1001-1", "M-S1-1",
		"PB:badge:B-PACKER", "PB:badge:B-PACKER2", "PB:badge:B-SUPERVISOR", "PB:badge:B-MANAGER", "PB:badge:NOBODY",
		"PB:carton:S", "PB:carton:M", "PB:carton:XXL", "PB:quantity:2", "PB:quantity:6", "PB:quantity:0", "PB:answer:1", "PB:answer:2", "PB:answer:3",
		"PB:reason:damaged", "PB:reason:lost", "PB:reason:not-found", "PB:reason:filling", "PB:nothing:1", "TOTE-8", "TOTE-16",
		"003952000000000000" + fmt.Sprint(h.r.IntN(90)+10), "1Z999AA10123456784",
	}
	for _, name := range pack.Commands {
		out = append(out, "PB:command:"+name)
	}
	out = append(out, "PB:command:paper:slip", "PB:command:paper:return", "PB:command:reprint:lost", "PB:command:nothing")
	for range 8 {
		out = append(out, pick(h, h.orders))
	}
	if w := s.Work; w != nil {
		for _, l := range w.Lines {
			out = append(out, l.SKU, l.SKU)
		}
		if p := w.Parcel; p.Label != nil {
			out = append(out, "00"+p.Label.SSCC, p.Label.Tracking)
		}
	}
	parcels, err := d.Store.ParcelsOnDock(h.Context(), "")
	if err != nil {
		h.Fatal(err)
	}
	for _, p := range parcels[:min(len(parcels), 12)] {
		out = append(out, "00"+p.SSCC, p.Tracking, p.ID)
		if text, err := d.Sign(p.SSCC, p.Order); err == nil {
			out = append(out, text, strings.Replace(text, "1", "2", 1))
		}
	}
	return slices.DeleteFunc(out, func(c string) bool { return c == "" })
}

func (h *hands) scanAny() string { return h.scan(pick(h, h.codes())) }

// right does what the bench waits for, so that all of it is reached.
func (h *hands) right() string {
	s := h.state()
	if h.front.Page != "" && h.front.Page != screen.PageTrace && h.r.IntN(8) == 0 { // else everybody stays where they are
		h.stroke(leftCtrl, usKeys['1'][0], 0)
		return "key Ctrl 1"
	}
	switch {
	case h.view().Shop != nil && h.r.IntN(2) == 0:
		return h.dropFile()
	case s.Wanted != nil && s.Wanted.Author == "", s.Phase == pack.Locked:
		return h.scan("PB:badge:" + pick(h, []string{"B-SUPERVISOR", "B-MANAGER"}))
	case s.Phase == pack.SignedOut:
		return h.scan("PB:badge:" + pick(h, []string{"B-PACKER", "B-SUPERVISOR", "B-MANAGER"}))
	case s.Question != nil:
		return h.scan(fmt.Sprint("PB:answer:", 1+h.r.IntN(len(s.Question.Choices))))
	case s.Phase == pack.Packing:
		for _, l := range s.Work.Lines {
			if l.Open() > 0 && l.Kind != station.Note {
				return h.scan(l.SKU)
			}
		}
		if s.Work.OpenUnits() == 0 && s.Work.Parcel.Carton == nil {
			return h.scan("PB:carton:M")
		}
		return h.scan("PB:command:confirm")
	case s.Phase == pack.Weighing:
		if h.noScale() {
			return h.scan("PB:badge:B-MANAGER")
		}
		h.put(0)
		return h.put(h.expected())
	case s.Phase == pack.Choosing:
		if b := h.view().Bench; b != nil && len(b.Services) > 0 {
			h.intent(pick(h, b.Services).Take.Intent)
			return "take a service"
		}
		return h.scan(pick(h, []string{"PB:command:retry", "PB:command:park"}))
	case s.Phase == pack.Labelling, s.Phase == pack.Closing:
		if s.Label().State == pack.PrintTrouble {
			_ = h.paper.Set("ok")
			return h.scan("PB:command:retry")
		}
		if s.Work.Parcel.Label == nil {
			return h.scan("PB:command:retry")
		}
		h.put(0)
		return h.scan("00" + s.Work.Parcel.Label.SSCC)
	case s.Loading != nil && s.Loading.Driver:
		return h.typeText()
	case s.Loading != nil:
		parcels, err := h.front.Folder.Store.ParcelsOnDock(h.Context(), s.Loading.Carrier)
		if err != nil {
			h.Fatal(err)
		}
		if len(parcels) == 0 || h.r.IntN(5) == 0 {
			return h.scan("PB:command:handover")
		}
		return h.scan("00" + pick(h, parcels).SSCC)
	case h.r.IntN(12) == 0:
		return h.scan("PB:command:handover")
	case h.r.IntN(2) == 0:
		return h.scan("PB:command:next-order")
	}
	return h.scan(pick(h, h.orders))
}

// expected is what the open parcel should weigh.
func (h *hands) expected() unit.Mass {
	s := h.state()
	if s.Work == nil {
		return 735 * unit.Gram
	}
	return lookup.NewReader(h.front.Folder).Expected(s.Work, unit.Gram).Mass / unit.Gram * unit.Gram
}

// put lays a mass on the scale, which moves and then stands still.
func (h *hands) put(mass unit.Mass) string {
	if h.noScale() {
		return "no scale"
	}
	mass = max(mass, 0)
	steady := devices.Reading{State: devices.OK, Mass: mass, HasMass: true, Stable: true}
	if mass == 0 {
		steady.State = devices.Zero
	}
	for i := range 8 {
		r := steady
		if i < 2 {
			r.State, r.Stable, r.Mass = devices.Motion, false, mass/2
		}
		h.reads(r)
		time.Sleep(150 * time.Millisecond)
		h.settle()
	}
	return fmt.Sprint("put ", mass)
}

func (h *hands) noScale() bool { return h.front.setup.Running().Scale.Kind == "none" }

func (h *hands) reads(r devices.Reading) {
	if h.noScale() {
		return
	}
	r.At, r.Device, r.StableKnown, r.Division = time.Now(), "scale", true, unit.Gram
	h.front.Live().Weigh(r)
	h.reading = r
}

func (h *hands) weighAny() string {
	switch h.r.IntN(6) {
	case 0:
		return h.put(0)
	case 1:
		return h.put(h.expected() + unit.Mass(h.r.IntN(400)-200)*unit.Gram)
	case 2:
		h.reads(devices.Reading{State: pick(h, []devices.ReadingState{devices.Over, devices.Under, devices.Error, devices.Unknown})})
		return "the scale cannot weigh"
	case 3:
		h.put(unit.Mass(h.r.IntN(3000)) * unit.Gram)
		return h.put(unit.Mass(h.r.IntN(3000)) * unit.Gram)
	case 4:
		time.Sleep(4 * time.Second)
		return "the scale is silent"
	}
	return h.put(h.expected())
}

func (h *hands) paperTrouble() string {
	mode := pick(h, []string{"ok", "ok", "ok", "paper-out", "offline", "paused", "rejected", "stuck"})
	if err := h.paper.Set(mode); err != nil {
		h.Fatal(err)
	}
	return "printer " + mode
}

func (h *hands) resize() string {
	sizes := []fyne.Size{{Width: 1280, Height: 800}, {Width: 700, Height: 500}, {Width: 1920, Height: 1080}, {Width: 2540, Height: 1400}, {Width: 800, Height: 1200}}
	size := pick(h, sizes)
	h.win.Resize(size)
	return fmt.Sprint("size ", size)
}

func (h *hands) otherWindow() string {
	if h.r.IntN(2) == 0 {
		h.front.Behind()
		return "another window"
	}
	h.front.InFront()
	return "this window"
}

func (h *hands) wait() string {
	long := pick(h, []time.Duration{time.Second, time.Second, 3 * time.Second, 6 * time.Second, 6 * time.Second, 70 * time.Second, 11 * time.Minute})
	if long > time.Minute && h.r.IntN(4) > 0 {
		long = 2 * time.Second
	}
	time.Sleep(long)
	return fmt.Sprint("wait ", long)
}

// shopNews is an order that came, or was changed.
func (h *hands) shopNews() string {
	id, status, reason := fmt.Sprint(2000+len(h.orders)), "open", ""
	if h.r.IntN(3) == 0 {
		id = pick(h, h.orders)
		status, reason = pick(h, []string{"open", "held", "cancelled"}), "a word of the shop"
		if w := h.state().Work; w != nil && h.r.IntN(2) == 0 {
			id = w.Order
		}
	} else {
		h.orders = append(h.orders, id)
	}
	rows := "order,status,reason,ship by,sku,qty,name,street,postcode,city,country\n"
	now := h.front.Folder.Clock()
	skus := []string{"MUG-WHITE", "MUG-BLUE", "CANDLE-FIG", "TEA-GREEN", "NOTEBOOK-A5", "HONEY", "SOAP-OLIVE", "COFFEE-1KG"}
	for i, n := range h.r.Perm(len(skus))[:1+h.r.IntN(3)] {
		place := ",,,,"
		if i == 0 {
			place = fmt.Sprintf("Customer %d,Street %d,10115,Berlin,%s", h.r.IntN(100), h.r.IntN(100), pick(h, []string{"DE", "DE", "AT", "CH"}))
		}
		rows += fmt.Sprintf("%s,%s,%s,%s,%s,%d,%s\n", id, status, reason, now.Add(time.Duration(h.r.IntN(48))*time.Hour).Format("2006-01-02 15:04"), skus[n], 1+h.r.IntN(3), place)
	}
	r, err := upkeep.New(h.other).Import(h.Context(), "orders", strings.NewReader(rows), "orders.csv", nil)
	if err != nil || len(r.Rejected) > 0 && h.met[screen.PageShop] == 0 { // a new shop may have no products yet
		h.Fatal(err, r.Rejected)
	}
	return fmt.Sprintf("order %s, %s", id, status)
}

// disk breaks the disk for a while, or mends it.
func (h *hands) disk() string {
	h.broken = !h.broken && h.r.IntN(3) == 0
	statements := []string{`DROP TRIGGER IF EXISTS no_row`, `DROP TRIGGER IF EXISTS no_try`}
	if h.broken {
		fails := ` BEGIN SELECT RAISE(FAIL, 'the disk does not answer'); END`
		statements = append(statements, `CREATE TRIGGER no_row BEFORE INSERT ON journal`+fails, `CREATE TRIGGER no_try BEFORE UPDATE ON settings`+fails)
	}
	for _, q := range statements {
		if _, err := h.db.ExecContext(h.Context(), q); err != nil {
			h.Fatal(err)
		}
	}
	return fmt.Sprint("the disk is broken: ", h.broken)
}

// setUpScanner opens the page that sets a scanner up, for whoever may.
func (h *hands) setUpScanner() string {
	h.intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	h.intent(screen.Intent{Kind: screen.IntentDoctor, Name: "scanner"})
	return "set the scanner up"
}

func (h *hands) dropFile() string {
	h.front.Dropped(pick(h, h.files))
	return "drop a file"
}

func (h *hands) nextDoor() string {
	if h.broken {
		return "nothing"
	}
	h.door++
	s := &seat{T: h.T}
	s.mismatchesOf(h.other, fmt.Sprint("D", h.door), 1+h.r.IntN(3))
	return cmp.Or("cases from next door")
}

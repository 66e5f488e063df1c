package desktop

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/scanner"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/intake"
	"packbench/station/screen"
)

// seenViews is a display that keeps the newest view.
type seenViews struct {
	mu    sync.Mutex
	view  screen.View
	label image.Image
}

func (s *seenViews) Publish(v screen.View) {
	s.mu.Lock()
	s.view = v
	s.mu.Unlock()
}

func (s *seenViews) PublishLabel(_ string, label image.Image) {
	s.mu.Lock()
	s.label = label
	s.mu.Unlock()
}
func (s *seenViews) PublishPicture(string, image.Image) {}

func (s *seenViews) newest() screen.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

// seat is a front at work without a window. Its clock for keys is its own.
type seat struct {
	*testing.T
	front *Front
	shown *seenViews
	now   time.Time
	clip  string // what is on the clipboard

	copied chan string // onto it, where somebody reads it
}

// windowOf is a window that takes its turn at once.
func windowOf(d shell.Display) Window {
	return Window{Display: d, Post: func(act func()) { act() }, Shown: func() {}, Copy: func(string) {}, Paste: func(func(string)) {}, Choose: func(func(string)) {}}
}

// sampleShop is a silent bench of the sample shop, which its user closes.
func sampleShop(t testing.TB) *folder.Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Settings.Sounds = false
	return d
}

func newDesk(t *testing.T, set ...func(*config.Settings)) *seat {
	t.Helper()
	return newDeskWith(t, func(*Front) {}, set)
}

// newDeskWith is newDesk with something done to the front before it runs.
func newDeskWith(t *testing.T, before func(*Front), set []func(*config.Settings)) *seat {
	t.Helper()
	d := sampleShop(t)
	for _, s := range set {
		s(&d.Settings)
	}
	return deskOf(t, d, before)
}

// deskOf is the desk of a folder that is there.
func deskOf(t *testing.T, d *folder.Folder, before func(*Front)) *seat {
	t.Helper()
	f, err := New(t.Context(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	before(f)
	s := &seat{T: t, front: f, shown: &seenViews{}, now: time.Now(), copied: make(chan string, 8)}
	w := windowOf(s.shown)
	w.Paste = func(then func(string)) { then(s.clip) }
	w.Copy = func(text string) {
		select {
		case s.copied <- text:
		default:
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Run(ctx, w, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		f.Close()
		_ = d.Close() // one test has closed it already
	})
	return s
}

// until waits for a view.
func (d *seat) until(what string, good func(screen.View) bool) screen.View {
	d.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		v := d.shown.newest()
		if good(v) {
			return v
		}
		if time.Now().After(end) {
			d.Fatalf("waited in vain for %s; the page is %q, focus %q, entry %+v, settings %+v", what, v.Page, v.Focus, v.Entry, v.Settings)
		}
	}
}

// press is a person at a key: down, the character that the computer makes of
// it, up, and a pause. A modifier, if not 0, is held meanwhile.
func (d *seat) press(modifier, code int, char rune) {
	d.now = d.now.Add(time.Second)
	if modifier != 0 {
		d.front.Key(modifier, true, d.now)
		d.now = d.now.Add(100 * time.Millisecond)
	}
	d.front.Key(code, true, d.now)
	if char != 0 {
		d.front.Rune(char, d.now)
	}
	d.now = d.now.Add(80 * time.Millisecond)
	d.front.Key(code, false, d.now)
	if modifier != 0 {
		d.front.Key(modifier, false, d.now)
	}
	for range 3 {
		d.now = d.now.Add(200 * time.Millisecond)
		d.front.Turn(d.now)
	}
}

// scan is a scanner on the keys: 2 ms a key, digits only, and Enter.
func (d *seat) scan(digits string) {
	d.now = d.now.Add(time.Second)
	for _, c := range digits {
		code := 10 + strings.IndexRune("1234567890", c)
		d.front.Key(code, true, d.now)
		d.front.Rune(c, d.now)
		d.front.Key(code, false, d.now)
		d.now = d.now.Add(2 * time.Millisecond)
	}
	d.front.Key(scanner.KeyEnter, true, d.now)
	d.front.Key(scanner.KeyEnter, false, d.now)
}

func (d *seat) signIn(badge string) {
	d.Helper()
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "PB:badge:" + badge})
	d.until("somebody to be signed in", func(v screen.View) bool { return v.Header.Person != "" && v.Page == screen.PageIdle })
}

// What a person types is a key of the page or a letter in its field; what a
// scanner types is neither.
func TestKeysOfThePage(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")

	d.press(0, 95, 0) // F11
	d.until("the field", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "code" })
	d.press(0, 29, 'z') // a German keyboard has Z there
	d.press(50, 10, '!')
	d.until("what was typed", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == "z!" })
	d.press(0, 22, 0) // Backspace
	d.until("one letter less", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == "z" })

	d.scan("1001")
	v := d.until("the order", func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == "1001" })
	if v.Entry == nil || v.Entry.Text != "z" {
		t.Errorf("after a scan the field is %+v, want what a person typed", v.Entry)
	}
	d.press(0, 9, 0) // Esc
	d.until("no field", func(v screen.View) bool { return v.Entry == nil })

	d.press(0, 23, 0) // Tab
	first := d.until("a button with the focus", func(v screen.View) bool { return v.Focus != "" }).Focus
	d.press(0, 23, 0)
	d.until("the next button", func(v screen.View) bool { return v.Focus != "" && v.Focus != first })
	d.press(50, 23, 0)
	d.until("the one before", func(v screen.View) bool { return v.Focus == first })

	d.press(0, 71, 0) // F5 parks
	d.until("no order", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.press(37, 13, 0) // Ctrl 4
	d.until("the settings", func(v screen.View) bool { return v.Settings != nil })
	d.press(37, 10, 0) // Ctrl 1
	d.until("the bench", func(v screen.View) bool { return v.Bench != nil })
}

func TestStrokeName(t *testing.T) {
	for _, c := range []struct {
		stroke scanner.Stroke
		want   string
	}{
		{scanner.Stroke{Code: 67}, "F1"},
		{scanner.Stroke{Code: 96}, "F12"},
		{scanner.Stroke{Code: 36, Rune: '\r'}, "Enter"},
		{scanner.Stroke{Code: 104}, "Enter"},
		{scanner.Stroke{Code: 23}, "Tab"},
		{scanner.Stroke{Code: 23, Shift: true}, "Shift Tab"},
		{scanner.Stroke{Code: 65, Rune: ' '}, "Space"},
		{scanner.Stroke{Code: 11, Ctrl: true}, "Ctrl 2"},
		{scanner.Stroke{Code: 46, Ctrl: true}, "Ctrl L"},
		{scanner.Stroke{Code: 29, Rune: 'z'}, "z"},
		{scanner.Stroke{Rune: 'é'}, "é"},
		{scanner.Stroke{Code: 118}, ""},
		{scanner.Stroke{Code: 29, Rune: 3}, ""},
	} {
		if got := strokeName(c.stroke); got != c.want {
			t.Errorf("%+v is %q, want %q", c.stroke, got, c.want)
		}
	}
}

// setting changes one setting and saves.
func (d *seat) setting(key, value string) {
	d.front.Intent(screen.Intent{Kind: screen.IntentSetting, Name: key, Value: value})
	d.front.Intent(screen.Intent{Kind: screen.IntentSave})
}

func (d *seat) kept() config.Settings {
	d.Helper()
	s, err := config.Load(d.front.Folder.Path(config.File))
	if err != nil {
		d.Fatalf("the settings file is no good any more: %v", err)
	}
	return s
}

func TestSettingsAreKept(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	for _, c := range []struct {
		key, value string
		good       func(config.Settings) bool
	}{
		{"weight.grams", "22.5", func(s config.Settings) bool { return s.Weight.Grams == 225 }},
		{"printer.label.folder", `C:\new "left" # Ä`, func(s config.Settings) bool { return s.Printers.Label.Folder == `C:\new "left" # Ä` }},
		{"rules.ask_service", "true", func(s config.Settings) bool { return s.Rules.AskService }},
		{"scanner.baud", "115200", func(s config.Settings) bool { return s.Scanner.Baud == 115200 }},
		{"theme", "dark", func(s config.Settings) bool { return s.Theme == "dark" }},
	} {
		before := d.kept()
		d.setting(c.key, c.value)
		d.until(c.key+" to be kept", func(v screen.View) bool {
			return v.Settings != nil && strings.HasPrefix(v.Settings.Saved, "saved") && c.good(d.kept())
		})
		if after := d.kept(); before.Station != after.Station || before.Sender != after.Sender || !slices.Equal(before.Shifts, after.Shifts) {
			t.Errorf("%s has changed other settings: %+v, before %+v", c.key, after, before)
		}
	}
	d.until("the dark view", func(v screen.View) bool { return v.Theme == screen.Dark })
}

// A save that is pressed while another one is being written follows it.
func TestASaveWhileSavingIsKept(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.onPage(func() {
		for _, grams := range []string{"22.5", "23.5"} {
			d.front.setup.Act(screen.Intent{Kind: screen.IntentSetting, Name: "weight.grams", Value: grams})
			d.front.setup.Act(screen.Intent{Kind: screen.IntentSave})
		}
	})
	d.until("the second one to be kept", func(v screen.View) bool {
		return v.Settings != nil && strings.HasPrefix(v.Settings.Saved, "saved") && d.kept().Weight.Grams == 235
	})
}

func TestBadSettingsAreNotKept(t *testing.T) {
	for _, c := range []struct{ key, value string }{
		{"weight.grams", "much"},
		{"weight.grams", "-3"},
		{"rules.lock_after", "three"},
		{"rules.lock_after", "1\n[scale]\nkind = \"none\""},
		{"scale.poll", "NOW"},
		{"scanner.kind", "camera"},
		{"printer.label.dpi", "77"},
		{"theme", "pink"},
	} {
		t.Run(c.key, func(t *testing.T) {
			d := newDesk(t)
			d.signIn("B-MANAGER")
			d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
			file := d.front.Folder.Path(config.File)
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d.setting(c.key, c.value)
			d.until(c.key+" to be refused in words", func(v screen.View) bool {
				return v.Settings != nil && v.Settings.Saved != "" && !strings.HasPrefix(v.Settings.Saved, "saved")
			})
			after, err := os.ReadFile(file)
			if err != nil || string(after) != string(before) {
				t.Fatalf("%s = %q has changed the file: %v\n%s", c.key, c.value, err, after)
			}
			left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "."+config.File+"*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %q, %v", left, err)
			}
		})
	}
}

func TestPackersChangeNoSettings(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	before := d.kept()
	d.setting("rules.lock_after", "0")
	done := make(chan struct{})
	d.front.Do(func() { close(done) })
	<-done
	if after := d.kept(); after.Rules != before.Rules {
		t.Errorf("a packer has changed the rules to %+v", after.Rules)
	}
	if v := d.until("the settings", func(v screen.View) bool { return v.Settings != nil }); v.Settings.Locked == "" {
		t.Error("the page does not say why nothing can be changed")
	}
}

// Who is in training to be a manager has a packer's rights in the window too.
func TestATraineeChangesNoSettings(t *testing.T) {
	d := newDesk(t)
	f := d.front.Folder
	if _, err := f.Store.PutPeople(t.Context(), f.Members([]intake.Badged{{
		Person: station.Person{ID: "T9", Name: "Tess", Role: station.Manager, Trainee: true}, Badge: "B-TRAINEE",
	}})); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-TRAINEE")
	v := d.until("no tab of a manager", func(v screen.View) bool { return len(v.Tabs) > 0 })
	if slices.ContainsFunc(v.Tabs, func(a screen.Action) bool { return a.ID == "page:cases" || a.ID == "page:shift" }) {
		t.Errorf("a trainee is led to %+v", v.Tabs)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	before := d.kept()
	d.setting("rules.lock_after", "0")
	d.onPage(func() {})
	if after := d.kept(); after.Rules != before.Rules {
		t.Errorf("a trainee has changed the rules to %+v", after.Rules)
	}
	if v := d.until("the settings", func(v screen.View) bool { return v.Settings != nil }); v.Settings.Locked == "" {
		t.Error("the page does not say why nothing can be changed")
	}
}

func TestDatabaseFaultShows(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	lamp := func(v screen.View) screen.Lamp {
		i := slices.IndexFunc(v.Header.Lamps, func(l screen.Lamp) bool { return l.Kind == "database" })
		return v.Header.Lamps[i]
	}
	if l := lamp(d.shown.newest()); l.Colour != screen.LampGreen {
		t.Fatalf("the lamp is %+v before anything happened", l)
	}
	if err := d.front.Folder.Store.Close(); err != nil {
		t.Fatal(err)
	}
	d.scan("1001")
	v := d.until("a red lamp", func(v screen.View) bool { return lamp(v).Colour == screen.LampRed })
	if l := lamp(v); l.Words == "" || l.Fix == "" || v.Header.Alert == "" {
		t.Errorf("the red lamp says %+v, the alert %q: what is wrong and what to do is missing", l, v.Header.Alert)
	}
	if v.Bench == nil || v.Bench.Order.ID != "" {
		t.Error("an order is shown as open that was not kept")
	}
}

// V18: the shift page shows other days, and says where an export went.
func TestV18OtherDaysAndWhereTheExportIs(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShift)})
	read := func(what string, good func(*screen.ShiftView) bool) *screen.ShiftView {
		return d.until(what, func(v screen.View) bool { return v.Shift != nil && !v.Shift.Unread && good(v.Shift) }).Shift
	}
	v := read("today", func(*screen.ShiftView) bool { return true })
	today := v.Days[1].Label
	if v.Even == nil || len(v.Balances) > 0 || v.Days[2].Enabled {
		t.Errorf("balances that are even take %d rows; the day after today may be chosen: %v", len(v.Balances), v.Days[2].Enabled)
	}
	d.front.Intent(v.Days[0].Intent)
	v = read("yesterday", func(v *screen.ShiftView) bool {
		return v.Days[1].Label == d.front.Folder.Clock().In(d.front.Folder.Location()).AddDate(0, 0, -1).Format("2006-01-02")
	})
	if v.Figures[0].Value != "0" {
		t.Errorf("yesterday had %s parcels", v.Figures[0].Value)
	}
	d.front.Intent(v.Export[1].Intent)
	v = read("the path", func(v *screen.ShiftView) bool { return v.Open != nil })
	path, ok := strings.CutPrefix(v.Exported, "Written to ")
	if _, err := os.Stat(path); !ok || err != nil || !filepath.IsAbs(path) || !strings.HasSuffix(path, "shift-"+v.Days[1].Label+".xlsx") {
		t.Errorf("%q, %v", v.Exported, err)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryDay, Value: "tomorrow"})
	d.until("that this is no day", func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad })
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryDay, Value: today})
	read("today again", func(v *screen.ShiftView) bool { return v.Days[1].Label == today })
}

// Until a page is read it says neither a number nor that all is well.
func TestNothingIsSaidBeforeItIsRead(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	free := make(chan struct{})
	held := make(chan bool)
	for taken := false; !taken; taken = <-held { // a reading that goes on holds the next one up; one may be on its way
		d.front.Do(func() {
			now := !d.front.cache.reading
			if now {
				d.front.cache.reading = true
			}
			held <- now
		})
	}
	for page, empty := range map[screen.Page]func(screen.View) bool{
		screen.PageShift: func(v screen.View) bool {
			return v.Shift != nil && v.Shift.EmptyWord == "Reading…" && len(v.Shift.Figures) == 0 && !v.Shift.Export[0].Enabled
		},
		screen.PageCases: func(v screen.View) bool { return v.Cases != nil && v.Cases.Empty == "Reading…" },
		screen.PageDock:  func(v screen.View) bool { return v.Dock != nil && v.Dock.Empty == "Reading…" },
		screen.PageQueue: func(v screen.View) bool {
			return v.Queue != nil && v.Queue.Empty == "Reading…" && !v.Queue.Well && v.Queue.Chips[0].Count == 0
		},
	} {
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(page)})
		d.until(string(page)+" that is being read", empty)
	}
	d.front.Do(func() {
		d.front.cache.reading = false
		close(free)
	})
	<-free
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShift)})
	d.until("the shift book", func(v screen.View) bool {
		return v.Shift != nil && len(v.Shift.Figures) > 0 && v.Shift.Export[0].Enabled
	})
}

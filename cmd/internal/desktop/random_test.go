package desktop

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"image"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/assets"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices"
	"packbench/devices/sim"
	"packbench/station/config"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/ui"
)

var (
	randomInputs = flag.Int("inputs", 0, "how many random inputs the window gets; 0: as many as in CI")
	randomSeed   = flag.Uint64("seed", 1, "what the random inputs begin with")
)

// hands play random inputs on a window, whose toolkit has its turns between them.
// Everything runs on the clock of a bubble, so that nothing waits and a seed always
// plays the same.
type hands struct {
	*testing.T
	r     *rand.Rand
	front *Front
	ui    *ui.UI
	win   fyne.Window
	other *folder.Folder // the same, for what others write
	paper *sim.Printer
	log   *faults

	mu      sync.Mutex
	posts   []func()
	label   image.Image
	labelOf string
	newest  screen.View

	clock      time.Time // of the keys
	orders     []string
	files      []string // that may be dropped on the window
	door       int      // benches next door that had cases
	db         *sql.DB  // of the bench, to break its disk
	broken     bool
	scrolled   bool // a list of the page shows other rows than at first
	scrolledOn screen.Page
	intents    int

	// What is shown, to compare the next view with; of the front's goroutine.
	field   *screen.Entry // that is open, with the page that it was opened on
	fieldOf place
	reading devices.Reading // the newest of the scale

	did    []string // the last inputs
	badges bool     // whether the shop has those of the sample
	met    map[screen.Page]int
	before map[screen.Page]int // by those who sat here before
}

// faults is a log that keeps what nobody may ever read in it.
type faults struct {
	slog.Handler
	mu   sync.Mutex
	said []string
}

func (l *faults) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	l.mu.Lock()
	l.said = append(l.said, text)
	l.mu.Unlock()
	return nil
}

func (l *faults) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Publish, PublishLabel and PublishPicture make the hands a display before the real one.
func (h *hands) Publish(v screen.View) {
	h.mu.Lock()
	was := h.newest
	h.newest = v
	h.mu.Unlock()
	h.oneSubject(was, v)
	h.ui.Publish(v)
}

func (h *hands) PublishLabel(document string, img image.Image) {
	h.mu.Lock()
	h.labelOf, h.label = document, img
	h.mu.Unlock()
	h.ui.PublishLabel(document, img)
}

func (h *hands) PublishPicture(name string, img image.Image) { h.ui.PublishPicture(name, img) }

func (h *hands) post(act func()) {
	h.mu.Lock()
	h.posts = append(h.posts, act)
	h.mu.Unlock()
}

// settle lets everything that follows from an input come to its end.
func (h *hands) settle() {
	for {
		synctest.Wait()
		h.mu.Lock()
		posts := h.posts
		h.posts = nil
		h.mu.Unlock()
		if len(posts) == 0 {
			return
		}
		for _, act := range posts {
			act()
		}
	}
}

func (h *hands) view() screen.View {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.newest
}

// sit gives the hands a bench in a folder.
func sit(t *testing.T, seed uint64, dir string, sample bool, set func(*config.Settings)) *hands {
	t.Helper()
	h := &hands{T: t, r: rand.New(rand.NewPCG(seed, 10)), log: &faults{}, met: map[screen.Page]int{}}
	foldertest.Init(t, dir, sample, folder.Options{})
	d, err := folder.Open(t.Context(), dir, folder.Options{Log: slog.New(h.log)})
	if err != nil {
		t.Fatal(err)
	}
	d.Settings.Sounds = false
	set(&d.Settings)
	f, err := New(t.Context(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if h.other, err = folder.Open(t.Context(), dir, folder.Options{}); err != nil {
		t.Fatal(err)
	}
	if h.db, err = sql.Open("sqlite", d.Path(store.FileName)+"?_pragma=busy_timeout(5000)"); err != nil {
		t.Fatal(err)
	}
	corner(f) // no shop of the network is spoken to
	if sample {
		if err := f.Bench.Shops.Add(t.Context(), store.Shop{ID: "web", Kind: "corner", URL: "https://corner.example.com"}, "key"); err != nil {
			t.Fatal(err)
		}
	}
	h.front, h.paper = f, sim.NewPrinter(d.DocumentsDir())
	f.printer.Printer = h.paper
	h.ui = ui.New(ui.Options{Post: h.post, Intent: h.intent, Key: h.key, Picture: f.Picture, Now: func() time.Time { return h.clock }})
	h.win = test.NewWindow(nil)
	h.ui.Attach(h.win)
	h.win.Resize(fyne.NewSize(1280, 800))
	h.clock = time.Now()
	for i := range 17 {
		h.orders = append(h.orders, fmt.Sprint(1001+i))
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	w := windowOf(h)
	w.Post = h.post
	w.Choose = func(then func(string)) { then(pick(h, h.files)) }
	go func() { ended <- f.Run(ctx, w, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		f.Close()
		_ = h.db.Close()
		_ = d.Close()
		_ = h.other.Close()
		h.win.Close()
	})
	return h
}

func (h *hands) intent(in screen.Intent) {
	h.intents++
	if mayHarm(in) {
		return
	}
	h.front.Intent(in)
}

func (h *hands) key(k ui.Key) {
	switch k.Kind {
	case ui.KeyDown, ui.KeyUp:
		h.front.Key(k.Scan, k.Kind == ui.KeyDown, k.At)
	case ui.KeyRune:
		h.front.Rune(k.Rune, k.At)
	}
}

// roundOf is after how many inputs a manager opens some pages: by chance alone those for
// which a badge is needed are met too seldom.
const roundOf = 50

// play does n random inputs. Many come before the one before has come to its end.
func (h *hands) play(n int) {
	last := n
	if h.badges {
		last += 6 * 10
	}
	for i := range last {
		page, input := h.view().Page, h.any
		switch round := i % roundOf; {
		case i >= n && (i-n)%10 == 9: // what is open may keep a page from being opened
			input = func() string { return h.named("Esc") }
		case i >= n && (i-n)%10 == 0:
			input = func() string { return h.scan("PB:badge:B-MANAGER") }
		case i >= n && (i-n)%2 == 1: // at last the round that leads past the settings
			input = func() string { return h.visit(len(tours)-1, (i-n)%10/2) }
		case i >= n:
			input = h.unseen
		case !h.badges:
		case round == 0:
			input = func() string { return h.scan("PB:badge:B-MANAGER") }
		case round < 9 && round%2 == 1:
			input = func() string { return h.visit(i/roundOf, round/2) }
		case round < 9: // and what leads from there to a page that was not seen yet
			input = h.unseen
		}
		h.did = append(h.did, fmt.Sprintf("%d %s: %s", i, page, input()))
		h.met[page]++
		if h.r.IntN(4) > 0 || i >= n {
			h.settle()
		}
		if e := h.view().Entry; e != nil && mayHarm(screen.Intent{Kind: screen.IntentEdit, Name: e.ID}) {
			h.named("Esc")
		}
		h.look()
		if h.Failed() {
			h.Fatalf("after:\n%s", strings.Join(h.did[max(0, len(h.did)-25):], "\n"))
		}
	}
}

// mayHarm reports whether an intent reaches for the computer that the test runs on: its
// ports, its printers, its folders.
func mayHarm(in screen.Intent) bool {
	switch in.Kind {
	case screen.IntentFind, screen.IntentUse:
		return true
	case screen.IntentEdit:
		return strings.HasSuffix(in.Name, ".port") || strings.HasSuffix(in.Name, ".folder") || strings.HasSuffix(in.Name, ".address") || strings.HasSuffix(in.Name, ".queue")
	}
	return false
}

// TestRandomInputs plays random inputs on every page of the window: codes of all kinds,
// keys, touches of whatever is there, weights, printers and disks that fail, files, news
// of the shop and of other benches. After each the page has one subject, shows nothing
// that is not so, and can be left. With -short it is a few; -inputs and -seed play more.
func TestRandomInputs(t *testing.T) {
	test.NewTempApp(t)
	t.Setenv("PATH", "")                                            // no program of this computer is started
	_, _ = net.DefaultResolver.LookupHost(t.Context(), "localhost") // what the resolver keeps belongs to no bubble
	met := map[screen.Page]int{}
	for _, shop := range []struct {
		name   string
		sample bool
		set    func(*config.Settings)
	}{
		{"with a scale", true, func(s *config.Settings) { s.Scale.Kind = "serial" }},
		{"without a scale", true, func(s *config.Settings) {
			s.Rules.WorksAlone, s.Printers.WithLabel = true, "slip"
			s.Rules.SignOutAfter = 0
		}},
		{"asks for the service", true, func(s *config.Settings) { s.Scale.Kind, s.Rules.AskService, s.Theme = "serial", true, "dark" }},
		{"new", false, func(*config.Settings) {}},
	} {
		t.Run(shop.name, func(t *testing.T) {
			n := *randomInputs
			if n == 0 {
				n = 600
				if testing.Short() {
					n = 125
				}
			}
			dir := t.TempDir()
			files := sampleFiles(t, dir)
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC))) // the sample's rates are valid
				h := sit(t, *randomSeed, filepath.Join(dir, "data"), shop.sample, shop.set)
				h.files, h.badges, h.before = files, shop.sample, met
				h.settle()
				h.play(n)
				for page, times := range h.met {
					met[page] += times
				}
			})
		})
	}
	t.Logf("inputs by page: %v", met)
	if t.Failed() || testing.Short() || *randomInputs != 0 {
		return
	}
	for _, page := range []screen.Page{
		screen.PageSignIn, screen.PageIdle, screen.PageLoading, screen.PagePacking, screen.PageWeighing, screen.PageClosing, screen.PageCases,
		screen.PageDock, screen.PageQueue, screen.PageShift, screen.PageTrace, screen.PageSettings, screen.PageDoctor, screen.PageShop, screen.PageShops, screen.PageAccounts, screen.PageMessages, screen.PageOutbox, screen.PageColumns,
		screen.PageStock,
	} { // a count of the stock and the products are met by chance
		if met[page] == 0 {
			t.Errorf("the page %s was never reached", page)
		}
	}
}

// sampleFiles are files as a shop has them, and one that is none.
func sampleFiles(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	shop, err := assets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"products.csv", "orders.csv", "cartons.csv", "people.csv", "rates.json", "station.toml"} {
		body, err := fs.ReadFile(shop, name)
		if err == nil {
			body = regexp.MustCompile(`{today[^}]*}`).ReplaceAll(body, []byte("2026-11-23"))
			err = os.WriteFile(filepath.Join(dir, name), body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, filepath.Join(dir, name))
	}
	unknown := filepath.Join(dir, "belege.csv") // its columns have to be asked about
	if err := os.WriteFile(unknown, []byte("Beleg;Artikel;Item;Stk;Zustand;Versand bis\nB1;MUG-WHITE;Becher;2;frei;3/4/2026\nB2;HONEY;Honig;x;wartet;3/4/2026\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return append(out, unknown, unknown, filepath.Join(dir, "nothing.csv"))
}

package session

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/desktop"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/hub/hubtest"
	"packbench/station/screen"
)

var server *hubtest.Server

func TestMain(m *testing.M) {
	os.Exit(hubtest.Run(func(s *hubtest.Server) int {
		server = s
		return m.Run()
	}))
}

// window keeps the newest view, and all forms that were seen.
type window struct {
	mu   sync.Mutex
	view screen.View
	said map[string]bool
}

func (w *window) Publish(v screen.View) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view = v
	if v.Shops != nil && v.Shops.Form != nil {
		w.said[v.Shops.Form.Words] = true
	}
}
func (w *window) PublishLabel(string, image.Image)   {}
func (w *window) PublishPicture(string, image.Image) {}

type seat struct {
	*testing.T
	s *Session
	w *window
}

// quiet is when nobody does anything, for these tests.
const quiet = 300 * time.Millisecond

// begun is a session at work in the sample shop.
func begun(t *testing.T) *seat {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	s, err := New(t.Context(), func(ctx context.Context) (*folder.Folder, error) {
		d, err := folder.Open(ctx, dir, folder.Options{})
		if err == nil {
			d.Settings.Sounds = false
		}
		return d, err
	}, desktop.Options{Quiet: quiet})
	if err != nil {
		t.Fatal(err)
	}
	w := &window{said: map[string]bool{}}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- s.Run(ctx, shell.Window{Display: w, Post: func(act func()) { act() }, Shown: func() {}}, nil)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return &seat{t, s, w}
}

func (d *seat) until(what string, good func(screen.View) bool) screen.View {
	d.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		d.w.mu.Lock()
		v := d.w.view
		d.w.mu.Unlock()
		if good(v) {
			return v
		}
		if time.Now().After(end) {
			d.Fatalf("waited in vain for %s; the page is %q: %+v", what, v.Page, v.Shops)
		}
	}
}

func (d *seat) page(p screen.Page) {
	d.s.Front().Intent(screen.Intent{Kind: screen.IntentPage, Name: string(p)})
}

func (d *seat) signIn(badge string) {
	d.Helper()
	d.s.Front().Bench.Engine.Post(engine.Scan{Device: "test", Data: "PB:badge:" + badge})
	d.until("the person", func(v screen.View) bool { return v.Page == screen.PageIdle })
}

func (d *seat) does(what, value string) {
	d.s.Front().Intent(screen.Intent{Kind: screen.IntentConnect, Name: what, Value: value})
}

func (d *seat) enters(field, text string) {
	d.s.Front().Intent(screen.Intent{Kind: screen.IntentEnter, Name: field, Value: text})
}

// A hub is made and joined from the window, and what is wrong is said before and after. The
// person is signed in still.
func TestAHubIsJoinedFromTheWindow(t *testing.T) {
	_, address := server.Database(t)
	d := begun(t)
	d.signIn("B-MANAGER")
	d.page(screen.PageHub)
	form := func(what string, good func(*screen.ShopForm) bool) {
		t.Helper()
		d.until(what, func(v screen.View) bool { return v.Shops != nil && v.Shops.Form != nil && good(v.Shops.Form) })
	}
	fault := func(words string) {
		t.Helper()
		form(words, func(f *screen.ShopForm) bool { return strings.Contains(f.Fault, words) })
	}
	d.until("the page of the hub", func(v screen.View) bool {
		return v.Page == screen.PageHub && v.Shops.Empty != "" && len(v.Shops.Tools) == 2
	})
	d.does(screen.HubJoin, "")
	d.does(screen.ShopSave, "")
	fault("Enter the address")
	d.enters(screen.HubAddress, "postgres://owner:secret@"+strings.TrimPrefix(address, "postgres://owner@"))
	d.does(screen.ShopTest, "")
	fault("Leave the password out")
	d.enters(screen.HubAddress, "postgres://owner@hub.lan/shop?sslmode=disable")
	d.does(screen.ShopTest, "")
	fault("The hub is on another computer")
	d.enters(screen.HubAddress, address)
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("secret\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	d.enters(screen.HubFile, file)
	d.does(screen.ShopTest, "")
	fault("Others on this computer may read")
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	d.does(screen.ShopTest, "")
	form("that there is no hub", func(f *screen.ShopForm) bool { return f.Words == "The database answers, and holds no hub yet" })
	d.does(screen.ShopSave, "") // all the same: it fails between two fronts, and the form is there again
	fault("The database holds no hub")
	d.does(screen.HubMake, "")
	form("the hub", func(f *screen.ShopForm) bool { return strings.Contains(f.Words, "this one will be its first") })
	d.does(screen.ShopSave, "")
	v := d.until("that it belongs to the hub", func(v screen.View) bool {
		return v.Shops != nil && v.Shops.Shop != nil && v.Shops.Shop.Words == "This bench belongs to the hub now, as S1" && v.Shops.Shop.Colour == screen.LampGreen
	})
	if v.Header.Person == "" || d.s.Front().Bench.Hub == nil {
		t.Errorf("%q is at the bench, which has a hub: %v", v.Header.Person, d.s.Front().Bench.Hub != nil)
	}
	if !strings.Contains(strings.Join(v.Shops.Shop.Rows, "\n"), "SSCC: ") {
		t.Errorf("it does not say which numbers are in hand: %q", v.Shops.Shop.Rows)
	}
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	if !d.w.said["Exchanging everything with the hub, which can take minutes…"] {
		t.Errorf("it did not say what it did: %v", d.w.said)
	}
}

// What somebody writes into the settings counts at a moment when nobody has an order in hand,
// and not before.
func TestSettingsCountOnceNothingIsInHand(t *testing.T) {
	d := begun(t)
	d.signIn("B-PACKER")
	scan := func(data string) { d.s.Front().Bench.Engine.Post(engine.Scan{Device: "test", Data: data}) }
	scan("1001")
	d.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	first := d.s.Front()
	file := first.Folder.Path(config.File)
	now, err := config.Load(file)
	if err == nil {
		now.Rules.LockAfter = 9
		err = config.Save(file, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.until("the bench to notice it", func(screen.View) bool { return first.Bench.Changed() })
	time.Sleep(4 * quiet)
	if d.s.Front() != first {
		t.Fatal("the order was taken away")
	}
	first.Bench.Engine.Post(engine.Entry{Text: "PB:command:park"})
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	v := d.until("the settings to count", func(v screen.View) bool {
		f := d.s.Front()
		return f != first && f.Bench.Engine.State().Rules.LockAfter == 9 && v.Page == screen.PageIdle
	})
	if v.Header.Person == "" {
		t.Error("nobody is signed in any more")
	}
}

package site_test

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station/phrases"
	"packbench/station/site"
	"packbench/station/track"
)

// browser finds a Chromium. A machine that checks changes for everybody must have it.
func browser(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("pages are opened in the whole run")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const words = "chromium is missing (Debian package chromium): the pages of buyers are not opened"
	if os.Getenv("CI") != "" {
		t.Fatal(words)
	}
	t.Skip(words)
	return ""
}

// outward notes what a browser asks of anybody: it is told that this is its only way out.
type outward struct {
	mu    sync.Mutex
	asked []string
}

func (o *outward) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	o.asked = append(o.asked, r.Method+" "+r.Host)
	o.mu.Unlock()
	w.WriteHeader(http.StatusBadGateway)
}

// A real browser opens the pages from a file, in light and dark, on a phone and on a desk: it
// asks nobody for anything, has nothing to complain of, and nothing runs over the edge.
func TestABrowserOpensThePages(t *testing.T) { // T3, R1
	chromium := browser(t)
	page, err := site.Page(parcel(track.ReadyForPickup), shop(), phrases.Language{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := site.Outside(parcel(track.InTransit), shop(), phrases.Language{})
	if err != nil {
		t.Fatal(err)
	}
	ret, err := site.Form(form("returns@shop.example"), shop(), phrases.Language{})
	if err != nil {
		t.Fatal(err)
	}
	light, dark := color.RGBA{255, 255, 255, 255}, color.RGBA{0x14, 0x14, 0x14, 255}
	for _, tt := range []struct {
		name  string
		page  []byte
		size  string
		dark  bool
		holds color.RGBA // somewhere on the picture: its style counts
	}{
		{"page-light-phone", page, "500,1000", false, color.RGBA{0x0b, 0x5d, 0x2b, 255}},
		{"page-dark-phone", page, "500,1000", true, color.RGBA{0x7d, 0xdc, 0x9b, 255}},
		{"page-light-desk", page, "1200,900", false, color.RGBA{0x0b, 0x5d, 0x2b, 255}},
		{"outside-dark-phone", out, "500,800", true, color.RGBA{0x7d, 0xdc, 0x9b, 255}},
		{"form-light-phone", ret, "500,1200", false, color.RGBA{0x0b, 0x4f, 0xa8, 255}},
		{"form-dark-desk", ret, "1200,1200", true, color.RGBA{0x9c, 0xc4, 0xff, 255}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			picture := draw(t, chromium, tt.name, tt.page, tt.size, tt.dark)
			paper, b := light, picture.Bounds()
			if tt.dark {
				paper = dark
			}
			found := false
			for y := b.Min.Y; y < b.Max.Y; y++ {
				for x := b.Min.X; x < b.Max.X; x++ {
					at := color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)
					found = found || at == tt.holds
					if (x < 8 || x >= b.Max.X-8) && at != paper {
						t.Fatalf("at %d,%d it is %v: something runs over the edge, or the paper is not %v", x, y, at, paper)
					}
				}
			}
			if !found {
				t.Errorf("%v is nowhere: its style does not count", tt.holds)
			}
		})
	}
}

// draw has the browser draw a page, and fails where it asks or complains. Pictures are kept in
// the folder PACKBENCH_PICTURES, to be looked at.
func draw(t *testing.T, chromium, name string, page []byte, size string, dark bool) image.Image {
	t.Helper()
	way := &outward{}
	at := httptest.NewServer(way)
	defer at.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	shot := filepath.Join(cmp.Or(os.Getenv("PACKBENCH_PICTURES"), dir), name+".png")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, done := context.WithTimeout(t.Context(), 2*time.Minute)
	defer done()
	scheme := "1"
	if dark {
		scheme = "0"
	}
	run := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--disable-features=OptimizationHints,MediaRouter,Translate",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--proxy-server="+strings.TrimPrefix(at.URL, "http://"), "--proxy-bypass-list=<-loopback>",
		"--enable-logging=stderr", "--blink-settings=preferredColorScheme="+scheme, "--window-size="+size, "--screenshot="+shot, "file://"+file)
	said, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for line := range strings.Lines(string(said)) {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("it complains: %s", line)
		}
	}
	way.mu.Lock()
	defer way.mu.Unlock()
	for _, asked := range way.asked {
		if !strings.Contains(asked, "google") { // the browser's own affairs
			t.Errorf("it asks: %s", asked)
		}
	}
	data, err := os.ReadFile(shot)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

package ui

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"packbench/station/screen"
)

// crowded are the pages that have no room at 1.2 times their size on a screen of 1280×800,
// in either setting: they are shown as large as they can be, and say so.
var crowded = []string{
	"idle", "loading-strangers", "owed-refuse", "return-closed", "settings-rights", "trace-copied", "trace-found",
	"refusal", "weighing-help", "closing-papers", "cases", "cases-similar", "cases-hold", "cases-assign", "cases-weight", "cases-mass",
	"settings", "settings-red", "settings-plugged", "settings-papers", "settings-look", "messages", "outbox", "outbox-team",
	"outbox-why", "after", "shops-kinds", "accounts-away", "accounts-tried", "rules", "stock",
	"stock-reasons", "stock-shops", "catalogue", "catalogue-danger", "catalogue-link", "columns-asked",
	"columns-tried", "columns-wide", "columns-choosing", "doctor-done", "idle-next", "entry-note", "simulator",
	"owed", "catalogue-handling",
}

// Whoever asks for larger pages gets them without anything cut, written over something
// else, hidden under another button or left out: a page that has no room gets smaller by
// itself, and says so.
func TestLargePages(t *testing.T) {
	test.NewTempApp(t)
	for _, p := range pages() {
		t.Run(p.name, func(t *testing.T) {
			tight := false
			base, _ := window(t, Options{}, p.view(screen.Light), 1280, 800)
			excuse, all, brief := base.surface.faults(), said(base), short(base.view)
			for _, large := range []float32{1.25, 1.5} {
				for _, size := range [][2]float32{{1280, 800}, {1920, 1080}} {
					at := fmt.Sprintf("%.2f at %.0f×%.0f", large, size[0], size[1])
					u, _ := window(t, Options{Large: large}, p.view(screen.Light), size[0], size[1])
					for f := range u.surface.faults() {
						if !excuse[f] {
							t.Errorf("%s: %s", at, f)
						}
					}
					if told := said(u)[screen.Smaller(base.view.Lang)]; told != (u.scale < large) {
						t.Errorf("%s: drawn at %.2f, told: %v", at, u.scale, told)
					}
					if size[0] == 1280 && u.scale < 1.2 {
						tight = true
					}
					now := said(u)
					turn(u, now)
					for text := range all {
						if !now[text] && !brief[text] && !counted.MatchString(text) {
							t.Errorf("%s: %q is said nowhere", at, text)
						}
					}
				}
			}
			if tight != slices.Contains(crowded, p.name) {
				t.Errorf("has no room: %v", tight)
			}
		})
	}
}

// In other languages too, whose words are longer.
func TestLargePagesInLanguages(t *testing.T) {
	test.NewTempApp(t)
	inEach(t, []string{"de", "uk", "ar"}, func(t *testing.T) {
		for _, p := range pages() {
			base, _ := window(t, Options{}, p.view(screen.Light), 1280, 800)
			u, _ := window(t, Options{Large: 1.5}, p.view(screen.Light), 1280, 800)
			for f := range u.surface.faults() {
				if !base.surface.faults()[f] {
					t.Errorf("%s at %.2f: %s", p.name, u.scale, f)
				}
			}
		}
	})
}

// What is drawn larger does not grow and shrink with each scan, and is as large as before
// on the next page.
func TestALargePageKeepsItsSize(t *testing.T) {
	test.NewTempApp(t)
	u, win := window(t, Options{Large: 1.5}, packing(screen.Light), 1280, 800)
	was := u.scale
	if was < 1.2 {
		t.Fatalf("packing at %.2f", was)
	}
	u.Render(refusal(screen.Light))
	small := u.scale
	if small >= was {
		t.Fatalf("a refusal at %.2f", small)
	}
	u.Render(packing(screen.Light))
	if u.scale != small {
		t.Errorf("after the refusal at %.2f", u.scale)
	}
	u.Render(weightMiss(screen.Light))
	if u.scale <= small {
		t.Errorf("the next page at %.2f", u.scale)
	}
	compare(t, filepath.Join("testdata", "large-weighing-1280.png"), win.Canvas().Capture())
}

func TestLargePictures(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []struct {
		name  string
		view  func(screen.Theme) screen.View
		large float32
		w, h  float32
	}{
		{"packing", packing, 1.5, 1280, 800},
		{"refusal", refusal, 1.25, 1280, 800},
		{"cases", casesPage, 1.5, 1920, 1080},
		{"idle", idle, 1.25, 1280, 800},
	} {
		u, win := window(t, Options{Large: s.large}, s.view(screen.Light), s.w, s.h)
		compare(t, filepath.Join("testdata", fmt.Sprintf("large-%s-%.0f.png", s.name, s.w)), capture(u, win))
	}
}

// counted is what a list says of the rows that it shows, and the letters of a product
// without a picture.
var counted = regexp.MustCompile(`^(\d+(–\d+)? of \d+|[A-Z]{1,2})$`)

// short is what a page says only where it has the room: the names of lamps that are well,
// the commands on buttons, what was scanned before.
func short(v screen.View) map[string]bool {
	out := map[string]bool{}
	for _, l := range v.Header.Lamps {
		out[l.Name] = true
	}
	out[v.Header.Person], out[v.Header.Person+", "+v.Header.Role] = true, true
	if v.Entry != nil {
		out[strings.TrimSpace(v.Entry.Text)] = true // a long one shows its end
	}
	if v.Help != nil {
		for _, a := range v.Help.More {
			out[a.Command] = true
		}
	}
	if b := v.Bench; b != nil {
		for _, it := range b.Strip {
			out[it.Text], out[it.Time] = true, true
		}
		for _, a := range b.Actions {
			out[a.Command] = true
		}
	}
	return out
}

// said is what stands on the page.
func said(u *UI) map[string]bool {
	out := map[string]bool{}
	for _, g := range u.surface.regions {
		for _, m := range g.marks {
			if m.text != "" {
				out[m.text] = true
			}
		}
	}
	return out
}

// turn adds what stands further down in the lists.
func turn(u *UI, all map[string]bool) {
	for _, g := range u.surface.regions {
		for _, l := range slices.Clone(g.taps) {
			u.surface.move(l, -l.at)
		}
	}
	for range 40 {
		maps.Copy(all, said(u))
		for _, g := range u.surface.regions {
			for _, l := range slices.Clone(g.taps) {
				if l.rows > 0 {
					u.surface.move(l, 1)
					maps.Copy(all, said(u))
				}
			}
		}
	}
}

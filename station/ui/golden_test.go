package ui

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

var (
	update = flag.Bool("update", false, "write the golden pictures anew")
	all    = flag.String("all", "", "folder to write every page in every size and theme to, for looking at")
)

// shot is a page at a size in a theme.
type shot struct {
	page  string
	view  func(screen.Theme) screen.View
	w, h  float32
	theme screen.Theme
}

func (s shot) file() string { return fmt.Sprintf("%s-%d-%s.png", s.page, int(s.w), s.theme) }

// shots lists the golden pictures: each page at both sizes, and both themes at
// one of them.
func shots() []shot {
	var out []shot
	for _, p := range pages() {
		out = append(out, shot{p.name, p.view, 1280, 800, screen.Light})
		if p.both {
			out = append(out, shot{p.name, p.view, 1920, 1080, screen.Dark})
		}
	}
	return out
}

type page struct {
	name string
	view func(screen.Theme) screen.View
	both bool
}

func pages() []page {
	return []page{
		{"sign-in", signIn, true},
		{"idle", idle, true},
		{"idle-dock", idleDock, true},
		{"loading-start", loadingStart, true},
		{"loading", loadingOn, false},
		{"loading-wrong", loadingWrong, true},
		{"loading-driver", loadingDriver, false},
		{"loading-sure", loadingAsked, false},
		{"loading-strangers", loadingStrangers, true},
		{"owed", owedPage, true},
		{"owed-refuse", owedRefuse, false},
		{"owed-paid", owedPaid, false},
		{"owed-blind", owedBlind, false},
		{"owed-announce", owedAnnounce, true},
		{"owed-why", owedWhy, false},
		{"return-begin", returnBegin, true},
		{"return-opened", returnOpened, true},
		{"return-grade", returnGrade, true},
		{"return-graded", returnGraded, true},
		{"return-mismatch", returnMismatch, true},
		{"return-blind", returnBlind, true},
		{"return-hub-away", returnHubAway, false},
		{"return-done", returnDone, false},
		{"return-closed", returnClosed, true},
		{"reopen-rule", reopenRule, true},
		{"closing-dearer", closingDearer, true},
		{"dock", dockPage, true},
		{"dock-after", dockAfter, false},
		{"queue", queueNext, true},
		{"queue-waiting", queueWaiting, false},
		{"queue-held", queueHeld, true},
		{"queue-short", queueShort, false},
		{"queue-none", queueNone, false},
		{"which-order", offered(3), true},
		{"which-order-nine", offered(9), false},
		{"found", foundOne, true},
		{"found-several", foundSeveral, true},
		{"settings-cases", settingsCaseRules, true},
		{"settings-rights", settingsRights, true},
		{"pin", pinAsked, true},
		{"pin-typed", pinTyped, true},
		{"pin-pause", pinPaused, false},
		{"shift-over", shiftOver, true},
		{"trace", traceStart, false},
		{"trace-genuine", traceGenuine, true},
		{"trace-copied", traceCopied, true},
		{"trace-forged", traceForged, false},
		{"trace-compare", traceCompare, false},
		{"trace-found", traceFound, true},
		{"trace-found-one", traceFoundOne, false},
		{"trace-found-none", traceFoundNone, false},
		{"packing", packing, true},
		{"packing-box", filled, true},
		{"packing-box-rest", filledRest, true},
		{"packing-box-unsized", unsized, false},
		{"packing-address", packingAddress, true},
		{"packing-short", packingShort, false},
		{"taking-out", takingOut, false},
		{"reopen-asked", reopenAsked, false},
		{"tear-off", tearOff, false},
		{"no-carriers", noCarriers, false},
		{"refusal", refusal, true},
		{"weighing", weightMiss, true},
		{"weighing-swapped", weightOff(1_824*unit.Gram, pack.Cause{Kind: "swapped", SKU: "MUG-B", Name: "Mug, blue", N: 1, Instead: "MUG-W"}), true},
		{"weighing-filling", weightOff(1_762*unit.Gram, pack.Cause{Kind: "filling", N: 1}), false},
		{"weighing-slip", weightOff(1_800*unit.Gram, pack.Cause{Kind: "slip", N: 1}), false},
		{"packing-counted-by-weight", counting, false},
		{"packing-count-begun", countingNext, false},
		{"packing-piece-wrong", pieceWrong, false},
		{"weighing-help", weighingHelp, false},
		{"choosing", choosing, true},
		{"closing", closing, true},
		{"closing-papers", closingPapers, true},
		{"closing-help", closingCancelled, false},
		{"locked", locked, true},
		{"cases", casesPage, true},
		{"cases-similar", casesSimilar, false},
		{"cases-more", casesMore, true},
		{"cases-hold", casesHold, false},
		{"cases-news", casesNews, false},
		{"cases-assign", casesAssign, false},
		{"cases-causes", casesCauses, true},
		{"cases-mass", casesMass, true},
		{"cases-weight", casesWeight, true},
		{"board", boardPage, true},
		{"board-hub", boardOfAHub, true},
		{"shift", shiftPage, true},
		{"shift-even", shiftEven, true},
		{"figures", figuresPage, true},
		{"figures-meaning", figuresMeaning, true},
		{"figures-none", figuresNone, false},
		{"boxes", boxesPage, true},
		{"boxes-few", boxesFew, false},
		{"settings", settingsPage, true},
		{"settings-red", settingsRed, true},
		{"settings-plugged", settingsPlugged, false},
		{"settings-scale", settingsScale, true},
		{"settings-scanner", settingsScanner, false},
		{"settings-printing", settingsPrinting, true},
		{"settings-papers", settingsPapers, false},
		{"settings-look", settingsLook, false},
		{"shop-new", shopNew, true},
		{"shop-people", shopHalf, false},
		{"shop-file", shopFile, true},
		{"hub", hubPage, true},
		{"hub-away", hubAway, true},
		{"hub-bench", hubBench, false},
		{"hub-release", hubRelease, true},
		{"hub-return", hubReturn, false},
		{"hub-join", hubJoin, true},
		{"hub-none", hubNone, false},
		{"messages", messagesTold, true},
		{"messages-none", messagesNone, false},
		{"messages-kinds", messagesKinds, false},
		{"messages-form", messagesForm, true},
		{"outbox", outboxPage, true},
		{"outbox-team", outboxTeam, false},
		{"outbox-why", outboxWhy, false},
		{"outbox-none", outboxNone, false},
		{"after", afterPage, true},
		{"after-none", afterNone, true},
		{"shops", shopsTested, true},
		{"shops-away", shopsAway, false},
		{"shops-file", shopsFile, false},
		{"shops-none", shopsNone, false},
		{"shops-kinds", shopsKinds, false},
		{"shops-form", shopsForm, true},
		{"accounts", accountsTested, true},
		{"accounts-away", accountsAway, false},
		{"accounts-tried", accountsTried, false},
		{"accounts-asking", accountsAsking, false},
		{"accounts-none", accountsNone, false},
		{"accounts-services", accountsServices, false},
		{"accounts-kinds", accountsKinds, true},
		{"accounts-form", accountsForm, true},
		{"rules", rulesPage, true},
		{"rules-form", rulesForm, true},
		{"stock", stockLow, true},
		{"stock-reasons", stockReasons, false},
		{"stock-shops", stockShops, false},
		{"stock-none", stockNone, false},
		{"count-due", countDue, true},
		{"count-bin", countBin, true},
		{"count-stranger", countStranger, false},
		{"catalogue", cataloguePage, true},
		{"catalogue-danger", catalogueDanger, true},
		{"catalogue-handling", catalogueHandling, true},
		{"catalogue-found", catalogueFound, false},
		{"catalogue-link", catalogueLink, false},
		{"columns-asked", columnsAsked, true},
		{"columns-tried", columnsTried, true},
		{"columns-goods", columnsGoods, false},
		{"columns-wide", columnsWide, false},
		{"columns-choosing", columnsChoosing, false},
		{"columns-list", columnsList, true},
		{"entry-key", typingKey, false},
		{"doctor-start", doctorStart, false},
		{"doctor-half", doctorHalf, true},
		{"doctor-done", doctorDone, true},
		{"question", question, false},
		{"deaf", deaf, false},
		{"idle-next", idleNext, true},
		{"entry-weight", typing("weight"), false},
		{"entry-driver", typing("driver"), true},
		{"entry-carton", typing("carton"), true},
		{"entry-note", typingNote, true},
		{"entry-sender", typingSender, false},
		{"entry-signs", typingSigns, false},
		{"entry-choices", choosingProtocol, true},
		{"simulator", simulator, false},
	}
}

// window shows a view in a window of its own.
func window(t *testing.T, o Options, v screen.View, w, h float32) (*UI, fyne.Window) {
	t.Helper()
	u := New(o)
	win := test.NewTempWindow(t, nil)
	u.Attach(win)
	win.Resize(fyne.NewSize(w, h))
	switch b := v.Bench; {
	case v.Settings != nil:
		u.PublishPicture(screen.PreviewName, sampleLabel())
	case b == nil:
	case b.Closing != nil:
		u.SetLabel(b.Closing.Label, sampleLabel())
	case b.Idle != nil && b.Idle.Found != nil:
		u.SetLabel(b.Idle.Found.Label, sampleLabel())
	}
	u.Render(v)
	return u, win
}

func TestPictures(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range shots() {
		t.Run(s.file(), func(t *testing.T) {
			u, win := window(t, Options{}, s.view(s.theme), s.w, s.h)
			compare(t, filepath.Join("testdata", s.file()), capture(u, win))
		})
	}
}

func TestAllPictures(t *testing.T) {
	if *all == "" {
		t.Skip("only where -all names a folder")
	}
	test.NewTempApp(t)
	for _, p := range pages() {
		for _, s := range []shot{
			{p.name, p.view, 1280, 800, screen.Light},
			{p.name, p.view, 1280, 800, screen.Dark},
			{p.name, p.view, 1920, 1080, screen.Light},
			{p.name, p.view, 1920, 1080, screen.Dark},
		} {
			_, win := window(t, Options{}, s.view(s.theme), s.w, s.h)
			write(t, filepath.Join(*all, s.file()), win.Canvas().Capture())
		}
	}
}

func compare(t *testing.T, path string, got image.Image) {
	t.Helper()
	if *update {
		write(t, path, reduce(got))
		return
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if n := difference(got, want); n > tolerated {
		failed := filepath.Join(t.TempDir(), filepath.Base(path))
		if dir := os.Getenv("PICTURES"); dir != "" {
			failed = filepath.Join(dir, filepath.Base(path))
		}
		write(t, failed, got)
		t.Errorf("%d pixels differ from %s; set PICTURES to a folder to keep the new one", n, path)
	}
}

// A picture may differ in so many pixels: rounding of antialiased edges differs
// between processors. A changed figure of the smallest type differs in more.
const (
	tolerated = 24
	near      = 56 // of 255 in a channel
)

func difference(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	n, p, q := 0, pixels(a), pixels(b)
	for i := 0; i < len(p); i += 4 {
		if p[i] == q[i] && p[i+1] == q[i+1] && p[i+2] == q[i+2] {
			continue // as nearly all are
		}
		if apart(p[i], q[i]) > near || apart(p[i+1], q[i+1]) > near || apart(p[i+2], q[i+2]) > near {
			n++
		}
	}
	return n
}

// pixels are the colours of a picture, four bytes each, row by row.
func pixels(img image.Image) []uint8 {
	b := img.Bounds()
	out := image.NewRGBA(b)
	if p, reduced := img.(*image.Paletted); reduced { // image/draw asks it for one pixel after the other
		colours := make([]color.RGBA, len(p.Palette))
		for i, c := range p.Palette {
			colours[i] = rgba(c)
		}
		for i, of := range p.Pix[:b.Dx()*b.Dy()] {
			c := colours[of]
			copy(out.Pix[4*i:], []uint8{c.R, c.G, c.B, c.A})
		}
		return out.Pix
	}
	draw.Draw(out, b, img, b.Min, draw.Src)
	return out.Pix
}

func rgba(c color.Color) color.RGBA {
	return color.RGBAModel.Convert(c).(color.RGBA)
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// reduce gives a picture at most 256 colours, the most frequent ones, so that
// the goldens stay small.
func reduce(img image.Image) image.Image {
	count := map[color.RGBA]int{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[rgba(img.At(x, y))]++
		}
	}
	colours := make([]color.RGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		if d := count[b] - count[a]; d != 0 {
			return d
		}
		return int(a.R)<<16 + int(a.G)<<8 + int(a.B) - int(b.R)<<16 - int(b.G)<<8 - int(b.B)
	})
	var palette color.Palette
	for _, c := range colours {
		if len(palette) < 256 && (len(palette) < 96 || far(palette, c)) {
			palette = append(palette, c)
		}
	}
	out := image.NewPaletted(b, palette)
	draw.Draw(out, b, img, b.Min, draw.Src)
	return out
}

// far says that no colour of the palette is like c.
func far(palette color.Palette, c color.RGBA) bool {
	q := rgba(palette.Convert(c))
	return apart(q.R, c.R)+apart(q.G, c.G)+apart(q.B, c.B) > 12
}

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The comparison must see the least change that matters: one figure.
func TestPicturesCanDiffer(t *testing.T) {
	test.NewTempApp(t)
	in := benchInputs("packing", screen.Light)
	_, win := window(t, Options{}, screen.Bench(in), 1280, 800)
	before := reduce(win.Canvas().Capture())
	if n := difference(win.Canvas().Capture(), before); n > tolerated {
		t.Errorf("a picture differs from its own golden in %d pixels", n)
	}
	in.State.Recent[3].At = in.State.Recent[3].At.Add(1e9)
	_, win = window(t, Options{}, screen.Bench(in), 1280, 800)
	if n := difference(win.Canvas().Capture(), before); n <= tolerated {
		t.Errorf("another second in the strip changes only %d pixels", n)
	}
}

package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/station/phrases"
	"packbench/station/say"
	"packbench/station/screen"
)

// speaks is the language of the sample pages of the bench.
var speaks say.Language

// spoken reads a language of the screens.
func spoken(t testing.TB, tag string) say.Language {
	t.Helper()
	all, err := phrases.Supplied()
	if err != nil {
		t.Fatal(err)
	}
	speech, err := all.In(tag)
	if err != nil {
		t.Fatal(err)
	}
	return say.Language{Speech: speech}
}

// inEach runs a test with the sample pages in each language.
func inEach(t *testing.T, tags []string, f func(t *testing.T)) {
	t.Helper()
	t.Cleanup(func() { speaks = say.English })
	for _, tag := range tags {
		speaks = spoken(t, tag)
		t.Run(tag, f)
	}
}

func supplied(t *testing.T) []string {
	t.Helper()
	all, err := phrases.Supplied()
	if err != nil {
		t.Fatal(err)
	}
	return all.Tags()[1:]
}

// The page where most is packed, as a packer of each language sees it.
func TestPicturesInLanguages(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []struct {
		tag  string
		page string
		view func(screen.Theme) screen.View
		w, h float32
	}{
		{"de", "packing", packing, 1280, 800},
		{"fr", "weighing", weightMiss, 1920, 1080},
		{"uk", "refusal", refusal, 1280, 800},
		{"ja", "packing", packing, 1280, 800},
		{"zh-Hans", "closing", closing, 1920, 1080},
		{"ar", "packing", packing, 1280, 800},
		{"de", "cases", casesPage, 1280, 800},
		{"ar", "cases", casesPage, 1280, 800},
		{"uk", "catalogue", cataloguePage, 1280, 800},
		{"de", "figures", figuresPage, 1280, 800},
	} {
		inEach(t, []string{s.tag}, func(t *testing.T) {
			u, win := window(t, Options{}, s.view(screen.Light), s.w, s.h)
			compare(t, filepath.Join("testdata", s.page+"-"+s.tag+"-"+strconv.Itoa(int(s.w))+".png"), capture(u, win))
		})
	}
}

// No key, no head and no step is cut at 1280×800, whoever reads it, and no page beside
// the bench has an English text that the language has words for. What was scanned
// before, in the strip, is cut in English too.
func TestEveryLanguageFits(t *testing.T) {
	test.NewTempApp(t)
	inEach(t, supplied(t), func(t *testing.T) {
		u, _ := window(t, Options{}, signIn(screen.Light), 1280, 800)
		for _, p := range []func(screen.Theme) screen.View{idle, returnBegin, returnOpened, returnGrade, returnGraded, returnMismatch, returnBlind, returnDone, packing, refusal, weightMiss, choosing, closing, loadingOn, locked, typing("weight"), tearOff, reopenAsked, queueNext, queueHeld, dockPage, dockAfter, countDue, countBin, countStranger, stockLow, stockReasons, stockShops, stockNone, boardPage, casesPage, casesSimilar, casesMore, casesHold, casesNews, casesAssign, casesCauses, casesWeight, casesMass, outboxPage, afterPage, afterNone, owedPage, owedRefuse, owedPaid, owedNone, owedBlind, owedAnnounce, owedWhy, traceStart, traceGenuine, traceForged, traceCompare, traceFound, traceFoundNone, shiftPage, shiftEven, boxesPage, settingsPage, settingsPlugged, settingsScale, settingsScanner, settingsPrinting, settingsPapers, settingsLook, settingsCaseRules, settingsRights, shopsTested, shopsAway, shopsNone, shopsForm, accountsTested, accountsServices, messagesTold, messagesForm, rulesPage, rulesForm, accountsTried, hubPage, hubAway, hubBench, hubRelease, hubReturn, hubJoin, hubNone, cataloguePage, catalogueFound, catalogueLink, catalogueDanger, catalogueHandling, counting, countingNext, pieceWrong, doctorStart, doctorHalf, doctorDone, shopNew, shopHalf, shopFile, columnsAsked, columnsTried, columnsGoods, columnsChoosing, columnsList} {
			v := p(screen.Light)
			u.Render(v)
			brief := map[string]bool{}
			desk := v.Bench == nil
			if desk {
				v.Bench = &screen.BenchView{}
			}
			for _, it := range v.Bench.Strip {
				brief[it.Text] = true
			}
			brief[v.Header.Person] = true // names are cut in English too
			if v.Stock != nil {
				for _, r := range v.Stock.Rows {
					brief[r.Title] = true
				}
			}
			if v.Count != nil {
				for _, r := range v.Count.Rows {
					brief[r.Item.Name] = true
				}
			}
			called := map[string]bool{}
			if v.Shops != nil { // names of accounts, and what a kind of shop says of its own fields
				for _, r := range v.Shops.Rows {
					called[r.Title] = true
				}
				if v.Shops.Form != nil {
					for _, f := range v.Shops.Form.Fields {
						brief[f.Note] = true
					}
				}
			}
			if v.Columns != nil && v.Columns.Form != nil && v.Columns.Form.Table != nil {
				for _, heading := range v.Columns.Form.Table.Heads {
					called[heading] = true
				}
			}
			for key, done := range u.fitted.fits {
				if done.text != key.text && !brief[key.text] {
					t.Errorf("%s: %q becomes %q", v.Page, key.text, done.text)
				}
				if told := speaks.Phrase(key.text); desk && told != key.text && !called[key.text] {
					t.Errorf("%s: %q stays English, not %q", v.Page, key.text, told)
				}
			}
			clear(u.fitted.fits)
		}
		p := &pen{ui: u, k: 1}
		for _, text := range nexts(t) {
			told := speaks.Phrase(text)
			if wide := p.wide(told, style{size: 34, bold: true}); wide > 1280-2*16-40-60 {
				t.Errorf("%q is %.0f wide: it does not fit the line about what to do next", told, wide)
			}
		}
	})
}

// nexts are what the line about what to do next may say, as it stands in the source.
func nexts(t *testing.T) (out []string) {
	t.Helper()
	for _, name := range []string{"next", "loading"} {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "screen", name+".go"), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			kv, is := n.(*ast.KeyValueExpr)
			if key, named := any(nil), false; is {
				key, named = kv.Key.(*ast.Ident)
				if id, _ := key.(*ast.Ident); named && id.Name == "Text" {
					if lit, text := kv.Value.(*ast.BasicLit); text {
						s, _ := strconv.Unquote(lit.Value)
						out = append(out, s)
					}
				}
			}
			return true
		})
	}
	if len(out) < 30 {
		t.Fatalf("only %d", len(out))
	}
	return out
}

// Every letter of every language is in a font that comes with the program: none is a box.
func TestEveryLetterOfTheLanguagesIsDrawn(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter()
	inEach(t, supplied(t), func(t *testing.T) {
		seen := map[rune]bool{}
		speaks.Each(func(_, _, text string) {
			for _, r := range text {
				seen[r] = true
			}
		})
		missing := []string{}
		for r := range seen {
			if s := scriptOf(r); s == other {
				missing = append(missing, string(r))
			} else if s != latin && f.source(s, fyne.TextStyle{}) == nil {
				missing = append(missing, string(r))
			}
		}
		slices.Sort(missing)
		if len(missing) > 0 {
			t.Errorf("no font for %s", strings.Join(missing, " "))
		}
	})
}

// From 1024×700 to 2560×1440 a page has at least the room that it has at 1280×800, in
// its own units, and cuts no text that is whole there.
func TestWindowsOfAllSizes(t *testing.T) {
	test.NewTempApp(t)
	inEach(t, []string{"de", "uk"}, func(t *testing.T) {
		for _, size := range []fyne.Size{{Width: 1024, Height: 700}, {Width: 1280, Height: 1024}, {Width: 1366, Height: 768}, {Width: 1920, Height: 1080}, {Width: 2560, Height: 1440}} {
			u, _ := window(t, Options{}, packing(screen.Light), size.Width, size.Height)
			if room := u.frame(size).window; room.w < designWidth-0.5 || room.h < designHeight-0.5 {
				t.Errorf("%.0f×%.0f: only %.0f×%.0f", size.Width, size.Height, room.w, room.h)
			}
			brief := map[string]bool{}
			for _, it := range packing(screen.Light).Bench.Strip {
				brief[it.Text] = true
			}
			for key, done := range u.fitted.fits {
				if done.text != key.text && !brief[key.text] {
					t.Errorf("%.0f×%.0f: %q becomes %q", size.Width, size.Height, key.text, done.text)
				}
			}
		}
	})
}

package main

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// race tests the packages where goroutines meet. The window toolkit is left
// out: it has one goroutine by rule, and takes too long under the detector.
func (d *dev) race(ctx context.Context) error {
	format := `{{.ImportPath}}{{"\t"}}{{.Dir}}{{"\t"}}{{join .GoFiles ","}}{{"\t"}}{{join .Imports ","}}{{"\t"}}{{join .Deps ","}}`
	args := append([]string{"list", "-tags", "ci", "-test", "-f", format}, d.packages...)
	list, err := d.sys.output(ctx, command{name: "go", args: args, env: headless()})
	if err != nil {
		return err
	}
	meeting, err := whereGoroutinesMeet(list)
	if err != nil {
		return err
	}
	if meeting = slices.DeleteFunc(meeting, meetsElsewhere); len(meeting) == 0 {
		return errSkip
	}
	// The long tests ran whole without the detector, which slows them tenfold.
	args = slices.Concat([]string{"test", "-race", "-short", "-tags", "ci"}, vetted(), unwatched(), meeting)
	return d.sys.run(ctx, command{name: "go", args: args, env: append(d.locale(false), "CGO_ENABLED=1", noSleep, seldomCollected), out: &d.heard})
}

// meetsElsewhere reports whether goroutines meet in a package only as the rooms that call it
// make them, whose tests the detector watches: the client of one kind of shop or of account
// with carriers, what draws labels and papers, and what reads for a page. Its own tests make
// one call after another.
func meetsElsewhere(pkg string) bool {
	for _, room := range []string{
		"station/shop/", "station/carrier/", "labels/foreign/", "cmd/internal/papers/", "cmd/internal/figures/", "cmd/internal/columns/",
		"cmd/internal/desktop/fields/", "cmd/internal/desktop/home/", "cmd/internal/desktop/tracefront/",
	} {
		if strings.HasPrefix(pkg+"/", "packbench/"+room) {
			return true
		}
	}
	return false
}

// noSleep keeps a program with the detector from sleeping for a second before
// it ends, which scripts of many short programs feel. What it found it has told.
const noSleep = "GORACE=atexit_sleep_ms=20"

// unwatched are the settings that keep the detector out of SQLite itself. It
// is C made into Go and has its data outside of Go's heap, where the detector
// sees nothing but takes five times as long. The driver around it, where Go's
// data is, stays watched. What uses generic types of the standard library must not
// be left out: its unwatched copies of their methods may stand for everybody's, and
// then what a sync.Map hands over looks like a race.
func unwatched() []string {
	var flags []string
	for _, pkg := range []string{"modernc.org/sqlite/lib", "modernc.org/libc/...", "modernc.org/memory"} {
		flags = append(flags, "-gcflags="+pkg+"=-race=false")
	}
	return flags
}

// whereGoroutinesMeet reads lines of import path, folder, files, imports and
// dependencies, as `go list -test` gives them, and picks the packages that have
// tests, do not lead to the window toolkit, and in whose tests goroutines meet: they,
// their tests, or a package of ours that either imports, start some. So a new package
// is never forgotten. One that only locks has nothing that the detector could see.
func whereGoroutinesMeet(list string) ([]string, error) {
	starts := map[string]bool{}      // by package, its tests aside
	imports := map[string][]string{} // by package, its tests included
	meets, tested := map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 5 {
			continue
		}
		// A package built for a test is called "path [path.test]", its outer
		// tests "path_test [path.test]", the test binary "path.test".
		name, variant, forTest := strings.Cut(fields[0], " [")
		if forTest {
			name = strings.TrimSuffix(variant, ".test]")
		}
		if binary, ok := strings.CutSuffix(name, ".test"); ok {
			tested[binary] = !strings.Contains(","+fields[4], ",fyne.io/fyne/")
			continue
		}
		for _, direct := range strings.Split(fields[3], ",") {
			direct, _, _ = strings.Cut(direct, " [")
			imports[name] = append(imports[name], direct)
			meets[name] = meets[name] || direct == "net/http/httptest" || direct == "testing/synctest"
		}
		does, err := startsGoroutines(fields[1], strings.Split(fields[2], ","))
		if err != nil {
			return nil, err
		}
		meets[name] = meets[name] || does
		if !forTest {
			starts[name] = does
		}
	}
	var found []string
	for name, clear := range tested {
		if clear && (meets[name] || slices.ContainsFunc(imports[name], func(p string) bool { return starts[p] })) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found, nil
}

// starters are methods and functions that start a goroutine, as go statements do.
var starters = []string{"Go", "Parallel", "AfterFunc"}

// startsGoroutines reports whether one of the files starts a goroutine.
func startsGoroutines(dir string, files []string) (bool, error) {
	for _, name := range files {
		if name == "" {
			continue // a package of outer tests only
		}
		if !filepath.IsAbs(name) { // the main of a test binary is
			name = filepath.Join(dir, name)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return false, err
		}
		found := false
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				found = true
			case *ast.SelectorExpr:
				found = found || slices.Contains(starters, n.Sel.Name)
			}
			return !found
		})
		if found {
			return true, nil
		}
	}
	return false, nil
}

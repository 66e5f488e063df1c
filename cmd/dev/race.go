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
	if len(meeting) == 0 {
		return errSkip
	}
	// The long tests ran whole without the detector, which slows them tenfold.
	args = slices.Concat([]string{"test", "-race", "-short", "-tags", "ci"}, vetted(), unwatched(), meeting)
	return d.sys.run(ctx, command{name: "go", args: args, env: append(d.locale(false), "CGO_ENABLED=1", noSleep), out: &d.heard})
}

// noSleep keeps a program with the detector from sleeping for a second before
// it ends, which scripts of many short programs feel. What it found it has told.
const noSleep = "GORACE=atexit_sleep_ms=20"

// unwatched are the settings that keep the detector out of SQLite itself. It
// is C made into Go and has its data outside of Go's heap, where the detector
// sees nothing but takes five times as long. The driver around it, where Go's
// data is, stays watched.
func unwatched() []string {
	var flags []string
	for _, pkg := range []string{"modernc.org/sqlite/lib", "modernc.org/libc/...", "modernc.org/memory"} {
		flags = append(flags, "-gcflags="+pkg+"=-race=false")
	}
	return flags
}

// whereGoroutinesMeet reads lines of import path, folder, files, imports and
// dependencies, as `go list -test` gives them, and picks the packages that have
// tests, do not lead to the window toolkit, and in which, or in whose tests,
// goroutines are started or awaited: there is a go statement, or context or
// sync is imported. So a new package is never forgotten.
func whereGoroutinesMeet(list string) ([]string, error) {
	meets := map[string]bool{}  // by package, its tests included
	tested := map[string]bool{} // by package: its test binary stays clear of the toolkit
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 5 {
			continue
		}
		// A package built for a test is called "path [path.test]", its outer
		// tests "path_test [path.test]", the test binary "path.test".
		name := fields[0]
		if _, variant, ok := strings.Cut(name, " ["); ok {
			name = strings.TrimSuffix(variant, ".test]")
		}
		if binary, ok := strings.CutSuffix(name, ".test"); ok {
			tested[binary] = !strings.Contains(","+fields[4], ",fyne.io/fyne/")
			continue
		}
		meet := meets[name]
		for _, direct := range strings.Split(fields[3], ",") {
			meet = meet || direct == "context" || direct == "sync" || direct == "sync/atomic"
		}
		if !meet {
			var err error
			if meet, err = startsGoroutines(fields[1], strings.Split(fields[2], ",")); err != nil {
				return nil, err
			}
		}
		meets[name] = meet
	}
	var found []string
	for name, meet := range meets {
		if meet && tested[name] {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found, nil
}

// startsGoroutines reports whether there is a go statement in one of the files.
func startsGoroutines(dir string, files []string) (bool, error) {
	for _, name := range files {
		if name == "" {
			continue // a package of outer tests only
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return false, err
		}
		found := false
		ast.Inspect(file, func(n ast.Node) bool {
			_, starts := n.(*ast.GoStmt)
			found = found || starts
			return !found
		})
		if found {
			return true, nil
		}
	}
	return false, nil
}

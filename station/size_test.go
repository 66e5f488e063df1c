package station_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// How long code may be, tests aside, so that a reader keeps all of it in mind.
const (
	mostOfFile     = 400   // lines
	mostOfFunction = 60    // lines, as long counts them
	mostOfCase     = 8     // lines of a case that counts as one
	mostOfInternal = 1_600 // lines of a package below cmd/internal
)

// tooLong are today's exceptions, by file, function or package, and how long
// each may be. The list may only shrink: what grows fails, and so does what
// stands here and is short enough, or no longer there.
var tooLong = map[string]int{
	"station/pack/fold.go foldParcel": 86,
}

func TestCodeIsShort(t *testing.T) {
	found := map[string]int{}
	check := func(name string, n, most int) {
		if n <= most {
			return
		}
		found[name] = n
		if was, known := tooLong[name]; !known {
			t.Errorf("%s has %d lines, at most %d are allowed: split it", name, n, most)
		} else if n > was {
			t.Errorf("%s has %d lines, its exception allows %d: it may only shrink", name, n, was)
		}
	}
	internal := map[string]int{}
	for _, name := range sources(t) {
		src, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		n := bytes.Count(src, []byte("\n"))
		check(name, n, mostOfFile)
		if dir := filepath.ToSlash(filepath.Dir(name)); strings.HasPrefix(dir, "cmd/internal/") {
			internal[dir] += n
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				check(name+" "+f.Name.Name, long(set, f), mostOfFunction)
			}
		}
	}
	for dir, n := range internal {
		check(dir, n, mostOfInternal)
	}
	for name := range tooLong {
		if found[name] == 0 {
			t.Errorf("%s is no longer too long, or no longer there: take it off the exceptions", name)
		}
	}
}

// TestWorkEnds: what a room below cmd/internal begins ends with a Run, which waits
// for it: goroutines are in a group, and their context is the Run's.
func TestWorkEnds(t *testing.T) {
	for _, name := range sources(t) {
		if !strings.HasPrefix(filepath.ToSlash(name), "cmd/internal/") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join("..", name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: begin it in a sync.WaitGroup of a Run", set.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "context" && (n.Sel.Name == "Background" || n.Sel.Name == "TODO") {
					t.Errorf("%s: take the context of who asks", set.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

// sources lists the Go files of the module that are no tests, by their path
// below it.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != ".." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			out = append(out, filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator))))
		}
		return nil
	})
	if err != nil || len(out) < 100 {
		t.Fatalf("%d files, %v", len(out), err)
	}
	return out
}

// long counts the lines of a function. A table is read line by line and a flat
// switch case by case, so the longest literal without a function in it counts as
// one line, and so does a short case where the body is nothing but one switch
// and what it returns after it.
func long(set *token.FileSet, f *ast.FuncDecl) int {
	lines := func(n ast.Node) int { return set.Position(n.End()).Line - set.Position(n.Pos()).Line + 1 }
	table := 1
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if l, ok := n.(*ast.CompositeLit); ok && !holdsFunction(l) {
			table = max(table, lines(l))
			return false
		}
		return true
	})
	n := lines(f) - table + 1
	list := f.Body.List
	if len(list) == 2 {
		if _, ok := list[1].(*ast.ReturnStmt); ok {
			list = list[:1]
		}
	}
	if len(list) != 1 {
		return n
	}
	var cases []ast.Stmt
	switch s := list[0].(type) {
	case *ast.SwitchStmt:
		cases = s.Body.List
	case *ast.TypeSwitchStmt:
		cases = s.Body.List
	}
	flat := lines(f)
	for _, c := range cases {
		if l := lines(c); l <= mostOfCase {
			flat -= l - 1
		}
	}
	return min(n, flat)
}

func holdsFunction(l ast.Node) bool {
	held := false
	ast.Inspect(l, func(n ast.Node) bool {
		_, is := n.(*ast.FuncLit)
		held = held || is
		return !held
	})
	return held
}

package say

import (
	"fmt"
	"os"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// pagesOfBench are the files of station/screen whose words are all put into the reader's
// language; in others only what they pass to Say, Phrase and Count is.
var pagesOfBench = []string{
	"actions", "bench", "card", "closing", "colours", "focus", "found", "idle", "lines", "loading", "lost", "more", "names", "next", "pad", "services", "weight",
}

// asked lists every phrase that is asked for: of the tables of this package and of
// troubles, and of the calls in these sources.
func asked(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	add := func(phrases ...string) {
		for _, p := range phrases {
			if strings.ContainsFunc(regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(p, ""), func(r rune) bool { return 'a' <= r && r <= 'z' }) {
				out[p] = true
			}
		}
	}
	for _, table := range append(slices.Collect(maps.Values(sayings)), map[string]Saying{}) {
		for _, s := range table {
			add(s.Head, s.Fact, s.Step)
		}
	}
	for _, s := range questions {
		add(s.Head, s.Fact, s.Step)
	}
	for _, c := range causes {
		add(c.likely, c.asked, c.step)
	}
	add(OffStep(pack.Weight{}))
	for _, v := range verbs {
		add(v.do)
	}
	for _, r := range []station.Role{"", station.Packer, station.Supervisor, station.Manager, station.Administrator} {
		add(Role(r), string(r))
	}
	for _, kind := range append(slices.Clone(pack.PaperKinds), "") {
		add(Paper(kind))
	}
	add(slices.Collect(maps.Values(nouns))...)
	add(trouble.Phrases()...)
	for _, list := range [][]string{pack.ShortReasons} {
		for _, r := range list {
			add(Words(r))
		}
	}
	for _, file := range sources(t, "*.go") {
		calls(file, add)
	}
	for _, file := range sources(t, "../screen/*.go") {
		calls(file, add)
	}
	for _, name := range pagesOfBench {
		for _, file := range sources(t, "../screen/"+name+".go") {
			literals(file, add)
		}
	}
	return out
}

func sources(t *testing.T, pattern string) (out []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal(pattern, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}

// calls adds what is asked of a language by name: all texts of Phrase, the first of the
// others.
func calls(file *ast.File, add func(...string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		switch name {
		case "Phrase", "Say", "Count", "opt", "Time":
			all := call.Args[:1]
			if name == "Time" {
				all = call.Args[1:]
			}
			texts(all, add)
		case "ended", "waiting", "off":
			texts(call.Args, add)
		}
		return true
	})
}

func texts(in []ast.Expr, add func(...string)) {
	for _, e := range in {
		ast.Inspect(e, func(n ast.Node) bool {
			if _, call := n.(*ast.CallExpr); call {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				add(text)
			}
			return true
		})
	}
}

// wordy are literals that somebody reads.
var wordy = regexp.MustCompile(`^[A-Z“]?[a-z’'…]+[ ,:].*[a-z]|^[A-Z][a-z]+[a-z …!?]*$|[a-z]{2} [a-z]{2}`)

// literals adds every text of a page of the bench that reads as words.
func literals(file *ast.File, add func(...string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if text, _ := strconv.Unquote(n.Value); wordy.MatchString(text) {
					add(text)
				}
			}
		}
		return true
	})
}

func TestX(t *testing.T) {
	all := slices.Sorted(maps.Keys(asked(t)))
	var b strings.Builder
	for i, p := range all {
		fmt.Fprintln(&b, i, strconv.Quote(p))
	}
	os.WriteFile("/tmp/w/lang_phr.txt", []byte(b.String()), 0o644)
}

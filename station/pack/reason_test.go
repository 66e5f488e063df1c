package pack

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// named returns the constants of a file by their names.
func named(t *testing.T, file string) map[string]string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	ast.Inspect(parsed, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if out[spec.Names[0].Name], err = strconv.Unquote(lit.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	return out
}

// A reason that no code is said with has no words either.
func TestEveryReasonHasACode(t *testing.T) {
	constants := named(t, "reason.go")
	for name, text := range constants {
		held := false
		for _, of := range reasons {
			held = held || slices.Contains(of, Reason(text))
		}
		if !held {
			t.Errorf("no code is said with %s", name)
		}
	}
	if len(constants) < 48 {
		t.Fatalf("%d reasons", len(constants))
	}
}

// The table of reasons holds every pair of code and reason that a rule says in one
// call, also where no test comes by; the others are checked after every input.
func TestEveryReasonSaidIsInTheTable(t *testing.T) {
	codes, words := named(t, "verdict.go"), named(t, "reason.go")
	files, err := filepath.Glob("decide*.go")
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = f.Sel.Name
			case *ast.Ident:
				name = f.Name
			}
			code := map[string]string{"notNow": string(CodeNotNow)}[name]
			if code == "" && name != "say" && name != "refuse" {
				return true
			}
			for _, arg := range call.Args {
				ast.Inspect(arg, func(node ast.Node) bool {
					id, ok := node.(*ast.Ident)
					switch {
					case !ok:
					case codes[id.Name] != "" && strings.HasPrefix(id.Name, "Code"):
						code = codes[id.Name]
					case words[id.Name] != "":
						pairs++
						if code != "" && !slices.Contains(reasons[Code(code)], Reason(words[id.Name])) {
							t.Errorf("%s: %s is said with %s, which the table does not know", file, code, id.Name)
						}
					}
					return true
				})
			}
			return true
		})
	}
	if pairs < 60 {
		t.Fatalf("only %d pairs found", pairs)
	}
}

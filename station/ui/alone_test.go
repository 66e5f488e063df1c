package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// beside is what says the same where no shape does.
var beside = map[string]string{
	"scanNext":  "its words",
	"cause":     "its words",
	"tolerance": "where the needle stands, and the number above it",
	"toggle":    "where the knob stands, and the word beside it",
	"hours":     "the place and the width of the bar, and its number",
}

// Nothing is told by colour alone: whatever draws in the colour of a verdict or a lamp
// draws a shape beside it.
func TestNoColourAlone(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, is := d.(*ast.FuncDecl)
			if !is {
				continue
			}
			coloured, shaped := "", false
			ast.Inspect(f, func(n ast.Node) bool {
				if s, is := n.(*ast.SelectorExpr); is {
					switch s.Sel.Name {
					case "Right", "Wrong", "Look", "Of", "Lamp":
						if of, is := s.X.(*ast.SelectorExpr); is && of.Sel.Name == "pal" {
							coloured = s.Sel.Name
						}
					case "shape":
						shaped = true
					}
				}
				return true
			})
			if coloured != "" {
				seen++
			}
			if coloured != "" && !shaped && beside[f.Name.Name] == "" {
				t.Errorf("%s: %s draws in the colour %s and no shape", name, f.Name.Name, coloured)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d", seen)
	}
}

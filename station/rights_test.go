package station_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The table of rights is asked in one place, people.Rights: whoever compares ranks, or a
// person's role with one of the four, judges beside it. A rank may be read where rows
// of the table are made, and where journals of old, which know no table, are understood.
func TestNobodyJudgesByRankBesideTheTable(t *testing.T) {
	ranks := map[string]bool{"station/doc.go": true, "station/people/rights.go": true, "station/pack/decide_people.go": true, "station/intake/people.go": true}
	roles := []string{"Packer", "Supervisor", "Manager", "Administrator"}
	named := map[string]bool{"station/screen/cases.go": true, "station/say/words.go": true, "station/intake/people.go": true} // that say a role, or read one
	for _, top := range []string{"../station", "../cmd", "../devices", "../labels"} {
		err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(path), "../")
			tokens := token.NewFileSet()
			file, err := parser.ParseFile(tokens, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					of, _ := n.Fun.(*ast.SelectorExpr)
					byRank := of != nil && (of.Sel.Name == "Rank" && len(n.Args) == 0 || of.Sel.Name == "May" && len(n.Args) == 1 && !isAction(n.Args[0]))
					if byRank && !ranks[name] {
						t.Errorf("%s: judged by rank: ask people.Rights", tokens.Position(n.Pos()))
					}
				case *ast.BinaryExpr:
					for _, side := range []ast.Expr{n.X, n.Y} {
						s, ok := side.(*ast.SelectorExpr)
						if !ok {
							continue
						}
						if id, is := s.X.(*ast.Ident); is && id.Name == "station" && slices.Contains(roles, s.Sel.Name) && !named[name] {
							t.Errorf("%s: a role is compared with %s: ask people.Rights", tokens.Position(n.Pos()), s.Sel.Name)
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// isAction reports whether an argument is an action of the table: then the table is asked.
func isAction(arg ast.Expr) bool {
	s, ok := arg.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, is := s.X.(*ast.Ident)
	return is && id.Name == "people"
}

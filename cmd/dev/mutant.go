package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// mutant is one small change of a source file that a test should notice.
type mutant struct {
	file       string // from the root of the module
	function   string // it stands in, or the variable or constant
	kind       string
	line       int
	source     []byte // of the file, as it was when it was read
	begin, end int    // the bytes that are replaced
	text       string // by this
	// The lines it stands in as one, as they are and as they become.
	before, after string
}

// String names a mutant in a way that stays when lines above it move.
func (m mutant) String() string {
	return fmt.Sprintf("%s %s: %s\n- %s\n+ %s", m.file, m.function, m.kind, m.before, m.after)
}

// at is String with the line.
func (m mutant) at() string {
	return fmt.Sprintf("%s:%d%s", m.file, m.line, strings.TrimPrefix(m.String(), m.file))
}

// applied returns the source with the change.
func (m mutant) applied() []byte {
	return slices.Concat(m.source[:m.begin], []byte(m.text), m.source[m.end:])
}

// swaps are the operators that become another one. A relation moves by its
// edge only, which is what tests miss.
var swaps = map[token.Token]struct{ kind, to string }{
	token.LSS: {"relation", "<="}, token.LEQ: {"relation", "<"},
	token.GTR: {"relation", ">="}, token.GEQ: {"relation", ">"},
	token.EQL: {"relation", "!="}, token.NEQ: {"relation", "=="},
	token.ADD: {"arithmetic", "-"}, token.SUB: {"arithmetic", "+"},
	token.MUL: {"arithmetic", "/"}, token.QUO: {"arithmetic", "*"}, token.REM: {"arithmetic", "*"},
	token.SHL: {"arithmetic", ">>"}, token.SHR: {"arithmetic", "<<"},
	token.AND: {"arithmetic", "|"}, token.OR: {"arithmetic", "&"},
	token.ADD_ASSIGN: {"arithmetic", "-="}, token.SUB_ASSIGN: {"arithmetic", "+="},
	token.MUL_ASSIGN: {"arithmetic", "/="}, token.QUO_ASSIGN: {"arithmetic", "*="},
	token.AND_ASSIGN: {"arithmetic", "|="}, token.OR_ASSIGN: {"arithmetic", "&="},
}

// mutantsOf lists all mutants of a source file, in a fixed order. Some will not
// compile: it knows no types.
func mutantsOf(file string, source []byte) ([]mutant, error) {
	f := mutated{name: file, source: source, set: token.NewFileSet()}
	tree, err := parser.ParseFile(f.set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if f.function = decl.Name.Name; decl.Recv != nil {
				f.function = strings.Trim(f.text(decl.Recv.List[0].Type), "*") + "." + f.function
			}
			f.walk(decl.Body, decl.Type)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					f.function = spec.Names[0].Name
					for _, value := range spec.Values {
						f.walk(value, nil)
					}
				}
			}
		}
	}
	return f.found, nil
}

// mutated is a file whose mutants are being found.
type mutated struct {
	name, function string
	source         []byte
	set            *token.FileSet
	found          []mutant
}

// walk finds the mutants below a node of a function of the given type.
func (f *mutated) walk(root ast.Node, of *ast.FuncType) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			f.walk(n.Body, n.Type)
			return false
		case *ast.ReturnStmt:
			f.zero(n, of)
		case ast.Stmt:
			f.statement(n)
		case ast.Expr:
			f.expression(n)
		}
		return true
	})
}

func (f *mutated) statement(n ast.Stmt) {
	const nothing = "_ = 0"
	switch n := n.(type) {
	case *ast.IfStmt:
		f.add("negated if", n.Cond.Pos(), n.Cond.End(), "!("+f.text(n.Cond)+")")
	case *ast.IncDecStmt:
		f.add("deleted step", n.Pos(), n.End(), nothing)
	case *ast.ExprStmt:
		if _, ok := n.X.(*ast.CallExpr); ok {
			f.add("deleted call", n.Pos(), n.End(), nothing)
		}
	case *ast.AssignStmt:
		f.swap(n.Tok, n.TokPos)
		if n.Tok != token.DEFINE {
			f.add("deleted assignment", n.Pos(), n.End(), nothing)
		}
	}
}

func (f *mutated) expression(n ast.Expr) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		f.swap(n.Op, n.OpPos)
		if n.Op == token.LAND || n.Op == token.LOR {
			f.add("dropped left side", n.X.Pos(), n.Y.Pos(), "")
			f.add("dropped right side", n.X.End(), n.Y.End(), "")
		}
	case *ast.BasicLit:
		if value, err := strconv.ParseInt(n.Value, 0, 63); n.Kind == token.INT && err == nil {
			f.add("number + 1", n.Pos(), n.End(), strconv.FormatInt(value+1, 10))
		}
	case *ast.Ident:
		if other, ok := map[string]string{"true": "false", "false": "true"}[n.Name]; ok {
			f.add("true and false", n.Pos(), n.End(), other)
		}
	case *ast.CallExpr:
		if fun, ok := n.Fun.(*ast.Ident); ok && (fun.Name == "min" || fun.Name == "max") {
			for _, arg := range n.Args {
				f.add("dropped bound", n.Pos(), n.End(), "("+f.text(arg)+")")
			}
		}
	}
}

func (f *mutated) swap(operator token.Token, at token.Pos) {
	if to, ok := swaps[operator]; ok {
		f.add(to.kind, at, at+token.Pos(len(operator.String())), to.to)
	}
}

// zero makes a return statement return the zero values of the function's type.
func (f *mutated) zero(n *ast.ReturnStmt, of *ast.FuncType) {
	if len(n.Results) == 0 {
		return
	}
	var zeros []string
	for _, result := range of.Results.List {
		zero := "*new(" + f.text(result.Type) + ")"
		zeros = append(zeros, slices.Repeat([]string{zero}, max(1, len(result.Names)))...)
	}
	same := !slices.ContainsFunc(n.Results, func(e ast.Expr) bool {
		text := f.text(e)
		return !slices.Contains([]string{"nil", "0", `""`, "false"}, text) && !strings.HasSuffix(text, "{}")
	})
	if !same {
		f.add("zero returned", n.Pos(), n.End(), "return "+strings.Join(zeros, ", "))
	}
}

func (f *mutated) text(n ast.Node) string {
	return string(f.source[f.set.Position(n.Pos()).Offset:f.set.Position(n.End()).Offset])
}

func (f *mutated) add(kind string, from, to token.Pos, text string) {
	begin, end := f.set.Position(from), f.set.Position(to).Offset
	first := bytes.LastIndexByte(f.source[:begin.Offset], '\n') + 1
	last := end + bytes.IndexByte(append(f.source[end:len(f.source):len(f.source)], '\n'), '\n')
	line := func(part string) string {
		return strings.Join(strings.Fields(string(f.source[first:begin.Offset])+part+string(f.source[end:last])), " ")
	}
	f.found = append(f.found, mutant{
		file: f.name, source: f.source, function: f.function, kind: kind, line: begin.Line, begin: begin.Offset, end: end, text: text,
		before: line(string(f.source[begin.Offset:end])), after: line(text),
	})
}

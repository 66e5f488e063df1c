package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestMutantsOfAFile(t *testing.T) {
	const source = `package x

const most = 4

func (b *box) full(n int, err error) (bool, string) {
	if n+1 > most && err == nil {
		b.n += min(n, 2)
		b.shut()
		return n > 0, ""
	}
	b.n++
	each(func() bool { return true })
	name := "not touched: 1 + 1"
	return false, ""
}
`
	want := []string{
		"most number + 1: const most = 5",
		"box.full negated if: if !(n+1 > most && err == nil) {",
		"box.full relation: if n+1 >= most && err == nil {",
		"box.full relation: if n+1 > most && err != nil {",
		"box.full arithmetic: if n-1 > most && err == nil {",
		"box.full number + 1: if n+2 > most && err == nil {",
		"box.full dropped left side: if err == nil {",
		"box.full dropped right side: if n+1 > most {",
		"box.full arithmetic: b.n -= min(n, 2)",
		"box.full deleted assignment: _ = 0",
		"box.full dropped bound: b.n += (n)",
		"box.full dropped bound: b.n += (2)",
		"box.full number + 1: b.n += min(n, 3)",
		"box.full deleted call: _ = 0",
		`box.full zero returned: return *new(bool), *new(string)`,
		`box.full relation: return n >= 0, ""`,
		`box.full number + 1: return n > 1, ""`,
		"box.full deleted step: _ = 0",
		"box.full deleted call: _ = 0",
		"box.full zero returned: each(func() bool { return *new(bool) })",
		"box.full true and false: each(func() bool { return false })",
		`box.full true and false: return true, ""`,
	}
	mutants, err := mutantsOf("x.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range mutants {
		got = append(got, m.function+" "+m.kind+": "+m.after)
		if changed := string(m.applied()); !strings.Contains(strings.Join(strings.Fields(changed), " "), m.after) {
			t.Errorf("%s changes the file to\n%s", m.at(), changed)
		}
	}
	slices.Sort(want)
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	i := slices.IndexFunc(mutants, func(m mutant) bool { return m.kind == "deleted step" })
	if got, want := mutants[i].at(), "x.go:11 box.full: deleted step\n- b.n++\n+ _ = 0"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	moved, err := mutantsOf("x.go", []byte(strings.Replace(source, "const", "// A line more.\nconst", 1)))
	if err != nil || moved[i].String() != mutants[i].String() || moved[i].line != 12 {
		t.Errorf("a line above changes %s to %s (%v)", mutants[i], moved[i].at(), err)
	}
}

// TestMutate runs the real go on a small module: of its five mutants one does
// not compile, one is judged and one survives.
func TestMutate(t *testing.T) {
	t.Chdir(t.TempDir())
	files := map[string]string{
		"go.mod":     "module packbench\n\ngo 1.24\n",
		"box/box.go": "package box\n\nfunc Full(n int) bool { return n >= 4 }\n\nfunc Name(s string) string { return \"box \" + s }\n",
		"box/b_test.go": `package box

import "testing"

func TestFull(t *testing.T) {
	if !Full(9) || Full(3) || Name("S") != "box S" {
		t.Error("wrong")
	}
}
`,
		"shop/shop.go": "package shop\n",
		"shop/s_test.go": `package shop

import (
	"packbench/box"
	"testing"
)

func TestFour(t *testing.T) {
	if !box.Full(4) {
		t.Error("four fill a box")
	}
}
`,
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	judgedBefore := judgedText
	t.Cleanup(func() { judgedText = judgedBefore })
	judgedText = `box/box.go Full: number + 1
- func Full(n int) bool { return n >= 4 }
+ func Full(n int) bool { return n >= 5 }
Nobody has five.

box/box.go Full: relation
- func Full(n int) bool { return n >= 3 }
+ func Full(n int) bool { return n > 3 }
It was so once.
`
	d, out := on(nil, "")
	d.sys = host{}
	if err := d.parse(strings.Fields("mutate -n 9 -share 50 ./box")); err != nil {
		t.Fatal(err)
	}
	if err := d.mutate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"survived  box/box.go:3 Full: relation\n- func Full(n int) bool { return n >= 4 }\n+ func Full(n int) bool { return n > 4 }\n",
		"judged    box/box.go:3 Full: number + 1\n",
		"\nNobody has five.\n",
		"no longer there, though judged: box/box.go Full: relation\n- func Full(n int) bool { return n >= 3 }",
		"seed 1, 9 mutants a package\npackage        mutants  killed  share  judged\npackbench/box  3        2       66%    1\n",
	} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("said\n%s\nwant in it\n%s", out, part)
		}
	}
	d.draw.share = 67
	if err := d.mutate(t.Context()); err == nil || err.Error() != "under 67%: packbench/box" {
		t.Errorf("error %v", err)
	}
	out.Reset()
	d.draw.with = "./shop"
	if err := d.mutate(t.Context()); err != nil || strings.Contains(out.String(), "survived") {
		t.Errorf("with the tests of the shop: %v, said\n%s", err, out)
	}
	if text, err := os.ReadFile("box/box.go"); err != nil || string(text) != files["box/box.go"] {
		t.Errorf("the file became %q (%v)", text, err)
	}
}

func TestMutateEndsOnRedTests(t *testing.T) {
	machine := &fake{fails: "go test", answers: map[string]string{"go list": "packbench/box\t" + t.TempDir() + "\t\n"}}
	d, _ := on(machine, "")
	if err := d.mutate(t.Context()); err == nil {
		t.Error("no error though the tests fail on the code as it is")
	}
}

func TestJudgedMutants(t *testing.T) {
	judged, err := parseJudged(judgedText)
	if err != nil || len(judged) == 0 {
		t.Errorf("%d judged mutants and %v", len(judged), err)
	}
	for _, text := range []string{"", "a.go f: relation\n- x\n+ y\n", "a.go f: relation\n- x\nwhy\nwhy\n"} {
		if judged, err := parseJudged(text); err == nil {
			t.Errorf("%q is read as %q", text, judged)
		}
	}
}

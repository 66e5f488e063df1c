package trouble

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Whatever has a code has words, and whatever has words is used.
func TestEveryCodeAndFixHasItsPhrase(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := 0
	named := map[Fix]bool{}
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		constants++
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		if spec.Type.(*ast.Ident).Name == "Code" {
			if phrases[Code(text)].wrong == "" {
				t.Errorf("%s has no phrase", spec.Names[0].Name)
			}
			return true
		}
		named[Fix(text)] = true
		if _, known := fixes[Fix(text)]; !known {
			t.Errorf("%s has no phrase", spec.Names[0].Name)
		}
		return true
	})
	if constants < 100 {
		t.Fatalf("%d constants", constants)
	}
	for code, p := range phrases {
		if _, known := fixes[p.fix]; !known && p.fix != "" {
			t.Errorf("%s: there is no fix %q", code, p.fix)
		}
		named[p.fix] = true
		for _, text := range []string{New(code, "one", "two", "three", "four").String(), New(code).Wrong()} {
			if strings.ContainsAny(text, "{}|`") || strings.Contains(text, "..") {
				t.Errorf("%s: %q", code, text)
			}
		}
	}
	for fix := range fixes {
		if !named[fix] {
			t.Errorf("nobody asks for %q", fix)
		}
	}
}

// A line to run comes out whole and without the sentence around it: it is copied
// into a terminal as it is.
func TestStepsOfAFix(t *testing.T) {
	const udev = `echo 'SUBSYSTEM=="tty", KERNEL=="ttyUSB0"' | sudo tee /etc/udev/rules.d/61.rules`
	for _, c := range []struct {
		is     Trouble
		advice string
		want   []Step
	}{
		{New(Ready), "", nil},
		{New(Unplugged), "Plug the cable in. The bench carries on by itself.", []Step{{Words: "Plug the cable in. The bench carries on by itself."}}},
		{New(DeviceDenied, udev), "Run: " + udev, []Step{{"Run this line in a terminal:", udev}}},
		{
			New(PortDenied, "dialout"), "Run: sudo usermod -aG dialout $USER, then sign out and in again.",
			[]Step{{"Run this line in a terminal:", "sudo usermod -aG dialout $USER"}, {Words: "Then sign out and in again."}},
		},
		{
			New(TakenForModem, udev),
			"Run: " + udev + " and plug the device in again. If that does not help, run: sudo systemctl disable --now ModemManager",
			[]Step{
				{"Run this line in a terminal:", udev},
				{"Then plug the device in again. If that does not help, run:", "sudo systemctl disable --now ModemManager"},
			},
		},
		{New(TakesNoJobs, "the queue labels", "labels").With(AcceptJobs), "Run: sudo cupsaccept labels", []Step{{"Run this line in a terminal:", "sudo cupsaccept labels"}}},
	} {
		if got := c.is.Advice(); got != c.advice {
			t.Errorf("%s: %q", c.is.Code, got)
		}
		if got := c.is.Steps(); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.is.Code, got, c.want)
		}
	}
}

// A line to run stands alone in each language too, so that it is copied and not retyped.
func TestLinesToRunInALanguage(t *testing.T) {
	german := map[string]string{
		inTerminal: "Diese Zeile in einem Terminal ausführen:",
		"Run: `{1}` and plug the device in again":                                 "Ausführen: `{1}`, über das Gerät steht hier nichts",
		"If that does not help, run: `sudo systemctl disable --now ModemManager`": "Hilft das nicht, ausführen: `sudo systemctl disable --now ModemManager`",
	}
	told := New(TakenForModem, "sudo rules").In(func(english string) string { return german[english] })
	want := []Step{
		{"Diese Zeile in einem Terminal ausführen:", "sudo rules"},
		{"Über das Gerät steht hier nichts. Hilft das nicht, ausführen:", "sudo systemctl disable --now ModemManager"},
	}
	if got := told.Steps(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

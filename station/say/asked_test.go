package say

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/phrases"
	"packbench/station/shift"
	"packbench/station/stock"
)

// untranslated is how many phrases are English in every language.
const untranslated = 0

// pagesOfBench are the files of station/screen whose words are all put into the reader's
// language; in others only what they pass to Say, Phrase and Count is.
var pagesOfBench = []string{
	"actions", "bench", "card", "closing", "colours", "focus", "found", "idle", "help", "returns", "returns_words", "owed", "lines", "loading", "lost", "more", "names", "next", "pad", "queue", "dock", "services", "weight",
	"count", "stock", "stock_why", "board",
	"cases", "causes", "moments", "remedies", "similar", "outbox", "after", "trace", "found_things", "shift", "figures", "boxes", "settings", "devices", "plugged", "fix", "shops", "accounts", "messages",
	"catalogue", "danger", "handling", "doctor", "shop", "refusals", "announce", "columns", "columns_form", "columns_names", "rules", "simulator", "carriers", "pin", "view", "letters", "subject",
}

// frontsToo are what stands behind the pages, and says what became of something.
var frontsToo = []string{"pages", "hubfront", "afterfront", "owedfront", "shopfront", "stockfront", "tracefront", "setup", "newshop", "mapping", "shell", "accountfront"}

// wordsToo are tables of words that pages show: why a code is not counted, causes, reasons.
var wordsToo = []string{"cmd/internal/stockroom/count", "station/cases/cause", "station/cases/group", "station/cases/reason", "cmd/internal/desktop/lamps", "cmd/internal/desktop/newshop/came", "cmd/internal/desktop/newshop/file", "cmd/internal/desktop/newshop/person", "cmd/internal/desktop/setup/devices", "cmd/internal/desktop/setup/learn", "devices/scanner/doctor_advice", "devices/scanner/doctor_read", "devices/scanner/sheet", "cmd/internal/desktop/rulefront/draft", "station/carrier/rules/words", "station/figures/words", "cmd/internal/desktop/setup/find", "cmd/internal/desktop/setup/testpage", "cmd/internal/desktop/setup/settings", "cmd/internal/desktop/hubfront/join", "cmd/internal/desktop/hubfront/words", "cmd/internal/member/advice", "cmd/internal/member/look", "cmd/internal/member/steps", "station/hub/words"}

// asked lists every phrase that is asked for: of the tables of this package and of
// troubles, and of the calls in these sources.
func asked(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	add := func(phrases ...string) {
		for _, p := range phrases {
			if names.MatchString(p) {
				continue
			}
			if strings.ContainsFunc(regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(p, ""), func(r rune) bool { return 'a' <= r && r <= 'z' }) {
				out[p] = true
			}
		}
	}
	add(Phrases()...)
	for _, file := range sources(t, "*.go") {
		calls(file, add)
	}
	for _, file := range sources(t, "../screen/*.go") {
		calls(file, add)
	}
	for _, dir := range frontsToo {
		for _, file := range sources(t, "../../cmd/internal/desktop/"+dir+"/*.go") {
			calls(file, add)
		}
	}
	for _, dir := range []string{"../../cmd/internal/desk", "../../cmd/internal/finder", "../../cmd/internal/upkeep", "../../cmd/internal/rating", "../trace"} {
		for _, file := range sources(t, dir+"/*.go") {
			calls(file, add)
		}
	}
	for _, name := range wordsToo {
		for _, file := range sources(t, "../../"+name+".go") {
			literals(file, add)
		}
	}
	book := shift.Book{
		Rows: []shift.Row{{}}, Packers: []shift.Work{{}}, Stations: []shift.Work{{}}, Carriers: []shift.Carriage{{}}, Hours: []shift.Hour{{Parcels: 1}}, Errors: []shift.Count{{}},
		Marked: []shift.Marked{{}}, Changes: []shift.Change{{}}, Heads: map[string]string{"S1": ""}, Balances: []shift.Balance{{Gaps: []string{"1"}}},
	}
	for _, t := range book.Tables() {
		if t.Title != shift.HeadsTitle {
			add(t.Title)
		}
		add(t.Columns...)
	}
	for _, file := range sources(t, "../../cmd/internal/desktop/fields/*.go") {
		literals(file, add)
	}
	for _, s := range people.Specs() {
		add(s.Name, s.Does)
	}
	add("Printers", "Packers", "supervisors", "managers", "administrators", "yes", "no", "pin", "{role}: {leave}", "{role} and above: {leave}", "it answers", "needed", "none", "nothing", "scanner 2", "opening", "serial port", "keyboard", "scanner", "scale", "trace keys", "numbers", "steady", "moving")
	add("E-mail", "HS code", "held", "done", "rejected", "left out", "A scale", "Stopped: nothing of the file was kept", "Stopped: what was kept before stays; import the file again to go on from there", "US English", "UK English", "Swiss German", "Belgian", "GS1 separator", "AIM identifier", "dropped", "sent")
	add("Products (SKU)", "printer", "always", "insured", "Insured", "Name", "Shops", "Worth at least", "offline", "paused", "rejected", "stuck", "Start of the sheet", "Badge: packer", "Badge: supervisor", "Badge: manager", "Card: next order", "Card: undo", "The label on the box")
	add("Pricing the parcels of the last 30 days…", "Asking about the parcels of the last 30 days…", "Asking for the services…", "Keeping…", "Reading the shop…", "Pausing…", "Resuming…", "Everything works", "Stopped. What was read before stays", "Stopped. Nothing was bought", "A test message was sent",
		"The file is back in the folder, and is read within a minute. Press Read now to read it at once", "The shop did not answer in time", "The carrier did not answer in time", "The target did not answer in time",
		"Give the shop a short name, such as web", "Enter the shop's address", "Paste the shop's key", "Give the target a short name, such as team", "Enter the mail server", "Give the account a short name, such as post", "Paste the account's key",
		"Name here", "Short, such as post; it cannot be changed later", "Short, such as web; it cannot be changed later", "Short, such as team; it cannot be changed later", "Mail server", "not entered", "the kept one stays", "Only where it has changed", "Paste it from the shop's settings", "Paste it from the carrier's web page")
	add("{n} refusals", "{n} minutes", "{n} in a row")
	add("Proof", "What happened", "from yesterday", "from earlier", "still open", string(shift.StageLabelless), string(shift.StageUnprinted), string(shift.StageUnscanned), string(shift.StageDock))
	add("units", "parcels", "orders", "returns owed", "new", "paid", "refused", "still owed", "reopened", "accepted", "removed", "in closed parcels", "in open parcels", "handed over", "voided", "opened again", "packed", "opened", "closed", "short", "cancelled")
	for _, d := range station.Dangers() {
		add(string(d))
	}
	for _, r := range stock.Reasons() {
		add(r.Words)
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
		if as, is := n.(*ast.AssignStmt); is { // a phrase that is chosen first
			if id, is := as.Lhs[0].(*ast.Ident); is && id.Name == "phrase" {
				texts(as.Rhs[:1], add)
			}
		}
		if lit, is := n.(*ast.CompositeLit); is { // why a trace code is what it is
			if id, is := lit.Type.(*ast.Ident); is && id.Name == "Why" && len(lit.Elts) > 0 {
				texts(lit.Elts[:1], add)
			}
		}
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
		case "Phrase", "Say", "progress", "Count", "opt", "Time", "add":
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

// names are literals that nobody reads: ids, rows of keys, forms of times.
var names = regexp.MustCompile(`^[a-z]+:[a-z-]+$|^[a-z] [a-z] |Delete oz|^Clear 0|^open case$|^Bench $|^no no no no$|, administrator$|TEST\.$|^Test page$|^what is plugged in is not known$|^is missing: enter it$|^the key of the shop$|^does not accept the key$|^cannot be reached$|^asks for a pause$|^make a new one$|^not accepted$|^message target$|^services of account$|^ to the team may not have come$|, a card of the bench$|^(order due|parcel today)$|^Signs L|^Shift( z x.*| )$|%[dqsv]|^https:|^ship by$|^gift, b2b$|^demo-post, |^rule 1, $|^B-|^PB:|^(Tab|Esc|Enter|Up|Down|Backspace|Shift Tab)$`)

// wordy are literals that somebody reads.
var wordy = regexp.MustCompile(`^[A-Z“]?[a-z’'…]+[ ,:].*[a-z]|^[A-Z][a-z]+[a-z …!?]*$|[a-z]{2} [a-z]{2}`)

// literals adds every text of a page of the bench that reads as words.
func literals(file *ast.File, add func(...string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false
		case *ast.KeyValueExpr: // names of buttons and keys
			if id, is := n.Key.(*ast.Ident); is && (id.Name == "ID" || id.Name == "Key" || id.Name == "Command") {
				return false
			}
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

// spoken reads every supplied language.
func spoken(t *testing.T) map[string]Language {
	t.Helper()
	all, err := phrases.Supplied()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Language{}
	for _, tag := range all.Tags()[1:] {
		speech, err := all.In(tag)
		if err != nil {
			t.Fatal(err)
		}
		out[tag] = Language{Speech: speech}
	}
	if len(out) < 12 {
		t.Fatalf("only %d languages", len(out))
	}
	return out
}

// composed are phrases without a letter of their own, weekdays and the names of lamps:
// no call names them.
var composed = []string{
	"0.5", "{what}: {about}", "{wrong}. {advice}", "{place}, {became}: {reason}", "{role}: {leave}", "{sentence}.", "{first} {second}", "{question}?", " ({reason})", " ({marks})", " “{text}”", "2 Jan 2006, 15:04", "the {item}",
	"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "scanner", "scale", "label printer", "database", "network", "ready", "Reading…",
}

// alike are arguments that mean the same, so that a language may take the one that its
// grammar likes.
var alike = map[string]string{"order": "order no", "Order": "order no", "parcel": "parcel id", "Paper": "paper", "Box": "box", "list": "manifest"}

// again are other words for what to do again, each language its own.
var again = regexp.MustCompile(`\{\{[^{}]*\}\}`)

func arguments(phrase string) string {
	var out []string
	phrase = again.ReplaceAllString(phrase, "{again}")
	for _, m := range regexp.MustCompile(`\{+([^{}|]*)`).FindAllStringSubmatch(phrase, -1) {
		name := m[1]
		if args[name] != nil {
			name = cmp.Or(alike[name], name)
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// A language says what the others say, nothing that nobody asks for, and with the same
// arguments; each number has its form. A phrase may stay English in all languages, never
// in some: how many do is counted, and may only become fewer.
func TestEveryLanguageSaysTheSame(t *testing.T) {
	want, languages := asked(t), spoken(t)
	for _, p := range composed {
		want[p] = true
	}
	said := map[string]bool{}
	for _, l := range languages {
		l.Each(func(english, _, _ string) { said[english] = true })
	}
	for tag, l := range languages {
		for p := range said {
			if !l.Has(p) {
				t.Errorf("%s lacks %q", tag, p)
			}
		}
		l.Each(func(english, form, text string) {
			if !want[english] {
				t.Errorf("%s: nobody asks for %q", tag, english)
			}
			if form == "" && strings.Count(text, "|") != strings.Count(english, "|") {
				t.Errorf("%s: %q and %q differ in what is said without an argument", tag, english, text)
			}
			counted := form == "one" || form == "two"
			if have, wanted := arguments(text), arguments(english); have != wanted && (!counted || have != "") {
				t.Errorf("%s: %q has the arguments %s, %q has %s", tag, english, wanted, text, have)
			}
		})
	}
	left := 0
	for p := range want {
		if !said[p] {
			left++
		}
	}
	if left > untranslated {
		t.Errorf("%d of %d phrases are English in every language, not %d: translate what is new", left, len(want), untranslated)
	}
}

// What a doctor counts as English is what the files lack.
func TestUntold(t *testing.T) {
	for tag, l := range spoken(t) {
		if english, all := l.Untold(); english != 0 || all < 500 {
			t.Errorf("%s: %d of %d", tag, english, all)
		}
	}
	if english, _ := (Language{}).Untold(); english != 0 {
		t.Errorf("English lacks %d", english)
	}
}

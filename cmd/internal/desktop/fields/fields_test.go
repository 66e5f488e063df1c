package fields

import (
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"

	"packbench/station/config"
	"packbench/station/people"
	"packbench/station/say"
)

// V32: each setting has a name and says what it is for, in words of people, and so has
// each value that is chosen of a list; none is called as the file calls it.
func TestSettingsHaveNamesAndHelp(t *testing.T) {
	s := config.Default()
	coded := func(words, value string) bool { // as the file has it, and no plain number
		return words == value && strings.ContainsFunc(value, unicode.IsLetter) || words != "" && strings.ContainsAny(words, "_\\")
	}
	for _, g := range All() {
		for _, f := range g.Fields {
			help := f.help
			if f.tells != nil {
				help = f.tells(s)
			}
			for _, c := range f.Choices {
				if c.Words == "" || coded(c.Words, c.Value) {
					t.Errorf("%s: the value %q is called %q", f.Key, c.Value, c.Words)
				}
				if help == "" && c.Help == "" {
					t.Errorf("%s: nothing says what %q is", f.Key, c.Value)
				}
			}
			if f.label == "" || strings.ContainsAny(f.label, "._") || help == "" && len(f.Choices) == 0 || strings.Contains(help, ".") && strings.Contains(help, "_") {
				t.Errorf("%s is called %q and says %q", f.Key, f.label, help)
			}
		}
	}
}

// V32: every value that the file may have is offered in words, those of a number have
// their unit, and what an older file says in another order is the same.
func TestValuesInWords(t *testing.T) {
	s := config.Default()
	s.Scanner.Suffix, s.Scanner.KeyMS, s.Rules.LockAfter, s.Rules.SignOutAfter = "crlf", 20, 3, 0
	s.Weight.FillingG, s.Scale.Protocol, s.Language, s.Printers.WithLabel = 305, "st-gs", "pt-BR", "return,slip"
	s.Printers.Label.Page, s.ScreenHeight = "4x6", 0
	for key, want := range map[string]string{
		"scanner.kind": "Typing scanner", "scanner.suffix": "Enter and line feed", "scanner.key_ms": "20 ms", "scanner.layout": "US English",
		"rules.lock_after": "3 refusals", "rules.sign_out_after": "Never", "rights.override": "Supervisors", "weight.filling_g": "30.5 g", "weight.percent": "2 %",
		"scale.protocol": "ST,GS family", "scale.division_g": "1 g", "language": "Portuguese", "paper_language": "The buyer's", "screen_height_mm": "Not known",
		"printer.with_label": "Packing slip, return label", "printer.label.page": "4 × 6 in", "printer.label.kind": "PDF files", "printer.slip.kind": "Paper printer",
		"printer.label.dpi": "203 dpi", "theme": "As the computer",
	} {
		f, ok := Of(key)
		if !ok {
			t.Fatalf("there is no field %s", key)
		}
		got := wordsOf(f.Choices, f.value(s))
		if f.says != nil && got == "" {
			got = f.says(f.value(s))
		}
		if got != want {
			t.Errorf("%s: %q is called %q, want %q", key, f.value(s), got, want)
		}
	}
}

// V32: what is wrong with settings is said with the names that the page has for them.
func TestFaultsInWordsOfThePage(t *testing.T) {
	s := config.Default()
	s.Printers.Label.Kind = "zpl"
	if got := FaultWords(s); !strings.HasPrefix(got, "Printing, address: is empty") {
		t.Errorf("%q", got)
	}
	if got := FaultOf(s, "printer.label.address"); got == "" || FaultOf(s, "printer.paper.address") != "" {
		t.Errorf("the field says %q", got)
	}
	if got := FaultWords(config.Default()); got != "" {
		t.Errorf("of nothing: %q", got)
	}
	if f, _ := Of("weight.grams"); f.Set(&s, "many") == nil || !strings.Contains(f.Set(&s, "many").Error(), "is not a number") {
		t.Error("a word is taken for a number")
	}
}

// The sender's country is chosen by its name in any language, and kept as the file has
// it; what is no country is refused.
func TestSenderCountry(t *testing.T) {
	land, ok := Of("sender.country")
	if !ok {
		t.Fatal("there is no field for it")
	}
	s := config.Default()
	for _, typed := range []string{"Austria", "österreich", "at"} {
		if err := land.Set(&s, typed); err != nil || s.Sender.Country != "AT" || land.value(s) != "Austria" {
			t.Errorf("%s is %q, %q, %v", typed, s.Sender.Country, land.value(s), err)
		}
	}
	if err := land.Set(&s, "Atlantis"); err == nil || s.Sender.Country != "AT" {
		t.Errorf("Atlantis is %q, %v", s.Sender.Country, err)
	}
	if err := land.Set(&s, ""); err != nil || s.Sender.Country != "" {
		t.Errorf("nothing is %q, %v", s.Sender.Country, err)
	}
}

// What the file can say is on a page, but for what is listed here with its reason.
func TestEveryKeyOfTheFileIsOnAPage(t *testing.T) {
	elsewhere := map[string]string{
		"station":           "it is part of the id of every row, and chosen when the folder is made",
		"scale.every_ms":    "the protocol knows",
		"hub.address":       "a folder joins a hub with all that it has: packctl hub join",
		"scanner.data_bits": "two scanners in a thousand", "scanner2.data_bits": "likewise",
		"scanner.stop_bits": "likewise", "scanner2.stop_bits": "likewise",
	}
	var all map[string]any
	if _, err := toml.Decode(string(config.Default().Encode()), &all); err != nil {
		t.Fatal(err)
	}
	var walk func(prefix string, table map[string]any)
	walk = func(prefix string, table map[string]any) {
		for name, value := range table {
			key := prefix + name
			if below, ok := value.(map[string]any); ok {
				walk(key+".", below)
			} else if _, ok := Of(key); !ok && elsewhere[key] == "" && !strings.HasSuffix(key, ".native_bars") {
				t.Errorf("%s is on no page", key)
			}
		}
	}
	walk("", all)
}

// Shifts and lanes are lists in the file, and a line on the page: what is typed comes
// back as it is shown, and what cannot be read changes nothing.
func TestListsAreTyped(t *testing.T) {
	for key, tests := range map[string]map[string]string{
		"shift": {"Early 6:00-14:00;Night shift: 22:00–6:00;": "Early 06:00-14:00; Night shift 22:00-06:00", "": ""},
		"lane":  {"exp: demo-express; BIG:demo-post,post-parcel": "EXP: demo-express; BIG: demo-post, post-parcel", "": ""},
	} {
		f, ok := Of(key)
		if !ok {
			t.Fatal(key)
		}
		for typed, want := range tests {
			s := config.Default()
			if err := f.Set(&s, typed); err != nil || f.Value(s) != want {
				t.Errorf("%s: %q became %q, want %q: %v", key, typed, f.Value(s), want, err)
			}
			again, err := config.Decode(s.Encode())
			if err != nil || f.Value(again) != want {
				t.Errorf("%s: %q is %q in the file: %v", key, typed, f.Value(again), err)
			}
		}
		s := config.Default()
		before := f.Value(s)
		for _, bad := range map[string][]string{"shift": {"Early", "Early 6-14-15", "06:00-14:00", "Late 25:00-26:00"}, "lane": {"EXP", "EXP:", "A: x; ,"}}[key] {
			if err := f.Set(&s, bad); err == nil || f.Value(s) != before {
				t.Errorf("%s: %q became %q: %v", key, bad, f.Value(s), err)
			}
		}
	}
	s := config.Default()
	s.Lanes = []config.Lane{{ID: "A", Carrier: "x"}, {ID: "a", Carrier: "y"}}
	if got := FaultOf(s, "lane"); got == "" {
		t.Error("two lanes of one name are no fault of the field")
	}
}

// What a label cannot do without says so while it is empty.
func TestWhatTheSenderLacks(t *testing.T) {
	s := config.Default()
	lacks := func() string {
		var out []string
		for _, f := range senderFields() {
			if f.Field(s).Empty == "needed" {
				out = append(out, f.label)
			}
		}
		return strings.Join(out, ", ")
	}
	s.Sender = config.Sender{}
	if got := lacks(); got != "Company, Street and number, City, Country" {
		t.Errorf("needed: %s", got)
	}
	s.Sender = config.Sender{Name: "Ada", Street: "1 Way", City: "Leeds", Country: "GB"}
	if got := lacks(); got != "" {
		t.Errorf("needed still: %s", got)
	}
}

// A row of rights that is not among those offered is said role by role, and short.
func TestARowOfRightsInWords(t *testing.T) {
	for row, want := range map[people.Right]string{
		"second pin yes yes":   "Packers: second badge, supervisors: pin, managers and above: yes",
		"no yes pin yes":       "Packers: no, supervisors: yes, managers: pin, administrators: yes",
		"pin pin pin pin":      "Packers and above: pin",
		"yes no no yes reason": "Packers: yes, supervisors: no, managers: no, administrators: yes",
	} {
		if got := RowWords(say.English, row); got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
}

package say

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// codes reads the codes from the machine's source, so that a new code without
// words fails here.
func codes(t *testing.T) []pack.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../pack/verdict.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []pack.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) == 0 || !strings.HasPrefix(spec.Names[0].Name, "Code") || len(spec.Values) == 0 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, pack.Code(text))
		}
		return true
	})
	if len(out) < 60 {
		t.Fatalf("only %d codes found", len(out))
	}
	return out
}

func full(code pack.Code) pack.Verdict {
	return pack.Verdict{
		Code: code, Kind: pack.Refused, Order: "1042", Line: "1", SKU: "MUG-W", Name: "Mug, white", Qty: 2, Have: 2, Want: 3, Open: 4,
		Scanned: "4006381333931", Expected: []string{"TEA", "TUBE", "CARD"}, Parcel: "S1-7", OtherOrder: "1043", Carton: "M", Carrier: "post", Command: "void", From: "p2", Service: "express",
		By: "p1", Author: "p2", Needs: station.Supervisor, Choices: []pack.Choice{{N: 1}, {N: 2}},
		Weight: &pack.Weight{Mass: 500 * unit.Gram, Known: true, Expected: 712 * unit.Gram, Tolerance: 20 * unit.Gram, Cause: &pack.Cause{Kind: "missing", SKU: "MUG-W", N: 1}},
	}
}

// Every code has phrases, and every reason that it may be said with has some too;
// nothing else stands in the table.
func TestEveryReasonOfEveryCodeHasASaying(t *testing.T) {
	forms := []string{
		"item", "last item", "all", "without papers", "order", "unloaded", "turned up", "excess", "wanted again", "put in again", "nothing moved", "accepted", "not compared",
		"tare", "for a command", "left", "once more", "same order", "other order", "paper", "in a van before", "closed", "list", "aside", "closed waits", "list waits", " waits", "kept", "weight", "gone",
	}
	kinds := []string{":accepted", ":refused", ":asked", ":info"}
	for _, code := range codes(t) {
		of := sayings[code]
		if _, known := of[""]; !known {
			t.Errorf("%s has no words of its own", code)
		}
		keys := slices.Concat([]string{""}, forms, kinds)
		for _, reason := range pack.Reasons(code) {
			_, said := questions[reason]
			for _, key := range append(slices.Clone(kinds), "") {
				key = strings.TrimPrefix(key+" "+string(reason), " ")
				keys = append(keys, key)
				_, known := of[key]
				said = said || known
			}
			if !said {
				t.Errorf("%s has no words for %q", code, reason)
			}
		}
		for key := range of {
			if !slices.Contains(keys, key) {
				t.Errorf("%s is never said with %q", code, key)
			}
		}
	}
}

func TestEverySayingIsASentence(t *testing.T) {
	names := Names{"p1": "Packer One", "p2": "Supervisor One", "MUG-W": "Mug, white"}
	for _, code := range codes(t) {
		for _, kind := range []pack.Kind{pack.Accepted, pack.Refused, pack.Asked, pack.Info} {
			for _, reason := range append(pack.Reasons(code), "") {
				bare := full(code)
				if reason == "" {
					bare = pack.Verdict{Code: code}
				}
				for _, v := range []pack.Verdict{full(code), bare} {
					v.Kind, v.Reason = kind, reason
					if reason != "" {
						v.Manifest, v.Lacks = "M-1", []string{"postcode"}
					}
					text := Message(v, names)
					if !wellFormed(text) {
						t.Errorf("%s %s %s: %q is no sentence", code, kind, reason, text)
					}
					if head := Verdict(v, names).Head; head == "" {
						t.Errorf("%s %s %s: the card has no head", code, kind, reason)
					}
				}
			}
		}
	}
	asked := func(s Saying) {
		for _, name := range regexp.MustCompile(`\{([^|}]*)`).FindAllStringSubmatch(s.Head+s.Fact+s.Step, -1) {
			if args[name[1]] == nil {
				t.Errorf("%q asks for %q, which is no argument", s.Fact, name[1])
			}
		}
	}
	for _, of := range sayings {
		for _, s := range of {
			asked(s)
		}
	}
	for _, s := range questions {
		asked(s)
	}
}

// wellFormed says that a text is one clean sentence.
func wellFormed(text string) bool {
	first := []rune(text)
	return len(first) > 8 && (unicode.IsUpper(first[0]) || unicode.IsDigit(first[0]) || first[0] == '“') &&
		strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "..") &&
		!strings.Contains(text, "  ") && !strings.Contains(text, " ,") && !strings.Contains(text, "%!") && !strings.Contains(text, "()") && !strings.Contains(text, " :") && !strings.ContainsAny(text, "{|}")
}

func TestMessages(t *testing.T) {
	names := Names{"p1": "Packer One", "p2": "Supervisor One", "MUG-W": "Mug, white", "TUBE": "Poster tube"}
	for want, v := range map[string]pack.Verdict{
		"Mug, white, 2 of 3.": {Code: pack.CodeItem, Kind: pack.Accepted, Name: "Mug, white", Have: 2, Want: 3},
		"Mug, blue is not in this order: put it back and scan Mug, white or Poster tube.":            {Code: pack.CodeWrongItem, Kind: pack.Refused, Name: "Mug, blue", Expected: []string{"MUG-W", "TUBE"}},
		"You already have all 3 × Mug, white: put this one back.":                                    {Code: pack.CodeOverScan, Kind: pack.Refused, Name: "Mug, white", Have: 3, Want: 3},
		"212 g less than expected, perhaps one Mug, white missing: look for it and weigh again.":     {Code: pack.CodeWeightOff, Kind: pack.Refused, Weight: full("").Weight},
		"This label belongs to order 1043, the box is order 1042: take it off and find its box.":     {Code: pack.CodeLabelWrongBox, Kind: pack.Refused, Order: "1042", OtherOrder: "1043"},
		"This will cancel this order: answer by number.":                                             {Code: pack.CodeCancelled, Kind: pack.Asked, Reason: "sure", Command: "cancel"},
		"The label printer needs attention (out of paper): fix it, and the label comes by itself.":   {Code: pack.CodePrinterTrouble, Kind: pack.Refused, Trouble: recorded("out of paper"), Waits: true},
		"You already have both Mug, white: put this one back.":                                       {Code: pack.CodeOverScan, Kind: pack.Refused, Name: "Mug, white", Have: 2, Want: 2},
		"There is no box XXL: use another box.":                                                      {Code: pack.CodeCartonNotAllowed, Kind: pack.Refused, Reason: pack.ReasonUnknown, Carton: "XXL"},
		"A supervisor must approve voiding this label: have them scan their badge here.":             {Code: pack.CodeNeedsRole, Kind: pack.Asked, Command: "void", Needs: station.Supervisor},
		"20 g more than expected, perhaps you used a different box: scan the box that you used.":     {Code: pack.CodeWeightOff, Kind: pack.Refused, Weight: &pack.Weight{Mass: 120_000, Expected: 100_000, Cause: &pack.Cause{Kind: "carton"}}},
		"Packer One takes over from Supervisor One: carry on.":                                       {Code: pack.CodeTakenOver, Kind: pack.Accepted, By: "p1", From: "p2"},
		"2 × Mug, white is left out: nothing is left to send, so scan the next order or press Undo.": {Code: pack.CodeShort, Kind: pack.Accepted, Name: "Mug, white", Qty: 2, Closed: true},
		"No due order needs Soap: scan an order or a tote.":                                          {Code: pack.CodeOrderUnknown, Kind: pack.Refused, Reason: "no-order-for-item", Name: "Soap"},
		"1.250 kg more than expected: open the box and check it.":                                    {Code: pack.CodeWeightOff, Kind: pack.Refused, Weight: &pack.Weight{Mass: 2_250_000, Expected: 1_000_000}},
	} {
		if got := Message(v, names); got != want {
			t.Errorf("%s\n got %s\nwant %s", v.Code, got, want)
		}
	}
}

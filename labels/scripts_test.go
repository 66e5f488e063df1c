package labels

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"packbench/assets/fonts"
)

// Every Korean syllable and every Thai character prints, whichever font the
// text is set in.
func TestKoreanAndThaiPrintWhole(t *testing.T) {
	for name, spans := range map[fonts.Name][][2]rune{
		fonts.Hangul: {{0xac00, 0xd7a3}, {0x3131, 0x3163}, {0x3165, 0x318e}, {0x3200, 0x321c}, {0x3260, 0x327b}},
		fonts.Thai:   {{0xe01, 0xe3a}, {0xe3f, 0xe5b}},
	} {
		for _, span := range spans {
			for r := span[0]; r <= span[1]; r++ {
				for _, want := range []fonts.Name{fonts.Sans, fonts.SansBold} {
					s := shaperForTest(t)
					g := s.shape("f", string(r), want)
					if len(s.missing) > 0 || textOf(g) == "" || g[0].font != name && norm.NFKC.String(string(r)) == string(r) {
						t.Fatalf("%q %U in %s: %+v, missing %v", r, r, want, g, s.missing)
					}
				}
			}
		}
	}
	s := shaperForTest(t)
	if got := textOf(s.shape("f", norm.NFD.String("김민수 뷁힣"), fonts.Sans)); got != "김민수 뷁힣" || len(s.missing) > 0 {
		t.Errorf("letters that make syllables give %q, missing %v", got, s.missing)
	}
	if got := s.shape("f", "\u3164\u115f\u1160\uffa0", fonts.Sans); len(got) > 0 {
		t.Errorf("blanks print as %q", textOf(got))
	}
}

// What no font has is said beside what one has: emoji, another script, and
// characters of nobody's that the Thai font keeps its forms at.
func TestBesideKoreanAndThaiTheMissingIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"김🎁민수":               "김□민수",
		"สม🎁ชาย राम":         "สม□ชาย □□□",
		"ก\uf70a":            "ก□",
		"김\U00020BB7민\ua960": "김□민□",
	} {
		s := shaperForTest(t)
		got := textOf(s.shape("f", text, fonts.Sans))
		if got != want || len(s.missing) != 1 {
			t.Errorf("%q: %q, missing %v", text, got, s.missing)
			continue
		}
		for _, r := range text {
			if said := strings.ContainsRune(s.missing[0].Text, r); said == strings.ContainsRune(want, r) {
				t.Errorf("%q: %q is said: %v", text, r, said)
			}
		}
	}
}

func TestThaiSignsStandAtTheirPlaces(t *testing.T) {
	s := shaperForTest(t)
	for text, want := range map[string]string{
		"ที่":     "",               // a tone above a vowel stands high
		"บ้าน":    "บ\uf70bาน",      // without one, on the letter
		"น้ำ":     "",               // am has a sign above the letter too
		"ป่า":     "ป\uf705า",       // left of the tall stroke
		"ปี่":     "ป\uf702\uf713",  // and both of them
		"ฟื้น":    "ฟ\uf704\uf714น", // in any order of storeys
		"ฝั่ง":    "ฝ\uf710\uf713ง",
		"ป็":      "ป\uf712",
		"ปู่":     "ปู\uf705", // a vowel below lifts no tone
		"หมู่":    "หมู\uf70a",
		"ญู":      "\uf70fู", // the letter drops its own tail
		"ฐุ":      "\uf700ุ",
		"ญี":      "", // but only for what is below
		"การ์":    "การ\uf70e",
		"พันธุ์":  "พันธุ\uf70e",
		"สมชาย":   "",
		"่":       "", // a sign with no letter
		"a่":      "", // or on one of another script
		"เก้าอี้": "เก\uf70bาอี้",
		"ป่ ก่":   "ป\uf705 ก\uf70a",
	} {
		glyphs := s.shape("f", text, fonts.Sans)
		if got := formsOf(glyphs); got != want {
			t.Errorf("%q: %+q, want %+q", text, got, want)
		}
		if textOf(glyphs) != text {
			t.Errorf("%q: the text became %q", text, textOf(glyphs))
		}
		for _, g := range glyphs {
			if unicode.Is(unicode.Mn, g.r) && g.advance != 0 {
				t.Errorf("%q: the sign %U takes room", text, g.r)
			}
		}
	}
	for _, r := range "\uf700\uf701\uf702\uf703\uf704\uf705\uf706\uf707\uf708\uf709\uf70a\uf70b\uf70c\uf70d\uf70e\uf70f\uf710\uf711\uf712\uf713\uf714\uf715\uf716\uf717" {
		if _, ok := s.faces.has(fonts.Thai, r); !ok {
			t.Errorf("the font lacks %U", r)
		}
	}
}

// Where a line holds a syllable at all, no sign is parted from its letter, no vowel from the letter it
// belongs to, and nothing is lost.
func TestThaiBreaksBetweenLettersWithTheirSigns(t *testing.T) {
	s := shaperForTest(t)
	const text = "เพื่อนที่น้ำใจดีๆ หมู่บ้านกรุงเทพฯ 12 ไม้เท้า"
	glyphs := s.shape("", text, fonts.Sans)
	for limit := 1300; limit < width(glyphs); limit += 37 {
		var whole []string
		for _, line := range wrap(glyphs, limit) {
			first, last := line[0].r, line[len(line)-1].r
			if unicode.Is(unicode.Mn, first) || strings.ContainsRune("ะาำๆฯ", first) || strings.ContainsRune("เแโใไ", last) {
				t.Errorf("at %d: line %q", limit, textOf(line))
			}
			if width(line) > limit {
				t.Errorf("at %d: line %q is %d wide", limit, textOf(line), width(line))
			}
			whole = append(whole, textOf(line))
		}
		if got := strings.ReplaceAll(strings.Join(whole, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Errorf("at %d: %q", limit, got)
		}
	}
	if got := wrap(s.shape("", "สุขุมวิท คลองเตย", fonts.Sans), 5000); len(got) != 2 || textOf(got[0]) != "สุขุมวิท" {
		t.Errorf("a space is not preferred: %d lines, first %q", len(got), textOf(got[0]))
	}
}

func TestCutThaiEndsWithAWholeLetter(t *testing.T) {
	c, err := newCanvas(Profile{DPI: 203, Paper: Paper4x6()})
	if err != nil {
		t.Fatal(err)
	}
	glyphs := c.shape("f", "ที่เพื่อนน้ำใจดี", fonts.Sans)
	for limit := 2000; limit < width(glyphs); limit += 50 {
		c.missing = nil
		kept := c.cut("f", glyphs, limit)
		text := strings.TrimSuffix(textOf(kept), "…")
		rest := c.missing[0].Text
		if text+rest != textOf(glyphs) || width(kept) > limit {
			t.Errorf("at %d: %q and %q", limit, textOf(kept), rest)
		}
		first, last := []rune(rest)[0], []rune(text)[len([]rune(text))-1]
		if clings(last, first) || kept[len(kept)-1].font != fonts.Sans {
			t.Errorf("at %d: cut between %q and %q", limit, text, rest)
		}
	}
}

// The large fonts cost time and memory; a bench that never prints their
// scripts must not pay for them.
func TestFontIsReadOnlyForItsScript(t *testing.T) {
	for text, want := range map[string]fonts.Name{"Łucja 12 – Φως Їжак שרה": "", "山田": fonts.Fallback, "김": fonts.Hangul, "ชัย": fonts.Thai, "علي": fonts.Wide} {
		counted := make(faces)
		for name, read := range suppliedFaces() {
			counted[name] = func() (*face, error) {
				if name != fonts.Sans && name != fonts.SansBold && name != want {
					t.Errorf("%q reads font %s", text, name)
				}
				return read()
			}
		}
		if err := counted.check(); err != nil {
			t.Fatal(err)
		}
		s := &shaper{faces: counted}
		if s.shape("f", text, fonts.Sans); len(s.missing) > 0 {
			t.Errorf("%q: %v", text, s.missing)
		}
	}
}

// Two storeys of signs stay in the line, as they are scaled: whoever changes
// the font or its size must look at a label.
func TestThaiSignsStayInTheirLine(t *testing.T) {
	const top, bottom = 1216, 265 // of the tallest tone mark and the lowest vowel, in thousandths of the font's em
	if top*scale(fonts.Thai) > (ascent+10)*1000 || bottom*scale(fonts.Thai) > descent*1000 {
		t.Errorf("at %d thousandths the signs leave the line", scale(fonts.Thai))
	}
}

package cards

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/papers"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/intake"
	"packbench/station/phrases"
)

// marked is a language in which every phrase of the list is marked.
func marked(t *testing.T) (book phrases.Book, list []string) {
	t.Helper()
	data, err := os.ReadFile("../testdata/phrases.golden")
	if err != nil {
		t.Fatal(err)
	}
	list = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var file strings.Builder
	for _, phrase := range list {
		fmt.Fprintf(&file, "%s = %s\n", strconv.Quote(phrase), strconv.Quote("«"+phrase+"»"))
	}
	book, err = phrases.Read(fstest.MapFS{"de.toml": {Data: []byte(file.String())}})
	if err != nil {
		t.Fatal(err)
	}
	return book, list
}

// The list holds what the bench says on paper beside the words of the layouts:
// all of it and nothing else, so that translations are whole.
func TestTheListOfPhrasesIsWhole(t *testing.T) {
	book, list := marked(t)
	d := foldertest.Shop(t)
	d.Book, d.Settings.Language = book, "de"
	shop, err := intake.Sample(d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{} // what the shop has named itself
	for _, c := range shop.Cartons {
		own[c.Name] = true
	}
	for _, p := range shop.People {
		own[p.Name] = true
	}
	said := ""
	for name, draw := range map[string]func() (labels.Sheet, error){
		"commands": func() (labels.Sheet, error) { return New(d).commandCards(), nil }, "calibration": func() (labels.Sheet, error) { return New(d).calibrationCards(), nil },
		"cartons": func() (labels.Sheet, error) { return New(d).cartonCards(t.Context()) }, "badges": func() (labels.Sheet, error) { return New(d).badgeCards(shop.People), nil },
	} {
		s, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		texts := []string{s.Title, s.Hint}
		for _, c := range s.Cards {
			texts = append(texts, c.Group, c.Title)
			if !strings.HasPrefix(c.Code, "PB:command:disposition:") { // its note is a bin of the shop's
				texts = append(texts, c.Note)
			}
		}
		for _, text := range texts {
			if text != "" && !strings.HasPrefix(text, "«") && !own[text] {
				t.Errorf("%s: %q is not in the list", name, text)
			}
		}
		said += strings.Join(texts, "\n")
	}
	said += "«%s instead»«Serial number»«Lot»" // by the slip, as its own test holds
	said += "«%d in parcel»«%d to follow»"
	for _, phrase := range list {
		before, _, _ := strings.Cut(phrase, "%")
		before = strings.TrimSpace(before)
		if !strings.Contains(said, "«"+before) {
			t.Errorf("%q is in the list and never said", phrase)
		}
	}
}

// No word of any card is cut in any language, on sheets and on label paper.
func TestCardsFitInEveryLanguage(t *testing.T) {
	d := foldertest.Shop(t)
	shop, err := intake.Sample(d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range d.Book.Tags() {
		if err := d.Speak(tag); err != nil {
			t.Fatal(err)
		}
		cartons, err := New(d).cartonCards(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"a4", "4x6"} {
			profile, err := papers.LabelProfile(config.Printer{Page: page, DPI: 203})
			if err != nil {
				t.Fatal(err)
			}
			front, _ := daily(New(d).commandCards())
			for _, s := range []labels.Sheet{front, New(d).commandCards(), New(d).calibrationCards(), New(d).badgeCards(shop.People), cartons} {
				draw := labels.CardSheet
				if s.Title == New(d).badgeCards(nil).Title {
					draw = labels.BadgeSheet
				}
				if len(s.Cards) == len(everyDay) && page == "a4" {
					draw = labels.DailySheet
					profile.DPI = 300
				}
				_, missing, err := draw(s, papers.Speaking(d.StationWords(), profile))
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range missing {
					if !strings.Contains(m.Why, "printed as QR") { // that is so in any language
						t.Errorf("%s: %s on %s: %s", tag, s.Title, page, m)
					}
				}
			}
		}
	}
	if err := d.Speak("tr"); err == nil || !strings.Contains(err.Error(), `no language "tr"; there are en, `) {
		t.Errorf("a language that is not there: %v", err)
	}
}

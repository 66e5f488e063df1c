package papers

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/labels"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/intake"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/store"
)

// Who reads what: the buyer the language of the country, the carrier that of
// the station or English, everybody else the station's.
func TestPapersSpeakTheLanguageOfTheirReader(t *testing.T) { // L3
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ station, papers, to, buyer, label string }{
		{"en", config.ForBuyer, "AT", "de", "en"},
		{"nl", config.ForBuyer, "AT", "de", "en"},
		{"de", config.ForBuyer, "DE", "de", "de"},
		{"pl-PL", config.ForBuyer, "DE", "de", "pl"},
		{"fr", config.ForBuyer, "CH", "fr", "en"},
		{"fr", config.ForBuyer, "", "fr", "fr"},
		{"fr", config.ForBuyer, "XX", "fr", "en"},
		{"de", config.ForBuyer, "GB", "en", "en"},
		{"", config.ForBuyer, "BE", "en", "en"},
		{"xx", config.ForBuyer, "CH", "en", "en"},
		{"fr", config.ForStation, "AT", "fr", "en"},
		{"", config.ForStation, "AT", "en", "en"},
	} {
		d := &folder.Folder{Book: book}
		d.Settings.Language, d.Settings.Papers, d.Settings.Sender.Country = tt.station, tt.papers, "DE"
		to := station.Address{Country: tt.to}
		if have := d.BuyerWords(to).Tag(); have != tt.buyer {
			t.Errorf("%v: the buyer reads %s", tt, have)
		}
		if have := d.LabelWords(to).Tag(); have != tt.label {
			t.Errorf("%v: the label is in %s", tt, have)
		}
	}
}

// marked is a language in which every phrase of the list is marked.
func marked(t *testing.T) (book phrases.Book, list []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/phrases.golden")
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
			if strings.HasPrefix(c.Code, "PB:command:grade:") || strings.HasPrefix(c.Code, "PB:command:disposition:") {
				continue // the shop's own tables, in the words of the screen
			}
			texts = append(texts, c.Group, c.Title, c.Note)
		}
		for _, text := range texts {
			if text != "" && !strings.HasPrefix(text, "«") && !own[text] {
				t.Errorf("%s: %q is not in the list", name, text)
			}
		}
		said += strings.Join(texts, "\n")
	}
	w := paperwork{speech: d.StationWords(), parcel: store.Parcel{ID: "7-2", Contents: []pack.Content{{Line: "1/CUP", SKU: "CUP", Qty: 1, Instead: &pack.Instead{Line: "1", SKU: "MUG"}, Marked: []pack.Marked{{SKU: "CUP", Qty: 1, Marks: pack.Marks{Serial: "S1", Lot: "L1"}}}}}}, order: station.Order{Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 5}}}}
	w.parcels = []store.Parcel{{ID: "7-1", Contents: []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}}}, w.parcel}
	if note := w.note(w.order.Lines[0], 2); note != "«1 × CUP instead», «Serial number S1», «Lot L1», «2 in parcel 1», «1 to follow»" {
		t.Errorf("a slip's note is %q", note)
	} else {
		said += note
	}
	for _, phrase := range list {
		before, _, _ := strings.Cut(phrase, "%")
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
			profile, err := LabelProfile(config.Printer{Page: page, DPI: 203})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []labels.Sheet{New(d).commandCards(), New(d).calibrationCards(), New(d).badgeCards(shop.People), cartons} {
				_, missing, err := labels.CardSheet(s, in(d.StationWords(), profile))
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

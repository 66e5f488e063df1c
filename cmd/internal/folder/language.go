package folder

import (
	"fmt"
	"strings"

	"packbench/station"
	"packbench/station/config"
	"packbench/station/phrases"
)

// StationWords is the language of who works here: the packer's cards, the
// manifest that shop and driver sign.
func (f *Folder) StationWords() phrases.Language { return f.Book.In(f.Settings.Language) }

// BuyerWords is the language of who opens the box: packing slip, slip in the
// box, return label. Where the country does not clearly say it, or the settings
// want it so, it is the station's.
func (f *Folder) BuyerWords(to station.Address) phrases.Language {
	if f.Settings.Papers != config.ForStation {
		if l, ok := f.Book.Of(to.Posted().Country); ok {
			return l
		}
	}
	return f.StationWords()
}

// LabelWords is the language of the shipping label, which the carrier's people
// read, and never the buyer's as such. Within a country that is the station's:
// carriers print their labels there in the country's language. On what crosses
// a border it is English, as carriers print it and GS1 asks for on a logistic
// label: the next hub reads neither end's language.
func (f *Folder) LabelWords(to station.Address) phrases.Language {
	if from := f.Sender().Country; from == "" || to.Country == "" || from == to.Country {
		return f.StationWords()
	}
	return phrases.Language{}
}

// Speak has all papers told in one language, whoever reads them.
func (f *Folder) Speak(tag string) error {
	if !f.Book.Has(tag) {
		return fmt.Errorf("there is no language %q; there are %s", tag, strings.Join(f.Book.Tags(), ", "))
	}
	f.Settings.Language, f.Settings.Papers, f.Spoken = tag, config.ForStation, true
	return nil
}

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
func (d *Folder) StationWords() phrases.Language { return d.Book.In(d.Settings.Language) }

// BuyerWords is the language of who opens the box: packing slip, slip in the
// box, return label. Where the country does not clearly say it, or the settings
// want it so, it is the station's.
func (d *Folder) BuyerWords(to station.Address) phrases.Language {
	if d.Settings.Papers != config.ForStation {
		if l, ok := d.Book.Of(to.Posted().Country); ok {
			return l
		}
	}
	return d.StationWords()
}

// LabelWords is the language of the shipping label, which the carrier's people
// read, and never the buyer's as such. Within a country that is the station's:
// carriers print their labels there in the country's language. On what crosses
// a border it is English, as carriers print it and GS1 asks for on a logistic
// label: the next hub reads neither end's language.
func (d *Folder) LabelWords(to station.Address) phrases.Language {
	if from := d.Sender().Country; from == "" || to.Country == "" || from == to.Country {
		return d.StationWords()
	}
	return phrases.Language{}
}

// Speak has all papers told in one language, whoever reads them.
func (d *Folder) Speak(tag string) error {
	if !d.Book.Has(tag) {
		return fmt.Errorf("there is no language %q; there are %s", tag, strings.Join(d.Book.Tags(), ", "))
	}
	d.Settings.Language, d.Settings.Papers, d.Spoken = tag, config.ForStation, true
	return nil
}

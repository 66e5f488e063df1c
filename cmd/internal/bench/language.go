package bench

import (
	"fmt"
	"strings"

	"packbench/labels"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/phrases"
)

// stationWords is the language of who works here: the packer's cards, the
// manifest that shop and driver sign.
func (d *Data) stationWords() phrases.Language { return d.book.In(d.Settings.Language) }

// buyerWords is the language of who opens the box: packing slip, slip in the
// box, return label. Where the country does not clearly say it, or the settings
// want it so, it is the station's.
func (d *Data) buyerWords(to station.Address) phrases.Language {
	if d.Settings.Papers != config.ForStation {
		if l, ok := d.book.Of(to.Country); ok {
			return l
		}
	}
	return d.stationWords()
}

// labelWords is the language of the shipping label, which the carrier's people
// read, and never the buyer's as such. Within a country that is the station's:
// carriers print their labels there in the country's language. On what crosses
// a border it is English, as carriers print it and GS1 asks for on a logistic
// label: the next hub reads neither end's language.
func (d *Data) labelWords(to station.Address) phrases.Language {
	if from := d.Settings.Sender.Country; from == "" || to.Country == "" || from == to.Country {
		return d.stationWords()
	}
	return phrases.Language{}
}

// Languages lists the tags of the languages that papers can be told in.
func (d *Data) Languages() []string { return d.book.Tags() }

// Speak has all papers told in one language, whoever reads them.
func (d *Data) Speak(tag string) error {
	if !d.book.Has(tag) {
		return fmt.Errorf("there is no language %q; there are %s", tag, strings.Join(d.book.Tags(), ", "))
	}
	d.Settings.Language, d.Settings.Papers, d.spoken = tag, config.ForStation, true
	return nil
}

// checkLanguage tells of a language that nothing is translated to.
func checkLanguage(tag string) []Check {
	book, err := phrases.Load()
	if err != nil {
		return []Check{bad("language", err.Error(), "install packbench again")}
	}
	if tag == "" || book.Has(tag) {
		return nil
	}
	return []Check{bad("language", fmt.Sprintf("nothing is translated to %q: papers and cards are in English", tag),
		"write one of "+strings.Join(book.Tags(), ", ")+" in "+config.File)}
}

// in gives the profile of a paper in a language.
func in(l phrases.Language, p labels.Profile) labels.Profile {
	p.Words = l.Phrase
	return p
}

package doctor

import (
	"cmp"
	"fmt"
	"strings"

	"packbench/devices/speech"
	"packbench/station/config"
	"packbench/station/phrases"
	"packbench/station/say"
)

// checkLanguage tells of a language that nothing is translated to.
func checkLanguage(tag string) []Check {
	book, err := phrases.Load()
	if err != nil {
		return []Check{bad("language", err.Error(), "install packbench again")}
	}
	if tag == "" || book.Has(tag) {
		return told(tag)
	}
	return []Check{bad("language", fmt.Sprintf("there is no translation for %q: papers and cards are in English", tag),
		"write one of "+strings.Join(book.Tags(), ", ")+" in "+config.File)}
}

// told says how much of what the bench says is English in a language.
func told(tag string) []Check {
	l, err := say.Supplied(cmp.Or(tag, "en"))
	if err != nil || l.English() {
		return nil // papers only, or nothing to say
	}
	english, all := l.Untold()
	return []Check{good("language", fmt.Sprintf("%s: %d of the %d sentences that the bench answers with are in English", l.Tag(), english, all))}
}

// checkSpeech looks for what says verdicts aloud.
func checkSpeech(s config.Settings) []Check {
	if !s.Spoken || speech.Able() {
		return nil
	}
	return []Check{bad("speech", "verdicts are to be said aloud, and this computer has no speech", "install speech-dispatcher, which has the command spd-say")}
}

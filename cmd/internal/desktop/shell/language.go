package shell

import (
	"packbench/station/phrases"
	"packbench/station/say"
)

// speaks are the languages that were asked for, each read once.
type speaks struct {
	supplied phrases.Speeches
	listed   bool
	read     map[string]say.Language
}

// Language is what the screen speaks: the language of who is signed in, else that of the
// settings. One that is not supplied is none.
func (s *Shell) Language() say.Language {
	for _, tag := range []string{s.Spoken[s.Bench.Engine.State().Person.ID], s.Folder.Settings.Language} {
		if tag == "" {
			continue
		}
		if l, known := s.speaks.in(tag); known {
			return l
		}
	}
	return say.English
}

// in reads a language the first time that it is asked for.
func (s *speaks) in(tag string) (l say.Language, known bool) {
	if l, known = s.read[tag]; known {
		return l, true
	}
	if !s.listed {
		s.supplied, _ = phrases.Supplied() // they are part of the program, and a test reads them all
		s.listed, s.read = true, map[string]say.Language{}
	}
	if !s.supplied.Has(tag) {
		return l, false
	}
	speech, err := s.supplied.In(tag)
	if err != nil {
		return l, false
	}
	l = say.Language{Speech: speech}
	s.read[tag] = l
	return l, true
}

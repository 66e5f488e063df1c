package shell

import "packbench/station/say"

// Language is what the screen speaks: the language of who is signed in, else that of the
// settings. One that is not supplied is none.
func (s *Shell) Language() say.Language {
	for _, tag := range []string{s.Spoken[s.Bench.Engine.State().Person.ID], s.Folder.Settings.Language} {
		if l := s.speaks.in(tag); l != nil {
			return *l
		}
	}
	return say.English
}

// speaks are the languages that were asked for, each read once; nil is one that is not
// supplied.
type speaks map[string]*say.Language

func (s *speaks) in(tag string) *say.Language {
	if tag == "" {
		return nil
	}
	l, asked := (*s)[tag]
	if asked {
		return l
	}
	if read, err := say.Supplied(tag); err == nil {
		l = &read
	}
	if *s == nil {
		*s = speaks{}
	}
	(*s)[tag] = l
	return l
}

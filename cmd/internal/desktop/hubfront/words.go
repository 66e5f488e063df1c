package hubfront

import (
	"errors"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/member"
	"packbench/station/hub"
	"packbench/station/say"
)

// own are the words of kinds of trouble whose error has what stands in no phrase.
var own = map[hub.Kind]string{
	hub.BadAddress: "the address of the hub should look like postgres://name@computer/database?sslmode=verify-full",
	hub.Unsafe:     "the hub is on another computer: add sslmode=verify-full to its address, so that nothing crosses the network in the clear",
	hub.Taken:      "a bench of this name works at the hub already",
}

// words are what is wrong with the hub, in the language of the page, with what the server or the
// network said of it.
func words(l say.Language, err error) string {
	var t *hub.Trouble
	if !errors.As(err, &t) {
		return l.Sentence(l.Phrase(shell.FirstLine(err)))
	}
	if of := own[t.Kind]; of != "" {
		return l.Sentence(l.Phrase(of))
	}
	out := l.Sentence(l.Phrase(t.Kind.Words()))
	if t.Err != nil {
		out += ": " + shell.FirstLine(t.Err)
	}
	return out
}

// advice is what to do about it.
func advice(l say.Language, err error) string { return l.Phrase(member.Advice(err)) }

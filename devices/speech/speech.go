// Package speech says aloud what stands on the screen, for a packer who cannot see it,
// by the speech that the computer has: speech-dispatcher, which screen readers use too,
// speaks each language with the voice that is set up for it. It must not decide what is
// said, nor in which words.
//
// Run a [Speaker] in a goroutine of its own and call its Say from anywhere. Where the
// computer has no speech it is silent; [Able] says whether it has.
package speech

import (
	"context"
	"os/exec"
	"strings"
	"time"
	"unicode"
)

// program is the client of speech-dispatcher.
const program = "spd-say"

// longest is how many letters are said at most: nobody waits for the end of more.
const longest = 300

// patience is how long the program may take to hand over a text. It does not wait for
// the voice.
const patience = 3 * time.Second

type text struct{ language, words string }

// Speaker says one text after the other; a newer one cuts the one before short, for late
// words would tell of the wrong scan.
type Speaker struct {
	next chan text
}

// NewSpeaker returns a speaker.
func NewSpeaker() *Speaker { return &Speaker{next: make(chan text, 1)} }

// Able reports whether the computer can speak.
func Able() bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// Say asks for a text in a language ("de", "zh-Hans") and returns at once. One that was
// not begun gives way.
func (s *Speaker) Say(language, words string) {
	for {
		select {
		case s.next <- text{language, words}:
			return
		default:
		}
		select {
		case <-s.next:
		default:
		}
	}
}

// Run says what is asked for until the context ends.
func (s *Speaker) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case t := <-s.next:
			speak(ctx, "--cancel")
			if t.words = plain(t.words); t.words != "" {
				speak(ctx, "--language", voice(t.language), "--", t.words)
			}
		}
	}
}

// speak runs the program. That it cannot be run is no fault of the bench: the screen
// says the same.
func speak(ctx context.Context, args ...string) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	command.WaitDelay = time.Second // whatever it started does not hold up the next text
	_ = command.Run()
}

// voice is a language as speech-dispatcher knows it: without a script.
func voice(language string) string {
	base, _, _ := strings.Cut(language, "-")
	return base
}

// plain leaves out what no voice says, and what is too much.
func plain(words string) string {
	clean := strings.Join(strings.FieldsFunc(words, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if letters := []rune(clean); len(letters) > longest {
		clean = string(letters[:longest])
	}
	return clean
}

package bench

import (
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/devices/sound"
	"packbench/station/engine"
	"packbench/station/pack"
)

// Divert offers every scan to a page before the bench gets it; what the page
// does not take goes on to the bench. take must not block; nil ends that.
func (l *Live) Divert(take func(engine.Scan) bool) {
	l.mu.Lock()
	l.divert = take
	l.mu.Unlock()
}

func (l *Live) taker() func(engine.Scan) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.divert
}

// Own reports whether a code is one of the bench's own cards, such as a badge: a
// page leaves these to the bench.
func Own(data string) bool {
	_, own := folder.CutPrefixFold(data, folder.OwnPrefix)
	return own
}

// PrintsAgain reports whether a code is the card that prints a label or a paper again.
func PrintsAgain(data string) bool {
	own, _ := folder.CutPrefixFold(data, folder.OwnPrefix)
	kind, value, _ := strings.Cut(strings.ToLower(own), ":")
	name, _, _ := strings.Cut(value, ":")
	return kind == string(pack.MeansCommand) && (name == "reprint" || name == "paper")
}

// Judged makes heard what a page found about a scan that it took.
func (l *Live) Judged(device string, kind pack.Kind) {
	heard := map[pack.Kind]sound.Sound{pack.Accepted: sound.Accepted, pack.Refused: sound.Refused, pack.Asked: sound.Look}[kind]
	l.answer(device, heard)
	if l.settings.Sounds && heard != sound.None {
		l.player.Play(heard)
	}
}

package folder

import (
	"context"
	"errors"
	"strings"

	"packbench/station/store"
)

// Proposals is how many orders an item scan may propose: there are nine answer
// cards.
const Proposals = 9

// OwnPrefix begins every code that the bench prints for itself.
const OwnPrefix = "PB:"

func CutPrefixFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

const ReturnMark = "R-"

// BadgePrefix begins the code of a badge.
const BadgePrefix = OwnPrefix + "badge:"

// WithoutBadge leaves the code of a badge out.
func WithoutBadge(data []byte) []byte {
	if rest, found := CutPrefixFold(string(data), BadgePrefix); found && rest != "" {
		return []byte(BadgePrefix + "***")
	}
	return data
}

// manifestMark begins the number of every list.
const manifestMark = "M-"

// ManifestByNumber finds a list by the number that is printed on it, as it is
// scanned or typed; another text is store.ErrUnknown.
func (f *Folder) ManifestByNumber(ctx context.Context, text string) (store.Manifest, error) {
	text = strings.TrimSpace(text)
	if _, is := CutPrefixFold(text, manifestMark); !is || len(text) > 64 {
		return store.Manifest{}, store.ErrUnknown
	}
	if err := f.Store.CatchUp(ctx); err != nil {
		return store.Manifest{}, err
	}
	m, err := f.Store.Manifest(ctx, text)
	if errors.Is(err, store.ErrUnknown) { // stations are written in capitals, nearly always
		m, err = f.Store.Manifest(ctx, strings.ToUpper(text))
	}
	return m, err
}

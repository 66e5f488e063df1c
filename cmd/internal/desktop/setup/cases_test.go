package setup

import (
	"context"
	"image"
	"strings"
	"testing"

	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// later is a host whose background answers when the test says so.
type later struct {
	Host
	works []func(context.Context) func()
	shown image.Image
}

func (l *later) Ask(work func(context.Context) func()) context.CancelFunc {
	l.works = append(l.works, work)
	return func() {}
}

func (l *later) Changed() {}

func (l *later) Picture(_ string, img image.Image) { l.shown = img }

func (l *later) Language() say.Language { return say.English }

func (l *later) answer(ctx context.Context, i int) { l.works[i](ctx)() }

// What rules of cases make of the last week is never said of other rules, however late it
// is known; and why it is not known is said.
func TestATrialOfCaseRulesIsOfThoseThatAreShown(t *testing.T) {
	h := &later{}
	p := New(Options{Folder: foldertest.Shop(t), Host: h})
	first := config.Default()
	other := first
	other.Cases.UnknownCode = first.Cases.UnknownCode + 1
	show := func(group string, s config.Settings) string {
		p.group = group
		p.tryCases(s)
		return p.tried(screen.Field{Key: "cases.unknown_code"}).Help
	}
	show(fields.CaseRules, first)
	show("Bench", first)
	show(fields.CaseRules, other)
	h.answer(t.Context(), 0)
	if help := show(fields.CaseRules, other); help != "" || len(h.works) != 2 {
		t.Errorf("of the earlier rules %q is said of the new ones, %d trials", help, len(h.works))
	}
	h.answer(t.Context(), 1)
	if help := show(fields.CaseRules, other); !strings.HasPrefix(help, "last week: ") || len(h.works) != 2 {
		t.Errorf("%q, %d trials", help, len(h.works))
	}
	show(fields.CaseRules, first)
	ended, end := context.WithCancel(t.Context())
	end()
	h.answer(ended, 2)
	if help := show(fields.CaseRules, first); help != "" || !strings.HasPrefix(p.said(), "the rules cannot be tried on the last week: ") || len(h.works) != 3 {
		t.Errorf("%q, %q, %d trials", help, p.said(), len(h.works))
	}
	if show("Bench", first); p.said() != "" {
		t.Errorf("on another tab %q is said", p.said())
	}
}

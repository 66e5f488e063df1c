package bench

import (
	"context"
	"strings"
	"sync"
	"testing"

	"packbench/cmd/internal/effects/printers"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
)

// papersSent remembers the paper that each job was sent with.
type papersSent struct {
	queue
	mu    sync.Mutex
	media map[string]string
}

func (q *papersSent) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	q.mu.Lock()
	q.media[job.Kind] = job.Media
	q.mu.Unlock()
	return q.queue.Print(ctx, job)
}

// A printer whose paper is not named is sent that of its page, whatever the page
// is: a queue left alone takes its own, and scales.
func TestThePaperIsThatOfThePage(t *testing.T) {
	q := &papersSent{queue: queue{state: printer.Printed}, media: map[string]string{}}
	newCounter(t, q, func(s *config.Settings) {
		s.Printers.Label.Page = "a6"
		s.Printers.Inside.Kind, s.Printers.WithLabel = "label", "inside"
	}).label()
	waitFor(t, "both", func() bool { q.mu.Lock(); defer q.mu.Unlock(); return len(q.media) == 2 })
	for kind, media := range q.media {
		if media != labels.PaperA6().Media {
			t.Errorf("a %s for A6 is sent with the paper %q", kind, media)
		}
	}
	for _, p := range []labels.Paper{labels.Paper4x6(), labels.PaperA6(), labels.PaperA4(), labels.PaperLetter()} {
		if got := printers.Media(config.Printer{Page: strings.ToLower(p.Name)}); got != p.Media {
			t.Errorf("%s is sent with %q", p.Name, got)
		}
	}
	if got := printers.Media(config.Printer{Page: "4x6", Media: "oe_4x6-label_4x6in"}); got != "oe_4x6-label_4x6in" {
		t.Errorf("the printer's own name of the paper is not sent, but %q", got)
	}
}

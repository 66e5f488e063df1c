package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
)

// log notes what happened, in order.
type log struct {
	mu   sync.Mutex
	said []string
}

func (l *log) say(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, fmt.Sprintf(format, args...))
}

func (l *log) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.said
	l.said = nil
	return out
}

// disk is a journal whose writing can be held up and can fail.
type disk struct {
	log   *log
	hold  chan struct{} // nil: at once
	fail  error         // of the next append
	freed bool          // the claim under the next loading is gone
	rows  []journal.Row
	ctx   []error // of the context, as the row reached the disk
}

func (d *disk) Append(ctx context.Context, r journal.Row) error {
	if d.hold != nil {
		<-d.hold
	}
	d.ctx = append(d.ctx, ctx.Err())
	if err := d.fail; err != nil {
		d.fail = nil
		return err
	}
	d.rows = append(d.rows, r)
	d.log.say("append %s", r.ID())
	return nil
}

func (d *disk) AppendLoading(ctx context.Context, r journal.Row, sscc, manifest string) (bool, error) {
	d.log.say("claim %s %s", sscc, manifest)
	if d.freed {
		d.freed = false
		return false, nil
	}
	return true, d.Append(ctx, r)
}

func (d *disk) KeepAside(_ context.Context, key, text string) error {
	if err := d.fail; err != nil {
		d.fail = nil
		return err
	}
	d.log.say("aside %s %s", key, text)
	return nil
}

// words resolves scans: "badge", an order "o…", else a product; what is typed is a
// driver's name.
type words struct{ fail error }

func (w *words) Resolve(_ context.Context, _ pack.State, raw Raw) (pack.Event, error) {
	if err := w.fail; err != nil {
		w.fail = nil
		return nil, err
	}
	switch raw := raw.(type) {
	case Badge:
		return means(pack.Meaning{Kind: pack.MeansBadge, Person: &pack.Person{ID: raw.Code, Role: station.Supervisor}}), nil
	case Scan:
		if strings.HasPrefix(raw.Data, "o") {
			return means(pack.Meaning{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: raw.Data}}}), nil
		}
		return pack.Scanned{Gesture: raw.Gesture, Raw: raw.Data}, nil
	case Press:
		return raw.Command, nil
	case Entry:
		return Aside{Event: pack.Command{Name: "driver", Value: "d1"}, Key: "d1", Text: raw.Text}, nil
	case Weight:
		return pack.Weighed{Scale: raw.Scale, Mass: raw.Mass}, nil
	}
	return pack.Scanned{}, nil
}

func means(m pack.Meaning) pack.Event { return pack.Scanned{Meanings: []pack.Meaning{m}} }

// hands is a runner: what it does is a function.
type hands struct {
	log *log
	do  func(ctx context.Context, e pack.Effect, report func(pack.Event))
}

func (h *hands) Run(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) {
	h.log.say("run %s %s unsure=%t", e.Kind, e.ID, unsure)
	if h.do != nil {
		h.do(ctx, e, report)
	}
}

// rig is an engine with everything around it.
type rig struct {
	*Engine
	t     *testing.T
	log   *log
	disk  *disk
	words *words
	hands *hands
	quit  func() // tells the loop to end
	stop  func() // and waits until it has
}

func newRig(t *testing.T, change func(*Deps)) *rig {
	l := &log{}
	r := &rig{t: t, log: l, disk: &disk{log: l}, words: &words{}, hands: &hands{log: l}}
	deps := Deps{
		Chain: journal.Chain{Writer: "S1"}, State: pack.New(), Codec: journal.Bench(),
		Journal: r.disk, Resolver: r.words, Runner: r.hands,
		Publish: func(u Update) {
			if u.Err != nil {
				l.say("publish error")
				return
			}
			l.say("publish %s", u.Row.ID())
		},
	}
	if change != nil {
		change(&deps)
	}
	r.Engine = New(deps)
	return r
}

// run starts the loop; it is stopped with the test.
func (r *rig) run() {
	ctx, cancel := context.WithCancel(r.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	r.quit = cancel
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			r.t.Error(err)
		}
	})
	r.t.Cleanup(r.stop)
}

func (r *rig) do(raw Raw) Update {
	r.t.Helper()
	u, err := r.Do(r.t.Context(), raw)
	if err != nil {
		r.t.Fatal(err)
	}
	return u
}

func (r *rig) said(want ...string) {
	r.t.Helper()
	if got := r.log.take(); !slices.Equal(got, want) {
		r.t.Errorf("it went\n  %s\nnot\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func asJSON(t *testing.T, s pack.State) string {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

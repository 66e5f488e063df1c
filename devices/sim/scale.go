package sim

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/unit"
)

// ScaleOptions say what scale is simulated; zero values take the defaults.
type ScaleOptions struct {
	Protocol string    // "sics"
	Link     string    // path of a link to the terminal; "" for none
	Unit     string    // "kg", "g", "lb" or "oz"; "kg"
	Division unit.Mass // 1 g, or 0.01 lb, 0.1 oz
	Capacity unit.Mass // 30 kg
}

// settle is how long a load moves before the scale is steady.
const settle = 600 * time.Millisecond

// beat is how often a stream sends.
const beat = 100 * time.Millisecond

// load is what lies on the scale at one moment.
type load struct {
	mass        unit.Mass // gross, rounded to the division
	steady      bool
	over, under bool
}

// voice is one protocol as the scale speaks it.
type voice interface {
	// hear takes bytes of the host and gives the answer.
	hear(data []byte, now load, at time.Time) []byte
	// tick is called each beat and gives what the scale sends unasked.
	tick(now load, at time.Time) []byte
}

// voices is the registry: a new protocol is its own file and a line here.
func voices() map[string]func(ScaleOptions) voice {
	return map[string]func(ScaleOptions) voice{"sics": newSICS}
}

// Scale is a simulated scale. It answers only while Run works.
type Scale struct {
	*cable
	opts  ScaleOptions
	voice func(ScaleOptions) voice

	mu          sync.Mutex
	from, to    unit.Mass
	since       time.Time
	over, under bool
}

// NewScale plugs a scale in, with nothing on it.
func NewScale(opts ScaleOptions) (*Scale, error) {
	if opts.Protocol == "" {
		opts.Protocol = "sics"
	}
	if opts.Unit == "" {
		opts.Unit = "kg"
	}
	if _, known := unitMass[opts.Unit]; !known {
		return nil, fmt.Errorf("a simulated scale shows kg, g, lb or oz, not %q", opts.Unit)
	}
	if opts.Division == 0 {
		opts.Division = map[string]unit.Mass{"lb": 4_536, "oz": 2_835}[opts.Unit]
	}
	if opts.Division == 0 {
		opts.Division = unit.Gram
	}
	if opts.Capacity == 0 {
		opts.Capacity = 30 * unit.Kilogram
	}
	speak, ok := voices()[opts.Protocol]
	if !ok {
		var names []string
		for name := range voices() {
			names = append(names, name)
		}
		slices.Sort(names)
		return nil, fmt.Errorf("no simulated scale speaks %q; known: %s", opts.Protocol, strings.Join(names, ", "))
	}
	c, err := newCable(opts.Link)
	if err != nil {
		return nil, err
	}
	return &Scale{cable: c, opts: opts, voice: speak}, nil
}

// Put lays a load on in place of what was there; 0 takes it off. The scale
// moves for a moment and is then steady.
func (s *Scale) Put(mass unit.Mass) { s.change(mass, false, false) }

// Over lays on more than the scale can weigh.
func (s *Scale) Over() { s.change(s.opts.Capacity, true, false) }

// Under lifts the platform: less than the scale can show.
func (s *Scale) Under() { s.change(0, false, true) }

func (s *Scale) change(mass unit.Mass, over, under bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.from = s.at(now).mass
	s.to, s.since = mass, now
	s.over, s.under = over || mass > s.opts.Capacity, under
}

// curve is how a load comes to rest, in hundredths of the way.
var curve = [...]int64{0, 22, 61, 92, 107, 103, 98, 101, 100}

// at gives the load at a time; the caller holds mu.
func (s *Scale) at(now time.Time) load {
	l := load{mass: s.to, steady: true, over: s.over, under: s.under}
	if passed := now.Sub(s.since); passed < settle {
		i := int(passed * time.Duration(len(curve)-1) / settle)
		way := curve[max(i, 0)]
		l.mass = s.from + unit.Mass(int64(s.to-s.from)/100*way)
		l.steady = s.from == s.to
	}
	half := s.opts.Division / 2
	if l.mass < 0 {
		half = -half
	}
	l.mass = (l.mass + half) / s.opts.Division * s.opts.Division
	return l
}

func (s *Scale) now(at time.Time) load {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at(at)
}

// Run answers drivers until the context ends; it is called once. Each time it is plugged in, the
// scale starts anew: it streams only when asked.
func (s *Scale) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		p, plugged := s.cable.now()
		if p == nil {
			select {
			case <-ctx.Done():
			case <-plugged:
			}
			continue
		}
		s.speak(ctx, p)
	}
	return nil
}

// speak works with one terminal until it is pulled.
func (s *Scale) speak(ctx context.Context, p *pty) {
	voice := s.voice(s.opts)
	heard := make(chan []byte)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	defer func() {
		cancel()
		p.interrupt()
		<-ended
	}()
	go func() {
		defer close(ended)
		defer cancel()
		buffer := make([]byte, 256)
		for {
			n, err := p.Read(buffer)
			if err != nil {
				return
			}
			select {
			case heard <- slices.Clone(buffer[:n]):
			case <-ctx.Done():
				return
			}
		}
	}()
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		var reply []byte
		now := time.Now()
		select {
		case <-ctx.Done():
			return
		case data := <-heard:
			reply = voice.hear(data, s.now(now), now)
		case <-ticker.C:
			reply = voice.tick(s.now(now), now)
		}
		if len(reply) > 0 {
			p.Write(reply) // what nobody reads is lost, as on a real line
		}
	}
}

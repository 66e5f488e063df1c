package sim

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	Curve    string    // how loads come to rest, see Curves; "quick"
	Seed     uint64    // of all that is random: the same seed, the same trouble
}

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
	// hear takes bytes of the host and returns the answer.
	hear(data []byte, now load, at time.Time) []byte
	// tick is called each beat and returns what the scale sends unasked.
	tick(now load, at time.Time) []byte
}

// voices is the registry: a new protocol is its own file and a line here.
func voices() map[string]func(ScaleOptions) voice {
	return map[string]func(ScaleOptions) voice{
		"sics":            newSICS,
		"toledo8217":      newToledo8217,
		"mt-continuous":   newMTContinuous,
		"nci-scp01":       newSCP01,
		"nci-scp12":       newSCP12,
		"sma":             newSMA,
		"and":             newAND,
		"st-gs":           newSTGS,
		"cas22":           newCAS22,
		"adam":            newAdam,
		"ohaus":           newOhaus,
		"sartorius-sbi":   newSartorius,
		"cas-ecr":         newCASECR,
		"fairbanks":       newFairbanks,
		"yaohua-a9":       newYaohua(yaohuaA9),
		"yaohua-a12":      newYaohua(yaohuaA12),
		"yaohua-reversed": newYaohua(yaohuaReversed),
		"yaohua-forward":  newYaohua(yaohuaForward),
		"hid":             newHID,
	}
}

// Scale is a simulated scale. It answers only while Run works. All methods may
// be called at any time, from any goroutine.
type Scale struct {
	*cable
	opts   ScaleOptions
	voice  func(ScaleOptions) voice
	faults *faults

	mu          sync.Mutex
	curve       string
	seed        uint64
	from, to    unit.Mass
	since       time.Time
	over, under bool
}

// NewScale plugs a scale in, with nothing on it.
func NewScale(opts ScaleOptions) (*Scale, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	c, err := newCable(opts.Link, nil)
	if err != nil {
		return nil, err
	}
	return &Scale{
		cable: c, opts: opts, voice: voices()[opts.Protocol],
		faults: newFaults(opts.Seed, opts.Protocol == "hid"), curve: opts.Curve, seed: opts.Seed,
	}, nil
}

// Check returns what is wrong with the options.
func (o ScaleOptions) Check() error {
	_, err := o.withDefaults()
	return err
}

func (o ScaleOptions) withDefaults() (ScaleOptions, error) {
	if o.Protocol == "" {
		o.Protocol = "sics"
	}
	if o.Unit == "" {
		o.Unit = "kg"
	}
	if o.Curve == "" {
		o.Curve = "quick"
	}
	if _, known := unitMass[o.Unit]; !known {
		return o, fmt.Errorf("a simulated scale shows kg, g, lb or oz, not %q", o.Unit)
	}
	if o.Division < 0 || o.Capacity < 0 {
		return o, errors.New("the division and the capacity of a simulated scale are more than zero")
	}
	if o.Division == 0 {
		o.Division = map[string]unit.Mass{"lb": 4_536, "oz": 2_835}[o.Unit]
	}
	if o.Division == 0 {
		o.Division = unit.Gram
	}
	if o.Capacity == 0 {
		o.Capacity = 30 * unit.Kilogram
	}
	if _, known := curves()[o.Curve]; !known {
		return o, fmt.Errorf("no load behaves like %q; known: %s", o.Curve, strings.Join(Curves(), ", "))
	}
	if _, known := voices()[o.Protocol]; !known {
		return o, fmt.Errorf("no simulated scale speaks %q; known: %s", o.Protocol, strings.Join(slices.Sorted(maps.Keys(voices())), ", "))
	}
	return o, nil
}

// Run answers drivers until the context ends; it is called once. Each time it is plugged in, the
// scale starts over: it streams only when asked.
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
	ctx, cancel := context.WithCancel(ctx)
	heard := make(chan []byte)
	ended := make(chan struct{})
	defer func() {
		cancel()
		p.interrupt()
		<-ended
	}()
	go func() {
		defer close(ended)
		defer cancel()
		hear(ctx, p, heard)
	}()
	voice := s.voice(s.opts)
	awake := time.Now().Add(s.faults.boot())
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		var reply []byte
		select {
		case <-ctx.Done():
			return
		case data := <-heard:
			if now := time.Now(); !now.Before(awake) {
				reply = voice.hear(data, s.now(now), now)
			}
		case <-ticker.C:
			if now := time.Now(); !now.Before(awake) {
				reply = voice.tick(s.now(now), now)
			}
		}
		for _, piece := range s.faults.spoil(reply) {
			piece.send(ctx, p) // what nobody reads is lost, as on a real line
		}
	}
}

// hear passes on what the host says.
func hear(ctx context.Context, p *pty, heard chan<- []byte) {
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
}

package sim

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/devices/printer"
	"packbench/station/unit"
)

func TestSICSVoice(t *testing.T) {
	opts := ScaleOptions{Unit: "kg", Division: unit.Gram, Capacity: 30 * unit.Kilogram}
	at := time.Unix(1_000, 0)
	still := func(grams int) load { return load{mass: unit.Mass(grams) * unit.Gram, steady: true} }
	moving := func(grams int) load { return load{mass: unit.Mass(grams) * unit.Gram} }
	type step struct {
		hear string // "" is a beat
		on   load
		want string
	}
	for name, steps := range map[string][]step{
		"ask at once":           {{"SI\r\n", still(1750), "S S      1.750 kg\r\n"}, {"SI\r\n", moving(1750), "S D      1.750 kg\r\n"}, {"", still(0), ""}},
		"wait for steady":       {{"S\r\n", moving(900), ""}, {"", moving(950), ""}, {"", still(1000), "S S      1.000 kg\r\n"}, {"", still(1000), ""}},
		"stream":                {{"SIR\r\n", still(0), "S S      0.000 kg\r\n"}, {"", moving(5), "S D      0.005 kg\r\n"}, {"@\r\n", still(5), "I4 A \"SIM-1\"\r\n"}, {"", still(5), ""}},
		"stream ended by SI":    {{"SIR\r\n", still(0), "S S      0.000 kg\r\n"}, {"SI\r\n", still(0), "S S      0.000 kg\r\n"}, {"", still(0), ""}},
		"zero":                  {{"Z\r\n", still(12), "Z A\r\n"}, {"SI\r\n", still(12), "S S      0.000 kg\r\n"}, {"SI\r\n", still(0), "S S     -0.012 kg\r\n"}},
		"zero is too far":       {{"Z\r\n", still(5000), "Z +\r\n"}},
		"tare":                  {{"T\r\n", still(250), "T S      0.250 kg\r\n"}, {"SI\r\n", still(1250), "S S      1.000 kg\r\n"}, {"TAC\r\n", still(1250), "TAC A\r\n"}, {"SI\r\n", still(1250), "S S      1.250 kg\r\n"}},
		"over and under":        {{"SI\r\n", load{over: true, steady: true}, "S +\r\n"}, {"S\r\n", load{under: true, steady: true}, "S -\r\n"}, {"Z\r\n", load{over: true, steady: true}, "Z +\r\n"}},
		"not known":             {{"HELLO\r\n", still(0), "ES\r\n"}, {"\r\n", still(0), ""}},
		"in pieces, two a read": {{"S", still(7), ""}, {"I\r\nSI\r\n", still(7), "S S      0.007 kg\r\nS S      0.007 kg\r\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := newSICS(opts)
			for i, s := range steps {
				got := ""
				if s.hear == "" {
					got = string(v.tick(s.on, at))
				} else {
					got = string(v.hear([]byte(s.hear), s.on, at))
				}
				if got != s.want {
					t.Errorf("step %d, %q: %q, want %q", i, s.hear, got, s.want)
				}
			}
		})
	}
	v := newSICS(opts)
	v.hear([]byte("S\r\n"), moving(1), at)
	if got := string(v.tick(moving(1), at.Add(patience))); got != "S I\r\n" {
		t.Errorf("a load that never rests: %q", got)
	}
	grams := newSICS(ScaleOptions{Unit: "g", Division: 100, Capacity: unit.Kilogram})
	if got := string(grams.hear([]byte("SI\r\n"), still(12), at)); got != "S S       12.0 g\r\n" {
		t.Errorf("a fine scale: %q", got)
	}
}

func TestLoadMovesAndComesToRest(t *testing.T) {
	s := &Scale{opts: ScaleOptions{Unit: "kg", Division: unit.Gram, Capacity: 30 * unit.Kilogram}, curve: "quick"}
	s.Put(1_234 * unit.Gram)
	moved := map[unit.Mass]bool{}
	for ms := 0; ms < 600; ms += 50 {
		l := s.at(s.since.Add(time.Duration(ms) * time.Millisecond))
		if l.steady {
			t.Errorf("steady after %d ms", ms)
		}
		if l.mass%unit.Gram != 0 {
			t.Errorf("%d mg is between two divisions", l.mass)
		}
		moved[l.mass] = true
	}
	if len(moved) < 6 {
		t.Errorf("the load jumped: %v", moved)
	}
	if l := s.at(s.since.Add(settle)); l.mass != 1_234*unit.Gram || !l.steady {
		t.Errorf("at rest: %+v", l)
	}
	s.Put(31 * unit.Kilogram)
	if l := s.at(s.since.Add(settle)); !l.over {
		t.Errorf("31 kg on a scale of 30: %+v", l)
	}
}

func TestSimulatedPrinter(t *testing.T) {
	ctx := t.Context()
	for _, mode := range []string{"paper-out", "offline", "paused", "stuck"} {
		p := NewPrinter(t.TempDir())
		if err := p.Set(mode); err != nil {
			t.Fatal(err)
		}
		job := printer.Job{Name: "label-1", PDF: []byte("%PDF")}
		r, err := p.Print(ctx, job)
		if err != nil || r.State.String() != mode || r.Trouble.Wrong() == "" || r.Trouble.Advice() == "" {
			t.Errorf("%s: %+v, %v", mode, r, err)
		}
		if files, _ := filepath.Glob(filepath.Join(p.folder.Dir, "*")); len(files) != 0 {
			t.Errorf("%s: came out all the same: %v", mode, files)
		}
		if r, err := p.Lookup(ctx, "label-1"); err != nil || r.State.String() != mode {
			t.Errorf("%s: lookup %+v, %v", mode, r, err)
		}
		if err := p.Set("ok"); err != nil {
			t.Fatal(err)
		}
		if r, err := p.Lookup(ctx, "label-1"); err != nil || r.State != printer.Printed {
			t.Errorf("%s, then ok: %+v, %v", mode, r, err)
		}
	}
	p := NewPrinter(t.TempDir())
	if err := p.Set("rejected"); err != nil {
		t.Fatal(err)
	}
	if r, err := p.Print(ctx, printer.Job{Name: "label-2"}); err == nil || r.State != printer.Rejected {
		t.Errorf("rejected: %+v, %v", r, err)
	}
	for _, bad := range []string{"printed", "sent", "unknown", "", "on fire"} {
		if err := p.Set(bad); err == nil {
			t.Errorf("mode %q is taken", bad)
		}
	}
}

func TestUnknownProtocolNamesTheKnown(t *testing.T) {
	_, err := NewScale(ScaleOptions{Protocol: "morse"})
	if err == nil || !strings.HasPrefix(err.Error(), `no simulated scale speaks "morse"; known: `) || !strings.Contains(err.Error(), "sics") {
		t.Errorf("%v", err)
	}
}

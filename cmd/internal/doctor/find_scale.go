package doctor

import (
	"context"
	"fmt"
	"slices"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/station/config"
)

// FoundScale is what was found out about a scale on a port.
type FoundScale struct {
	Scale config.Scale // the settings that fit; those given where nothing was found
	Found bool
	Words string // for people
	Heard []byte // what came last
}

// FindScale finds out which protocol the scale on a port speaks, within 6 s:
// by listening, then by the few questions that no other scale takes amiss.
// Nothing else may have the port meanwhile.
func FindScale(ctx context.Context, s config.Scale, progress func(step, steps int, words string)) (FoundScale, error) {
	lines, asked := streamLines(), questions()
	network := port.IsNetwork(s.Port)
	if network { // it has no line: all is one connection
		lines = lines[:1]
		for i := range asked {
			asked[i].Line = lines[0]
		}
	}
	found, err := port.Probe(ctx, port.Search{
		Open:      func(l devices.Line) port.Opener { return port.OpenerOf("serial", s.Port, l) },
		Lines:     lines,
		Knows:     knows,
		Questions: asked,
		Progress:  progress,
	})
	if err != nil {
		return FoundScale{Scale: s}, fmt.Errorf("find the scale: %w", err)
	}
	out := FoundScale{Scale: s, Heard: found.Heard}
	switch {
	case found.Name != "":
		p, err := scale.Find(found.Name)
		if err != nil {
			return out, err
		}
		line := found.Line.WithDefaults()
		out.Found, out.Scale.Kind, out.Scale.Protocol, out.Scale.Poll = true, "serial", p.Name, "stream"
		if !network {
			out.Scale.Baud, out.Scale.DataBits, out.Scale.Parity, out.Scale.StopBits = line.Baud, line.Bits, line.Parity, line.Stop
		}
		if found.Asked {
			out.Scale.Poll = "ask"
		}
		out.Words = fmt.Sprintf("It speaks %s, at %d baud.", p.Title, line.Baud)
		if network {
			out.Words = fmt.Sprintf("It speaks %s.", p.Title)
		}
		if p.Unitless {
			out.Words += " It sends no unit: set kg or lb as its display shows."
		}
	case len(found.Heard) > 0:
		out.Words = "It sends something that no protocol here understands. Check its speed and parity, or choose the protocol by hand."
	default:
		out.Words = "Nothing was heard. Switch the scale on and check its cable; many scales answer only when the protocol is set in their own menu."
	}
	return out, nil
}

// streamLines are the lines that streaming scales are shipped with, the
// commonest first.
func streamLines() []devices.Line {
	lines := []devices.Line{{Baud: 9600, Bits: 8, Parity: "none", Stop: 1}}
	for _, p := range scale.Protocols() {
		if line := p.Line.WithDefaults(); !p.USB && len(p.Polled.Ask) == 0 && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, line := range []devices.Line{{Baud: 2400, Bits: 7, Parity: "even", Stop: 1}, {Baud: 4800, Bits: 8, Parity: "none", Stop: 1}} {
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func knows(heard []byte) string {
	if fits := scale.Recognise(heard); len(fits) > 0 {
		return fits[0].Name
	}
	return ""
}

func questions() []port.Question {
	var out []port.Question
	for _, p := range scale.Protocols() {
		if p.Probe != nil {
			out = append(out, port.Question{Name: p.Name, Line: p.Line.WithDefaults(), Ask: p.Probe.Ask, Leave: p.Probe.Leave, Answers: p.Probe.Answers})
		}
	}
	return out
}

package scale

import (
	"cmp"
	"regexp"
	"slices"

	"packbench/devices"
)

// Recognise returns the protocols that understand what a scale sends by itself,
// the likeliest first: each gives weights and nothing unknown, but for the end
// of a frame at the beginning. None at all means that the bytes are of another
// protocol, or of another line. Reports of USB scales are not looked at: such a
// scale says itself what it is.
func Recognise(heard []byte) []Protocol {
	var fit []fitting
	for _, p := range Protocols() {
		if f := fitOf(p, heard); !p.USB && f.weights > 0 && f.unknown == 0 {
			fit = append(fit, f)
		}
	}
	slices.SortStableFunc(fit, func(a, b fitting) int {
		return cmp.Or(
			cmp.Compare(b.covered, a.covered),         // who has a use for every byte
			cmp.Compare(b.weights, a.weights),         // who made more weights of them
			cmp.Compare(flag(a.guess), flag(b.guess)), // who need assume nothing
			cmp.Compare(b.known, a.known),             // who knows whether the scale is steady
		)
	})
	var out []Protocol
	for _, f := range fit {
		out = append(out, f.Protocol)
	}
	return out
}

// fitting is what a protocol makes of bytes.
type fitting struct {
	Protocol
	weights, unknown int
	covered          int // bytes of frames that were understood
	known            int // weights that are known to be steady or moving
	guess            bool
}

// filled is a number filled up with spaces. A&D fills with zeros, and most
// others that send the same words with spaces: nothing else tells them apart.
var filled = regexp.MustCompile(`,[+-]? +[0-9]`)

func fitOf(p Protocol, heard []byte) fitting {
	f := fitting{Protocol: p, guess: p.Unitless || p.Name == "and" && filled.Match(masked(heard))}
	readings, _ := p.New(Profile{}).Feed(heard)
	for i, r := range readings {
		switch {
		case r.State == devices.Unknown && i == 0:
			continue // the end of a frame that began before
		case r.State == devices.Unknown:
			f.unknown++
			continue
		case r.HasMass:
			f.weights++
		}
		f.covered += len(r.Raw)
		if r.StableKnown {
			f.known++
		}
	}
	return f
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

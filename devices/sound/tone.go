package sound

import (
	"bytes"
	"encoding/binary"
	"math"
)

// Sound is one of the four sounds.
type Sound uint8

// The sounds. None is silence.
const (
	None     Sound = iota
	Accepted       // one short high note
	Refused        // three low buzzes
	Done           // a rising run of three, the last one long
	Look           // two pairs of quick notes: look at the screen
)

var names = [...]string{"none", "accepted", "refused", "done", "look"}

// String returns none, accepted, refused, done or look.
func (s Sound) String() string {
	if int(s) < len(names) {
		return names[s]
	}
	return names[None]
}

const rate = 22050 // samples a second

// note is one beat: a tone, or a rest when hertz is 0.
type note struct {
	hertz float64
	ms    int
	harsh bool // with overtones, for a sound that must be noticed
}

func (s Sound) notes() []note {
	switch s {
	case Accepted:
		return []note{{1760, 70, false}}
	case Refused:
		return []note{{196, 150, true}, {0, 70, false}, {196, 150, true}, {0, 70, false}, {165, 320, true}}
	case Done:
		return []note{{784, 90, false}, {0, 20, false}, {988, 90, false}, {0, 20, false}, {1319, 340, false}}
	case Look:
		return []note{{880, 60, true}, {0, 50, false}, {880, 60, true}, {0, 220, false}, {880, 60, true}, {0, 50, false}, {880, 60, true}}
	}
	return nil
}

// WAV returns the sound as a whole WAV file: 16 bits, one channel, 22,050 samples
// a second. None gives a file without samples.
func (s Sound) WAV() []byte { return s.At(100) }

// At returns it at a volume, per cent of the loudest.
func (s Sound) At(volume int) []byte {
	var pcm []int16
	for _, n := range s.notes() {
		pcm = append(pcm, n.samples()...)
	}
	for i := range pcm {
		pcm[i] = int16(int(pcm[i]) * min(max(volume, 0), 100) / 100)
	}
	var file bytes.Buffer
	size := uint32(2 * len(pcm))
	file.WriteString("RIFF")
	put := func(values ...any) {
		for _, v := range values {
			binary.Write(&file, binary.LittleEndian, v) // a bytes.Buffer takes all
		}
	}
	put(36 + size)
	file.WriteString("WAVEfmt ")
	put(uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2*rate), uint16(2), uint16(16))
	file.WriteString("data")
	put(size, pcm)
	return file.Bytes()
}

func (n note) samples() []int16 {
	const fade = rate * 5 / 1000 // 5 ms, so that no note clicks
	pcm := make([]int16, rate*n.ms/1000)
	for i := range pcm {
		angle := 2 * math.Pi * n.hertz * float64(i) / rate
		wave := math.Sin(angle)
		if n.harsh {
			wave = 0.6*wave + 0.3*math.Sin(3*angle) + 0.2*math.Sin(5*angle)
		}
		edge := min(i, len(pcm)-1-i, fade)
		pcm[i] = int16(0.6 * math.MaxInt16 * wave * float64(edge) / fade)
	}
	return pcm
}

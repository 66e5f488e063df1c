package scale

import "packbench/devices"

// tail is how many bytes before the first frame may be the end of one that
// began before the port was open.
const tail = 63

// flood is how many bytes that belong to no frame make one Unknown.
const flood = 256

// stray holds the bytes between frames. They become few readings.
type stray struct {
	free int // so many more are nobody's business
	held []byte
}

// add takes one byte. The line ends that some scales add to their frames mean
// nothing and are left out.
func (s *stray) add(b byte) (devices.Reading, bool) {
	switch plain := b & 0x7F; {
	case s.free > 0:
		s.free--
		return devices.Reading{}, false
	case len(s.held) == 0 && (plain == '\r' || plain == '\n' || plain == 0):
		return devices.Reading{}, false
	}
	if s.held = append(s.held, b); len(s.held) < flood {
		return devices.Reading{}, false
	}
	return s.end()
}

// end is called when a frame begins: what lay before it is one Unknown.
func (s *stray) end() (devices.Reading, bool) {
	s.free = 0
	if len(s.held) == 0 {
		return devices.Reading{}, false
	}
	r := devices.Reading{Raw: raw(s.held)}
	s.held = s.held[:0]
	return r, true
}

// framer cuts a stream into frames that have a start and an end byte. A start
// byte always begins a frame: one that was not ended before is Unknown. Bytes
// are kept as they came; only the comparison drops bit 7.
type framer struct {
	start, end byte
	limit      int
	read       func(frame []byte) (devices.Reading, bool) // frame with its start and end; good until it returns

	held  []byte
	stray stray
}

func newFramer(start, end byte, limit int, read func([]byte) (devices.Reading, bool)) *framer {
	return &framer{start: start, end: end, limit: limit, read: read, stray: stray{free: tail}}
}

// Feed makes a framer a Decoder.
func (f *framer) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		if r, ok := f.add(b); ok {
			readings = append(readings, r)
		}
	}
	return readings, nil
}

func (f *framer) add(b byte) (devices.Reading, bool) {
	switch plain := b & 0x7F; {
	case plain == f.start:
		r, ok := f.stray.end()
		if len(f.held) > 1 {
			r, ok = devices.Reading{Raw: raw(f.held)}, true
		}
		f.held = append(f.held[:0], b)
		return r, ok
	case len(f.held) == 0:
		return f.stray.add(b)
	case plain == f.end:
		f.held = append(f.held, b)
		frame := f.held
		f.held = f.held[:0]
		return f.read(frame)
	}
	if f.held = append(f.held, b); len(f.held) < f.limit {
		return devices.Reading{}, false
	}
	r := devices.Reading{Raw: raw(f.held)}
	f.held = f.held[:0]
	return r, true
}

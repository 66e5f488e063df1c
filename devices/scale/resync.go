package scale

import "packbench/devices"

// A run of bytes that belong to no frame is one Unknown as soon as it is as
// long as a frame, and again after each so many.
const runOn = 128

// resync cuts a stream into frames that are known by their shape. Where no
// frame can begin, it goes on by one byte.
type resync struct {
	// shape looks at the beginning of what is held: n > 0 is a frame of n
	// bytes, 0 may become one, and less than 0 can not.
	shape func(held []byte) int
	read  func(frame []byte) (r devices.Reading, ok bool) // without Raw; not ok is no reading
	idle  func(b byte) bool                               // means nothing between frames
	last  func(b byte) bool                               // ends a run of bytes that are no frame
	first int                                             // length of a run that is Unknown

	held []byte
	run  []byte // what is no frame, since the last of it was told
	told bool   // some of this run has been told
}

func (d *resync) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		readings = append(readings, d.add(b)...)
	}
	return readings, nil
}

func (d *resync) add(b byte) (readings []devices.Reading) {
	d.held = append(d.held, b)
	for len(d.held) > 0 {
		n := d.shape(d.held)
		switch {
		case n == 0:
			return readings
		case n < 0:
			n = 1
			if r, ok := d.skip(d.held[0]); ok {
				readings = append(readings, r)
			}
		default:
			if len(d.run) > 0 {
				readings = append(readings, d.tell())
			}
			d.told = false
			if r, ok := d.read(d.held[:n]); ok {
				r.Raw = raw(d.held[:n])
				readings = append(readings, r)
			}
		}
		d.held = d.held[:copy(d.held, d.held[n:])]
	}
	return readings
}

// skip takes a byte at which no frame begins.
func (d *resync) skip(b byte) (devices.Reading, bool) {
	if len(d.run) == 0 && d.idle(b) {
		return devices.Reading{}, false
	}
	d.run = append(d.run, b)
	limit := d.first
	if d.told {
		limit = runOn
	}
	if len(d.run) < limit && !d.last(b) {
		return devices.Reading{}, false
	}
	return d.tell(), true
}

// tell returns the run as one Unknown.
func (d *resync) tell() devices.Reading {
	r := devices.Reading{Raw: raw(d.run)}
	d.run, d.told = d.run[:0], true
	return r
}

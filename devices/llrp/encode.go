package llrp

import "encoding/binary"

// spec is the number of the order to look for tags. A reader keeps it until it is taken
// away or the reader starts again.
const spec = 7_001

// encode is a message of this program.
func encode(t Type, id uint32, value []byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, 1<<10|uint16(t))
	b = binary.BigEndian.AppendUint32(b, uint32(head+len(value)))
	b = binary.BigEndian.AppendUint32(b, id)
	return append(b, value...)
}

// long is a parameter with a length.
func long(kind uint16, values ...[]byte) []byte {
	n := 4
	for _, v := range values {
		n += len(v)
	}
	b := binary.BigEndian.AppendUint16(nil, kind)
	b = binary.BigEndian.AppendUint16(b, uint16(n))
	for _, v := range values {
		b = append(b, v...)
	}
	return b
}

func short(v uint16) []byte { return binary.BigEndian.AppendUint16(nil, v) }
func full(v uint32) []byte  { return binary.BigEndian.AppendUint32(nil, v) }

// look is the order to look for tags at once, on all antennas, until it is taken away,
// and to report each tag as it is seen. In session 2 a tag that has answered keeps still
// for a while, so that those behind it are heard.
func look() []byte {
	const (
		atOnce, never    = 1, 0
		everyAntenna     = 0
		gen2             = 1
		eachTag, oneTag  = 1, 1
		session2         = 2 << 6
		tagsAbout        = 64
		antenna, rssi    = 1 << 12, 1 << 10
		firstSeen, count = 1 << 9, 1 << 7
	)
	singulation := long(336, []byte{session2}, short(tagsAbout), full(0))
	inventory := long(186, short(1), []byte{gen2}, long(222, short(everyAntenna), long(330, []byte{0}, singulation)))
	return long(177, full(spec), []byte{0, 0},
		long(178, long(179, []byte{atOnce}), long(182, []byte{never}, full(0))),
		long(183, short(1), short(everyAntenna), long(184, []byte{never}, full(0)), inventory),
		long(237, []byte{eachTag}, short(oneTag), long(238, short(antenna|rssi|firstSeen|count))))
}

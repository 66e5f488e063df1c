package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// a9Size is the length of a frame.
const a9Size = 12

// Yaohua, continuous: XK3190-A9, D2+, A1+ and, as format 0, A23p and A26.
// Sources: XK3190-A26 manual p. 10; XK3190-A23p manual p. 21.
//
//	Format:  STX sign digits(6) point(1) check(2) ETX
//	Example: STX "+001234" "3" "1F" ETX    1.234, of whatever the scale shows
//
// Point is how many digits stand behind it, 0 to 4. Check is all bytes between
// STX and it, each or-ed exclusively with the next, in two characters; those of
// ten and more count from A, on some from the characters behind 9. The unit is
// not sent, nor whether the weight stands still, nor whether it is net.
func yaohuaA9() Protocol {
	return Protocol{
		Name:     "yaohua-a9",
		Title:    "Yaohua XK3190 with a checksum (A9, D2+, A1+; A23p and A26 in format 0)",
		Line:     devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Stream:   devices.Poll{Timeout: time.Second, Constant: true},
		Unitless: true,
		New: func(p Profile) Decoder {
			return newFramer(0x02, 0x03, a9Size+1, func(frame []byte) (devices.Reading, bool) { return a9Frame(frame, p.unit()) })
		},
	}
}

func a9Frame(frame []byte, unit string) (r devices.Reading, ok bool) {
	r.Raw = raw(frame)
	text := string(masked(frame))
	if len(text) != a9Size || text[8] < '0' || text[8] > '4' || !checkedXOR(text[1:9], text[9:11]) {
		return r, true
	}
	number := strings.TrimLeft(text[2:8], " ")
	places := int(text[8] - '0')
	if !digits(number) || len(number) <= places {
		return r, true
	}
	if places > 0 {
		number = number[:len(number)-places] + "." + number[len(number)-places:]
	}
	switch text[1] {
	case '-':
		number = "-" + number
	case '+':
	default:
		return r, true
	}
	setWeight(&r, number, unit, unsaid)
	r.Unit = ""
	return r, true
}

// checkedXOR reports whether two characters are the check of a text, as Yaohua
// writes it.
func checkedXOR(text, check string) bool {
	var sum byte
	for i := range len(text) {
		sum ^= text[i]
	}
	for i, nibble := range []byte{sum >> 4, sum & 15} {
		if check[i] != '0'+nibble && (nibble < 10 || check[i] != 'A'+nibble-10) {
			return false
		}
	}
	return true
}

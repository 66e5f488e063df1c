// Package scanner owns how what a scanner sends becomes scans: the bytes of a
// serial line, keys, reports of USB scanners, tags of RFID readers; framing,
// prefix, AIM identifier, the GS1 separator; and the doctor, which learns from
// a printed sheet how one scanner is set up. It is pure: bytes, keys and times
// come in, scans and typing go out. It must not open ports, keep time, or know
// what a code means.
//
// A scanner with a port of its own is a [Kind]: [Find] it, and give its
// [Decoder] to [NewReader], which devices/port feeds. One that types into the
// window is a [Wedge]: give it every key, and a Tick a few times a second. What
// either found is a [Frame]. A [Doctor] gets the same keys or bytes while
// somebody scans the lines of the [Sheet].
package scanner

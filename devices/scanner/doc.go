// Package scanner owns how the bytes of a serial scanner and the keys of a
// keyboard scanner become scans: framing, prefix, AIM identifier, the GS1
// separator. It is pure: bytes, keys and times come in, scans and typing go
// out. It must not open ports, keep time, or know what a code means.
package scanner

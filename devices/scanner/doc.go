// Package scanner owns how what a scanner sends becomes scans: the bytes of a
// serial line, keys, reports of USB scanners, tags of RFID readers; framing,
// prefix, AIM identifier, the GS1 separator; and the doctor, which learns from a
// printed sheet how one scanner is set up. It is pure: bytes, keys and times
// come in, scans and typing go out. It must not open ports, keep time, or know
// what a code means.
package scanner

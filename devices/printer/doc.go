// Package printer owns the ways to a printed page: a folder, a CUPS queue, an
// IPP printer without a queue, a ZPL printer on a network port, a queue of
// Windows. It says what is known of a job and never more: "printed" only where
// the way of printing can prove it (L4). It must not draw, and must never print
// again by itself.
package printer

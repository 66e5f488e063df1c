// Package printer owns the ways to a printed page: a folder, a CUPS queue, an
// IPP printer without a queue, a ZPL printer on a network port, a queue of
// Windows. It says what is known of a job and never more: "printed" only where
// the way of printing can prove it (L4). It must not draw, and must never print
// again by itself.
//
// [New] makes a [Printer] of a kind. The name of a [Job] must be unique: Print
// and Lookup find the job by it. A [Result] says how far the job is; where that
// is not certain, ask again with Lookup.
package printer

// Package devices owns the words that the bench and its devices share: a
// [Scan], a [Reading] of a scale, the [Status] that a lamp shows, and how a
// line is set and polled ([Line], [Poll]). It holds values only. It must not
// open anything, keep time, or know what a scan or a weight means to a parcel.
package devices

// Package scale owns the protocols of weighing scales, one file each, and the
// gate that lets only weights through which count. It is pure: bytes and times
// come in, readings and events go out. It must not open ports, keep time, or
// know what a parcel should weigh.
//
// [Find] returns a [Protocol] by its name in the settings; its New makes a
// [Decoder] of bytes, and [NewReader] makes one that devices/port can feed.
// Give each reading to a [Gate], and call its Tick a few times a second: it
// says when a weight [Settled], when the scale was [Cleared] and when it is
// [Lost].
//
// A new protocol is a file with a function like sics, its line in protocols, a
// simulated scale in devices/sim and its sessions in a test with
// devicetest.Scale.
package scale

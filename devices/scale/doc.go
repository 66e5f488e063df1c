// Package scale owns the protocols of weighing scales, one file each, and the
// gate that lets only weights through which count. It is pure: bytes and times
// come in, readings and events go out. It must not open ports, keep time, or
// know what a parcel should weigh.
package scale

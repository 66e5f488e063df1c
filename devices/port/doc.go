// Package port is the one place that opens scanners and scales: serial ports,
// USB HID devices, keyboards, and devices on the network. It lists what is plugged in, finds a device
// again under another number, says what stands in the way of opening it, and
// searches for the way it speaks. Its runner is shared by every device: it
// opens, reads, feeds, polls, notices that the device is gone, and opens again
// for ever. It must not know what the bytes mean.
//
// [New] makes a [Runner] of an [Opener] ([Serial], [Network], [HID] or [Keyboard]) and of
// a [Handler], such as the readers of devices/scale and devices/scanner; its
// Run lasts until the context ends. [List] and [Probe] are for who sets a bench
// up.
package port

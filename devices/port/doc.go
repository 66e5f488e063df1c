// Package port is the one place that opens serial ports, and the runner that
// every device on a port shares: it opens, reads, feeds, polls, notices that
// the device is gone, and opens again for ever. It must not know what the bytes
// mean.
package port

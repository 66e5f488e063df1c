// Package sim owns simulated devices: scanners and scales on pseudo terminals,
// which the same drivers read as real ones, and a printer that writes to a
// folder. Each kind of scanner and each protocol of a scale is a file of its
// own; how loads come to rest and what goes wrong on the line is the same for
// all. The demo and packctl use it as it is; tests do too. It must not reach
// into the drivers: it speaks bytes.
//
// [NewScale], [NewScanner] and [NewPrinter] plug a device in; its Path is what
// a driver opens, its methods are the person who scans and loads. [Serve] gives
// a device to another program by lines of text.
package sim

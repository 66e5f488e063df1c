// Package sim owns simulated devices: scanners and scales on pseudo terminals,
// which the same drivers read as real ones, and a printer that writes to a
// folder. Each kind of scanner and each protocol of a scale is a file of its
// own; how loads come to rest and what goes wrong on the line is the same for
// all. The demo and packctl use it as it is; tests do too. It must not reach
// into the drivers: it speaks bytes.
package sim

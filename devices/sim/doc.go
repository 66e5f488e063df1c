// Package sim owns simulated devices: a scanner and a scale on pseudo terminals,
// which the same drivers read as real ones, and a printer that writes to a
// folder. The demo and packctl use it as it is; tests do too. It must not reach
// into the drivers: it speaks bytes.
package sim

// Package bench wires a packing bench together for both programs: the engine with
// its resolver and its runner over an open data folder, the live devices, and the shops
// that are spoken to as long as it works.
//
// It owns only the wiring; rules stand in station/pack, looks in station/ui, and
// nothing here decides what a packer may do. [Start] takes the station; Run of
// [Bench] and of [Live] work until their context ends, and wait for every goroutine
// that they began.
package bench

// Package journal owns what a journal row is: the versioned JSON of inputs and
// facts, the hash chain of each writer, checking a chain and replaying it.
//
// A row is one input with all its facts. Each writer (a station, the desk) has
// a chain of its own, numbered from 1; each row carries the hash of the row
// before it, so that any later change shows. Rows hold ids, never names,
// addresses or notes. The package must not know where rows are stored, and
// replaying never decides again: it folds the facts that were decided then.
package journal

// Package store owns the file packbench.db: the journal of every writer, the
// catalogue (products, orders, cartons, rates, people), what was built from the
// journal, kept documents and the numbers of labels. SQLite in WAL mode; the
// journal is written with synchronous=FULL, so that a row that Append has
// returned for survives a power cut; what is built from it may not, and is built
// again.
//
// Beside it stands packbench.numbers, the high-water mark of all numbers (see
// mark). A restore keeps the one that is there: putting an old one back would let
// numbers be given twice.
//
// An order is kept by the text of its identity, station.Ref, and so is all that
// belongs to it. Its number and what people call it stand beside, to be looked up
// and shown; orders of before are kept by their number.
//
// Several processes may have the file open at the same time. One process per
// station holds the station's lock and writes its chain; others read, import
// and write chains of their own; Changes tells that somebody wrote. What benches
// share so is what the suite in storetest asks for.
//
// Names and addresses stand in the tables people and orders, and on the kept
// documents, nowhere else: no error of this package quotes them. The package
// holds no rules of packing and starts no goroutine that outlives a call.
package store

// Package returns owns what is said of a return away from the bench: that a buyer announced
// it, what a blind one is of, and what became of the money (R1, R4). Goods and money are two
// tracks: the bench says where units lie, and what is owed stays owed until somebody says
// that it was paid, or why not.
//
// It is pure: [Announce], [Settle] and [Match] decide, and the facts that they give become
// rows of the desk's chain. It keeps nothing, reads no clock and asks nobody.
package returns

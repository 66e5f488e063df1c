// Package stockroom answers what people ask of the stock, and writes down what they say
// of it: movements, counts by scanner or reader, what runs low, the purchase list.
//
// The stock is a ledger that follows from the journal, kept by package store; package
// stock has its rules. What people say becomes rows of the desk's chain, as the other
// decisions of the desk do: added, never changed. It must not touch the state of a bench.
// [New] gives the stockroom of an open folder.
package stockroom

import "packbench/cmd/internal/folder"

// Room is the stockroom of a data folder.
type Room struct{ *folder.Folder }

// New returns the stockroom of an open folder.
func New(f *folder.Folder) Room { return Room{f} }

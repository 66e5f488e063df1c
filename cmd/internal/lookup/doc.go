// Package lookup finds out what a code, a command or a weight means before the
// machine decides about it.
//
// It only reads. A [Resolver] answers the engine and has no more of the store than
// its [Catalogue]; a [Reader] answers what takes several rows: what an order holds
// and should weigh, where a parcel is. Neither may write,
// claim or print; that is for package effects.
package lookup

import "packbench/cmd/internal/folder"

// Reader reads a data folder.
type Reader struct{ *folder.Folder }

// NewReader returns a reader of an open folder.
func NewReader(f *folder.Folder) Reader { return Reader{f} }

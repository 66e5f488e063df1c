// Package papers says what stands on each document, and makes its bytes: shipping
// and return labels, packing slips, customs papers, manifests, sheets of cards.
//
// It reads the data folder and keeps in it what was drawn. It must not know
// devices or the engine: what is printed when, and on which printer, is for
// package effects. [New] gives a folder's papers; a document that is drawn is a
// [Drawn].
package papers

import "packbench/cmd/internal/folder"

// Papers draws the documents of a data folder.
type Papers struct{ *folder.Folder }

// New returns the papers of an open folder.
func New(f *folder.Folder) Papers { return Papers{f} }

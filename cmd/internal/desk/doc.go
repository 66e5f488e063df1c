// Package desk answers what supervisors and managers ask, away from the belt: open
// cases and what to do about them, the story of a parcel or an order, a trace code's
// proof, today's numbers, the vans, the shift book.
//
// Its answers are read from the journal and from projections; what it decides, it
// writes into the desk's own chain of the journal. It must not touch the state of a
// bench: a bench reads the desk's rows. [New] gives the desk of an open folder.
package desk

import (
	"context"

	"packbench/cmd/internal/folder"
	"packbench/station/say"
)

// Desk is the desk of a data folder.
type Desk struct {
	*folder.Folder
	lang  say.Language
	names say.Names // nil: read each time
}

// New returns the desk of an open folder.
func New(f *folder.Folder) Desk { return Desk{Folder: f} }

// In returns the desk that tells what verdicts said in a language.
func (d Desk) In(l say.Language) Desk {
	d.lang = l
	return d
}

// Language is the one that the desk tells in.
func (d Desk) Language() say.Language { return d.lang }

// WithNames returns the desk with the names of now, for what tells many stories at once.
func (d Desk) WithNames(ctx context.Context) (Desk, error) {
	names, err := d.Names(ctx)
	d.names = names
	return d, err
}

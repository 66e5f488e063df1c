// Package upkeep cares for a data folder: imports, backups and their restoring, and
// verifying the journal.
//
// Nothing here runs while an order is packed, and nothing decides what a packer may
// do. What needs an open folder hangs on [Upkeep]; [Restore] takes a path.
package upkeep

import "packbench/cmd/internal/folder"

// Upkeep cares for an open folder.
type Upkeep struct{ *folder.Folder }

// New returns the upkeep of an open folder.
func New(f *folder.Folder) Upkeep { return Upkeep{f} }

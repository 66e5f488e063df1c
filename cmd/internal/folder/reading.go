package folder

import (
	"context"
	"errors"
	"os"

	"packbench/cmd/internal/folder/snapshot"
	"packbench/station/store"
)

// reading begins the name of the folder that a data folder is copied to.
const reading = "packbench-read-"

// OpenToRead opens a data folder for who only looks; done closes it. Where nothing
// can be written, such as on a disk that is only to be read, it opens a copy, which
// is gone afterwards: SQLite keeps files beside a database, and what the journal says
// is taken up into tables first.
func OpenToRead(ctx context.Context, dir string, o Options) (d *Folder, done func() error, err error) {
	d, err = Open(ctx, dir, o)
	if err == nil {
		return d, d.Close, nil
	}
	if !errors.Is(err, store.ReadOnly) {
		return nil, nil, err
	}
	copied, end, failed := Scratch(os.TempDir(), reading)
	if failed != nil {
		return nil, nil, errors.Join(err, failed)
	}
	if failed = snapshot.Take(ctx, dir, copied); failed == nil {
		d, failed = Open(ctx, copied, o)
	}
	if failed != nil {
		return nil, nil, errors.Join(failed, end())
	}
	return d, func() error { return errors.Join(d.Close(), end()) }, nil
}

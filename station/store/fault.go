package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Kind is what is wrong with the database. errors.Is(err, store.Full) tells
// whether an error of this package is of that kind.
type Kind string

// The kinds of fault.
const (
	Full     Kind = "the disk is full"
	Busy     Kind = "another program is using the database"
	Corrupt  Kind = "the database does not read as it was written"
	ReadOnly Kind = "the data folder cannot be written"
	Missing  Kind = "the data folder cannot be opened"
	Lost     Kind = "the database is missing or empty, but this folder belongs to a shop that had one"
	Altered  Kind = "a kept document is not what was kept: the disk has changed it"

	AlteredImport Kind = "it is not what was imported: the disk has changed it"
	AlteredHere   Kind = "it is not what was written: the disk has changed it"

	Closed Kind = "the database cannot be opened now"
	Disk   Kind = "the disk does not answer as it should"
)

// Error returns the kind in words.
func (k Kind) Error() string { return string(k) }

// Hint says what a person can do about it. It never sends anybody to a backup or to
// a new shop where it is not proven that the old one is lost: SQLite takes a disk
// that cannot be read for a database that is damaged.
func (k Kind) Hint() string {
	switch k {
	case Full:
		return "Free some space on this disk; nothing was half written."
	case Busy:
		return "Wait for the other program's import or backup to end, then try again."
	case Corrupt:
		return "Stop working and run: packctl doctor. It tells whether the disk or the database is at fault; restore a backup only where it says so."
	case Altered:
		return "Restore the last backup: packctl restore FILE. Until then reopen the parcel to get another label. Check the health of the disk."
	case AlteredImport:
		return "Import its file again; where that does not help, restore the last backup: packctl restore FILE. Check the health of the disk."
	case AlteredHere:
		return "Restore the last backup: packctl restore FILE. Check the health of the disk."
	case Lost:
		return "Restore the last backup: packctl restore FILE. A new shop needs a folder of its own: packctl init --data FOLDER."
	case ReadOnly:
		return "Give this user the right to write to the data folder."
	case Missing:
		return "Check the path of the data folder, or make it with: packctl init."
	case Closed:
		return "Nothing is lost by that. Close other programs or restart the computer, and check that this user may read and write the data folder."
	case Disk:
		return "Check the cable and the health of the disk; restart the computer."
	}
	return ""
}

// Fault is trouble with the database that a person can mend. Nothing of what
// was being done is half done.
type Fault struct {
	Kind  Kind
	Doing string // what was tried
	Err   error
}

// Error says what is wrong, what was tried and what to do.
func (f *Fault) Error() string {
	if f.Doing == "" {
		return fmt.Sprintf("%s. %s", f.Kind, f.Kind.Hint())
	}
	return fmt.Sprintf("%s: %s. %s", f.Doing, f.Kind, f.Kind.Hint())
}

// Unwrap returns the kind and the cause.
func (f *Fault) Unwrap() []error { return []error{f.Kind, f.Err} }

// ErrUnknown says that nothing has the given id.
var ErrUnknown = errors.New("not found")

// Known takes what a search found where it is no error that nothing has the id: known
// is false then.
func Known[T any](found T, err error) (thing T, known bool, failed error) {
	if errors.Is(err, ErrUnknown) {
		return found, false, nil
	}
	return found, err == nil, err
}

// fault turns an error of the driver into one that says what was tried.
func fault(doing string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var known *Fault
	var newer *Newer
	if errors.As(err, &known) || errors.As(err, &newer) {
		return err
	}
	var row Damage
	if errors.As(err, &row) && !strings.HasSuffix(doing, row.What) {
		doing = strings.TrimPrefix(doing+": "+row.What, ": ")
	}
	if kind := kindOf(err); kind != "" {
		return &Fault{Kind: kind, Doing: doing, Err: err}
	}
	if doing == "" {
		return err
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func kindOf(err error) Kind {
	var known Kind
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Missing
	}
	if errors.Is(err, ErrHeld) {
		return Busy
	}
	if errors.Is(err, fs.ErrPermission) {
		return ReadOnly
	}
	var plain syscall.Errno
	if errors.As(err, &plain) {
		switch plain {
		case syscall.ENOSPC:
			return Full
		case syscall.EROFS:
			return ReadOnly
		case syscall.EMFILE, syscall.ENFILE:
			return Closed
		case syscall.EIO:
			return Disk
		}
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return Full
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return Busy
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return Corrupt
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return ReadOnly
	case sqlite3.SQLITE_CANTOPEN: // that it is missing was looked at before
		return Closed
	case sqlite3.SQLITE_IOERR:
		return Disk
	}
	return ""
}

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Running says that another process works for the station.
type Running struct{ Station string }

// Error says so to the person who started the second one.
func (r *Running) Error() string {
	return fmt.Sprintf("another packbench is already running for station %s on this computer", r.Station)
}

// ErrHeld says that somebody else holds a lock.
var ErrHeld = errors.New("held by another process")

// LockStation takes the lock of a station in a data folder until release is
// called or the process ends, however it ends. Held by another process it is a
// *Running.
//
// It keeps a second program away from the station's journal, and everybody while a
// backup is put back. A lease cannot: it says late that a program has ended, and of
// one that only stood still that it has. So a program that was killed begins again
// at once, by its lock, and takes its lease back. Whether others wait for a bench is
// the lease's to say.
func LockStation(dataDir, station string) (release func(), err error) {
	if station == "" || strings.ContainsAny(station, `/\:`) || strings.HasPrefix(station, ".") {
		return nil, fmt.Errorf("lock station %q: a station's name has no slash, colon or leading dot", station)
	}
	release, err = lock(filepath.Join(dataDir, "station-"+station+".lock"), false)
	if errors.Is(err, ErrHeld) {
		return nil, &Running{Station: station}
	}
	return release, fault("lock station "+station, err)
}

// LockFile takes the lock of a file, which is made where it is missing, until
// release is called or the process ends, however it ends. Held by somebody else
// it is tried again for as long as wait says, and then ErrHeld.
func LockFile(path string, wait time.Duration) (release func(), err error) {
	for deadline := time.Now().Add(wait); ; time.Sleep(5 * time.Millisecond) {
		release, err = lock(path, false)
		if !errors.Is(err, ErrHeld) || !time.Now().Before(deadline) {
			return release, err
		}
	}
}

// openLock ends the name of the file whose lock is shared by all that have a
// database open.
const openLock = ".lock"

// Alone keeps everybody from opening the database at path until release is
// called, so that its file can be exchanged: on Unix who has it open would go on
// writing into the old one. Where somebody has it open it is ErrHeld.
func Alone(path string) (release func(), err error) { return lock(path+openLock, false) }

// lock takes the lock of a file, alone or with others who share it.
func lock(path string, shared bool) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f, shared); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	// The file stays: removing it would let two processes hold two files of
	// one name. Closing gives the lock back.
	return func() { _ = f.Close() }, nil
}

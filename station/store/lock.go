package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Running says that another process works for the station.
type Running struct{ Station string }

// Error says so to the person who started the second one.
func (r *Running) Error() string {
	return fmt.Sprintf("another packbench is already running for station %s on this computer", r.Station)
}

var errHeld = errors.New("held by another process")

// LockStation takes the lock of a station in a data folder until release is
// called or the process ends, however it ends. Held by another process it is a
// *Running.
func LockStation(dataDir, station string) (release func(), err error) {
	if station == "" || strings.ContainsAny(station, `/\:`) || strings.HasPrefix(station, ".") {
		return nil, fmt.Errorf("lock station %q: a station's name has no slash, colon or leading dot", station)
	}
	f, err := os.OpenFile(filepath.Join(dataDir, "station-"+station+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault("lock station "+station, err)
	}
	if err := lockFile(f); err != nil {
		closing := f.Close()
		if errors.Is(err, errHeld) {
			return nil, &Running{Station: station}
		}
		return nil, errors.Join(fault("lock station "+station, err), closing)
	}
	// The file stays: removing it would let two processes hold two files of
	// one name. Closing gives the lock back.
	return func() { _ = f.Close() }, nil
}

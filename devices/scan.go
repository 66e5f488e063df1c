package devices

import (
	"strconv"
	"time"
)

// Scan is one gesture of a scanner (S1).
type Scan struct {
	ID     string    // unique over all devices and starts of the program
	At     time.Time // when its last byte or key came
	Device string    // name of the device in the settings
	AIM    string    // "]C1" and the like, "" when the scanner sent none
	Data   []byte    // the code itself: no suffix, no AIM identifier, no prefix; GS is 0x1D
	Cut    bool      // the code is not whole, too long or broken on its way: Data holds its first bytes only
}

// ScanIDs gives each scan of one device its id. The zero value is not ready;
// take [NewScanIDs].
type ScanIDs struct {
	device string
	start  int64
	n      int
}

// NewScanIDs starts a run of ids. The start time keeps the ids of two starts of
// the program apart.
func NewScanIDs(device string, start time.Time) *ScanIDs {
	return &ScanIDs{device: device, start: start.UnixNano()}
}

// Next returns the next id, such as "scanner-dk3j9x2p1q-7".
func (s *ScanIDs) Next() string {
	s.n++
	return s.device + "-" + strconv.FormatInt(s.start, 36) + "-" + strconv.Itoa(s.n)
}

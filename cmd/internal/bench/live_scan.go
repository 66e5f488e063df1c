package bench

import (
	"fmt"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/devices"
	"packbench/station/engine"
)

// scanned posts a scan; the engine's inbox never drops one. While a scanner is
// being set up its codes are no scans of the bench.
func (l *Live) scanned(s devices.Scan) {
	if l.learning.Load() != nil {
		return
	}
	s.Data = l.withoutCutBadge(s)
	l.hear(portOf(s.Device), folder.WithoutBadge(s.Data), fmt.Sprintf("a code of %d characters", len(s.Data)))
	scan := engine.Scan{Gesture: s.ID, Device: s.Device, AIM: s.AIM, Data: string(s.Data), Cut: s.Cut, At: s.At}
	if take := l.taker(); take == nil || !take(scan) {
		l.bench.Engine.Post(scan)
	}
}

// portOf is where the settings page shows what a device said.
func portOf(device string) string {
	if device == engine.Wedge {
		return FirstScanner
	}
	return device
}

// withoutCutBadge leaves out the second half of a badge's code that was cut in
// two: alone it does not look like one.
func (l *Live) withoutCutBadge(s devices.Scan) []byte {
	n := min(len(s.Data), len(folder.BadgePrefix))
	begins := s.Cut && n > 0 && strings.EqualFold(folder.BadgePrefix[:n], string(s.Data[:n]))
	l.mu.Lock()
	began := l.badge[s.Device]
	l.badge[s.Device] = begins
	l.mu.Unlock()
	if began && s.Cut {
		return []byte("***")
	}
	return s.Data
}

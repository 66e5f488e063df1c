package bench

import (
	"time"

	"packbench/devices/scanner"
)

// Learning is where everything goes that a scanner sends while it is being set
// up by a calibration sheet. Functions that are nil are not wanted; none may
// block.
type Learning struct {
	Device string                  // the scanner on a port whose bytes are wanted, "" for none
	Bytes  func([]byte, time.Time) // as they come from its port; they are only lent
	Key    func(scanner.Key)       // of the window
	Rune   func(rune, time.Time)   // of the window
	Tick   func(time.Time)         // a turn of the window without a key
}

// Learn sends what scanners say to a calibration, and no more to the bench;
// nil ends that.
func (l *Live) Learn(to *Learning) { l.learning.Store(to) }

// Test makes a device show that it works: a scale is asked for its weight, a
// scanner is triggered. It gives false for a device that only speaks by itself.
func (l *Live) Test(device string) (bool, error) {
	runner := l.runner(device)
	if runner == nil {
		return false, nil
	}
	command := []byte(nil)
	var err error
	switch device {
	case TheScale:
		l.mu.Lock()
		command = l.protocol.Polled.Ask
		l.mu.Unlock()
	case FirstScanner, SecondScanner:
		command, err = scanner.ParseCommand(ScannerOf(&l.settings, device).Trigger)
	}
	if err != nil || len(command) == 0 {
		return false, err
	}
	return true, runner.Send(command)
}

// rawOf sees the bytes of a scanner as they come from its port: they are the
// live bytes of the settings page, and what a calibration learns from.
func (l *Live) rawOf(device string) func([]byte, time.Time) {
	return func(data []byte, at time.Time) {
		if to := l.learning.Load(); to != nil && to.Device == device && to.Bytes != nil {
			to.Bytes(data, at)
		}
	}
}

//go:build unix

package port

import (
	"path/filepath"
	"slices"
)

// List gives the names of the serial ports that are plugged in now, the lasting
// ones first: a name by id stays with its device when it is plugged in elsewhere.
func List() ([]string, error) { return list("/dev"), nil }

// list looks below a folder that is /dev but in tests.
func list(dev string) []string {
	var names []string
	known := map[string]bool{}
	for _, pattern := range []string{"serial/by-id/*", "serial/by-path/*", "ttyACM*", "ttyUSB*", "cu.usb*"} {
		found, _ := filepath.Glob(filepath.Join(dev, pattern)) // the patterns are good
		for _, name := range found {
			real, err := filepath.EvalSymlinks(name)
			if err != nil || known[real] {
				continue
			}
			known[real] = true
			names = append(names, name)
		}
	}
	return slices.Clip(names)
}

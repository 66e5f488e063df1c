//go:build unix && !linux

package port

import "path/filepath"

// nodes finds the USB serial ports. Their names hold the serial number or the
// socket, so that they last.
func (m *machine) nodes() ([]node, error) {
	var out []node
	found, _ := filepath.Glob(filepath.Join(m.dev, "cu.usb*")) // the pattern is good
	for _, path := range found {
		out = append(out, node{class: classSerial, Plugged: Plugged{
			Kind: KindSerial, Name: path, Path: path, Title: "serial port " + filepath.Base(path),
		}})
	}
	return out, nil
}

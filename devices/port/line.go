//go:build linux || windows || cgo

package port

import (
	"github.com/tarm/serial"

	"packbench/devices"
)

// config is the line in the words of the serial package.
func config(path string, line devices.Line) (*serial.Config, error) {
	line = line.WithDefaults()
	config := &serial.Config{Name: path, Baud: line.Baud, Size: byte(line.Bits)}
	wrong := func(words string) error {
		return &Trouble{Words: words, Fix: "Correct the line in the device settings."}
	}
	if line.Bits != 7 && line.Bits != 8 {
		return nil, wrong("a serial line has 7 or 8 data bits")
	}
	switch line.Parity {
	case "none":
		config.Parity = serial.ParityNone
	case "even":
		config.Parity = serial.ParityEven
	case "odd":
		config.Parity = serial.ParityOdd
	default:
		return nil, wrong("the parity of a serial line is none, even or odd")
	}
	switch line.Stop {
	case 1:
		config.StopBits = serial.Stop1
	case 2:
		config.StopBits = serial.Stop2
	default:
		return nil, wrong("a serial line has 1 or 2 stop bits")
	}
	return config, nil
}

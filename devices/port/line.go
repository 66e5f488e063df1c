//go:build linux || windows || cgo

package port

import (
	"github.com/tarm/serial"

	"packbench/devices"
	"packbench/station/trouble"
)

// config is the line in the words of the serial package.
func config(path string, line devices.Line) (*serial.Config, error) {
	line = line.WithDefaults()
	config := &serial.Config{Name: path, Baud: line.Baud, Size: byte(line.Bits)}
	wrong := func(code trouble.Code) error { return trouble.New(code).From(nil) }
	if line.Bits != 7 && line.Bits != 8 {
		return nil, wrong(trouble.LineBits)
	}
	switch line.Parity {
	case "none":
		config.Parity = serial.ParityNone
	case "even":
		config.Parity = serial.ParityEven
	case "odd":
		config.Parity = serial.ParityOdd
	default:
		return nil, wrong(trouble.LineParity)
	}
	switch line.Stop {
	case 1:
		config.StopBits = serial.Stop1
	case 2:
		config.StopBits = serial.Stop2
	default:
		return nil, wrong(trouble.LineStops)
	}
	return config, nil
}

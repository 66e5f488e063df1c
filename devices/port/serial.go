package port

import (
	"io"

	"github.com/tarm/serial"

	"packbench/devices"
)

// Serial is a named serial port: /dev/serial/by-id/… on Linux, COM3 on Windows.
type Serial struct {
	Name string
	Line devices.Line
}

// Open opens the port for this program alone. What was sent before is dropped:
// nothing old is taken for fresh.
func (s Serial) Open() (io.ReadWriteCloser, error) {
	config, err := s.config()
	if err != nil {
		return nil, err
	}
	return openSerial(config)
}

// config is the line in the words of the serial package.
func (s Serial) config() (*serial.Config, error) {
	line := s.Line.WithDefaults()
	config := &serial.Config{Name: s.Name, Baud: line.Baud, Size: byte(line.Bits)}
	wrong := func(words string) error {
		return &Trouble{Words: words, Fix: "Correct the line in the device settings."}
	}
	if s.Name == "" {
		return nil, &Trouble{Words: "no port is set", Fix: "Choose the port in the device settings."}
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

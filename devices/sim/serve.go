package sim

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"packbench/station/unit"
)

// Device is what every simulated device on a cable can do.
type Device interface {
	Unplug()
	Replug() error
	Noise([]byte) error
}

// Serve drives one device, a *Scanner or a *Scale, by lines until the input
// ends or the context does. Each line is answered with "ok" or "error: …".
//
//	scale:   put 1.2kg · zero · over · under
//	scanner: scan DATA       <GS> stands for byte 0x1D
//	both:    unplug · replug · noise [HEX] · # comment
//
// After the context has ended the goroutine that reads waits for one more line.
func Serve(ctx context.Context, in io.Reader, out io.Writer, device Device) error {
	lines := make(chan string)
	failed := make(chan error, 1)
	go func() {
		s := bufio.NewScanner(in)
		s.Buffer(nil, 2<<20) // a scan of a megabyte is a fair test
		for s.Scan() {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
		failed <- s.Err()
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case line := <-lines:
			if line = strings.TrimLeft(line, " \t"); line == "" || line[0] == '#' {
				continue
			}
			answer := "ok\n"
			if err := obey(device, line); err != nil {
				answer = "error: " + err.Error() + "\n"
			}
			if _, err := io.WriteString(out, answer); err != nil {
				return err
			}
		}
	}
}

// obey does what one line says.
func obey(device Device, line string) error {
	name, rest, _ := strings.Cut(line, " ")
	switch name {
	case "unplug":
		device.Unplug()
		return nil
	case "replug":
		return device.Replug()
	case "noise":
		return noise(device, strings.TrimSpace(rest))
	}
	switch d := device.(type) {
	case *Scale:
		return weigh(d, name, strings.TrimSpace(rest))
	case *Scanner:
		if name == "scan" {
			return d.Scan([]byte(strings.ReplaceAll(rest, "<GS>", "\x1D")))
		}
	}
	return fmt.Errorf("%q is no command here", name)
}

func weigh(s *Scale, name, rest string) error {
	switch name {
	case "put":
		mass, err := unit.ParseMass(rest)
		if err != nil {
			return err
		}
		s.Put(mass)
	case "zero":
		s.Put(0)
	case "over":
		s.Over()
	case "under":
		s.Under()
	default:
		return fmt.Errorf("%q is no command here", name)
	}
	return nil
}

func noise(device Device, text string) error {
	data := []byte("\x00\xFF\x02S S 1.2.3 kg\x1B[\x80\r\n~~~\r\n")
	if text != "" {
		var err error
		if data, err = hex.DecodeString(strings.ReplaceAll(text, " ", "")); err != nil {
			return fmt.Errorf("noise: %w", err)
		}
	}
	return device.Noise(data)
}

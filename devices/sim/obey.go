package sim

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/unit"
)

// order is one command: what it does with the rest of its line. The answer ""
// means ok.
type order func(rest string) (answer string, err error)

func does(f func()) order { return func(string) (string, error) { f(); return "", nil } }

func takes(f func(rest string) error) order {
	return func(rest string) (string, error) { return "", f(rest) }
}

// obey does what one line says.
func (h *handler) obey(line string) (string, error) {
	known := h.orders()
	name, rest, _ := strings.Cut(line, " ")
	do, ok := known[name]
	if !ok {
		return "", fmt.Errorf("%q is no command here; known: %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	if name != "scan" && name != "burst" { // there every space may count
		rest = strings.TrimSpace(rest)
	}
	return do(rest)
}

func (h *handler) orders() map[string]order {
	all := map[string]order{
		"unplug": does(h.device.Unplug),
		"replug": takes(h.replug),
		"noise":  takes(h.noise),
		"wait":   takes(h.wait),
	}
	switch d := h.device.(type) {
	case *Scale:
		maps.Copy(all, scaleOrders(d))
	case *Scanner:
		all["scan"] = takes(func(rest string) error { return d.Scan(withGS(rest)) })
		all["burst"] = takes(func(rest string) error { return burst(d, rest) })
		all["heard"] = func(string) (string, error) { return "heard " + hex.EncodeToString(d.Heard()), nil }
	}
	return all
}

func scaleOrders(s *Scale) map[string]order {
	return map[string]order{
		"put":   takes(func(rest string) error { return put(s, rest) }),
		"zero":  does(func() { s.Put(0) }),
		"over":  does(s.Over),
		"under": does(s.Under),
		"curve": takes(s.Curve),
		"fault": takes(func(rest string) error { return fault(s, rest) }),
		"quiet": does(func() { s.faults.set(FaultSilence, true) }),
		"speak": does(func() { s.faults.set(FaultSilence, false) }),
		"seed": takes(func(rest string) error {
			seed, err := strconv.ParseUint(rest, 10, 64)
			if err != nil {
				return fmt.Errorf("seed %q is no number", rest)
			}
			s.Seed(seed)
			return nil
		}),
	}
}

// put takes a mass, a number of divisions or so many pieces of a mass.
func put(s *Scale, text string) error {
	if n, err := strconv.Atoi(strings.TrimSuffix(text, "d")); err == nil && strings.HasSuffix(text, "d") {
		s.PutCounts(n)
		return nil
	}
	pieces := int64(1)
	if number, each, found := strings.Cut(text, " x "); found {
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 16)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of pieces", number)
		}
		pieces, text = n, strings.TrimSpace(each)
	}
	mass, err := unit.ParseMass(text)
	if err != nil {
		return err
	}
	s.Put(unit.Mass(pieces) * mass)
	return nil
}

// fault takes "NAME on", "NAME off" or, of a scale that boots, "dead 2s".
func fault(s *Scale, text string) error {
	name, how, _ := strings.Cut(text, " ")
	on := true
	switch how = strings.TrimSpace(how); how {
	case "on":
	case "off":
		on = false
	default:
		lasts, err := duration(how)
		if err != nil || name != FaultDead {
			return fmt.Errorf("fault: write NAME on or NAME off, NAME one of %s", strings.Join(Faults(), ", "))
		}
		s.Boot(lasts)
	}
	return s.Fault(name, on)
}

func burst(s *Scanner, text string) error {
	number, data, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 100_000 {
		return fmt.Errorf("burst: %q is no number from 1 to 100000", number)
	}
	return s.Burst(n, withGS(data))
}

func withGS(text string) []byte { return []byte(strings.ReplaceAll(text, "<GS>", "\x1D")) }

// replug plugs in at once, or later while other lines are obeyed.
func (h *handler) replug(after string) error {
	if after == "" {
		return h.device.Replug()
	}
	d, err := duration(after)
	if err != nil {
		return err
	}
	h.later.Go(func() {
		select {
		case <-h.ctx.Done():
		case <-time.After(d):
			_ = h.device.Replug() // what fails is seen: the device stays away
		}
	})
	return nil
}

func (h *handler) wait(text string) error {
	d, err := duration(text)
	if err != nil {
		return err
	}
	select {
	case <-h.ctx.Done():
	case <-time.After(d):
	}
	return nil
}

// duration takes 500ms, 2s, or a number of seconds.
func duration(text string) (time.Duration, error) {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		text += "s"
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > time.Hour {
		return 0, fmt.Errorf("%q is no time; write 500ms, 2s or a number of seconds up to an hour", text)
	}
	return d, nil
}

func (h *handler) noise(text string) error {
	data := []byte("\x00\xFF\x02S S 1.2.3 kg\x1B[\x80\r\n~~~\r\n")
	if s, ok := h.device.(*Scanner); ok {
		data = s.gun.noise
	}
	if text != "" {
		var err error
		if data, err = hex.DecodeString(strings.ReplaceAll(text, " ", "")); err != nil {
			return errors.New("noise: write bytes in hex, such as 00 FF 02")
		}
	}
	return h.device.Noise(data)
}

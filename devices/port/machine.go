package port

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"packbench/station/trouble"
)

// machine is where devices are looked for: the folders of this computer, or
// those that a test gives.
type machine struct {
	dev, sys, proc, run string   // /dev, /sys, /proc, /run
	rules               []string // folders of udev rules

	may   func(path string) error                  // whether this user may read and write
	group func(path string) (name string, ok bool) // the group of a node, and whether its members may
}

// or returns the machine, or this computer where none is set.
func (m *machine) or() *machine {
	if m != nil {
		return m
	}
	return host()
}

// List returns the devices that are plugged in now, serial ports first. It opens
// none of them.
func List() ([]Plugged, error) { return host().list() }

func (m *machine) list() ([]Plugged, error) {
	nodes, err := m.nodes()
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	nameAll(nodes)
	m.judge(nodes)
	order := []string{KindSerial, KindHIDScale, KindHIDScanner, KindKeyboard}
	var out []Plugged
	for _, kind := range order {
		for _, n := range nodes {
			if n.Kind == kind {
				out = append(out, n.Plugged)
			}
		}
	}
	return slices.Clip(out), nil
}

// resolve returns the path of a name as things are plugged in now.
func (m *machine) resolve(c class, name string) (string, error) {
	byID := strings.HasPrefix(name, filepath.Join(m.dev, "serial", "by-id")+string(filepath.Separator))
	if !strings.HasPrefix(name, identityPrefix) && !byID {
		return name, nil
	}
	if byID {
		return name, m.alone(name)
	}
	id, err := parseIdentity(name)
	if err != nil {
		return "", trouble.New(trouble.NoDevice).From(err)
	}
	nodes, err := m.nodes()
	if err != nil {
		return "", err
	}
	n, err := find(ofClass(nodes, c), id)
	return n.Path, err
}

// alone refuses a link by id when another device claims the same link: it would
// point at the one that was plugged in last.
func (m *machine) alone(link string) error {
	path, err := filepath.EvalSymlinks(link)
	if err != nil {
		return err
	}
	nodes, err := m.nodes()
	if err != nil {
		return err
	}
	nodes = ofClass(nodes, classSerial)
	at := slices.IndexFunc(nodes, func(n node) bool { return n.Path == path })
	if at < 0 || nodes[at].socket == "" {
		return nil
	}
	it := nodes[at]
	_, face, _ := strings.Cut(it.face, ":")
	for _, n := range nodes {
		_, other, _ := strings.Cut(n.face, ":")
		if n.socket != it.socket && n.Path != "" && n.Vendor == it.Vendor && n.Product == it.Product &&
			n.Serial == it.Serial && n.Title == it.Title && other == face {
			return twins(link)
		}
	}
	return nil
}

// open opens the device of a name by the function of its class.
func (m *machine) open(c class, name string, open func(path string) (io.ReadWriteCloser, error)) (io.ReadWriteCloser, error) {
	if name == "" {
		return nil, noPort()
	}
	path, err := m.resolve(c, name)
	if err == nil {
		var conn io.ReadWriteCloser
		if conn, err = open(path); err == nil {
			return conn, nil
		}
	}
	return nil, &openError{on: m, class: c, name: name, path: path, err: err}
}

func noPort() *Trouble {
	return trouble.New(trouble.NoPort).From(nil)
}

// Checker is an Opener that can tell, without opening anything, what would keep
// it from opening its device: nil when nothing is known. Trouble that is
// [ErrInUse] is no trouble to the program that has the device.
type Checker interface {
	Check() *Trouble
}

func (m *machine) check(c class, name string) *Trouble {
	if name == "" {
		return Explain(noPort())
	}
	path, err := m.resolve(c, name)
	if err == nil {
		err = look(c, path)
	}
	if err != nil {
		return Explain(&openError{on: m, class: c, name: name, path: path, err: err})
	}
	return m.standing(c, path)
}

// look reports whether there can be a device of a class at a path.
func look(c class, path string) error {
	switch {
	case runtime.GOOS != "linux" && c == classHID:
		_, err := openHID(path) // opens nothing there, and says why
		return err
	case runtime.GOOS != "linux" && c == classKeyboard:
		_, err := openKeyboard(path)
		return err
	case runtime.GOOS == "windows":
		return nil // a COM port is no file
	}
	info, err := os.Stat(path)
	switch {
	case err != nil || info.Mode()&os.ModeCharDevice != 0:
		return err
	case c == classSerial:
		return ErrNotSerial
	}
	return notThat(fmt.Errorf("%s is no device", path))
}

// openError is a device that could not be opened, with what it takes to say
// why. Looking for that is slow, so that it waits until somebody asks.
type openError struct {
	on    *machine
	class class
	name  string // as in the settings
	path  string // where the device was to be, "" when that is not known
	err   error
}

func (e *openError) Error() string {
	if text := e.err.Error(); strings.Contains(text, e.name) {
		return text
	}
	return "open " + e.name + ": " + e.err.Error()
}
func (e *openError) Unwrap() error { return e.err }

// absent reports whether an error means that there is no such device now.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || lost(err)
}

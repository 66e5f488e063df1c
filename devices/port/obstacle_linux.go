package port

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"packbench/station/trouble"

	"golang.org/x/sys/unix"
)

// host is this computer.
func host() *machine {
	return &machine{
		dev: "/dev", sys: "/sys", proc: "/proc", run: "/run",
		rules: []string{"/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d"},
		may:   func(path string) error { return unix.Access(path, unix.R_OK|unix.W_OK) },
		group: groupOf,
	}
}

// groupOf names the group of a node.
func groupOf(path string) (string, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", false
	}
	group, err := user.LookupGroupId(strconv.Itoa(int(stat.Gid)))
	if err != nil {
		return "", false
	}
	return group.Name, info.Mode().Perm()&0o060 == 0o060
}

// The lines that mend something. Group input is never among them: its members
// can read every keyboard.
const (
	reload    = " | sudo tee %s >/dev/null && sudo udevadm control --reload && sudo udevadm trigger"
	rulesFile = "/etc/udev/rules.d/60-packbench.rules"
)

func installRules() string { return "packctl doctor --udev" + fmt.Sprintf(reload, rulesFile) }

// ownRule lets the person at the screen use this one device.
func ownRule(n node) string {
	subsystem := map[class]string{classSerial: "tty", classHID: "hidraw", classKeyboard: "input"}[n.class]
	match, file := fmt.Sprintf("KERNEL==%q", filepath.Base(n.Path)), filepath.Base(n.Path)
	if n.socket != "" {
		match = fmt.Sprintf(`ATTRS{idVendor}=="%04x", ATTRS{idProduct}=="%04x"`, n.Vendor, n.Product)
		file = fmt.Sprintf("%04x-%04x", n.Vendor, n.Product)
		if n.class == classKeyboard {
			match = `KERNEL=="event*", ` + match
		}
	}
	return fmt.Sprintf(`echo 'SUBSYSTEM=="%s", %s, MODE="0660", TAG+="uaccess"'`, subsystem, match) +
		fmt.Sprintf(reload, "/etc/udev/rules.d/61-packbench-"+file+".rules")
}

// denied says which line gives this user the right to use a device.
func (m *machine) denied(n node, err error) *Trouble {
	denied := trouble.New(trouble.PortDenied)
	if n.class != classSerial {
		denied.Code = trouble.DeviceDenied
	}
	group, may := m.group(n.Path)
	switch {
	case n.class == classHID:
		denied = denied.With(trouble.RunLine, installRules())
	case n.class == classSerial && may && !slices.Contains([]string{"", "root", "tty", "input"}, group):
		denied = denied.With(trouble.JoinGroup, group)
	default:
		denied = denied.With(trouble.RunLine, ownRule(n))
	}
	return denied.From(err)
}

// judge tells each device what stands in its way.
func (m *machine) judge(nodes []node) {
	held := m.holders()
	modems := m.running("ModemManager")
	for i := range nodes {
		n := &nodes[i]
		if n.Path == "" {
			continue // it has its trouble already
		}
		others := slices.DeleteFunc(held[n.Path], func(h holder) bool { return h.pid == os.Getpid() })
		err := m.may(n.Path)
		switch {
		case errors.Is(err, fs.ErrPermission):
			n.Trouble = m.denied(*n, err)
		case modems && m.modem(*n):
			n.Trouble = modemTrouble()
		case len(others) > 0 && n.class != classKeyboard: // the desktop reads every keyboard
			n.Trouble = inUse(others, ErrInUse)
		}
	}
}

// standing says what stands in the way of the device at a path.
func (m *machine) standing(c class, path string) *Trouble {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if strings.HasPrefix(path, pseudoTerminals) {
		return nil // a simulated device
	}
	n, ok := m.at(path)
	if !ok || n.class != c {
		n = node{class: c, Plugged: Plugged{Path: path}}
	}
	nodes := []node{n}
	m.judge(nodes)
	return nodes[0].Trouble
}

// modem reports whether ModemManager may take a port for a modem.
func (m *machine) modem(n node) bool {
	if n.class != classSerial || !strings.HasPrefix(filepath.Base(n.Path), "ttyACM") {
		return false
	}
	for _, number := range []string{"c" + n.number, "c" + n.usbNumber} {
		for key, value := range uevent(filepath.Join(m.run, "udev/data", number)) {
			key = strings.TrimPrefix(key, "E:")
			if (key == "ID_MM_DEVICE_IGNORE" || key == "ID_MM_PORT_IGNORE") && value == "1" {
				return false
			}
		}
	}
	return true
}

func modemTrouble() *Trouble {
	return trouble.New(trouble.TakenForModem, installRules()).From(nil)
}

// seizable are the USB adapters that brltty takes for a braille display.
var seizable = [...][2]uint16{{0x1A86, 0x7523}, {0x10C4, 0xEA60}}

// seized are the adapters whose serial port brltty has taken away. They have no
// path.
func (m *machine) seized() []node {
	if !m.running("brltty") && !m.hasRule("*brltty*.rules") {
		return nil
	}
	var out []node
	devices, _ := filepath.Glob(filepath.Join(m.sys, "bus/usb/devices/*")) // the pattern is good
	for _, dir := range devices {
		var n node
		n.usb(dir)
		if !slices.Contains(seizable[:], [2]uint16{n.Vendor, n.Product}) {
			continue
		}
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			continue
		}
		if ports, _ := filepath.Glob(filepath.Join(real, "*:*", "tty*")); len(ports) > 0 {
			continue
		}
		n.class, n.Kind = classSerial, KindSerial
		n.Trouble = trouble.New(trouble.TakenForBraille).From(nil)
		out = append(out, n)
	}
	return out
}

func (m *machine) hasRule(pattern string) bool {
	for _, dir := range m.rules {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) > 0 {
			return true
		}
	}
	return false
}

// running reports whether there is a process of this name.
func (m *machine) running(name string) bool {
	found, _ := filepath.Glob(filepath.Join(m.proc, "[0-9]*", "comm")) // the pattern is good
	return slices.ContainsFunc(found, func(path string) bool { return word(filepath.Dir(path), "comm") == name })
}

// holder is a process that has a device open.
type holder struct {
	pid  int
	name string
}

// holders returns the processes that have something of /dev open, as far as this
// user may know.
func (m *machine) holders() map[string][]holder {
	out := map[string][]holder{}
	processes, _ := filepath.Glob(filepath.Join(m.proc, "[0-9]*")) // the pattern is good
	for _, process := range processes {
		pid, err := strconv.Atoi(filepath.Base(process))
		if err != nil {
			continue
		}
		files, _ := os.ReadDir(filepath.Join(process, "fd")) // another user's are not told
		for _, f := range files {
			path, err := os.Readlink(filepath.Join(process, "fd", f.Name()))
			if err != nil || !strings.HasPrefix(path, m.dev+"/") {
				continue
			}
			h := holder{pid: pid, name: clean(word(process, "comm"))}
			if !slices.Contains(out[path], h) {
				out[path] = append(out[path], h)
			}
		}
	}
	return out
}

// inUse names who has the port.
func inUse(held []holder, err error) *Trouble {
	t := trouble.New(trouble.PortInUse).From(err)
	var names []string
	for _, h := range held {
		if h.pid != os.Getpid() && h.name != "" {
			names = append(names, fmt.Sprintf("%s (process %d)", h.name, h.pid))
		}
	}
	switch {
	case len(names) > 0:
		t.Trouble = t.With(trouble.CloseNamed, strings.Join(names[:min(len(names), 3)], ", "))
	case len(held) > 0:
		t.Trouble = t.With(trouble.OwnPort)
	}
	return t
}

// explain says why a device could not be opened.
func (e *openError) explain() *Trouble {
	m := e.on
	switch {
	case errors.Is(e.err, ErrInUse), errors.Is(e.err, syscall.EBUSY):
		path, err := filepath.EvalSymlinks(e.path)
		if err != nil {
			path = e.path
		}
		t := inUse(m.holders()[path], e)
		if n, ok := m.at(path); ok && m.running("ModemManager") && m.modem(n) {
			t.Trouble = trouble.New(trouble.PortInUse, installRules()).With(trouble.InstallRules)
		}
		return t
	case errors.Is(e.err, fs.ErrPermission):
		path, err := filepath.EvalSymlinks(e.path)
		if err != nil {
			path = e.path
		}
		n, ok := m.at(path)
		if !ok {
			n = node{class: e.class, Plugged: Plugged{Path: path}}
		}
		return m.denied(n, e)
	case absent(e.err):
		return m.missing(e)
	}
	return plain(e)
}

// at returns what is plugged in at a path.
func (m *machine) at(path string) (node, bool) {
	nodes, _ := m.nodes() // what cannot be listed is not known
	for _, n := range nodes {
		if n.Path == path {
			return n, true
		}
	}
	return node{}, false
}

// missing says what is plugged in where the device is not.
func (m *machine) missing(e *openError) *Trouble {
	t := gone("open", e)
	nodes, err := m.nodes()
	if err != nil {
		return t
	}
	nameAll(nodes)
	var there []string
	for _, n := range ofClass(nodes, e.class) {
		if n.Path == "" { // a USB device without its port: the one that is missed, unless its name says otherwise
			if id, err := parseIdentity(e.name); err == nil && !id.fits(n) {
				continue
			}
			return n.Trouble.From(e)
		}
		if n.socket != "" {
			there = append(there, n.Title+" ("+n.Name+")")
		}
	}
	if len(there) > 0 {
		t.Trouble = t.With(trouble.PlugInOrChoose, strings.Join(there[:min(len(there), 4)], "; "))
	}
	return t
}

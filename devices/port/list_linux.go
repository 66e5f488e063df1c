package port

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// nodes finds what the kernel tells in /sys; a serial port that is only in /dev
// comes too.
func (m *machine) nodes() ([]node, error) {
	nodes := m.ttys()
	known := map[string]bool{}
	for _, n := range nodes {
		known[n.Path] = true
	}
	for _, path := range m.glob("ttyACM*", "ttyUSB*") {
		if !known[path] {
			nodes = append(nodes, node{class: classSerial, Plugged: Plugged{Kind: KindSerial, Path: path, Title: "serial port " + filepath.Base(path)}})
		}
	}
	links := m.links()
	for i := range nodes {
		nodes[i].link = links[nodes[i].Path]
	}
	nodes = append(nodes, m.seized()...)
	nodes = append(nodes, m.hidraws()...)
	return append(nodes, m.keyboards()...), nil
}

func (m *machine) glob(patterns ...string) []string {
	var out []string
	for _, pattern := range patterns {
		found, _ := filepath.Glob(filepath.Join(m.dev, pattern)) // the patterns are good
		out = append(out, found...)
	}
	return out
}

// links returns the links by id of what they point at.
func (m *machine) links() map[string]string {
	links := map[string]string{}
	for _, link := range m.glob("serial/by-id/*") {
		if path, err := filepath.EvalSymlinks(link); err == nil {
			links[path] = link
		}
	}
	return links
}

// ttys are the serial ports: of USB devices, and of the computer itself where
// the kernel has found a chip behind them.
func (m *machine) ttys() []node {
	var out []node
	for _, name := range m.class("tty") {
		dir := filepath.Join(m.sys, "class/tty", name)
		if _, err := os.Lstat(filepath.Join(dir, "device")); err != nil {
			continue // a console
		}
		n, ok := m.node(dir, name)
		kind := word(dir, "type")
		if !ok || n.socket == "" && (kind == "" || kind == "0") {
			continue
		}
		n.class, n.Kind = classSerial, KindSerial
		if n.socket == "" {
			n.Title = "serial port " + name
		}
		out = append(out, n)
	}
	// Ports of the computer itself are there whether something is plugged in
	// or not: what is surely plugged in comes first.
	slices.SortStableFunc(out, func(a, b node) int {
		switch {
		case (a.socket == "") == (b.socket == ""):
			return strings.Compare(a.Path, b.Path)
		case a.socket == "":
			return 1
		}
		return -1
	})
	return out
}

// hidraws are the HID devices that can be read report by report.
func (m *machine) hidraws() []node {
	var out []node
	for _, name := range m.class("hidraw") {
		dir := filepath.Join(m.sys, "class/hidraw", name)
		descriptor, err := os.ReadFile(filepath.Join(dir, "device/report_descriptor"))
		if err != nil {
			continue
		}
		kind := hidKind(descriptor)
		if kind != KindHIDScale && kind != KindHIDScanner {
			continue // a keyboard types all the same when it is read here
		}
		n, ok := m.node(dir, name)
		if !ok {
			continue
		}
		if n.socket == "" {
			n.said(uevent(filepath.Join(dir, "device/uevent")))
		}
		n.class, n.Kind = classHID, kind
		out = append(out, n)
	}
	return out
}

// said takes what a HID device that is on no USB says of itself.
func (n *node) said(lines map[string]string) {
	if id := strings.Split(lines["HID_ID"], ":"); len(id) == 3 { // bus, vendor, product
		n.Vendor, n.Product = id16(id[1]), id16(id[2])
	}
	n.Serial = clean(lines["HID_UNIQ"])
	n.Title = title("", clean(lines["HID_NAME"]), n.Serial, n.Vendor, n.Product)
}

// Buses of the kernel's input layer.
const (
	busUSB       = "0003"
	busBluetooth = "0005"
)

// keyboards are what types and can be pulled out: scanners and keyboards look
// alike here. A notebook's own keyboard is left out.
func (m *machine) keyboards() []node {
	var out []node
	for _, name := range m.class("input") {
		dir := filepath.Join(m.sys, "class/input", name)
		bus := word(dir, "device/id/bustype")
		if !strings.HasPrefix(name, "event") || bus != busUSB && bus != busBluetooth || !types(word(dir, "device/capabilities/key")) {
			continue
		}
		n, ok := m.node(dir, filepath.Join("input", name))
		if !ok {
			continue
		}
		if n.socket == "" {
			n.Vendor, n.Product = id16(word(dir, "device/id/vendor")), id16(word(dir, "device/id/product"))
			n.Serial = clean(word(dir, "device/uniq"))
			n.Title = title("", clean(word(dir, "device/name")), n.Serial, n.Vendor, n.Product)
		}
		n.class, n.Kind = classKeyboard, KindKeyboard
		out = append(out, n)
	}
	return out
}

// types reports whether the keys of an input device are those of a keyboard: its
// bitmap, in words of the kernel's size, the lowest last.
func types(bitmap string) bool {
	words := strings.Fields(bitmap)
	if len(words) == 0 {
		return false
	}
	low, err := strconv.ParseUint(words[len(words)-1], 16, 64)
	// The digits 1 to 0, Enter, and the letter A stand for all others.
	const needed = 0x3FF<<2 | 1<<28 | 1<<30
	return err == nil && low&needed == needed
}

// class returns the names of one device class, in the order of their numbers.
func (m *machine) class(name string) []string {
	entries, err := os.ReadDir(filepath.Join(m.sys, "class", name))
	if err != nil {
		return nil // a kernel without this class, or with nothing in it
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return out
}

// node reads what a device of /sys says of itself. A device that has no node in
// /dev yet is none.
func (m *machine) node(dir, name string) (node, bool) {
	n := node{number: word(dir, "dev")}
	n.Path = filepath.Join(m.dev, name)
	if _, err := os.Lstat(n.Path); err != nil {
		return n, false
	}
	at, err := filepath.EvalSymlinks(filepath.Join(dir, "device"))
	if err != nil {
		return n, false
	}
	for ; len(at) > len(m.sys); at = filepath.Dir(at) {
		if n.face == "" && exists(at, "bInterfaceNumber") {
			n.face = filepath.Base(at)
		}
		if exists(at, "idVendor") {
			n.usb(at)
			break
		}
	}
	return n, true
}

// usb reads the folder of a USB device.
func (n *node) usb(dir string) {
	n.socket, n.usbNumber = filepath.Base(dir), word(dir, "dev")
	n.Vendor, n.Product = id16(word(dir, "idVendor")), id16(word(dir, "idProduct"))
	n.Serial = clean(word(dir, "serial"))
	n.Title = title(clean(word(dir, "manufacturer")), clean(word(dir, "product")), n.Serial, n.Vendor, n.Product)
}

func exists(dir, file string) bool {
	_, err := os.Stat(filepath.Join(dir, file))
	return err == nil
}

// word reads a small file of /sys; one that is not there is "".
func word(dir, file string) string {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return ""
	}
	return string(bytes.TrimSpace(data))
}

func id16(hex string) uint16 {
	n, _ := strconv.ParseUint(hex, 16, 32) // what is no number is 0: no id
	return uint16(n)
}

// uevent reads a file of KEY=value lines.
func uevent(path string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(word(filepath.Dir(path), filepath.Base(path))) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			out[key] = value
		}
	}
	return out
}

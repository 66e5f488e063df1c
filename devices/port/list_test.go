//go:build linux

package port

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// computer is a made-up one: folders like /dev, /sys, /proc and /run.
type computer struct {
	*testing.T
	*machine
	minor  int
	groups map[string]string // of nodes of /dev; else dialout for serial ports and root for all others
	denied map[string]bool
}

func newComputer(t *testing.T) *computer {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(root, name) }
	c := &computer{T: t, groups: map[string]string{}, denied: map[string]bool{}}
	c.machine = &machine{
		dev: at("dev"), sys: at("sys"), proc: at("proc"), run: at("run"), rules: []string{at("rules")},
		may: func(path string) error {
			if c.denied[path] {
				return &fs.PathError{Op: "access", Path: path, Err: syscall.EACCES}
			}
			return nil
		},
		group: func(path string) (string, bool) {
			switch {
			case c.groups[path] != "":
				return c.groups[path], true
			case strings.HasPrefix(filepath.Base(path), "tty"):
				return "dialout", true
			}
			return "root", false
		},
	}
	for _, dir := range []string{"dev/input", "dev/serial/by-id", "sys/class", "sys/bus/usb/devices", "proc", "run/udev/data", "rules"} {
		c.must(os.MkdirAll(at(dir), 0o755))
	}
	return c
}

func (c *computer) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *computer) write(path, text string) {
	c.Helper()
	c.must(os.MkdirAll(filepath.Dir(path), 0o755))
	c.must(os.WriteFile(path, []byte(text), 0o644))
}

func (c *computer) link(from, to string) {
	c.Helper()
	c.must(os.MkdirAll(filepath.Dir(from), 0o755))
	c.must(os.Symlink(to, from))
}

// stick is a USB device.
type stick struct {
	socket, vendor, product string
	maker, name, serial     string
}

// plug returns the folder of one interface of a USB device.
func (c *computer) plug(s stick, face int) string {
	c.Helper()
	dir := filepath.Join(c.sys, "devices/pci0000:00/usb1", s.socket)
	if _, err := os.Stat(dir); err != nil {
		c.minor++
		for file, text := range map[string]string{
			"idVendor": s.vendor, "idProduct": s.product, "manufacturer": s.maker, "product": s.name, "serial": s.serial,
			"dev": fmt.Sprintf("189:%d", c.minor),
		} {
			if text != "" {
				c.write(filepath.Join(dir, file), text+"\n")
			}
		}
		c.link(filepath.Join(c.sys, "bus/usb/devices", s.socket), dir)
	}
	at := filepath.Join(dir, fmt.Sprintf("%s:1.%d", s.socket, face))
	c.write(filepath.Join(at, "bInterfaceNumber"), fmt.Sprintf("%02d\n", face))
	return at
}

func (c *computer) unplug(socket string, nodes ...string) {
	c.Helper()
	c.must(os.RemoveAll(filepath.Join(c.sys, "devices/pci0000:00/usb1", socket)))
	c.must(os.Remove(filepath.Join(c.sys, "bus/usb/devices", socket)))
	for _, name := range nodes {
		c.must(os.Remove(filepath.Join(c.dev, name)))
		found, _ := filepath.Glob(filepath.Join(c.sys, "class/*", filepath.Base(name)))
		for _, f := range found {
			c.must(os.RemoveAll(f))
		}
	}
}

// tty gives a USB device a serial port, as a link to a file or a pseudo terminal.
func (c *computer) tty(s stick, face int, name, to string) {
	c.Helper()
	at := c.plug(s, face)
	c.minor++
	dir := filepath.Join(at, "tty", name)
	if strings.HasPrefix(name, "ttyUSB") {
		at = filepath.Join(at, name)
		dir = filepath.Join(at, "tty", name)
	}
	c.write(filepath.Join(dir, "dev"), fmt.Sprintf("166:%d\n", c.minor))
	c.link(filepath.Join(dir, "device"), at)
	c.link(filepath.Join(c.sys, "class/tty", name), dir)
	c.node(name, to)
}

func (c *computer) node(name, to string) {
	c.Helper()
	if to == "" {
		c.write(filepath.Join(c.dev, name), "")
		return
	}
	c.link(filepath.Join(c.dev, name), to)
}

func (c *computer) hidraw(s stick, face int, name, descriptor, to string) {
	c.Helper()
	at := filepath.Join(c.plug(s, face), "0003:"+s.vendor+":"+s.product+".0001")
	c.write(filepath.Join(at, "report_descriptor"), descriptor)
	c.write(filepath.Join(at, "uevent"), fmt.Sprintf("DRIVER=hid-generic\nHID_ID=0003:0000%s:0000%s\nHID_NAME=%s %s\n", s.vendor, s.product, s.maker, s.name))
	c.link(filepath.Join(at, "hidraw", name, "device"), at)
	c.link(filepath.Join(c.sys, "class/hidraw", name), filepath.Join(at, "hidraw", name))
	c.node(name, to)
}

func (c *computer) keyboard(s stick, face int, name, keys, to string) {
	c.Helper()
	at := filepath.Join(c.plug(s, face), "input", "input"+strings.TrimPrefix(name, "event"))
	for file, text := range map[string]string{
		"id/bustype": "0003", "id/vendor": s.vendor, "id/product": s.product, "name": s.maker + " " + s.name, "capabilities/key": keys,
	} {
		c.write(filepath.Join(at, file), text+"\n")
	}
	c.link(filepath.Join(at, name, "device"), at)
	c.link(filepath.Join(c.sys, "class/input", name), filepath.Join(at, name))
	c.node("input/"+name, to)
}

func (c *computer) process(pid int, name string, open ...string) {
	c.Helper()
	c.write(filepath.Join(c.proc, fmt.Sprint(pid), "comm"), name+"\n")
	for i, path := range open {
		c.link(filepath.Join(c.proc, fmt.Sprint(pid), "fd", fmt.Sprint(i)), path)
	}
}

// Descriptors as real devices begin theirs, and the key bitmap of a keyboard and of the
// volume buttons beside it.
const (
	scaleDescriptor   = "\x05\x8d\x09\x20\xa1\x01\x09\x30\xa1\x02\x85\x01\xc0\xc0"
	scannerDescriptor = "\x05\x8c\x09\x02\xa1\x01\x09\x12\xa1\x02\x85\x02\xc0\xc0"
	mouseDescriptor   = "\x05\x01\x09\x02\xa1\x01\x09\x01\xa1\x00\xc0\xc0"
	keyboardKeys      = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
	volumeKeys        = "3e000b 0 0 0 800000000000 0 0"
)

var (
	dymo    = stick{"1-1", "0922", "8003", "DYMO", "M10 10 lb USB Postal Scale", ""}
	xenon   = stick{"1-2.3", "0c2e", "0b6a", "Honeywell", "Honeywell Xenon 1900", "17123B0A5C"}
	symbol  = stick{"1-4", "05e0", "1200", "Symbol Technologies, Inc, 2008", "Symbol Bar Code Scanner", ""}
	adapter = stick{"1-5", "1a86", "7523", "", "USB2.0-Serial", ""}
	another = stick{"1-6.1", "1a86", "7523", "", "USB2.0-Serial", ""}
)

func (c *computer) lines() []string {
	c.Helper()
	plugged, err := c.list()
	c.must(err)
	var out []string
	for _, p := range plugged {
		line := p.Kind + " " + strings.TrimPrefix(p.Name, c.dev) + " " + strings.TrimPrefix(p.Path, c.dev) + " " + p.Title
		if p.Trouble != nil {
			line += " ! " + p.Trouble.Wrong() + " ! " + p.Trouble.Advice()
		}
		out = append(out, line)
	}
	return out
}

func (c *computer) expect(want ...string) {
	c.Helper()
	if got := c.lines(); !slices.Equal(got, want) {
		c.Errorf("plugged in:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestListNamesWhatIsPluggedIn(t *testing.T) {
	c := newComputer(t)
	c.expect()
	c.tty(xenon, 1, "ttyACM0", "")
	c.link(filepath.Join(c.dev, "serial/by-id/usb-Honeywell_Xenon_17123B0A5C-if01"), filepath.Join(c.dev, "ttyACM0"))
	c.tty(adapter, 0, "ttyUSB0", "")
	c.link(filepath.Join(c.dev, "serial/by-id/usb-1a86_USB2.0-Serial-if00-port0"), filepath.Join(c.dev, "ttyUSB0"))
	c.hidraw(dymo, 0, "hidraw0", scaleDescriptor, "")
	c.hidraw(symbol, 1, "hidraw1", scannerDescriptor, "")
	c.hidraw(stick{"1-9", "046d", "c077", "Logitech", "USB Mouse", ""}, 0, "hidraw2", mouseDescriptor, "")
	c.keyboard(symbol, 0, "event7", keyboardKeys, "")
	c.keyboard(symbol, 0, "event8", volumeKeys, "")
	for name, kind := range map[string]string{"ttyS0": "4", "ttyS1": "0"} { // the second has no chip
		dir := filepath.Join(c.sys, "devices/pnp0/00:01/tty", name)
		c.write(filepath.Join(dir, "type"), kind+"\n")
		c.link(filepath.Join(dir, "device"), filepath.Join(c.sys, "devices/pnp0/00:01"))
		c.link(filepath.Join(c.sys, "class/tty", name), dir)
		c.node(name, "")
	}
	c.write(filepath.Join(c.sys, "devices/virtual/tty/tty1/dev"), "4:1\n")
	c.link(filepath.Join(c.sys, "class/tty/tty1"), filepath.Join(c.sys, "devices/virtual/tty/tty1"))
	c.node("tty1", "")
	c.node("ttyUSB9", "") // in no /sys
	c.expect(
		"serial /serial/by-id/usb-Honeywell_Xenon_17123B0A5C-if01 /ttyACM0 Honeywell Xenon 1900, serial number 17123B0A5C",
		"serial usb:1a86:7523 /ttyUSB0 USB2.0-Serial",
		"serial /ttyS0 /ttyS0 serial port ttyS0",
		"serial /ttyUSB9 /ttyUSB9 serial port ttyUSB9",
		"hid-scale usb:0922:8003 /hidraw0 DYMO M10 10 lb USB Postal Scale",
		"hid-scanner usb:05e0:1200 /hidraw1 Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner",
		"keyboard usb:05e0:1200 /input/event7 Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner",
	)
	plugged, _ := c.list()
	if p := plugged[0]; p.Vendor != 0x0C2E || p.Product != 0x0B6A || p.Serial != "17123B0A5C" {
		t.Errorf("ids: %+v", p)
	}
}

func TestEqualDevicesAreKnownByTheirSockets(t *testing.T) {
	c := newComputer(t)
	c.tty(adapter, 0, "ttyUSB0", "")
	c.tty(another, 0, "ttyUSB1", "")
	c.tty(xenon, 0, "ttyACM0", "") // two ports in one device
	c.tty(xenon, 2, "ttyACM1", "")
	c.expect(
		"serial usb:0c2e:0b6a:17123B0A5C /ttyACM0 Honeywell Xenon 1900, serial number 17123B0A5C",
		"serial usb:0c2e:0b6a:17123B0A5C@1-2.3:1.2 /ttyACM1 Honeywell Xenon 1900, serial number 17123B0A5C",
		"serial usb:1a86:7523@1-5 /ttyUSB0 USB2.0-Serial",
		"serial usb:1a86:7523@1-6.1 /ttyUSB1 USB2.0-Serial",
	)
	plugged, _ := c.list()
	for _, p := range plugged {
		if got, err := c.resolve(classSerial, p.Name); err != nil || got != p.Path {
			t.Errorf("%s is at %s, %v; want %s", p.Name, got, err, p.Path)
		}
	}
	// A link by id points at the one that came last.
	link := filepath.Join(c.dev, "serial/by-id/usb-1a86_USB2.0-Serial-if00-port0")
	c.link(link, filepath.Join(c.dev, "ttyUSB1"))
	for _, name := range []string{"usb:1a86:7523", link} {
		_, err := Serial{Name: name, on: c.machine}.Open()
		if words := Explain(err).Wrong(); words != "two identical devices are plugged in" {
			t.Errorf("%s: %s", name, words)
		}
	}
	c.unplug("1-5", "ttyUSB0")
	for _, name := range []string{"usb:1a86:7523", link} {
		if _, err := c.resolve(classSerial, name); err != nil {
			t.Errorf("%s, alone again: %v", name, err)
		}
	}
}

func TestDevicesOfOneModelAreKnownByTheirSerialNumbers(t *testing.T) {
	c := newComputer(t)
	second := xenon
	second.socket, second.serial = "1-7", "17123B0A5D"
	c.tty(xenon, 0, "ttyACM0", "")
	c.tty(second, 0, "ttyACM1", "")
	c.expect(
		"serial usb:0c2e:0b6a:17123B0A5C /ttyACM0 Honeywell Xenon 1900, serial number 17123B0A5C",
		"serial usb:0c2e:0b6a:17123B0A5D /ttyACM1 Honeywell Xenon 1900, serial number 17123B0A5D",
	)
	check := func(name, want string) {
		t.Helper()
		if got, err := c.resolve(classSerial, name); err != nil || got != filepath.Join(c.dev, want) {
			t.Errorf("%s is at %s, %v; want %s", name, got, err, want)
		}
	}
	check("usb:0c2e:0b6a:17123B0A5D", "ttyACM1")
	c.unplug("1-2.3", "ttyACM0")
	c.unplug("1-7", "ttyACM1")
	second.socket = "2-1" // another socket, another number: the same device
	c.tty(second, 0, "ttyACM0", "")
	check("usb:0C2E:0B6A:17123B0A5D", "ttyACM0")
	if _, err := c.resolve(classSerial, "usb:0c2e:0b6a:17123B0A5C"); !absent(err) {
		t.Errorf("a device that is not plugged in: %v", err)
	}
}

func TestNamesThatAreNoDevice(t *testing.T) {
	c := newComputer(t)
	for _, name := range []string{"usb:", "usb:12:34", "usb:1a86:7523@", "usb:1a86:7523:", "usb:zzzz:0001", "usb:1a86:7523x"} {
		_, err := Serial{Name: name, on: c.machine}.Open()
		if words := Explain(err).Wrong(); words != "this is not the name of a device" {
			t.Errorf("%s: %s", name, words)
		}
	}
}

func FuzzIdentity(f *testing.F) {
	for _, name := range []string{"usb:1a86:7523", "usb:0C2E:0b6a:17@1-2", "usb:0c2e:0b6a:a:b@c@1-2.3:1.0", "usb:0922:8003@2-1"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		id, err := parseIdentity(name)
		if err != nil {
			return
		}
		if back, err := parseIdentity(id.String()); err != nil || back != id {
			t.Errorf("%q is %+v, which reads back as %+v, %v", name, id, back, err)
		}
	})
}

func FuzzDescriptor(f *testing.F) {
	for _, d := range []string{scaleDescriptor, scannerDescriptor, mouseDescriptor, "\xfe\x02\x00ab", "\xa1", "\x0b\x20\x00\x8d\x00\xa1\x01"} {
		f.Add([]byte(d))
	}
	f.Fuzz(func(t *testing.T, d []byte) {
		if got := applications(d); len(got) > len(d)/2+1 {
			t.Errorf("%d applications in %d bytes", len(got), len(d))
		}
	})
}

func TestKindOfAHIDDevice(t *testing.T) {
	for _, c := range []struct{ name, descriptor, want string }{
		{"scale", scaleDescriptor, KindHIDScale},
		{"HID-POS scanner", scannerDescriptor, KindHIDScanner},
		{"boot keyboard", "\x05\x01\x09\x06\xa1\x01\x05\x07\xc0", KindKeyboard},
		{"mouse", mouseDescriptor, ""},
		{"usage with its page in four bytes", "\x0b\x20\x00\x8d\x00\xa1\x01\xc0", KindHIDScale},
		{"scale after vendor collection", "\x06\x00\xff\x09\x01\xa1\x01\xc0" + scaleDescriptor, KindHIDScale},
		{"usage within a collection is no application", "\x06\x00\xff\x09\x01\xa1\x01\x05\x8d\x09\x20\xa1\x02\xc0\xc0", ""},
		{"nor is an application within one", "\x06\x00\xff\x09\x01\xa1\x01\x05\x8d\x09\x20\xa1\x01\xc0\xc0", ""},
		{"scale after a long item", "\xfe\x02\x10\x05\x8c" + scaleDescriptor, KindHIDScale},
		{"cut short", "\x05\x8d\x09\x20\xa1", ""},
		{"empty", "", ""},
	} {
		if got := hidKind([]byte(c.descriptor)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPortThatIsItsDevice(t *testing.T) {
	c := newComputer(t)
	c.tty(xenon, 0, "ttyACM0", "")
	c.tty(adapter, 0, "ttyUSB0", "")
	for name, want := range map[string]bool{
		filepath.Join(c.dev, "ttyACM7"): true, "/dev/pts/3": true, filepath.Join(c.dev, "ttyUSB0"): false, "COM3": false,
		"usb:0c2e:0b6a": true, "usb:1a86:7523": false, "usb:ffff:0000": false,
	} {
		if got := (Serial{Name: name, on: c.machine}).Proves(); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

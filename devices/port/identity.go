package port

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"packbench/station/trouble"
)

// The kinds of a Plugged device.
const (
	KindSerial     = "serial"
	KindHIDScale   = "hid-scale"
	KindHIDScanner = "hid-scanner"
	KindKeyboard   = "keyboard"
)

// Plugged is a device that is plugged in now and that a bench can use.
type Plugged struct {
	Kind  string // serial, hid-scale, hid-scanner or keyboard
	Name  string // for the settings: it stays with the device, or with its socket where nothing else tells two apart
	Path  string // where it is now; "" when something keeps the system from giving it one
	Title string // maker, product and serial number, for people

	Vendor, Product uint16 // USB ids; 0 when it has none
	Serial          string // as the device says; "" when it says none

	Trouble *Trouble // what stands in the way of opening it; nil when nothing is known
}

// class is what one opener can open.
type class string

const (
	classSerial   class = "serial port"
	classHID      class = "USB scale or scanner"
	classKeyboard class = "keyboard"
)

// node is a plugged device with what tells it from its twins.
type node struct {
	Plugged
	class     class
	socket    string // where it is plugged in: "1-2.3"; "" when it is no USB device
	face      string // the interface of a USB device: "1-2.3:1.0"
	link      string // its link by id, "" when there is none
	number    string // "166:0", by which udev files what it knows
	usbNumber string // the same of the whole USB device
}

// identity is the name of a USB device in the settings:
// usb:VVVV:PPPP[:SERIAL][@SOCKET], with hexadecimal ids. SOCKET is where the
// device is plugged in, such as 1-2.3, or one interface there, such as
// 1-2.3:1.0; it is needed only between equal devices. The form says usb for
// Bluetooth devices too.
type identity struct {
	vendor, product uint16
	serial          string // "" fits any
	socket          string // "" fits any
}

const identityPrefix = "usb:"

var (
	identityForm = regexp.MustCompile(`^usb:([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(.+?))?(?:@([0-9]+-[0-9]+(?:\.[0-9]+)*(?::[0-9]+\.[0-9]+)?))?$`)

	errNoIdentity = errors.New("a USB device is named usb:VVVV:PPPP, with :SERIAL and @SOCKET where needed")
)

func parseIdentity(name string) (identity, error) {
	parts := identityForm.FindStringSubmatch(name)
	if parts == nil {
		return identity{}, fmt.Errorf("%q: %w", name, errNoIdentity)
	}
	vendor, _ := strconv.ParseUint(parts[1], 16, 16) // the form is right
	product, _ := strconv.ParseUint(parts[2], 16, 16)
	return identity{vendor: uint16(vendor), product: uint16(product), serial: parts[3], socket: parts[4]}, nil
}

func (id identity) String() string {
	text := fmt.Sprintf("%s%04x:%04x", identityPrefix, id.vendor, id.product)
	if id.serial != "" {
		text += ":" + id.serial
	}
	if id.socket != "" {
		text += "@" + id.socket
	}
	return text
}

func (id identity) fits(n node) bool {
	return id.vendor == n.Vendor && id.product == n.Product &&
		(id.serial == "" || id.serial == n.Serial) &&
		(id.socket == "" || id.socket == n.socket || id.socket == n.face)
}

// find returns the one device of an identity. Of several interfaces of one device
// the first counts; of several devices none does, because it would be a guess.
func find(nodes []node, id identity) (node, error) {
	var fit []node
	for _, n := range nodes {
		if n.Path != "" && id.fits(n) {
			fit = append(fit, n)
		}
	}
	if len(fit) == 0 {
		return node{}, fmt.Errorf("%v: %w", id, fs.ErrNotExist)
	}
	for _, n := range fit {
		if n.socket != fit[0].socket || n.socket == "" && len(fit) > 1 {
			return node{}, twins(id.String())
		}
	}
	return slices.MinFunc(fit, byFace), nil
}

func byFace(a, b node) int {
	return cmp.Or(cmp.Compare(len(a.face), len(b.face)), strings.Compare(a.face, b.face), strings.Compare(a.Path, b.Path))
}

func twins(name string) *Trouble {
	return trouble.New(trouble.Twins).From(fmt.Errorf("%s is the name of both", name))
}

// nameAll gives each node its lasting name among all that are plugged in.
func nameAll(nodes []node) {
	for i := range nodes {
		n := &nodes[i]
		if n.Name != "" {
			continue
		}
		n.Name = n.Path
		if n.Vendor == 0 && n.Product == 0 {
			continue
		}
		id := identity{vendor: n.Vendor, product: n.Product, serial: n.Serial}
		alone, first := true, true
		for _, other := range nodes {
			switch {
			case other.class != n.class || other.Path == n.Path || !id.fits(other):
			case other.socket != n.socket || n.socket == "":
				alone = false
			case byFace(other, *n) < 0:
				first = false
			}
		}
		switch {
		case n.link != "" && n.Serial != "" && alone:
			n.Name = n.link
			continue
		case !first:
			id.socket = n.face
		case !alone:
			id.socket = n.socket
		}
		if back, err := parseIdentity(id.String()); err != nil || back != id {
			continue // a serial number that a name cannot hold
		}
		if found, err := find(ofClass(nodes, n.class), id); n.Path == "" || err == nil && found.Path == n.Path {
			n.Name = id.String()
		}
	}
}

func ofClass(nodes []node, c class) []node {
	var out []node
	for _, n := range nodes {
		if n.class == c {
			out = append(out, n)
		}
	}
	return out
}

// title says in words what the device calls itself.
func title(maker, product, serial string, vendor, productID uint16) string {
	words := product
	if !strings.HasPrefix(strings.ToLower(product), strings.ToLower(maker)) {
		words = strings.TrimSpace(maker + " " + product)
	}
	if words == "" {
		words = fmt.Sprintf("USB device %04x:%04x", vendor, productID)
	}
	if serial != "" {
		words += ", serial number " + serial
	}
	return words
}

// clean makes what a device says of itself fit for a line of text.
func clean(said string) string {
	words := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.TrimSpace(said))
	const longest = 126 * 3 // a USB string has up to 126 characters
	return strings.TrimSpace(strings.ToValidUTF8(words[:min(len(words), longest)], ""))
}

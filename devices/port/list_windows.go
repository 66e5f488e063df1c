package port

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// Folders of the registry.
const (
	presentPorts = `HARDWARE\DEVICEMAP\SERIALCOMM`
	knownDevices = `SYSTEM\CurrentControlSet\Enum`
)

// nodes finds the serial ports that are there now. Windows keeps the number of
// a COM port for its device, or for its socket where it has no serial number.
func (m *machine) nodes() ([]node, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, presentPorts, registry.QUERY_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer key.Close()
	values, err := key.ReadValueNames(0)
	if err != nil {
		return nil, err
	}
	known := usbPorts()
	var out []node
	for _, value := range values {
		name, _, err := key.GetStringValue(value)
		if err != nil {
			continue
		}
		n, ok := known[name]
		if !ok {
			n = node{Plugged: Plugged{Title: "serial port " + name}}
		}
		n.class, n.Kind, n.Name, n.Path = classSerial, KindSerial, name, name
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b node) int {
		if len(a.Name) != len(b.Name) {
			return len(a.Name) - len(b.Name)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out, nil
}

// usbID is how the registry names a USB device, and a port of an FTDI adapter.
var usbID = regexp.MustCompile(`(?i)^VID_([0-9A-F]{4})[&+]PID_([0-9A-F]{4})(?:[&+]MI_[0-9A-F]+)?(?:\+(.+))?$`)

// usbPorts returns what the registry says of each COM port that a USB device has
// or had.
func usbPorts() map[string]node {
	out := map[string]node{}
	for _, bus := range []string{"USB", "FTDIBUS"} {
		for _, device := range subKeys(knownDevices + `\` + bus) {
			id := usbID.FindStringSubmatch(device)
			if id == nil {
				continue
			}
			for _, instance := range subKeys(knownDevices + `\` + bus + `\` + device) {
				at := knownDevices + `\` + bus + `\` + device + `\` + instance
				port := text(at+`\Device Parameters`, "PortName")
				if port == "" {
					continue
				}
				serial := instance
				if strings.Contains(instance, "&") { // made up by Windows for its socket
					serial = ""
				}
				if bus == "FTDIBUS" {
					serial = id[3]
				}
				vendor, _ := strconv.ParseUint(id[1], 16, 16) // the form is right
				product, _ := strconv.ParseUint(id[2], 16, 16)
				n := node{Plugged: Plugged{Vendor: uint16(vendor), Product: uint16(product), Serial: clean(serial)}, socket: instance}
				n.Title = title("", clean(text(at, "FriendlyName")), n.Serial, n.Vendor, n.Product)
				out[port] = n
			}
		}
	}
	return out
}

func subKeys(path string) []string {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.ENUMERATE_SUB_KEYS)
	if err != nil {
		return nil // no such bus, or not for this user
	}
	defer key.Close()
	names, _ := key.ReadSubKeyNames(0) // what could be read is there
	return names
}

func text(path, name string) string {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer key.Close()
	value, _, _ := key.GetStringValue(name) // "" when it is not there
	return value
}

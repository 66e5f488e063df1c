package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"packbench/devices/port"
	"packbench/station/config"
)

// portUse is a device of the settings with its port.
type portUse struct{ device, name string }

func portsOf(s config.Settings) []portUse {
	var out []portUse
	if s.Scanner.Ported() {
		out = append(out, portUse{"scanner port", s.Scanner.Port})
	}
	if s.Scanner2.Ported() {
		out = append(out, portUse{"scanner2 port", s.Scanner2.Port})
	}
	if s.Scale.Kind != "none" {
		out = append(out, portUse{"scale port", s.Scale.Port})
	}
	return out
}

// checkPorts looks at the ports of the settings, and at what else is plugged
// in and cannot be used as it is. Ordinary keyboards are no business of ours.
func checkPorts(s config.Settings) []Check {
	plugged, err := port.List()
	if err != nil {
		return []Check{bad("ports", err.Error(), "start packbench as a user who may look at the devices")}
	}
	var out []Check
	used := map[string]bool{}
	for _, u := range portsOf(s) {
		p, found := findPlugged(plugged, u.name)
		if !found {
			out = append(out, checkPort(u.device, u.name, plugged))
			continue
		}
		used[p.Name] = true
		out = append(out, checkPlugged(u.device, p))
	}
	for _, p := range plugged {
		if !used[p.Name] && p.Trouble != nil && p.Kind != port.KindKeyboard && p.Vendor != 0 {
			// Nobody has said that the bench is to use it: so it is no fault.
			out = append(out, good("plugged in", fmt.Sprintf("%s (%s): %s. To use it: %s", p.Title, p.Name, p.Trouble.Words, p.Trouble.Fix)))
		}
	}
	if len(out) == 0 {
		out = append(out, good("ports", "no device on a port of its own is set"+listed("; plugged in: ", plugged)))
	}
	return out
}

// findPlugged finds a device by its lasting name or by where it is now.
func findPlugged(plugged []port.Plugged, name string) (port.Plugged, bool) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		real = name
	}
	for _, p := range plugged {
		if p.Name == name || p.Path != "" && p.Path == real {
			return p, true
		}
	}
	return port.Plugged{}, false
}

func checkPlugged(check string, p port.Plugged) Check {
	if p.Trouble != nil {
		return bad(check, p.Title+": "+p.Trouble.Words, p.Trouble.Fix)
	}
	return good(check, fmt.Sprintf("%s (%s) is there and may be used", p.Title, p.Name))
}

// checkPort looks at a port that no list has: a path by another name, or what
// is not plugged in.
func checkPort(check, name string, plugged []port.Plugged) Check {
	switch {
	case name == "":
		return bad(check, "no port is named", "name one in "+config.File+", such as /dev/ttyUSB0"+listed("; plugged in: ", plugged))
	case runtime.GOOS == "windows":
		return good(check, name)
	case strings.HasPrefix(name, "usb:"):
		return bad(check, name+" is not plugged in", "plug the device in, or name another in "+config.File+listed("; plugged in: ", plugged))
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return bad(check, name+" is not there", "plug the device in, or name another port in "+config.File+listed("; plugged in: ", plugged))
	}
	if err == nil && info.Mode()&os.ModeCharDevice == 0 {
		return bad(check, name+" is no port of a device", "name another port in "+config.File+listed("; plugged in: ", plugged))
	}
	if err == nil {
		err = readable(name)
	}
	if errors.Is(err, fs.ErrPermission) {
		trouble := port.Explain(err)
		return bad(check, name+": "+trouble.Words, trouble.Fix)
	}
	if err != nil {
		return bad(check, name+": "+plainError(err), "unplug the device and plug it in again")
	}
	return good(check, name+" is there and may be used")
}

// listed names what is plugged in.
func listed(before string, plugged []port.Plugged) string {
	var names []string
	for _, p := range plugged {
		if p.Kind != port.KindKeyboard {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return before + strings.Join(names, ", ")
}

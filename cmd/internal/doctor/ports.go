package doctor

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/station/config"
)

// portUse is a device of the settings with its port.
type portUse struct {
	check, kind string
	line        config.Line
}

func portsOf(s config.Settings) []portUse {
	var out []portUse
	if s.Scanner.Ported() {
		out = append(out, portUse{"scanner port", s.Scanner.Kind, s.Scanner.Line})
	}
	if s.Scanner2.Ported() {
		out = append(out, portUse{"scanner2 port", s.Scanner2.Kind, s.Scanner2.Line})
	}
	if s.Scale.Kind != "none" {
		out = append(out, portUse{"scale port", s.Scale.Kind, s.Scale.Line})
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
		used[u.line.Port], used[realPath(u.line.Port)] = true, true
		out = append(out, checkPort(u))
	}
	for _, p := range plugged {
		if p.Trouble == nil || p.Kind == port.KindKeyboard || p.Vendor == 0 || used[p.Name] || used[p.Path] {
			continue
		}
		// Nobody has said that the bench is to use it: so it is no fault.
		out = append(out, good("plugged in", fmt.Sprintf("%s (%s): %s. To use it: %s", p.Title, p.Name, p.Trouble.Wrong(), p.Trouble.Advice())))
	}
	if len(out) == 0 {
		out = append(out, good("ports", "no device on a port of its own is set"+listed(plugged)))
	}
	return out
}

func realPath(name string) string {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return name
	}
	return real
}

// checkPort opens nothing: that would reset some devices, and take them from a
// bench that works.
func checkPort(u portUse) Check {
	checker, ok := port.OpenerOf(u.kind, u.line.Port, devices.Line{}).(port.Checker)
	if !ok {
		return good(u.check, u.line.Port)
	}
	trouble := checker.Check()
	switch {
	case trouble == nil:
		return good(u.check, u.line.Port+" is there and can be used")
	case errors.Is(trouble, port.ErrInUse):
		return good(u.check, u.line.Port+" is there, and in use: "+trouble.Wrong())
	case u.line.Port == "":
		return bad(u.check, trouble.Wrong(), trouble.Advice())
	}
	return bad(u.check, u.line.Port+": "+trouble.Wrong(), trouble.Advice())
}

// listed names what is plugged in.
func listed(plugged []port.Plugged) string {
	var names []string
	for _, p := range plugged {
		if p.Kind != port.KindKeyboard {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; plugged in: " + strings.Join(names, ", ")
}

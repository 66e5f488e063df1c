package assets

import (
	"bytes"
	_ "embed"
)

//go:embed udev/60-packbench.rules
var udevRules []byte

// UdevRules is the file 60-packbench.rules for /etc/udev/rules.d on Linux: it
// gives the person at the screen the scales and scanners, and keeps
// ModemManager away from them.
func UdevRules() []byte { return bytes.Clone(udevRules) }

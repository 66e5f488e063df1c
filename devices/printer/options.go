package printer

import (
	"fmt"
	"strings"
	"time"
)

// The kinds of printers that New knows.
const (
	KindFolder  = "folder"  // files in a folder
	KindCUPS    = "cups"    // a queue of CUPS: Linux, macOS
	KindIPP     = "ipp"     // a printer that speaks IPP, without a queue
	KindZPL     = "zpl"     // a label printer on a network port
	KindWindows = "windows" // a queue of Windows
)

// Kinds returns the kinds in the order in which they are offered.
func Kinds() []string { return []string{KindFolder, KindCUPS, KindIPP, KindZPL, KindWindows} }

// Options say which printer it is. Each kind reads its own fields.
type Options struct {
	Folder   string        // folder
	Queue    string        // cups, windows
	Server   string        // cups: as in CUPSOptions; "" for this machine's
	Address  string        // ipp: ipp://host[:port]/ipp/print; zpl: host[:port]
	Mute     bool          // zpl: it never tells how it is
	Patience time.Duration // all but folder: as in CUPSOptions
}

// New returns a printer of a kind. The error is that of options that cannot be
// right, in words for the settings; the printer itself is not asked.
func New(kind string, o Options) (Printer, error) {
	missing := func(what string) error { return fmt.Errorf("a printer of the kind %s needs %s", kind, what) }
	switch kind {
	case KindFolder:
		if o.Folder == "" {
			return nil, missing("a folder")
		}
		return Folder{Dir: o.Folder}, nil
	case KindCUPS:
		if err := queueName(o.Queue); err != nil {
			return nil, err
		}
		return NewCUPS(CUPSOptions{Queue: o.Queue, Server: o.Server, Patience: o.Patience}), nil
	case KindIPP:
		if o.Address == "" {
			return nil, missing("an address, ipp://host/ipp/print")
		}
		p, err := NewDirect(DirectOptions{URI: o.Address, Patience: o.Patience})
		if err != nil {
			return nil, err
		}
		return p, nil
	case KindZPL:
		if o.Address == "" {
			return nil, missing("an address, host:9100")
		}
		p, err := NewZPL(ZPLOptions{Address: o.Address, Mute: o.Mute, Patience: o.Patience})
		if err != nil {
			return nil, err
		}
		return p, nil
	case KindWindows:
		if o.Queue == "" {
			return nil, missing("the name of a queue")
		}
		return newWindows(o.Queue, o.Patience)
	}
	return nil, fmt.Errorf("%q is no kind of printer; there are %s", kind, strings.Join(Kinds(), ", "))
}

// queueName refuses what CUPS allows in no name; a queue's name is part of an
// address.
func queueName(name string) error {
	const longest = 127
	if name == "" || len(name) > longest || strings.ContainsAny(name, "/\\?#'\"<>%") || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == 0x7F }) {
		return fmt.Errorf("%q is no name of a CUPS queue (lpstat -e lists them)", name)
	}
	return nil
}

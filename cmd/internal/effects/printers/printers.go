// Package printers tells what the settings say of a printer: which device or queue it is,
// however it is written, what the journal calls it, and what paper its jobs are sent with.
// It prints nothing.
package printers

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/unit"
)

// Keys names the printers of the settings for the journal.
func Keys(p config.Printers) pack.Printers {
	key := func(kind string) string { return Key(p.For(kind)) }
	customs, small := key("customs"), key("cn22")
	if small != customs { // which of them it is, is known when it is drawn
		customs += "+" + small
	}
	return pack.Printers{
		Label: key("label"), Slip: key("slip"), Inside: key("inside"), Return: key("return"),
		Customs: customs, Manifest: key("manifest"),
	}
}

// Key is a short name of the device or queue that a printer of the
// settings prints to, the same however it is drawn for. The journal shows the
// kind; the rest is hashed, since an address may hold a password and a folder a
// person's name.
func Key(p config.Printer) string {
	kind, at := p.Kind, ""
	switch kind {
	case "sim", printer.KindFolder:
		kind = printer.KindFolder
		if at = p.Folder; at != "" {
			if whole, err := filepath.Abs(at); err == nil {
				at = whole
			}
		}
	case printer.KindCUPS, printer.KindWindows:
		at = strings.ToLower(p.Queue) // neither tells capitals apart
	case printer.KindIPP:
		at = p.Address
		if u, err := url.Parse(at); err == nil {
			u.User, u.Host = nil, strings.ToLower(u.Host)
			at = u.String()
		}
	case printer.KindZPL:
		at = Device(p)
	default:
		at = p.Address
	}
	sum := sha256.Sum256([]byte(at))
	return kind + "-" + hex.EncodeToString(sum[:4])
}

// SameDevice reports whether two printers of the settings are one label printer on
// the network, however its address is written.
func SameDevice(a, b config.Printer) bool {
	return a.Kind == printer.KindZPL && b.Kind == printer.KindZPL && Device(a) == Device(b)
}

// Device is the address of a label printer on the network as host:port; one that
// cannot be right as it is written.
func Device(p config.Printer) string {
	if address, err := printer.ZPLAddress(p.Address); err == nil {
		return address
	}
	return p.Address
}

// Media is the name of the paper that a printer's jobs are sent with: its own
// in the settings, else that of its page. Without one a queue takes its own
// default, which may be another size, and the bars come out scaled.
func Media(p config.Printer) string {
	if p.Media != "" {
		return p.Media
	}
	paper, err := labels.PaperNamed(p.Page)
	if err != nil {
		return "" // told where the document is drawn
	}
	return paper.Media
}

// CheckMedia refuses a paper that is of another size than the page that is
// drawn for it, as far as its name says its size. Labels of 100 by 150 mm are
// sold as 4 by 6 in, so it is not exact.
func CheckMedia(p config.Printer) error {
	const slack = 3 * unit.Millimetre
	paper, err := labels.PaperNamed(p.Page)
	w, h, known := printer.MediaSize(p.Media)
	if paper.Roll {
		h = paper.H // as long as it needs
	}
	if err != nil || !known || max(w-paper.W, paper.W-w, h-paper.H, paper.H-h) <= slack {
		return nil
	}
	return fmt.Errorf("the paper %s is of another size than the page %s", p.Media, p.Page)
}

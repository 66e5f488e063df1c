package effects

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path/filepath"
	"strings"

	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/pack"
)

// PrinterKeys names the printers of the settings for the journal.
func PrinterKeys(p config.Printers) pack.Printers {
	key := func(kind string) string { return printerKey(p.For(kind)) }
	customs, small := key("customs"), key("cn22")
	if small != customs { // which of them it is, is known when it is drawn
		customs += "+" + small
	}
	return pack.Printers{
		Label: key("label"), Slip: key("slip"), Inside: key("inside"), Return: key("return"),
		Customs: customs, Manifest: key("manifest"),
	}
}

// printerKey is a short name of the device or queue that a printer of the
// settings prints to, the same however it is drawn for. The journal shows the
// kind; the rest is hashed, since an address may hold a password and a folder a
// person's name.
func printerKey(p config.Printer) string {
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
		at = device(p)
	default:
		at = p.Address
	}
	sum := sha256.Sum256([]byte(at))
	return kind + "-" + hex.EncodeToString(sum[:4])
}

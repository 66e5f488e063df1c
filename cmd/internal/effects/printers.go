package effects

import (
	"fmt"
	"sync"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/unit"
)

// ownPrinters are the printers of kinds of documents that have one of their own.
// Each is made once: it knows what it has been sent, and a label printer on the
// network takes one connection at a time.
type ownPrinters struct {
	mu   sync.Mutex
	made map[config.Printer]printer.Printer
}

func (o *ownPrinters) of(p config.Printer, folder string) printer.Printer {
	key := p
	if p.Kind == printer.KindZPL { // one device, whatever is drawn for it
		key = config.Printer{Kind: p.Kind, Address: device(p)}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made == nil {
		o.made = map[config.Printer]printer.Printer{}
	}
	if o.made[key] == nil {
		o.made[key] = NewPrinter(p, folder)
	}
	return o.made[key]
}

// sameDevice reports whether two printers of the settings are one label printer on
// the network, however its address is written.
func sameDevice(a, b config.Printer) bool {
	return a.Kind == printer.KindZPL && b.Kind == printer.KindZPL && device(a) == device(b)
}

// device is the address of a label printer on the network as host:port; one that
// cannot be right as it is written.
func device(p config.Printer) string {
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

// checkMedia refuses a paper that is of another size than the page that is
// drawn for it, as far as its name says its size. Labels of 100 by 150 mm are
// sold as 4 by 6 in, so it is not exact.
func checkMedia(p config.Printer) error {
	const slack = 3 * unit.Millimetre
	paper, err := labels.PaperNamed(p.Page)
	w, h, known := printer.MediaSize(p.Media)
	if err != nil || !known || max(w-paper.W, paper.W-w, h-paper.H, paper.H-h) <= slack {
		return nil
	}
	return fmt.Errorf("the paper %s is of another size than the page %s", p.Media, p.Page)
}

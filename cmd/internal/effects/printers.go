package effects

import (
	"sync"

	"packbench/cmd/internal/effects/printers"
	"packbench/devices/printer"
	"packbench/station/config"
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
		key = config.Printer{Kind: p.Kind, Address: printers.Device(p)}
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

package bench

import (
	"fmt"
	"slices"
	"time"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
)

// printerFor gives the printer of a kind of document: the label printer or the
// paper printer as they were given to Start, or one of its own.
func (r *runner) printerFor(kind string) (printer.Printer, config.Printer) {
	own, label, paper := r.Settings.Printers.For(kind), r.Settings.Printers.Label, r.Settings.Printers.Paper
	switch {
	case own == label || sameDevice(own, label):
		return r.printer, own
	case own == paper:
		return r.paper, own
	}
	return r.own.of(own, r.DocumentsDir()), own
}

// tidyFolders clears away what a killed program left of a document in the
// folders that documents are written into.
func (d *Data) tidyFolders() {
	folders := []string{d.DocumentsDir()}
	for _, kind := range append([]string{"label", "cn22", "manifest", "sheets"}, pack.PaperKinds...) {
		if p := d.Settings.Printers.For(kind); p.Folder != "" && !slices.Contains(folders, p.Folder) {
			folders = append(folders, p.Folder)
		}
	}
	for _, dir := range folders {
		printer.Folder{Dir: dir}.Tidy(time.Now())
	}
}

// lost counts the characters that a document could not show (L3). The text
// itself is personal, and stands in no journal.
func lost(missing []labels.Missing) int {
	n := 0
	for _, m := range missing {
		n += m.Lost()
	}
	return n
}

// Lost says in words what the document could not show; "" for one that shows
// everything.
func (d Drawn) Lost() string {
	switch n := lost(d.Missing); n {
	case 0:
		return ""
	case 1:
		return "1 character of it could not be printed"
	default:
		return fmt.Sprintf("%d characters of it could not be printed", n)
	}
}

// papers are the kinds of papers that come with the label of an order's parcel:
// those that the shop wants, and those that the border asks for.
func (d *Data) papers(o station.Order) []string {
	papers := d.Settings.Printers.Papers()
	if d.NeedsCustoms(o) {
		papers = append(papers, "customs")
	}
	return papers
}

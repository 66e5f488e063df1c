package fields

import (
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/effects/printers"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// The ids of the two printers; one of its own for a kind of document has that
// kind's name after OwnPrinter.
const (
	LabelPrinter = "printer"
	PaperPrinter = "paper"
	OwnPrinter   = "own:"
)

// DocumentKind is a kind of document that may have a printer of its own.
type DocumentKind struct {
	Name, Title string
	Of          func(config.Settings) config.Printer
}

// DocumentKinds are all of them.
func DocumentKinds() []DocumentKind {
	return []DocumentKind{
		{"slip", "Packing slips", func(s config.Settings) config.Printer { return s.Printers.Slip }},
		{"inside", "Inside slips", func(s config.Settings) config.Printer { return s.Printers.Inside }},
		{"return", "Return labels", func(s config.Settings) config.Printer { return s.Printers.Return }},
		{"customs", "Customs papers", func(s config.Settings) config.Printer { return s.Printers.Customs }},
		{"cn22", "Small customs form", func(s config.Settings) config.Printer { return s.Printers.CN22 }},
		{"manifest", "Carrier lists", func(s config.Settings) config.Printer { return s.Printers.Manifest }},
		{"sheets", "Cards and badges", func(s config.Settings) config.Printer { return s.Printers.Sheets }},
	}
}

func ownPrinters() []string {
	var ids []string
	for _, k := range DocumentKinds() {
		ids = append(ids, OwnPrinter+k.Name)
	}
	return ids
}

// IsOwn reports whether a printer is neither of the two that all kinds share.
func IsOwn(p config.Printer) bool { return p.Kind != "label" && p.Kind != "paper" }

// twoPrinters are the fields of the label printer and the paper printer.
func twoPrinters() []Setting {
	label := printerFields("printer.label", printerKinds, func(s config.Settings) config.Printer { return s.Printers.Label })
	paper := printerFields("printer.paper", printerKinds, func(s config.Settings) config.Printer { return s.Printers.Paper })
	label[0].section, paper[0].section = "Label printer", "Paper printer"
	return append(label, paper...)
}

// paperFields are the papers that come with each label, and the printer of each
// kind of document.
func paperFields() []Setting {
	out := []Setting{{
		Key: "printer.with_label", label: "Papers with each label", help: "customs papers come by themselves where they are needed", text: true, wide: true, empty: "none",
		Choices: together(),
		value: func(s config.Settings) string { // in whatever order the file has them
			return strings.Join(slices.DeleteFunc([]string{"slip", "inside", "return"}, func(k string) bool { return !slices.Contains(s.Printers.Papers(), k) }), ", ")
		},
	}, {
		Key: "printer.slip_prices", label: "Prices on packing slips", help: "gifts never show any", Choices: onOff,
		value: func(s config.Settings) string { return strconv.FormatBool(s.Printers.SlipPrices) },
	}, {
		Key: "printer.return_days", label: "Days to send back", help: "on return labels; 0: none is named",
		value: func(s config.Settings) string { return number(s.Printers.ReturnDays, true) }, says: unit("days", "Not named"),
	}, {
		Key: "language", label: "Language", help: "of cards, badges and carrier lists", text: true, empty: "English", says: languageWords,
		value: func(s config.Settings) string { return s.Language },
	}, {
		Key: "paper_language", label: "Language of slips and returns", text: true, value: func(s config.Settings) string { return s.Papers },
		Choices: named([3]string{config.ForBuyer, "The buyer's", "of the country that they go to"}, [3]string{config.ForStation, "As above", "for all buyers"}),
	}}
	kinds := slices.Concat(sharedPrinters, printerKinds)
	for i, k := range DocumentKinds() {
		fields := printerFields("printer."+k.Name, kinds, k.Of)
		fields[0].label = k.Title
		if k.Name == "slip" || k.Name == "inside" { // nothing else fits a roll
			fields[1].Choices, fields[2].Choices = slices.Concat(sheets, rolls), slices.Concat(rollDots, fields[2].Choices)
		}
		if i == 0 {
			fields[0].section = "Where each kind is printed"
		}
		for j := range fields[1:] {
			own := &fields[j+1]
			own.label = k.Title + ": " + strings.ToLower(own.label)
			when := own.when
			own.when = func(s config.Settings) bool { return IsOwn(k.Of(s)) && (when == nil || when(s)) }
		}
		out = append(out, fields...)
	}
	return out
}

// Connected says how the devices are connected, and whether any is set yet: a
// scanner that types and a printer to a folder are there from the beginning.
func Connected(l say.Language, s config.Settings) (words string, set bool) {
	scale := "No scale"
	if s.Scale.Kind != "none" {
		scale = "A scale"
	}
	words = l.Say("Scanner: {scanner}. Labels: {labels}. {scale}.",
		"scanner", strings.TrimSuffix(l.Phrase(wordsOf(scannerKinds, s.Scanner.Kind)), " scanner"), "labels", l.Phrase(wordsOf(printerKinds, s.Printers.Label.Kind)), "scale", l.Phrase(scale))
	return words, s.Scanner.Ported() || s.Scale.Kind != "none" || s.Printers.Label.Kind != printer.KindFolder
}

// printerFields are the fields of one printer; each kind shows its own.
func printerFields(table string, kinds []screen.Choice, of func(config.Settings) config.Printer) []Setting {
	is := func(names ...string) func(config.Settings) bool {
		return func(s config.Settings) bool { return slices.Contains(names, of(s).Kind) }
	}
	get := func(pick func(config.Printer) string) func(config.Settings) string {
		return func(s config.Settings) string { return pick(of(s)) }
	}
	address := func(s config.Settings) string {
		if of(s).Kind == printer.KindZPL {
			return "host or host:9100"
		}
		return "such as ipp://host/ipp/print"
	}
	usual := func(s config.Settings) string { return "usual: " + printers.Media(config.Printer{Page: of(s).Page}) }
	return []Setting{
		{Key: table + ".kind", label: "Connected as", Choices: kinds, value: get(func(p config.Printer) string { return p.Kind }), text: true, says: func(string) string { return "Simulated" }},
		{Key: table + ".page", label: "Size", Choices: sheets, value: get(func(p config.Printer) string { return p.Page }), text: true, help: "of the sheet"},
		{Key: table + ".dpi", label: "Resolution", Choices: named([3]string{"203", "203 dpi"}, [3]string{"300", "300 dpi"}), value: get(func(p config.Printer) string { return strconv.Itoa(p.DPI) }), help: "dots per inch, the printer's own"},
		{Key: table + ".queue", label: "Queue", help: "its name on this computer", value: get(func(p config.Printer) string { return p.Queue }), text: true, when: is(printer.KindCUPS, printer.KindWindows)},
		{Key: table + ".address", label: "Address", value: get(func(p config.Printer) string { return p.Address }), text: true, wide: true, when: is(printer.KindIPP, printer.KindZPL), tells: address},
		{Key: table + ".mute", label: "Never answers", Choices: onOff, help: "it cannot report its state", value: get(func(p config.Printer) string { return strconv.FormatBool(p.Mute) }), when: is(printer.KindZPL)},
		{Key: table + ".media", label: "Name of the paper", value: get(func(p config.Printer) string { return p.Media }), text: true, wide: true, empty: "that of the size", when: is(printer.KindCUPS, printer.KindIPP), tells: usual},
		{Key: table + ".folder", label: "Folder", help: "where the PDF files are written", value: get(func(p config.Printer) string { return p.Folder }), text: true, wide: true, empty: "documents, in the data folder", when: is(printer.KindFolder)},
	}
}

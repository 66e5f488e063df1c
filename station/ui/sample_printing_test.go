package ui

import (
	"packbench/station/screen"
)

// printingInputs has the tabs that the program has.
func printingInputs(theme screen.Theme) screen.SettingsInputs {
	in := settingsInputs(theme)
	in.Groups = nil
	for _, title := range []string{"Scanner", "Scanner 2", "Scale", "Printing", "Papers", "Weight", "Sender", "Rules", "Screen"} {
		in.Groups = append(in.Groups, screen.Group{Title: title})
	}
	in.Groups[3].Devices = []string{"printer", "paper"}
	in.Groups[3].Fields = []screen.Field{
		{Key: "printer.label.kind", Label: "Connected as", Value: "zpl", Shown: "ZPL label printer", Help: "on the network", Section: "Label printer"},
		{Key: "printer.label.page", Label: "Size", Value: "4x6", Shown: "4 × 6 in", Help: "a label of 102 × 152 mm"},
		{Key: "printer.label.dpi", Label: "Resolution", Value: "203", Shown: "203 dpi", Help: "dots per inch, the printer's own"},
		{Key: "printer.label.mute", Label: "Never answers", Value: "false", Choices: onOff(), Help: "it cannot report its state"},
		{Key: "printer.label.address", Label: "Address", Value: "labels-1.example.org:9100", Wide: true, Help: "host or host:9100"},
		{Key: "printer.paper.kind", Label: "Connected as", Value: "cups", Shown: "Print queue", Help: "of this computer", Section: "Paper printer"},
		{Key: "printer.paper.page", Label: "Size", Value: "a4", Shown: "A4", Help: "210 × 297 mm"},
		{Key: "printer.paper.dpi", Label: "Resolution", Value: "300", Shown: "300 dpi", Help: "dots per inch, the printer's own"},
		{Key: "printer.paper.queue", Label: "Queue", Value: "Office", Help: "its name on this computer"},
		{Key: "printer.paper.media", Label: "Name of the paper", Empty: "left to the printer", Wide: true, Help: "usual: iso_a4_210x297mm"},
	}
	in.Devices[2] = screen.Device{
		ID: "printer", Lamp: screen.Lamp{Kind: "printer", Name: "label printer", Colour: screen.LampGreen, Words: "ready"},
		Meaning: "At labels-1.example.org:9100, 203 dpi", Test: "Check printer", Page: true, Result: "the test page: printed",
	}
	in.Devices = append(in.Devices, screen.Device{
		ID: "paper", Lamp: screen.Lamp{Kind: "printer", Name: "paper printer", Colour: screen.LampRed, Words: "the printer has no labels or paper", Fix: "Load the printer. It prints by itself then; do not print again."},
		Meaning: "Queue Office, 300 dpi", Test: "Check printer", Page: true, Beside: true, Testing: true, Result: "a test page is being printed…",
	})
	in.Devices = append(in.Devices, screen.Device{
		ID: "own:sheets", Lamp: screen.Lamp{Kind: "printer", Name: "cards and badges", Colour: screen.LampOff, Words: "not asked yet"},
		Meaning: "PDF files in documents, 300 dpi", Test: "Check printer", Page: true, Beside: true, Result: "the test page is in /var/lib/packbench/documents/test-own-sheets-143210.pdf",
	})
	in.Groups[4].Devices = []string{"own:sheets"}
	in.Groups[4].Fields = []screen.Field{
		{Key: "printer.with_label", Label: "Papers with each label", Value: "slip, inside", Shown: "Packing slip, inside slip", Wide: true, Help: "customs papers come by themselves where they are needed"},
		{Key: "printer.slip.kind", Label: "Packing slips", Value: "paper", Shown: "Paper printer", Help: "the same as paper", Section: "Where each kind is printed"},
		{Key: "printer.inside.kind", Label: "Inside slips", Value: "label", Shown: "Label printer", Help: "the same as labels"},
		{Key: "printer.return.kind", Label: "Return labels", Value: "label", Shown: "Label printer", Help: "the same as labels"},
		{Key: "printer.customs.kind", Label: "Customs papers", Value: "paper", Shown: "Paper printer", Help: "the same as paper"},
		{Key: "printer.cn22.kind", Label: "Small customs form", Value: "label", Shown: "Label printer", Help: "the same as labels"},
		{Key: "printer.manifest.kind", Label: "Carrier lists", Value: "paper", Shown: "Paper printer", Help: "the same as paper"},
		{Key: "printer.sheets.kind", Label: "Cards and badges", Value: "folder", Shown: "PDF files", Help: "into a folder, to look at"},
		{Key: "printer.sheets.page", Label: "Cards and badges: size", Value: "a4", Shown: "A4", Help: "210 × 297 mm"},
		{Key: "printer.sheets.dpi", Label: "Cards and badges: resolution", Value: "300", Shown: "300 dpi", Help: "dots per inch, the printer's own"},
		{Key: "printer.sheets.folder", Label: "Cards and badges: folder", Empty: "documents, in the data folder", Wide: true, Help: "where the PDF files are written"},
	}
	return in
}

func settingsPrinting(theme screen.Theme) screen.View {
	in := printingInputs(theme)
	in.Group = "Printing"
	return screen.Settings(in)
}

func settingsPapers(theme screen.Theme) screen.View {
	in := printingInputs(theme)
	in.Group = "Papers"
	return screen.Settings(in)
}

// settingsLook has the slip beside its fields, with a logo that cannot be printed.
func settingsLook(theme screen.Theme) screen.View {
	in := printingInputs(theme)
	in.Groups = append(in.Groups, screen.Group{Title: "Look", Fields: []screen.Field{
		{Key: "look.logo", Label: "Logo", Value: "logo.svg", Wide: true, Help: "file of a PNG, JPEG or SVG, such as logo.png in the data folder"},
		{Key: "look.accent", Label: "Accent colour", Value: "#0a5fb4", Wide: true, Help: "of headings, such as #0a5fb4"},
		{Key: "look.text", Label: "Greeting and message", Value: "de outlet: Danke!", Wide: true, Help: "one for each language or shop, such as de: Danke, {name}! / Viel Freude; en outlet: Hi"},
		{Key: "look.help", Label: "Page for help and returns", Wide: true, Empty: "none", Help: "the code on the slip opens it, such as https://shop.example/help?order={order}"},
		{Key: "look.support", Label: "Line at the end", Value: "Questions? help@shop.example", Wide: true, Help: "where to ask, and what is taken back"},
		{Key: "look.terms", Label: "Terms of returns", Value: "30 days", Wide: true, Help: "what is taken back, and until when"},
		{Key: "look.font", Label: "Font", Wide: true, Empty: "none", Help: "of headings and greeting: a TrueType file, such as own.ttf in the data folder"},
	}})
	in.Group = "Look"
	in.Preview = &screen.Preview{Drawn: true, Of: []string{"", "de outlet"}, Fault: "the logo logo.svg is no PNG, JPEG or SVG that can be printed: it takes too long to draw (save it with fewer paths, or as a PNG)"}
	return screen.Settings(in)
}

package fields

import (
	"cmp"
	"slices"
	"strings"

	"packbench/devices/printer"
	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// named are the values of a setting, as the file has them, each with its words and what
// it means.
func named(list ...[3]string) []screen.Choice {
	var out []screen.Choice
	for _, c := range list {
		out = append(out, screen.Choice{Value: c[0], Words: c[1], Help: c[2]})
	}
	return out
}

// Plain are values that people know as the file has them; "" is in these words.
func Plain(empty string, values ...string) []screen.Choice {
	var out []screen.Choice
	for _, v := range values {
		out = append(out, screen.Choice{Value: v, Words: cmp.Or(v, say.Sentence(empty))})
	}
	return out
}

var (
	onOff = named([3]string{"true", "On"}, [3]string{"false", "Off"})

	scannerKinds = named(
		[3]string{"wedge", "Typing scanner", "like a keyboard, into this window"}, [3]string{"serial", "Serial line", "a cable, USB-COM or Bluetooth"},
		[3]string{"keyboard", "Typing, reserved", "like a keyboard, to this bench alone"}, [3]string{"hid", "USB HID-POS", "a mode of many USB scanners"},
		[3]string{"rfid", "RFID reader", "reads tags, on a serial line"}, [3]string{"none", "None", "there is none"},
	)
	scaleKinds = named(
		[3]string{"serial", "Serial line", "a cable or USB-COM"}, [3]string{"hid", "USB scale", "such as a postal scale"}, [3]string{"none", "No scale", "weights are typed"},
	)
	parities = named([3]string{"", say.Sentence(shipped)}, [3]string{"none", "No parity"}, [3]string{"even", "Even"}, [3]string{"odd", "Odd"})
	suffixes = named(
		[3]string{"auto", "Automatic", "found out by reading"}, [3]string{"cr", "Enter", "CR after each code"}, [3]string{"lf", "Line feed", "LF after each code"},
		[3]string{"crlf", "Enter and line feed", "CR and LF after each code"}, [3]string{"tab", "Tab", "after each code"}, [3]string{"none", "Nothing", "a silence ends a code"},
	)
	printerKinds = named(
		[3]string{printer.KindFolder, "PDF files", "into a folder, to look at"}, [3]string{printer.KindCUPS, "Print queue", "of this computer"},
		[3]string{printer.KindIPP, "Network printer", "without a queue (IPP)"}, [3]string{printer.KindZPL, "ZPL label printer", "on the network"},
		[3]string{printer.KindWindows, "Windows printer", "of this computer"},
	)
	sharedPrinters = named([3]string{"label", "Label printer", "the same as labels"}, [3]string{"paper", "Paper printer", "the same as paper"})
	sheets         = named(
		[3]string{"4x6", "4 × 6 in", "a label of 102 × 152 mm"}, [3]string{"a6", "A6", "a label of 105 × 148 mm"}, [3]string{"a4", "A4", "210 × 297 mm"}, [3]string{"letter", "US Letter", "216 × 279 mm"},
	)
	rolls    = named([3]string{"80mm", "80 mm", "the roll of a receipt printer"})
	rollDots = named([3]string{"180", "180 dpi", "of receipt printers alone"})
	mustScan = named(
		[3]string{"", "None", "a typed code counts too"}, [3]string{"manager, administrator", "Of managers", "and administrators"},
		[3]string{"supervisor, manager, administrator", "Of supervisors", "and managers"}, [3]string{"packer, supervisor, manager, administrator", "All"},
	)
)

// languageNames are the languages of the papers, in English.
var languageNames = map[string]string{
	"cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French", "hu": "Hungarian", "it": "Italian",
	"ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sv": "Swedish", "uk": "Ukrainian",
	"zh-Hans": "Chinese",
}

// languageWords names a language of the settings, such as "de-AT".
func languageWords(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return cmp.Or(languageNames[tag], languageNames[base], tag)
}

// Languages are those with these tags, by their names.
func Languages(tags []string) []screen.Choice {
	var out []screen.Choice
	for _, tag := range tags {
		out = append(out, screen.Choice{Value: tag, Words: languageWords(tag)})
	}
	slices.SortFunc(out, func(a, b screen.Choice) int { return strings.Compare(a.Words, b.Words) })
	return out
}

func layouts() []screen.Choice {
	var out []screen.Choice
	for _, name := range config.Layouts() {
		out = append(out, screen.Choice{Value: name, Words: scanner.LayoutTitle(name), Help: "as the scanner is set"})
	}
	return out
}

// protocols are those of scales on a line, the makers apart.
func protocols() []screen.Choice {
	var out []screen.Choice
	for _, p := range scale.Protocols() {
		if p.USB {
			continue
		}
		name, makers, _ := strings.Cut(p.Title, " (")
		out = append(out, screen.Choice{Value: p.Name, Words: name, Help: strings.TrimSuffix(makers, ")")})
	}
	return out
}

// together are the sets of papers that can come with each label.
func together() []screen.Choice {
	words := []string{"packing slip", "inside slip", "return label"}
	out := []screen.Choice{{Words: "None"}}
	for _, set := range [][]int{{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}} {
		var values, names []string
		for _, i := range set {
			values, names = append(values, []string{"slip", "inside", "return"}[i]), append(names, words[i])
		}
		out = append(out, screen.Choice{Value: strings.Join(values, ", "), Words: say.Sentence(strings.Join(names, ", "))})
	}
	return out
}

// unit writes a number with what it counts; zero stands for a 0.
func unit(of, zero string) func(string) string {
	return func(value string) string {
		switch value {
		case "":
			return ""
		case "0":
			if zero != "" {
				return zero
			}
		}
		return value + " " + of
	}
}

// wordsOf is what a choice is called, "" where it is none of them.
func wordsOf(list []screen.Choice, value string) string {
	i := slices.IndexFunc(list, func(c screen.Choice) bool { return c.Value == value })
	if i < 0 {
		return ""
	}
	return list[i].Words
}

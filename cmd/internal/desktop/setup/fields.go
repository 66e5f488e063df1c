package setup

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/station/config"
	"packbench/station/country"
)

// setting is one field of the settings page; its key is the one of
// station.toml.
type setting struct {
	key, label, help string
	choices          []string
	value            func(config.Settings) string
	text             bool                         // written in quotes
	wide             bool                         // its values are long
	empty            string                       // what an empty value means
	when             func(config.Settings) bool   // where it matters; nil: always
	says             func(value string) string    // the value in words, in place of help
	tells            func(config.Settings) string // the help, where it depends on others
	section          string                       // words over it, where another part of the group begins
	reads            func(string) (string, error) // what was typed, as the file has it
}

// settingGroup is a tab of the settings page.
type settingGroup struct {
	title   string
	devices []string // whose settings these are
	fields  []setting
}

const shipped = "as shipped"

// number is empty where 0 stands for something else.
func number(n int, zero bool) string {
	if n == 0 && !zero {
		return ""
	}
	return strconv.Itoa(n)
}

// settingGroups are the fields of the settings page.
func settingGroups() []settingGroup {
	yes := []string{"true", "false"}
	first := func(s config.Settings) config.Scanner { return s.Scanner }
	second := func(s config.Settings) config.Scanner { return s.Scanner2 }
	return []settingGroup{
		{"Scanner", []string{"scanner"}, scannerFields("scanner", first)},
		{"Scanner 2", []string{"scanner2"}, scannerFields("scanner2", second)},
		{"Scale", []string{"scale"}, scaleFields()},
		{"Printing", []string{labelPrinter, paperPrinter}, twoPrinters()},
		{"Papers", ownPrinters(), paperFields()},
		{"Weight", nil, []setting{
			{key: "weight.percent", label: "Tolerance, percent", help: "of the expected weight", value: func(s config.Settings) string { return s.Weight.Percent.String() }},
			{key: "weight.grams", label: "Tolerance, grams", help: "at least", value: func(s config.Settings) string { return s.Weight.Grams.String() }},
			{key: "weight.filling_g", label: "Filling, grams", help: "in each carton", value: func(s config.Settings) string { return s.Weight.FillingG.String() }},
			{key: "rules.worked_out", label: "Take the worked-out weight", help: "without a scale: goods, box and filling", choices: yes, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorkedOut) }},
		}},
		{"Sender", nil, senderFields()},
		{"Rules", nil, []setting{
			{key: "rules.lock_after", label: "Lock after", help: "refusals in a row; 0 never", value: func(s config.Settings) string { return number(s.Rules.LockAfter, true) }},
			{key: "rules.sign_out_after", label: "Sign out supervisors after", help: "minutes without a touch or a scan; 0 never", value: func(s config.Settings) string { return number(s.Rules.SignOutAfter, true) }},
			scannedBadges(),
			{key: "rules.ask_service", label: "Choose services by hand", help: "off: the best one is taken", choices: yes, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.AskService) }},
			{key: "rules.works_alone", label: "Works alone", help: "a one-person shop allows its own actions", choices: yes, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorksAlone) }},
		}},
		{"Screen", nil, []setting{
			{key: "theme", label: "Colours", help: "auto: those of the computer", choices: []string{"light", "dark", "auto"}, value: func(s config.Settings) string { return s.Theme }, text: true},
			{key: "full_screen", label: "Full screen at start", help: "nothing but the bench is seen", choices: yes, value: func(s config.Settings) string { return strconv.FormatBool(s.FullScreen) }},
			{key: "screen_height_mm", label: "Screen height, mm", help: "of the visible picture; 0: not known", value: func(s config.Settings) string { return number(s.ScreenHeight, true) }},
			{key: "sounds", label: "Sounds", help: "one each for right, wrong, done and check", choices: yes, value: func(s config.Settings) string { return strconv.FormatBool(s.Sounds) }},
		}},
	}
}

// senderFields are the address that labels and papers name as the sender.
func senderFields() []setting {
	field := func(key, label, help string, of func(*config.Sender) *string) setting {
		return setting{key: "sender." + key, label: label, help: help, text: true, value: func(s config.Settings) string { return *of(&s.Sender) }}
	}
	land := field("country", "Country", "its name, or two letters such as DE", func(s *config.Sender) *string { return &s.Country })
	land.value = func(s config.Settings) string {
		name, _ := country.Name(s.Sender.Country)
		return cmp.Or(name, s.Sender.Country)
	}
	land.reads = func(typed string) (string, error) {
		code, ok := country.Find(typed)
		if !ok && typed != "" {
			return "", fmt.Errorf("there is no country %q: write its name or its two letters", typed)
		}
		return code, nil
	}
	return []setting{
		field("company", "Company", "first line of the sender on each label", func(s *config.Sender) *string { return &s.Company }),
		field("name", "Name", "of a person or department, if there is one", func(s *config.Sender) *string { return &s.Name }),
		field("street", "Street and number", "where parcels that cannot be delivered go back to", func(s *config.Sender) *string { return &s.Street }),
		field("street2", "Address, second line", "building, floor or door", func(s *config.Sender) *string { return &s.Street2 }),
		field("postcode", "Postcode", "as the post writes it", func(s *config.Sender) *string { return &s.Postcode }),
		field("city", "City", "of the warehouse", func(s *config.Sender) *string { return &s.City }),
		field("region", "State or region", "where the post asks for it, such as CA", func(s *config.Sender) *string { return &s.Region }),
		land,
		field("phone", "Phone", "for the carrier, and for customs papers", func(s *config.Sender) *string { return &s.Phone }),
		field("email", "E-mail", "where buyers ask, on the packing slip", func(s *config.Sender) *string { return &s.Email }),
	}
}

// scannerKinds say what the kinds of scanner are.
var scannerKinds = map[string]string{
	"wedge": "it types into the window", "serial": "a serial line, USB-COM or Bluetooth", "keyboard": "it types, for this bench alone",
	"hid": "USB HID-POS", "rfid": "RFID tags, on a serial line", "none": "there is none",
}

func scannerFields(table string, of func(config.Settings) config.Scanner) []setting {
	kinds := func(names ...string) func(config.Settings) bool {
		return func(s config.Settings) bool { return slices.Contains(names, of(s).Kind) }
	}
	ported := func(s config.Settings) bool { return of(s).Ported() }
	line := kinds("serial", "rfid")
	typing, codes := kinds("wedge", "keyboard"), kinds("wedge", "keyboard", "serial", "hid")
	get := func(pick func(config.Scanner) string) func(config.Settings) string {
		return func(s config.Settings) string { return pick(of(s)) }
	}
	return []setting{
		{key: table + ".kind", label: "Connected as", choices: []string{"wedge", "serial", "keyboard", "hid", "rfid", "none"}, value: get(func(s config.Scanner) string { return s.Kind }), text: true, says: func(v string) string { return scannerKinds[v] }},
		{key: table + ".port", label: "Port", help: "easiest: choose from what is plugged in", value: get(func(s config.Scanner) string { return s.Port }), text: true, wide: true, when: ported},
		{key: table + ".baud", label: "Speed", help: "bits a second, as the scanner is set", choices: []string{"", "9600", "19200", "38400", "57600", "115200"}, value: get(func(s config.Scanner) string { return number(s.Baud, false) }), empty: shipped, when: line},
		{key: table + ".parity", label: "Parity", help: "as the device is set", choices: []string{"", "none", "even", "odd"}, value: get(func(s config.Scanner) string { return s.Parity }), text: true, empty: shipped, when: line},
		{key: table + ".layout", label: "Keyboard layout", choices: config.Layouts(), value: get(func(s config.Scanner) string { return s.Layout }), text: true, when: typing, says: scanner.LayoutTitle},
		{key: table + ".suffix", label: "Suffix", help: "after each code", choices: []string{"auto", "cr", "lf", "crlf", "tab", "none"}, value: get(func(s config.Scanner) string { return s.Suffix }), text: true, when: kinds("wedge", "keyboard", "serial")},
		{key: table + ".prefix", label: "Prefix", help: "before each code", value: get(func(s config.Scanner) string { return s.Prefix }), text: true, empty: "none", when: codes},
		{key: table + ".gs", label: "GS1 separator", help: "characters that stand for it", value: get(func(s config.Scanner) string { return s.GS }), text: true, empty: "the usual ones", when: codes},
		{key: table + ".aim", label: "AIM identifier", help: "it comes with every code", choices: []string{"true", "false"}, value: get(func(s config.Scanner) string { return strconv.FormatBool(s.AIM) }), when: codes},
		{key: table + ".key_ms", label: "Slowest key, ms", help: "of a scanner that types", value: get(func(s config.Scanner) string { return number(s.KeyMS, false) }), empty: "35", when: typing},
		{key: table + ".trigger", label: "Trigger command", help: `such as \x16T\r: makes it read`, value: get(func(s config.Scanner) string { return s.Trigger }), text: true, empty: "none", when: kinds("serial")},
		{key: table + ".send_accepted", label: "After a good scan", help: "what it is sent, such as a beep", value: get(func(s config.Scanner) string { return s.Yes }), text: true, empty: "nothing", when: kinds("serial")},
		{key: table + ".send_refused", label: "After a refused scan", help: "what it is sent", value: get(func(s config.Scanner) string { return s.No }), text: true, empty: "nothing", when: kinds("serial")},
	}
}

func scaleFields() []setting {
	serial := func(s config.Settings) bool { return s.Scale.Kind == "serial" }
	any := func(s config.Settings) bool { return s.Scale.Kind != "none" }
	var names []string
	for _, p := range scale.Protocols() {
		if !p.USB {
			names = append(names, p.Name)
		}
	}
	title := func(name string) string {
		p, err := scale.Find(name)
		if err != nil {
			return ""
		}
		return p.Title
	}
	kinds := map[string]string{"serial": "a serial line or USB-COM", "hid": "a USB scale", "none": "weights are typed"}
	return []setting{
		{key: "scale.kind", label: "Connected as", choices: []string{"serial", "hid", "none"}, value: func(s config.Settings) string { return s.Scale.Kind }, text: true, says: func(v string) string { return kinds[v] }},
		{key: "scale.port", label: "Port", help: "choose from what is plugged in; on the network: host:port", value: func(s config.Settings) string { return s.Scale.Port }, text: true, wide: true, when: any},
		{key: "scale.protocol", label: "Protocol", choices: names, value: func(s config.Settings) string { return s.Scale.Protocol }, text: true, wide: true, when: serial, says: title},
		{key: "scale.baud", label: "Speed", help: "bits a second, as the scale is set", choices: []string{"", "1200", "2400", "4800", "9600", "19200", "38400"}, value: func(s config.Settings) string { return number(s.Scale.Baud, false) }, empty: shipped, when: serial},
		{key: "scale.data_bits", label: "Data bits", help: "as the scale is set", choices: []string{"", "7", "8"}, value: func(s config.Settings) string { return number(s.Scale.DataBits, false) }, empty: shipped, when: serial},
		{key: "scale.parity", label: "Parity", help: "as the device is set", choices: []string{"", "none", "even", "odd"}, value: func(s config.Settings) string { return s.Scale.Parity }, text: true, empty: shipped, when: serial},
		{key: "scale.stop_bits", label: "Stop bits", help: "as the scale is set", choices: []string{"", "1", "2"}, value: func(s config.Settings) string { return number(s.Scale.StopBits, false) }, empty: shipped, when: serial},
		{key: "scale.unit", label: "Unit", help: "where the scale sends none", choices: []string{"kg", "lb"}, value: func(s config.Settings) string { return s.Scale.Unit }, text: true, when: serial},
		{key: "scale.poll", label: "Weights", choices: []string{"ask", "stream"}, value: func(s config.Settings) string { return s.Scale.Poll }, text: true, when: serial, says: func(v string) string {
			return map[string]string{"ask": "asked again and again", "stream": "the scale sends by itself"}[v]
		}},
		{key: "scale.division_g", label: "Division, grams", help: "the smallest step that it shows", value: func(s config.Settings) string { return s.Scale.StepG.String() }, when: any},
	}
}

// scannedBadges says whose badges must be scanned.
func scannedBadges() setting {
	sets := map[string]string{
		"everybody": "packer, supervisor, manager, administrator", "supervisors and above": "supervisor, manager, administrator",
		"managers and above": "manager, administrator", "nobody": "",
	}
	return setting{
		key: "rules.scanned_badge", label: "Badges that must be scanned", help: "whose badge code does not count when it is typed", text: true,
		choices: []string{"nobody", "managers and above", "supervisors and above", "everybody"},
		value: func(s config.Settings) string {
			for words, roles := range sets {
				if roles == s.Rules.ScannedBadge {
					return words
				}
			}
			return s.Rules.ScannedBadge
		},
		reads: func(chosen string) (string, error) {
			if roles, known := sets[chosen]; known {
				return roles, nil
			}
			return chosen, nil
		},
	}
}

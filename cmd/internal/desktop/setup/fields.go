package setup

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"packbench/station"
	"packbench/station/config"
	"packbench/station/country"
	"packbench/station/screen"
)

// setting is one field of the settings page; its key is the one of
// station.toml.
type setting struct {
	key, label, help string
	choices          []screen.Choice
	value            func(config.Settings) string
	text             bool                         // written in quotes
	wide             bool                         // its values are long
	empty            string                       // what an empty value means
	when             func(config.Settings) bool   // where it matters; nil: always
	says             func(value string) string    // a value that is typed, in words
	tells            func(config.Settings) string // the help, where it depends on others
	section          string                       // words over it, where another part of the group begins
	reads            func(string) (string, error) // what was typed, as the file has it
	kind             screen.FieldKind             // what is typed
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
	first := func(s config.Settings) config.Scanner { return s.Scanner }
	second := func(s config.Settings) config.Scanner { return s.Scanner2 }
	return []settingGroup{
		{"Scanner", []string{"scanner"}, scannerFields("scanner", first)},
		{"Scanner 2", []string{"scanner2"}, scannerFields("scanner2", second)},
		{"Scale", []string{"scale"}, scaleFields()},
		{"Printing", []string{labelPrinter, paperPrinter}, twoPrinters()},
		{"Papers", ownPrinters(), paperFields()},
		{"Weight", nil, []setting{
			{key: "weight.percent", label: "A parcel may be off by", help: "percent of what it should weigh", value: func(s config.Settings) string { return s.Weight.Percent.String() }, says: unit("%", "")},
			{key: "weight.grams", label: "And by at least", help: "grams, for light parcels", value: func(s config.Settings) string { return s.Weight.Grams.String() }, says: unit("g", "")},
			{key: "weight.filling_g", label: "Filling", help: "grams in each carton", value: func(s config.Settings) string { return s.Weight.FillingG.String() }, says: unit("g", "none")},
			{key: "rules.worked_out", label: "Take the worked-out weight", help: "without a scale: goods, box and filling", choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorkedOut) }},
		}},
		{"Sender", nil, senderFields()},
		{"Rules", nil, []setting{
			{key: "rules.lock_after", label: "Lock after", help: "refusals in a row; 0: never", value: func(s config.Settings) string { return number(s.Rules.LockAfter, true) }, says: unit("refusals", "Never")},
			{key: "rules.sign_out_after", label: "Sign out supervisors", help: "after minutes without a touch or a scan; 0: never", value: func(s config.Settings) string { return number(s.Rules.SignOutAfter, true) }, says: unit("minutes", "Never")},
			{key: "rules.ask_service", label: "Choose services by hand", help: "off: the best one is taken", choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.AskService) }},
			role("typed_weight", "May type a weight", "where the scale cannot weigh", func(r config.Rules) station.Role { return r.TypedWeight }),
			role("override", "May accept a weight", "that is not as expected", func(r config.Rules) station.Role { return r.OverrideRole }),
			role("confirm", "May confirm goods", "without a scan", func(r config.Rules) station.Role { return r.ConfirmRole }),
			role("void", "May void a label", "and reopen a parcel", func(r config.Rules) station.Role { return r.VoidRole }),
			{key: "rules.works_alone", label: "Works alone", help: "a one-person shop allows its own actions", choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorksAlone) }},
		}},
		{"Screen", nil, []setting{
			{key: "theme", label: "Colours", help: "of the window", choices: named([3]string{"light", "Light", "dark on white"}, [3]string{"dark", "Dark", "for a dark hall"}, [3]string{"auto", "As the computer", "light or dark as it is set"}), value: func(s config.Settings) string { return s.Theme }, text: true},
			{key: "full_screen", label: "Full screen at start", help: "nothing but the bench is seen", choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.FullScreen) }},
			{key: "screen_height_mm", label: "Screen height", help: "millimetres of the visible picture: buttons fit a finger; 0: not known", wide: true, value: func(s config.Settings) string { return number(s.ScreenHeight, true) }, says: unit("mm", "Not known")},
			{key: "sounds", label: "Sounds", help: "one each for right, wrong, done and check", choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Sounds) }},
		}},
	}
}

// senderFields are the address that labels and papers name as the sender.
func senderFields() []setting {
	field := func(key, label, help string, of func(*config.Sender) *string) setting {
		return setting{key: "sender." + key, label: label, help: help, text: true, kind: screen.FieldName, value: func(s config.Settings) string { return *of(&s.Sender) }}
	}
	typed := func(kind screen.FieldKind, f setting) setting {
		f.kind = kind
		return f
	}
	customs := func(key, label, help, empty string, of func(*config.Customs) *string) setting {
		return setting{key: "customs." + key, label: label, help: help, text: true, empty: empty, kind: screen.FieldCode, value: func(s config.Settings) string { return *of(&s.Customs) }}
	}
	tax := customs("tax", "EORI or VAT number", "of the sender", "left out", func(c *config.Customs) *string { return &c.Tax })
	tax.section = "On customs papers"
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
		typed(screen.FieldCode, field("postcode", "Postcode", "as the post writes it", func(s *config.Sender) *string { return &s.Postcode })),
		field("city", "City", "of the warehouse", func(s *config.Sender) *string { return &s.City }),
		typed(screen.FieldCode, field("region", "State or region", "where the post asks for it, such as CA", func(s *config.Sender) *string { return &s.Region })),
		land,
		field("phone", "Phone", "for the carrier, and for customs papers", func(s *config.Sender) *string { return &s.Phone }),
		typed(screen.FieldText, field("email", "E-mail", "where buyers ask, on the packing slip", func(s *config.Sender) *string { return &s.Email })),
		tax,
		customs("terms", "Terms of delivery", "such as DAP", "left out", func(c *config.Customs) *string { return &c.Terms }),
		typed(screen.FieldName, customs("signer", "Signed by", "the name at the signature", "a line to sign on", func(c *config.Customs) *string { return &c.Signer })),
	}
}

// role is who may do something.
func role(key, label, help string, of func(config.Rules) station.Role) setting {
	return setting{key: "rules." + key, label: label, help: help, choices: roles, text: true, value: func(s config.Settings) string { return string(of(s.Rules)) }}
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
		{key: table + ".kind", label: "Connected as", choices: scannerKinds, value: get(func(s config.Scanner) string { return s.Kind }), text: true},
		{key: table + ".port", label: "Port", help: "easiest: choose from what is plugged in", value: get(func(s config.Scanner) string { return s.Port }), text: true, wide: true, when: ported},
		{key: table + ".baud", label: "Speed", help: "bits a second, as the scanner is set", choices: plain(shipped, "", "9600", "19200", "38400", "57600", "115200"), value: get(func(s config.Scanner) string { return number(s.Baud, false) }), empty: shipped, when: line},
		{key: table + ".parity", label: "Parity", help: "as the device is set", choices: parities, value: get(func(s config.Scanner) string { return s.Parity }), text: true, empty: shipped, when: line},
		{key: table + ".layout", label: "Keyboard layout", choices: layouts(), value: get(func(s config.Scanner) string { return s.Layout }), text: true, when: typing},
		{key: table + ".suffix", label: "Suffix", help: "after each code", choices: suffixes, value: get(func(s config.Scanner) string { return s.Suffix }), text: true, when: kinds("wedge", "keyboard", "serial")},
		{key: table + ".prefix", label: "Prefix", help: "before each code", value: get(func(s config.Scanner) string { return s.Prefix }), text: true, empty: "none", when: codes},
		{key: table + ".gs", label: "GS1 separator", help: "characters that stand for it", value: get(func(s config.Scanner) string { return s.GS }), text: true, empty: "the usual ones", when: codes},
		{key: table + ".aim", label: "AIM identifier", help: "it comes with every code", choices: onOff, value: get(func(s config.Scanner) string { return strconv.FormatBool(s.AIM) }), when: codes},
		{key: table + ".key_ms", label: "Slowest key", help: "milliseconds, of a scanner that types", value: get(func(s config.Scanner) string { return number(s.KeyMS, false) }), says: unit("ms", ""), empty: "35 ms", when: typing},
		{key: table + ".trigger", label: "Trigger command", help: `such as \x16T\r: makes it read`, value: get(func(s config.Scanner) string { return s.Trigger }), text: true, empty: "none", when: kinds("serial")},
		{key: table + ".send_accepted", label: "After a good scan", help: "what it is sent, such as a beep", value: get(func(s config.Scanner) string { return s.Yes }), text: true, empty: "nothing", when: kinds("serial")},
		{key: table + ".send_refused", label: "After a refused scan", help: "what it is sent", value: get(func(s config.Scanner) string { return s.No }), text: true, empty: "nothing", when: kinds("serial")},
	}
}

func scaleFields() []setting {
	serial := func(s config.Settings) bool { return s.Scale.Kind == "serial" }
	any := func(s config.Settings) bool { return s.Scale.Kind != "none" }
	return []setting{
		{key: "scale.kind", label: "Connected as", choices: scaleKinds, value: func(s config.Settings) string { return s.Scale.Kind }, text: true},
		{key: "scale.port", label: "Port", help: "choose from what is plugged in; on the network: host:port", value: func(s config.Settings) string { return s.Scale.Port }, text: true, wide: true, when: any},
		{key: "scale.protocol", label: "Protocol", help: "what the scale speaks", choices: protocols(), value: func(s config.Settings) string { return s.Scale.Protocol }, text: true, wide: true, when: serial},
		{key: "scale.baud", label: "Speed", help: "bits a second, as the scale is set", choices: plain(shipped, "", "1200", "2400", "4800", "9600", "19200", "38400"), value: func(s config.Settings) string { return number(s.Scale.Baud, false) }, empty: shipped, when: serial},
		{key: "scale.data_bits", label: "Data bits", help: "as the scale is set", choices: plain(shipped, "", "7", "8"), value: func(s config.Settings) string { return number(s.Scale.DataBits, false) }, empty: shipped, when: serial},
		{key: "scale.parity", label: "Parity", help: "as the device is set", choices: parities, value: func(s config.Settings) string { return s.Scale.Parity }, text: true, empty: shipped, when: serial},
		{key: "scale.stop_bits", label: "Stop bits", help: "as the scale is set", choices: plain(shipped, "", "1", "2"), value: func(s config.Settings) string { return number(s.Scale.StopBits, false) }, empty: shipped, when: serial},
		{key: "scale.unit", label: "Unit", help: "where the scale sends none", choices: named([3]string{"kg", "Kilograms"}, [3]string{"lb", "Pounds"}), value: func(s config.Settings) string { return s.Scale.Unit }, text: true, when: serial},
		{key: "scale.poll", label: "Weights", choices: named([3]string{"ask", "Asked for", "again and again"}, [3]string{"stream", "Sent by itself", "by the scale"}), value: func(s config.Settings) string { return s.Scale.Poll }, text: true, when: serial},
		{key: "scale.division_g", label: "Smallest step", help: "grams, as its display goes up", value: func(s config.Settings) string { return s.Scale.StepG.String() }, says: unit("g", ""), when: any},
	}
}

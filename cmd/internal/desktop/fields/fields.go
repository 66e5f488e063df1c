// Package fields is the settings as a page shows them: each key of station.toml with its
// name, its help, and its values in words of people; how what was typed or chosen becomes
// the file's own; and which setting a fault of the file is of. It knows no page and keeps
// nothing: all comes from the settings that it is given.
package fields

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/station/config"
	"packbench/station/country"
	"packbench/station/say"
	"packbench/station/screen"
)

// Setting is one field of the settings page; its Key is the one of
// station.toml.
type Setting struct {
	Key         string
	Choices     []screen.Choice
	label, help string
	value       func(config.Settings) string
	text        bool                                          // written in quotes
	wide        bool                                          // its values are long
	empty       string                                        // what an empty value means
	when        func(config.Settings) bool                    // where it matters; nil: always
	says        func(value string) string                     // a value that is typed, in words
	tells       func(config.Settings) string                  // the help, where it depends on others
	section     string                                        // words over it, where another part of the group begins
	reads       func(string) (string, error)                  // what was typed, as the file has it
	kind        screen.FieldKind                              // what is typed
	needed      func(config.Settings) bool                    // nothing can be done while it is empty
	takes       func(to *config.Settings, value string) error // writes a list of the file
}

// Group is a tab of the settings page.
type Group struct {
	Title   string
	Devices []string // whose settings these are
	Fields  []Setting
}

// Matters reports whether a setting is one of these settings' devices.
func (s Setting) Matters(now config.Settings) bool { return s.when == nil || s.when(now) }

// Value is the setting as the file has it.
func (s Setting) Value(now config.Settings) string { return s.value(now) }

// Field is the setting for the page.
func (s Setting) Field(now config.Settings) screen.Field {
	f := screen.Field{Key: s.Key, Label: s.label, Value: s.value(now), Choices: s.Choices, Help: s.help, Wide: s.wide, Empty: s.empty, Section: s.section}
	if s.tells != nil {
		f.Help = s.tells(now)
	}
	if s.needed != nil && s.needed(now) {
		f.Empty = "needed"
	}
	if s.says != nil {
		f.Shown = s.says(f.Value)
	}
	return f
}

// Name gives a field that is typed into its words and its keys.
func (s Setting) Name(e *screen.Entry, now config.Settings) {
	e.Label, e.Hint, e.Optional, e.Kind = s.label, say.Sentence(s.Field(now).Help), true, s.kind
	if !s.text {
		e.Kind = screen.FieldNumber
	}
}

const shipped = "as shipped"

// number is empty where 0 stands for something else.
func number(n int, zero bool) string {
	if n == 0 && !zero {
		return ""
	}
	return strconv.Itoa(n)
}

// All are the fields of the settings page, tab by tab.
func All() []Group {
	first := func(s config.Settings) config.Scanner { return s.Scanner }
	second := func(s config.Settings) config.Scanner { return s.Scanner2 }
	return []Group{
		{"Scanner", []string{"scanner"}, scannerFields("scanner", first)},
		{"Scanner 2", []string{"scanner2"}, scannerFields("scanner2", second)},
		{"Scale", []string{"scale"}, scaleFields()},
		{"Printing", []string{LabelPrinter, PaperPrinter}, twoPrinters()},
		{"Papers", ownPrinters(), paperFields()},
		{"Weight", nil, []Setting{
			{Key: "weight.percent", label: "A parcel may be off by", help: "percent of what it should weigh", value: func(s config.Settings) string { return s.Weight.Percent.String() }, says: unit("%", "")},
			{Key: "weight.grams", label: "And by at least", help: "grams, for light parcels", value: func(s config.Settings) string { return s.Weight.Grams.String() }, says: unit("g", "")},
			{Key: "weight.filling_g", label: "Filling", help: "grams in each carton", value: func(s config.Settings) string { return s.Weight.FillingG.String() }, says: unit("g", "None")},
			{Key: "weight.false_alarm", label: "Stop one good parcel in", help: "once the bench has learnt what parcels weigh", value: func(s config.Settings) string { return strconv.Itoa(s.Weight.FalseAlarm) }, says: unit("parcels", "")},
			{Key: "weight.second_scan", label: "Ask for a second scan", help: "of what the scale would not notice", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Weight.SecondScan) }},
			{Key: "rules.worked_out", label: "Take the worked-out weight", help: "without a scale: goods, box and filling", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorkedOut) }},
		}},
		{"Sender", nil, senderFields()},
		{"Buyer's page", nil, siteFields()},
		{"General", nil, shopFields()},
		{"Rules", nil, append([]Setting{
			{Key: "rules.lock_after", label: "Lock after", help: "refusals in a row; 0: never", value: func(s config.Settings) string { return number(s.Rules.LockAfter, true) }, says: unit("refusals", "Never")},
			{Key: "rules.alarm_after", label: "Mark a silent bench", help: "on the board, after minutes with an order in hand; 0: never", value: func(s config.Settings) string { return number(s.Rules.AlarmAfter, true) }, says: unit("minutes", "Never")},
			{Key: "rules.sign_out_after", label: "Sign out supervisors", help: "after minutes without a touch or a scan; 0: never", value: func(s config.Settings) string { return number(s.Rules.SignOutAfter, true) }, says: unit("minutes", "Never")},
			{Key: "rules.sign_out_packers_after", label: "Sign out packers", help: "after minutes without a touch or a scan, and the work is kept; 0: never", value: func(s config.Settings) string { return number(s.Rules.PackersAfter, true) }, says: unit("minutes", "Never")},
			{Key: "rules.shift_sign_out", label: "Sign out at the end of a shift", help: "who signed in within it; the work is kept", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.ShiftSignOut) }},
			{Key: "rules.scanned_badge", label: "Badges that must be scanned", help: "their codes do not count when they are typed", Choices: mustScan, value: func(s config.Settings) string { return s.Rules.ScannedBadge }, text: true},
			{Key: "rules.ask_service", label: "Choose services by hand", help: "off: the best one is taken", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.AskService) }},
			{Key: "stock_reader", label: "RFID reader that counts bins", help: "its address in the network, such as 10.0.0.9; leave it empty where there is none", value: func(s config.Settings) string { return s.StockReader }, text: true, empty: "none", kind: screen.FieldText},
			{Key: "numbers_copy", label: "Copy of the numbers", help: "a folder of its own on another disk or a share: numbers are not given twice where this computer is set back", value: func(s config.Settings) string { return s.NumbersCopy }, text: true, wide: true, empty: "none", kind: screen.FieldText},
			{Key: "hub.ahead", label: "Orders claimed ahead", help: "where several benches share a hub: so that there is work where it is away; 0: none", value: func(s config.Settings) string { return number(s.Hub.Ahead, true) }, says: unit("orders", "None")},
			{Key: "hub.follow", label: "Journals of other benches", help: "that are kept here, where several share a hub", Choices: named([3]string{config.FollowAll, "All", "everything is found at this bench"}, [3]string{config.FollowOwn, "Own", "for hundreds of benches"}), value: func(s config.Settings) string { return s.Hub.Follow }, text: true},
			{Key: "hub.secrets", label: "Keys of shops and accounts", help: "where several benches share a hub: on, they go to all of them; off, each bench is asked for its own", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Hub.Secrets) }},
			{Key: "hub.documents", label: "Documents at the hub", help: "days that labels and papers are kept there, so that any bench prints them again; 0: none", value: func(s config.Settings) string { return number(s.Hub.Documents, true) }, says: unit("days", "None")},
			{Key: "rules.works_alone", label: "Works alone", help: "a one-person shop allows its own actions", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Rules.WorksAlone) }},
		}, choiceFields()...)},
		{CaseRules, nil, caseFields()},
		{"Returns", nil, returnFields()},
		{Look, nil, lookFields()},
		{RightsGroup, nil, rightsFields()},
		{"Screen", nil, []Setting{
			{Key: "theme", label: "Colours", help: "of the window", Choices: named([3]string{"light", "Light", "dark on white"}, [3]string{"dark", "Dark", "for a dark hall"}, [3]string{"auto", "As the computer", "light or dark as it is set"}), value: func(s config.Settings) string { return s.Theme }, text: true},
			{Key: "size", label: "Size", help: "of everything in the window", Choices: named([3]string{"normal", "Normal", ""}, [3]string{"large", "Large", "a quarter larger, where a page has the room"}, [3]string{"larger", "Larger", "half as large again, where a page has the room"}), value: func(s config.Settings) string { return s.Size }, text: true},
			{Key: "full_screen", label: "Full screen at start", help: "nothing but the bench is seen", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.FullScreen) }},
			{Key: "screen_height_mm", label: "Screen height", help: "millimetres of the visible picture: buttons fit a finger; 0: not known", wide: true, value: func(s config.Settings) string { return number(s.ScreenHeight, true) }, says: unit("mm", "Not known")},
			{Key: "sounds", label: "Sounds", help: "one each for right, wrong, done and check", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Sounds) }},
			{Key: "volume", label: "Volume", help: "of the sounds", Choices: named([3]string{"100", "Loud", ""}, [3]string{"50", "Half", ""}, [3]string{"25", "Low", ""}), value: func(s config.Settings) string { return number(s.Volume, true) }},
			{Key: "spoken", label: "Speak", help: "what the screen says, in the badge's language, by the computer's speech", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Spoken) }},
		}},
	}
}

// senderFields are the address that labels and papers name as the sender.
func senderFields() []Setting {
	field := func(key, label, help string, of func(*config.Sender) *string) Setting {
		return Setting{Key: "sender." + key, label: label, help: help, text: true, kind: screen.FieldName, value: func(s config.Settings) string { return *of(&s.Sender) }}
	}
	typed := func(kind screen.FieldKind, f Setting) Setting {
		f.kind = kind
		return f
	}
	customs := func(key, label, help, empty string, of func(*config.Customs) *string) Setting {
		return Setting{Key: "customs." + key, label: label, help: help, text: true, empty: empty, kind: screen.FieldCode, value: func(s config.Settings) string { return *of(&s.Customs) }}
	}
	first := numbersField()
	first.section = "On customs papers"
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
	needed := func(f Setting, lacks func(config.Sender) bool) Setting {
		f.needed = func(s config.Settings) bool { return lacks(s.Sender) }
		return f
	}
	land = needed(land, func(s config.Sender) bool { return s.Country == "" })
	return []Setting{
		needed(field("company", "Company", "first line of the sender on each label", func(s *config.Sender) *string { return &s.Company }), func(s config.Sender) bool { return s.Name+s.Company == "" }),
		field("name", "Name", "of a person or department, if there is one", func(s *config.Sender) *string { return &s.Name }),
		needed(field("street", "Street and number", "where parcels that cannot be delivered go back to", func(s *config.Sender) *string { return &s.Street }), func(s config.Sender) bool { return s.Street == "" }),
		field("street2", "Address, second line", "building, floor or door", func(s *config.Sender) *string { return &s.Street2 }),
		typed(screen.FieldCode, field("postcode", "Postcode", "as the post writes it", func(s *config.Sender) *string { return &s.Postcode })),
		needed(field("city", "City", "of the warehouse", func(s *config.Sender) *string { return &s.City }), func(s config.Sender) bool { return s.City == "" }),
		typed(screen.FieldCode, field("region", "State or region", "where the post asks for it, such as CA", func(s *config.Sender) *string { return &s.Region })),
		land,
		field("phone", "Phone", "for the carrier, and for customs papers", func(s *config.Sender) *string { return &s.Phone }),
		typed(screen.FieldText, field("email", "E-mail", "where buyers ask, on the packing slip", func(s *config.Sender) *string { return &s.Email })),
		first,
		customs("tax", "Tax number", "EORI or VAT number, where there are no numbers above", "left out", func(c *config.Customs) *string { return &c.Tax }),
		customs("terms", "Terms of delivery", "such as DAP", "left out", func(c *config.Customs) *string { return &c.Terms }),
		typed(screen.FieldName, customs("signer", "Signed by", "the name at the signature", "a line to sign on", func(c *config.Customs) *string { return &c.Signer })),
		typed(screen.FieldName, customs("title", "Title of whoever signs", "such as Export manager", "left out", func(c *config.Customs) *string { return &c.Title })),
		typed(screen.FieldText, customs("origin", "Statement of origin", "on the invoice, word for word as your customs office wants it", "the column alone", func(c *config.Customs) *string { return &c.Origin })),
		{Key: "customs.copies", label: "Copies of the invoice", help: "UPS and FedEx ask for three", value: func(s config.Settings) string { return number(s.Customs.Copies, true) }},
	}
}

func scannerFields(table string, of func(config.Settings) config.Scanner) []Setting {
	kinds := func(names ...string) func(config.Settings) bool {
		return func(s config.Settings) bool { return slices.Contains(names, of(s).Kind) }
	}
	ported := func(s config.Settings) bool { return of(s).Ported() }
	line := kinds("serial", "rfid")
	typing, codes := kinds("wedge", "keyboard"), kinds("wedge", "keyboard", "serial", "hid")
	get := func(pick func(config.Scanner) string) func(config.Settings) string {
		return func(s config.Settings) string { return pick(of(s)) }
	}
	return []Setting{
		{Key: table + ".kind", label: "Connected as", Choices: scannerKinds, value: get(func(s config.Scanner) string { return s.Kind }), text: true},
		{Key: table + ".port", label: "Port", help: "easiest: choose from what is plugged in", value: get(func(s config.Scanner) string { return s.Port }), text: true, wide: true, when: ported},
		{Key: table + ".baud", label: "Speed", help: "bits a second, as the scanner is set", Choices: Plain(shipped, "", "9600", "19200", "38400", "57600", "115200"), value: get(func(s config.Scanner) string { return number(s.Baud, false) }), empty: shipped, when: line},
		{Key: table + ".parity", label: "Parity", help: "as the device is set", Choices: parities, value: get(func(s config.Scanner) string { return s.Parity }), text: true, empty: shipped, when: line},
		{Key: table + ".layout", label: "Keyboard layout", Choices: layouts(), value: get(func(s config.Scanner) string { return s.Layout }), text: true, when: typing},
		{Key: table + ".suffix", label: "Suffix", help: "after each code", Choices: suffixes, value: get(func(s config.Scanner) string { return s.Suffix }), text: true, when: kinds("wedge", "keyboard", "serial")},
		{Key: table + ".prefix", label: "Prefix", help: "before each code", value: get(func(s config.Scanner) string { return s.Prefix }), text: true, empty: "none", when: codes},
		{Key: table + ".gs", label: "GS1 separator", help: "what stands for it", value: get(func(s config.Scanner) string { return s.GS }), text: true, empty: "the usual ones", when: codes},
		{Key: table + ".aim", label: "AIM identifier", help: "it comes with every code", Choices: onOff, value: get(func(s config.Scanner) string { return strconv.FormatBool(s.AIM) }), when: codes},
		{Key: table + ".key_ms", label: "Slowest key", help: "milliseconds a key", value: get(func(s config.Scanner) string { return number(s.KeyMS, false) }), says: unit("ms", ""), empty: "35 ms", when: typing},
		{Key: table + ".trigger", label: "Trigger command", help: `such as \x16T\r: makes it read`, value: get(func(s config.Scanner) string { return s.Trigger }), text: true, empty: "none", when: kinds("serial")},
		{Key: table + ".send_accepted", label: "After a good scan", help: "what it is sent, such as a beep", value: get(func(s config.Scanner) string { return s.Yes }), text: true, empty: "nothing", when: kinds("serial")},
		{Key: table + ".send_refused", label: "After a refused scan", help: "what it is sent", value: get(func(s config.Scanner) string { return s.No }), text: true, empty: "nothing", when: kinds("serial")},
	}
}

func scaleFields() []Setting {
	serial := func(s config.Settings) bool { return s.Scale.Kind == "serial" }
	any := func(s config.Settings) bool { return s.Scale.Kind != "none" }
	return []Setting{
		{Key: "scale.kind", label: "Connected as", Choices: scaleKinds, value: func(s config.Settings) string { return s.Scale.Kind }, text: true},
		{Key: "scale.port", label: "Port", help: "choose from what is plugged in; on the network: host:port", value: func(s config.Settings) string { return s.Scale.Port }, text: true, wide: true, when: any},
		{Key: "scale.protocol", label: "Protocol", help: "what the scale speaks", Choices: protocols(), value: func(s config.Settings) string { return s.Scale.Protocol }, text: true, wide: true, when: serial},
		{Key: "scale.baud", label: "Speed", help: "bits a second, as the scale is set", Choices: Plain(shipped, "", "1200", "2400", "4800", "9600", "19200", "38400"), value: func(s config.Settings) string { return number(s.Scale.Baud, false) }, empty: shipped, when: serial},
		{Key: "scale.data_bits", label: "Data bits", help: "as the scale is set", Choices: Plain(shipped, "", "7", "8"), value: func(s config.Settings) string { return number(s.Scale.DataBits, false) }, empty: shipped, when: serial},
		{Key: "scale.parity", label: "Parity", help: "as the device is set", Choices: parities, value: func(s config.Settings) string { return s.Scale.Parity }, text: true, empty: shipped, when: serial},
		{Key: "scale.stop_bits", label: "Stop bits", help: "as the scale is set", Choices: Plain(shipped, "", "1", "2"), value: func(s config.Settings) string { return number(s.Scale.StopBits, false) }, empty: shipped, when: serial},
		{Key: "scale.unit", label: "Unit", help: "where the scale sends none", Choices: named([3]string{"kg", "Kilograms"}, [3]string{"lb", "Pounds"}), value: func(s config.Settings) string { return s.Scale.Unit }, text: true, when: serial},
		{Key: "scale.poll", label: "Weights", Choices: named([3]string{"ask", "Asked for", "again and again"}, [3]string{"stream", "Sent by itself", "by the scale"}), value: func(s config.Settings) string { return s.Scale.Poll }, text: true, when: serial},
		{Key: "scale.division_g", label: "Smallest step", help: "grams, as its display goes up", value: func(s config.Settings) string { return s.Scale.StepG.String() }, says: unit("g", ""), when: any},
	}
}

// After is the field of the same tab that follows another one and is typed, too.
func After(key string, now config.Settings) (Setting, bool) {
	for _, g := range All() {
		i := slices.IndexFunc(g.Fields, func(s Setting) bool { return s.Key == key })
		if i < 0 {
			continue
		}
		for _, s := range g.Fields[i+1:] {
			if s.Matters(now) && len(s.Choices) == 0 && !strings.HasSuffix(s.Key, ".queue") {
				return s, true
			}
		}
	}
	return Setting{}, false
}

// Of is the setting of a key.
func Of(key string) (Setting, bool) {
	for _, g := range All() {
		for _, s := range g.Fields {
			if s.Key == key {
				return s, true
			}
		}
	}
	return Setting{}, false
}

// Package config owns the settings of a bench: the file station.toml as one
// value, its defaults, its faults in words and its writing. [Load] reads a
// file, [Default] is a bench that works on any computer, [Save] writes;
// [Settings.Validate] returns all faults at once, each with its key and what to
// write. The package must not act on a setting, keep one in a global, or hold a
// secret.
package config

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/unit"
)

// File is the name of the settings in the data folder.
const File = "station.toml"

// Settings are all settings of one bench.
type Settings struct {
	Station      string `toml:"station"`        // short id, part of every row's id: "S1"
	Name         string `toml:"name"`           // for people
	Language     string `toml:"language"`       // of this station's people: "en", "de"…; "" is English
	Papers       string `toml:"paper_language"` // whose language the buyer's papers speak: buyer, station
	Theme        string `toml:"theme"`          // light, dark, auto
	Size         string `toml:"size"`           // of everything in the window: normal, large, larger
	FullScreen   bool   `toml:"full_screen"`
	ScreenHeight int    `toml:"screen_height_mm"` // of the visible picture; 0: not known
	Sounds       bool   `toml:"sounds"`
	Volume       int    `toml:"volume"`    // of the sounds, per cent
	Spoken       bool   `toml:"spoken"`    // verdicts are said aloud too
	TimeZone     string `toml:"time_zone"` // of the shop, "" for the computer's
	Currency     string `toml:"currency"`
	NumbersCopy  string `toml:"numbers_copy"` // folder outside where the numbers' counters are kept too; "": nowhere
	Documents    string `toml:"documents"`    // folder, "" for the one in the data folder
	StockReader  string `toml:"stock_reader"` // address of an RFID reader that counts bins (LLRP), "": none

	Scanner  Scanner        `toml:"scanner"`
	Scanner2 Scanner        `toml:"scanner2"` // beside the first: on a stand, or an RFID reader
	Scale    Scale          `toml:"scale"`
	Printers Printers       `toml:"printer"`
	Weight   Weight         `toml:"weight"`
	Rules    Rules          `toml:"rules"`
	Rights   people.Rights  `toml:"rights"`
	Cases    Cases          `toml:"cases"`
	Returns  Returns        `toml:"returns"`
	Reasons  people.Reasons `toml:"reasons"`
	Sender   Sender         `toml:"sender"`
	Customs  Customs        `toml:"customs"`
	Look     Look           `toml:"look"`
	Carriers Carriers       `toml:"carriers"`
	Hub      Hub            `toml:"hub"`
	GS1      GS1            `toml:"gs1"`
	Site     Site           `toml:"site"`
	Shifts   []Shift        `toml:"shift"`
	Lanes    []Lane         `toml:"lane"`
	Choice   Choice         `toml:"choice"`
}

// Whose language the papers speak that the buyer reads: packing slip, slip in
// the box, return label.
const (
	ForBuyer   = "buyer"   // that of the country they go to, where it is clear
	ForStation = "station" // the station's own
)

// Whose journals a folder of several keeps.
const (
	FollowAll = "all"
	FollowOwn = "own" // and those of the desks
)

// Hub is the database that the benches of a shop share; packctl hub join sets it.
type Hub struct {
	Address string `toml:"address"` // postgres://…, without a password; "": this folder is alone
	Ahead   int    `toml:"ahead"`   // due orders that are claimed before they are begun
	Follow  string `toml:"follow"`  // whose journals are kept here: all, own
	// Documents is how many days labels and papers are kept there; 0: none.
	Documents int  `toml:"documents"`
	Secrets   bool `toml:"secrets"` // keys of shops, accounts and targets of messages go to all benches
}

// Line is a device's port and how its serial line is set. What is 0 or "" is
// as the makers of the device ship it.
type Line struct {
	Port     string `toml:"port"`
	Baud     int    `toml:"baud"`
	DataBits int    `toml:"data_bits"`
	Parity   string `toml:"parity"` // none, odd, even
	StopBits int    `toml:"stop_bits"`
}

// Scanner is a barcode scanner or an RFID reader.
type Scanner struct {
	Kind string `toml:"kind"` // wedge, serial, keyboard, hid, rfid, none
	Line
	Layout  string `toml:"layout"`        // of a scanner that types, as it is set up: us, de, fr…
	Suffix  string `toml:"suffix"`        // auto, cr, lf, crlf, tab, none
	Prefix  string `toml:"prefix"`        // text that the scanner sends before each code
	GS      string `toml:"gs"`            // text that stands for the GS1 separator, "" for 0x1D only
	AIM     bool   `toml:"aim"`           // it sends an AIM identifier with every code
	KeyMS   int    `toml:"key_ms"`        // of a scanner that types: at most this long a key; 0: 35
	Trigger string `toml:"trigger"`       // what the bench sends to make the scanner read
	Yes     string `toml:"send_accepted"` // what the bench sends after a good scan, such as a beep
	No      string `toml:"send_refused"`  // and after a refused one
}

// Ported reports whether the scanner has a port of its own; the others type into
// the window.
func (s Scanner) Ported() bool { return s.Kind != "wedge" && s.Kind != "none" }

// Scale is the scale.
type Scale struct {
	Kind     string `toml:"kind"` // serial, hid, none
	Protocol string `toml:"protocol"`
	Line
	Unit    string    `toml:"unit"`     // of a protocol that sends none: kg, lb
	Poll    string    `toml:"poll"`     // ask: again and again; stream: the scale sends by itself
	EveryMS int       `toml:"every_ms"` // between two polls; 0: as suits the protocol
	Step    unit.Mass `toml:"-"`        // the scale's division
	StepG   Tenths    `toml:"division_g"`
}

// Every is the time between two polls.
func (s Scale) Every() time.Duration { return time.Duration(s.EveryMS) * time.Millisecond }

// Printers are the printers of a bench: two, and for each kind of document
// either one of them or a printer of its own (L3).
type Printers struct {
	WithLabel string `toml:"with_label"` // papers that come with each label: "slip, inside"

	ReturnDays int  `toml:"return_days"` // a customer may send goods back; 0: no last day
	SlipPrices bool `toml:"slip_prices"` // packing slips show what was paid; those of gifts never do

	Label    Printer `toml:"label"`
	Paper    Printer `toml:"paper"`
	Slip     Printer `toml:"slip"`
	Inside   Printer `toml:"inside"`
	Return   Printer `toml:"return"`
	Customs  Printer `toml:"customs"`
	CN22     Printer `toml:"cn22"` // the small declaration, which is stuck on beside the address
	Manifest Printer `toml:"manifest"`
	Sheets   Printer `toml:"sheets"` // commands, badges, cartons, calibration
}

// For returns the printer of a kind of document.
func (p Printers) For(kind string) Printer {
	own := p.Sheets
	switch kind {
	case "label", "putaway":
		return p.Label
	case "paper":
		return p.Paper
	case "slip":
		own = p.Slip
	case "inside":
		own = p.Inside
	case "return":
		own = p.Return
	case "customs", "cn23", "invoice":
		own = p.Customs
	case "cn22":
		if own = p.CN22; own.Kind == "label" && !p.Label.Sticker() {
			own = p.Customs
		}
	case "manifest":
		own = p.Manifest
	}
	switch own.Kind {
	case "label":
		return p.Label
	case "paper":
		return p.Paper
	}
	return own
}

// Sticker reports whether the printer's page is a label and no sheet.
func (p Printer) Sticker() bool { return p.Page == "4x6" || p.Page == "a6" }

// Papers are the papers that come with each label.
func (p Printers) Papers() []string {
	return commas(p.WithLabel)
}

// Printer is one printer.
type Printer struct {
	Kind       string `toml:"kind"`        // folder, cups, ipp, zpl, windows, sim; for a kind of document also label, paper
	Queue      string `toml:"queue"`       // of CUPS or Windows
	Address    string `toml:"address"`     // of ipp: ipp://host/ipp/print; of zpl: host:9100
	Mute       bool   `toml:"mute"`        // a zpl printer that never reports its state
	NativeBars bool   `toml:"native_bars"` // a zpl printer draws Code 128 itself, where that is exact
	Folder     string `toml:"folder"`
	DPI        int    `toml:"dpi"`   // 203, 300
	Media      string `toml:"media"` // the name that the queue knows the paper by; "" for that of the page
	Page       string `toml:"page"`  // 4x6, a6, a4, letter, 80mm
}

// Weight is the tolerance of the weighing.
type Weight struct {
	Percent  Tenths `toml:"percent"`   // of the expected mass
	Grams    Tenths `toml:"grams"`     // at least
	FillingG Tenths `toml:"filling_g"` // filling in each carton
	// FalseAlarm is of how many good parcels one may be stopped, once enough is learnt.
	FalseAlarm int `toml:"false_alarm"`
	// SecondScan: what a weight would not tell one more or less of is scanned again.
	SecondScan bool `toml:"second_scan"`
}

// Permille is the tolerance as a share.
func (w Weight) Permille() int { return int(w.Percent) }

// Least is the tolerance as a mass.
func (w Weight) Least() unit.Mass { return w.Grams.Mass() }

// Filling is the mass of the filling.
func (w Weight) Filling() unit.Mass { return w.FillingG.Mass() }

// Rules are when the bench locks and signs out, and how it works. Who may do what is
// in Rights.
type Rules struct {
	LockAfter    int    `toml:"lock_after"`
	AskService   bool   `toml:"ask_service"`
	WorksAlone   bool   `toml:"works_alone"`
	WorkedOut    bool   `toml:"worked_out"`             // without a scale
	ScannedBadge string `toml:"scanned_badge"`          // roles whose typed badge codes do not count: "supervisor, manager"
	SignOutAfter int    `toml:"sign_out_after"`         // minutes; of supervisors and managers; 0: never
	PackersAfter int    `toml:"sign_out_packers_after"` // minutes; of everybody else; 0: never
	ShiftSignOut bool   `toml:"shift_sign_out"`         // whoever is signed in, when the shift that they came for ends
	AlarmAfter   int    `toml:"alarm_after"`            // minutes without a word of a bench with an order in hand; 0: never
}

// MustScan reports whether a badge of this role counts only when it is scanned.
func (r Rules) MustScan(role station.Role) bool {
	return slices.Contains(commas(r.ScannedBadge), string(role))
}

// commas reads a list with commas.
func commas(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// Sender is the address that labels name as the sender.
type Sender struct {
	Name     string `toml:"name"`
	Company  string `toml:"company"`
	Street   string `toml:"street"`
	Street2  string `toml:"street2"`
	City     string `toml:"city"`
	Region   string `toml:"region"`
	Postcode string `toml:"postcode"`
	Country  string `toml:"country"`
	Phone    string `toml:"phone"`
	Email    string `toml:"email"`
}

// Address is the sender as a noun of the trade.
func (s Sender) Address() station.Address {
	return station.Address{
		Name: s.Name, Company: s.Company, Street: s.Street, Street2: s.Street2, City: s.City, Region: s.Region,
		Postcode: s.Postcode, Country: s.Country, Phone: s.Phone, Email: s.Email,
	}
}

// Carriers is how accounts with carriers are asked.
type Carriers struct {
	Seconds int `toml:"seconds"` // a question for prices may take; who has not answered is left out
	// A service that cannot be had now is replaced by one that is dearer by so many
	// percent of its price, and so much in the shop's currency, at most (C4). 0: by none.
	BackUpPercent int    `toml:"back_up_percent"`
	BackUpAmount  string `toml:"back_up_amount"`
	Claims        string `toml:"claims"` // "ups=60": for how many days after the hand-over each takes claims
}

// Wait is how long a question for prices may take.
func (c Carriers) Wait() time.Duration {
	return time.Duration(min(max(cmp.Or(c.Seconds, 3), 1), 60)) * time.Second
}

// GS1 is where the bench's own numbers come from.
type GS1 struct {
	CompanyPrefix string `toml:"company_prefix"` // 4 to 12 digits
	Extension     string `toml:"extension"`      // one digit, the first of each SSCC
	Domain        string `toml:"domain"`         // of the trace codes' Digital Link, "" for the short form
	// Weighed are the first two digits of codes that the shop's own scale prints, with
	// the weight or the price in them: 02, 20 to 29.
	Weighed []string `toml:"weighed"`
}

// Lane is a place at the dock where a carrier, or some services of it, are
// loaded.
type Lane struct {
	ID       string   `toml:"id"` // "EXP": what `handover` names
	Carrier  string   `toml:"carrier"`
	Services []string `toml:"services"` // none: all of the carrier's
}

// Shift is a named part of the day, "06:00" to "14:00"; it may pass midnight.
type Shift struct {
	Name string `toml:"name"`
	From string `toml:"from"`
	To   string `toml:"to"`
}

// Location is the shop's time zone.
func (s Settings) Location() (*time.Location, error) {
	if s.TimeZone == "" {
		return time.Local, nil
	}
	l, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.Local, fmt.Errorf("time_zone: %q is not known; write one such as \"Europe/Berlin\", or \"\" for the computer's", s.TimeZone)
	}
	return l, nil
}

// Large is how much larger than its design the window is drawn.
func (s Settings) Large() float32 {
	return map[string]float32{"large": 1.25, "larger": 1.5}[s.Size]
}

// as stands for one of the two printers.
func as(kind string) Printer { return Printer{Kind: kind, DPI: 203, Page: "4x6"} }

// Default is a bench with a keyboard scanner, no scale, and labels into a
// folder: it works on any computer.
func Default() Settings {
	return Settings{
		Station: "S1", Name: "Bench 1", Language: "en", Papers: ForBuyer, Theme: "auto", Size: "normal", Sounds: true, Volume: 100, Currency: "EUR",
		Scanner:  Scanner{Kind: "wedge", Layout: "us", Suffix: "auto"},
		Scanner2: Scanner{Kind: "none", Layout: "us", Suffix: "auto"},
		Scale:    Scale{Kind: "none", Protocol: "sics", Unit: "kg", Poll: "ask", StepG: 10, Step: unit.Gram},
		Printers: Printers{
			ReturnDays: 30,
			SlipPrices: true,
			Label:      Printer{Kind: "folder", DPI: 203, Page: "4x6"},
			Paper:      Printer{Kind: "folder", DPI: 300, Page: "a4"},
			Slip:       as("paper"), Inside: as("label"), Return: as("label"), Customs: as("paper"), CN22: as("label"), Manifest: as("paper"), Sheets: as("paper"),
		},
		Weight: Weight{Percent: 20, Grams: 150, FalseAlarm: 500},
		Rules: Rules{
			LockAfter: 3, SignOutAfter: 10, AlarmAfter: 15,
		},
		Rights:   people.Default(),
		Returns:  defaultReturns(),
		Cases:    Cases{WrongItem: 1, UnknownCode: 1, WeightOff: 1, Short: 1, Damaged: true},
		Customs:  Customs{Copies: 1},
		Carriers: Carriers{Seconds: 3, BackUpPercent: 50, BackUpAmount: "5.00"},
		Hub:      Hub{Ahead: 5, Follow: FollowAll, Secrets: true, Documents: 90},
		GS1:      GS1{CompanyPrefix: "952000", Extension: "0"},
		Site:     Site{Place: PlaceFolder, Days: 60},
		Shifts:   []Shift{{Name: "1", From: "06:00", To: "14:00"}, {Name: "2", From: "14:00", To: "22:00"}, {Name: "3", From: "22:00", To: "06:00"}},
	}
}

// Tenths is a number with at most one decimal, kept as tenths: 2.5 is 25.
type Tenths int64

// UnmarshalTOML reads a whole number or one with a decimal.
func (t *Tenths) UnmarshalTOML(v any) error {
	const most = 1e8
	switch n := v.(type) {
	case int64:
		if n > -most && n < most {
			*t = Tenths(n * 10)
			return nil
		}
	case float64:
		tenths := math.Round(n * 10)
		if n > -most && n < most && math.Abs(n*10-tenths) < 1e-6 {
			*t = Tenths(tenths)
			return nil
		}
	}
	return fmt.Errorf("%v must be a number with at most one decimal", v)
}

// Mass takes the tenths as grams.
func (t Tenths) Mass() unit.Mass { return unit.Mass(t) * unit.Gram / 10 }

// String writes the number as the file has it, "2.5" or "15".
func (t Tenths) String() string {
	if t%10 == 0 {
		return fmt.Sprint(int64(t / 10))
	}
	sign := ""
	if t < 0 {
		sign, t = "-", -t
	}
	return fmt.Sprintf("%s%d.%d", sign, t/10, t%10)
}

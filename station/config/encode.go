package config

import (
	"bytes"
	"fmt"
	"strings"

	"packbench/station/people"
)

// writer writes TOML with a line of explanation for each key.
type writer struct{ bytes.Buffer }

func (w *writer) table(name, words string) { fmt.Fprintf(w, "\n# %s\n[%s]\n", words, name) }

// key writes one setting; texts are quoted, everything else stands as it is.
func (w *writer) key(name string, value any, words string) {
	text := fmt.Sprint(value)
	if s, ok := value.(string); ok {
		text = quote(s)
	}
	if words != "" {
		words = "  # " + words
	}
	fmt.Fprintf(w, "%s = %s%s\n", name, text, words)
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Encode writes the settings as the text of a file that Decode reads back.
func (s Settings) Encode() []byte {
	w := &writer{}
	w.WriteString("# Settings of this packing bench. The settings screen writes this file too.\n\n")
	w.key("station", s.Station, "short id of this bench; part of the id of every journal row")
	w.key("name", s.Name, "")
	w.key("language", s.Language, "of this station's people: en, de, fr, pl, ja…")
	w.key("paper_language", s.Papers, "of slips and return labels: buyer (of the country that they go to) or station")
	w.key("theme", s.Theme, "light, dark or auto")
	w.key("size", s.Size, "of everything in the window: normal, large (1.25) or larger (1.5)")
	w.key("full_screen", s.FullScreen, "")
	w.key("screen_height_mm", s.ScreenHeight, "height of the visible picture; 0: not known")
	w.key("sounds", s.Sounds, "")
	w.key("volume", s.Volume, "of the sounds, per cent")
	w.key("spoken", s.Spoken, "verdicts are said aloud by the computer's speech (speech-dispatcher)")
	w.key("time_zone", s.TimeZone, `of the shop, such as "Europe/Berlin"; "": the computer's`)
	w.key("currency", s.Currency, "")
	w.key("numbers_copy", s.NumbersCopy, `folder of its own on another disk or a share, where the counters of SSCC and tracking numbers are kept too; "": nowhere`)
	w.key("stock_reader", s.StockReader, `address of an RFID reader that counts bins (LLRP), such as "10.0.0.9"; "": none`)
	w.key("documents", s.Documents, `folder for labels and slips; "": in the data folder`)

	if len(s.Shifts) == 0 {
		w.WriteString("shift = []\n")
	}

	w.scanner("scanner", "The barcode scanner.", s.Scanner)
	w.scanner("scanner2", "A second scanner, or an RFID reader.", s.Scanner2)

	w.table("scale", "The scale.")
	w.key("kind", s.Scale.Kind, "serial, hid (USB scale) or none")
	w.key("protocol", s.Scale.Protocol, strings.Join(Protocols(), ", "))
	w.line(s.Scale.Line)
	w.key("unit", s.Scale.Unit, "kg or lb, of a protocol that sends no unit")
	w.key("poll", s.Scale.Poll, "ask: again and again; stream: the scale sends by itself")
	w.key("every_ms", s.Scale.EveryMS, "between two polls; 0: as suits the protocol")
	w.key("division_g", s.Scale.StepG, "smallest step of the scale in grams")

	w.table("printer", "Papers that are printed with each label.")
	w.key("with_label", s.Printers.WithLabel, "slip, inside, return; customs papers come by themselves where they are needed")
	w.key("slip_prices", s.Printers.SlipPrices, "packing slips show what was paid; those of gifts never do")
	w.key("return_days", s.Printers.ReturnDays, "days to send goods back, on return labels; 0: none is named")
	w.printer("printer.label", "The label printer.", s.Printers.Label)
	w.printer("printer.paper", "The printer for paper.", s.Printers.Paper)
	for _, p := range s.Printers.kinds() {
		w.printer("printer."+p.name, p.words, *p.printer)
	}

	s.Weight.encode(w)
	s.Rules.encode(w)
	encodeRights(w, s.Rights)
	s.Choice.encode(w)

	w.table("carriers", "Accounts with carriers; packctl carrier add makes one.")
	w.key("seconds", s.Carriers.Seconds, "that a question for prices may take: who has not answered is left out")
	w.key("back_up_percent", s.Carriers.BackUpPercent, "how much dearer a back-up may be that takes over from a carrier that is down; 0: none takes over")
	w.key("back_up_amount", s.Carriers.BackUpAmount, "and how much dearer in money: both limits hold")
	w.key("claims", s.Carriers.Claims, "days after the hand-over in which each carrier takes claims, as your contract says, such as demo-post=30")
	s.Hub.encode(w)
	s.tail(w)
	return w.Bytes()
}

func (h Hub) encode(w *writer) {
	w.table("hub", "The database that several benches share; packctl hub join sets it.")
	w.key("address", h.Address, `such as "postgres://packbench_s1@hub.lan/shop?sslmode=verify-full"; the password stands in a file of its own; "": this folder is alone`)
	w.key("ahead", h.Ahead, "orders that are claimed before they are begun, so that there is work where the hub is away")
	w.key("secrets", h.Secrets, "keys of shops, of accounts with carriers and of targets of messages go over the hub to all benches; false: each bench is asked for its own")
	w.key("documents", h.Documents, "days that labels and papers are kept at the hub, so that any bench prints them again; 0: none are")
	w.key("follow", h.Follow, "whose journals are kept here: all, or own and the desks'")
}

func (t Weight) encode(w *writer) {
	w.table("weight", "By how much a parcel may be off: the larger of percent and grams, until the bench has learnt it.")
	w.key("percent", t.Percent, "of the expected mass")
	w.key("grams", t.Grams, "at least")
	w.key("filling_g", t.FillingG, "filling in each carton, part of the expected mass")
	w.key("false_alarm", t.FalseAlarm, "one of so many good parcels may be stopped, once the bench has learnt what parcels weigh")
	w.key("second_scan", t.SecondScan, "then products of which the scale would not notice one more or less are scanned once more")
}

func encodeRights(w *writer, r people.Rights) {
	w.table("rights", "Who may do what, in the order packer, supervisor, manager, administrator:\n"+
		"# yes, pin (with the PIN of the badge), second (with the badge of somebody who may) or no;\n"+
		"# and reason behind them where whoever lets another do it has to say why.")
	for _, spec := range people.Specs() {
		w.key(string(spec.Action), string(r.Of(spec.Action)), spec.Does)
	}
}

func (r Rules) encode(w *writer) {
	w.table("rules", "When the bench locks and signs out, and how it works.")
	w.key("lock_after", r.LockAfter, "refusals in a row that lock the bench; 0: never")
	w.key("alarm_after", r.AlarmAfter, "minutes after which the board marks a bench that has an order in hand and does nothing; 0: never")
	w.key("sign_out_after", r.SignOutAfter, "minutes without a touch or a scan after which a supervisor or manager is signed out; 0: never")
	w.key("sign_out_packers_after", r.PackersAfter, "minutes without a touch or a scan after which a packer is signed out, and the work is kept; 0: never")
	w.key("shift_sign_out", r.ShiftSignOut, "whoever is signed in is signed out when the shift ends that they signed in within, and the work is kept")
	w.key("ask_service", r.AskService, "wait for the packer to choose a service")
	w.key("scanned_badge", r.ScannedBadge, `roles whose badge must be scanned, such as "supervisor, manager": a typed code does not count; "": none`)
	w.key("works_alone", r.WorksAlone, "one-person shop: may authorise own actions")
	w.key("worked_out", r.WorkedOut, "without a scale: take the weight that the goods and the box should have")
}

// laneExample shows how a lane is written to whoever has none yet.
const laneExample = `
# Lanes of the dock, where a carrier fetches some services with a van of their own: one table each.
# [[lane]]
# id = "BIG"  # what is typed or scanned at the dock
# carrier = "demo-post"  # its id on the rate card
# services = ["post-parcel"]  # none: all of the carrier's
`

// tail writes the tables that describe the shop.
func (s Settings) tail(w *writer) {
	s.Cases.encode(w)
	s.Returns.encode(w)
	w.table("reasons", `What the bench offers where a reason is asked for: codes with spaces between, of small letters, digits and hyphens. "": the usual ones.`)
	for _, l := range s.Reasons.Lists() {
		w.key(l.Key, l.Codes, "to "+l.Does)
	}
	w.table("sender", "The sender on every label.")
	for _, f := range []struct{ key, value string }{
		{"name", s.Sender.Name},
		{"company", s.Sender.Company},
		{"street", s.Sender.Street},
		{"street2", s.Sender.Street2},
		{"city", s.Sender.City},
		{"region", s.Sender.Region},
		{"postcode", s.Sender.Postcode},
		{"country", s.Sender.Country},
		{"phone", s.Sender.Phone},
		{"email", s.Sender.Email},
	} {
		w.key(f.key, f.value, "")
	}
	s.Customs.encode(w)
	s.Look.encode(w)
	w.table("gs1", "Where the bench's own numbers come from.")
	w.key("company_prefix", s.GS1.CompanyPrefix, "the digits that GS1 gave; 952000 is the prefix of examples")
	w.key("extension", s.GS1.Extension, "first digit of each SSCC; one per bench keeps two benches apart")
	w.key("domain", s.GS1.Domain, `of the trace codes; "": the short form`)
	if len(s.GS1.Weighed) > 0 {
		var prefixes []string
		for _, p := range s.GS1.Weighed {
			prefixes = append(prefixes, quote(p))
		}
		fmt.Fprintf(w, "weighed = [%s]  # first digits of the codes of your own scale, which hold a weight or a price\n", strings.Join(prefixes, ", "))
	}
	s.Site.encode(w)
	if len(s.Lanes) == 0 {
		w.WriteString(laneExample)
	}
	for _, lane := range s.Lanes {
		w.WriteString("\n[[lane]]\n")
		w.key("id", lane.ID, "what is typed or scanned at the dock")
		w.key("carrier", lane.Carrier, "")
		var services []string
		for _, s := range lane.Services {
			services = append(services, quote(s))
		}
		fmt.Fprintf(w, "services = [%s]  # none: all of the carrier's\n", strings.Join(services, ", "))
	}
	for _, shift := range s.Shifts {
		w.WriteString("\n[[shift]]\n")
		w.key("name", shift.Name, "")
		w.key("from", shift.From, "")
		w.key("to", shift.To, "")
	}
}

func (w *writer) scanner(table, words string, s Scanner) {
	w.table(table, words)
	w.key("kind", s.Kind, "wedge (types like a keyboard), serial, keyboard (types, but to this bench alone), hid, rfid or none")
	w.line(s.Line)
	w.key("layout", s.Layout, "keyboard layout that a typing scanner is set to: "+strings.Join(Layouts(), ", "))
	w.key("suffix", s.Suffix, "what ends a code: cr, lf, crlf, tab or none; auto: found out")
	w.key("prefix", s.Prefix, "text that the scanner sends before each code")
	w.key("gs", s.GS, "text that stands for the GS1 separator, beside the usual ones")
	w.key("aim", s.AIM, "the scanner sends an AIM identifier with every code")
	w.key("key_ms", s.KeyMS, "milliseconds that a typing scanner takes for a key, at most; 0: 35")
	w.key("trigger", s.Trigger, `sent to make a serial scanner read, such as '\x16T\r'`)
	w.key("send_accepted", s.Yes, "sent to a serial scanner after a good scan")
	w.key("send_refused", s.No, "sent to a serial scanner after a refused scan")
}

func (w *writer) line(l Line) {
	w.key("port", l.Port, `such as "/dev/serial/by-id/…", "usb:0922:8003", "COM3", or host:port on the network`)
	w.key("baud", l.Baud, "0: as shipped")
	w.key("data_bits", l.DataBits, "7 or 8; 0: as shipped")
	w.key("parity", l.Parity, `none, odd or even; "": as shipped`)
	w.key("stop_bits", l.StopBits, "1 or 2; 0: as shipped")
}

func (w *writer) printer(table, words string, p Printer) {
	w.table(table, words)
	if p == as(p.Kind) && (p.Kind == "label" || p.Kind == "paper") {
		w.key("kind", p.Kind, "label, paper, or a printer of its own as above")
		return
	}
	w.key("kind", p.Kind, "folder, cups, ipp, zpl, windows")
	w.key("queue", p.Queue, "of CUPS or Windows")
	w.key("address", p.Address, `of ipp: "ipp://host/ipp/print"; of zpl: "host:9100"`)
	w.key("mute", p.Mute, "a zpl printer that never reports its state")
	w.key("native_bars", p.NativeBars, "a zpl printer draws its bar codes itself, where that is exact to the dot")
	w.key("folder", p.Folder, `"": the documents folder`)
	w.key("dpi", p.DPI, "203 or 300")
	w.key("media", p.Media, "the name that the queue knows the paper by; \"\" for that of the page")
	w.key("page", p.Page, "4x6, a6, a4 or letter; slips also on 80mm, the roll of receipt printers")
}

package config

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/gs1"
	"packbench/station/unit"
)

// checker collects faults, each with the key it belongs to.
type checker struct{ faults []error }

func (c *checker) fault(key, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("%s: %s", key, fmt.Sprintf(format, args...)))
}

func (c *checker) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.fault(key, "%q is not known; write one of %s", clip(value), strings.Join(allowed, ", "))
	}
}

func (c *checker) between(key string, value, low, high int) {
	if value < low || value > high {
		c.fault(key, "%d is outside %d to %d", value, low, high)
	}
}

func (c *checker) role(key string, r station.Role) {
	c.oneOf(key, string(r), string(station.Packer), string(station.Supervisor), string(station.Manager), string(station.Administrator))
}

func (c *checker) text(key, value string, most int) {
	if len(value) > most {
		c.fault(key, "longer than %d characters", most)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		c.fault(key, "holds a character that can not be printed")
	}
}

// CheckStation says in words that a bench cannot have a name. It is asked wherever a
// name comes in: rows, locks, labels and files are named after it.
func CheckStation(name string) error {
	switch {
	case !plainID(name, 12):
		return fmt.Errorf("%q must be 1 to 12 letters and digits, such as \"S1\"", clip(name))
	case strings.EqualFold(name, "carrier"):
		return fmt.Errorf("%q is what carriers say of parcels: a bench needs another name, such as \"S1\"", name)
	case strings.EqualFold(name, "desk"):
		return fmt.Errorf("%q is the supervisors' desk: a bench needs another name, such as \"S1\"", name)
	}
	return nil
}

// seen checks what is seen and heard at the bench.
func (c *checker) seen(s Settings) {
	c.oneOf("theme", s.Theme, "light", "dark", "auto")
	c.oneOf("size", s.Size, "normal", "large", "larger")
	if s.ScreenHeight != 0 {
		c.between("screen_height_mm", s.ScreenHeight, 80, 2000)
	}
	c.between("volume", s.Volume, 1, 100)
}

// Validate returns all faults at once, each with its key and what to write.
func (s Settings) Validate() error {
	c := &checker{}
	if err := CheckStation(s.Station); err != nil {
		c.faults = append(c.faults, fmt.Errorf("station: %w", err))
	}
	c.text("name", s.Name, 60)
	if s.Language != "" && !languageTag(s.Language) {
		c.fault("language", "%q is not a language such as \"en\", \"de\" or \"pt-BR\"", clip(s.Language))
	}
	c.oneOf("paper_language", s.Papers, ForBuyer, ForStation)
	c.seen(s)
	if _, err := s.Location(); err != nil {
		c.faults = append(c.faults, err)
	}
	if _, err := unit.ParseMoney("0", s.Currency); err != nil {
		c.fault("currency", "%q is not a code such as \"EUR\"", clip(s.Currency))
	}
	c.text("documents", s.Documents, 1000)
	c.text("numbers_copy", s.NumbersCopy, 1000)
	c.text("stock_reader", s.StockReader, 200)
	if strings.ContainsAny(s.StockReader, " /") {
		c.fault("stock_reader", "%q is no address, such as 10.0.0.9", clip(s.StockReader))
	}
	if s.NumbersCopy != "" && !filepath.IsAbs(s.NumbersCopy) {
		c.fault("numbers_copy", "%q is no whole path, such as /mnt/share/packbench", clip(s.NumbersCopy))
	}
	c.scanner("scanner", s.Scanner)
	c.scanner("scanner2", s.Scanner2)
	c.ports(s)
	c.scale(s.Scale)
	c.printer("printer.label", s.Printers.Label)
	c.printer("printer.paper", s.Printers.Paper)
	for _, p := range s.Printers.kinds() {
		if p.printer.Kind != "label" && p.printer.Kind != "paper" {
			c.printer("printer."+p.name, *p.printer)
		}
	}
	c.between("printer.return_days", s.Printers.ReturnDays, 0, 3650)
	for _, name := range s.Printers.Papers() {
		c.oneOf("printer.with_label", name, "slip", "inside", "return")
	}
	c.weight(s.Weight)
	c.rules(s.Rules)
	c.desk(s)
	c.people(s)
	c.sender(s.Sender)
	c.customs(s.Customs)
	c.look(s)
	c.gs1(s.GS1)
	c.site(s.Site)
	c.hub(s.Hub)
	c.shifts(s.Shifts)
	c.lanes(s.Lanes)
	c.choice(s)
	return errors.Join(c.faults...)
}

func (c *checker) hub(h Hub) {
	c.text("hub.address", h.Address, 1000)
	c.between("hub.ahead", h.Ahead, 0, 100)
	c.between("hub.documents", h.Documents, 0, 3660)
	c.oneOf("hub.follow", h.Follow, FollowAll, FollowOwn)
	if h.Address == "" {
		return
	}
	u, err := url.Parse(h.Address)
	switch {
	case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql":
		c.fault("hub.address", "is no address such as \"postgres://packbench_s1@hub.lan/shop?sslmode=verify-full\"")
	case hasPassword(u):
		c.fault("hub.address", "holds a password, which others could read here: leave it out, and let packctl hub join keep it")
	}
}

func hasPassword(u *url.URL) bool {
	_, is := u.User.Password()
	return is || u.Query().Get("password") != ""
}

func (c *checker) printer(key string, p Printer) {
	c.oneOf(key+".kind", p.Kind, "folder", "cups", "ipp", "zpl", "windows", "sim")
	switch {
	case p.Kind == "cups" && p.Queue == "":
		c.fault(key+".queue", "is empty; write the name of the CUPS queue (lpstat -e lists them)")
	case p.Kind == "windows" && p.Queue == "":
		c.fault(key+".queue", "is empty; write the name of the printer as Windows has it")
	case p.Kind == "ipp" && p.Address == "":
		c.fault(key+".address", "is empty; write it as \"ipp://host/ipp/print\"")
	case p.Kind == "zpl" && p.Address == "":
		c.fault(key+".address", "is empty; write it as \"host:9100\"")
	}
	c.text(key+".address", p.Address, 300)
	if p.Kind != "windows" && (strings.HasPrefix(p.Queue, "-") || strings.ContainsAny(p.Queue, " /#\t\n")) || len(p.Queue) > 127 {
		c.fault(key+".queue", "%q can not be the name of a queue", clip(p.Queue))
	}
	c.text(key+".folder", p.Folder, 1000)
	if p.DPI != 203 && p.DPI != 300 && (p.DPI != 180 || p.Page != "80mm") { // of receipt printers
		c.fault(key+".dpi", "%d is not known; write 203 or 300", p.DPI)
	}
	pages := []string{"4x6", "a6", "a4", "letter"}
	if key == "printer.slip" || key == "printer.inside" {
		pages = append(pages, "80mm") // nothing else fits on a roll
	}
	c.oneOf(key+".page", p.Page, pages...)
	if strings.HasPrefix(p.Media, "-") || strings.ContainsAny(p.Media, " =\t\n") || len(p.Media) > 127 {
		c.fault(key+".media", "%q can not be the name of a paper", clip(p.Media))
	}
}

func (c *checker) weight(w Weight) {
	if w.Percent < 0 || w.Percent > 500 {
		c.fault("weight.percent", "%s is outside 0 to 50", w.Percent)
	}
	if w.Grams < 0 || w.Grams > 100_000 {
		c.fault("weight.grams", "%s is outside 0 to 10000", w.Grams)
	}
	if w.FillingG < 0 || w.FillingG > 100_000 {
		c.fault("weight.filling_g", "%s is outside 0 to 10000", w.FillingG)
	}
	if w.FalseAlarm != 0 { // of whoever set none: 1 in 500
		c.between("weight.false_alarm", w.FalseAlarm, 20, 100_000)
	}
}

func (c *checker) rules(r Rules) {
	c.between("rules.lock_after", r.LockAfter, 0, 100)
	c.between("rules.sign_out_after", r.SignOutAfter, 0, 24*60)
	c.between("rules.sign_out_packers_after", r.PackersAfter, 0, 24*60)
	c.between("rules.alarm_after", r.AlarmAfter, 0, 24*60)
	for _, word := range commas(r.ScannedBadge) {
		c.role("rules.scanned_badge", station.Role(word))
	}
}

func (c *checker) sender(s Sender) {
	for _, f := range []struct{ key, value string }{
		{"name", s.Name},
		{"company", s.Company},
		{"street", s.Street},
		{"street2", s.Street2},
		{"city", s.City},
		{"region", s.Region},
		{"postcode", s.Postcode},
		{"phone", s.Phone},
		{"email", s.Email},
	} {
		c.text("sender."+f.key, f.value, 100)
	}
	if s.Country != "" && !upperLetters(s.Country, 2) {
		c.fault("sender.country", "%q is not a two-letter code such as \"DE\"", clip(s.Country))
	}
}

func (c *checker) gs1(g GS1) {
	if n := len(g.CompanyPrefix); !digits(g.CompanyPrefix) || n < 4 || n > 12 {
		c.fault("gs1.company_prefix", "%q must be the 4 to 12 digits that GS1 gave", clip(g.CompanyPrefix))
	}
	if len(g.Extension) != 1 || !digits(g.Extension) {
		c.fault("gs1.extension", "%q must be one digit", clip(g.Extension))
	}
	for _, w := range g.Weighed {
		if w != "02" && (len(w) != 2 || !digits(w) || w[0] != '2') {
			c.fault("gs1.weighed", "%q must be 02, or 20 to 29: the first two digits of the codes of your own scale", clip(w))
		}
	}
	if g.Domain == "" {
		return
	}
	if err := gs1.CheckHost(g.Domain); err != nil { // the same as for making trace codes, or no label would be made
		c.fault("gs1.domain", "%v", err)
	}
}

func (c *checker) shifts(shifts []Shift) {
	if len(shifts) > 12 {
		c.fault("shift", "more than 12 shifts")
	}
	names := map[string]bool{}
	for i, s := range shifts {
		key := fmt.Sprintf("shift %d", i+1)
		if s.Name == "" || names[s.Name] {
			c.fault(key+".name", "%q must be a name of its own", clip(s.Name))
		}
		names[s.Name] = true
		c.text(key+".name", s.Name, 40)
		for _, t := range []struct{ key, value string }{{"from", s.From}, {"to", s.To}} {
			if _, err := time.Parse("15:04", t.value); err != nil {
				c.fault(key+"."+t.key, "%q is not a time such as \"06:00\"", clip(t.value))
			}
		}
		if s.From == s.To {
			c.fault(key+".to", "begins and ends at the same time")
		}
	}
}

func plainID(s string, most int) bool {
	if s == "" || len(s) > most {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

// languageTag reports whether a text has the form of one; whether the language is
// supplied, its reader finds out.
func languageTag(s string) bool {
	if len(s) > 20 {
		return false
	}
	for i, part := range strings.Split(strings.ReplaceAll(s, "_", "-"), "-") {
		if !plainID(part, 8) || i == 0 && len(part) < 2 {
			return false
		}
	}
	return true
}

func upperLetters(s string, n int) bool {
	return len(s) == n && !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// people checks who may do what, and why it may be done.
func (c *checker) people(s Settings) {
	s.Rights.Check(func(key, words string) { c.fault("rights."+key, "%s", words) })
	s.Reasons.Check(func(key, words string) { c.fault("reasons."+key, "%s", words) })
}

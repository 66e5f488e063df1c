package config

import (
	"fmt"
	"strings"
)

// Protocols are the scale protocols that a file may name.
func Protocols() []string {
	return []string{
		"sics", "toledo8217", "mt-continuous", "nci-scp01", "nci-scp12", "sma", "and", "st-gs", "cas22", "adam", "ohaus",
		"sartorius-sbi", "cas-ecr", "fairbanks", "yaohua-a9", "yaohua-a12", "yaohua-reversed", "yaohua-forward", "hid",
	}
}

// Layouts are the keyboard layouts of scanners that a file may name.
func Layouts() []string {
	return []string{"us", "uk", "de", "fr", "ch", "es", "it", "be", "se", "no", "dk"}
}

func (c *checker) line(key string, l Line, used bool) {
	if used && l.Port == "" {
		c.fault(key+".port", "is empty; write the port, such as \"/dev/ttyUSB0\", \"usb:0922:8003\", \"COM3\" or \"192.168.1.20:4001\"")
	}
	c.text(key+".port", l.Port, 300)
	if l.Baud != 0 {
		c.between(key+".baud", l.Baud, 300, 921_600)
	}
	if l.DataBits != 0 {
		c.between(key+".data_bits", l.DataBits, 7, 8)
	}
	if l.Parity != "" {
		c.oneOf(key+".parity", l.Parity, "none", "odd", "even")
	}
	if l.StopBits != 0 {
		c.between(key+".stop_bits", l.StopBits, 1, 2)
	}
}

func (c *checker) scanner(key string, s Scanner) {
	c.oneOf(key+".kind", s.Kind, "wedge", "serial", "keyboard", "hid", "rfid", "none")
	c.line(key, s.Line, s.Ported())
	c.oneOf(key+".layout", s.Layout, Layouts()...)
	c.oneOf(key+".suffix", s.Suffix, "auto", "cr", "lf", "crlf", "tab", "none")
	for _, f := range []struct{ key, value string }{{"prefix", s.Prefix}, {"gs", s.GS}} {
		if len(f.value) > 8 {
			c.fault(key+"."+f.key, "longer than 8 characters")
		}
	}
	if s.KeyMS != 0 {
		c.between(key+".key_ms", s.KeyMS, 5, 60)
	}
	for _, f := range []struct{ key, value string }{{"trigger", s.Trigger}, {"send_accepted", s.Yes}, {"send_refused", s.No}} {
		if len(f.value) > 32 {
			c.fault(key+"."+f.key, "longer than 32 characters")
		}
	}
}

func (c *checker) scale(s Scale) {
	c.oneOf("scale.kind", s.Kind, "serial", "hid", "none")
	c.oneOf("scale.protocol", s.Protocol, Protocols()...)
	c.line("scale", s.Line, s.Kind != "none")
	c.oneOf("scale.unit", s.Unit, "kg", "lb")
	c.oneOf("scale.poll", s.Poll, "ask", "stream")
	if s.EveryMS != 0 {
		c.between("scale.every_ms", s.EveryMS, 50, 5000)
	}
	if s.StepG < 0 || s.StepG > 10_000 {
		c.fault("scale.division_g", "%s is outside 0 to 1000", s.StepG)
	}
}

// ports are for one device each: bytes of a port with two readers would be
// split between both at random.
func (c *checker) ports(s Settings) {
	taken := map[string]string{}
	for _, d := range []struct {
		key, port string
		used      bool
	}{
		{"scanner", s.Scanner.Port, s.Scanner.Ported()},
		{"scanner2", s.Scanner2.Port, s.Scanner2.Ported()},
		{"scale", s.Scale.Port, s.Scale.Kind != "none"},
	} {
		if !d.used || d.port == "" {
			continue
		}
		name := strings.TrimSpace(d.port)
		if other, found := taken[name]; found {
			c.fault(d.key+".port", "%q is the port of the %s already", clip(d.port), strings.Replace(other, "scanner2", "second scanner", 1))
		}
		taken[name] = d.key
	}
}

// kindOf is a printer of one kind of document.
type kindOf struct {
	name, words string
	printer     *Printer
}

// kinds are the printers of the kinds of document, besides labels.
func (p *Printers) kinds() []kindOf {
	return []kindOf{
		{"slip", "Packing slips.", &p.Slip},
		{"inside", "The slip that lies in the box.", &p.Inside},
		{"return", "Return labels.", &p.Return},
		{"customs", "Customs papers.", &p.Customs},
		{"cn22", "The small customs declaration (CN22); on sheets of the label printer it is one of the customs papers.", &p.CN22},
		{"manifest", "The list that a carrier's driver signs.", &p.Manifest},
		{"sheets", "Sheets of cards.", &p.Sheets},
	}
}

func (c *checker) lanes(lanes []Lane) {
	if len(lanes) > 50 {
		c.fault("lane", "more than 50 lanes")
	}
	ids := map[string]bool{}
	for i, l := range lanes {
		key := fmt.Sprintf("lane %d", i+1)
		if !plainID(l.ID, 12) || ids[strings.ToUpper(l.ID)] {
			c.fault(key+".id", "%q must be 1 to 12 letters and digits of its own, such as \"EXP\"", clip(l.ID))
		}
		ids[strings.ToUpper(l.ID)] = true
		if l.Carrier == "" {
			c.fault(key+".carrier", "is empty; write the carrier's id as its rate card has it")
		}
		c.text(key+".carrier", l.Carrier, 60)
		for _, s := range l.Services {
			c.text(key+".services", s, 60)
		}
	}
}

package gs1

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is what a code turned out to be.
type Kind string

// The kinds of a code.
const (
	KindGTIN          Kind = "gtin"
	KindSSCC          Kind = "sscc"
	KindElementString Kind = "element-string"
	KindDigitalLink   Kind = "digital-link"
	KindPlain         Kind = "plain"
	KindInvalid       Kind = "invalid"
)

// Code is what one scan means to GS1.
type Code struct {
	AIM      string // the identifier that the scanner sent, "" for none
	Data     string // the data without it
	Kind     Kind
	Elements Elements // of an element string, a Digital Link or an SSCC
	GTIN     GTIN     // from a GTIN or from (01); "" if there is none
	Numbers  []GTIN   // trade items to look for: GTIN, or all that a number without certainty may be
	SSCC     string   // 18 digits, from an SSCC or from (00); "" if there is none
	Warnings []string // for a person, never a reason to refuse
	Err      string   // why the kind is invalid, for a person
}

// Decode tells what a scan is. Without a well-formed identifier in aim the data
// may still begin with one.
//
// With an identifier that says GS1 (]C1 ]e0 ]d2 ]Q3 ]J1) the data is an element
// string, and with one of EAN or UPC (]E0 ]E3 ]E4) a GTIN, or else invalid. ]I0
// ]I1 ]I3 with 14 digits are a GTIN if the check digit is good; ]Q1 and ]d1 may
// hold a Digital Link. All other data under an identifier is plain, whatever it
// looks like, because shops print their own numbers as Code 128 or Code 39. One
// exception: 00 and 18 digits with a good check digit is an SSCC everywhere,
// because carriers print it without the GS1 mark.
//
// Without an identifier 8, 12, 13 or 14 digits with a good check digit are a
// GTIN; 00 and 18 digits an SSCC; data with GS, in brackets, or that begins with
// a good (00) or (01) and parses to its end is an element string; a web address
// may be a Digital Link. What has the clear shape of one of these but breaks
// its rules is invalid, except bare digits with a wrong check digit, which may
// be any other number: they are plain with a warning.
//
// Eight digits without an identifier may be an EAN-8 or a UPC-E, as scanners send
// it; where both check digits are right, GTIN is the EAN-8, and Numbers has both.
// Numbers also has what [ReadTrade] makes of plain and of invalid data, because
// shops print their articles' numbers in all kinds of symbols.
//
// When (00) or (01) is there twice with different values, SSCC or GTIN stays
// empty: nothing is guessed.
func Decode(aim, data string) Code {
	c := decode(aim, data)
	bare := c.AIM == "" && c.Kind == KindGTIN
	switch {
	case len(c.Data) < 64 && (bare || c.Kind == KindPlain || c.Kind == KindInvalid):
		c.Numbers = ReadTrade(c.Data).Numbers
	case c.GTIN != "":
		c.Numbers = []GTIN{c.GTIN}
	}
	return c
}

func decode(aim, data string) Code {
	aim, _ = SplitAIM(aim)
	if aim == "" {
		aim, data = SplitAIM(data)
	}
	code := Code{AIM: aim, Data: data}
	switch {
	case len(data) > MaxLength:
		return code.invalid(ErrTooLong)
	case data == "":
		return code.invalid(errors.New("the code is empty"))
	case aim == "":
		return code.bare()
	}
	is := symbologies[aim]
	switch {
	case is.gs1:
		es, warnings, err := Parse(data)
		return code.with(KindElementString, es, warnings, err)
	case is.trade:
		return code.trade()
	}
	if code, ok := code.looseSSCC(); ok {
		return code
	}
	switch {
	case is.article:
		return code.article()
	case is.link && address(data):
		return code.link()
	}
	code.Kind = KindPlain
	return code
}

func (c Code) invalid(err error) Code {
	c.Kind, c.Err = KindInvalid, err.Error()
	return c
}

func (c Code) plain(warning string) Code {
	c.Kind = KindPlain
	c.Warnings = append(c.Warnings, warning)
	return c
}

// with makes c the result of a parse.
func (c Code) with(kind Kind, es Elements, warnings []string, err error) Code {
	if err != nil {
		return c.invalid(err)
	}
	c.Kind, c.Elements = kind, es
	c.Warnings = append(c.Warnings, warnings...)
	c.GTIN, _ = ParseGTIN(es.only("01"))
	c.SSCC = es.only("00")
	return c
}

// only returns the value of an identifier unless there are two different ones.
func (es Elements) only(ai string) string {
	value, _ := es.Get(ai)
	for _, e := range es {
		if e.AI == ai && e.Value != value {
			return ""
		}
	}
	return value
}

func (c Code) gtin(number string) (Code, error) {
	gtin, err := ParseGTIN(number)
	if err != nil {
		return c, err
	}
	c.Kind, c.GTIN = KindGTIN, gtin
	return c, nil
}

// trade reads the data of an EAN or UPC symbol, which always has a good check
// digit: anything else was cut or changed on its way.
func (c Code) trade() Code {
	number, want := c.Data, "13"
	switch {
	case c.AIM == "]E4":
		want = "8"
	case c.AIM == "]E3" && allDigits(number) && (len(number) == 15 || len(number) == 18):
		c.Warnings = append(c.Warnings, "the add-on "+number[13:]+" beside the bar code is left out")
		number = number[:13]
	case c.AIM == "]E0" && len(number) == 8 && number[0] <= '1':
		upca, err := ExpandUPCE(number)
		if err != nil {
			return c.invalid(err)
		}
		c.Warnings = append(c.Warnings, "the scanner sends UPC-E without expanding it")
		number = upca
	}
	if n := len(number); allDigits(number) && (want == "8") == (n == 8) && (n == 8 || n == 12 || n == 13) {
		code, err := c.gtin(number)
		if err != nil {
			return c.invalid(err)
		}
		return code
	}
	return c.invalid(fmt.Errorf("the scanner read an EAN or UPC code but sent %s: it must be %s digits", clip(c.Data), want))
}

// article reads interleaved 2 of 5, which carries a GTIN-14 or any other number.
func (c Code) article() Code {
	switch {
	case len(c.Data) == 14 && allDigits(c.Data):
		code, err := c.gtin(c.Data)
		if err != nil {
			return c.plain(err.Error())
		}
		return code
	case c.AIM == "]I3" && len(c.Data) == 13:
		return c.plain("the scanner leaves the check digit out: switch its sending on")
	}
	c.Kind = KindPlain
	return c
}

// looseSSCC finds an SSCC that stands alone in a code without the GS1 mark.
func (c Code) looseSSCC() (Code, bool) {
	if len(c.Data) != 20 || c.Data[:2] != "00" || !checked(c.Data[2:]) {
		return Code{}, false
	}
	c.Kind, c.SSCC = KindSSCC, c.Data[2:]
	c.Elements = Elements{{"00", c.SSCC}}
	if c.AIM != "" {
		c.Warnings = append(c.Warnings, "the code is printed without the GS1 mark")
	}
	return c, true
}

// address reports whether data is a web address.
func address(data string) bool {
	scheme, _, ok := strings.Cut(data, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// link reads a web address: one that carries no GS1 number is plain.
func (c Code) link() Code {
	es, warnings, err := ParseDigitalLink(c.Data)
	switch {
	case err == nil || meantAsLink(c.Data):
		return c.with(KindDigitalLink, es, warnings, err)
	case errors.Is(err, ErrNoLink):
		if of := compressed(c.Data); of != "" {
			return c.invalid(fmt.Errorf("the code is a compressed Digital Link of %s, and only uncompressed ones are read: scan another code of it", of))
		}
		c.Kind = KindPlain
		return c
	}
	return c.plain(err.Error())
}

// meantAsLink reports whether the path of an address holds a key with a number
// so long that it is hardly there by chance (a blog's /01/20240131 is not).
func meantAsLink(uri string) bool {
	path, _, err := splitURI(uri)
	if err != nil {
		return false
	}
	segments := strings.Split(path, "/")
	for i, code := range segments[:len(segments)-1] {
		ai, ok := Lookup(code)
		if value := segments[i+1]; ok && ai.key && len(value) >= 12 && allDigits(value) {
			return true
		}
	}
	return false
}

// digits reads as many bare digits as a GTIN has. Eight may also be a UPC-E.
func (c Code) digits() Code {
	short, upca := Trade{}, ""
	if len(c.Data) == 8 {
		short = ReadTrade(c.Data)
		upca, _ = ExpandUPCE(c.Data)
	}
	code, err := c.gtin(c.Data)
	switch {
	case err == nil && short.Doubt != "":
		code.Warnings = append(code.Warnings, short.Doubt+" that stands for "+upca)
	case err != nil && upca != "" && len(short.Numbers) > 0:
		c.Warnings = append(c.Warnings, "the scanner sends UPC-E without expanding it")
		code, err = c.gtin(upca)
	}
	if err != nil {
		return c.plain(err.Error())
	}
	return code
}

// spaces are what people put around the brackets.
var spaces = strings.NewReplacer(" (", "(", ") ", ")")

// bare reads data that came without an identifier.
func (c Code) bare() Code {
	if address(c.Data) {
		return c.link()
	}
	if code, ok := c.looseSSCC(); ok {
		return code
	}
	if gtinLength(c.Data) {
		return c.digits()
	}
	if len(c.Data) == 20 && allDigits(c.Data) && c.Data[:2] == "00" {
		return c.plain("SSCC " + c.Data[2:] + ": the check digit is wrong")
	}
	if n := bracket(c.Data); n > 0 {
		text := spaces.Replace(c.Data)
		es, warnings, err := ParseBracketed(text)
		if _, key := es.Get("01"); err == nil && key && text != c.Data {
			return c.with(KindElementString, es, warnings, nil)
		}
		_, known := Lookup(c.Data[1 : n-1])
		if known && !strings.Contains(c.Data, " ") { // "(415) 555-0100" is a phone number
			return c.with(KindElementString, es, warnings, err)
		}
		return c.plain(err.Error())
	}
	es, warnings, err := Parse(c.Data)
	switch {
	case strings.Contains(c.Data, GS):
		if _, known := codeAt(strings.TrimLeft(c.Data, GS)); known {
			return c.with(KindElementString, es, warnings, err)
		}
		return c.plain("the code has a separator but is not GS1: " + err.Error())
	case err == nil && (es[0].AI == "00" || es[0].AI == "01"):
		c.Warnings = append(c.Warnings, "the scanner does not say that this is GS1: switch its AIM identifier on")
		return c.with(KindElementString, es, warnings, nil)
	}
	c.Kind = KindPlain
	return c
}

package gs1

import (
	"strings"
	"testing"
)

func TestSplitAIM(t *testing.T) {
	for _, c := range []struct{ in, aim, data string }{
		{"]cfx", "]cf", "x"},
		{"]C10109521234543213", "]C1", "0109521234543213"},
		{"]E09521234543213", "]E0", "9521234543213"},
		{"]e0", "]e0", ""},
		{"]XFx", "]XF", "x"},
		{"]C", "", "]C"},
		{"]1C0", "", "]1C0"},
		{"]Cat", "", "]Cat"},
		{"]A9x", "]A9", "x"},
		{"]zAx", "]zA", "x"},
		{"]a0x", "]a0", "x"},
		{"]C/x", "", "]C/x"},
		{"]C:x", "", "]C:x"},
		{"]C@x", "", "]C@x"},
		{"]CGx", "", "]CGx"},
		{"]@0x", "", "]@0x"},
		{"]{0x", "", "]{0x"},
		{"C10109", "", "C10109"},
		{"", "", ""},
	} {
		if aim, data := SplitAIM(c.in); aim != c.aim || data != c.data {
			t.Errorf("%q: %q %q; want %q %q", c.in, aim, data, c.aim, c.data)
		}
	}
}

func TestSymbologiesOfElementStrings(t *testing.T) {
	for aim, gs1 := range map[string]bool{
		"]C1": true, "]e0": true, "]d2": true, "]Q3": true, "]J1": true,
		"]C0": false, "]C2": false, "]C4": false, "]A0": false, "]A7": false, "]E0": false, "]E4": false,
		"]I1": false, "]d1": false, "]Q1": false, "]J0": false, "]L0": false, "]U1": false, "]z0": false,
		"]G0": false, "]F0": false, "]S0": false, "]R0": false, "]M0": false, "]H0": false, "]X0": false, "]w0": false,
	} {
		if c := Decode(aim, "10A"); (c.Kind == KindElementString) != gs1 {
			t.Errorf("%s leads %s; want GS1 %t", aim, c.Kind, gs1)
		}
	}
}

// decodeCases give the kind and, for each that must be there, GTIN, SSCC and a
// piece of the warnings or the error; of the rest there must be none, but that
// invalid always says why.
var decodeCases = []struct {
	in   string
	kind Kind
	gtin GTIN
	sscc string
	says string
}{
	// without an identifier
	{in: "95212340", kind: KindGTIN, gtin: "00000095212340"},
	{in: "036000291452", kind: KindGTIN, gtin: "00036000291452"},
	{in: "9521234543213", kind: KindGTIN, gtin: goodGTIN},
	{in: goodGTIN, kind: KindGTIN, gtin: goodGTIN},
	{in: "9521234543214", kind: KindPlain, says: "check digit"},
	{in: "95212341", kind: KindPlain, says: "check digit"},
	{in: "952123454321", kind: KindPlain, says: "check digit"},
	{in: "00000000", kind: KindPlain, says: "zeros"},
	{in: "952123454", kind: KindPlain},
	{in: "00" + goodSSCC, kind: KindSSCC, sscc: goodSSCC},
	{in: "00306141411234567892", kind: KindPlain, says: "check digit"},
	{in: "99" + goodSSCC, kind: KindPlain},
	{in: "0030614141123456789X", kind: KindPlain},
	{in: goodSSCC, kind: KindPlain},
	{in: "01" + goodGTIN + "10L1␝21S", kind: KindElementString, gtin: goodGTIN},
	{in: "␝01" + goodGTIN, kind: KindElementString, gtin: goodGTIN, says: "begins with a separator"},
	{in: "␝␝01" + goodGTIN + "␝", kind: KindElementString, gtin: goodGTIN, says: "begins with a separator"},
	{in: "01" + goodGTIN + "10L1␝␝21S", kind: KindElementString, gtin: goodGTIN, says: "two separators"},
	{in: "[)>␞06␝1P123", kind: KindPlain, says: "not GS1"},
	{in: "(01)" + goodGTIN + "(10)L1", kind: KindElementString, gtin: goodGTIN},
	{in: "(01)09521234543214", kind: KindInvalid, says: "check digit"},
	{in: "(555)123", kind: KindPlain, says: "no GS1 identifier"},
	{in: "(415) 555-0100", kind: KindPlain, says: "cut off"},
	{in: "(red)", kind: KindPlain},
	{in: "01" + goodGTIN + "1726112210L1", kind: KindElementString, gtin: goodGTIN, says: "AIM identifier"},
	{in: "00" + goodSSCC + "3301000020", kind: KindElementString, sscc: goodSSCC, says: "AIM identifier"},
	{in: "0109521234543214", kind: KindPlain},
	{in: "10LOT1", kind: KindPlain},
	{in: "PKG-000123", kind: KindPlain},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/L1", kind: KindDigitalLink, gtin: goodGTIN},
	{in: "HTTP://example.com/t/00/" + goodSSCC, kind: KindDigitalLink, sscc: goodSSCC},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?10=L1", kind: KindInvalid, says: "query"},
	{in: "https://id.gs1.org/01/9521234543213", kind: KindDigitalLink, gtin: goodGTIN, says: "14"},
	{in: "https://example.com/01/20240131", kind: KindPlain, says: "14"},
	{in: "https://example.com/01/12345678901", kind: KindPlain, says: "14"},
	{in: "https://example.com/01/123456789013", kind: KindInvalid, says: "14"},
	{in: "https://example.com/01/95212340", kind: KindDigitalLink, gtin: "00000095212340", says: "14"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/235/T?10=L1", kind: KindDigitalLink, gtin: goodGTIN},
	{in: "(01) 09521234543213 (10) L1", kind: KindElementString, gtin: goodGTIN},
	{in: "(01) 09521234543214 (10) L1", kind: KindPlain, says: "check digit"},
	{in: "(01)9521234543213(10)L1", kind: KindElementString, gtin: goodGTIN},
	{in: "04252614", kind: KindGTIN, gtin: "00042100005264", says: "UPC-E"},
	{in: "04252615", kind: KindPlain, says: "check digit"},
	{in: "01234565", kind: KindGTIN, gtin: "00000001234565", says: "UPC-E in eight digits that stands for 012345000065"},
	{in: "https://example.com/01/a-long-heading", kind: KindPlain, says: "character"},
	{in: "https://example.com/10/123456789012", kind: KindPlain},
	{in: "https://example.com/01/123456789012 or so", kind: KindPlain},
	{in: "https://example.com/about", kind: KindPlain},
	{in: "", kind: KindInvalid, says: "empty"},
	{in: "\x00\xff\xfe", kind: KindPlain},
	// identifiers of GS1 symbols
	{in: "]C101" + goodGTIN + "10L1", kind: KindElementString, gtin: goodGTIN},
	{in: "]C100" + goodSSCC, kind: KindElementString, sscc: goodSSCC},
	{in: "]C100" + goodSSCC + "01" + goodGTIN, kind: KindElementString, sscc: goodSSCC, gtin: goodGTIN},
	{in: "]d201" + goodGTIN + "21S1␝17261122", kind: KindElementString, gtin: goodGTIN},
	{in: "]Q301" + goodGTIN, kind: KindElementString, gtin: goodGTIN},
	{in: "]e001" + goodGTIN, kind: KindElementString, gtin: goodGTIN},
	{in: "]J101" + goodGTIN, kind: KindElementString, gtin: goodGTIN},
	{in: "]C1420DE␝9212345", kind: KindElementString},
	{in: "]C101" + goodGTIN + "0119521234543210", kind: KindElementString, says: "two different"},
	{in: "]C10109521234543214", kind: KindInvalid, says: "check digit"},
	{in: "]C101095212345", kind: KindInvalid, says: "cut off"},
	{in: "]C1HELLO", kind: KindInvalid, says: "no GS1 identifier"},
	{in: "]C1", kind: KindInvalid, says: "empty"},
	{in: "]C1(01)" + goodGTIN, kind: KindInvalid, says: "no GS1 identifier"},
	{in: "]Q3https://id.gs1.org/01/" + goodGTIN, kind: KindInvalid},
	// EAN and UPC
	{in: "]E09521234543213", kind: KindGTIN, gtin: goodGTIN},
	{in: "]E00036000291452", kind: KindGTIN, gtin: "00036000291452"},
	{in: "]E0036000291452", kind: KindGTIN, gtin: "00036000291452"},
	{in: "]E001234505", kind: KindGTIN, gtin: "00012000003455", says: "UPC-E"},
	{in: "]E011234502", kind: KindGTIN, gtin: "00112000003452", says: "UPC-E"},
	{in: "]E0952123454321305", kind: KindInvalid, says: "13 digits"},
	{in: "]E001234506", kind: KindInvalid, says: "check digit"},
	{in: "]E09521234543214", kind: KindInvalid, says: "check digit"},
	{in: "]E095212340", kind: KindInvalid, says: "13 digits"},
	{in: "]E0952123454", kind: KindInvalid, says: "13 digits"},
	{in: "]E0" + goodGTIN, kind: KindInvalid, says: "13 digits"},
	{in: "]E0HELLO", kind: KindInvalid, says: "13 digits"},
	{in: "]E3952123454321305", kind: KindGTIN, gtin: goodGTIN, says: "add-on 05"},
	{in: "]E3952123454321351999", kind: KindGTIN, gtin: goodGTIN, says: "add-on 51999"},
	{in: "]E39521234543213X5", kind: KindInvalid, says: "13 digits"},
	{in: "]E39521234543213", kind: KindGTIN, gtin: goodGTIN},
	{in: "]E105", kind: KindPlain},
	{in: "]E295212", kind: KindPlain},
	{in: "]E495212340", kind: KindGTIN, gtin: "00000095212340"},
	{in: "]E495212341", kind: KindInvalid, says: "check digit"},
	{in: "]E49521234543213", kind: KindInvalid, says: "8 digits"},
	// interleaved 2 of 5
	{in: "]I119521234543210", kind: KindGTIN, gtin: "19521234543210"},
	{in: "]I019521234543210", kind: KindGTIN, gtin: "19521234543210"},
	{in: "]I119521234543211", kind: KindPlain, says: "check digit"},
	{in: "]I1123456", kind: KindPlain},
	{in: "]I31952123454321", kind: KindPlain, says: "check digit"},
	{in: "]I3123456", kind: KindPlain},
	{in: "]I1952123454321", kind: KindPlain},
	// not GS1, whatever it looks like
	{in: "]C09521234543213", kind: KindPlain},
	{in: "]C001" + goodGTIN + "10L1␝21S", kind: KindPlain},
	{in: "]C0(01)" + goodGTIN, kind: KindPlain},
	{in: "]C0https://id.gs1.org/01/" + goodGTIN, kind: KindPlain},
	{in: "]C000" + goodSSCC, kind: KindSSCC, sscc: goodSSCC, says: "without the GS1 mark"},
	{in: "]C000306141411234567892", kind: KindPlain},
	{in: "]A09521234543213", kind: KindPlain},
	{in: "]d101" + goodGTIN, kind: KindPlain},
	{in: "]w0123", kind: KindPlain},
	// Digital Link in plain matrix codes
	{in: "]Q1https://id.gs1.org/01/" + goodGTIN, kind: KindDigitalLink, gtin: goodGTIN},
	{in: "]d1https://id.gs1.org/00/" + goodSSCC, kind: KindDigitalLink, sscc: goodSSCC},
	{in: "]Q100" + goodSSCC, kind: KindSSCC, sscc: goodSSCC, says: "without the GS1 mark"},
	{in: "]Q1https://example.com/x", kind: KindPlain},
	{in: "]Q1https://id.gs1.org/01/09521234543214", kind: KindInvalid, says: "check digit"},
	{in: "]Q1" + "9521234543213", kind: KindPlain},
}

func raw(s string) string { return strings.NewReplacer("␝", GS, "␞", "\x1e").Replace(s) }

func TestDecode(t *testing.T) {
	for _, c := range decodeCases {
		got := Decode("", raw(c.in))
		says := strings.TrimSuffix(strings.Join(append(got.Warnings, got.Err), "; "), "; ")
		if got.Kind != c.kind || got.GTIN != c.gtin || got.SSCC != c.sscc || !strings.Contains(says, c.says) || c.says == "" && got.Kind != KindInvalid && says != "" {
			t.Errorf("%s: %s GTIN %q SSCC %q, says %q; want %s %q %q, %q", c.in, got.Kind, got.GTIN, got.SSCC, says, c.kind, c.gtin, c.sscc, c.says)
		}
		if (got.Kind == KindInvalid) != (got.Err != "") {
			t.Errorf("%s: kind %s with the error %q", c.in, got.Kind, got.Err)
		}
		aim, data := SplitAIM(raw(c.in))
		if again := Decode(aim, data); again.Kind != got.Kind || again.Data != data || again.AIM != aim {
			t.Errorf("%s: split first it is %s", c.in, again.Kind)
		}
	}
}

func TestDecodeKeepsTheOrder(t *testing.T) {
	got := Decode("]C1", "10L1"+GS+"01"+goodGTIN+"3103001750")
	if got.Elements.String() != "(10)L1(01)"+goodGTIN+"(3103)001750" {
		t.Errorf("elements %s", got.Elements)
	}
	if lot, ok := got.Elements.Get("10"); !ok || lot != "L1" {
		t.Errorf("lot %q, %t", lot, ok)
	}
	if serial, ok := got.Elements.Get("21"); ok {
		t.Errorf("serial %q", serial)
	}
}

// TestDecodeWithoutAnIdentifier shows that the three zero bytes of a HID-POS
// scanner that sends no identifier are none.
func TestDecodeWithoutAnIdentifier(t *testing.T) {
	for _, aim := range []string{"", "\x00\x00\x00", "]", "C1"} {
		if got := Decode(aim, goodGTIN); got.Kind != KindGTIN || got.AIM != "" {
			t.Errorf("%q: %s with identifier %q", aim, got.Kind, got.AIM)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		_ = Decode("]C1", "01"+goodGTIN+"1726112210LOT1"+GS+"21S1")
	}
}

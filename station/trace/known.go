package trace

import (
	"strings"
	"sync"
)

// forms are the public forms of tracking numbers. Each group names its source;
// a carrier of whose numbers no source was found is not here. (Of GLS,
// Australia Post and La Poste only what S10 covers is.)
//
// "jkeen" is github.com/jkeen/tracking_number_data (MIT), its file by name.
var forms = sync.OnceValue(func() []form {
	d := func(n int) string { return strings.Repeat("#", n) }
	return []form{
		// jkeen ups.json: 1Z, six of the shipper, two of the service, seven of the
		// package, check digit. A waybill has a letter for the service, which its
		// check digit leaves out.
		{carrier: "ups", name: "1Z", shape: "1Z" + strings.Repeat("*", 15) + "#", rule: UPS},
		{carrier: "ups", name: "waybill", shape: "@" + d(10), starts: []string{"A", "H", "J", "K", "T", "V"}, rule: UPS, from: 1},

		// jkeen fedex.json: Express 12; the long form of its label ends in the same
		// twelve digits and begins with anything but 9; in the form before it
		// (ASTRA) four more stand behind them; Ground 15; Ground 96 in 22 and 34 digits; SmartPost, whose
		// leading 92 may be left off; SSCC with FedEx' container types.
		{carrier: "fedex", name: "Express 12", shape: d(12), rule: Mod11},
		{carrier: "fedex", name: "Express 34", shape: d(34), starts: strings.Split("012345678", ""), rule: Mod11, from: 20, inside: [2]int{22, 34}},
		{carrier: "fedex", name: "ASTRA 32", shape: "3" + d(31), rule: Mod11, from: 16, behind: 4, inside: [2]int{16, 28}},
		{carrier: "fedex", name: "Ground 15", shape: d(15), rule: Mod10},
		{carrier: "fedex", name: "Ground SSCC", shape: d(18), starts: []string{"00", "01", "02", "04"}, rule: Mod10, from: 2},
		{carrier: "fedex", name: "Ground 96", shape: "96" + d(20), rule: Mod10, from: 7, inside: [2]int{7, 22}},
		{carrier: "fedex", name: "Ground 96 34", shape: "96" + d(32), rule: Mod11, from: 20, inside: [2]int{22, 34}},
		{carrier: "fedex", name: "SmartPost", shape: "92" + d(20), rule: Mod10},
		{carrier: "fedex", name: "SmartPost", shape: d(20), rule: Mod10, before: "92"},

		// jkeen usps.json; USPS publication 199: the package code of 22 or 26
		// digits (30 with a mailer of nine and a long serial under 94), channels 91
		// to 95; the older 20 digits, whose 91 may be left off.
		{carrier: "usps", name: "IMpb 22", shape: "9" + d(21), starts: impb(), rule: Mod10},
		{carrier: "usps", name: "IMpb 26", shape: "9" + d(25), starts: impb(), rule: Mod10},
		{carrier: "usps", name: "IMpb 30", shape: "94" + d(28), rule: Mod10},
		{carrier: "usps", name: "20", shape: d(20), rule: Mod10},
		{carrier: "usps", name: "91 left off", shape: d(20), rule: Mod10, before: "91"},

		// jkeen s10.json; UPU standard S10. The country must be one.
		{name: s10Name, shape: "@@" + d(9) + "@@", rule: S10, from: 2},

		// jkeen dhl.json. The check digit of an air waybill is the rest of a
		// division by seven; the others have no public one.
		{carrier: "dhl", name: "Express 10", shape: d(10), rule: Mod7},
		{carrier: "dhl", name: "Express 11", shape: d(11), rule: Mod7},
		{carrier: "dhl", name: "Express piece", shape: "J@@" + d(9), more: 1, rule: None},
		{carrier: "dhl", name: "Express piece", shape: "J@@@" + d(9), more: 1, rule: None},
		{
			carrier: "dhl", name: "eCommerce", shape: "@@#" + strings.Repeat("*", 9), more: 29, rule: None,
			starts: []string{"GM", "LX", "RX", "UV", "CN", "SG", "TH", "IN", "HK", "MY"},
		},
		{carrier: "dhl", name: "eCommerce 14", shape: d(14), rule: None},

		// paketda.de/firmenkunden/paket-pruefziffern.html and, for the weights 4
		// and 9, Algorithm::CheckDigits::M10_005 of CPAN and BWIPP's Leitcode:
		// DHL's parcels in Germany, Hermes, and DPD's short number, whose check
		// character the vector there shows to be DPD's own.
		{carrier: "dhl-paket", name: "SSCC 20", shape: "003404" + d(14), rule: Mod10},
		{carrier: "dhl-paket", name: "Identcode", shape: d(12), rule: Mod10L49},
		{carrier: "dhl-paket", name: "Leitcode", shape: d(14), rule: Mod10L49},
		{carrier: "hermes-de", name: "14", shape: d(14), rule: Mod10},
		{carrier: "dpd", name: "14", shape: d(14) + "*", rule: Mod37},

		// jkeen dpd.json and DPD's parcel label specification 2.4.1: under the bars
		// stand 27 digits and a check character, in the bars % and the 27 digits.
		{carrier: "dpd", name: "28", shape: d(27) + "*", rule: Mod37, inside: [2]int{7, 21}},
		{carrier: "dpd", name: "bar code", shape: "%" + d(27), rule: None, inside: [2]int{8, 22}},

		// jkeen canadapost.json, purolator.json, canpar.json.
		{carrier: "canada-post", name: "16", shape: d(16), rule: Mod10},
		{carrier: "purolator", name: "12", shape: d(12), starts: []string{"0", "1", "2", "3", "4", "5"}, rule: Luhn},
		{carrier: "purolator", name: "letters", shape: "@@@" + d(9), rule: None},
		{carrier: "canpar", name: "22", shape: "@" + d(21), starts: []string{"C", "D", "K", "L", "S", "U", "X", "Z"}, rule: None},

		// jkeen old_dominion.json (780 by a test number of its version 2), ontrac.json, lasership.json, amazon.json,
		// speedee.json, gofo.json, yunexpress.json, landmark.json, yodel.json.
		{carrier: "old-dominion", name: "PRO", shape: d(11), starts: []string{"777", "778", "780", "072"}, rule: Luhn},
		{carrier: "old-dominion", name: "guaranteed", shape: "80" + d(9), rule: Luhn},
		{carrier: "ontrac", name: "C", shape: "C" + d(14), rule: UPS},
		{carrier: "ontrac", name: "D", shape: "D" + d(14), rule: UPS},
		{carrier: "lasership", name: "LX", shape: "L@#" + d(7), starts: starting("L", "AEHINX", "123"), rule: None},
		{carrier: "lasership", name: "1LS7 15", shape: "1LS7" + d(11), starts: []string{"1LS71", "1LS72"}, rule: None},
		{carrier: "lasership", name: "1LS7 18", shape: "1LS7###01~" + d(6) + "1", starts: []string{"1LS71", "1LS72"}, rule: None},
		{carrier: "lasership", name: "1LSCX 15", shape: "1LSCX" + strings.Repeat("*", 10), rule: None},
		{carrier: "amazon", name: "TBA", shape: "TB@" + d(12), starts: starting("TB", "ACM"), rule: None},
		{carrier: "amazon", name: "international", shape: "@" + d(10), starts: []string{"A", "C", "F"}, rule: None},
		{carrier: "speedee", name: "SP", shape: "SP" + d(18), rule: None},
		{carrier: "gofo", name: "GFUS", shape: "GFUS" + d(14), rule: None},
		{carrier: "yunexpress", name: "YT", shape: "YT" + d(16), rule: None},
		{carrier: "landmark", name: "LTN", shape: "LTN" + d(8) + "N1", rule: None},
		{carrier: "yodel", name: "JD", shape: "JD" + d(16), rule: None},
		{carrier: "yodel", name: "JJD", shape: "JJD" + d(16), rule: None},
	}
})

// starting joins a beginning with one character of each set, in every way.
func starting(begin string, sets ...string) []string {
	all := []string{begin}
	for _, set := range sets {
		var longer []string
		for _, a := range all {
			for _, c := range set {
				longer = append(longer, a+string(c))
			}
		}
		all = longer
	}
	return all
}

// impb are the channels of USPS' package codes.
func impb() []string { return []string{"91", "92", "93", "94", "95"} }

// Package gs1 owns what a barcode says in the words of GS1: numbers with a
// check digit (GTIN, SSCC), element strings (runs of application identifier and
// value), Digital Link addresses, AIM symbology identifiers, the EPC of RFID
// tags, and Decode, which puts them together. All of it is pure: bytes in,
// values out, and the work is bounded for any input.
//
// Give [Decode] what a scanner read: its [Code] says what kind it is and holds
// the GTIN, the SSCC and all elements. [Parse], [ParseBracketed],
// [ParseDigitalLink] and [ParseEPC] read one form each, for who knows which it
// is; [SSCC] and [EncodeElements] write what a label carries.
//
// The package must not know which product, parcel or order a number belongs to,
// and must not guess: what is not surely GS1 is plain text, and what says that
// it is GS1 but is broken is an error in words for the person at the bench.
//
// The rules follow the GS1 General Specifications, the GS1 Digital Link URI
// syntax and GS1's public syntax dictionary (2025 and 2026 editions).
package gs1

import "strconv"

// GS is the separator (FNC1 as scanners send it) that ends an element whose
// length is not predefined.
const GS = "\x1d"

// MaxLength is the most characters of any code that is looked at: the largest
// QR code holds 7,089 digits, so a longer input is no single barcode.
const MaxLength = 7089

// clip quotes text for an error: control bytes made visible, never long.
func clip(text string) string {
	const most = 40
	if len(text) > most {
		return strconv.QuoteToASCII(text[:most]) + "…"
	}
	return strconv.QuoteToASCII(text)
}

// allDigits reports whether s is one or more ASCII digits.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

package gs1

// symbology is what an AIM identifier says about the code it leads. The zero
// symbology is plain data.
type symbology struct {
	gs1     bool // the data is an element string
	trade   bool // the symbol carries a GTIN and nothing else: EAN, UPC
	article bool // 14 digits are a GTIN: interleaved 2 of 5
	link    bool // may hold a Digital Link address
}

// symbologies are by AIM identifier; one that is not here leads plain data.
// Source: ISO/IEC 15424 as scanner manuals print it.
var symbologies = map[string]symbology{
	"]C1": {gs1: true},     // GS1-128
	"]e0": {gs1: true},     // GS1 DataBar
	"]d1": {link: true},    // Data Matrix
	"]d2": {gs1: true},     // GS1 Data Matrix
	"]Q1": {link: true},    // QR Code
	"]Q3": {gs1: true},     // GS1 QR Code
	"]J1": {gs1: true},     // GS1 DotCode
	"]E0": {trade: true},   // EAN-13 or UPC
	"]E3": {trade: true},   // EAN-13 with add-on
	"]E4": {trade: true},   // EAN-8
	"]I0": {article: true}, // Interleaved 2 of 5
	"]I1": {article: true}, // ITF-14
	"]I3": {article: true}, // ITF-14
}

// SplitAIM cuts a leading AIM identifier off: a closing square bracket, a
// letter and a modifier (0 to 9, A to F). Without one aim is empty.
func SplitAIM(s string) (aim, data string) {
	if len(s) < 3 || s[0] != ']' {
		return "", s
	}
	letter, modifier := s[1]|0x20, s[2]
	if s[1] == letter && modifier >= 'a' { // both are turned small where capitals are locked
		modifier -= 'a' - 'A'
	}
	if letter < 'a' || letter > 'z' {
		return "", s
	}
	if (modifier < '0' || modifier > '9') && (modifier < 'A' || modifier > 'F') {
		return "", s
	}
	return s[:3], s[3:]
}

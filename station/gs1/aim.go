package gs1

// Symbology is what an AIM identifier says about the code it leads. The zero
// Symbology is an identifier that is not known: plain data.
type Symbology struct {
	Name    string
	GS1     bool // the data is an element string
	Trade   bool // the symbol carries a GTIN and nothing else: EAN, UPC
	Article bool // 14 digits are a GTIN: interleaved 2 of 5
	Link    bool // may hold a Digital Link address
}

// families are the symbologies by the letter of their identifier.
var families = map[byte]string{
	'A': "Code 39", 'C': "Code 128", 'E': "EAN/UPC", 'F': "Codabar", 'G': "Code 93",
	'H': "Code 11", 'I': "Interleaved 2 of 5", 'J': "DotCode", 'L': "PDF417", 'M': "MSI",
	'Q': "QR Code", 'R': "2 of 5", 'S': "2 of 5", 'U': "MaxiCode", 'X': "other",
	'd': "Data Matrix", 'e': "GS1 DataBar", 'z': "Aztec",
}

// modes are the identifiers that say more than their letter.
// Source: ISO/IEC 15424 as scanner manuals print it.
var modes = map[string]Symbology{
	"]C1": {Name: "GS1-128", GS1: true},
	"]e0": {Name: "GS1 DataBar", GS1: true},
	"]d1": {Name: "Data Matrix", Link: true},
	"]d2": {Name: "GS1 Data Matrix", GS1: true},
	"]Q1": {Name: "QR Code", Link: true},
	"]Q3": {Name: "GS1 QR Code", GS1: true},
	"]J1": {Name: "GS1 DotCode", GS1: true},
	"]E0": {Name: "EAN-13 or UPC", Trade: true},
	"]E3": {Name: "EAN-13 with add-on", Trade: true},
	"]E4": {Name: "EAN-8", Trade: true},
	"]I0": {Name: "Interleaved 2 of 5", Article: true},
	"]I1": {Name: "ITF-14", Article: true},
	"]I3": {Name: "ITF-14", Article: true},
}

// AIM tells what an AIM identifier such as "]C1" stands for.
func AIM(aim string) (Symbology, bool) {
	if s, ok := modes[aim]; ok {
		return s, true
	}
	if id, rest := SplitAIM(aim); id == "" || rest != "" {
		return Symbology{}, false
	}
	name, ok := families[aim[1]]
	return Symbology{Name: name}, ok
}

// SplitAIM cuts a leading AIM identifier off: a closing square bracket, a
// letter and a modifier (0 to 9, A to F). Without one aim is empty.
func SplitAIM(s string) (aim, data string) {
	if len(s) < 3 || s[0] != ']' {
		return "", s
	}
	letter, modifier := s[1]|0x20, s[2]
	if letter < 'a' || letter > 'z' {
		return "", s
	}
	if (modifier < '0' || modifier > '9') && (modifier < 'A' || modifier > 'F') {
		return "", s
	}
	return s[:3], s[3:]
}

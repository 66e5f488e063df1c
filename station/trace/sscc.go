package trace

import (
	"fmt"
	"strings"

	"packbench/station/gs1"
)

// Block is a range of serial shipping container codes: an extension digit and
// the GS1 company prefix of the shipper. What serial number comes next is its
// holder's to keep; none may be used again within a year.
type Block struct {
	Extension int    // 0 to 9
	Prefix    string // GS1 company prefix, 4 to 12 digits
}

// Make returns the SSCC with a serial number: 18 digits, the last its check digit.
func (b Block) Make(serial uint64) (string, error) {
	if b.Extension < 0 || b.Extension > 9 {
		return "", fmt.Errorf("SSCC: %w: the extension digit is 0 to 9, not %d", ErrFormat, b.Extension)
	}
	if room := 16 - len(b.Prefix); room > 0 && len(fmt.Sprint(serial)) > room {
		return "", fmt.Errorf("SSCC of company %s: %w", clip(b.Prefix), ErrExhausted)
	}
	return gs1.SSCC(byte('0'+b.Extension), b.Prefix, serial)
}

// Most is the largest serial number that the block has room for.
func (b Block) Most() uint64 {
	most := uint64(1)
	for range 16 - len(b.Prefix) {
		most *= 10
	}
	return most - 1
}

// Shape is the number with a star for each digit of the serial number, without
// the check digit: "0952000**********".
func (b Block) Shape() string {
	return fmt.Sprintf("%d%s%s", b.Extension, b.Prefix, strings.Repeat("*", max(16-len(b.Prefix), 0)))
}

// CheckSSCC returns what is wrong with an SSCC, if anything.
func CheckSSCC(sscc string) error {
	_, err := gs1.ParseSSCC(sscc)
	return err
}

// ReadSSCC returns the SSCC that a text stands for: 18 digits, with or without the
// identifier 00 that leads them in a bar code, as they are scanned or as a person
// copies them from a label, in groups and behind "(00)"; an element string or a
// Digital Link with one. It is "" for any other text. An SSCC may begin with 00
// itself, so that its length tells which digits are the identifier.
func ReadSSCC(text string) string {
	if len(text) < 18 { // most of what is scanned
		return ""
	}
	aim, data := gs1.SplitAIM(strings.Join(strings.Fields(text), ""))
	if sscc, err := gs1.ParseSSCC(data); err == nil {
		return sscc
	}
	return gs1.Decode(aim, data).SSCC
}

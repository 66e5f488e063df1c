package trace

import (
	"fmt"
	"strings"
)

// Block is a range of serial shipping container codes: an extension digit and
// the GS1 company prefix of the shipper. What serial number comes next is its
// holder's to keep; none may be used again within a year.
type Block struct {
	Extension int    // 0 to 9
	Prefix    string // GS1 company prefix, 6 to 12 digits
}

// Make gives the SSCC with a serial number: 18 digits, the last its check digit.
func (b Block) Make(serial uint64) (string, error) {
	if err := b.valid(); err != nil {
		return "", err
	}
	room := 16 - len(b.Prefix)
	digits := fmt.Sprintf("%0*d", room, serial)
	if len(digits) > room {
		return "", fmt.Errorf("SSCC of company %s: %w", b.Prefix, ErrExhausted)
	}
	body := fmt.Sprintf("%d%s%s", b.Extension, b.Prefix, digits)
	check, err := Mod10.digit(body)
	if err != nil {
		return "", err
	}
	return body + string(check), nil
}

// Owns tells whether an SSCC comes from this block.
func (b Block) Owns(sscc string) bool {
	return CheckSSCC(sscc) == nil && strings.HasPrefix(sscc, fmt.Sprintf("%d%s", b.Extension, b.Prefix))
}

func (b Block) valid() error {
	switch {
	case b.Extension < 0 || b.Extension > 9:
		return fmt.Errorf("SSCC: %w: the extension digit is 0 to 9, not %d", ErrFormat, b.Extension)
	case len(b.Prefix) < 6 || len(b.Prefix) > 12 || strings.Trim(b.Prefix, "0123456789") != "":
		return fmt.Errorf("SSCC: %w: the company prefix %q must be 6 to 12 digits", ErrFormat, clip(b.Prefix))
	}
	return nil
}

// CheckSSCC tells what is wrong with an SSCC, if anything.
func CheckSSCC(sscc string) error {
	if len(sscc) != 18 || strings.Trim(sscc, "0123456789") != "" {
		return fmt.Errorf("SSCC %q: %w: it takes 18 digits", clip(sscc), ErrFormat)
	}
	if check, err := Mod10.digit(sscc[:17]); err != nil || check != sscc[17] {
		return fmt.Errorf("SSCC %q: %w", sscc, ErrCheck)
	}
	return nil
}

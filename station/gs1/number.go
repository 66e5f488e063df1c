package gs1

import (
	"fmt"
	"strconv"
	"strings"
)

// CheckDigit returns the check digit, '0' to '9', that belongs after body.
// It is the same rule for GTIN, SSCC, GLN and GSIN: weights 3, 1, 3, 1… from
// the last digit of body to the left, filled up to the next ten.
func CheckDigit(body string) (byte, error) {
	if !allDigits(body) || len(body) > MaxLength {
		return 0, fmt.Errorf("%s is not a number of digits only", clip(body))
	}
	sum, weight := 0, 3
	for i := len(body) - 1; i >= 0; i-- {
		sum += int(body[i]-'0') * weight
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10), nil
}

// checked reports whether the last digit of number, which is not empty, is its
// check digit.
func checked(number string) bool {
	last := len(number) - 1
	want, err := CheckDigit(number[:last])
	return err == nil && number[last] == want
}

// ParseSSCC reads a serial shipping container code: 18 digits without the
// leading application identifier 00.
func ParseSSCC(s string) (string, error) {
	if len(s) != 18 || !allDigits(s) {
		return "", fmt.Errorf("SSCC %s: it must have 18 digits", clip(s))
	}
	if !checked(s) {
		return "", fmt.Errorf("SSCC %s: the check digit is wrong", s)
	}
	return s, nil
}

// SSCC makes an SSCC of 18 digits: extension ('0' to '9'), the GS1 company
// prefix (4 to 12 digits), the serial filled with zeros to 16 digits together
// with the prefix, and the check digit. It fails when the serial does not fit.
func SSCC(extension byte, companyPrefix string, serial uint64) (string, error) {
	if extension < '0' || extension > '9' {
		return "", fmt.Errorf("SSCC: the extension %q must be a digit", extension)
	}
	if !allDigits(companyPrefix) || len(companyPrefix) < 4 || len(companyPrefix) > 12 {
		return "", fmt.Errorf("SSCC: the company prefix %s must have 4 to 12 digits", clip(companyPrefix))
	}
	room := 16 - len(companyPrefix)
	number := strconv.FormatUint(serial, 10)
	if len(number) > room {
		return "", fmt.Errorf("SSCC: the serial %s does not fit in %d digits", number, room)
	}
	body := string(extension) + companyPrefix + strings.Repeat("0", room-len(number)) + number
	check, err := CheckDigit(body)
	return body + string(check), err
}

// GTIN is a trade item number in its one normal form: 14 digits, shorter ones
// filled with zeros on the left, check digit good. The empty GTIN is none.
type GTIN string

// ParseGTIN reads a GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN-13) or GTIN-14.
// It wants digits only and a good check digit; all zeros are no GTIN.
func ParseGTIN(s string) (GTIN, error) {
	if !gtinLength(s) {
		return "", fmt.Errorf("GTIN %s: it must have 8, 12, 13 or 14 digits", clip(s))
	}
	if !checked(s) {
		return "", fmt.Errorf("GTIN %s: the check digit is wrong", s)
	}
	if strings.Trim(s, "0") == "" {
		return "", fmt.Errorf("GTIN %s: it is all zeros", s)
	}
	return GTIN(strings.Repeat("0", 14-len(s)) + s), nil
}

// gtinLength reports whether s has the digits that a GTIN may have.
func gtinLength(s string) bool {
	switch len(s) {
	case 8, 12, 13, 14:
		return allDigits(s)
	}
	return false
}

// ExpandUPCE returns the UPC-A (12 digits) that the 8 digits of a UPC-E stand
// for. The number system must be 0 or 1 and the check digit good.
func ExpandUPCE(s string) (string, error) {
	if len(s) != 8 || !allDigits(s) || s[0] > '1' {
		return "", fmt.Errorf("UPC-E %s: it must have 8 digits and begin with 0 or 1", clip(s))
	}
	var body string
	switch last := s[6]; {
	case last <= '2':
		body = s[:3] + string(last) + "0000" + s[3:6]
	case last == '3':
		body = s[:4] + "00000" + s[4:6]
	case last == '4':
		body = s[:5] + "00000" + s[5:6]
	default:
		body = s[:6] + "0000" + string(last)
	}
	upca := body + s[7:]
	if !checked(upca) {
		return "", fmt.Errorf("UPC-E %s: the check digit is wrong", s)
	}
	return upca, nil
}

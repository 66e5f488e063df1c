package gs1

import (
	"fmt"
	"strconv"
	"strings"
)

// Headers of the EPC schemes that name what is packed, their first eight bits.
const (
	headerSGTIN96 = 0x30
	headerSSCC96  = 0x31
)

// epcDigits is how many digits of company prefix and reference an EPC holds
// together, and in how many bits.
type epcDigits struct{ digits, bits int }

var (
	sgtinDigits = epcDigits{13, 44}
	ssccDigits  = epcDigits{17, 58}
)

// epcPrefixes is what the partition value of an EPC says of its company
// prefix: digits and bits. The reference has what is left over.
var epcPrefixes = [7]epcDigits{{12, 40}, {11, 37}, {10, 34}, {9, 30}, {8, 27}, {7, 24}, {6, 20}}

// ParseEPC reads the EPC of an RFID tag as 24 hex digits, large or small: an
// SGTIN-96 is a GTIN with a serial number, (01) and (21), an SSCC-96 an SSCC,
// (00). The filter value is not looked at: it only sorts tags in the air. All
// other schemes, and numbers that break the rules of their scheme, are errors.
//
// Source: GS1 EPC Tag Data Standard 1.13, 14.5.1.1 (SGTIN-96), 14.5.2.1
// (SSCC-96) and the partition tables beside them.
func ParseEPC(s string) (Elements, error) {
	if len(s) != 24 {
		return nil, fmt.Errorf("EPC %s: it must have 24 hex digits", clip(s))
	}
	var tag epcBits
	for i := range len(s) {
		digit := hex(s[i])
		if digit < 0 {
			return nil, fmt.Errorf("EPC %s: it must have hex digits only", clip(s))
		}
		tag[i/2] = tag[i/2]<<4 | byte(digit)
	}
	switch tag[0] {
	case headerSGTIN96:
		return tag.sgtin(s)
	case headerSSCC96:
		return tag.sscc(s)
	}
	return nil, fmt.Errorf("EPC %s: the tag names neither an article nor a parcel (header %02X)", s, tag[0])
}

// epcBits are the 96 bits of an EPC, the first bit first.
type epcBits [12]byte

// at returns count bits from a place on, 64 at most.
func (b epcBits) at(from, count int) uint64 {
	var v uint64
	for i := from; i < from+count; i++ {
		v = v<<1 | uint64(b[i/8]>>(7-i%8)&1)
	}
	return v
}

// number returns company prefix and reference in the order of a GTIN or SSCC,
// without check digit: the indicator or extension digit is the first of the
// reference in a tag, and the first of all in the number.
func (b epcBits) number(s string, size epcDigits) (string, error) {
	partition := b.at(11, 3)
	if partition >= uint64(len(epcPrefixes)) {
		return "", fmt.Errorf("EPC %s: the tag was written wrong (partition %d)", s, partition)
	}
	prefix := epcPrefixes[partition]
	company, ok := padded(b.at(14, prefix.bits), prefix.digits)
	reference, fits := padded(b.at(14+prefix.bits, size.bits-prefix.bits), size.digits-prefix.digits)
	if !ok || !fits {
		return "", fmt.Errorf("EPC %s: the tag was written wrong (a number has too many digits)", s)
	}
	body := reference[:1] + company + reference[1:]
	if strings.Trim(body, "0") == "" {
		return "", fmt.Errorf("EPC %s: the number is all zeros", s)
	}
	check, err := CheckDigit(body)
	return body + string(check), err
}

// padded writes v with zeros on the left; it fails if that takes more digits.
func padded(v uint64, digits int) (string, bool) {
	s := strconv.FormatUint(v, 10)
	if len(s) > digits {
		return "", false
	}
	return strings.Repeat("0", digits-len(s)) + s, true
}

func (b epcBits) sgtin(s string) (Elements, error) {
	gtin, err := b.number(s, sgtinDigits)
	if err != nil {
		return nil, err
	}
	return Elements{{"01", gtin}, {"21", strconv.FormatUint(b.at(58, 38), 10)}}, nil
}

func (b epcBits) sscc(s string) (Elements, error) {
	if b.at(72, 24) != 0 {
		return nil, fmt.Errorf("EPC %s: the tag was written wrong (its last 24 bits are not zero)", s)
	}
	sscc, err := b.number(s, ssccDigits)
	if err != nil {
		return nil, err
	}
	return Elements{{"00", sscc}}, nil
}

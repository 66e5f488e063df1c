package sim

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// prefixBits and the like follow GS1's EPC Tag Data Standard for a company
// prefix of seven digits, which is partition 5.
const (
	prefixDigits = 7
	prefixBits   = 24
	partition    = 5
)

// sayTag says a tag as an RFID reader does: its EPC in hex on a line, several
// times over. The code is an EPC in hex, 01 GTIN 21 serial, or 00 SSCC.
func sayTag(o ScannerOptions, code []byte) ([]piece, error) {
	_, code = splitAIM(code)
	epc, err := tagOf(bytes.ReplaceAll(code, []byte{gs}, nil))
	if err != nil {
		return nil, err
	}
	end := suffixes[o.Suffix]
	if o.Suffix == "cr" {
		end = "\r\n"
	}
	var pieces []piece
	for i := range o.Repeat {
		p := piece{data: []byte(o.Prefix + strings.ToUpper(hex.EncodeToString(epc)) + end)}
		if i > 0 {
			p.gap = o.Gap
		}
		pieces = append(pieces, p)
	}
	return pieces, nil
}

func tagOf(code []byte) ([]byte, error) {
	text := string(code)
	switch {
	case strings.HasPrefix(text, "00") && len(text) == 20 && digits(code):
		return sscc96(text[2:]), nil
	case strings.HasPrefix(text, "01") && len(text) > 18 && text[16:18] == "21" && digits(code):
		return sgtin96(text[2:16], text[18:])
	}
	epc, err := hex.DecodeString(text)
	if err != nil || len(epc) < 2 || len(epc)%2 == 1 {
		return nil, errors.New("a tag holds an EPC in hex, 01 GTIN 21 serial number, or 00 SSCC")
	}
	return epc, nil
}

// sgtin96 is header 30, filter 1 (an item), partition, company prefix,
// indicator and item (20 bits), serial number (38 bits).
func sgtin96(gtin, serial string) ([]byte, error) {
	number, err := strconv.ParseUint(serial, 10, 38)
	if err != nil || serial != strconv.FormatUint(number, 10) {
		return nil, fmt.Errorf("serial number %s: a SGTIN-96 holds a number below %d, without leading zeros", serial, uint64(1)<<38)
	}
	var b bitRow
	b.put(0x30, 8)
	b.put(1, 3)
	b.put(partition, 3)
	b.digits(gtin[1:1+prefixDigits], prefixBits)
	b.digits(gtin[:1]+gtin[1+prefixDigits:13], 20)
	b.put(number, 38)
	return b.data, nil
}

// sscc96 is header 31, filter 2 (a logistic unit), partition, company prefix,
// extension digit and serial reference (34 bits), 24 bits of nothing.
func sscc96(sscc string) []byte {
	var b bitRow
	b.put(0x31, 8)
	b.put(2, 3)
	b.put(partition, 3)
	b.digits(sscc[1:1+prefixDigits], prefixBits)
	b.digits(sscc[:1]+sscc[1+prefixDigits:17], 34)
	b.put(0, 24)
	return b.data
}

// bitRow is a row of bits, the highest first.
type bitRow struct {
	data []byte
	n    int
}

func (b *bitRow) put(value uint64, width int) {
	for i := range width {
		if b.n%8 == 0 {
			b.data = append(b.data, 0)
		}
		b.data[b.n/8] |= byte(value>>(width-1-i)&1) << (7 - b.n%8)
		b.n++
	}
}

func (b *bitRow) digits(text string, width int) {
	value, _ := strconv.ParseUint(text, 10, 64) // digits only, and few
	b.put(value, width)
}

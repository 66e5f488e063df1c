package gs1

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// compressedKeys are the first bytes of a compressed Digital Link whose key is a GTIN: its
// own identifier, and those that stand for a sequence beginning with it. Source: GS1
// Digital Link, compression, optimisation table.
const compressedKeys = "\x01\x0a\x0b\x0c\x0d\x0e\x0f\x1a\x1b\x1c\x1d\x1e\x1f\x2a\x2b\x2c\x2d"

// compressed returns the GTIN, or "SSCC …", of a web address that is a compressed Digital
// Link, "" for any other. Such an address looks like any short link; it is one only if
// the bits behind its key are a number with a good check digit.
func compressed(uri string) string {
	path, _, err := splitURI(uri)
	if err != nil {
		return ""
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(last, "="))
	if err != nil || len(data) < 7 {
		return ""
	}
	switch {
	case strings.IndexByte(compressedKeys, data[0]) >= 0:
		if number := fmt.Sprintf("%014d", bits(data[1:], 47)); len(number) == 14 && checked(number) && strings.Trim(number, "0") != "" {
			return "(01)" + number
		}
	case data[0] == 0 && len(data) >= 9:
		if number := fmt.Sprintf("%018d", bits(data[1:], 60)); len(number) == 18 && checked(number) && strings.Trim(number, "0") != "" {
			return "(00)" + number
		}
	}
	return ""
}

// bits is the number in the first n bits of data.
func bits(data []byte, n int) (out uint64) {
	for i := range n {
		if i/8 >= len(data) {
			return 0
		}
		out = out<<1 | uint64(data[i/8]>>(7-i%8)&1)
	}
	return out
}

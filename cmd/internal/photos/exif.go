package photos

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG's camera was held, 1 where it does not say.
func orientation(data []byte) int {
	for i := 2; i+4 <= len(data) && data[0] == 0xff && data[1] == 0xd8 && data[i] == 0xff; {
		kind, n := data[i+1], int(binary.BigEndian.Uint16(data[i+2:]))
		if kind == 0xda || n < 2 || i+2+n > len(data) {
			break
		}
		if part := data[i+4 : i+2+n]; kind == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return held(part[6:])
		}
		i += 2 + n
	}
	return 1
}

// held reads the tag of the orientation, 0x112, out of the first directory of a TIFF.
func held(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for n, i := int(order.Uint16(tiff[at:])), at+2; n > 0 && i+12 <= len(tiff); n, i = n-1, i+12 {
		if order.Uint16(tiff[i:]) == 0x112 {
			return int(order.Uint16(tiff[i+8:]))
		}
	}
	return 1
}

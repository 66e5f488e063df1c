package port

// usage is what a HID collection is for: a page of the HID usage tables and a
// usage on it.
type usage struct{ page, id uint16 }

// Usage pages of the HID usage tables.
const (
	pageDesktop = 0x01
	pageBarcode = 0x8C // HID-POS bar code scanners
	pageScale   = 0x8D // HID-POS weighing devices

	usageKeyboard = 0x06 // on pageDesktop
)

// applications reads a HID report descriptor and returns the usages of its
// outermost application collections. What it cannot read ends it.
// Source: "Device Class Definition for HID 1.11", 6.2.2.
func applications(descriptor []byte) []usage {
	var out []usage
	var page uint16
	var local []usage // usages since the last main item
	depth := 0
	for len(descriptor) > 0 {
		prefix := descriptor[0]
		if prefix == 0xFE { // a long item: its size follows
			if len(descriptor) < 3 || len(descriptor) < 3+int(descriptor[1]) {
				return out
			}
			descriptor = descriptor[3+int(descriptor[1]):]
			continue
		}
		size := [4]int{0, 1, 2, 4}[prefix&3]
		if len(descriptor) < 1+size {
			return out
		}
		var value uint32
		for i := range size {
			value |= uint32(descriptor[1+i]) << (8 * i)
		}
		descriptor = descriptor[1+size:]
		switch prefix &^ 3 {
		case 0x04: // global: usage page
			page = uint16(value)
		case 0x08: // local: usage, with its page in the upper half of four bytes
			u := usage{page: page, id: uint16(value)}
			if size == 4 {
				u.page = uint16(value >> 16)
			}
			local = append(local, u)
		case 0xA0: // main: collection; 1 is an application
			if depth == 0 && value == 1 && len(local) > 0 {
				out = append(out, local[0])
			}
			depth++
			local = nil
		case 0xC0: // main: end of collection
			depth = max(depth-1, 0)
			local = nil
		case 0x80, 0x90, 0xB0: // main: input, output, feature
			local = nil
		}
	}
	return out
}

// hidKind returns the kind of a HID device, "" when a bench has no use for it.
func hidKind(descriptor []byte) string {
	for _, u := range applications(descriptor) {
		switch {
		case u.page == pageScale: // whatever its usage: makers differ
			return KindHIDScale
		case u.page == pageBarcode:
			return KindHIDScanner
		case u.page == pageDesktop && u.id == usageKeyboard:
			return KindKeyboard
		}
	}
	return ""
}

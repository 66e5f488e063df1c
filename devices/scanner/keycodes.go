package scanner

// Each platform numbers the keys of a keyboard in its own way. The functions
// here return the X11 key code of the same key, 0 for a key that has none; the
// numbers are those that GLFW hands out. Only X11 was run for this program: the
// other tables were taken from the sources that each names.

// FromPlatform returns the function that makes X11 key codes of the key numbers
// of a window. The platform is as in runtime.GOOS. On macOS 0 is a key, the
// letter A: there a number must go through the function before it is judged.
func FromPlatform(goos string, wayland bool) func(int) int {
	switch {
	case goos == "windows":
		return FromWindows
	case goos == "darwin":
		return FromMac
	case wayland:
		return FromWayland
	}
	return fromX11
}

func fromX11(code int) int { return max(code, 0) }

// FromWayland returns the X11 key code of a Linux evdev code, as Wayland sends
// it. Not run here. Source: GLFW 3.3 wl_window.c, which itself adds 8 to ask
// XKB; linux/input-event-codes.h.
func FromWayland(code int) int {
	if code <= 0 || code > 255-8 {
		return 0
	}
	return code + 8
}

// FromWindows returns the X11 key code of a scan code of Windows, extended ones
// with 0x100 added. The plain ones are those of Linux evdev, except Pause. Not
// run here. Source: GLFW 3.3 win32_init.c; Microsoft, Keyboard Scan Code
// Specification, set 1.
func FromWindows(scan int) int {
	if code, ok := windowsKeys[scan]; ok {
		return code
	}
	if scan > 0 && scan <= 0x58 && scan != 0x54 && scan != 0x55 {
		return scan + 8
	}
	return 0
}

var windowsKeys = map[int]int{
	0x045: keyPause, 0x059: keyPadEqual,
	0x11C: KeyPadEnter, 0x11D: keyRightCtrl, 0x135: keyPadDivide, 0x137: keyPrint, 0x138: keyRightAlt,
	0x145: keyNumLock, 0x147: keyHome, 0x148: keyUp, 0x149: keyPageUp, 0x14B: keyLeft, 0x14D: keyRight,
	0x14F: keyEnd, 0x150: keyDown, 0x151: keyPageDown, 0x152: keyInsert, 0x153: keyDelete,
	0x15B: keyLeftSuper, 0x15C: keyRightSuper, 0x15D: keyMenu,
}

// FromMac returns the X11 key code of a virtual key code of macOS. Not run here.
// Of a European keyboard macOS may swap the keys left of the 1 and beside the
// left Shift when it takes the scanner for another kind of keyboard; neither
// makes a character that codes use. Source: GLFW 3.3 cocoa_init.m; Apple,
// HIToolbox Events.h, kVK names.
func FromMac(key int) int { return macKeys[key] }

var macKeys = map[int]int{
	0x12: 10, 0x13: 11, 0x14: 12, 0x15: 13, 0x17: 14, 0x16: 15, 0x1A: 16, 0x1C: 17, 0x19: 18, 0x1D: 19, 0x1B: 20, 0x18: 21, // 1 … =
	0x0C: 24, 0x0D: 25, 0x0E: 26, 0x0F: 27, 0x11: 28, 0x10: 29, 0x20: 30, 0x22: 31, 0x1F: 32, 0x23: 33, 0x21: 34, 0x1E: 35, // Q … ]
	0x00: 38, 0x01: 39, 0x02: 40, 0x03: 41, 0x05: 42, 0x04: 43, 0x26: 44, 0x28: 45, 0x25: 46, 0x29: 47, 0x27: 48, 0x32: 49, // A … `
	0x2A: 51, 0x06: 52, 0x07: 53, 0x08: 54, 0x09: 55, 0x0B: 56, 0x2D: 57, 0x2E: 58, 0x2B: 59, 0x2F: 60, 0x2C: 61, // \ … /
	0x31: 65, 0x0A: 94,
	0x52: 90, 0x53: 87, 0x54: 88, 0x55: 89, 0x56: 83, 0x57: 84, 0x58: 85, 0x59: 79, 0x5B: 80, 0x5C: 81, // keypad 0 … 9
	0x45: 86, 0x4E: 82, 0x43: 63, 0x4B: keyPadDivide, 0x41: 91, 0x51: keyPadEqual, 0x4C: KeyPadEnter,
	0x24: KeyEnter, 0x30: KeyTab, 0x33: keyBackspace, 0x35: keyEscape,
	0x38: keyLeftShift, 0x3C: keyRightShift, 0x3B: keyLeftCtrl, 0x3E: keyRightCtrl, 0x3A: keyLeftAlt, 0x3D: keyRightAlt,
	0x37: keyLeftSuper, 0x36: keyRightSuper, 0x6E: keyMenu, 0x39: keyCapsLock, 0x47: keyNumLock,
	0x7A: 67, 0x78: 68, 0x63: 69, 0x76: 70, 0x60: 71, 0x61: 72, 0x62: 73, 0x64: KeyF8, 0x65: 75, 0x6D: 76, 0x67: 95, 0x6F: 96,
	0x69: keyPrint, 0x73: keyHome, 0x7E: keyUp, 0x74: keyPageUp, 0x7B: keyLeft, 0x7C: keyRight,
	0x77: keyEnd, 0x7D: keyDown, 0x79: keyPageDown, 0x72: keyInsert, 0x75: keyDelete,
}

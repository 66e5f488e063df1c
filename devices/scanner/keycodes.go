package scanner

// FromWindows gives the X11 key code of a scan code of Windows, extended ones
// with 0x100 added, as GLFW counts them. The plain ones are those of Linux.
func FromWindows(scan int) int {
	switch scan {
	case 0x11C:
		return KeyPadEnter
	case 0x11D:
		return keyRightCtrl
	case 0x135:
		return 106
	case 0x138:
		return keyRightAlt
	case 0x15B:
		return keyLeftSuper
	case 0x15C:
		return keyRightSuper
	}
	if scan > 0 && scan <= 0x58 {
		return scan + 8
	}
	return 0
}

package scanner

// Physical keys by X11 key code, which is the Linux evdev code plus 8.
const (
	keyEscape     = 9
	keyBackspace  = 22
	KeyTab        = 23
	KeyEnter      = 36
	keyLeftCtrl   = 37
	keyLeftShift  = 50
	keyRightShift = 62
	keyLeftAlt    = 64
	keyCapsLock   = 66
	KeyF8         = 74
	keyNumLock    = 77
	keyScrollLock = 78
	KeyPadEnter   = 104
	keyRightCtrl  = 105
	keyRightAlt   = 108
	keyLeftSuper  = 133
	keyRightSuper = 134
)

// Layout gives the plain and the shifted character of each physical key, as
// the scanner is set up; the layout of the computer does not matter (S3).
type Layout map[int][2]rune

// US is the layout that scanners are shipped with.
func US() Layout {
	layout := Layout{65: {' ', ' '}, 94: {'<', '>'}}
	rows := []struct {
		first          int
		plain, shifted string
	}{
		{10, "1234567890-=", "!@#$%^&*()_+"},
		{24, "qwertyuiop[]", "QWERTYUIOP{}"},
		{38, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
		{51, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
	}
	for _, row := range rows {
		for i := range len(row.plain) {
			layout[row.first+i] = [2]rune{rune(row.plain[i]), rune(row.shifted[i])}
		}
	}
	for code, c := range keypad {
		layout[code] = [2]rune{c, c}
	}
	return layout
}

var keypad = map[int]rune{
	79: '7', 80: '8', 81: '9', 82: '-', 83: '4', 84: '5', 85: '6', 86: '+',
	87: '1', 88: '2', 89: '3', 90: '0', 91: '.', 63: '*', 106: '/',
}

// control gives the control character that Ctrl makes of a key: Ctrl+] is GS.
func control(c rune) (rune, bool) {
	if c >= '@' && c <= '_' || c >= 'a' && c <= 'z' {
		return c & 0x1F, true
	}
	return 0, false
}

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

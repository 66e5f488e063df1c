package scanner

// keyNames are the X11 key codes of keys without a character.
var keyNames = map[int]string{
	9: "Esc", 22: "Backspace", 23: "Tab", 36: "Enter", 104: "Enter", 65: "Space", 111: "Up", 113: "Left", 114: "Right",
	116: "Down", 112: "Page Up", 117: "Page Down", 67: "F1", 68: "F2", 69: "F3", 70: "F4", 71: "F5", 72: "F6", 73: "F7", 74: "F8", 75: "F9", 76: "F10",
	95: "F11", 96: "F12",
}

// KeyName names a key without a character by its X11 code, as buttons show it; "" for
// any other key.
func KeyName(code int) string { return keyNames[code] }

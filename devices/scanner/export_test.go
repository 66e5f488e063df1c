package scanner

// NewKeyboardOf gives a decoder for a machine word of other bytes.
var NewKeyboardOf = newKeyboard

package scanner

// NewKeyboardOf returns a decoder for a machine word of other bytes.
var NewKeyboardOf = newKeyboard

// Options returns the settings that read this scanner.
func (r Result) Options() Options {
	o := Options{Prefix: r.Prefix, GS: r.GS, PerKey: r.PerKey, AIM: r.AIM}
	if b, known := findBoard(r.Layout); r.Typed && known {
		o.Layout = b.layout()
	}
	return o
}

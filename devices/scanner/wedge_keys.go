package scanner

func (w *Wedge) stroke(code int) Stroke {
	return Stroke{
		Code:  code,
		Shift: w.isDown(keyLeftShift, keyRightShift),
		Ctrl:  w.isDown(keyLeftCtrl, keyRightCtrl),
		Alt:   w.isDown(keyLeftAlt, keyRightAlt),
	}
}

func (w *Wedge) isDown(left, right int) bool {
	_, l := w.down[left]
	_, r := w.down[right]
	return l || r
}

// inBurst reports whether a modifier went down in this burst and is down still.
func (w *Wedge) inBurst(left, right int) bool {
	return w.burst[left] && w.isDown(left, left) || w.burst[right] && w.isDown(right, right)
}

func isAlt(code int) bool { return code == keyLeftAlt || code == keyRightAlt }

func isModifier(code int) bool {
	switch code {
	case keyLeftShift, keyRightShift, keyLeftCtrl, keyRightCtrl, keyLeftAlt, keyRightAlt, keyLeftSuper, keyRightSuper:
		return true
	}
	return false
}

// endAlt makes the digits typed under Alt the character that they stand for.
func (w *Wedge) endAlt() {
	code := 0
	for _, digit := range w.alt {
		code = code*10 + int(digit-'0')
	}
	if n := len(w.alt); n >= 2 && code > 0 && code < 256 {
		w.add(press{char: rune(code), has: true, alt: true}, w.lastKey)
	}
	w.alt = w.alt[:0]
	delete(w.burst, keyLeftAlt)
	delete(w.burst, keyRightAlt)
}

package scanner

import (
	"time"
	"unicode/utf8"
)

// named gives a stroke its character when the toolkit has none to give.
func (w *Wedge) named(s Stroke) Stroke {
	pair, known := w.opts.Layout[s.Code]
	if w.hasRunes || !known || s.Ctrl || s.Alt {
		return s
	}
	s.Rune = pair[0]
	if s.Shift {
		s.Rune = pair[1]
	}
	return s
}

// scan says whether the burst is a scanner's.
func (w *Wedge) scan(entered bool) bool {
	_, code := w.prefix()
	switch {
	case code:
		return true
	case w.person:
		return false
	case entered:
		return w.chars() >= fewEntered && w.fast()
	}
	return w.chars() >= fewKeys && w.fast()
}

func (w *Wedge) fast() bool { return w.elapsed <= time.Duration(max(w.keys-1, 1))*perKey }

// prefix says whether the burst begins with the configured prefix, or with a
// part of it as far as it goes, and whether the code itself has begun after it.
func (w *Wedge) prefix() (begins, code bool) {
	text := w.opts.Prefix
	if text == "" {
		return false, false
	}
	for _, p := range w.presses {
		if !p.has {
			continue
		}
		if text == "" {
			return true, true
		}
		r, size := utf8.DecodeRuneInString(text)
		if r != p.char {
			return false, false
		}
		begins, text = true, text[size:]
	}
	return begins, false
}

func (w *Wedge) chars() int {
	n := 0
	for _, p := range w.presses {
		if p.has {
			n++
		}
	}
	return n
}

func (w *Wedge) text() []byte {
	var text []byte
	for _, p := range w.presses {
		if p.has {
			text = utf8.AppendRune(text, p.char)
		}
	}
	return text
}

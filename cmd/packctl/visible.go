package main

import (
	"io"
	"unicode/utf8"

	"packbench/station"
)

// visible writes to a terminal, which obeys nothing of what is written. Half a
// letter waits for its other half.
type visible struct {
	to   io.Writer
	half []byte
}

func (v *visible) Write(p []byte) (int, error) {
	text := append(v.half, p...)
	n := len(text)
	for back := 1; back < utf8.UTFMax && back <= n; back++ {
		if utf8.RuneStart(text[n-back]) {
			if !utf8.FullRune(text[n-back:]) {
				n -= back
			}
			break
		}
	}
	v.half = append([]byte(nil), text[n:]...)
	if _, err := io.WriteString(v.to, station.Visible(string(text[:n]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

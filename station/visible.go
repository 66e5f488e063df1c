package station

import (
	"fmt"
	"strings"
	"unicode"
)

// Visible makes what a terminal or a screen would obey a text that is read, such as
// \u001b: controls, and the marks that turn the text behind them around. What is
// scanned, and what a printer says of itself, may hold any. Ends of lines and tabs
// stay.
func Visible(text string) string {
	if strings.IndexFunc(text, obeyed) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if obeyed(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func obeyed(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) && r != '\u200e' && r != '\u200f' && r != '\u061c')
}

// OneLine makes one visible line of a text, of at most so many characters: what is left
// out shows as an ellipsis.
func OneLine(text string, most int) string {
	text = Visible(strings.Join(strings.Fields(text), " "))
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

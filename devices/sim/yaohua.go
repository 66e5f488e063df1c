package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// yaohua speaks as an indicator of the XK3190 family in one of its forms: it
// streams, and hears nothing.
type yaohua struct {
	pan
	frame func(v *yaohua, text string, negative bool, now load) string
}

func newYaohua(frame func(*yaohua, string, bool, load) string) func(ScaleOptions) voice {
	return func(opts ScaleOptions) voice { return &yaohua{pan: pan{opts: opts}, frame: frame} }
}

func (v *yaohua) hear([]byte, load, time.Time) []byte { return nil }

func (v *yaohua) tick(now load, _ time.Time) []byte {
	text, negative := v.show(v.net(now))
	return []byte(v.frame(v, text, negative, now))
}

// yaohuaA9 is STX, sign, six digits, place of the point, check, ETX; nothing
// where the display shows no weight.
func yaohuaA9(v *yaohua, text string, negative bool, now load) string {
	if now.over || now.under {
		return ""
	}
	body := fmt.Sprintf("%s%s%d", sign(negative, "+"), zeros(strings.Replace(text, ".", "", 1), 6), decimals(v.opts))
	return "\x02" + body + xorOf(body) + "\x03"
}

// yaohuaA12 is a line with a check.
func yaohuaA12(v *yaohua, text string, negative bool, now load) string {
	if !strings.Contains(text, ".") {
		text += " "
	}
	body := fmt.Sprintf("WG%s%s%2s", sign(negative, "0"), zeros(text, 6), v.opts.Unit)
	switch {
	case now.over:
		body = "         OL"
	case now.under:
		body = "         LO"
	}
	return body + xorOf(body) + "\r\n"
}

func yaohuaForward(_ *yaohua, text string, negative bool, now load) string {
	if now.over || now.under {
		return ""
	}
	return "=" + sign(negative, "0") + zeros(text, 7)
}

func yaohuaReversed(_ *yaohua, text string, negative bool, now load) string {
	if now.over || now.under {
		return ""
	}
	digits := []byte(zeros(text, 7))
	slices.Reverse(digits)
	return "=" + string(digits) + sign(negative, "0")
}

// xorOf is the check of Yaohua, in hexadecimal.
func xorOf(body string) string {
	var sum byte
	for i := range len(body) {
		sum ^= body[i]
	}
	return fmt.Sprintf("%02X", sum)
}

package station

import "testing"

// TestA14WhatIsObeyedIsRead: nothing that was scanned moves the cursor or turns a
// line around. Letters of every script stay as they are.
func TestA14WhatIsObeyedIsRead(t *testing.T) {
	for text, want := range map[string]string{
		"\x1b[2Jgone": `\u001b[2Jgone`, "a\u202efdp.exe": `a\u202efdp.exe`, "\u2066x\u2069": `\u2066x\u2069`, "\u009b1m": `\u009b1m`, "x\r\x7f\a": `x\u000d\u007f\u0007`,
		"שלום\tمرحبا\n日本\u200d": "שלום\tمرحبا\n日本\u200d",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

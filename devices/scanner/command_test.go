package scanner_test

import (
	"fmt"
	"strings"
	"testing"

	"packbench/devices/scanner"
)

func TestParseCommand(t *testing.T) {
	for text, want := range map[string]string{
		``:                       "",
		`T`:                      "T",
		`\x16T\r`:                "\x16T\r",
		`\rA\nB\tC\\D\x41E`:      "\rA\nB\tC\\DAE",
		`\x16\x4d\x0D`:           "\x16M\r",
		`a\\b\n\t~ `:             "a\\b\n\t~ ",
		`\xff\x00`:               "\xff\x00",
		strings.Repeat("x", 256): strings.Repeat("x", 256),
		`T\`:                     `error: the command at place 2: a \ at the end stands for nothing: write \\ for the character itself`,
		`\x1`:                    `error: the command at place 1: after \x must come two hex digits, as in \x16`,
		`T\xG0`:                  `error: the command at place 2: after \x must come two hex digits, as in \x16`,
		`\x+1`:                   `error: the command at place 1: after \x must come two hex digits, as in \x16`,
		`\q`:                     `error: the command at place 1: a \ before 'q' is not known: there are \r \n \t \\ and \xHH`,
		"\x16T":                  `error: the command has a character at place 1 that cannot be sent as it is: write it as \x and two hex digits`,
		"pip é":                  `error: the command has a character at place 5 that cannot be sent as it is: write it as \x and two hex digits`,
		strings.Repeat("x", 257): "error: the command is longer than 256 bytes",
	} {
		command, err := scanner.ParseCommand(text)
		got := string(command)
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// FuzzCommand: any bytes can be written down.
func FuzzCommand(f *testing.F) {
	for _, seed := range []string{"\x16T\r", `\`, `\x`, "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 256 {
			return
		}
		var written strings.Builder
		for _, b := range []byte(text) {
			fmt.Fprintf(&written, `\x%02X`, b)
		}
		if again, err := scanner.ParseCommand(written.String()); err != nil || string(again) != text {
			t.Fatalf("%q comes back as %q, %v", text, again, err)
		}
		_, _ = scanner.ParseCommand(text)
	})
}

package scanner_test

import (
	"bytes"
	"strings"
	"testing"

	"packbench/devices/scanner"
)

func TestParseCommand(t *testing.T) {
	for text, want := range map[string]string{
		``:                       "",
		`T`:                      "T",
		`\x16T\r`:                "\x16T\r",
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

func TestCommands(t *testing.T) {
	all := append(scanner.Triggers(), scanner.Beeps()...)
	names := map[string][]byte{}
	for _, c := range all {
		if names[c.Name] != nil || c.Title == "" || len(c.Bytes) == 0 {
			t.Errorf("command %+v", c)
		}
		names[c.Name] = c.Bytes
		if back, err := scanner.ParseCommand(scanner.FormatCommand(c.Bytes)); err != nil || !bytes.Equal(back, c.Bytes) {
			t.Errorf("%s comes back as %q, %v", c.Name, back, err)
		}
	}
	for name, want := range map[string][]byte{"honeywell-on": {0x16, 0x54, 0x0D}, "honeywell-off": {0x16, 0x55, 0x0D}} {
		if !bytes.Equal(names[name], want) {
			t.Errorf("%s is % x, want % x", name, names[name], want)
		}
	}
	scanner.Triggers()[0].Bytes[0] = 0
	if scanner.Triggers()[0].Bytes[0] != 0x16 {
		t.Error("the table can be changed from outside")
	}
}

// FuzzCommand: any bytes can be written down, and what reads is written back.
func FuzzCommand(f *testing.F) {
	for _, seed := range []string{`\x16T\r`, `#@////\r`, `\\`, `\`, "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if command, err := scanner.ParseCommand(text); err == nil {
			if again, err := scanner.ParseCommand(scanner.FormatCommand(command)); err != nil || !bytes.Equal(again, command) {
				t.Fatalf("%q is %q and comes back as %q, %v", text, command, again, err)
			}
		}
		if len(text) <= 256 {
			if again, err := scanner.ParseCommand(scanner.FormatCommand([]byte(text))); err != nil || string(again) != text {
				t.Fatalf("%q comes back as %q, %v", text, again, err)
			}
		}
	})
}

package scanner

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Command is what a scanner on a serial line can be told. Nothing here is sent
// by itself: a shop names the commands that its scanner is to get.
type Command struct {
	Name  string // as in the settings: "honeywell-on"
	Title string // for people
	Bytes []byte
}

// Triggers are commands that make a scanner look for a code, or stop it. The
// scanner has to be set up to heed them.
//
// Sources: Honeywell 2700, NCR 7837 and Datalogic 7000 manuals, "Trigger
// commands"; Datalogic PowerScan product reference guide, appendix E.
func Triggers() []Command {
	return []Command{
		{"honeywell-on", "Honeywell and alike: start reading", []byte("\x16T\r")},
		{"honeywell-off", "Honeywell and alike: stop reading", []byte("\x16U\r")},
		{"datalogic-on", "Datalogic PowerScan: start reading", []byte("T")},
		{"datalogic-off", "Datalogic PowerScan: stop reading", []byte("X")},
	}
}

// Beeps are commands that make a scanner sound.
//
// Sources: Datalogic PowerScan and Magellan 9300i product reference guides,
// appendix E; CipherLab 1664 manual, "Serial commands".
func Beeps() []Command {
	return []Command{
		{"datalogic-beep", "Datalogic and PSC: beep", []byte("\x01")},
		{"datalogic-refuse", "Datalogic: beep for an unknown article, stop reading until enabled", []byte("F")},
		{"datalogic-enable", "Datalogic and PSC: read again", []byte("E")},
		{"bel", "scanners that beep on BEL", []byte("\x07")},
		{"cipherlab-beep", "CipherLab: beep", []byte("#@////\r")},
	}
}

// maxCommand is more than any command has.
const maxCommand = 256

// ParseCommand reads a command as a setting writes it: printable ASCII stands
// for itself, \r \n \t \\ and \xHH (two hex digits) for a byte that cannot be
// typed. The empty text is no command, and no error. FormatCommand writes it.
func ParseCommand(text string) ([]byte, error) {
	var command []byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case len(command) == maxCommand:
			return nil, fmt.Errorf("the command is longer than %d bytes", maxCommand)
		case c < ' ' || c > '~':
			return nil, fmt.Errorf("the command has a character at place %d that cannot be sent as it is: write it as \\x and two hex digits", i+1)
		case c != '\\':
			command = append(command, c)
			continue
		}
		b, used, err := escape(text[i+1:])
		if err != nil {
			return nil, fmt.Errorf("the command at place %d: %w", i+1, err)
		}
		command = append(command, b)
		i += used
	}
	return command, nil
}

// escape reads what follows a backslash and tells how much of it.
func escape(rest string) (b byte, used int, err error) {
	if rest == "" {
		return 0, 0, fmt.Errorf(`a \ at the end stands for nothing: write \\ for the character itself`)
	}
	switch rest[0] {
	case 'r':
		return '\r', 1, nil
	case 'n':
		return '\n', 1, nil
	case 't':
		return '\t', 1, nil
	case '\\':
		return '\\', 1, nil
	case 'x':
		if len(rest) >= 3 {
			if n, err := strconv.ParseUint(rest[1:3], 16, 8); err == nil {
				return byte(n), 3, nil
			}
		}
		return 0, 0, fmt.Errorf(`after \x must come two hex digits, as in \x16`)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return 0, 0, fmt.Errorf(`a \ before %s is not known: there are \r \n \t \\ and \xHH`, strconv.QuoteRuneToASCII(r))
}

// FormatCommand writes a command as ParseCommand reads it.
func FormatCommand(command []byte) string {
	var text strings.Builder
	for _, b := range command {
		switch {
		case b == '\r':
			text.WriteString(`\r`)
		case b == '\n':
			text.WriteString(`\n`)
		case b == '\t':
			text.WriteString(`\t`)
		case b == '\\':
			text.WriteString(`\\`)
		case b < ' ' || b > '~':
			fmt.Fprintf(&text, `\x%02X`, b)
		default:
			text.WriteByte(b)
		}
	}
	return text.String()
}

package scanner

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// maxCommand is more than any command has.
const maxCommand = 256

// ParseCommand reads a command as a setting writes it: printable ASCII stands
// for itself, \r \n \t \\ and \xHH (two hex digits) for a byte that cannot be
// typed. The empty text is no command, and no error.
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

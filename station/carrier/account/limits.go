package account

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/station"
)

// Field is a text that an interface takes.
type Field struct {
	Name   string // as people call it: "street"
	Text   string
	Most   int // characters; 0: any number
	Needed bool
}

// Fits refuses the first text that is longer than an interface takes, or that is missing
// where needed: what is cut off could be the number of the house.
func Fits(fields ...Field) error {
	for _, f := range fields {
		switch n := utf8.RuneCountInString(f.Text); {
		case f.Needed && strings.TrimSpace(f.Text) == "":
			return &Refused{Why: BadAddress, Field: f.Name, Say: fmt.Sprintf("the %s is missing", f.Name)}
		case f.Most > 0 && n > f.Most:
			return &Refused{Why: BadAddress, Field: f.Name, Say: fmt.Sprintf("the %s has %d characters, and %d are taken", f.Name, n, f.Most)}
		}
	}
	return nil
}

// Sender says of a refusal that it is about the shop's own address.
func Sender(err error) error {
	var no *Refused
	if !errors.As(err, &no) {
		return err
	}
	own := *no
	own.Why, own.Say = NotSet, "the sender's address: "+no.Say
	return &own
}

// Lines puts the street of an address in so many lines of at most so many characters.
// One that is longer goes on in the next line, from a blank on; nothing is cut.
func Lines(a station.Address, lines, most int) ([]string, error) {
	var out []string
	for _, text := range []string{a.Street, a.Street2} {
		line := ""
		for _, word := range strings.Fields(text) {
			switch {
			case line == "":
				line = word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= most:
				line += " " + word
			default:
				out, line = append(out, line), word
			}
		}
		if line != "" {
			out = append(out, line)
		}
	}
	if len(out) == 0 || len(out) > lines {
		return nil, &Refused{Why: BadAddress, Field: "street", Say: fmt.Sprintf("the street must have 1 to %d lines of %d characters", lines, most)}
	}
	for _, line := range out {
		if err := Fits(Field{"street", line, most, true}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Visible is an address without control characters, which no label can show and some
// interfaces answer with nothing.
func Visible(a station.Address) station.Address {
	for _, text := range []*string{&a.Name, &a.Company, &a.Street, &a.Street2, &a.City, &a.Region, &a.Postcode, &a.Country, &a.Phone, &a.Email} {
		*text = strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, *text))
	}
	return a
}

// Digits is a telephone number without anything between its digits, and without the
// country's own code where that is 1: the ten that are dialled there.
func Digits(phone, country string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	if (country == "US" || country == "CA" || country == "PR") && len(digits) == 11 {
		digits = strings.TrimPrefix(digits, "1")
	}
	return digits
}

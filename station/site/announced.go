package site

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Announced is what a buyer sent with the form of a return. All of it is the buyer's word:
// whether it was sold, and may come back, is not looked at here.
type Announced struct {
	Order string
	Wish  string // a code, see [Form]
	Email string
	Lines []Back
}

// Back is so many units of a product, and why they come back.
type Back struct {
	SKU    string
	Qty    int
	Reason string // a code
}

// What a form may hold: somebody filled it in by hand.
const (
	mostFormBytes = 256 << 10
	mostFormLines = 1000
	mostOfOne     = 10_000
)

// ReadForm reads what a browser or a mail program sent of a form: lines of name=value, which
// may stand in a mail among others, or one line as a web server gets it.
func ReadForm(r io.Reader) (out Announced, err error) {
	text, err := io.ReadAll(io.LimitReader(r, mostFormBytes+1))
	if err != nil {
		return out, err
	}
	if len(text) > mostFormBytes {
		return out, fmt.Errorf("it is longer than %d kB: that is no form", mostFormBytes>>10)
	}
	fields, err := fieldsOf(string(text))
	if err != nil {
		return out, err
	}
	for _, f := range fields {
		if err := out.take(f.Name, f.Text); err != nil {
			return Announced{}, err
		}
	}
	out.Lines = slices.DeleteFunc(out.Lines, func(l Back) bool { return l.Qty == 0 })
	switch {
	case out.Order == "":
		return Announced{}, errors.New("it names no order: that is no form of a return")
	case len(out.Lines) == 0:
		return Announced{}, errors.New("it says of no piece that it comes back")
	}
	return out, nil
}

// fieldsOf are the fields of a form in their order. Lines of a mail that are none are left out.
func fieldsOf(text string) (out []fact, err error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "order=") && !strings.ContainsAny(text, "\r\n") && strings.Contains(text, "&") {
		for part := range strings.SplitSeq(text, "&") {
			name, value, _ := strings.Cut(part, "=")
			if value, err = url.QueryUnescape(value); err != nil {
				return nil, errors.New("it cannot be read: it is cut off")
			}
			out = append(out, fact{name, value})
		}
		return out, nil
	}
	for line := range strings.Lines(text) {
		if name, value, is := strings.Cut(strings.TrimSpace(line), "="); is && slices.Contains([]string{"order", "sku", "qty", "reason", "wish", "email"}, name) {
			out = append(out, fact{name, strings.TrimSpace(value)})
		}
	}
	return out, nil
}

func (a *Announced) take(name, value string) error {
	if len(value) > 200 || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fmt.Errorf("its field %.20q is too long, or holds what cannot be typed", name)
	}
	last := len(a.Lines) - 1
	switch name {
	case "order":
		if a.Order != "" && a.Order != value {
			return errors.New("it names two orders")
		}
		a.Order = value
	case "wish":
		if a.Wish = value; !slices.ContainsFunc(wishes, func(f fact) bool { return f.Name == value }) {
			return fmt.Errorf("there is no wish %.20q", value)
		}
	case "email":
		a.Email = value
	case "sku":
		if len(a.Lines) == mostFormLines {
			return fmt.Errorf("it has more than %d products: that is no form", mostFormLines)
		}
		a.Lines = append(a.Lines, Back{SKU: value})
	case "qty":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > mostOfOne || last < 0 {
			return fmt.Errorf("%.20q is no number of pieces", value)
		}
		a.Lines[last].Qty = n
	case "reason":
		if last < 0 || !slices.ContainsFunc(reasons, func(f fact) bool { return f.Name == value }) {
			return fmt.Errorf("there is no reason %.20q", value)
		}
		a.Lines[last].Reason = value
	}
	return nil
}

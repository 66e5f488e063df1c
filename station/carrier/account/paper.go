package account

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
)

// Coded reads a label that came as base64 in an answer. See Label.
func Coded(text string, form Form) (Paper, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return Paper{}, errors.New("the label is no base64, or is cut off")
	}
	return Label(data, form)
}

// Label is a label as it came, with the type that its first bytes say: what the answer
// calls it may be wrong. One of another form than was asked for is an error, as no printer
// could print it.
func Label(data []byte, form Form) (Paper, error) {
	p := Paper{Kind: "label", Data: data}
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		p.Type = PDF
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		p.Type = PNG
	case bytes.HasPrefix(data, []byte("GIF8")):
		p.Type = GIF
	case bytes.Contains(data, []byte("^XA")) && bytes.Contains(data, []byte("^XZ")):
		p.Type = ZPL
	default:
		return Paper{}, errors.New("the label is no picture, page or program of a printer")
	}
	if form.ZPL != (p.Type == ZPL) {
		return Paper{}, errors.New("the label has another form than was asked for")
	}
	return p, nil
}

// Usable reports whether a purchase can go onto a parcel: it has a number, and a label that
// is one by its first bytes. They say its type, too.
func (p Purchase) Usable() bool {
	if p.Tracking == "" || len(p.Papers) == 0 {
		return false
	}
	for _, zpl := range []bool{false, true} {
		if read, err := Label(p.Papers[0].Data, Form{ZPL: zpl}); err == nil {
			p.Papers[0].Type = read.Type
			return true
		}
	}
	return false
}

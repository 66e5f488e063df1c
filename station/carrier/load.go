package carrier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a Windows bench has no zone files of its own

	"golang.org/x/text/currency"

	"packbench/station/unit"
)

// MaxFile is the most bytes of a rate card file.
const MaxFile = 16 << 20

// LoadCards reads a rate card file. It reports all faults at once, each with
// the carrier, service and zone that it stands in; with a fault there are no
// cards. What it accepts is sound: the price of a service never falls as the
// mass grows, unless the card says that it may.
func LoadCards(data []byte) (Cards, error) {
	if len(data) > MaxFile {
		return Cards{}, fmt.Errorf("rate cards: the file is larger than %d MB", MaxFile>>20)
	}
	var f fileCards
	if err := decode(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &f); err != nil {
		return Cards{}, fmt.Errorf("rate cards: %w", err)
	}
	if f.Format != Format {
		return Cards{}, fmt.Errorf("rate cards: the format is %q; it must be %q", clip(f.Format), Format)
	}
	r := &reader{}
	cards := Cards{Currency: strings.ToUpper(strings.TrimSpace(f.Currency))}
	if _, err := unit.ParseMoney("0", cards.Currency); err != nil {
		return Cards{}, fmt.Errorf("rate cards: %w", err)
	}
	if _, err := currency.ParseISO(cards.Currency); err != nil {
		r.doubt("no currency has the code %q", cards.Currency)
	}
	if len(f.Carriers) == 0 {
		r.fault("there is no carrier in it")
	}
	r.currency = cards.Currency
	for i, raw := range f.Carriers {
		path := fmt.Sprintf("carriers[%d]", i)
		var fc fileCarrier
		if err := decode(raw, &fc); err != nil {
			r.at(fmt.Sprintf("carrier %d", i+1), path).fault("%v", err)
			continue
		}
		c := r.at("carrier "+name(fc.ID, i), path).carrier(fc)
		if slices.ContainsFunc(cards.Carriers, func(o Carrier) bool { return o.ID == c.ID }) {
			r.fault("there are two carriers %q", c.ID)
		}
		var text bytes.Buffer
		if err := json.Compact(&text, raw); err != nil {
			r.fault("%v", err)
		}
		c.JSON = text.Bytes()
		cards.Carriers = append(cards.Carriers, c)
	}
	r.at("", "").unique(cards)
	if len(r.faults) > 0 {
		return Cards{}, fmt.Errorf("rate cards: %w", r.faults)
	}
	r.gaps(cards)
	cards.Unsound, cards.Warnings = r.unsound, r.warnings
	return cards, nil
}

// LoadNew is [LoadCards] for a file that is not in use yet: it also refuses what is
// unsound.
func LoadNew(data []byte) (Cards, error) {
	cards, err := LoadCards(data)
	if err == nil && len(cards.Unsound) > 0 {
		return Cards{}, fmt.Errorf("rate cards: %w", cards.Unsound)
	}
	return cards, err
}

// Merge puts the carriers of a newer file over the ones of the same id.
func Merge(old, newer Cards) (Cards, error) {
	if len(old.Carriers) == 0 {
		return newer, nil
	}
	if old.Currency != newer.Currency {
		return old, fmt.Errorf("rate cards in %s can not be compared with cards in %s", newer.Currency, old.Currency)
	}
	merged := Cards{Currency: old.Currency, Carriers: slices.Clone(old.Carriers)}
	for _, c := range newer.Carriers {
		i := slices.IndexFunc(merged.Carriers, func(o Carrier) bool { return o.ID == c.ID })
		if i < 0 {
			merged.Carriers = append(merged.Carriers, c)
		} else {
			merged.Carriers[i] = c
		}
	}
	r := &reader{}
	r.unique(merged)
	if len(r.faults) > 0 {
		return merged, r.faults
	}
	return merged, nil
}

// Encode writes cards as a file that [LoadCards] reads back.
func (c Cards) Encode() ([]byte, error) {
	f := struct {
		Format   string            `json:"format"`
		Currency string            `json:"currency"`
		Carriers []json.RawMessage `json:"carriers"`
	}{Format, c.Currency, nil}
	for _, carrier := range c.Carriers {
		f.Carriers = append(f.Carriers, carrier.JSON)
	}
	return json.MarshalIndent(f, "", "  ")
}

// decode wants exactly one JSON value without unknown names: a misspelt
// "fuel_permile" must not mean "no fuel".
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line := 1 + bytes.Count(data[:syntax.Offset], []byte("\n"))
			return fmt.Errorf("line %d: %w", line, err)
		}
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands behind the end of the JSON")
	}
	return nil
}

func name(id string, i int) string {
	if id == "" {
		return fmt.Sprintf("%d", i+1)
	}
	return clip(id)
}

// minutes reads "16:30".
func minutes(text string) (int, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time such as \"16:30\"", clip(text))
	}
	return t.Hour()*60 + t.Minute(), nil
}

package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"packbench/station/pack"
)

// Parting is an entry about a parcel, with its body.
type Parting struct {
	Entry
	Shipping
}

// ReadParting reads the body of an entry about a parcel.
func ReadParting(e Entry) (Parting, error) {
	s := Parting{Entry: e}
	if err := json.Unmarshal(e.Body, &s.Shipping); err != nil {
		return s, fmt.Errorf("entry %d of the outbox cannot be read", e.ID)
	}
	return s, nil
}

// Tells is the tracking number that a shop is told: a carrier without any has that of the
// label.
func (s Parting) Tells() string { return cmp.Or(s.Tracking, s.SSCC) }

// Given reports whether a label was given back.
func Given(entries []Entry, sscc string) bool {
	return slices.ContainsFunc(entries, func(e Entry) bool { return e.Key == VoidKey(sscc) })
}

// Together are the parcels of an order that have left, or will.
func Together(entries []Entry) ([]Parting, error) {
	var out []Parting
	for _, e := range entries {
		if e.Kind != EntryShipment || e.State == EntryWithdrawn || e.State == EntryGivenUp {
			continue
		}
		of, err := ReadParting(e)
		if err != nil {
			return nil, err
		}
		if !Given(entries, of.SSCC) {
			out = append(out, of)
		}
	}
	return out, nil
}

// ByLine tells what each of an order's parcels holds in the lines that the order has.
func ByLine(parcels []Parting) [][]pack.Content {
	contents := make([][]pack.Content, len(parcels))
	for i, p := range parcels {
		contents[i] = p.Contents
	}
	return pack.ByLine(contents...)
}

// SentLines is ByLine of the parcels that have left, by their SSCC.
func SentLines(entries []Entry) (map[string][]pack.Content, error) {
	parcels, err := Together(entries)
	out := map[string][]pack.Content{}
	for i, lines := range ByLine(parcels) {
		out[parcels[i].SSCC] = lines
	}
	return out, err
}

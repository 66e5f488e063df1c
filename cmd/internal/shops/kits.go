package shops

import (
	"packbench/station/pack"
	"packbench/station/store"
)

// byLine tells what each of an order's parcels holds in the lines that the shop knows.
func byLine(parcels []shipping) [][]pack.Content {
	contents := make([][]pack.Content, len(parcels))
	for i, p := range parcels {
		contents[i] = p.Contents
	}
	return pack.ByLine(contents...)
}

// sentLines is byLine of the parcels that have left, by their SSCC.
func sentLines(entries []store.Entry) (map[string][]pack.Content, error) {
	parcels, err := together(entries)
	out := map[string][]pack.Content{}
	for i, lines := range byLine(parcels) {
		out[parcels[i].SSCC] = lines
	}
	return out, err
}

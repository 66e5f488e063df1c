package upkeep

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/station/carrier"
	"packbench/station/intake"
)

// Cards reads a file of rates as an import does, and keeps nothing of it.
func (d Upkeep) Cards(ctx context.Context, data []byte, name string) (carrier.Cards, Import, error) {
	return importer{Folder: d.Folder, name: name, progress: func(string, ...string) {}}.cards(ctx, data)
}

// cards reads a rate card file, or a plain price list, which is all or nothing: a price
// that is left out would send parcels at another one. Without an error and without
// carriers there are rows that cannot be used, and Import names them.
func (in importer) cards(ctx context.Context, data []byte) (carrier.Cards, Import, error) {
	out := Import{Rejected: []intake.Rejection{}}
	name := filepath.Base(in.name)
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(start, []byte("{")) || strings.EqualFold(filepath.Ext(name), ".json") {
		cards, err := carrier.LoadNew(data)
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		out.Warnings = cells(cards.Warnings)
		return cards, out, err
	}
	list, rep, err := intake.ReadPrices(ctx, bytes.NewReader(data), in.name, in.options())
	if err != nil {
		return carrier.Cards{}, out, err
	}
	if rep.Bad() > 0 || rep.Read == 0 {
		out.tell(rep)
		return carrier.Cards{}, out, nil
	}
	rows := make([]carrier.Price, len(list))
	for i, p := range list {
		rows[i] = carrier.Price(p)
	}
	zone, known := zoneName(in.Location())
	if !known {
		out.Warnings = append(out.Warnings, intake.Rejection{Column: "cut-off", Reason: "the cut-off is read as world time (UTC): set the time zone of the shop in the settings and import the list again"})
	}
	cards, err := carrier.LoadPrices(rows, zone)
	var faults carrier.Faults
	if errors.As(err, &faults) {
		out.tell(rep)
		out.Rejected = cells(faults)
		return carrier.Cards{}, out, nil
	}
	if err != nil {
		return carrier.Cards{}, out, fmt.Errorf("%s: %w", name, err)
	}
	out.Warnings = append(out.Warnings, cells(cards.Warnings)...)
	out.Ignored = rep.Ignored
	return cards, out, nil
}

// cells are what is wrong with a card, where it stands.
func cells(faults carrier.Faults) (out []intake.Rejection) {
	for _, f := range faults {
		out = append(out, intake.Rejection{Row: f.Row, Column: cmp.Or(f.Column, f.Path), Reason: f.Words()})
	}
	return out
}

// zoneName is the name of a time zone, also of the computer's own.
func zoneName(at *time.Location) (name string, known bool) {
	for _, name := range []string{at.String(), os.Getenv("TZ"), linked("/etc/localtime")} {
		if _, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			return name, true
		}
	}
	return "UTC", false
}

// linked is the zone that a link into a folder of zones names.
func linked(path string) string {
	to, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	_, name, _ := strings.Cut(filepath.ToSlash(to), "/zoneinfo/")
	return name
}

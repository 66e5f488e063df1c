package upkeep

import (
	"bytes"
	"context"
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
	return importer{Folder: d.Folder, name: name, progress: func(string) {}}.cards(ctx, data)
}

// cards reads a rate card file, or a plain price list, which is all or nothing: a price
// that is left out would send parcels at another one. Without an error and without
// carriers there are rows that cannot be used, and Import names them.
func (in importer) cards(ctx context.Context, data []byte) (carrier.Cards, Import, error) {
	out := Import{Rejected: []intake.Rejection{}}
	name := filepath.Base(in.name)
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(start, []byte("{")) || strings.EqualFold(filepath.Ext(name), ".json") {
		cards, err := carrier.LoadCards(data)
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
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
	file, err := carrier.FromPrices(rows, zone)
	if err != nil {
		return carrier.Cards{}, out, fmt.Errorf("%s: %w", name, err)
	}
	cards, err := carrier.LoadCards(file)
	if err != nil {
		return carrier.Cards{}, out, fmt.Errorf("%s: %w", name, err)
	}
	for _, c := range cards.Carriers {
		if c.Sample {
			out.Warnings = append(out.Warnings, intake.Rejection{
				Column: c.Name,
				Reason: "its labels say that they are no postage, with numbers of your own. Put the beginning of the tracking numbers that it gave you into a column number prefix and import the list again",
			})
		}
	}
	out.Ignored = rep.Ignored
	return cards, out, nil
}

// zoneName is the name of a time zone, also of the computer's own.
func zoneName(at *time.Location) (name string, known bool) {
	if name = at.String(); name != "Local" {
		return name, true
	}
	for _, name := range []string{os.Getenv("TZ"), linked("/etc/localtime")} {
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

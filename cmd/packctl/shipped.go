package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/shops"
	"packbench/station/shift"
	"packbench/station/shop/outfile"
)

const shippedUsage = "--date D [--shop ID] [--form NAME] [--set template=FILE|encoding=NAME|carrier.ID=NAME …] --out FILE"

// runShipped writes what left on a day as a file that a marketplace takes, for shops
// without an interface or a folder of their own.
func runShipped(ctx context.Context, f *flags) error {
	set := settings{}
	date := f.String("date", "", "day on which the parcels were closed, such as 2026-11-22")
	id := f.String("shop", "", "only parcels of this shop")
	form := f.String("form", "", "how it is written: "+strings.Join(outfile.Names(), ", "))
	f.Var(set, "set", "key=value, once for each setting")
	out := f.String("out", "", "file to write; a second one of the same form stands beside it")
	if err := f.readAlone(); err != nil {
		return err
	}
	if *date == "" || *out == "" {
		return usagef("packctl shipped %s", shippedUsage)
	}
	day, err := shift.ParseDate(*date)
	if err != nil {
		return usagef("%v", err)
	}
	way, carriers, err := shippedForm(*form, set)
	if err != nil {
		return usagef("%v", err)
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		window := shift.Day(day, d.Location())
		list, err := shops.New(d).Sent(ctx, window.From, window.To, *id, carriers)
		if err != nil {
			return err
		}
		sheets, left := way.Sheets(list)
		names, err := writeSheets(*out, sheets)
		if err != nil {
			return err
		}
		for _, l := range left {
			fmt.Fprintf(f.err, "the parcel %s of order %s is not in the file: %v\n", l.Parcel.Tracking, l.Parcel.Number, l.Why)
		}
		line := struct {
			Files   []string `json:"files"`
			Parcels int      `json:"parcels"`
			Left    int      `json:"left_out"`
		}{names, len(list) - len(left), len(left)}
		words := "written to " + strings.Join(names, " and ")
		if len(names) == 0 {
			words = "no file is written"
		}
		if err := f.print(line, "%d parcels of %s, %s", line.Parcels, *date, words); err != nil {
			return err
		}
		if len(left) > 0 {
			return fmt.Errorf("%d parcels are left out", len(left))
		}
		return nil
	})
}

// shippedForm is the form that the settings ask for, and what it calls the carriers.
func shippedForm(name string, set settings) (outfile.Form, map[string]string, error) {
	o := outfile.Options{}
	carriers := map[string]string{}
	for key, value := range set {
		carrier, is := strings.CutPrefix(key, "carrier.")
		switch {
		case is:
			carriers[carrier] = value
		case key == "encoding":
			o.Encoding = value
		case key == "template":
			file, err := os.Open(value)
			if err != nil {
				return outfile.Form{}, nil, err
			}
			o.Template, err = io.ReadAll(io.LimitReader(file, outfile.MostTemplate+1))
			if err = errors.Join(err, file.Close()); err != nil {
				return outfile.Form{}, nil, err
			}
		default:
			return outfile.Form{}, nil, fmt.Errorf("there is no setting %q; there are template, encoding and carrier.ID", clipped(key, 40))
		}
	}
	form, err := outfile.Named(name, o)
	return form, carriers, err
}

// writeSheets writes the files of a form: the first under the name that was given, the
// others beside it, with what they say in their names.
func writeSheets(out string, sheets []outfile.Sheet) (names []string, err error) {
	for i, s := range sheets {
		name := out
		if i > 0 {
			ending := filepath.Ext(out)
			name = strings.TrimSuffix(out, ending) + "-" + s.Word + ending
		}
		err := folder.WriteWhole(name, func(w io.Writer) error {
			_, err := w.Write(s.Data)
			return err
		})
		if err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

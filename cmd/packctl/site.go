package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/site"
	pages "packbench/station/site"
)

const siteUsage = "build --out DIR | push | status | links [ORDER] | key | form FILE|-"

// linkLine is where a parcel's pages are read.
type linkLine struct {
	Order   string `json:"order"`
	Parcel  string `json:"parcel"`
	SSCC    string `json:"sscc"`
	Page    string `json:"page"`
	Outside string `json:"outside"`
	Return  string `json:"return,omitempty"`
	Read    bool   `json:"read"` // it can be
}

// runSite writes the pages that buyers read of their parcels.
func runSite(ctx context.Context, f *flags) error {
	out := f.String("out", "", "the folder to write all pages into")
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) == 0 || len(args) > 2 || len(args) == 2 && args[0] != "links" && args[0] != "form" || (args[0] == "build") != (*out != "") {
		return usagef("packctl site %s", siteUsage)
	}
	if args[0] == "form" {
		return f.siteForm(append(args, "-")[1])
	}
	return f.within(ctx, func(d *folder.Folder) error {
		s := site.New(d)
		switch args[0] {
		case "build":
			came, err := s.Build(ctx, *out)
			if err != nil {
				return err
			}
			return f.print(came, "%d pages are in %s", came.Put, filepath.Clean(*out))
		case "push":
			return asRunner(ctx, d, func() error { return f.pushSite(ctx, s) })
		case "status":
			return f.siteStatus(ctx, s)
		case "links":
			return f.siteLinks(ctx, s, append(args, "")[1])
		case "key":
			line, err := f.secretLine()
			if err == nil {
				err = s.KeepSecret(line)
			}
			if err != nil {
				return err
			}
			return f.siteStatus(ctx, s)
		}
		return usagef("packctl site %s", siteUsage)
	})
}

func (f *flags) pushSite(ctx context.Context, s *site.Site) error {
	came, err := s.Push(ctx)
	if err != nil {
		return err
	}
	if err := f.print(came, "%d pages written, %d taken away, %d as they were, %d left", came.Put, came.Removed, came.Unchanged, came.Left); err != nil {
		return err
	}
	if came.Trouble != "" {
		return fmt.Errorf("%s", came.Trouble)
	}
	return nil
}

func (f *flags) siteStatus(ctx context.Context, s *site.Site) error {
	st, err := s.Status(ctx)
	if err != nil {
		return err
	}
	words := st.Trouble
	switch {
	case !st.On && words == "":
		words = site.ErrOff.Error()
	case words == "":
		words = "works"
	}
	return f.print(st, "%s  %s  %d files  %s", st.URL, st.Place, st.Pages, words)
}

func (f *flags) siteLinks(ctx context.Context, s *site.Site, order string) error {
	all, err := s.Addresses(ctx, order)
	for i := 0; i < len(all) && err == nil; i++ {
		a := all[i]
		err = f.print(linkLine(a), "%-14s %s\n               outside: %s", a.Parcel, a.Page, a.Outside)
	}
	if err == nil && len(all) == 0 && !f.json {
		_, err = fmt.Fprintln(f.out, "no pages")
	}
	return err
}

// noticeLine is what a buyer announced, as packctl returns announce takes it.
type noticeLine struct {
	Order string       `json:"order"`
	Way   string       `json:"way,omitempty"`
	Email string       `json:"email,omitempty"`
	Lines []noticeBack `json:"lines"`
}

type noticeBack struct {
	SKU    string `json:"sku"`
	Qty    int    `json:"qty"`
	Reason string `json:"reason,omitempty"`
}

// siteForm reads what came of the form of a return, and writes it as one object.
func (f *flags) siteForm(name string) error {
	in := f.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	a, err := pages.ReadForm(in)
	if err != nil {
		return fmt.Errorf("the form: %w", err)
	}
	line := noticeLine{Order: a.Order, Way: a.Wish, Email: a.Email}
	for _, l := range a.Lines {
		line.Lines = append(line.Lines, noticeBack(l))
	}
	return printJSON(f.out, line)
}

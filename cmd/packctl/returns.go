package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/photos"
	"packbench/cmd/internal/returndesk"
	"packbench/station/returns"
	"packbench/station/store"
	"packbench/station/unit"
)

const returnsUsage = "[--open] [--owed] [RETURN] | announce FILE | match RETURN PARCEL | photo RETURN FILE | settle RETURN refund|exchange|credit|paid|refused REASON"

// returnLine is one return.
type returnLine struct {
	Return  string       `json:"return"`
	State   string       `json:"state"`
	Order   string       `json:"order,omitempty"`
	Parcel  string       `json:"parcel,omitempty"`
	Place   string       `json:"place,omitempty"`
	Began   time.Time    `json:"began"`
	Closed  *time.Time   `json:"closed,omitempty"`
	Odd     int          `json:"odd,omitempty"`
	Missed  int          `json:"missing,omitempty"`
	Money   string       `json:"money,omitempty"`
	Owed    *unit.Money  `json:"owed,omitempty"`
	Due     string       `json:"due,omitempty"`
	Overdue bool         `json:"overdue,omitempty"`
	Way     returns.Way  `json:"way,omitempty"`
	Why     string       `json:"why,omitempty"`
	Units   []returnUnit `json:"units,omitempty"`
	Codes   []string     `json:"codes,omitempty"`
	Photos  []string     `json:"photos,omitempty"` // their files
}

type returnUnit struct {
	SKU     string `json:"sku"`
	Qty     int    `json:"qty"`
	Serial  string `json:"serial,omitempty"`
	Lot     string `json:"lot,omitempty"`
	Odd     string `json:"odd,omitempty"`
	Grade   string `json:"grade"`
	Becomes string `json:"disposition"`
	Bin     string `json:"bin,omitempty"`
}

// runReturns lists what came back or will, and what buyers are owed, and settles it.
func runReturns(ctx context.Context, f *flags) error {
	open := f.Bool("open", false, "only what is announced, on a bench, put aside, or blind and not matched")
	owed := f.Bool("owed", false, "only what is neither paid nor refused, the earliest due day first")
	words, err := f.read()
	if err != nil {
		return err
	}
	verb := strings.Join(words[:min(1, len(words))], "")
	switch {
	case verb == "announce" && len(words) == 2:
		return returnsAnnounce(ctx, f, words[1])
	case verb == "match" && len(words) == 3:
		return returnsMatch(ctx, f, words[1], words[2])
	case verb == "photo" && len(words) == 3:
		return returnsPhoto(ctx, f, words[1], words[2])
	case verb == "settle" && (len(words) == 3 || len(words) == 4 && words[2] == "refused"):
		return returnsSettle(ctx, f, words[1:])
	case len(words) > 1 || slices.Contains([]string{"announce", "match", "photo", "settle"}, verb):
		return usagef("usage: packctl returns %s", returnsUsage)
	case verb != "":
		return returnShow(ctx, f, verb)
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		list, err := returndesk.New(d).List(ctx, store.ReturnFilter{Open: *open, Owed: *owed})
		for i := 0; i < len(list) && err == nil; i++ {
			err = f.printReturn(lineOfReturn(d, list[i]))
		}
		if err == nil && len(list) == 0 && !f.json {
			_, err = fmt.Fprintln(f.out, "no returns")
		}
		return err
	})
}

func lineOfReturn(d *folder.Folder, r store.Return) returnLine {
	out := returnLine{
		Return: r.ID, State: r.State, Order: r.Order, Parcel: r.Parcel, Place: r.Place, Began: r.Began, Odd: r.Odd, Missed: r.Missed, Money: r.Money, Why: r.Why,
	}
	if r.Number != "" {
		out.Order = r.Number
	}
	if !r.Closed.IsZero() {
		out.Closed = &r.Closed
	}
	if r.Money != "" {
		out.Due, out.Way = r.Due.In(d.Location()).Format(time.DateOnly), r.Way
		out.Overdue = (r.Money == store.MoneyOwed || r.Money == store.MoneyTold) && out.Due < d.Clock().In(d.Location()).Format(time.DateOnly)
	}
	if r.Owed.Currency != "" {
		out.Owed = &r.Owed
	}
	return out
}

func (f *flags) printReturn(l returnLine) error {
	money := ""
	switch {
	case l.Money == "":
	case l.Owed != nil:
		money = fmt.Sprintf("  %s %s, due %s", l.Money, l.Owed, l.Due)
	default:
		money = fmt.Sprintf("  %s, amount not known, due %s", l.Money, l.Due)
	}
	if l.Overdue {
		money += ", overdue"
	}
	return f.print(l, "%-22s %-9s order %-12s%s", l.Return, l.State, l.Order, money)
}

func returnShow(ctx context.Context, f *flags, id string) error {
	return f.looking(ctx, func(d *folder.Folder) error {
		if err := d.Store.CatchUp(ctx); err != nil {
			return err
		}
		r, known, err := store.Known(d.Store.Return(ctx, id))
		if err == nil && !known {
			err = fmt.Errorf("there is no return %q", clipped(id, 40))
		}
		if err != nil {
			return err
		}
		line := lineOfReturn(d, r)
		units, err := d.Store.ReturnUnits(ctx, id)
		if err == nil {
			line.Codes, err = d.Store.ReturnCodes(ctx, id)
		}
		if err == nil {
			line.Photos, err = d.Store.ReturnPhotos(ctx, id)
		}
		if err != nil {
			return err
		}
		missing := 0
		for i, hash := range line.Photos {
			if line.Photos[i] = photos.Path(d.DocumentsDir(), hash); !photos.Whole(d.DocumentsDir(), hash) {
				missing++
			}
		}
		for _, u := range units {
			line.Units = append(line.Units, returnUnit{u.SKU, u.Qty, u.Marks.Serial, u.Marks.Lot, u.Odd, u.Grade, u.Disposition, u.Bin})
		}
		if err := f.printReturn(line); err != nil || f.json {
			return err
		}
		for _, u := range line.Units {
			if _, err := fmt.Fprintf(f.out, "  %d × %s  %s  %s  %s  %s\n", u.Qty, u.SKU, u.Serial+u.Lot, u.Grade, u.Becomes+" "+u.Bin, u.Odd); err != nil {
				return err
			}
		}
		for _, path := range line.Photos {
			if _, err := fmt.Fprintf(f.out, "  photo %s\n", path); err != nil {
				return err
			}
		}
		if missing > 0 {
			return fmt.Errorf("%d of %d photos are not there as they were kept: they lie on another bench, or were changed", missing, len(line.Photos))
		}
		return nil
	})
}

func returnsPhoto(ctx context.Context, f *flags, id, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		p, err := returndesk.New(d).Photograph(ctx, who.Person, id, in)
		if err != nil {
			return err
		}
		return f.print(p, "return %s: the photo is kept", id)
	})
}

func returnsAnnounce(ctx context.Context, f *flags, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	notices, err := returndesk.ReadNotices(in)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		refused := 0
		for _, n := range notices {
			a, err := returndesk.New(d).Announce(ctx, who.Person, n)
			if err != nil {
				return err
			}
			for _, r := range a.Returns {
				if err := f.print(r, "order %s: return %s is announced, the way back is paid by the %s", clipped(n.Order, 40), r.Return, r.Payer); err != nil {
					return err
				}
			}
			if a.Refused != "" {
				refused++
				if err := f.print(a, "order %s: not taken back: %s", clipped(n.Order, 40), a.Refused); err != nil {
					return err
				}
			}
		}
		if refused > 0 {
			return fmt.Errorf("%d of %d announcements were not taken", refused, len(notices))
		}
		return nil
	})
}

func returnsMatch(ctx context.Context, f *flags, id, parcel string) error {
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		m, err := returndesk.New(d).Match(ctx, who.Person, id, parcel)
		if err != nil {
			return err
		}
		return f.print(m, "return %s is of parcel %s", m.Return, m.Parcel)
	})
}

func returnsSettle(ctx context.Context, f *flags, words []string) error {
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		desk, id, what := returndesk.New(d), words[0], words[1]
		switch {
		case what == "paid", what == "refused":
			s, err := desk.Settle(ctx, who.Person, id, what == "paid", strings.Join(words[2:], ""))
			if err != nil {
				return err
			}
			return f.print(s, "return %s: %s", id, what)
		case slices.Contains(returns.Ways(), returns.Way(what)):
			t, err := desk.Tell(ctx, who.Person, id, returns.Way(what))
			if err != nil {
				return err
			}
			return f.print(t, "return %s: its shop is told of the %s", id, what)
		}
		return usagef("a return is settled by refund, exchange, credit, paid or refused REASON, not by %q", clipped(what, 40))
	})
}

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/aftercare/inbox"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/once"
	"packbench/station/store"
)

// cameLine is what came of files about parcels.
type cameLine struct {
	New       int            `json:"new"`
	Known     int            `json:"known"`
	Foreign   int            `json:"foreign"`  // of a parcel that had the number before
	Timeless  int            `json:"timeless"` // without a time
	Strangers []string       `json:"strangers,omitempty"`
	Rejected  []rejectedLine `json:"rejected,omitempty"`
	Taken     int            `json:"taken,omitempty"`
	Refused   int            `json:"refused,omitempty"`
	More      int            `json:"rejected_more,omitempty"`  // rows, than are named
	Others    bool           `json:"strangers_more,omitempty"` // there are more strangers than are named
}

type rejectedLine struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Reason string `json:"reason"`
}

// trackIn takes in what carriers say by files, keeps the secret of webhooks, and notes that a
// buyer asked.
func (f *flags) trackIn(ctx context.Context, args []string) error {
	switch {
	case args[0] == "import" && len(args) == 2:
		return f.cameIn(ctx, func(d *folder.Folder) (inbox.Came, error) {
			file, err := os.Open(args[1])
			if err != nil {
				return inbox.Came{}, err
			}
			defer func() { _ = file.Close() }()
			return inbox.File(ctx, d, file, "file "+clipped(filepath.Base(args[1]), 60))
		})
	case args[0] == "webhooks" && len(args) <= 3:
		return f.cameIn(ctx, func(d *folder.Folder) (inbox.Came, error) {
			dir := inbox.Dir(d, args[1])
			if len(args) == 3 {
				dir = args[2]
			}
			return inbox.Take(ctx, d, dir, args[1], os.Getenv)
		})
	case args[0] == "asked" && len(args) == 2:
		return f.within(ctx, func(d *folder.Folder) error {
			who, err := asker(ctx, bufio.NewReader(f.in), d)
			if err != nil {
				return err
			}
			err = aftercare.New(d).BuyerAsked(ctx, args[1], who.Person.ID)
			if errors.Is(err, store.ErrUnknown) {
				return fmt.Errorf("there is no parcel %q", clipped(args[1], 40))
			}
			if err != nil {
				return err
			}
			return f.print(map[string]string{"parcel": args[1]}, "noted: the buyer of %s wants to know where it is", args[1])
		})
	case args[0] == "secret" && len(args) == 2:
		return f.webhookSecret(ctx, args[1])
	}
	return usagef("packctl track %s", trackUsage)
}

// webhookSecret keeps what webhooks of a kind are signed with.
func (f *flags) webhookSecret(ctx context.Context, kind string) error {
	return f.within(ctx, func(d *folder.Folder) error {
		if !inbox.Is(kind) {
			return usagef("packctl track %s", trackUsage)
		}
		text, _, err := readLine(bufio.NewReader(f.in))
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if text = strings.TrimSpace(text); text == "" {
			return errors.New("the secret that webhooks are signed with is needed, as one line on standard input")
		}
		if err := inbox.SecretOf(d, kind, nil).Keep(text); err != nil {
			return err
		}
		if err := os.MkdirAll(inbox.Dir(d, kind), 0o755); err != nil {
			return err
		}
		return f.print(map[string]string{"kind": kind, "folder": inbox.Dir(d, kind)}, "webhooks of %s are taken out of %s", kind, inbox.Dir(d, kind))
	})
}

func (f *flags) cameIn(ctx context.Context, do func(d *folder.Folder) (inbox.Came, error)) error {
	return f.within(ctx, func(d *folder.Folder) error {
		_, done, err := once.Mine(ctx, d)
		if err != nil {
			return err
		}
		defer done()
		came, err := do(d)
		if err != nil {
			return err
		}
		if _, _, err := aftercare.New(d).Doubt(ctx); err != nil {
			return err
		}
		line := cameLine{
			New: came.New, Known: came.Known, Foreign: came.Foreign, Timeless: came.Timeless, Taken: came.Taken, Refused: came.Refused,
			Strangers: slices.Sorted(maps.Keys(came.Strangers)), More: came.RejectedMore, Others: came.More,
		}
		for _, r := range came.Rejected {
			line.Rejected = append(line.Rejected, rejectedLine(r))
		}
		numbers := fmt.Sprint(len(line.Strangers))
		if line.Others {
			numbers += " and more"
		}
		if err := f.print(line, "%d new, %d known; of %s numbers no parcel is here; %d rows and %d webhooks refused", line.New, line.Known, numbers, len(line.Rejected)+line.More, line.Refused); err != nil || f.json {
			return err
		}
		if line.Timeless+line.Foreign > 0 {
			fmt.Fprintf(f.out, "  not kept: %d without a time that can be read, %d from before the parcel, when another had its number\n", line.Timeless, line.Foreign)
		}
		for _, r := range line.Rejected {
			fmt.Fprintf(f.out, "  row %d, %s: %s\n", r.Row, r.Column, r.Reason)
		}
		return nil
	})
}

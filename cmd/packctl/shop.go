package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/follow"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/member"
	buyernews "packbench/cmd/internal/messages/buyers"
	"packbench/cmd/internal/shops"
	"packbench/cmd/internal/site"
	"packbench/station/store"
)

const shopUsage = "add KIND --id ID --url URL [--set key=value …] | test ID | pull [ID] [--full] | push [ID] | status [ID] | pause ID | resume ID"

// shopLine is how a shop stands.
type shopLine struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	OK      bool        `json:"ok"`
	Message string      `json:"message"`
	Fix     string      `json:"fix,omitempty"`
	Cursor  string      `json:"cursor,omitempty"`
	Waiting int         `json:"waiting"`
	Unknown int         `json:"unknown"`
	Refused int         `json:"refused"`
	Paused  bool        `json:"paused,omitempty"`
	Last    *time.Time  `json:"last,omitempty"`
	Checks  []shopCheck `json:"checks,omitempty"`
}

type shopCheck struct {
	What    string `json:"what"`
	OK      bool   `json:"ok"`
	Message string `json:"message,omitempty"`
	Fix     string `json:"fix,omitempty"`
}

// settings are the --set flags of a command.
type settings map[string]string

func (s settings) String() string { return "" }

// Set takes one "key=value".
func (s settings) Set(text string) error {
	key, value, ok := strings.Cut(text, "=")
	if !ok || key == "" {
		return errors.New("it is key=value")
	}
	s[key] = value
	return nil
}

// runShop adds, tests and works a shop's interface.
func runShop(ctx context.Context, f *flags) error {
	of := store.Shop{Options: settings{}}
	f.StringVar(&of.ID, "id", "", "what the shop is called here")
	f.StringVar(&of.URL, "url", "", "its address")
	f.Var(settings(of.Options), "set", "key=value, once for each setting")
	full := f.Bool("full", false, "read everything again, not only what changed")
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return usagef("packctl shop %s", shopUsage)
	}
	word, rest := args[0], args[1:]
	id := ""
	if len(rest) > 0 {
		id = rest[0]
	}
	needs := word != "status" && word != "pull" && word != "push"
	if len(rest) > 1 || needs && id == "" {
		return usagef("packctl shop %s", shopUsage)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		s := shops.New(d)
		switch word {
		case "add":
			of.Kind = id
			return f.addShop(ctx, s, of)
		case "test":
			return f.testShop(ctx, s, id)
		case "status":
			return f.shopStatus(ctx, s, id)
		case "pause", "resume":
			if err := s.Pause(ctx, id, word == "pause"); err != nil {
				return err
			}
			return f.shopStatus(ctx, s, id)
		case "pull":
			return f.eachShop(ctx, s, id, func(id string) error { return f.pullShop(ctx, s, id, *full) })
		case "push":
			return asRunner(ctx, d, func() error {
				return f.eachShop(ctx, s, id, func(id string) error { return f.pushShop(ctx, s, id) })
			})
		}
		return usagef("packctl shop %s", shopUsage)
	})
}

// addShop adds a shop whose key, where its kind has one, comes as one line on stdin.
func (f *flags) addShop(ctx context.Context, s *shops.Shops, of store.Shop) error {
	if of.ID == "" {
		return usagef("--id is what the shop is called here, such as web")
	}
	line := ""
	if s.NeedsKey(of.Kind) {
		var err error
		if line, err = f.secretLine(); err != nil {
			return err
		}
	}
	if err := s.Add(ctx, of, line); err != nil {
		return err
	}
	return f.print(shopLine{ID: of.ID, Kind: of.Kind, OK: true, Message: "added"}, "shop %s is added; try it: packctl shop test %s", of.ID, of.ID)
}

// secretLine reads a secret, which comes as one line on stdin: arguments can be read by
// everybody on the computer.
func (f *flags) secretLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(f.in, 64<<10)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return line, err
}

// errNotAll says that a test found something, which was said already.
var errNotAll = errors.New("not everything works")

func (f *flags) testShop(ctx context.Context, s *shops.Shops, id string) error {
	checks, err := s.Test(ctx, id)
	if err != nil {
		return err
	}
	of, err := s.Store.Shop(ctx, id)
	if err != nil {
		return err
	}
	line := shopLine{ID: id, Kind: of.Kind, OK: true, Message: "everything works"}
	for _, c := range checks {
		line.Checks = append(line.Checks, shopCheck{c.What, c.OK, c.Say, c.Fix})
	}
	bad, err := f.tried(line.Checks)
	if bad != nil {
		line.OK, line.Message, line.Fix = false, bad.What+": "+bad.Message, bad.Fix
	}
	if err != nil {
		return err
	}
	if f.json {
		err = printJSON(f.out, line)
	}
	if err == nil && !line.OK {
		err = errNotAll
	}
	return err
}

// tried tells what was tried, one line each, and returns the first that found a fault.
func (f *flags) tried(checks []shopCheck) (bad *shopCheck, err error) {
	for i, c := range checks {
		mark := "ok"
		if !c.OK {
			if mark = "FAULT"; bad == nil {
				bad = &checks[i]
			}
		}
		if !f.json && err == nil {
			_, err = fmt.Fprintf(f.out, "%-6s %s: %s\n", mark, c.What, strings.TrimSpace(c.Message+". "+c.Fix))
		}
	}
	return bad, err
}

func (f *flags) shopStatus(ctx context.Context, s *shops.Shops, id string) error {
	all, err := s.Status(ctx)
	if err != nil {
		return err
	}
	found := false
	for _, st := range all {
		if id != "" && st.ID != id {
			continue
		}
		found = true
		line := shopLine{
			ID: st.ID, Kind: st.Kind, OK: st.Trouble == "", Message: st.Trouble, Cursor: st.Orders.Cursor,
			Waiting: st.Waiting, Unknown: st.Unknown, Refused: st.Refused, Paused: st.Paused,
		}
		if !st.Last.IsZero() {
			line.Last = &st.Last
		}
		if line.OK {
			line.Message = "works"
		}
		switch {
		case line.OK && st.Last.IsZero():
			line.Message = "not read yet"
		case line.OK && st.Paused:
			line.Message = "paused"
		}
		if err := f.print(line, "%-10s %-12s %s · %d waiting, %d unknown, %d refused", st.ID, st.Name, line.Message, st.Waiting, st.Unknown, st.Refused); err != nil {
			return err
		}
	}
	if id != "" && !found {
		return fmt.Errorf("there is no shop %s", id)
	}
	if !found && !f.json {
		_, err = fmt.Fprintln(f.out, "no shops; add one: packctl shop add KIND --id ID --url URL")
	}
	return err
}

// eachShop does something for one shop, or for all that are not paused.
func (f *flags) eachShop(ctx context.Context, s *shops.Shops, id string, do func(id string) error) error {
	if id != "" {
		return do(id)
	}
	all, err := s.Store.Shops(ctx)
	for _, of := range all {
		if !of.Paused {
			err = errors.Join(err, do(of.ID))
		}
	}
	return err
}

func (f *flags) pullShop(ctx context.Context, s *shops.Shops, id string, full bool) error {
	p, err := s.Pull(ctx, id, full)
	if err != nil {
		return fmt.Errorf("shop %s: %w", id, err)
	}
	for _, l := range p.Left {
		fmt.Fprintf(f.err, "order %s cannot be packed: %s\n", l.Number, l.Reason)
	}
	return f.print(struct {
		ID string `json:"id"`
		shops.Pulled
	}{id, p}, "shop %s: %d orders new, %d changed, %d unchanged; %d products new or changed", id, p.Orders.Added, p.Orders.Changed, p.Orders.Unchanged, p.Products)
}

func (f *flags) pushShop(ctx context.Context, s *shops.Shops, id string) error {
	p, err := s.Push(ctx, id)
	if err != nil {
		return fmt.Errorf("shop %s: %w", id, err)
	}
	return f.print(struct {
		ID string `json:"id"`
		shops.Pushed
	}{id, p}, "shop %s: %d sent, %d done, %d unknown, %d refused", id, p.Sent, p.Done, p.Unknown, p.Refused)
}

// runSync does without a window what runs once for a shop.
func runSync(ctx context.Context, f *flags) error {
	once := f.Bool("once", false, "one round, and end")
	f.String("station", "", "whose bench this is; no station is taken")
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		s := shops.New(d)
		to := follow.New(carriers.New(d, d.Settings.Station, effects.OwnRanges(d, d.Settings.Station)))
		if !*once {
			beside, stop := context.WithCancel(ctx)
			var group sync.WaitGroup
			link, err := member.Start(ctx, d, d.Settings.Station, os.Getenv)
			if err != nil {
				stop()
				return err
			}
			if link != nil {
				defer link.Close()
				d.Runner = link
				group.Go(func() { link.Run(beside) })
			}
			group.Go(func() { to.Run(beside) })
			group.Go(func() { team(d).Run(beside) })
			group.Go(func() { site.New(d).Run(beside) })
			group.Go(func() { buyernews.New(team(d)).Run(beside) })
			defer group.Wait()
			defer stop()
			return s.Run(ctx)
		}
		return asRunner(ctx, d, func() error {
			_, tracked := to.Round(ctx, true)
			_, told := team(d).Round(ctx)
			return errors.Join(tracked, told, tellBuyers(ctx, d), f.eachShop(ctx, s, "", func(id string) error {
				return errors.Join(f.pullShop(ctx, s, id, false), f.pushShop(ctx, s, id))
			}))
		})
	})
}

// tellBuyers brings the pages of buyers up to date, where there are any, and tells them then.
func tellBuyers(ctx context.Context, d *folder.Folder) error {
	came, err := site.New(d).Push(ctx)
	switch {
	case errors.Is(err, site.ErrOff):
		err = nil
	case err == nil && came.Trouble != "":
		err = fmt.Errorf("the pages of buyers: %s", came.Trouble)
	}
	_, told := buyernews.New(team(d)).Round(ctx)
	return errors.Join(err, told)
}

// asRunner does what is done once for the shop; a folder that shares its shop with others
// does so when it is its turn, in step with the hub before and after.
func asRunner(ctx context.Context, d *folder.Folder, do func() error) error {
	link, err := member.Start(ctx, d, d.Settings.Station, os.Getenv)
	switch {
	case err != nil:
		return err
	case link == nil:
		return do()
	}
	defer link.Close()
	d.Runner = link
	if err := link.Round(ctx); err != nil {
		return err
	}
	return errors.Join(do(), link.Round(ctx))
}

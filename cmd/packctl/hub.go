package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/member"
)

const hubUsage = "init --url URL | join --url URL [--station S] [--desk] [--replace] | status | verify | release ORDER|LABEL|STATION REASON | sync [--once] | forget DAYS --url URL"

// runHub makes a hub, brings folders into it and tells how they stand.
func runHub(ctx context.Context, f *flags) error {
	address := f.String("url", "", "of the database, as who may make schemas and logins there: postgres://owner@computer/database; the password is one line on stdin, or in PGPASSWORD or PGPASSFILE")
	station := f.String("station", "", "the station of this folder, such as S2")
	supervises := f.Bool("desk", false, "this folder may release what other benches hold")
	replace := f.Bool("replace", false, "the folder of this station is lost, or was put back: join though the hub heard the station a moment ago")
	once := f.Bool("once", false, "one round, and end")
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) == 0 || len(args) > 1 && args[0] != "release" && args[0] != "forget" {
		return usagef("packctl hub %s", hubUsage)
	}
	switch args[0] {
	case "init":
		return f.hubInit(ctx, *address)
	case "join":
		return f.hubJoin(ctx, *address, *station, *supervises, *replace)
	case "status":
		return f.within(ctx, func(d *folder.Folder) error { return f.hubStatus(ctx, d) })
	case "verify":
		return f.within(ctx, func(d *folder.Folder) error { return f.hubVerify(ctx, d) })
	case "release":
		if len(args) != 3 {
			return usagef("packctl hub release ORDER|LABEL|STATION REASON")
		}
		return f.hubRelease(ctx, args[1], args[2])
	case "forget":
		if len(args) != 2 {
			return usagef("packctl hub forget DAYS --url URL")
		}
		return f.hubForget(ctx, *address, args[1])
	case "sync":
		return f.within(ctx, func(d *folder.Folder) error { return f.hubSync(ctx, d, *once) })
	}
	return usagef("packctl hub %s", hubUsage)
}

// password of the hub's owner: a line on stdin, where nothing else holds one.
func (f *flags) hubPassword(address string) (string, error) {
	if address == "" {
		return "", usagef("--url is the address of the database, such as postgres://owner@hub.lan/shop?sslmode=verify-full")
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("--url is no address such as postgres://owner@hub.lan/shop?sslmode=verify-full")
	}
	if member.HasPassword(address) {
		return "", errors.New("leave the password out of --url, which others can read: give it as one line on stdin")
	}
	if os.Getenv("PGPASSWORD") != "" || os.Getenv("PGPASSFILE") != "" || u.Query().Has("passfile") {
		return "", nil
	}
	line, err := f.secretLine()
	return strings.TrimRight(line, "\r\n"), err
}

func (f *flags) hubInit(ctx context.Context, address string) error {
	password, err := f.hubPassword(address)
	if err != nil {
		return err
	}
	made, upgraded, err := member.Init(ctx, address, password)
	if err != nil {
		return err
	}
	words := "the hub is made; bring benches in with packctl hub join"
	switch {
	case upgraded:
		words = "the hub is now of this program; what it held is there"
	case !made:
		words = "the database holds a hub already: nothing was changed"
	}
	return f.print(map[string]any{"made": made, "upgraded": upgraded}, "%s", words)
}

type joinedLine struct {
	Station  string `json:"station"`
	New      bool   `json:"new"`
	Badges   int    `json:"badges_lost,omitempty"`
	DeskRows int64  `json:"desk_rows_alone,omitempty"`
}

func (f *flags) hubJoin(ctx context.Context, address, station string, supervises, replace bool) error {
	password, err := f.hubPassword(address)
	if err != nil {
		return err
	}
	to, err := member.Join(ctx, f.data, member.Joining{
		Address: address, Password: password, Station: station, Desk: supervises, Replace: replace, Env: os.Getenv, Options: folder.Options{Clock: f.clock},
	})
	if err != nil {
		return err
	}
	if err := f.print(joinedLine(to), "%s belongs to the hub as station %s", f.data, to.Station); err != nil || f.json {
		return err
	}
	if to.Badges > 0 {
		return f.print(nil, "%d people had badges that were kept under a key of this folder alone: give them their badges again (packctl import people)", to.Badges)
	}
	return nil
}

type hubLine struct {
	OK      bool        `json:"ok"`
	Message string      `json:"message"`
	Address string      `json:"address"`
	Station string      `json:"station"`
	Behind  int64       `json:"behind"`
	Writers []hubWriter `json:"writers"`
	Claims  []hubClaim  `json:"claims"`
	Returns []hubReturn `json:"returns,omitempty"`
	Numbers []hubInHand `json:"numbers"`  // that this bench may give without the hub
	Runner  hubSince    `json:"runner"`   // who speaks to shops and to the team
	Set     hubSince    `json:"settings"` // who changed those of the shop last
	Unkept  []hubUnkept `json:"unkept,omitempty"`
	// Overruled are changes that were made here and do not count.
	Overruled []hubOverruled `json:"overruled,omitempty"`
}

type hubSince struct {
	Station string    `json:"station"`
	Since   time.Time `json:"since,omitzero"`
}

type hubUnkept struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	Why  string `json:"why"`
}

type hubOverruled struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	Key  string    `json:"key"`
}

type hubWriter struct {
	Writer string    `json:"writer"`
	Seq    int64     `json:"seq"`
	Behind int64     `json:"behind"`
	Heard  time.Time `json:"heard,omitzero"`
}

type hubClaim struct {
	Order   string    `json:"order"`
	Station string    `json:"station"`
	Since   time.Time `json:"since"`
}

type hubReturn struct {
	Label   string    `json:"label"`
	Order   string    `json:"order"`
	Station string    `json:"station"`
	Since   time.Time `json:"since"`
}

type hubInHand struct {
	Of   string `json:"of"`
	Left uint64 `json:"left"`
}

func (f *flags) hubStatus(ctx context.Context, d *folder.Folder) error {
	s, err := member.Ask(ctx, d, os.Getenv)
	if err != nil {
		return err
	}
	line := hubLine{OK: s.Err == nil, Message: "the hub answers", Address: member.Shown(s.Address), Station: s.Station, Behind: s.Told, Writers: []hubWriter{}, Claims: []hubClaim{}, Numbers: []hubInHand{}}
	if s.Err != nil {
		line.Message = s.Err.Error()
	}
	for _, w := range s.Writers {
		line.Writers = append(line.Writers, hubWriter{w.Writer, w.Seq, w.Behind, w.Heard.UTC()})
	}
	line.Runner, line.Set = hubSince{s.Runner.Holder, s.Runner.Since.UTC()}, hubSince{s.Set.Holder, s.Set.Since.UTC()}
	for _, c := range s.Claims {
		if c.Return() {
			line.Returns = append(line.Returns, hubReturn{c.Key, c.Of, c.Station, c.Since.UTC()})
			continue
		}
		line.Claims = append(line.Claims, hubClaim{c.Key, c.Station, c.Since.UTC()})
	}
	for _, n := range s.Numbers {
		line.Numbers = append(line.Numbers, hubInHand(n))
	}
	for _, u := range s.Unkept {
		line.Unkept = append(line.Unkept, hubUnkept(u))
	}
	for _, o := range s.Overruled {
		line.Overruled = append(line.Overruled, hubOverruled{o.At, o.Kind, o.Key})
	}
	if f.json {
		return f.print(line, "")
	}
	if err := f.print(line, "%s: %s\nthis is station %s; %d rows and changes are not there yet", line.Address, line.Message, line.Station, line.Behind); err != nil {
		return err
	}
	return f.hubDetails(d, s)
}

// hubDetails tells in words who speaks to shops, and how each chain and claim stands.
func (f *flags) hubDetails(d *folder.Folder, s member.Status) error {
	at := func(t time.Time) string { return t.In(d.Location()).Format("2 Jan 15:04:05") }
	words := "nobody speaks to shops and to the team"
	if s.Runner.Holder != "" {
		words = s.Runner.Holder + " speaks to shops and to the team since " + at(s.Runner.Since)
	}
	if s.Set.Holder != "" {
		words += "\nthe shop's settings are as " + s.Set.Holder + " told them on " + at(s.Set.Since)
	}
	if s.Err == nil {
		if err := f.print(nil, "%s", words); err != nil {
			return err
		}
	}
	for _, w := range s.Writers {
		heard := "never heard"
		if !w.Heard.IsZero() {
			heard = "heard " + at(w.Heard)
		}
		if err := f.print(nil, "  %-12s %d rows, %d behind, %s", w.Writer, w.Seq, w.Behind, heard); err != nil {
			return err
		}
	}
	for _, c := range s.Claims {
		words := "  order " + c.Key + " is claimed by "
		if c.Return() {
			words = "  the return " + c.Key + " of order " + cmp.Or(c.Of, "?") + " is opened by "
		}
		if err := f.print(nil, "%s%s since %s", words, c.Station, at(c.Since)); err != nil {
			return err
		}
	}
	for _, n := range s.Numbers {
		if err := f.print(nil, "  %d numbers of %s are in hand", n.Left, n.Of); err != nil {
			return err
		}
	}
	return f.disagreements(s, d)
}

// disagreements are what this folder and the hub do not agree on.
func (f *flags) disagreements(s member.Status, d *folder.Folder) error {
	if s.UnkeptAll > 0 {
		if err := f.print(nil, "  %d rows of the hub cannot be kept here, and are tried again", s.UnkeptAll); err != nil {
			return err
		}
	}
	for _, u := range s.Unkept {
		if err := f.print(nil, "    %s %s: %s", u.Kind, u.Key, u.Why); err != nil {
			return err
		}
	}
	if s.OverruledAll > 0 {
		if err := f.print(nil, "  %d changes that were made here do not count, because another folder changed the same first", s.OverruledAll); err != nil {
			return err
		}
	}
	for _, o := range s.Overruled {
		if err := f.print(nil, "    %s %s, %s", o.Kind, o.Key, o.At.In(d.Location()).Format("2 Jan 15:04:05")); err != nil {
			return err
		}
	}
	return nil
}

// hubForget drops months of labels and papers that are older than so many days.
func (f *flags) hubForget(ctx context.Context, address, days string) error {
	n, err := strconv.Atoi(days)
	if err != nil || n < 0 {
		return usagef("%q is no number of days", clipped(days, 20))
	}
	password, err := f.hubPassword(address)
	if err != nil {
		return err
	}
	gone, err := member.Forget(ctx, address, password, n)
	if err != nil {
		return err
	}
	return f.print(map[string]any{"dropped": append([]string{}, gone...)}, "dropped: %s", cmp.Or(strings.Join(gone, ", "), "nothing"))
}

// hubVerify checks every journal row at the hub.
func (f *flags) hubVerify(ctx context.Context, d *folder.Folder) error {
	all, err := member.Verify(ctx, d, os.Getenv)
	if err != nil {
		return err
	}
	var wrong []error
	for _, v := range all {
		said := "right"
		if v.Err != nil {
			said = v.Err.Error()
			wrong = append(wrong, fmt.Errorf("the hub's journal of %s: %w", v.Writer, v.Err))
		}
		if err := f.print(map[string]any{"writer": v.Writer, "rows": v.Rows, "ok": v.Err == nil, "message": said}, "%-12s %d rows, %s", v.Writer, v.Rows, said); err != nil {
			return err
		}
	}
	return errors.Join(wrong...)
}

// hubRelease frees what a dead bench holds. Whoever acts gives their badge on stdin; the
// word stands in the journal of this folder's desk, with the reason.
func (f *flags) hubRelease(ctx context.Context, what, reason string) error {
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		freed, err := member.Release(ctx, d, who, what, reason, os.Getenv)
		if err != nil {
			return err
		}
		return f.print(map[string]any{"released": freed}, "released: %s", strings.Join(freed, ", "))
	})
}

// hubSync keeps the folder in step without a bench, until it is stopped.
func (f *flags) hubSync(ctx context.Context, d *folder.Folder, once bool) error {
	const between = 2 * time.Second
	for {
		status, err := member.Once(ctx, d, os.Getenv)
		if once || errors.Is(err, member.ErrAlone) {
			if err == nil {
				err = f.print(map[string]any{"ok": true, "behind": status.Behind}, "in step with the hub")
			}
			return err
		}
		if err != nil && ctx.Err() == nil {
			d.Log.Warn("not in step with the hub", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(between):
		}
	}
}

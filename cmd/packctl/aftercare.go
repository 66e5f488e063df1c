package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/track/watch"
	"packbench/station/unit"
)

const trackUsage = "[PARCEL] [--due] | services [ID] | asked PARCEL | import FILE | secret aftership|easypost|standard | webhooks aftership|easypost|standard [DIR]"

// trackedLine is where a parcel is.
type trackedLine struct {
	Parcel    string         `json:"parcel"`
	Order     string         `json:"order"`
	Carrier   string         `json:"carrier"`
	Service   string         `json:"service"`
	Tracking  string         `json:"tracking"`
	State     track.State    `json:"state"`
	Since     *time.Time     `json:"since,omitempty"`
	Says      string         `json:"says,omitempty"` // the carrier's own words
	Place     string         `json:"place,omitempty"`
	Last      *time.Time     `json:"last,omitempty"`
	Heard     *time.Time     `json:"heard,omitempty"`
	Handed    *time.Time     `json:"handed,omitempty"`
	Promised  string         `json:"promised,omitempty"`
	Expected  string         `json:"expected,omitempty"`
	Delivered *time.Time     `json:"delivered,omitempty"`
	Evidence  track.Evidence `json:"evidence,omitempty"`
	Attempts  int            `json:"attempts,omitempty"`
	Reason    watch.Reason   `json:"reason,omitempty"` // why it needs somebody
	Clashes   []track.Clash  `json:"clashes,omitempty"`
	Next      *time.Time     `json:"next,omitempty"` // when it is asked after
	Services  []numberLine   `json:"services,omitempty"`
	Events    []eventLine    `json:"events,omitempty"`
}

// eventLine is what was said of a parcel once.
type eventLine struct {
	At     time.Time   `json:"at"`
	Zone   track.Zone  `json:"zone,omitempty"`
	State  track.State `json:"state"`
	Source string      `json:"source"`
	Code   string      `json:"code,omitempty"`
	Text   string      `json:"text,omitempty"`
	Place  string      `json:"place,omitempty"`
	Heard  time.Time   `json:"heard"`
	Ahead  bool        `json:"ahead,omitempty"`
}

func some(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func dated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func lineOfLeft(l store.Left) trackedLine {
	s := l.Standing
	line := trackedLine{
		Parcel: station.ParcelName(l.Parcel, l.Order, l.Number), Order: cmp.Or(l.Number, l.Order), Carrier: l.Carrier, Service: l.Service, Tracking: l.Tracking,
		State: cmp.Or(s.State, track.Unknown), Since: some(s.At), Says: s.Text, Place: s.Place, Last: some(s.Last), Heard: some(s.Heard), Handed: some(l.Handed),
		Promised: dated(l.Promised), Expected: dated(s.LastExpected), Delivered: some(s.Delivered), Evidence: s.Evidence, Attempts: s.Attempts,
	}
	for _, c := range s.Contradictions {
		line.Clashes = append(line.Clashes, c.Clash)
	}
	return line
}

// runTrack tells where parcels are that have left (T1).
func runTrack(ctx context.Context, f *flags) error {
	due := f.Bool("due", false, "when each parcel on its way is asked after next, the first one first")
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "services" && !*due {
		return f.trackServices(ctx, args[1:])
	}
	if len(args) > 1 && !*due {
		return f.trackIn(ctx, args)
	}
	if len(args) > 1 || *due && len(args) > 0 {
		return usagef("packctl track %s", trackUsage)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		room := aftercare.New(d)
		if len(args) == 1 {
			return f.trackOne(ctx, room, args[0])
		}
		return f.trackAll(ctx, room, *due)
	})
}

func (f *flags) trackAll(ctx context.Context, room *aftercare.Room, due bool) error {
	all, err := room.Due(ctx)
	if err != nil {
		return err
	}
	if due {
		all = aftercare.InTurn(all)
	}
	for _, p := range all {
		line, when := lineOfLeft(p.Left), p.Standing.Last
		if due {
			line.Next, when = some(p.Next), p.Next
		}
		words := "nothing heard yet"
		if !when.IsZero() {
			words = when.In(room.Location()).Format("2006-01-02 15:04")
		}
		if err := f.print(line, "%-14s %-14s %-20s %-18s %s", line.Parcel, line.Carrier, line.Tracking, line.State, words); err != nil {
			return err
		}
	}
	if len(all) == 0 && !f.json {
		_, err = fmt.Fprintln(f.out, "nothing is on its way")
	}
	return err
}

func (f *flags) trackOne(ctx context.Context, room *aftercare.Room, id string) error {
	t, err := room.Track(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("there is no parcel %q", clipped(id, 40))
	}
	if err != nil {
		return err
	}
	if t.State != pack.ParcelHandedOut && len(t.Events) == 0 {
		return fmt.Errorf("parcel %s has not left yet: it is %s", clipped(id, 40), t.State)
	}
	line := lineOfLeft(t.Left)
	if t.Wrong != nil {
		line.Reason = t.Wrong.Reason
	}
	numbers, err := room.Store.ServicesOf(ctx, id)
	if err != nil {
		return err
	}
	if f.json {
		for _, n := range numbers {
			line.Services = append(line.Services, lineOfNumber(n))
		}
		for _, e := range t.Events {
			line.Events = append(line.Events, eventLine{e.At, e.Zone, e.State, e.Source, e.Code, e.Text, e.Place, e.Heard, e.Ahead()})
		}
		return f.print(line, "")
	}
	at := room.Location()
	fmt.Fprintf(f.out, "%s: %s\n", line.Parcel, line.State)
	fmt.Fprintf(f.out, "  %s %s %s\n", line.Carrier, line.Service, line.Tracking)
	if !t.Handed.IsZero() {
		fmt.Fprintf(f.out, "  handed over %s\n", t.Handed.In(at).Format("2006-01-02 15:04"))
	}
	if line.Promised != "" {
		fmt.Fprintf(f.out, "  promised for %s\n", line.Promised)
	}
	if t.Wrong != nil {
		fmt.Fprintf(f.out, "  needs somebody: %s\n", reasonWords(*t.Wrong))
	}
	for _, n := range numbers {
		fmt.Fprintf(f.out, "  %s: %s\n", n.Account, lineOfNumber(n).words())
	}
	for _, e := range t.Events {
		text := cmp.Or(e.Text, e.Code)
		if e.Ahead() {
			text += " (told before it can have happened)"
		}
		words := strings.TrimSpace(text + " " + e.Place)
		fmt.Fprintf(f.out, "  %s %-5s %-18s %s  %s\n", e.At.Format("2006-01-02 15:04"), e.Zone, e.State, e.Source, words)
	}
	return nil
}

// exceptionLine is a parcel that needs somebody.
type exceptionLine struct {
	Parcel    string             `json:"parcel"`
	Order     string             `json:"order"`
	Carrier   string             `json:"carrier"`
	Service   string             `json:"service"`
	Tracking  string             `json:"tracking"`
	Reason    watch.Reason       `json:"reason"`
	Also      []watch.Reason     `json:"also,omitempty"`
	Clash     track.Clash        `json:"clash,omitempty"`
	Since     time.Time          `json:"since"`
	Days      int                `json:"days"`
	Usual     int                `json:"usual,omitempty"`
	Until     string             `json:"until,omitempty"`
	State     track.State        `json:"state"`
	Last      *time.Time         `json:"last,omitempty"`
	Promised  string             `json:"promised,omitempty"`
	Handed    *time.Time         `json:"handed,omitempty"`
	Van       string             `json:"van,omitempty"`
	VanLeft   *time.Time         `json:"van_left,omitempty"`
	Driver    string             `json:"driver,omitempty"`
	Parcels   int                `json:"van_parcels,omitempty"`
	VanSilent int                `json:"van_silent,omitempty"`
	Claim     string             `json:"claim_until,omitempty"`
	SSCC      string             `json:"sscc"`
	Mass      unit.Mass          `json:"mass_mg"`
	Actions   []aftercare.Action `json:"actions"`
	Ask       string             `json:"ask"` // ready to be sent to the carrier
}

// runExceptions lists the parcels that need somebody (T2).
func runExceptions(ctx context.Context, f *flags) error {
	reason := f.String("reason", "", "only those for this reason, such as never-scanned")
	claims := f.String("claims", "", "write what can be claimed from carriers into this file (CSV), with what shows it")
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		room := aftercare.New(d)
		all, err := room.Exceptions(ctx)
		if err != nil {
			return err
		}
		if *claims != "" {
			n, err := room.WriteClaims(ctx, *claims, all)
			if err != nil {
				return err
			}
			return f.print(map[string]any{"claims": n, "file": *claims}, "%d claims are in %s", n, *claims)
		}
		van := ""
		for _, e := range all {
			if *reason != "" && string(e.Reason) != *reason {
				continue
			}
			if !f.json && e.Reason == watch.NeverScanned && e.Van != nil && e.Van.ID != van {
				van = e.Van.ID
				fmt.Fprintln(f.out, vanWords(e.Van, room.Location()))
			}
			if err := f.printException(room, e); err != nil {
				return err
			}
		}
		if len(all) == 0 && !f.json {
			_, err = fmt.Fprintln(f.out, "no parcel needs anybody")
		}
		return err
	})
}

func (f *flags) printException(room *aftercare.Room, e aftercare.Exception) error {
	line := exceptionLine{
		Parcel: e.Called(), Order: cmp.Or(e.Number, e.Order), Carrier: e.Carrier, Service: e.Service, Tracking: e.Tracking, Reason: e.Reason, Also: e.Also, Clash: e.Clash,
		Since: e.Since, Days: e.Days, Usual: e.Most, Until: dated(e.Until), State: cmp.Or(e.Standing.State, track.Unknown), Last: some(e.Standing.Last),
		Promised: dated(e.Promised), Handed: some(e.Handed), Claim: dated(e.Claim.Until), SSCC: e.SSCC, Mass: e.Mass, Actions: e.Actions, Ask: e.Question(room.Location()),
	}
	if v := e.Van; v != nil {
		line.Van, line.VanLeft, line.Driver, line.Parcels, line.VanSilent = v.ID, some(v.Left), v.Driver, v.Parcels, v.Silent
	}
	return f.print(line, "%-14s %-14s %-20s %s", line.Parcel, line.Carrier, line.Tracking, reasonWords(e.Found)+claimWords(e.Claim))
}

// claimWords warn before the last day of a claim, and say when it was.
func claimWords(c aftercare.ClaimDay) string {
	switch {
	case c.Over:
		return "; the time for a claim ended on " + c.Until.Format(time.DateOnly)
	case c.Soon:
		return "; claim it until " + c.Until.Format(time.DateOnly)
	}
	return ""
}

func vanWords(v *aftercare.Van, at *time.Location) string {
	words := "van " + v.ID
	if !v.Left.IsZero() {
		words += " of " + v.Left.In(at).Format("2006-01-02 15:04")
	}
	words += ", " + counted(v.Parcels, "parcel")
	if v.Driver != "" {
		words += ", signed by " + v.Driver
	}
	if v.Whole() {
		return words + ": none of them was scanned"
	}
	return words + fmt.Sprintf(": %d never scanned", v.Silent)
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// reasonWords says why a parcel needs somebody.
func reasonWords(f watch.Found) string {
	words := strings.ReplaceAll(string(f.Reason), "-", " ")
	switch {
	case f.Reason == watch.Silent && f.Most > 0:
		words = fmt.Sprintf("no movement for %s, %d are usual", counted(f.Days, "working day"), f.Most)
	case f.Reason == watch.PickUp && !f.Until.IsZero():
		words += " until " + f.Until.Format("Monday 2 January")
	case f.Clash != "":
		words += " (" + strings.ReplaceAll(string(f.Clash), "-", " ") + ")"
	default:
		words += ", " + counted(f.Days, "working day")
	}
	for _, a := range f.Also {
		words += ", " + strings.ReplaceAll(string(a), "-", " ")
	}
	return words
}

package inbox

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"packbench/station/track"
)

// Rejected is a row of a file that is not taken.
type Rejected struct {
	Row    int // of the file, the heading is 1
	Column string
	Reason string
}

// columns are the headings of a file, with what else they are called.
var columns = map[string][]string{
	"tracking": {"tracking", "tracking_number", "trackingnumber", "number", "sendungsnummer"},
	"time":     {"time", "at", "date", "datetime", "event_time", "zeit"},
	"state":    {"state", "status", "tag"},
	"code":     {"code", "status_code", "subtag"},
	"text":     {"text", "message", "description", "event"},
	"place":    {"place", "location", "city", "ort"},
	"until":    {"until", "pickup_until"},
	"provider": {"provider"},
}

// mostRows is how many rows a file may have, atOnce how many are in memory.
const (
	mostRows = 1_000_000
	atOnce   = 5_000
)

// ReadCSV reads events out of a table with a heading and gives them on, some at a time:
// tracking, time and state must be there; code, text, place, until and provider may. The
// state is one of ours, or with a provider one of its codes; one that nobody knows is
// unknown, and said so. A file that is too long, or breaks off as a table, is refused before
// anything of it is given on.
func ReadCSV(r io.ReadSeeker, zone *time.Location, each func([]track.Event, []Rejected) error) error {
	if err := rows(r, func(int, func(string) string) error { return nil }); err != nil {
		return err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var out []track.Event
	var rejected []Rejected
	err := rows(r, func(row int, cell func(string) string) (err error) {
		e, bad := event(cell, zone)
		if bad.Reason != "" {
			bad.Row = row
			rejected = append(rejected, bad)
		} else {
			out = append(out, e)
		}
		if len(out)+len(rejected) == atOnce {
			err = each(out, rejected)
			out, rejected = out[:0], rejected[:0]
		}
		return err
	})
	if err == nil && len(out)+len(rejected) > 0 {
		err = each(out, rejected)
	}
	return err
}

// rows calls each for the rows below the heading, the first of them is 2.
func rows(r io.Reader, each func(row int, cell func(string) string) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	if bom, err := in.Peek(3); err == nil && string(bom) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	head, _ := in.Peek(4096)
	line, _, _ := strings.Cut(string(head), "\n")
	table := csv.NewReader(in)
	table.FieldsPerRecord = -1
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(line, string(comma)) > strings.Count(line, ",") {
			table.Comma = comma
		}
	}
	names, err := table.Read()
	if err != nil {
		return errors.New("the file has no heading")
	}
	at, err := find(names)
	if err != nil {
		return err
	}
	table.ReuseRecord = true
	for row := 2; ; row++ {
		cells, err := table.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("row %d cannot be read as CSV", row)
		case row > mostRows:
			return fmt.Errorf("the file has more than %d rows", mostRows)
		}
		err = each(row, func(name string) string {
			if i, ok := at[name]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
}

func find(names []string) (map[string]int, error) {
	at := map[string]int{}
	for i, n := range names {
		n = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(n)), " ", "_")
		for column, words := range columns {
			if _, have := at[column]; !have && slices.Contains(words, n) {
				at[column] = i
			}
		}
	}
	for _, must := range []string{"tracking", "time", "state"} {
		if _, ok := at[must]; !ok {
			return nil, fmt.Errorf("the file has no column %q", must)
		}
	}
	return at, nil
}

func event(cell func(string) string, zone *time.Location) (e track.Event, bad Rejected) {
	at, is, ok := When(cell("time"), zone)
	switch {
	case cell("tracking") == "":
		return e, Rejected{Column: "tracking", Reason: "it is empty"}
	case !ok:
		return e, Rejected{Column: "time", Reason: "it is no time such as 2026-11-23T14:05:00+01:00"}
	}
	provider := orElse(strings.ToLower(cell("provider")), track.File)
	m := track.Mean(provider, cell("code"), cell("state"))
	if until := cell("until"); until != "" && dayOf(until, zone).IsZero() {
		return e, Rejected{Column: "until", Reason: "it is no day such as 2026-11-30"}
	}
	return track.Event{
		Number: cell("tracking"), At: at, Zone: is, Code: Clean(orElse(cell("code"), cell("state")), 80), Text: Clean(cell("text"), 200), Place: Clean(cell("place"), 80),
		State: m.State, Evidence: m.Evidence, Clears: m.Clears, Until: dayOf(cell("until"), zone),
	}, bad
}

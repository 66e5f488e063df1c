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

// mostRows is how many rows a file may have.
const mostRows = 1_000_000

// ReadCSV reads events out of a table with a heading: tracking, time and state must be
// there; code, text, place, until and provider may. The state is one of ours, or with a
// provider one of its codes; one that nobody knows is unknown, and said so.
func ReadCSV(r io.Reader, zone *time.Location) (out []track.Event, rejected []Rejected, err error) {
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
		return nil, nil, errors.New("the file has no heading")
	}
	at, err := find(names)
	if err != nil {
		return nil, nil, err
	}
	for row := 2; ; row++ {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return out, rejected, nil
		}
		if err != nil {
			return out, rejected, fmt.Errorf("row %d cannot be read as CSV", row)
		}
		if row > mostRows {
			return out, rejected, fmt.Errorf("the file has more than %d rows", mostRows)
		}
		e, bad := event(func(name string) string {
			if i, ok := at[name]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}, zone)
		if bad.Reason != "" {
			bad.Row = row
			rejected = append(rejected, bad)
			continue
		}
		out = append(out, e)
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

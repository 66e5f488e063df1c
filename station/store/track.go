package store

import (
	"context"
	"encoding/json"
	"time"

	"packbench/station/track"
)

// projectTrack keeps the tables of what carriers say.
func projectTrack(p *page) error {
	for _, f := range p.facts {
		switch f := f.(type) {
		case track.Told:
			_, east := f.At.Zone()
			p.exec(`INSERT INTO track_events (parcel, at, id, east, zone, number, carrier, heard, source, code, state, clears, evidence, until, expected)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				f.Parcel, nanos(f.At), f.ID, east, f.Zone, f.Number, f.Carrier, nanos(p.row.At), f.Source, f.Code, f.State, f.Clears, f.Evidence, dayText(f.Until), dayText(f.Expected))
			p.told[[2]string{f.Parcel, f.Number}] = true
		case track.BuyerAsked:
			p.exec(`INSERT INTO buyers_asked (parcel, at, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, f.Parcel, nanos(p.row.At), f.By)
		}
	}
	return p.err
}

// stand works out where a parcel is, once its rows are taken up.
func (b *batch) stand(parcel, number string) {
	if b.err != nil {
		return
	}
	events, err := list(b.ctx, b.tx, "", readTrackEvent, trackEvents+`'', '' FROM track_events e WHERE parcel = ? AND number = ? ORDER BY at, id`, parcel, number)
	if b.err = err; err != nil {
		return
	}
	s := track.Of(events)
	body, err := json.Marshal(s)
	if b.err = err; err != nil {
		return
	}
	b.exec(`INSERT INTO standings (parcel, number, state, since, last, heard, scanned, delivered, clashes, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET state = excluded.state, since = excluded.since, last = excluded.last, heard = excluded.heard, scanned = excluded.scanned,
		delivered = excluded.delivered, clashes = excluded.clashes, body = excluded.body`,
		parcel, number, s.State, nanos(s.At), nanos(s.Last), nanos(s.Heard), nanos(s.Scanned), nanos(s.Delivered), len(s.Contradictions), body)
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

const trackEvents = `SELECT e.id, e.parcel, e.at, e.east, e.zone, e.number, e.carrier, e.heard, e.source, e.code, e.state, e.clears, e.evidence, e.until, e.expected, `

func readTrackEvent(scan func(...any) error) (e track.Event, err error) {
	var at, heard int64
	var east int
	var until, expected string
	err = scan(&e.Key, &e.Parcel, &at, &east, &e.Zone, &e.Number, &e.Carrier, &heard, &e.Source, &e.Code, &e.State, &e.Clears, &e.Evidence, &until, &expected, &e.Text, &e.Place)
	if e.At, e.Heard = clock(at), clock(heard); east != 0 {
		e.At = e.At.In(time.FixedZone("", east))
	}
	for _, d := range []struct {
		text string
		to   *time.Time
	}{{until, &e.Until}, {expected, &e.Expected}} {
		if d.text != "" && err == nil {
			*d.to, err = time.Parse(time.DateOnly, d.text)
		}
	}
	return e, err
}

// TrackEvents returns what carriers have said of a parcel, with their words, by its time.
func (s *Store) TrackEvents(ctx context.Context, parcel string) ([]track.Event, error) {
	return list(ctx, s.read, "read the events of parcel "+parcel, readTrackEvent,
		trackEvents+`coalesce(w.words, ''), coalesce(w.place, '') FROM track_events e LEFT JOIN track_words w ON w.id = e.id WHERE e.parcel = ? ORDER BY e.at, e.id`, parcel)
}

// Standing returns where a parcel is by its tracking number, with the words of its carrier;
// nothing said of it is ErrUnknown.
func (s *Store) Standing(ctx context.Context, parcel, number string) (track.Standing, error) {
	return one(ctx, s.read, "read where parcel "+parcel+" is", readStanding, `SELECT s.body, coalesce(w.words, ''), coalesce(w.place, '')
		FROM standings s LEFT JOIN track_words w ON w.id = json_extract(CAST(s.body AS TEXT), '$.Event') WHERE s.parcel = ? AND s.number = ?`, parcel, number)
}

func readStanding(scan func(...any) error) (st track.Standing, err error) {
	var body []byte
	var words, place string
	if err = scan(&body, &words, &place); err == nil {
		err = json.Unmarshal(body, &st)
		st.Text, st.Place = words, place
	}
	return st, err
}

// KeepTrackWords keeps what carriers said in words, by the ids of the events.
func (s *Store) KeepTrackWords(ctx context.Context, events ...track.Event) error {
	return s.change(ctx, "keep the words of carriers", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, e := range events {
			if e.Text != "" || e.Place != "" {
				run.exec(`INSERT INTO track_words (id, words, place) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, e.ID(), e.Text, e.Place)
			}
		}
		return run.err
	})
}

// TrackKnown tells which of some events of parcels are known.
func (s *Store) TrackKnown(ctx context.Context, events []track.Event) (map[string]bool, error) {
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Parcel, e.ID())
	}
	pairs, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	_, err = list(ctx, s.read, "look for known events", func(scan func(...any) error) (struct{}, error) {
		var id string
		err := scan(&id)
		known[id] = true
		return struct{}{}, err
	}, `SELECT e.id FROM json_each(?1) p JOIN json_each(?1) i ON i.key = p.key + 1 JOIN track_events e ON e.parcel = p.value AND e.id = i.value WHERE p.key % 2 = 0`, string(pairs))
	return known, err
}

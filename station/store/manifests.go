package store

import (
	"context"
	"errors"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// Manifest is what one van of a carrier took (P5).
type Manifest struct {
	ID      string
	Carrier string
	Lane    string // of the dock, "" for none
	Station string
	Person  string // who loaded
	Driver  string // id of the driver's name, "" before the van has left
	Began   time.Time
	Gone    bool      // the van has left; before, it is being loaded
	Closed  time.Time // when it left, by the bench's clock

	Reprints int // how often its list was printed again
}

// SetBack tells of a van that left before its loading began, by a clock that
// was set back meanwhile: nobody knows when it really left.
func (m Manifest) SetBack() bool { return m.Gone && m.Closed.Before(m.Began) }

// projectLoading keeps manifests and their parcels, and the state of those; it
// is a part of the projection of parcels.
func (p *page) projectLoading(fact pack.Fact) {
	at := nanos(p.row.At)
	switch f := fact.(type) {
	case pack.LoadingBegan:
		p.exec(`INSERT INTO manifests (id, carrier, lane, station, person, driver, began, closed) VALUES (?, ?, ?, ?, ?, '', ?, 0)
			ON CONFLICT DO NOTHING`, f.Manifest, f.Carrier, f.Lane, p.row.Writer, p.Person, at)
	case pack.ParcelLoaded:
		p.exec(`INSERT INTO manifest_parcels (manifest, n, parcel) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, f.Manifest, p.row.Arrived, f.Parcel)
		p.exec(`UPDATE parcels SET state = ?, at = ? WHERE id = ? AND sscc = ?`, pack.ParcelHandedOut, at, f.Parcel, f.SSCC)
	case pack.ParcelUnloaded:
		p.exec(`DELETE FROM manifest_parcels WHERE manifest = ? AND parcel = ?`, f.Manifest, f.Parcel)
		p.exec(`UPDATE parcels SET state = ?, at = ? WHERE id = ? AND sscc = ?
			AND NOT EXISTS (SELECT 1 FROM manifest_parcels WHERE parcel = ?)`, pack.ParcelClosed, at, f.Parcel, f.SSCC, f.Parcel)
		p.exec(`DELETE FROM van_claims WHERE sscc = ? AND holder = ?`, f.SSCC, f.Manifest)
	case pack.ManifestClosed:
		p.exec(`UPDATE manifests SET gone = 1, closed = ?, driver = ?, person = ? WHERE id = ?`, at, f.Driver, p.Person, f.Manifest)
		p.exec(`DELETE FROM van_claims WHERE holder = ?`, f.Manifest) // the state of its parcels keeps others away now
	case pack.DocumentStood:
		if f.Kind == pack.DocumentManifest && f.Reason != "" {
			p.exec(`UPDATE manifests SET reprints = reprints + 1 WHERE id = ?`, f.Of)
		}
	case pack.LoadingEnded:
		p.exec(`DELETE FROM manifests WHERE id = ?`, f.Manifest)
		p.exec(`DELETE FROM van_claims WHERE holder = ?`, f.Manifest)
	}
}

const manifestColumns = `SELECT id, carrier, station, person, driver, began, closed, gone, reprints, lane FROM manifests WHERE `

func readManifest(scan func(...any) error) (Manifest, error) {
	var m Manifest
	var began, closed int64
	err := scan(&m.ID, &m.Carrier, &m.Station, &m.Person, &m.Driver, &began, &closed, &m.Gone, &m.Reprints, &m.Lane)
	m.Began = time.Unix(0, began).UTC()
	if m.Gone {
		m.Closed = time.Unix(0, closed).UTC()
	}
	return m, err
}

// Manifest returns a manifest; none is ErrUnknown.
func (s *Store) Manifest(ctx context.Context, id string) (Manifest, error) {
	return one(ctx, s.read, "read manifest "+id, readManifest, manifestColumns+`id = ?`, id)
}

// Manifests returns those begun from from (inclusive) to to (exclusive), oldest
// first.
func (s *Store) Manifests(ctx context.Context, from, to time.Time) ([]Manifest, error) {
	return list(ctx, s.read, "read the manifests", readManifest, manifestColumns+`began >= ? AND began < ? ORDER BY began, id`, nanos(from), nanos(to))
}

// ParcelsOn returns the parcels of a manifest in the order of their loading.
func (s *Store) ParcelsOn(ctx context.Context, manifest string) ([]Parcel, error) {
	return list(ctx, s.read, "read the parcels of manifest "+manifest, readParcel,
		parcelColumns+`JOIN manifest_parcels m ON m.parcel = p.id WHERE m.manifest = ? ORDER BY m.n`, manifest)
}

// ManifestOf returns the manifest that a parcel left with; none is ErrUnknown.
func (s *Store) ManifestOf(ctx context.Context, parcel string) (Manifest, error) {
	return one(ctx, s.read, "read the manifest of "+parcel, readManifest,
		manifestColumns+`id IN (SELECT manifest FROM manifest_parcels WHERE parcel = ?)`, parcel)
}

// ManifestBody is what stands on the list of a van that left. It never changes.
type ManifestBody struct {
	Manifest string
	Effect   string // that it was first printed for
	Body     []byte // as its writer has it
}

var (
	bodyColumns = `SELECT manifest, effect, body, ` + doubt("manifest_bodies", "") + ` FROM manifest_bodies WHERE manifest = ?`
	readBody    = sound(func(scan func(...any) error) (b ManifestBody, err error) {
		err = scan(&b.Manifest, &b.Effect, &b.Body)
		return b, err
	})
)

// KeepManifestBody keeps what stands on a list durably and gives what is kept:
// the first one that was, whatever is given later.
func (s *Store) KeepManifestBody(ctx context.Context, b ManifestBody) (kept ManifestBody, err error) {
	err = s.change(ctx, "keep manifest "+b.Manifest, func(tx *prepared) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO manifest_bodies (manifest, effect, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			b.Manifest, b.Effect, nonNil(b.Body)); err != nil {
			return err
		}
		kept, err = one(ctx, tx, "", readBody, bodyColumns, b.Manifest)
		return err
	})
	return kept, err
}

// ManifestBody returns what was kept of a list; none is ErrUnknown.
func (s *Store) ManifestBody(ctx context.Context, manifest string) (ManifestBody, error) {
	return one(ctx, s.read, "read the list of manifest "+manifest, readBody, bodyColumns, manifest)
}

// ParcelsOnDock returns the closed parcels that no van has taken, of one carrier
// or, with "", of all: by carrier, the oldest first.
func (s *Store) ParcelsOnDock(ctx context.Context, carrier string) ([]Parcel, error) {
	return list(ctx, s.read, "read the dock", readParcel,
		parcelColumns+`WHERE state = 'closed' AND (carrier = ?1 OR ?1 = '') ORDER BY carrier, closed, id`, carrier)
}

// Dock counts the closed parcels that no van has taken, by carrier.
func (s *Store) Dock(ctx context.Context) ([]pack.Van, error) {
	return list(ctx, s.read, "count the dock", func(scan func(...any) error) (pack.Van, error) {
		var v pack.Van
		return v, scan(&v.Carrier, &v.Dock)
	}, `SELECT carrier, count(*) FROM parcels WHERE state = 'closed' GROUP BY carrier ORDER BY carrier`)
}

// ClaimFromDock takes a closed parcel for a holder, a manifest or an effect that
// opens the parcel again, durably, and reports whether the holder has it: another
// one may have been first. Claiming again is fine. The claim ends with the
// manifest, by the parcel's unloading or opening, or by LeaveOnDock.
func (s *Store) ClaimFromDock(ctx context.Context, parcel pack.ParcelRef, holder string) (bool, error) {
	var has bool
	err := s.change(ctx, "claim parcel "+parcel.ID, func(tx *prepared) error {
		// What a claim was dropped for shows in the state: they change together.
		if _, err := tx.ExecContext(ctx, `INSERT INTO van_claims (sscc, holder)
			SELECT sscc, ?3 FROM parcels WHERE id = ?1 AND sscc = ?2 AND state = ?4 ON CONFLICT DO NOTHING`,
			parcel.ID, parcel.SSCC, holder, pack.ParcelClosed); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, hasClaim, parcel.SSCC, holder).Scan(&has)
	})
	return has, err
}

const hasClaim = `SELECT EXISTS (SELECT 1 FROM van_claims WHERE sscc = ? AND holder = ?)`

// PlaceOf tells which bench has a parcel in its hands: in a van that is still
// being loaded, or opening it again. A parcel that stands on the dock, has left
// with its van or is void has no place; that is ErrUnknown.
func (s *Store) PlaceOf(ctx context.Context, parcel pack.ParcelRef) (pack.Place, error) {
	place := func(scan func(...any) error) (pack.Place, error) {
		var p pack.Place
		return p, scan(&p.Station, &p.Carrier, &p.Lane, &p.Manifest)
	}
	// A parcel that any van has left with is gone, whatever else lists it.
	p, err := one(ctx, s.read, "find the van of "+parcel.ID, place, `SELECT station, carrier, lane, id FROM manifests
		WHERE gone = 0 AND (id IN (SELECT manifest FROM manifest_parcels WHERE parcel = ?1) OR id IN (SELECT holder FROM van_claims WHERE sscc = ?2))
		AND NOT EXISTS (SELECT 1 FROM manifest_parcels m JOIN manifests v ON v.id = m.manifest WHERE m.parcel = ?1 AND v.gone = 1)
		ORDER BY began LIMIT 1`, parcel.ID, parcel.SSCC)
	if !errors.Is(err, ErrUnknown) {
		return p, err
	}
	// Whoever opens a parcel again has claimed its order before.
	return one(ctx, s.read, "find who opens "+parcel.ID, place, `SELECT station, '', '', '' FROM claims
		WHERE order_id = ?1 AND EXISTS (SELECT 1 FROM van_claims WHERE sscc = ?2 AND holder NOT IN (SELECT id FROM manifests))`,
		parcel.Order, parcel.SSCC)
}

// OffDock returns the labels of the parcels that are claimed here: for a van that is being
// loaded, or to be opened again.
func (s *Store) OffDock(ctx context.Context) ([]string, error) {
	return list(ctx, s.read, "read the claims of parcels", text, `SELECT sscc FROM van_claims ORDER BY sscc`)
}

// Twice is a parcel in the vans of two stations.
type Twice struct {
	Parcel, Order, SSCC string
	Other               string // the second station
}

// LoadedTwice returns the parcels that stand in a van of a station, begun since a time, and
// in one of another station too.
func (s *Store) LoadedTwice(ctx context.Context, station string, since time.Time) ([]Twice, error) {
	return list(ctx, s.read, "look for parcels in two vans", func(scan func(...any) error) (t Twice, err error) {
		return t, scan(&t.Parcel, &t.Order, &t.SSCC, &t.Other)
	}, `SELECT DISTINCT p.id, p.order_id, p.sscc, w.station FROM manifests v JOIN manifest_parcels m ON m.manifest = v.id
		JOIN manifest_parcels o ON o.parcel = m.parcel AND o.manifest <> v.id JOIN manifests w ON w.id = o.manifest JOIN parcels p ON p.id = m.parcel
		WHERE v.station = ? AND v.began >= ? AND w.station <> v.station ORDER BY p.id`, station, nanos(since))
}

// LeaveOnDock gives a claim up.
func (s *Store) LeaveOnDock(ctx context.Context, sscc, holder string) error {
	return s.change(ctx, "give up the claim of parcel "+sscc, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM van_claims WHERE sscc = ? AND holder = ?`, sscc, holder)
		return err
	})
}

// FreeUnloaded gives up the claim of a van that has not loaded the parcel, and
// reports whether it did. All that benches have written is taken up before; what one
// writes after that, which was taken for dead and is not, AppendLoading refuses.
func (s *Store) FreeUnloaded(ctx context.Context, parcel pack.ParcelRef, manifest string) (freed bool, err error) {
	for behind := true; behind && err == nil; {
		if err = s.CatchUp(ctx); err != nil {
			break
		}
		err = s.change(ctx, "free parcel "+parcel.ID, func(tx *prepared) error {
			if behind, err = s.behind(ctx, tx); err != nil || behind {
				return err
			}
			freed, err = changed(tx.ExecContext(ctx, `DELETE FROM van_claims WHERE sscc = ?2 AND holder = ?3
				AND EXISTS (SELECT 1 FROM parcels WHERE id = ?1 AND sscc = ?2 AND state = ?4)`,
				parcel.ID, parcel.SSCC, manifest, pack.ParcelClosed))
			return err
		})
	}
	return freed, err
}

// AppendLoading is Append for a row that puts a parcel into a van, and reports
// whether the row was taken: it is only while the van has the parcel's claim.
func (s *Store) AppendLoading(ctx context.Context, r journal.Row, sscc, manifest string) (claimed bool, err error) {
	hash, prev, err := sums(r)
	if err != nil {
		return false, err
	}
	err = s.change(context.WithoutCancel(ctx), "write journal row "+r.ID(), func(tx *prepared) error {
		if err := tx.QueryRowContext(ctx, hasClaim, sscc, manifest).Scan(&claimed); err != nil || !claimed {
			return err
		}
		no, err := s.number(ctx, tx, r.Writer)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insertNext, no<<seqBits+r.Seq, journal.Clock(r.At), r.Input, r.Facts, prev, hash)
		return err
	})
	return claimed && err == nil, s.appended(ctx, r, err)
}

// KeepAside keeps what the journal may not hold, the name of a driver, under the key
// that its row has.
func (s *Store) KeepAside(ctx context.Context, id, name string) error {
	return s.change(ctx, "keep a driver's name", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO drivers (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name`, id, name)
		return err
	})
}

// Driver returns a driver's name; one that is not known, or was erased, is
// ErrUnknown.
func (s *Store) Driver(ctx context.Context, id string) (string, error) {
	return one(ctx, s.read, "read a driver's name", sound(text), `SELECT name, `+doubt("drivers", "")+` FROM drivers WHERE id = ?`, id)
}

package upkeep

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// Verified is what became of checking the journal.
type Verified struct {
	Rows   int64             `json:"rows"`
	Heads  map[string]string `json:"heads"`
	Broken *BrokenRow        `json:"broken,omitempty"`
	// Differs names stored states and tables that are not what the journal says.
	Differs []string `json:"differs,omitempty"`
	// Altered names what else is kept and is not what was written.
	Altered []string `json:"altered,omitempty"`
	damage  []store.Damage
}

// BrokenRow is the first row that is not what was written.
type BrokenRow struct {
	Writer string `json:"writer"`
	Seq    int64  `json:"seq"`
	Why    string `json:"-"`
}

// Err says what is wrong, nil for a sound journal.
func (v Verified) Err() error {
	switch {
	case v.Broken != nil:
		return &journal.Broken{Writer: v.Broken.Writer, Seq: v.Broken.Seq, Why: v.Broken.Why}
	case len(v.damage) > 0:
		return v.damage[0]
	case len(v.Differs) > 0:
		return fmt.Errorf("what is stored as %s is not what the journal says", v.Differs[0])
	}
	return nil
}

// Verify follows every hash chain, folds the facts and compares the kept states
// and all that was built from the journal with what the folding gives. The
// building anew is done in a copy, in a folder of its own inside the data folder.
func (d Upkeep) Verify(ctx context.Context) (Verified, error) {
	v, err := d.verifyChains(ctx)
	if err != nil || v.Broken != nil {
		return v, err
	}
	// What is damaged first: the tables are built in a copy, which may not come about.
	if err := d.Store.Integrity(ctx, false); err != nil {
		return v, err
	}
	if v.damage, err = d.Store.Altered(ctx); err != nil {
		return v, err
	}
	for _, a := range v.damage {
		v.Altered = append(v.Altered, a.What)
	}
	if v.damage != nil {
		return v, nil
	}
	tables, err := d.verifyTables(ctx)
	v.Differs = append(v.Differs, tables...)
	return v, err
}

// verifyChains follows every hash chain to its end, and compares the kept states.
func (d Upkeep) verifyChains(ctx context.Context) (Verified, error) {
	v := Verified{Heads: map[string]string{}}
	writers, err := d.Store.Writers(ctx)
	if err != nil {
		return v, err
	}
	for _, w := range writers {
		if err := d.verifyWriter(ctx, w, &v); err != nil {
			return v, err
		}
	}
	if v.Broken != nil {
		return v, nil
	}
	return v, d.missingEnd(ctx, &v)
}

// verifyWriter checks one chain and the kept state of its bench.
func (d Upkeep) verifyWriter(ctx context.Context, writer string, v *Verified) error {
	kept, at, sound, err := d.Store.Snapshot(ctx, writer)
	if err != nil {
		return err
	}
	if !sound {
		v.Differs = append(v.Differs, "the state of station "+writer)
	}
	state, codec := pack.New(), folder.Codec()
	chain := journal.Chain{Writer: writer}
	for r, err := range folder.Checked(journal.Chain{Writer: writer}, d.Store.Rows(ctx, writer, 1)) {
		var broken *journal.Broken
		if errors.As(err, &broken) {
			if v.Broken == nil {
				v.Broken = &BrokenRow{broken.Writer, broken.Seq, broken.Why}
			}
			break
		}
		if err != nil {
			return err
		}
		v.Rows++
		chain = chain.After(r)
		if !cases.IsBench(writer) {
			continue
		}
		facts, err := codec.Facts(r)
		if err != nil {
			return err
		}
		for _, f := range facts {
			state = pack.Fold(state, f)
		}
		if r.Seq == at.Seq && !sameState(state, kept) {
			v.Differs = append(v.Differs, "the state of station "+writer)
		}
	}
	v.Heads[writer] = chain.Head
	return nil
}

func sameState(a, b pack.State) bool {
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && bytes.Equal(x, y)
}

// missingEnd finds a chain whose last rows were taken away: what was built
// from them knows that they were there.
func (d Upkeep) missingEnd(ctx context.Context, v *Verified) error {
	places, err := d.Store.ProjectionPlaces(ctx)
	if err != nil {
		return err
	}
	for writer := range v.Heads {
		head, err := d.Store.Head(ctx, writer)
		if err != nil {
			return err
		}
		for _, of := range []string{"orders", "parcels", "cases", "mentions", "hours", "stock"} {
			if places[of+" "+writer] > head.Seq && v.Broken == nil {
				v.Broken = &BrokenRow{writer, head.Seq + 1, "rows are missing at the end"}
			}
		}
	}
	return nil
}

// builtTables are all tables that are built from the journal, with an order
// that does not depend on how they were filled.
var builtTables = []string{
	"progress", "parcels", "parcel_labels", "manifests", "manifest_parcels", "cases", "mentions", "hours",
	"stock_moves", "stock_sums", "stock_kept", "stock_counts", "stock_apart", "returns", "return_units", "return_comes", "return_codes", "shop_returns", "return_photos",
}

// verifyTables builds a copy again and names the tables that come out different.
func (d Upkeep) verifyTables(ctx context.Context) (differs []string, err error) {
	dir, done, err := folder.Scratch(d.Dir, verifying)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	path := filepath.Join(dir, store.FileName)
	if err := copyDatabase(ctx, filepath.Join(d.Dir, store.FileName), path); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, path, store.Options{Codec: folder.Codec(), Stands: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.CatchUp(ctx); err != nil {
		return nil, err
	}
	astray, err := db.LabelsAstray(ctx, d.Settings.GS1.CompanyPrefix)
	if err != nil {
		return nil, err
	}
	for _, parcel := range astray {
		differs = append(differs, "the label of parcel "+parcel)
	}
	before, err := tableSums(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := db.Rebuild(ctx); err != nil {
		return nil, err
	}
	after, err := tableSums(ctx, path)
	for _, table := range builtTables {
		if before[table] != after[table] {
			differs = append(differs, "the table "+table)
		}
	}
	return differs, err
}

// copyDatabase writes a copy of a database that others may be writing to.
func copyDatabase(ctx context.Context, from, to string) (err error) {
	db, err := readOnly(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

func readOnly(path string) (*sql.DB, error) {
	name := url.URL{
		Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(),
		RawQuery: url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)"}}.Encode(),
	}
	return sql.Open("sqlite", name.String())
}

// tableSums returns a sum of the contents of each table.
func tableSums(ctx context.Context, path string) (sums map[string]string, err error) {
	db, err := readOnly(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	sums = map[string]string{}
	for _, table := range builtTables {
		if sums[table], err = tableSum(ctx, db, table); err != nil {
			return nil, fmt.Errorf("read table %s: %w", table, err)
		}
	}
	return sums, nil
}

func tableSum(ctx context.Context, db *sql.DB, table string) (string, error) {
	rows, err := db.QueryContext(ctx, `SELECT * FROM `+table+` ORDER BY 1, 2`)
	if err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	sum := sha256.New()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%#v\n", values)
	}
	return string(sum.Sum(nil)), rows.Err()
}

package upkeep

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/config"
	"packbench/station/store"
)

// A backup is a zip file of the data folder whose first entry says what the
// others are. It holds the key that signs trace codes and the buyers' addresses,
// so that only its owner may read it.
const (
	backupFormat = "packbench-backup-1"
	backupList   = "backup.json"
	setAside     = "before-restore-" // folder that a restore puts the old files in
	staging      = ".restore-"       // folder that a restore unpacks into
	verifying    = ".verify-"        // folder that a check builds the tables again in

	copying = ".packbench-backup-" // folder beside the backup that it is put together in
)

// Backup says what a backup holds.
type Backup struct {
	Format string            `json:"format"`
	Made   time.Time         `json:"made"`
	Rows   int64             `json:"rows"`  // of the journal
	Heads  map[string]string `json:"heads"` // of the hash chains, by writer
	Files  []BackupFile      `json:"files"`
}

// BackupFile is one file of a data folder.
type BackupFile struct {
	Name string `json:"name"` // with slashes, inside the data folder
	Size int64  `json:"size"`
	Sum  string `json:"sha256"`
}

// Backup writes the whole data folder into one file, whole or not at all, while
// the benches go on. What it holds is read back and checked first: the database
// and every hash chain. A backup that holds more is not written over.
func (d Upkeep) Backup(ctx context.Context, file string) (b Backup, err error) {
	if inside(d.Dir, file) {
		return b, fmt.Errorf("%s is in the data folder, and would be lost with it: choose another place", file)
	}
	dir, done, err := folder.Scratch(filepath.Dir(file), copying)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, done()) }()
	b = Backup{Format: backupFormat, Made: time.Now().UTC(), Heads: map[string]string{}}
	// The numbers' mark is read after the database, so that it is never behind it.
	if err := copyDatabase(ctx, d.Path(store.FileName), filepath.Join(dir, store.FileName)); err != nil {
		return b, err
	}
	if err := d.copyFiles(dir); err != nil {
		return b, err
	}
	if err := b.check(ctx, dir, folder.Options{Clock: d.Clock, Log: d.Log}); err != nil {
		return b, fmt.Errorf("what would be saved is not sound: %w", err)
	}
	if err := b.replaces(file); err != nil {
		return b, err
	}
	if b.Files, err = listFiles(dir); err != nil {
		return b, err
	}
	return b, folder.WriteWholeVia(file, dir, func(w io.Writer) error { return b.write(ctx, w, dir) })
}

// check opens a copy of a data folder and follows its hash chains.
func (b *Backup) check(ctx context.Context, dir string, o folder.Options) (err error) {
	d, err := folder.Open(ctx, dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Store.Integrity(ctx, false); err != nil {
		return err
	}
	if altered, err := d.Store.Altered(ctx); err != nil {
		return err
	} else if len(altered) > 0 {
		return altered[0]
	}
	v, err := New(d).verifyChains(ctx)
	if err != nil {
		return err
	}
	b.Rows, b.Heads = v.Rows, v.Heads
	return v.Err()
}

// replaces refuses to write over a backup that holds more: a journal only grows, so
// that one may be all that is left of a shop.
func (b *Backup) replaces(file string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil // none, or nothing that could be put back
	}
	defer func() { _ = z.Close() }()
	old, err := readBackup(z)
	if err != nil || old.Rows <= b.Rows {
		return nil
	}
	return fmt.Errorf("%s holds %d rows of the journal, and there are only %d here: it was left as it is. "+
		"Restore it if data was lost; else choose another name for this backup", file, old.Rows, b.Rows)
}

// copyFiles copies all but the database, what belongs to running programs, and
// what a restore has set aside.
func (d Upkeep) copyFiles(to string) error {
	return filepath.WalkDir(d.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(d.Dir, path)
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case e.IsDir() && !kept(name):
			return fs.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		case !e.Type().IsRegular() || !kept(name) || strings.HasPrefix(name, store.FileName):
			return nil
		}
		err = copyFile(path, filepath.Join(to, name))
		if errors.Is(err, fs.ErrNotExist) { // gone meanwhile: a printer takes documents away
			return nil
		}
		return err
	})
}

// kept reports whether a file of a data folder belongs into a backup.
func kept(name string) bool {
	base := filepath.Base(name)
	return !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, setAside) && !strings.HasSuffix(base, ".lock") && !strings.HasSuffix(base, ".new")
}

// inside reports whether a file would lie in a folder.
func inside(dir, file string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if file, err = filepath.Abs(file); err != nil {
		return false
	}
	name, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(name)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// listFiles lists a folder's files with their sums; settings come last, because
// a folder with settings is a whole one.
func listFiles(dir string) ([]BackupFile, error) {
	var files []BackupFile
	var settings []BackupFile
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || !kept(name) {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		sum := sha256.New()
		size, err := io.Copy(sum, f)
		one := BackupFile{Name: filepath.ToSlash(name), Size: size, Sum: hex.EncodeToString(sum.Sum(nil))}
		if name == config.File {
			settings = append(settings, one)
		} else {
			files = append(files, one)
		}
		return err
	})
	return append(files, settings...), err
}

// write writes the zip file.
func (b *Backup) write(ctx context.Context, w io.Writer, dir string) error {
	z := zip.NewWriter(w)
	out, err := z.Create(backupList)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(out).Encode(b); err != nil {
		return err
	}
	for _, f := range b.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := addFile(z, f.Name, filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
	}
	return z.Close()
}

func addFile(z *zip.Writer, name, path string) error {
	out, err := z.Create(name)
	if err != nil {
		return err
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	_, err = io.Copy(out, in)
	return err
}

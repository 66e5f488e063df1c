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
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/config"
	"packbench/station/store"
	"packbench/station/trace"
)

// Restored says what became of a restore.
type Restored struct {
	Backup
	Aside   string // folder with what was there before; "" where nothing was
	Skipped bool   // no mark was left, so that the numbers jumped ahead
}

// Restore puts a backup back. It is unpacked beside the data and checked whole,
// down to folding the journal, before anything is touched; then what was there is
// set aside, never removed. Three things are kept: the mark of the numbers, so
// that what was numbered since the backup is never given out again, trace keys
// that the backup does not know, and the folder of documents, because a program
// that prints what comes there would print old labels again. Nobody may have the
// data open meanwhile, and nobody can open it.
func Restore(ctx context.Context, dir, file string, o folder.Options) (r Restored, err error) {
	if inside(dir, file) {
		return r, fmt.Errorf("%s is in the data folder: move it to another place first", file)
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return r, fmt.Errorf("%s is not a backup, or only part of one: %w", file, err)
	}
	defer func() { _ = z.Close() }()
	if r.Backup, err = readBackup(z); err == nil {
		err = r.plausible(file)
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return r, err
	}
	free, err := lockAll(dir)
	if err != nil {
		return r, err
	}
	defer free()
	alone, err := store.Alone(filepath.Join(dir, store.FileName))
	if errors.Is(err, store.ErrHeld) {
		return r, fmt.Errorf("another program has the data in %s open: close the packbench window and end every packctl that works there, such as an import, a backup or decode, then try again", dir)
	}
	if err != nil {
		return r, err
	}
	defer alone()
	if err := folder.Sweep(filepath.Dir(file), copying); err != nil {
		return r, err
	}
	stage, done, err := folder.Scratch(dir, staging)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := r.unpack(ctx, z, stage); err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	marked := markOf(dir, stage)
	if err := r.prepare(ctx, stage, marked, o); err != nil {
		return r, fmt.Errorf("%s: what it holds is not sound: %w", file, err)
	}
	freeKeys, err := folder.LockKeys(dir)
	if err != nil {
		return r, err
	}
	defer freeKeys()
	if err := keepKeys(dir, stage); err != nil {
		return r, err
	}
	return r, r.exchange(dir, stage, marked)
}

// readBackup reads what the backup says that it holds.
func readBackup(z *zip.ReadCloser) (b Backup, err error) {
	f, err := z.Open(backupList)
	if err != nil {
		return b, errors.New("this is not a packbench backup")
	}
	defer func() { _ = f.Close() }()
	if err := json.NewDecoder(io.LimitReader(f, 64<<20)).Decode(&b); err != nil {
		return b, fmt.Errorf("the list of its files cannot be read: %w", err)
	}
	if b.Format != backupFormat {
		return b, fmt.Errorf("its format is %.40q, this program reads %q: use the packbench that made it, or a newer one", b.Format, backupFormat)
	}
	for _, needed := range []string{store.FileName, config.File} {
		if !slices.ContainsFunc(b.Files, func(f BackupFile) bool { return f.Name == needed }) {
			return b, fmt.Errorf("it holds no %s", needed)
		}
	}
	return b, nil
}

// No backup shrinks to less than one part in mostShrunk, small ones aside.
const (
	smallBackup = 256 << 20
	mostShrunk  = 100
)

// plausible refuses what would fill the disk: a backup that claims to be far larger
// than a file of its size can hold.
func (b Backup) plausible(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	room := smallBackup + mostShrunk*info.Size()
	for _, f := range b.Files {
		if f.Size < 0 || f.Size > room {
			return errors.New("it would unpack to far more than a backup of its size can hold: it was not made by packbench, or is damaged")
		}
		room -= f.Size
	}
	return nil
}

// lockAll takes the locks of all stations of a data folder.
func lockAll(dir string) (free func(), err error) {
	var held []func()
	free = func() {
		for _, f := range held {
			f()
		}
	}
	locks, err := filepath.Glob(filepath.Join(dir, "station-*.lock"))
	if err != nil {
		return free, err
	}
	for _, path := range locks {
		station := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "station-"), ".lock")
		f, err := store.LockStation(dir, station)
		if err != nil {
			free()
			return free, fmt.Errorf("end packbench before a backup is put back: %w", err)
		}
		held = append(held, f)
	}
	return free, nil
}

// unpack writes the files of the backup and compares their sums.
func (r *Restored) unpack(ctx context.Context, z *zip.ReadCloser, to string) error {
	for _, f := range r.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := filepath.FromSlash(f.Name)
		if !filepath.IsLocal(name) || !kept(name) || strings.ContainsAny(f.Name, `\:`) {
			return fmt.Errorf("it holds a file %.80q that no backup has", f.Name)
		}
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		in, err := z.Open(f.Name)
		if err != nil {
			return fmt.Errorf("its file %s is missing", f.Name)
		}
		err = f.unpack(in, path)
		if err := errors.Join(err, in.Close()); err != nil {
			return fmt.Errorf("its file %s: %w", f.Name, err)
		}
	}
	return nil
}

func (f BackupFile) unpack(in io.Reader, path string) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	// One byte more than it should have, so that a longer one is noticed.
	size, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(in, f.Size+1))
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	if size != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.Sum {
		return errors.New("it is not what was kept: the backup is damaged")
	}
	return nil
}

// prepare checks what was unpacked. Where no mark is left it lets the numbers
// jump over what the stations may have used since the backup.
func (r *Restored) prepare(ctx context.Context, dir string, marked bool, o folder.Options) (err error) {
	d, err := folder.Open(ctx, dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	v, err := New(d).Verify(ctx)
	if err := errors.Join(err, v.Err()); err != nil {
		return err
	}
	if err := d.Store.ForgetPass(ctx); err != nil || marked {
		return err
	}
	r.Skipped = true
	ranges, err := d.AllRanges(ctx)
	if err != nil {
		return err
	}
	return d.Store.SettleSince(ctx, ranges, r.Made)
}

// markOf reports whether a data folder has the mark of the database that is put
// back. It is never behind: what was numbered since stands in it.
func markOf(dir, stage string) bool {
	have, err := store.MarkShop(filepath.Join(dir, store.FileName))
	if err != nil || have == "" {
		return false
	}
	back, err := store.MarkShop(filepath.Join(stage, store.FileName))
	return errors.Is(err, fs.ErrNotExist) || err == nil && back == have
}

// keepKeys adds to the keys that are put back those which the data folder has
// and they lack: labels that are on their way were signed with them.
func keepKeys(dir, stage string) error {
	have, err := trace.Load(filepath.Join(dir, folder.TraceKeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the trace keys of the data folder: %w", err)
	}
	back, err := trace.Load(filepath.Join(stage, folder.TraceKeyFile))
	if err != nil {
		return err
	}
	return trace.Save(filepath.Join(stage, folder.TraceKeyFile), have.With(back))
}

// exchange sets what is in the data folder aside and puts the new files in its
// place. What was printed into a folder stays as it is. The settings go first and come last: a folder without them is not
// taken for a whole one, and restoring again mends it.
func (r *Restored) exchange(dir, stage string, marked bool) error {
	aside, err := freeName(filepath.Join(dir, setAside+time.Now().Format("20060102-150405")))
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var old []string
	stays := map[string]bool{store.MarkName: marked}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, setAside), strings.HasPrefix(name, "."), strings.HasSuffix(name, ".lock"):
		case name == folder.DocumentsDir:
			stays[name] = true
		case stays[name]:
		case name == config.File:
			old = slices.Insert(old, 0, name)
		default:
			old = append(old, name)
		}
	}
	if len(old) > 0 {
		if err := os.Mkdir(aside, 0o700); err != nil {
			return err
		}
		r.Aside = aside
	}
	for i, name := range old {
		away := os.Rename
		if name == folder.TraceKeyFile { // is replaced in one step: the only copy is never out of its place
			away = copyFile
		}
		if err := away(filepath.Join(dir, name), filepath.Join(aside, name)); err != nil {
			return errors.Join(fmt.Errorf("another program has the data open: %w", err), moveAll(aside, dir, old[:i]))
		}
	}
	entries, err = os.ReadDir(stage)
	if err != nil {
		return err
	}
	var fresh []string
	for _, e := range entries {
		if name := e.Name(); name != config.File && !stays[name] && kept(name) {
			fresh = append(fresh, name)
		}
	}
	if err := moveAll(stage, dir, append(fresh, config.File)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, folder.DocumentsDir), 0o700); err != nil { // an empty folder is in no backup
		return err
	}
	folder.SyncFolder(dir)
	return nil
}

func moveAll(from, to string, names []string) error {
	for _, name := range names {
		if err := os.Rename(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return err
		}
	}
	return nil
}

// freeName returns a path that nothing has.
func freeName(path string) (string, error) {
	for i := range 1000 {
		name := path
		if i > 0 {
			name = fmt.Sprintf("%s-%d", path, i+1)
		}
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s and the names after it are taken", path)
}

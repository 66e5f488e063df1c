package trace

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
)

// Key signs trace codes. Its id is computed from its secret; every code
// carries the id, so that an old key still verifies after a new one has taken
// over.
type Key struct {
	secret  []byte
	retired bool
}

// Keys is a key ring. The first key signs, all of them verify. A retired key
// is one that is no longer trusted, because others may have it: what it
// signed is told apart from what was made up, but is not genuine.
type Keys []Key

const (
	secretLen = 32
	keyHead   = "packbench-trace-keys 1"

	retiredWord = "retired"
)

// ID returns the key's public name, three characters.
func (k Key) ID() string { return k.mac(idLen, "id") }

// Retired reports whether the key is trusted no more.
func (k Key) Retired() bool { return k.retired }

// String does not show the secret, in case a key reaches a log.
func (k Key) String() string { return "trace key " + k.ID() }

// GoString does not show the secret either.
func (k Key) GoString() string { return k.String() }

func (k Key) check() error {
	if len(k.secret) != secretLen {
		return fmt.Errorf("%w: a key is %d secret bytes", ErrKey, secretLen)
	}
	return nil
}

// Signing returns the key that signs.
func (ks Keys) Signing() (Key, error) {
	if len(ks) == 0 || ks[0].retired {
		return Key{}, ErrKey
	}
	return ks[0], ks[0].check()
}

func (ks Keys) find(id string) (Key, bool) {
	for _, k := range ks {
		if k.ID() == id {
			return k, true
		}
	}
	return Key{}, false
}

// Secret returns a secret for a purpose of its own, made of the key with this id, whether
// that is retired or not.
func (ks Keys) Secret(id, purpose string) (secret []byte, found bool) {
	k, found := ks.find(id)
	if !found {
		return nil, false
	}
	h := hmac.New(sha256.New, k.secret)
	fmt.Fprintf(h, "secret %d:%s", len(purpose), purpose) // no code is signed so: see mac
	return h.Sum(nil), true
}

// With adds the keys that it lacks of another ring. They verify; none of them
// signs, where the ring had a key that does.
func (ks Keys) With(other Keys) Keys {
	out := slices.Clone(ks)
	for _, k := range other {
		if _, have := out.find(k.ID()); !have {
			out = append(out, k)
		}
	}
	return out
}

// Merged is With, and what the other ring trusts no more this one does not either, but for
// the key that signs.
func (ks Keys) Merged(other Keys) Keys {
	out := ks.With(other)
	for i := range out {
		if k, there := other.find(out[i].ID()); i > 0 && there && k.retired {
			out[i].retired = true
		}
	}
	return out
}

// Rotate puts a fresh key in front; the old ones keep verifying.
func (ks Keys) Rotate() (Keys, error) {
	for range 20 { // ids are short: a taken one is drawn again
		k := Key{secret: make([]byte, secretLen)}
		_, _ = rand.Read(k.secret) // it ends the program rather than fail
		if _, taken := ks.find(k.ID()); !taken {
			return append(Keys{k}, ks...), nil
		}
	}
	return nil, fmt.Errorf("make a trace key: %w: no free key id was found", ErrKey)
}

// wrongKey says why one key of a sound ring is not the one; it is an ErrKey.
type wrongKey string

func (w wrongKey) Error() string        { return string(w) }
func (w wrongKey) Is(target error) bool { return target == ErrKey }

// Retire returns the ring with one key retired. The key that signs cannot be:
// rotate first.
func (ks Keys) Retire(id string) (Keys, error) {
	i := slices.IndexFunc(ks, func(k Key) bool { return strings.EqualFold(k.ID(), id) })
	switch {
	case i < 0:
		return nil, wrongKey(fmt.Sprintf("there is no key %s here", clip(id)))
	case i == 0:
		return nil, wrongKey(fmt.Sprintf("key %s signs; make a new one first with: packctl trace rotate", ks[0].ID()))
	}
	out := slices.Clone(ks)
	out[i].retired = true
	return out, nil
}

// FileError says what is wrong with a key file and what to do about it.
type FileError struct {
	Path string
	Err  error
	Hint string
}

func (e *FileError) Error() string {
	return fmt.Sprintf("trace keys %s: %v: %s", e.Path, e.Err, e.Hint)
}

// Cause is what is wrong, without the file's name.
func (e *FileError) Cause() string {
	var path *fs.PathError
	if errors.As(e.Err, &path) {
		return path.Err.Error()
	}
	return e.Err.Error()
}

func (e *FileError) Unwrap() error { return e.Err }

// What to do about a key file that cannot be read.
const (
	restore = "restore it from the backup"
	anew    = "run: packctl trace rotate --lost (labels made until now cannot be verified then)"
	damaged = restore + "; if there is none, move this file away and " + anew
)

// unread is what to do where the file is there, and nothing is known of what it
// holds: it may be sound.
func unread(err error) string {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
		return "check who owns the file"
	}
	return "leave the file as it is: close other programs or restart the computer, check the disk, and try again"
}

// Load reads a key file. It refuses one that other people of the computer may
// read or write.
func Load(path string) (Keys, error) {
	file, err := os.Open(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &FileError{path, err, unread(err)}
	}
	if err != nil {
		return nil, &FileError{path, err, restore + "; if it is lost for good, " + anew}
	}
	defer file.Close()
	info, err := file.Stat() // of this very file: another one may take its place meanwhile
	if err != nil {
		return nil, &FileError{path, err, unread(err)}
	}
	if !info.Mode().IsRegular() {
		return nil, &FileError{path, errors.New("this is no file"), "move away what is there, then " + restore + "; if there is none, " + anew}
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return nil, &FileError{path, fmt.Errorf("others may open it (mode %04o)", mode), "run: chmod 600 " + path}
	}
	const most = 16 << 10
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, &FileError{path, err, unread(err)}
	}
	if len(data) > most {
		return nil, &FileError{path, ErrKey, "this is not a key file; " + damaged}
	}
	keys, err := ParseKeys(string(data))
	if err != nil {
		return nil, &FileError{path, err, damaged}
	}
	return keys, nil
}

// LoadOrCreate is Load for a bench that may be new: a missing file is made,
// with one key. A damaged one is never replaced.
func LoadOrCreate(path string) (Keys, error) {
	keys, err := Load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if keys, err = (Keys{}).Rotate(); err != nil {
		return nil, err
	}
	if err := Save(path, keys); err != nil {
		return nil, err
	}
	return keys, nil
}

// Save writes a key file whole or not at all, for its owner only.
func Save(path string, keys Keys) error {
	if err := save(path, keys); err != nil {
		return &FileError{path, err, "check that the folder exists and may be written"}
	}
	return nil
}

func save(path string, keys Keys) error {
	file, err := os.CreateTemp(filepath.Dir(path), unfinished) // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails after the rename, as it should
	_, err = file.WriteString(keys.Text())
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	if folder, err := os.Open(filepath.Dir(path)); err == nil { // Windows syncs no folder
		_ = folder.Sync()
		_ = folder.Close()
	}
	return nil
}

// unfinished is how key files are called before they are whole.
const unfinished = ".trace-keys-*"

// Sweep removes what was left beside a key file by programs that were killed
// while they saved it. Nobody may be saving it meanwhile.
func Sweep(path string) error {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), unfinished))
	for _, file := range left {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// Text is the ring as its file has it.
func (ks Keys) Text() string {
	var b strings.Builder
	b.WriteString(keyHead + "\n")
	for _, k := range ks {
		b.WriteString(k.ID() + " " + base32.StdEncoding.EncodeToString(k.secret))
		if k.retired {
			b.WriteString(" " + retiredWord)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// ParseKeys reads what Text wrote; what is wrong with it is an ErrKey.
func ParseKeys(text string) (Keys, error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) < 2 || strings.TrimSpace(lines[0]) != keyHead {
		return nil, fmt.Errorf("%w: the first line is not %q", ErrKey, keyHead)
	}
	var keys Keys
	for i, line := range lines[1:] {
		id, secret, _ := strings.Cut(strings.TrimSpace(line), " ")
		secret, state, _ := strings.Cut(secret, " ")
		data, err := base32.StdEncoding.DecodeString(secret)
		k := Key{secret: data, retired: state == retiredWord}
		if err != nil || k.check() != nil || k.ID() != id || state != "" && !k.retired {
			return nil, fmt.Errorf("%w: line %d is not a key", ErrKey, i+2)
		}
		if _, twice := keys.find(id); twice {
			return nil, fmt.Errorf("%w: key %s stands there twice", ErrKey, id)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

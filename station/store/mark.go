package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mark is the high-water mark of all numbers: a small file beside the database
// that says how far they have been given out. It is written, whole and durable,
// before the database is, so it is never behind. An older database that somebody
// puts back is: then numbering goes on above the mark, and the blocks that were
// open are burnt.
//
// A mark that is missing, damaged, behind or of another shop stops the
// numbering (*Conflict): a number given twice cannot be taken back.
//
// A data folder that was put back whole has an old mark too. Nothing in it can
// tell how far numbering had gone. But where the file system keeps the time at
// which a file was made, a copy of the mark does not have the time that stands
// in it; then numbering jumps over as many numbers as the stations can have used
// since. Two copies that both go on working cannot be told apart.
//
//	packbench-numbers 1
//	shop 5f0c…            the same in the database
//	written 2026-11-22T15:04:05Z
//	born 1795360000123456789
//	blocks/0952000********** 200
//	block/0952000**********/S1 142
//	…
//	sum 9a3e…             SHA-256 of all lines above
type mark struct {
	shop     string
	written  time.Time
	born     string // as it stands in the file
	found    string // as the file system says; "" where it does not
	counters counters
}

const (
	markHead    = "packbench-numbers 1"
	markEnding  = ".numbers"
	maxMarkFile = 1 << 20
)

// ConflictKind is why the numbers of the database cannot be trusted.
type ConflictKind string

// The kinds of conflict.
const (
	MarkMissing ConflictKind = "the file of the numbers is missing"
	MarkDamaged ConflictKind = "the file of the numbers is damaged"
	MarkBehind  ConflictKind = "the file of the numbers is older than the database"
	MarkForeign ConflictKind = "the file of the numbers belongs to another database"
	CopyAway    ConflictKind = "the copy of the numbers cannot be compared"
)

// Conflict says that the database and the mark beside it do not belong
// together. No number was given out, and none will be before a person has
// settled it.
type Conflict struct {
	Kind ConflictKind
	Path string
}

// Error says what is wrong and what to do.
func (c *Conflict) Error() string {
	return fmt.Sprintf("no numbers can be issued: %s (%s). %s", c.Kind, c.Path, c.Hint())
}

// Hint says what a person can do.
func (c *Conflict) Hint() string {
	if c.Kind == CopyAway {
		return "Make that place reachable again and try again; if it is lost, take numbers_copy out of the settings, estimate how many labels may be unknown here and run: packctl numbers settle --skip COUNT."
	}
	return "Put the right file back; if it is lost, estimate how many labels may be unknown here and run: packctl numbers settle --skip COUNT."
}

// MarkName is the name of the mark in a data folder.
const MarkName = "packbench" + markEnding

// MarkShop reads which shop's database the mark beside a database belongs to. A
// missing mark is fs.ErrNotExist.
func MarkShop(database string) (string, error) {
	m, err := readMark(markFile(database))
	return m.shop, err
}

// NoticesCopies reports whether the file system keeps the time at which a file was
// made, so that a copy of the mark is noticed.
func NoticesCopies(database string) bool {
	f, err := os.Open(database) // it stands beside the mark, and before it
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	return born(f) != ""
}

// markFile is where the mark of a database stands.
func markFile(database string) string {
	return strings.TrimSuffix(database, filepath.Ext(database)) + markEnding
}

// agree compares what the database knows with the mark, and gives the mark that
// numbering goes on from. c, shop: of the database; err: of reading the mark.
func (s *Store) agree(c counters, shop string, m mark, err error) (mark, error) {
	stop := func(kind ConflictKind) (mark, error) { return m, &Conflict{Kind: kind, Path: s.mark} }
	switch {
	case errors.Is(err, fs.ErrNotExist) && shop == "":
		// A new database, or one from before there were marks.
		return mark{shop: newShop(), counters: c}, nil
	case errors.Is(err, fs.ErrNotExist):
		return stop(MarkMissing)
	case errors.Is(err, errDamaged):
		return stop(MarkDamaged)
	case err != nil:
		return m, err
	case shop != "" && shop != m.shop:
		return stop(MarkForeign)
	}
	restored := false
	for name, last := range c {
		if last > m.counters[name] {
			return stop(MarkBehind)
		}
	}
	for name, last := range m.counters {
		// One ahead is also what a power cut between the two writes leaves.
		restored = restored || spent(name) && last > c[name]+1
	}
	if restored {
		m.counters.burn()
	}
	if m.born != "" && m.found != "" && m.born != m.found {
		m.counters.skipSince(s.now().Sub(m.written))
	}
	return m, nil
}

var errDamaged = errors.New("not what was written")

// readMark reads a mark; a missing one is fs.ErrNotExist, a bad one errDamaged.
func readMark(path string) (m mark, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return m, err
	}
	if info.Size() > maxMarkFile || !info.Mode().IsRegular() {
		return m, errDamaged
	}
	m.found = born(f)
	m.counters = counters{}
	sum, head, whole := sha256.New(), true, false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if whole || head && line != markHead {
			return m, errDamaged
		}
		name, value, _ := strings.Cut(line, " ")
		switch {
		case head:
			head = false
		case name == "sum":
			if value != hex.EncodeToString(sum.Sum(nil)) {
				return m, errDamaged
			}
			whole = true
			continue
		case !m.line(name, value):
			return m, errDamaged
		}
		sum.Write([]byte(line + "\n"))
	}
	if err := lines.Err(); err != nil && !errors.Is(err, bufio.ErrTooLong) {
		return m, err
	}
	if !whole || m.shop == "" {
		return m, errDamaged
	}
	return m, nil
}

// line reads one line between head and sum.
func (m *mark) line(name, value string) bool {
	switch name {
	case "shop":
		m.shop = value
	case "born":
		m.born = value
	case "written":
		at, err := time.Parse(time.RFC3339, value)
		m.written = at
		return err == nil
	default:
		n, err := strconv.ParseUint(value, 10, 63)
		m.counters[name] = n
		return err == nil
	}
	return value != ""
}

// writeMark writes a mark whole and durably, or not at all. Who calls it holds
// the right to write to the database, so nobody else writes it.
func writeMark(path string, m mark) error {
	fresh := path + ".new"
	// A new file each time: what a killed program left may be half written.
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	m.born = born(f)
	_, err = f.WriteString(m.text())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return replaceFile(fresh, path)
}

func (m mark) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nshop %s\nwritten %s\n", markHead, m.shop, m.written.UTC().Format(time.RFC3339))
	if m.born != "" {
		fmt.Fprintf(&b, "born %s\n", m.born)
	}
	for _, name := range slices.Sorted(maps.Keys(m.counters)) {
		fmt.Fprintf(&b, "%s %d\n", name, m.counters[name])
	}
	sum := sha256.Sum256([]byte(b.String()))
	return b.String() + "sum " + hex.EncodeToString(sum[:]) + "\n"
}

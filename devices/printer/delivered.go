package printer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// record is the file beside a folder that names every job whose document was about
// to appear there, one a line: .documents.delivered beside the folder documents. It
// begins empty, with a new shop, and is never made later: where there is none,
// nobody can say what stood in the folder once.
func (f Folder) record() string {
	return filepath.Join(filepath.Dir(f.Dir), "."+filepath.Base(f.Dir)+".delivered")
}

// note writes a job's name down for good, where the folder has a record, before
// its document is to be seen.
func (f Folder) note(job string) (err error) {
	record, err := os.OpenFile(f.record(), os.O_WRONLY|os.O_APPEND, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if _, err := record.WriteString("\n" + FileName(job, "") + "\n"); err != nil { // a torn line before it stays alone
		return err
	}
	return record.Sync()
}

// never reports whether the record proves that a job's document never appeared.
func (f Folder) never(job string) bool {
	text, err := os.ReadFile(f.record())
	return err == nil && !slices.Contains(strings.Split(string(text), "\n"), FileName(job, ""))
}

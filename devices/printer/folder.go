package printer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"packbench/devices"
	"packbench/station/trouble"
)

// Folder writes each job to a file of its own: the PDF, or the ZPL of a job
// that has no PDF. A file that stands is printed. A job's name may be any
// text: see FileName.
//
// A folder that it makes is its user's alone, since labels hold addresses. Into
// one that stands, files are written for whomever it is open to: another program
// may wait for them there.
type Folder struct {
	Dir     string
	Private bool // the files are their user's alone, whatever the folder is
}

// Print writes the whole file or none. Copies are one file.
func (f Folder) Print(_ context.Context, job Job) (Result, error) {
	document, suffix := job.PDF, ".pdf"
	if len(document) == 0 && len(job.ZPL) > 0 {
		document, suffix = job.ZPL, ".zpl"
	}
	path, err := f.path(job.Name, suffix)
	if err != nil {
		return refused(err), err
	}
	if err := f.writeWhole(path, job.Name, document); err != nil {
		return notWritten(err), fmt.Errorf("print %s: %w", job.Name, err)
	}
	r := saying(Printed, trouble.Written, filepath.Base(path))
	r.File = path
	return r, nil
}

// Lookup reports whether the file stands. That there is none proves nothing by
// itself: whoever watches the folder may have taken it away and printed it. Only
// the folder's record can tell that it was never there.
func (f Folder) Lookup(_ context.Context, name string) (Result, error) {
	for _, suffix := range []string{".pdf", ".zpl"} {
		path, err := f.path(name, suffix)
		if err != nil {
			return refused(err), err
		}
		switch _, err := os.Stat(path); {
		case err == nil:
			r := saying(Printed, trouble.Written, filepath.Base(path))
			r.File = path
			return r, nil
		case !errors.Is(err, fs.ErrNotExist):
			return Told(Unknown), fmt.Errorf("look for %s: %w", name, err)
		}
	}
	if f.never(name) {
		return saying(Rejected, trouble.NeverWritten), nil
	}
	return Told(Unknown), nil
}

// Check makes the folder and writes a file there, which it removes.
func (f Folder) Check(_ context.Context, device string) devices.Status {
	err := os.MkdirAll(f.Dir, 0o700)
	if err == nil {
		var file *os.File
		if file, err = os.CreateTemp(f.Dir, writing+"*"); err == nil {
			err = errors.Join(file.Close(), os.Remove(file.Name()))
		}
	}
	if err != nil {
		r := Result{Trouble: trouble.New(trouble.FolderClosed, reason(err))}
		return status(device, devices.Red, r)
	}
	return ready(device)
}

// path keeps a job's name inside the folder: the same name gives the same file,
// always, or a job would not be found again.
func (f Folder) path(name, suffix string) (string, error) {
	if name == "" {
		return "", errors.New("print: a job without a name has no file")
	}
	return filepath.Join(f.Dir, FileName(name, suffix)), nil
}

// refused is a job that was not taken, in the words of who did not take it.
func refused(err error) Result {
	return Result{State: Rejected, Trouble: trouble.New(trouble.Said, err.Error()).With(trouble.CheckQueue)}
}

// notWritten is a job of which there is no file, and what helps: nothing comes by
// itself.
func notWritten(err error) Result {
	r := saying(Rejected, trouble.NotWritten, reason(err))
	r.Trouble.Fix = trouble.MendFolder
	if diskFull(err) {
		r.Trouble.Fix = trouble.FreeSpace
	}
	return r
}

// reason is the innermost cause of a file error: no space left on device.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// mode says who may read a document that is about to be written. One that stands
// keeps its own.
func (folder Folder) mode(path string) (fs.FileMode, error) {
	if old, err := os.Lstat(path); err == nil && old.Mode().IsRegular() {
		return old.Mode().Perm(), nil
	}
	if folder.Private {
		return 0o600, nil
	}
	dir, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return 0, err
	}
	return 0o600 | dir.Mode().Perm()&0o044, nil
}

// writeWhole puts the file in place only when all of it is on the disk.
func (folder Folder) writeWhole(path, job string, data []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	mode, err := folder.mode(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, writing+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := folder.note(job); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if d, err := os.Open(dir); err == nil { // a folder cannot be synced everywhere
		d.Sync()
		d.Close()
	}
	return nil
}

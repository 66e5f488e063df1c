package printer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"packbench/devices"
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
		return refused(err.Error()), err
	}
	if err := f.writeWhole(path, document); err != nil {
		return notWritten(err), fmt.Errorf("print %s: %w", job.Name, err)
	}
	r := Told(Printed)
	r.Words, r.File = "written to "+filepath.Base(path), path
	return r, nil
}

// Lookup reports whether the file stands.
func (f Folder) Lookup(_ context.Context, name string) (Result, error) {
	for _, suffix := range []string{".pdf", ".zpl"} {
		path, err := f.path(name, suffix)
		if err != nil {
			return refused(err.Error()), err
		}
		switch _, err := os.Stat(path); {
		case err == nil:
			r := Told(Printed)
			r.Words, r.File = "written to "+filepath.Base(path), path
			return r, nil
		case !errors.Is(err, fs.ErrNotExist):
			return Told(Unknown), fmt.Errorf("look for %s: %w", name, err)
		}
	}
	return refused("the document was never written"), nil
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
		r := Result{Words: "the folder cannot be written: " + reason(err), Fix: "Choose another folder for documents in the settings."}
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

func refused(words string) Result {
	r := Told(Rejected)
	r.Words = words
	return r
}

// notWritten says why there is no file, and what helps: nothing comes by itself.
func notWritten(err error) Result {
	r := refused("the document could not be written: " + reason(err))
	r.Fix = "Mend the folder for documents, or choose another one in the settings, then try again."
	if diskFull(err) {
		r.Fix = "Free space on the disk, then try again."
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
func (folder Folder) writeWhole(path string, data []byte) (err error) {
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
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if d, err := os.Open(dir); err == nil { // a folder cannot be synced everywhere
		d.Sync()
		d.Close()
	}
	return nil
}

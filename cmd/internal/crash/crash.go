// Package crash keeps what a crash of the program says of itself: where it was, and
// nothing of what it was working on. It owns the report in the data folder.
//
// It must not use the store or the journal: it works before they open and after they
// fell. Watch comes first thing once the data folder is known.
//
// The runtime writes a crash by itself, into a file that is open already, because
// nothing of a program that falls can be trusted to write. That file also holds what
// was panicked with, which may name an order or a buyer; the next start makes the
// report of it and takes it away. A kill and a loss of power leave no report.
package crash

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

const (
	raw    = ".crash"    // as the runtime wrote it; by the dot, backup and restore pass it over
	report = "crash.txt" // the last crash, fit to be sent
	most   = 1 << 20     // of a raw file is read: the goroutine that fell is the first
)

// Watch has the runtime write a crash of this process into the data folder, after it
// made the report of an earlier one. It returns the path of the report if there was a
// crash since the last start.
func Watch(dir string) (string, error) {
	made, err := settle(dir)
	if err != nil {
		return "", err
	}
	// Programs that work in one folder share the file, so each appends.
	f, err := os.OpenFile(filepath.Join(dir, raw), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return made, err
	}
	defer f.Close() // the runtime keeps a handle of its own
	return made, debug.SetCrashOutput(f, debug.CrashOptions{})
}

// settle makes the report of what an earlier crash left.
func settle(dir string) (string, error) {
	from := filepath.Join(dir, raw)
	info, err := os.Stat(from)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	said, err := beginning(from)
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, report)
	text := heading(info.ModTime()) + clean(said)
	if err := os.WriteFile(to+".new", []byte(text), 0o600); err != nil {
		return "", err
	}
	if err := os.Rename(to+".new", to); err != nil {
		return "", err
	}
	return to, os.Truncate(from, 0) // not removed: another program may have it open
}

func beginning(path string) (_ []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

// heading says which program it is. It is the program that found the crash, which is
// another one only after an update.
func heading(at time.Time) string {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
			}
		}
	}
	return fmt.Sprintf("packbench crashed at %s\nfound by version %s, %s, %s/%s\n\n",
		at.UTC().Format(time.RFC3339), version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

var (
	goroutine = regexp.MustCompile(`^goroutine \d+ .*\[[^\]]*\]:$`)
	called    = regexp.MustCompile(`^(created by )?([\w./*()\[\]…·\-%]+?)(\([^()]*\)| in goroutine \d+)?$`)
	place     = regexp.MustCompile(`^\t(.*?)([^/\\]+[/\\][^/\\]+\.(?:go|s):\d+)( \+0x[0-9a-f]+)?$`)
)

// clean leaves the kind of crash and the stacks. What was panicked with, the arguments
// and the folders that the program was built in go: only what the runtime itself says
// is kept, and it indents the further lines of a value, so that none looks like a stack.
func clean(said []byte) string {
	var b strings.Builder
	stack, named := false, false
	for line := range bytes.Lines(said) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case goroutine.MatchString(text):
			if !named { // the runtime writes these words to the terminal alone
				b.WriteString("fatal error of the runtime\n\n")
			}
			stack, named = true, true
			b.WriteString(text + "\n")
		case stack && text == "":
			stack = false
			b.WriteString("\n")
		case stack:
			if m := place.FindStringSubmatch(text); m != nil {
				b.WriteString("\t" + m[2] + "\n")
			} else if m := called.FindStringSubmatch(text); m != nil {
				b.WriteString(m[1] + m[2] + "\n")
			}
		case strings.HasPrefix(text, "fatal error: "), strings.HasPrefix(text, "panic: runtime error: "):
			named = true
			b.WriteString(text + "\n\n")
		case strings.HasPrefix(text, "panic: "):
			named = true
			b.WriteString("panic (what with is left out)\n\n")
		}
	}
	return b.String()
}

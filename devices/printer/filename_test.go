package printer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
)

// Whatever a shop calls its orders, their labels come out: in a file of its
// own, inside the folder, that is found again by the same name.
func TestAnyNameOfAJobGivesAFileOfItsOwn(t *testing.T) {
	plain := []string{"1042-1-S1.7.1", "#1042-1-S1.7.1-reprint-2", "Größe 4-1-S1.7.1", "山田-1", "con-1-S1.7.1", "M-S1.20.1", "a~b"}
	odd := []string{
		".", "..", "../label", "a/b", `a\b`, ".hidden", "a\x00b", "a:b", "a?b*c", "|x", `a"b`, "<a>", "a_b", "con", "CON.5-1", "nul .x",
		"lpt1.x", "COM²", "dot.", "space ", " space", "a\xffb", "a\u202eb", "a.pdf", "b.ZPL", "line\nfeed",
		strings.Repeat("x", 300) + "1", strings.Repeat("x", 300) + "2", strings.Repeat("ß", 200),
		"-rf", "--", "-a/b", "$(reboot)", "`reboot`", "a;reboot", "a&b", "it's", // A14: what a command or a shell obeys
	}
	odd = append(odd, strings.TrimSuffix(FileName("a:b", ".pdf"), ".pdf")) // what an escaped name looks like
	f := Folder{Dir: filepath.Join(t.TempDir(), "out")}
	files := map[string]string{}
	for i, name := range append(odd, plain...) {
		r, err := f.Print(t.Context(), Job{Name: name, PDF: fmt.Appendf(nil, "%d", i)})
		if err != nil || r.State != Printed || filepath.Dir(r.File) != f.Dir {
			t.Errorf("%q: %+v, %v", name, r, err)
			continue
		}
		base := filepath.Base(r.File)
		if was, taken := files[strings.ToLower(base)]; taken {
			t.Errorf("%q and %q share %s", was, name, base)
		}
		files[strings.ToLower(base)] = name
		if again, err := f.Lookup(t.Context(), name); err != nil || again.File != r.File {
			t.Errorf("%q is looked for in %s, and lies in %s (%v)", name, again.File, r.File, err)
		}
		stem := strings.TrimSuffix(base, ".pdf")
		device, _, _ := strings.Cut(strings.ToUpper(stem), ".")
		switch {
		case !utf8.ValidString(base), len(base) > 130, strings.HasPrefix(base, "."), strings.HasPrefix(base, "-"), strings.ContainsAny(base, "<>:\"/\\|?*\x00\n$`;&'"),
			strings.TrimRight(stem, ". ") != stem, device == "CON", device == "NUL", device == "LPT1":
			t.Errorf("%q gives %q, which some file system does not take", name, base)
		}
	}
	for _, name := range plain {
		if got := FileName(name, ".pdf"); got != name+".pdf" {
			t.Errorf("the plain name %q gives %q", name, got)
		}
	}
	if left, _ := os.ReadDir(f.Dir); len(left) != len(odd)+len(plain) {
		t.Errorf("%d files for %d jobs", len(left), len(odd)+len(plain))
	}
}

func TestADocumentThatCannotBeWrittenSaysWhatHelps(t *testing.T) {
	full := notWritten(fmt.Errorf("write: %w", &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}))
	if full.State != Rejected || full.Trouble.Wrong() != "the document could not be written: no space left on device" ||
		!strings.Contains(full.Trouble.Advice(), "Free space") || !strings.Contains(full.Trouble.Advice(), "try again") {
		t.Errorf("no room: %+v", full)
	}
	other := notWritten(errors.New("read-only file system"))
	if strings.Contains(other.Trouble.Advice(), "queue") || !strings.Contains(other.Trouble.Advice(), "folder") || !strings.Contains(other.Trouble.Advice(), "try again") {
		t.Errorf("another trouble: %+v", other)
	}
}

// What a kill left is cleared away, and nothing else: not what another bench is
// writing at this moment, and no file of anybody else's.
func TestAFolderIsTidied(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	for name, age := range map[string]time.Duration{
		".writing-1234567": time.Hour, ".writing-7654321": time.Second, ".writing-notes": time.Hour, "1042-1-S1.7.1.pdf": time.Hour,
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, now.Add(-age), now.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	Folder{Dir: dir}.Tidy(now)
	Folder{Dir: filepath.Join(dir, "nowhere")}.Tidy(now)
	var left []string
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		left = append(left, f.Name())
	}
	if got := strings.Join(left, " "); got != ".writing-7654321 .writing-notes 1042-1-S1.7.1.pdf" {
		t.Errorf("left: %s", got)
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"1042-1-S1.7.1", "a/b", "..", "CON", "a\xff", strings.Repeat("ß", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := FileName(name, ".pdf")
		if got != FileName(name, ".pdf") || !utf8.ValidString(got) || len(got) > longestFile+4 || filepath.Base(got) != got || got[0] == '.' {
			t.Errorf("%q gives %q", name, got)
		}
	})
}

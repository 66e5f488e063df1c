package main

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packaged runs package on a machine with these programs, in a folder that looks like
// the working copy, and returns what it said and what ran.
func packaged(t *testing.T, f *fake) (dist, said string, err error) {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "..", ".."))
	f.answers = map[string]string{
		"rev-list": "2090\n", "rev-parse": "1a2b3c4d\n", "status": "", "help": "packctl run\n.dot\n",
		"list -deps": "example.org/with\tv1.0.0\t" + filepath.Join(root, "..", "..") + "\n",
	}
	d, out := on(f, "")
	d.name, d.goos, d.data = "package", "linux", t.TempDir()
	err = d.pack(context.Background())
	return d.data, out.String(), err
}

func TestAPackageIsCalledByItsVersion(t *testing.T) {
	f := &fake{}
	dist, said, err := packaged(t, f)
	if err != nil {
		t.Fatal(err, said)
	}
	if !strings.Contains(said, "0.1.0+2090.1a2b3c4d is in "+dist) {
		t.Error(said)
	}
	ran := strings.Join(f.ran, "\n")
	for _, want := range []string{"-X main.version=0.1.0+2090.1a2b3c4d", "--packager deb", "--packager rpm", "-trimpath"} {
		if !strings.Contains(ran, want) {
			t.Errorf("%q did not run:\n%s", want, ran)
		}
	}
	sums, err := os.ReadFile(filepath.Join(dist, "SHA256SUMS"))
	if err != nil || !strings.Contains(string(sums), "  packbench-0.1.0+2090.1a2b3c4d-licences.txt\n") {
		t.Errorf("%s, %v", sums, err)
	}
}

// What a machine cannot build is said, and is no failure.
func TestWhatCannotBeBuiltHereIsSaid(t *testing.T) {
	_, said, err := packaged(t, &fake{})
	if err != nil || !strings.Contains(said, "built on a Mac only") || !strings.Contains(said, "with "+crossCompiler+", and was not") {
		t.Error(said, err)
	}
}

func TestAWorkingCopyThatWasChangedIsNoVersion(t *testing.T) {
	f := &fake{}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "..", ".."))
	f.answers = map[string]string{"rev-list": "2090", "rev-parse": "1a2b3c4d", "status": " M go.mod\n"}
	d, _ := on(f, "")
	d.data = t.TempDir()
	b, err := d.newBundle(context.Background())
	if err != nil || !strings.HasSuffix(b.Version, ".changed") || b.Numbers() != "0,1,0,2090" {
		t.Error(b.Version, b.Numbers(), err)
	}
	_ = os.RemoveAll(b.Build)
}

// Nobody may pass on a module without a licence.
func TestAModuleWithoutLicenceStopsThePackage(t *testing.T) {
	var out strings.Builder
	if err := licence(&out, "example.org/none v1.0.0", t.TempDir(), "LICENSE*"); err == nil || !strings.Contains(err.Error(), "example.org/none v1.0.0 has no licence") {
		t.Error(err)
	}
}

// A line of the help that begins with a dot is no command of the man page.
func TestTheManualIsTheHelp(t *testing.T) {
	if text := string(manual("a --b\n.sp\n'x\n\\n\n")); !strings.Contains(text, "a \\-\\-b\n\\&.sp\n\\&'x\n\\en\n") {
		t.Error(text)
	}
}

func TestTheArchiveHoldsThePrograms(t *testing.T) {
	b := bundle{Version: "1", Dist: t.TempDir(), Build: t.TempDir()}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "..", ".."))
	if err := os.WriteFile(filepath.Join(b.Build, "packctl.exe"), []byte("MZ"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := b.archive("packctl.exe", "LICENSE"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(b.Dist, "packbench-1-windows.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	if len(z.File) != 2 || z.File[0].Name != "packctl.exe" || z.File[1].UncompressedSize64 < 1000 {
		t.Errorf("%v", z.File)
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// packed is an order of the sample shop, from the badge to the label.
const packed = "badge B-PACKER\nscan 1003\nscan 9520000000196\nweigh 0g\nweigh 735g\n"

// tried installs on Wine what was built for Windows, as somebody would who has no
// administrator: packs an order, updates, uninstalls. Whether the chain that the
// Windows program wrote is whole is judged by the one for Linux.
func (b bundle) tried(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		setup, err := filepath.Abs(b.setupName())
		if err != nil {
			return err
		}
		if _, err := os.Stat(setup); err != nil || !d.sys.find("wine") {
			d.say("The installer is tried under Wine where both are there, and was not.")
			return errSkip
		}
		s, err := d.screen(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		w := windowsOn{d: d, prefix: filepath.Join(b.Build, "wine"), display: s.display}
		defer w.end(ctx)
		if err := w.begin(ctx, b); err != nil {
			return err
		}
		return w.live(ctx, b, setup)
	}
}

// windowsOn is a Windows of Wine in a folder of its own.
type windowsOn struct {
	d               *dev
	prefix, display string
}

func (w windowsOn) run(ctx context.Context, name string, args ...string) error {
	return w.d.sys.run(ctx, command{name: "wine", args: append([]string{name}, args...), env: []string{
		"WINEPREFIX=" + w.prefix, "WINEDEBUG=-all", "DISPLAY=" + w.display,
	}})
}

// begin makes the folder. Wine 8 lacks the one function of a library that every program of
// Go begins with.
func (w windowsOn) begin(ctx context.Context, b bundle) error {
	if err := w.run(ctx, "wineboot", "-i"); err != nil {
		return err
	}
	library := filepath.Join(w.prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(library); err == nil {
		return nil
	}
	if err := b.fill("prng.c", "prng.c"); err != nil {
		return err
	}
	return w.d.sys.run(ctx, command{name: crossCompiler, args: []string{"-shared", "-o", library, filepath.Join(b.Build, "prng.c"), "-ladvapi32"}})
}

func (w windowsOn) end(ctx context.Context) {
	_ = w.d.sys.run(ctx, command{name: "wineserver", args: []string{"-k"}, env: []string{"WINEPREFIX=" + w.prefix}})
}

// found is where a file was installed, "" if it was not.
func (w windowsOn) found(name string) (path string) {
	_ = filepath.WalkDir(filepath.Join(w.prefix, "drive_c"), func(p string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, filepath.Join("Packbench", name)) {
			path = p
			return fs.SkipAll
		}
		return nil
	})
	return path
}

func (w windowsOn) live(ctx context.Context, b bundle, setup string) error {
	lines := filepath.Join(b.Build, "packed.txt")
	if err := os.WriteFile(lines, []byte(packed), 0o644); err != nil {
		return err
	}
	if err := w.run(ctx, setup, "/S"); err != nil {
		return err
	}
	program, shop := w.found("packctl.exe"), filepath.Join(w.prefix, "drive_c", "shop")
	if program == "" {
		return errors.New("nothing was installed")
	}
	for _, args := range [][]string{
		{program, "init", "--demo", "--data", `C:\shop`},
		{program, "run", "--station", "S1", "--script", "Z:" + lines, "--out", `C:\labels`, "--data", `C:\shop`},
		{setup, "/S"},
	} {
		if err := w.run(ctx, args[0], args[1:]...); err != nil {
			return err
		}
	}
	if labels, err := filepath.Glob(filepath.Join(w.prefix, "drive_c", "labels", "*.pdf")); err != nil || len(labels) == 0 {
		return fmt.Errorf("no label was made (%v)", err)
	}
	if w.found(filepath.Join("previous", "packctl.exe")) == "" {
		return errors.New("an update did not keep the version before")
	}
	// Wine knows nothing of who may read a file; the program for Linux insists on it.
	keys, err := filepath.Glob(filepath.Join(shop, "*.key"))
	for _, key := range keys {
		err = errors.Join(err, os.Chmod(key, 0o600))
	}
	if err != nil {
		return err
	}
	if err := w.d.sys.run(ctx, command{name: filepath.Join(b.Build, "packctl"), args: []string{"journal", "verify", "--data", shop}}); err != nil {
		return err
	}
	if err := w.run(ctx, w.found("uninstall.exe"), "/S", "_?="+filepath.Dir(program)); err != nil {
		return err
	}
	if left := w.found("packctl.exe"); left != "" {
		return fmt.Errorf("%s was left behind", left)
	}
	if _, err := os.Stat(filepath.Join(shop, "packbench.db")); err != nil {
		return fmt.Errorf("uninstalling took the data folder: %w", err)
	}
	return nil
}

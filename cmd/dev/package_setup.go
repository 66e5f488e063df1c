package main

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// What builds for Windows on another system, in the words of Debian.
const (
	crossCompiler  = "x86_64-w64-mingw32-gcc"
	crossResources = "x86_64-w64-mingw32-windres"
)

// windows builds both programs with their icon, version and manifest, and puts them into
// an archive for those who may not install anything.
func (b bundle) windows(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		if d.goos == "windows" || !d.sys.find(crossCompiler) {
			d.say("What runs on Windows is built on Linux, with %s, and was not.", crossCompiler)
			return errSkip
		}
		for _, name := range []string{"packbench.svg", "windows.rc", "windows.manifest"} {
			if err := b.fill(name, name); err != nil {
				return err
			}
		}
		if err := b.icon(ctx, d); err != nil {
			return err
		}
		for _, p := range []struct {
			name, flags string
			env         []string
		}{
			{"packctl", "", headless()},
			{"packbench", "-H=windowsgui", []string{"CGO_ENABLED=1", "CC=" + crossCompiler}},
		} {
			done, err := b.resources(ctx, d, p.name)
			if err == nil {
				env := append([]string{"GOOS=windows", "GOARCH=amd64"}, p.env...)
				err = b.goBuild(ctx, d, "packbench/cmd/"+p.name, p.name+".exe", p.flags, env...)
			}
			done()
			if err != nil {
				return err
			}
		}
		return b.archive("packbench.exe", "packctl.exe", "LICENSE")
	}
}

// icon draws the program's sign in the sizes that Windows shows it in.
func (b bundle) icon(ctx context.Context, d *dev) error {
	var pictures []string
	for _, size := range []string{"16", "32", "48", "64", "256"} {
		to := filepath.Join(b.Build, size+".png")
		args := []string{"--width", size, "--height", size, "--output", to, filepath.Join(b.Build, "packbench.svg")}
		if err := d.sys.run(ctx, command{name: "rsvg-convert", args: args}); err != nil {
			return err
		}
		pictures = append(pictures, to)
	}
	return d.sys.run(ctx, command{name: "convert", args: append(pictures, filepath.Join(b.Build, "packbench.ico"))})
}

// resources compiles what Windows reads of a program before it runs, and lays it beside the
// sources, where go build finds it. What it returns takes it away again.
func (b bundle) resources(ctx context.Context, d *dev, program string) (done func(), err error) {
	object := filepath.Join("cmd", program, "packaged_windows_amd64.syso")
	err = d.sys.run(ctx, command{name: crossResources, args: []string{
		"-I", b.Build, "-DPROGRAM=" + program, "-O", "coff", "-i", filepath.Join(b.Build, "windows.rc"), "-o", object,
	}})
	return func() { _ = os.Remove(object) }, err
}

// archive packs programs that were built, and files of the working copy.
func (b bundle) archive(names ...string) (err error) {
	file, err := os.Create(filepath.Join(b.Dist, "packbench-"+b.Version+"-windows.zip"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := zip.NewWriter(file)
	for _, name := range names {
		path := filepath.Join(b.Build, name)
		if _, err := os.Stat(path); err != nil {
			path = name
		}
		if err := pack(out, name, path); err != nil {
			return err
		}
	}
	return out.Close()
}

func pack(out *zip.Writer, name, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	to, err := out.Create(name)
	if err == nil {
		_, err = io.Copy(to, in)
	}
	return err
}

func (b bundle) setupName() string { return filepath.Join(b.Dist, "packbench-"+b.Version+"-setup.exe") }

// setup makes the installer.
func (b bundle) setup(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		if _, err := os.Stat(filepath.Join(b.Build, "packbench.exe")); err != nil || !d.sys.find("makensis") {
			d.say("The installer for Windows is made by makensis from both programs, and was not.")
			return errSkip
		}
		if err := b.fill("setup.nsi", "setup.nsi"); err != nil {
			return err
		}
		to, err := filepath.Abs(b.setupName())
		if err != nil {
			return err
		}
		licence, err := filepath.Abs("LICENSE")
		if err != nil {
			return err
		}
		return d.sys.run(ctx, command{name: "makensis", args: []string{
			"-V2", "-INPUTCHARSET", "UTF8", "-DOUT=" + to, "-DLICENCE=" + licence, filepath.Join(b.Build, "setup.nsi"),
		}})
	}
}

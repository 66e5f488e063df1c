package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
			overlay, err := b.resources(ctx, d, p.name)
			if err != nil {
				return err
			}
			env := append([]string{"GOOS=windows", "GOARCH=amd64", "GOFLAGS=-overlay=" + overlay}, p.env...)
			if err := b.goBuild(ctx, d, "packbench/cmd/"+p.name, p.name+".exe", p.flags, env...); err != nil {
				return err
			}
		}
		return b.archive("packbench.exe", "packctl.exe", "LICENSE")
	}
}

// icon draws the program's sign in the sizes that Windows shows it in.
func (b bundle) icon(ctx context.Context, d *dev) error {
	return d.sys.run(ctx, command{name: "convert", args: []string{
		"-background", "none", filepath.Join(b.Build, "packbench.svg"), "-define", "icon:auto-resize=256,64,48,32,16", filepath.Join(b.Build, "packbench.ico"),
	}})
}

// resources compiles what Windows reads of a program before it runs, and gives the overlay
// by which go build finds it beside the sources.
func (b bundle) resources(ctx context.Context, d *dev, program string) (overlay string, err error) {
	object := filepath.Join(b.Build, program+".syso")
	err = d.sys.run(ctx, command{name: crossResources, args: []string{
		"-I", b.Build, "-DPROGRAM=" + program, "-O", "coff", "-i", filepath.Join(b.Build, "windows.rc"), "-o", object,
	}})
	if err != nil {
		return "", err
	}
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, "cmd", program, "rsrc_windows_amd64.syso"): object}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(b.Build, program+".json")
	return overlay, os.WriteFile(overlay, text, 0o644)
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
		to, err := filepath.Abs(filepath.Join(b.Dist, fmt.Sprintf("packbench-%s-setup.exe", b.Version)))
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

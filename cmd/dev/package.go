package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed packaging
var packaging embed.FS

// nfpm makes .deb and .rpm from one list of files. It is pinned as the linters are, and
// no module of the project.
const nfpm = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2"

// bundle is one run of package: what it makes is called by its version.
type bundle struct {
	Version string // 0.1.0+2090.1a2b3c4d: of the app, commits so far, commit
	Short   string // 0.1.0
	Count   string // commits so far
	Dist    string // folder of what people download
	Build   string // folder of what goes into it
}

// pack builds what people install, as far as this machine can, into the folder that it
// names: dist unless --data says another.
func (d *dev) pack(ctx context.Context) error {
	b, err := d.newBundle(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.Build) }()
	err = d.steps(ctx, []step{
		{name: "programs for Linux", do: b.linux(d), last: true},
		{name: ".deb and .rpm", do: b.packages(d)},
		{name: "programs for Windows", do: b.windows(d)},
		{name: "installer for Windows", do: b.setup(d)},
		{name: "installer tried under Wine", do: b.tried(d)},
		{name: "app for macOS", do: func(context.Context) error {
			d.say("An app for macOS can be built on a Mac only, and was not.")
			return errSkip
		}},
		{name: "licences", do: b.licences(d)},
		{name: "checksums", do: func(context.Context) error { return b.sums() }},
	})
	if err == nil {
		d.say("\n%s is in %s.", b.Version, b.Dist)
	}
	return err
}

// newBundle reads which version the working copy is, and makes its folders.
func (d *dev) newBundle(ctx context.Context) (bundle, error) {
	text, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		return bundle{}, err
	}
	short := regexp.MustCompile(`(?m)^Version = "(\d+\.\d+\.\d+)"$`).FindSubmatch(text)
	if short == nil {
		return bundle{}, fmt.Errorf("FyneApp.toml names no version")
	}
	ask := func(args ...string) string {
		var out string
		if err == nil {
			out, err = d.sys.output(ctx, command{name: "git", args: args})
		}
		return strings.TrimSpace(out)
	}
	b := bundle{Short: string(short[1]), Count: ask("rev-list", "--count", "HEAD"), Dist: "dist"}
	b.Version = b.Short + "+" + b.Count + "." + ask("rev-parse", "--short=8", "HEAD")
	if ask("status", "--porcelain") != "" {
		b.Version += ".changed" // nobody can build this one again from its name
	}
	if err != nil {
		return bundle{}, err
	}
	if d.data != "" {
		b.Dist = d.data
	}
	if err := os.MkdirAll(b.Dist, 0o755); err != nil {
		return bundle{}, err
	}
	b.Build, err = os.MkdirTemp("", "packbench-package")
	return b, err
}

// Numbers is the version as Windows wants it, four of them.
func (b bundle) Numbers() string { return strings.ReplaceAll(b.Dotted(), ".", ",") }

// Dotted is the same with dots.
func (b bundle) Dotted() string { return b.Short + "." + b.Count }

// fill writes a file of the packaging folder with the version put in.
func (b bundle) fill(name, to string) error {
	t, err := template.ParseFS(packaging, "packaging/"+name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, b); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.Build, to), out.Bytes(), 0o644)
}

// goBuild builds a program without debug data and without paths of this machine.
func (b bundle) goBuild(ctx context.Context, d *dev, pkg, to, flags string, env ...string) error {
	args := []string{"build", "-trimpath", "-tags", desktop, "-ldflags", strings.TrimSpace("-s -w -X main.version=" + b.Version + " " + flags), "-o", filepath.Join(b.Build, to), pkg}
	return d.sys.run(ctx, command{name: "go", args: args, env: env})
}

func (b bundle) linux(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		if d.goos != "linux" {
			return errSkip
		}
		if err := b.goBuild(ctx, d, "packbench/cmd/packctl", "packctl", "", headless()...); err != nil {
			return err
		}
		return b.goBuild(ctx, d, windowProgram, "packbench", "", "CGO_ENABLED=1")
	}
}

// packages makes the packages of Debian and of Fedora.
func (b bundle) packages(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		if d.goos != "linux" {
			return errSkip
		}
		help, err := d.sys.output(ctx, command{name: filepath.Join(b.Build, "packctl"), args: []string{"help"}})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(b.Build, "packctl.1"), manual(help), 0o644); err != nil {
			return err
		}
		for _, name := range []string{"nfpm.yaml", "packbench.desktop", "packbench.svg", "packbench.1", "installed.sh"} {
			if err := b.fill(name, name); err != nil {
				return err
			}
		}
		for _, kind := range []string{"deb", "rpm"} {
			args := []string{"run", nfpm, "package", "--config", filepath.Join(b.Build, "nfpm.yaml"), "--packager", kind, "--target", b.Dist}
			if err := d.sys.run(ctx, command{name: "go", args: args}); err != nil {
				return err
			}
		}
		return nil
	}
}

// manual is the man page of packctl: its own help, which is never out of date.
func manual(help string) []byte {
	var out strings.Builder
	out.WriteString(".TH PACKCTL 1\n.SH NAME\npackctl \\- the packing bench without a window\n.SH SYNOPSIS\n.B packctl\n.I command\n[arguments]\n.SH DESCRIPTION\n.nf\n")
	for line := range strings.Lines(help) {
		line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			line = `\&` + line
		}
		out.WriteString(line)
	}
	out.WriteString(".fi\n.SH SEE ALSO\npackbench(1)\n")
	return []byte(out.String())
}

// sums writes SHA256SUMS beside what people download.
func (b bundle) sums() error {
	made, err := filepath.Glob(filepath.Join(b.Dist, "*"))
	if err != nil {
		return err
	}
	var out strings.Builder
	for _, path := range made {
		if name := filepath.Base(path); name != "SHA256SUMS" {
			sum, err := sumOf(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&out, "%x  %s\n", sum, name)
		}
	}
	return os.WriteFile(filepath.Join(b.Dist, "SHA256SUMS"), []byte(out.String()), 0o644)
}

func sumOf(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, file)
	return h.Sum(nil), err
}

// licences writes the licence of every module that the programs are built from, and of
// every font. A module without one stops the build: nobody may pass it on.
func (b bundle) licences(d *dev) func(context.Context) error {
	return func(ctx context.Context) error {
		const each = `{{with .Module}}{{if not .Main}}{{.Path}}{{"\t"}}{{.Version}}{{"\t"}}{{.Dir}}{{end}}{{end}}`
		list, err := d.sys.output(ctx, command{
			name: "go", args: []string{"list", "-deps", "-tags", desktop, "-f", each, windowProgram, "packbench/cmd/packctl"},
			env: []string{"CGO_ENABLED=1"},
		})
		if err != nil {
			return err
		}
		modules := slices.Compact(slices.Sorted(strings.SplitSeq(strings.TrimSpace(list), "\n")))
		var out strings.Builder
		out.WriteString("Packbench is built from these modules and fonts. Each has a licence of its own.\n")
		for _, m := range modules {
			fields := strings.Split(m, "\t")
			if len(fields) != 3 {
				continue
			}
			if err := licence(&out, fields[0]+" "+fields[1], fields[2], "LICENSE*", "LICENCE*", "COPYING*", "License*"); err != nil {
				return err
			}
		}
		if err := licence(&out, "fonts", "assets/fonts", "*.LICENSE", "*.txt"); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(b.Dist, "packbench-"+b.Version+"-licences.txt"), []byte(out.String()), 0o644)
	}
}

func licence(out *strings.Builder, of, dir string, patterns ...string) error {
	found := false
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			if info, err := os.Stat(name); err != nil || info.IsDir() {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			found = true
			fmt.Fprintf(out, "\n==== %s: %s\n\n%s\n", of, filepath.Base(name), bytes.TrimSpace(text))
		}
	}
	if !found {
		return fmt.Errorf("%s has no licence in %s", of, dir)
	}
	return nil
}

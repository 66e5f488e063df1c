package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// autoLimit is how long the bench may take to pack one order by itself.
const autoLimit = 5 * time.Minute

// demo builds the bench and opens it with the sample shop and a simulated
// scanner and scale. Without a display it packs one order by itself.
func (d *dev) demo(ctx context.Context) error {
	data, err := d.dataFolder()
	if err != nil {
		return err
	}
	packctl, err := binaryPath("packctl")
	if err != nil {
		return err
	}
	d.say("Building; the first time takes some minutes.")
	err = d.sys.run(ctx, command{
		name: "go", args: []string{"build", "-o", packctl, "packbench/cmd/packctl"}, env: headless(),
	})
	if err != nil {
		return err
	}
	packbench, err := d.buildDesktop(ctx)
	if err != nil {
		return err
	}
	if d.benches > 0 {
		return d.demoHub(ctx, packctl, packbench, filepath.Join(data, "hub"))
	}
	isNew, err := empty(data)
	if err != nil {
		return err
	}
	if isNew {
		d.say("Filling %s with the sample shop.", data)
		if err := d.sys.run(ctx, command{name: packctl, args: []string{"init", "--demo", "--data", data}}); err != nil {
			return err
		}
	}
	if d.hasDisplay() {
		d.say("Opening the bench; its data is in %s.", data)
		return d.sys.run(ctx, d.beside(packctl, data, command{
			name: packbench, args: []string{"--demo", "--data", data}, env: d.locale(true),
		}))
	}
	return d.demoUnseen(ctx, packctl, packbench, data)
}

// beside has a command run beside a simulated shop and a simulated account with carriers,
// where they were asked for. Each run has its own, because a simulated one forgets.
func (d *dev) beside(packctl, data string, c command) command {
	id := "demo-" + time.Now().Format("0102-150405")
	if d.carrier != "" {
		args := []string{"simulate", "carrier", "--kind", d.carrier, "--data", data, "--add", id, "--", c.name}
		c = command{name: packctl, args: append(args, c.args...), env: c.env}
	}
	if d.shop != "" {
		args := []string{"simulate", "shop", "--kind", d.shop, "--orders", "12", "--data", data, "--add", id, "--", c.name}
		c = command{name: packctl, args: append(args, c.args...), env: c.env}
	}
	return c
}

// demoUnseen lets the bench pack one order on a virtual screen and says what
// came of it.
func (d *dev) demoUnseen(ctx context.Context, packctl, packbench, data string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, autoLimit, fmt.Errorf("the bench was not done after %s", autoLimit))
	defer cancel()
	s, err := d.screen(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	d.say("There is no display: the bench packs one order by itself on a virtual screen.")
	start := time.Now()
	picture := filepath.Join(data, "window.png")
	err = d.sys.run(ctx, d.beside(packctl, data, command{
		name: packbench,
		args: []string{"--demo", "--auto", "--data", data, "--picture", picture},
		env:  append(d.locale(true), "DISPLAY="+s.display),
	}))
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	papers, err := newer(data, ".pdf", start)
	if err != nil {
		return err
	}
	pictures, err := newer(data, ".png", start)
	if err != nil {
		return err
	}
	if len(papers) == 0 || len(pictures) == 0 {
		return errors.New("the bench ended without a label or without a picture of its window")
	}
	d.say("Label and papers:\n  %s\nPicture of the window:\n  %s", strings.Join(papers, "\n  "), strings.Join(pictures, "\n  "))
	return nil
}

// dataFolder is where the demo keeps its shop, as an absolute path.
func (d *dev) dataFolder() (string, error) {
	if d.data != "" {
		return filepath.Abs(d.data)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, "packbench-demo"), nil
}

// empty reports whether a folder is not there yet or holds nothing.
func empty(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// newer lists the files below dir with the given ending that were written
// after start.
func newer(dir, ending string, start time.Time) ([]string, error) {
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ending {
			return err
		}
		info, err := entry.Info()
		// Some file systems keep times to the second only.
		if err == nil && !info.ModTime().Before(start.Truncate(time.Second)) {
			found = append(found, path)
		}
		return err
	})
	return found, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
)

// mostBenches bounds the demo of a hub: each bench is a window.
const mostBenches = 9

// demoHub opens several benches and a desk, each with a data folder of its own, which
// share a hub: a PostgreSQL server in a temporary folder that ends with the demo. Without
// a display each bench packs one order by itself.
func (d *dev) demoHub(ctx context.Context, packctl, packbench, data string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	dir, err := os.MkdirTemp("", "packbench-hub")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var group sync.WaitGroup
	defer group.Wait()
	defer stop() // before waiting
	address, err := d.server(ctx, &group, dir)
	if err != nil {
		return err
	}
	run := func(args ...string) error {
		// The server trusts whoever comes in by its socket; what stands here is not asked for.
		return d.sys.run(ctx, command{name: packctl, args: args, env: []string{"PGPASSWORD=demo"}})
	}
	folders, err := d.members(run, address, data)
	if err != nil {
		return err
	}
	d.say("%d benches and a desk (%s) share a hub; their data is in %s.", d.benches, filepath.Base(folders[d.benches]), data)
	if d.hasDisplay() {
		return d.together(ctx, folders, func(ctx context.Context, folder string) error {
			return d.sys.run(ctx, command{name: packbench, args: []string{"--demo", "--data", folder}, env: d.locale(true)})
		})
	}
	d.say("There is no display: each bench packs one order by itself on a virtual screen.")
	if err := d.together(ctx, folders[:d.benches], func(ctx context.Context, folder string) error {
		return d.demoUnseen(ctx, packctl, packbench, folder)
	}); err != nil {
		return err
	}
	desk := folders[d.benches]
	if err := run("hub", "sync", "--once", "--data", desk); err != nil {
		return err
	}
	return run("hub", "status", "--data", desk)
}

// members makes the hub and the folders of the benches and of the desk, which is the last.
func (d *dev) members(run func(args ...string) error, address, data string) (folders []string, err error) {
	if err := run("hub", "init", "--url", address); err != nil {
		return nil, err
	}
	for n := 1; n <= d.benches+1; n++ {
		station := "S" + strconv.Itoa(n)
		folder := filepath.Join(data, station)
		isNew, err := empty(folder)
		if err != nil {
			return nil, err
		}
		if n == 1 && isNew {
			if err := run("init", "--demo", "--data", folder); err != nil {
				return nil, err
			}
			isNew = false
		}
		args := []string{"hub", "join", "--url", address, "--data", folder}
		if isNew {
			args = append(args, "--station", station)
		}
		if n > d.benches {
			args = append(args, "--desk")
		}
		if err := run(args...); err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return folders, nil
}

// together does something in each folder at the same time; the first error ends the rest.
func (d *dev) together(ctx context.Context, folders []string, do func(ctx context.Context, folder string) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var group sync.WaitGroup
	for _, folder := range folders {
		group.Go(func() {
			if err := do(ctx, folder); err != nil {
				stop(fmt.Errorf("%s: %w", filepath.Base(folder), err))
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// server starts a PostgreSQL server in a folder, until ctx ends, and returns the address of
// its owner.
func (d *dev) server(ctx context.Context, group *sync.WaitGroup, dir string) (address string, err error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New("there is no PostgreSQL server here: install what Debian calls postgresql")
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	bin := filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }))
	as := func(program string, args ...string) command {
		c := command{name: filepath.Join(bin, program), args: args, out: quiet{}}
		if d.root { // the server refuses to be run by root
			c.args, c.name = append([]string{"-u", "postgres", "--", c.name}, args...), "runuser"
		}
		return c
	}
	if d.root {
		if err := d.sys.run(ctx, command{name: "chown", args: []string{"postgres", dir}}); err != nil {
			return "", err
		}
	}
	data := filepath.Join(dir, "data")
	if err := d.sys.run(ctx, as("initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")); err != nil {
		return "", err
	}
	ended := make(chan error, 1)
	group.Go(func() { ended <- d.sys.run(ctx, as("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=")) })
	for range 200 {
		if d.sys.run(ctx, as("pg_isready", "-q", "-h", dir)) == nil {
			return "postgres://owner@/postgres?host=" + dir, nil
		}
		select {
		case err := <-ended:
			return "", fmt.Errorf("the PostgreSQL server ended: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
	return "", errors.New("the PostgreSQL server does not answer")
}

// quiet is where the server's own words go.
type quiet struct{}

func (quiet) Write(b []byte) (int, error) { return len(b), nil }

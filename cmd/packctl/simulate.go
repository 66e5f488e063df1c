package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"packbench/devices/scale"
	"packbench/devices/sim"
)

// runSimulate plugs a device in at a link and is driven by lines, each
// answered with "ok" or "error: …", until they end.
func runSimulate(ctx context.Context, e env, args []string) (err error) {
	f := newFlags(e, "simulate")
	link := f.String("link", "", "path of the device")
	protocol := f.String("protocol", "sics", "of the scale")
	rest, err := f.read(args)
	switch {
	case err != nil:
		return err
	case len(rest) != 1 || rest[0] != "scale" && rest[0] != "scanner":
		return usagef("say which device: scale or scanner")
	case *link == "":
		return usagef("name the device's path with --link PATH")
	}
	if rest[0] == "scanner" {
		s, err := sim.NewScanner(*link)
		if err != nil {
			return err
		}
		defer func() { _ = s.Close() }()
		fmt.Fprintf(e.err, "a scanner is plugged in at %s: scan DATA, unplug, replug, noise\n", *link)
		return sim.Serve(ctx, e.in, e.out, s)
	}
	if _, err := scale.Find(*protocol); err != nil {
		return usagef("%v", err)
	}
	s, err := sim.NewScale(sim.ScaleOptions{Protocol: *protocol, Link: *link})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	fmt.Fprintf(e.err, "a scale is plugged in at %s: put 1.2kg, zero, over, under, unplug, replug, noise\n", *link)
	return serveScale(ctx, e, s)
}

func serveScale(ctx context.Context, e env, s *sim.Scale) error {
	ctx, stop := context.WithCancel(ctx)
	var speaking sync.WaitGroup
	var spoke error
	speaking.Go(func() { spoke = s.Run(ctx) })
	err := sim.Serve(ctx, e.in, e.out, s)
	stop()
	speaking.Wait()
	if errors.Is(spoke, context.Canceled) {
		spoke = nil
	}
	return errors.Join(err, spoke)
}

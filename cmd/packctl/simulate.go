package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"

	"packbench/devices/scale"
	"packbench/devices/sim"
	"packbench/station/shop/shopsim/kinds"
	"packbench/station/unit"
)

// runSimulate plugs a device in at a link and is driven by lines, each
// answered with "ok" or "error: …", until they end.
func runSimulate(ctx context.Context, f *flags) error {
	scaleOpts, gunOpts := sim.ScaleOptions{}, sim.ScannerOptions{}
	link := f.String("link", "", "path of the device")
	f.StringVar(&scaleOpts.Protocol, "protocol", "sics", "of the scale")
	f.StringVar(&scaleOpts.Unit, "unit", "kg", "of the scale: kg, g, lb or oz")
	f.Func("division", "of the scale, such as 1g or 0.01lb", func(text string) (err error) {
		scaleOpts.Division, err = unit.ParseMass(text)
		return err
	})
	f.StringVar(&scaleOpts.Curve, "curve", "quick", "of the scale: "+strings.Join(sim.Curves(), ", "))
	f.Uint64Var(&scaleOpts.Seed, "seed", 0, "of the scale: what is random")
	kind := f.String("kind", "", "of the scanner: "+strings.Join(sim.ScannerKinds(), ", ")+"; of the shop: "+strings.Join(kinds.IDs(), ", ")+
		"; of the carrier: "+strings.Join(carrierKinds(), ", "))
	f.StringVar(&gunOpts.Prefix, "prefix", "", "of the scanner: text before each code")
	f.StringVar(&gunOpts.Suffix, "suffix", "cr", "of the scanner: cr, lf, crlf, tab or none")
	f.StringVar(&gunOpts.GS, "gs", "", "of the scanner: text in place of the GS1 separator")
	f.BoolVar(&gunOpts.AIM, "aim", false, "of the scanner: sends AIM identifiers")
	var online simulatedShop
	f.StringVar(&online.listen, "listen", "127.0.0.1:0", "of the shop or carrier: where it answers")
	f.StringVar(&online.add, "add", "", "of the shop or carrier: adds it to the data folder under this id, for as long as it answers")
	f.IntVar(&online.orders, "orders", 0, "of the shop: how many orders its customers have placed")
	rest, err := f.read()
	if err == nil && len(rest) > 0 && (rest[0] == "shop" || rest[0] == "carrier") {
		online.kind, online.command = *kind, rest[1:]
		if err := ofOther(f, rest[0]); err != nil {
			return err
		}
		if rest[0] == "carrier" {
			return simulateCarrier(ctx, f, online)
		}
		return simulateShop(ctx, f, online)
	}
	gunOpts.Kind = cmp.Or(*kind, "serial")
	switch {
	case err != nil:
		return err
	case len(rest) != 1 || rest[0] != "scale" && rest[0] != "scanner":
		return usagef("say which: scale, scanner, shop or carrier")
	case *link == "":
		return usagef("name the device's path with --link PATH")
	}
	scaleOpts.Link, gunOpts.Link = *link, *link
	if err := ofOther(f, rest[0]); err != nil {
		return err
	}
	if rest[0] == "scanner" {
		return simulateScanner(ctx, f.env, gunOpts)
	}
	return simulateScale(ctx, f.env, scaleOpts)
}

// ofOther finds a flag that the device does not have.
func ofOther(f *flags, device string) (err error) {
	own := map[string][]string{
		"scale":   {"protocol", "unit", "division", "curve", "seed"},
		"scanner": {"kind", "prefix", "suffix", "gs", "aim"},
		"shop":    {"kind", "listen", "add", "orders"},
		"carrier": {"kind", "listen", "add"},
	}
	f.Visit(func(g *flag.Flag) {
		for other, names := range own {
			if other != device && slices.Contains(names, g.Name) && !slices.Contains(own[device], g.Name) && err == nil {
				err = usagef("a %s has no --%s, a %s has; a %s has --%s", device, g.Name, other, device, strings.Join(own[device], ", --"))
			}
		}
	})
	return err
}

func simulateScanner(ctx context.Context, e env, opts sim.ScannerOptions) (err error) {
	if err := opts.Check(); err != nil {
		return usagef("%v", err)
	}
	s, err := sim.NewScanner(opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	fmt.Fprintf(e.err, "a scanner (%s) is plugged in at %s: scan DATA, burst N DATA, heard, unplug, replug, noise, wait\n", opts.Kind, opts.Link)
	return sim.Serve(ctx, e.in, e.out, s)
}

func simulateScale(ctx context.Context, e env, opts sim.ScaleOptions) (err error) {
	if _, err := scale.Find(opts.Protocol); err != nil {
		return usagef("%v", err)
	}
	if err := opts.Check(); err != nil {
		return usagef("%v", err)
	}
	s, err := sim.NewScale(opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	fmt.Fprintf(e.err, "a scale (%s) is plugged in at %s: put 1.2kg, zero, over, under, curve NAME, fault NAME on|off, quiet, speak, seed N, unplug, replug, noise, wait\n", opts.Protocol, opts.Link)
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

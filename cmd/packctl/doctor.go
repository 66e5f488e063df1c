package main

import (
	"context"
	"fmt"

	"packbench/assets"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
)

// runDoctor checks everything; it fails when something needs mending. With
// --udev it only prints the rules by which Linux gives the devices to the person
// at the screen.
func runDoctor(ctx context.Context, e env, args []string) error {
	f := newFlags("doctor")
	udev := f.Bool("udev", false, "print the udev rules for scales and scanners")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("unknown argument %q", rest[0])
	}
	if *udev {
		_, err := e.out.Write(assets.UdevRules())
		return err
	}
	ill := 0
	for _, c := range upkeep.Doctor(ctx, f.data, folder.Options{Clock: e.clock}) {
		if !c.OK {
			ill++
		}
		if err := printCheck(e, f.json, c); err != nil {
			return err
		}
	}
	switch ill {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("1 check found something to fix")
	}
	return fmt.Errorf("%d checks found something to fix", ill)
}

func printCheck(e env, asJSON bool, c upkeep.Check) error {
	if asJSON {
		return printJSON(e.out, c)
	}
	mark := "✔"
	if !c.OK {
		mark = "✖"
	}
	words := fmt.Sprintf("%s %-14s %s", mark, c.Check, c.Message)
	if !c.OK {
		words += "\n                 → " + c.Fix
	}
	_, err := fmt.Fprintln(e.out, words)
	return err
}

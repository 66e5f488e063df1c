package main

import (
	"context"
	"fmt"

	"packbench/assets"
	"packbench/cmd/internal/doctor"
	"packbench/cmd/internal/folder"
)

// runDoctor checks everything; it fails when something needs mending. With
// --udev it only prints the rules by which Linux gives the devices to the person
// at the screen.
func runDoctor(ctx context.Context, f *flags) error {
	udev := f.Bool("udev", false, "print the udev rules for scales and scanners")
	if err := f.readAlone(); err != nil {
		return err
	}
	if *udev {
		_, err := f.out.Write(assets.UdevRules())
		return err
	}
	ill := 0
	for _, c := range doctor.Examine(ctx, f.data, folder.Options{Clock: f.clock}) {
		mark, fix := "✔", ""
		if !c.OK {
			ill++
			mark, fix = "✖", "\n                 → "+c.Fix
		}
		if err := f.print(c, "%s %-14s %s%s", mark, c.Check, c.Message, fix); err != nil {
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

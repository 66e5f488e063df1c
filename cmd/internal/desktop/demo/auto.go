package demo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/station/pack"
)

// Auto packs the first due order by itself: badge, order and items by the
// simulated scanner, the box on the simulated scale, and the label scanned
// back. It is what the demo does where there is nobody to click, through the
// same pseudo terminals and drivers.
func Auto(ctx context.Context, s *shell.Shell, picture string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	a := &packer{s}
	if err := a.until(ctx, "the scanner to be plugged in", func(pack.State) bool {
		return s.Live().Statuses()["scanner"].Lamp.String() == "green"
	}); err != nil {
		return err
	}
	if err := a.scanUntil(ctx, "PB:badge:B-PACKER", "the packer to be signed in", func(s pack.State) bool { return s.Person.ID != "" }); err != nil {
		return err
	}
	if err := a.next(ctx); err != nil {
		return err
	}
	order := s.Bench.Engine.State().Work.Order
	if err := a.items(ctx); err != nil {
		return err
	}
	if err := a.box(ctx); err != nil {
		return err
	}
	if err := a.shoot(picture); err != nil {
		return err
	}
	label := s.Bench.Engine.State().Work.Parcel.Label
	if err := a.scanUntil(ctx, "00"+label.SSCC, "the order to be closed", func(s pack.State) bool { return s.Work == nil && s.Phase == pack.Idle }); err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "order %s is packed; its label is in %s\n", order, s.Folder.DocumentsDir())
	if picture != "" {
		fmt.Fprintf(os.Stdout, "a picture of the window is in %s\n", picture)
	}
	return nil
}

// packer does by the simulated devices what a person does by hand.
type packer struct{ *shell.Shell }

// until waits for something.
func (a *packer) until(ctx context.Context, what string, done func(pack.State) bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done(a.Bench.Engine.State()) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited in vain for %s", what)
		case <-tick.C:
		}
	}
	return nil
}

func (a *packer) scanUntil(ctx context.Context, code, what string, done func(pack.State) bool) error {
	if err := a.Simulator.Scan([]byte(code)); err != nil {
		return err
	}
	return a.until(ctx, what, done)
}

// next opens the next order. Another bench of the same hub may be quicker at one, and then
// it is the one behind.
func (a *packer) next(ctx context.Context) (err error) {
	const tries, within = 5, 10 * time.Second
	for range tries {
		short, done := context.WithTimeout(ctx, within)
		err = a.scanUntil(short, "PB:command:next-order", "an order to open", func(s pack.State) bool { return s.Work != nil && s.Phase == pack.Packing })
		done()
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// items scans every open unit, and confirms what is only confirmed.
func (a *packer) items(ctx context.Context) error {
	for {
		s := a.Bench.Engine.State()
		if s.Phase != pack.Packing || s.Work == nil {
			return nil
		}
		open := s.Work.OpenUnits()
		code := "PB:command:confirm"
		for _, l := range s.Work.Lines {
			if l.Open() > 0 && l.SKU != "" {
				code = l.SKU
				break
			}
		}
		fewer := func(s pack.State) bool { return s.Phase != pack.Packing || s.Work == nil || s.Work.OpenUnits() < open }
		if err := a.scanUntil(ctx, code, "a scan of "+code+" to count", fewer); err != nil {
			return err
		}
	}
}

// box puts the parcel on the scale and waits for its label.
func (a *packer) box(ctx context.Context) error {
	s := a.Bench.Engine.State()
	a.Simulator.Put(Expected(a.Folder, s))
	defer a.Simulator.Put(0)
	return a.until(ctx, "the label to be printed", func(s pack.State) bool {
		return s.Phase == pack.Closing && s.Label().State == pack.PrintPrinted
	})
}

// shoot takes a picture of the whole screen with ImageMagick, as a person sees
// it: the toolkit's own capture of a real window is black.
func (a *packer) shoot(picture string) error {
	if picture == "" {
		return nil
	}
	time.Sleep(700 * time.Millisecond) // the card has settled
	if out, err := exec.Command("import", "-window", "root", picture).CombinedOutput(); err != nil {
		return fmt.Errorf("picture of the window: %w: %s", err, out)
	}
	return nil
}

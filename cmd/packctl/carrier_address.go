package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"packbench/cmd/internal/carriers"
	"packbench/station/store"
)

// addressLine is what may be wrong with the address of an order.
type addressLine struct {
	Order   string   `json:"order"`
	OK      bool     `json:"ok"`
	Form    []string `json:"form,omitempty"`
	Account string   `json:"account,omitempty"` // that checked it
	Say     string   `json:"say,omitempty"`
	Writes  []string `json:"writes,omitempty"` // what the account writes in another way
	Private *bool    `json:"private,omitempty"`
	Left    []string `json:"left,omitempty"`
}

// checkAddress says what may be wrong with the address of an order, and changes nothing.
func (f *flags) checkAddress(ctx context.Context, c *carriers.Carriers, order string) error {
	o, err := c.OrderCalled(ctx, order)
	if errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("there is no order %s here", clipped(order, 40))
	}
	if err != nil {
		return err
	}
	h, err := c.CheckAddress(ctx, o)
	if err != nil {
		return err
	}
	line := addressLine{Order: o.Called(), OK: h.OK(), Form: h.Form, Account: h.Asked, Say: h.Check.Say, Writes: h.Meant, Left: h.Left}
	if h.Check.Known {
		line.Private = &h.Check.Private
	}
	words := h.Words()
	if h.Asked != "" && h.Check.OK {
		words = append(words, h.Asked+" knows the address")
	}
	words = append(words, h.Left...)
	if len(words) == 0 {
		words = []string{"its form is right; no account checks addresses"}
	}
	return f.print(line, "%s: %s", line.Order, strings.Join(words, "\n  "))
}

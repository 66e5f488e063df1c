package hub

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// narrowed is the format from which on a bench leaves to a desk what the shop decides.
const narrowed = 2

// Decided reports whether rows of a kind are what the shop decides.
func Decided(kind string) bool {
	return slices.Contains([]string{"people", "rates", "shops", "accounts", "message_targets"}, kind)
}

// Manages reports whether this login may change for a station what the shop decides: people,
// rate cards, shops, accounts, who is told of what, and settings. A hub of format 1 lets all.
func (h *Hub) Manages(ctx context.Context, about About, station string) (may bool, err error) {
	if about.Format < narrowed {
		return true, nil
	}
	err = h.ask(ctx, `SELECT packbench.manages($1)`, []any{station}, &may)
	return may, err
}

// Brought says that a station that joins has told what it brings along.
func (h *Hub) Brought(ctx context.Context, about About, station string) error {
	if about.Format < narrowed {
		return nil
	}
	return h.do(ctx, `SELECT packbench.brought($1)`, station)
}

// bringsAgain lets a station that joins once more change what the shop decides until it has
// told what it brings along.
func bringsAgain(ctx context.Context, tx pgx.Tx, about About, chain string) error {
	if about.Format < narrowed {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE packbench.writers SET brings = now() + interval '1 hour' WHERE writer = $1 AND brings < 'infinity'`, chain)
	return err
}

// ReleaseReturn takes one return from whoever has it, as Release does with orders.
func (h *Hub) ReleaseReturn(ctx context.Context, label string) ([]string, error) {
	return rowsOf(ctx, h, pgx.RowTo[string], `SELECT packbench.release_return($1)`, label)
}

// askRights asks what this folder may.
func (x *Exchange) askRights(ctx context.Context, about About) error {
	manages, err := x.hub.Manages(ctx, about, x.station)
	if err == nil {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.status.Narrow = !manages
	}
	return err
}

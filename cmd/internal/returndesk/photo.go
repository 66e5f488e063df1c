package returndesk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"packbench/cmd/internal/photos"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/returns"
	"packbench/station/store"
)

// Photograph keeps a photo of what came back: the file first, and then the row that says what
// it is of. The same photo again is the same one.
func (d Desk) Photograph(ctx context.Context, who station.Person, id string, photo io.Reader) (returns.Photographed, error) {
	out := returns.Photographed{Return: id, By: who.ID}
	if err := d.Rights().May(who, people.Owed); err != nil {
		return out, err
	}
	if _, err := d.known(ctx, id); err != nil { // before anything is kept
		return out, err
	}
	p, err := photos.Keep(d.DocumentsDir(), photo)
	if err != nil {
		return out, err
	}
	out.Hash = p.Hash
	err = d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		r, err := d.known(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		have, err := d.Store.ReturnPhotos(ctx, id)
		switch {
		case err != nil || slices.Contains(have, p.Hash):
			return nil, nil, err
		case r.State == store.ReturnAnnounced:
			return nil, nil, fmt.Errorf("return %s has not come yet", id)
		case len(have) >= returns.MostPhotos:
			return nil, nil, fmt.Errorf("return %s has %d photos, which is all that one may have", id, len(have))
		}
		out.Of = r.Order
		return out, []pack.Fact{out}, nil
	})
	return out, errors.Join(err, d.Store.CatchUp(ctx))
}

package lookup

import (
	"context"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station/pack"
	"packbench/station/store"
)

// closedParcels looks up what a reprint means while no order is open: the parcel
// that was shown to the bench, or those of the order. One whose label is void comes
// only where nothing else is there, so that the bench can say it.
func (r *Resolver) closedParcels(ctx context.Context, s pack.State) ([]pack.ParcelRef, error) {
	if s.Phase != pack.Idle || s.Work != nil || s.Loading != nil || s.Shown == nil {
		return nil, nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	var found []store.Parcel
	var err error
	if s.Shown.SSCC != "" {
		found = make([]store.Parcel, 1)
		found[0], err = r.Store.ParcelBySSCC(ctx, s.Shown.SSCC)
	} else {
		found, err = r.Store.ParcelsOf(ctx, s.Shown.Order)
	}
	found, known, err := store.Known(found, err)
	if err != nil || !known {
		return nil, err
	}
	good := slices.DeleteFunc(slices.Clone(found), func(p store.Parcel) bool { return p.State == pack.ParcelVoided })
	if len(good) == 0 {
		good = found
	}
	var out []pack.ParcelRef
	for _, p := range good {
		ref, err := r.Placed(ctx, p.Ref())
		if err != nil {
			return nil, err
		}
		ref.Contents, ref.Document, ref.Reprints = nil, p.Document, p.Reprints
		if ref.Papers, err = r.PapersOut(ctx, p); err != nil {
			return nil, err
		}
		out = append(out, ref)
	}
	return out, nil
}

// PapersOut counts by kind how often a paper of the parcel was asked for and may
// have come out, since it has its present label.
func (d Reader) PapersOut(ctx context.Context, p store.Parcel) (map[string]int, error) {
	rows, err := d.Store.Story(ctx, p.Order)
	if err != nil {
		return nil, err
	}
	var count map[string]int
	for _, row := range rows {
		_, facts, err := folder.Codec().Decode(row)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			count = papersAfter(count, p.ID, f)
		}
	}
	return count, nil
}

// papersAfter is the count after one more fact, as the machine keeps it for the
// parcel on the bench.
func papersAfter(count map[string]int, parcel string, f pack.Fact) map[string]int {
	switch f := f.(type) {
	case pack.DocumentStood:
		switch {
		case f.Of != parcel || !slices.Contains(pack.PaperKinds, f.Kind):
		case f.State == pack.PrintAsked:
			if count == nil {
				count = map[string]int{}
			}
			count[f.Kind]++
		case count[f.Kind] > 0 && (f.State == pack.PrintTrouble || f.State == ""):
			count[f.Kind]--
		}
	case pack.LabelVoided:
		if f.Parcel == parcel {
			return nil
		}
	}
	return count
}

// asPlace reads the code of a bin, while a box waits for its label and may stand there.
func (r *Resolver) asPlace(ctx context.Context, s pack.State, c code, out *pack.Scanned) error {
	if !s.Work.Unlabelled() || len(out.Meanings) > 0 {
		return nil
	}
	at := strings.TrimSpace(c.Data)
	known, err := r.Store.HasBin(ctx, at)
	if known {
		out.Problem, out.Meanings = "", []pack.Meaning{{Kind: pack.MeansPlace, Place: at}}
	}
	return err
}

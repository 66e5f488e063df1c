package folder

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder/desks"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// SeqOf is the number in a row's id, "S1.123".
func SeqOf(id string) int64 {
	n, _ := strconv.ParseInt(id[strings.LastIndexByte(id, '.')+1:], 10, 64)
	return n
}

// AtDesk writes one decision of the desk, a word of package cases: it is the event
// and the fact that follows, in one durable row of the desk's own chain.
func (f *Folder) AtDesk(ctx context.Context, word pack.Event) error {
	return f.Decide(ctx, func() (pack.Event, []pack.Fact, error) { return word, []pack.Fact{word}, nil })
}

// Decide writes what the desk decides as one durable row of its own chain, or nothing
// where no facts follow. Somebody else may write at the same moment: then it is decided
// again, on what stands now.
func (f *Folder) Decide(ctx context.Context, decide func() (pack.Event, []pack.Fact, error)) error {
	writer, err := desks.Chain(ctx, f.Store)
	if err == nil {
		err = f.DecideIn(ctx, writer, decide)
	}
	return err
}

// DecideIn is Decide in another chain of the folder.
func (f *Folder) DecideIn(ctx context.Context, writer string, decide func() (pack.Event, []pack.Fact, error)) (err error) {
	codec, at := Codec(), f.Clock().Round(0).UTC()
	for range 5 {
		chain, missing := f.Store.Head(ctx, writer)
		if err := cmp.Or(missing, f.Store.CatchUp(ctx)); err != nil {
			return err
		}
		word, facts, notDecided := decide()
		if notDecided != nil || len(facts) == 0 {
			return notDecided
		}
		in := pack.Input{ID: journal.ID(writer, chain.Seq+1), At: at, Event: word}
		input, decided, encodeErr := codec.Encode(in, facts)
		if encodeErr != nil {
			return encodeErr
		}
		if err = f.Store.Append(ctx, chain.Next(at, input, decided)); err == nil {
			return f.Store.CatchUp(ctx)
		}
		var taken *store.NotNext
		if !errors.As(err, &taken) {
			return err
		}
	}
	return err
}

// Checked returns rows as long as each follows the one before it, the first of them
// where the chain stands.
func Checked(chain journal.Chain, rows iter.Seq2[journal.Row, error]) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		chain := chain // each reading begins there
		for r, err := range rows {
			if err == nil {
				err = chain.Check(r)
			}
			if !yield(r, err) || err != nil {
				return
			}
			chain = chain.After(r)
		}
	}
}

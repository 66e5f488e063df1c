package folder

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// DeskWriter names the desk's hash chain.
const DeskWriter = "desk"

// SeqOf is the number in a row's id, "S1.123".
func SeqOf(id string) int64 {
	n, _ := strconv.ParseInt(id[strings.LastIndexByte(id, '.')+1:], 10, 64)
	return n
}

// AtDesk writes one decision of the desk, a word of package cases: it is the event
// and the fact that follows, in one durable row of the desk's own chain.
// Somebody else may write at the same moment; then the row is made again.
func (d *Folder) AtDesk(ctx context.Context, word pack.Event) error {
	codec := Codec()
	at := d.Clock().Round(0).UTC()
	var err error
	for range 5 {
		var chain journal.Chain
		chain, err = d.Store.Head(ctx, DeskWriter)
		if err != nil {
			return err
		}
		in := pack.Input{ID: journal.ID(DeskWriter, chain.Seq+1), At: at, Event: word}
		input, decided, encodeErr := codec.Encode(in, []pack.Fact{word})
		if encodeErr != nil {
			return encodeErr
		}
		if err = d.Store.Append(ctx, chain.Next(at, input, decided)); err == nil {
			return d.Store.CatchUp(ctx)
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

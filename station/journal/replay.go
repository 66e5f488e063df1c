package journal

import (
	"iter"

	"packbench/station/pack"
)

// Replay folds the facts of rows into state and gives the state after the last
// of them with its number, 0 when there was none. It stops at the first row
// that cannot be read and gives the state before it.
func (c *Codec) Replay(state pack.State, rows iter.Seq2[Row, error]) (pack.State, int64, error) {
	var last int64
	for r, err := range rows {
		if err != nil {
			return state, last, err
		}
		facts, err := c.Facts(r)
		if err != nil {
			return state, last, err
		}
		for _, f := range facts {
			state = pack.Fold(state, f)
		}
		last = r.Seq
	}
	return state, last, nil
}

package lookup

import (
	"slices"

	"packbench/station/pack"
	"packbench/station/store"
)

// codesKept bounds the memory of codes; a bench sees far fewer in a day.
const codesKept = 4096

// codes remembers what the codes of goods mean, so that the second scan of a
// product waits for the disk only once: for its own row. It is used by the
// engine's goroutine alone and forgets everything within half a second after
// anybody has changed the catalogue.
type codes struct {
	known map[[2]string][]pack.Meaning
	turn  int64
}

// get returns the meanings of a code that was looked up before in this turn of the
// catalogue.
func (c *codes) get(turn int64, aim, data string) ([]pack.Meaning, bool) {
	if turn != c.turn || c.known == nil {
		c.known, c.turn = map[[2]string][]pack.Meaning{}, turn
	}
	meanings, ok := c.known[[2]string{aim, data}]
	return meanings, ok
}

// put keeps what only depends on the catalogue: the meanings of goods. It
// follows a get of the same code.
func (c *codes) put(aim, data string, meanings []pack.Meaning) {
	if len(meanings) == 0 || len(data) > 128 || slices.ContainsFunc(meanings, func(m pack.Meaning) bool { return m.Kind != pack.MeansProduct }) {
		return
	}
	if len(c.known) >= codesKept {
		clear(c.known)
	}
	c.known[[2]string{aim, data}] = meanings
}

// asked is what is asked of the catalogue about a code.
func (r *Resolver) asked(c code) store.Asked {
	asked := store.Asked{Badge: r.badgeOf(c.Data), Code: c.Data}
	if of, numbers := c.read.Trades().Of, c.read.Numbers; of != "" {
		asked.GTIN = of
	} else if len(numbers) > 0 {
		asked.GTIN = string(numbers[0])
		if len(numbers) > 1 { // never more than two
			asked.Or = string(numbers[1])
		} else if of := numbers[0].OfScale(r.Settings.GS1.Weighed); of != "" {
			asked.Or = string(of)
		}
	}
	return asked
}

package effects

import (
	"errors"

	"packbench/station/trouble"
)

// Trouble is an error that a packer is told in words.
type Trouble struct{ trouble.Trouble }

func (t *Trouble) Error() string { return t.String() }

// troubleOf returns the trouble that an error is, in its own words where it is none.
func troubleOf(err error) trouble.Trouble {
	var known *Trouble
	if errors.As(err, &known) {
		return known.Trouble
	}
	return trouble.New(trouble.Said, err.Error())
}

package effects

import (
	"errors"

	"packbench/station/trouble"
)

// troubleOf returns the trouble that an error is, in its own words where it is none.
func troubleOf(err error) trouble.Trouble {
	var known *trouble.Error
	if errors.As(err, &known) {
		return known.Trouble
	}
	return trouble.New(trouble.Said, err.Error())
}

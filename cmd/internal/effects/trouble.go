package effects

import (
	"errors"
	"strings"

	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// failure is why an effect could not be carried out. Trouble with the database brings
// its own advice.
func failure(of pack.EffectKind, err error) trouble.Trouble {
	var kind store.Kind
	if !errors.As(err, &kind) || kind.Hint() == "" {
		return trouble.New(trouble.Failed, string(of), err.Error())
	}
	what := strings.TrimSuffix(strings.TrimSuffix(err.Error(), kind.Hint()), ". ")
	return trouble.New(trouble.Database, string(of), what, strings.TrimSuffix(kind.Hint(), "."))
}

// troubleOf returns the trouble that an error is, in its own words where it is none.
func troubleOf(err error) trouble.Trouble {
	var known *trouble.Error
	if errors.As(err, &known) {
		return known.Trouble
	}
	return trouble.New(trouble.Said, err.Error())
}

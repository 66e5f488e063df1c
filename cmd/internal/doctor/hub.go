package doctor

import (
	"context"
	"fmt"

	"packbench/station/store"
)

// checkHub tells of what the folders of a hub do not agree on.
func checkHub(ctx context.Context, db *store.Store, dir string) []Check {
	const check, named = "hub", 3
	some, all, err := db.Unkept(ctx, named)
	if err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	overruled, err := db.Overruled(ctx, 0, 0)
	if err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	var out []Check
	if all > 0 {
		names := ""
		for _, u := range some {
			names += fmt.Sprintf("; %s %s: %s", u.Kind, u.Key, u.Why)
		}
		out = append(out, bad(check, fmt.Sprintf("of what the hub has this folder cannot keep %d%s", all, names),
			"change here what they stand beside, or install the newest program on this computer: they are tried again with what comes from the hub"))
	}
	if n := len(overruled); n > 0 {
		last := overruled[n-1]
		out = append(out, good(check, fmt.Sprintf("%d changes that were made here do not count, because another folder changed the same first; the last: %s %s", n, last.Kind, last.Key)))
	}
	return out
}

package people

// Why says which rule an action broke.
type Why string

// The rules.
const (
	LacksRole   Why = "needs-role"
	OwnOverride Why = "own-override"
	Nobody      Why = "not-signed-in"
)

// Denied is an action that its asker may not do. Its words are for the asker.
type Denied struct {
	Why   Why
	Words string
}

// Error returns the words.
func (d *Denied) Error() string { return d.Words }

// MayClear is the rule that nobody clears their own override: who may not
// authorise or clear what one of the given people did or let pass, unless the
// works-alone setting makes the shop a one-person shop. The error is a
// *Denied. Empty ids in did are nobody.
func MayClear(who string, worksAlone bool, did ...string) error {
	if who == "" {
		return &Denied{Why: Nobody, Words: "scan your badge first"}
	}
	if worksAlone {
		return nil
	}
	for _, id := range did {
		if id == who {
			return &Denied{Why: OwnOverride, Words: "you cannot approve your own override: ask another supervisor"}
		}
	}
	return nil
}

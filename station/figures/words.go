package figures

import (
	"strings"

	"packbench/station/track"
)

// Word is what a figure is called, and what it means, in short sentences.
type Word struct {
	Name  string
	Means []string
}

var words = map[string]Word{
	"delivery-median": {"Delivery time, median", []string{"From the hand-over to the delivery that the carrier claims; half took no longer.", "Unknown: not delivered yet."}},
	"delivery-p90":    {"Delivery time, 9 of 10", []string{"Nine of ten parcels took no longer."}},
	"on-time": {"On time", []string{
		"Delivered by the day that was promised when it left; open and overdue is late, not due does not count.", "Unknown: nothing was promised, or its carrier tells nothing.",
	}},
	"valid-tracking": {"Scanned by the carrier", []string{"Of the parcels handed over a day ago or more.", "Unknown: its carrier tells nothing."}},
	"first-attempt":  {"First attempt", []string{"Delivered without a failed attempt, of those delivered or attempted."}},
	"exceptions":     {"Exceptions", []string{"A problem was reported at any time: a failed attempt, a delay, damage, loss, on its way back…", "Unknown: nothing was heard."}},
	"return-rate":    {"Returned units", []string{"Of the units that left in the same week; a week is ripe 30 days after its end."}},
	"refund-median":  {"Refund time, median", []string{"From the arrival of a return to its payment; half took no longer.", "Unknown: still owed."}},
	"refund-p90":     {"Refund time, 9 of 10", []string{"Nine of ten payments took no longer."}},
	"order-accuracy": {"Correct orders", []string{"Orders of which nobody sent back a wrong thing or misses one, of those that left."}},
	"caught":         {"Caught mistakes", []string{"Wrong goods, counts, weights and labels that a bench refused and that became cases, for 1000 units that left."}},
	"escaped":        {"Escaped mistakes", []string{"Units that came back because they were wrong, for 1000 units that left: on the same scale."}},
	"look-ups":       {"Where is my parcel", []string{"Buyers who asked, for 100 parcels of the same week."}},
}

// WordOf is that of a figure by its key.
func WordOf(key string) Word { return words[key] }

// Text is the meaning in one.
func (w Word) Text() string { return strings.Join(w.Means, " ") }

// ProblemWords are what a state that is a problem is called.
func ProblemWords(state string) string {
	return map[track.State]string{
		track.AttemptFailed: "A delivery failed", track.Held: "The carrier holds it", track.Delayed: "The carrier reports a delay", track.AddressProblem: "Something is wrong with the address",
		track.Exception: "The carrier reports a problem", track.Refused: "Not wanted by the buyer", track.Damaged: "Damaged", track.Returning: "It comes back", track.Returned: "It came back",
		track.Lost: "Lost", track.Cancelled: "Cancelled at the carrier",
	}[track.State(state)]
}

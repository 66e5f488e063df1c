package pack

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/people"
)

// Command is something asked for by key, touch, command card or script.
type Command struct {
	Name   string `json:"Name"` // "undo", "short"…, as the headless bench names them
	Value  string `json:"Value,omitempty"`
	Reason string `json:"Reason,omitempty"`
	N      int    `json:"N,omitempty"`
	// Sure is set where the asker has said it twice already, or is a script;
	// without it a destructive command asks for a second scan.
	Sure bool `json:"Sure,omitempty"`
	// Auto says that the bench chose the service, and nobody by hand.
	Auto bool `json:"Auto,omitempty"`
	// What the resolver looked up for it:
	Carton *Carton     `json:"Carton,omitempty"`
	Parcel *ParcelRef  `json:"Parcel,omitempty"` // reopen
	Orders []OrderHint `json:"Orders,omitempty"` // next-order
	// Parcels are the closed ones that a reprint or a paper may mean, with no order open.
	Parcels []ParcelRef `json:"Parcels,omitempty"`
	Van     *Van        `json:"Van,omitempty"`  // handover: the carrier
	Item    *Product    `json:"Item,omitempty"` // authorise: what was turned away; swap: which units
	How     How         `json:"How,omitempty"`  // authorise: what is to become of it
	Vans    []Van       `json:"Vans,omitempty"` // handover without a carrier: those with parcels on the dock
	Due     time.Time   `json:"Due,omitzero"`   // finish: by when the buyer has to have what is owed
	// Open is where else the return is open, and Missing what earlier ones of its parcel lack:
	// of finish.
	Open    *OpenReturn `json:"Open,omitempty"`
	Missing []Missed    `json:"Missing,omitempty"`
}

// Commands are the names that the bench knows, as packers, cards and scripts
// give them. The last ones are asked by the bench itself.
var Commands = []string{
	"choose", "undo", "remove", "put-back", "swap", "short", "confirm", "count", "carton", "next-parcel", "weigh",
	"service", "park", "cancel", "reopen", "void", "reprint", "retry", "next-order", "handover", "authorise",
	"unlock", "sign-out", "driver", "paper", "reprint-manifest", "zero", "tare", "label-came-out", "print-again", "typed-weight", "label-none", "label-there", "place",
	"worked-out", "by-weight", "piece-by-piece", "back", "queue", "stock", "products",
	"return", "blind", "grade", "disposition", "missing", "finish",
}

// ReadCommand reads the words of a script, a card or a field as a command. A name
// that is not known is kept, so that the bench can refuse it, and its words are not.
func ReadCommand(name string, words ...string) Command {
	c := Command{Name: name}
	word := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	switch {
	case !slices.Contains(Commands, name), name == "next-order":
	case name == "choose":
		c.N = readCount(word(0))
	case name == "count" && len(words) == 1:
		c.N = readCount(word(0))
	case name == "count":
		c.Value, c.N = word(0), readCount(word(1))
	case name == "reprint" && slices.Contains(PaperKinds, word(0)): // a paper of the parcel, and not its label
		c.Name, c.Value, c.Reason = "paper", word(0), reasonCode(word(1))
	case name == "reprint", name == "authorise":
		c.Reason = reasonCode(word(0))
	case name == "carton", name == "reopen", name == "handover":
		c.Value = word(0)
	case name == "grade", name == "disposition":
		c.Value, c.N = word(0), readCount(word(1))
	case name == "driver", name == "confirm", name == "place", name == "blind", name == "missing":
		c.Value = strings.Join(words, " ")
	default:
		c.Value, c.Reason = word(0), reasonCode(word(1))
	}
	return c
}

func readCount(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// reasonCode returns a given reason as a command may carry it into the journal: a
// code as it is, nothing as nothing, and anything else, a name perhaps, as a mark
// that is no code and is asked about.
func reasonCode(given string) string {
	if given == "" || people.IsReason(given) {
		return given
	}
	return "?"
}

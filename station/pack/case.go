package pack

// The facts about cases.
type (
	// CaseOpened: a mismatch that a person should look at.
	CaseOpened struct {
		Case     string   `json:"Case"`
		Kind     string   `json:"Kind"` // "scan", "weight", "label", "override", "lock", "short", "void", "return"
		Code     Code     `json:"Code"`
		Order    string   `json:"Order,omitempty"`
		Parcel   string   `json:"Parcel,omitempty"`
		SKU      string   `json:"SKU,omitempty"`
		Scanned  string   `json:"Scanned,omitempty"`
		Expected []string `json:"Expected,omitempty"`
		By       string   `json:"By,omitempty"`
		Author   string   `json:"Author,omitempty"`
		Reason   string   `json:"Reason,omitempty"`
		Weight   *Weight  `json:"Weight,omitempty"`
		Qty      int      `json:"Qty,omitempty"` // units that are too many
	}
	// CaseWithdrawn: what opened a case was taken back at the bench; Again: after all
	// it was not. Somebody's answer to the case stays.
	CaseWithdrawn struct {
		Case  string `json:"Case"`
		By    string `json:"By,omitempty"`
		Again bool   `json:"Again,omitempty"`
	}
)

// AnswerUndone is the answer to a case that was withdrawn.
const AnswerUndone = "undone"

func (CaseOpened) Tag() string    { return "case-opened" }
func (CaseWithdrawn) Tag() string { return "case-withdrawn" }

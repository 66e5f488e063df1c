package member

// Step is what a join does now, in words.
type Step string

// The steps of a join.
const (
	StepAsk   Step = "Asking the hub…"
	StepLogin Step = "Making the login of this bench…"
	StepFetch Step = "Fetching what the hub has of this bench…"
	StepTell  Step = "Exchanging everything with the hub, which can take minutes…"
)

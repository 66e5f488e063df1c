package labels

// Sheet is a sheet of cards to scan: commands, badges, cartons, quantities,
// reasons, answers.
type Sheet struct {
	Title string
	Hint  string // one line under the title
	Cards []Card
}

// Card is one bar code with its words.
type Card struct {
	Group string // cards of one group stand under one heading; "" has none
	Title string // "Undo the last scan"
	Note  string // "key F4", the person's role, the carton's size
	Code  string // "PB:command:undo": printed as Code 128
}

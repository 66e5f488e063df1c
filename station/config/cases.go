package config

// Cases are which mismatches become cases at the desk. What does not is in the journal
// all the same.
type Cases struct {
	WrongItem   int    `toml:"wrong_item"`   // from so many in a row on; 0: never
	UnknownCode int    `toml:"unknown_code"` // from so many in a row on; 0: never
	WeightOff   int    `toml:"weight_off"`   // from so many in a row on; 0: never
	WeightOffBy Tenths `toml:"weight_off_g"` // and by so many grams at least
	Short       int    `toml:"short"`        // units left out, at least; 0: never
	Damaged     bool   `toml:"damaged"`
}

// mostInARow is the longest row that a rule may wait for: the machine remembers no more.
const mostInARow = 10

func (c *checker) cases(s Cases) {
	c.between("cases.wrong_item", s.WrongItem, 0, mostInARow)
	c.between("cases.unknown_code", s.UnknownCode, 0, mostInARow)
	c.between("cases.weight_off", s.WeightOff, 0, mostInARow)
	if s.WeightOffBy < 0 || s.WeightOffBy > 100_000 {
		c.fault("cases.weight_off_g", "%s is outside 0 to 10000", s.WeightOffBy)
	}
	c.between("cases.short", s.Short, 0, 1000)
}

func (c Cases) encode(w *writer) {
	w.table("cases", "Which mismatches become cases at the desk; all are in the journal. In a row: nothing was right between. packctl case rules tries them on the last week.")
	w.key("wrong_item", c.WrongItem, "from so many in a row on; 0: never. What locks the bench is always one")
	w.key("unknown_code", c.UnknownCode, "from so many in a row on; 0: never")
	w.key("weight_off", c.WeightOff, "from so many in a row on; 0: never")
	w.key("weight_off_g", c.WeightOffBy, "and by so many grams at least")
	w.key("short", c.Short, "units left out, at least; 0: never")
	w.key("damaged", c.Damaged, "a damaged unit that was swapped")
}

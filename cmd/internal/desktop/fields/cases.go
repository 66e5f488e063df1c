package fields

import (
	"strconv"

	"packbench/station/config"
	"packbench/station/people"
	"packbench/station/screen"
)

// CaseRules is the title of the tab that says which mismatches become cases.
const CaseRules = "Case rules"

func caseFields() []Setting {
	row := func(key, label, help string, of func(config.Cases) int) Setting {
		return Setting{Key: "cases." + key, label: label, help: help, value: func(s config.Settings) string { return number(of(s.Cases), true) }, says: unit("in a row", "Never")}
	}
	reasons := func(key, label, help string, of func(people.Reasons) string) Setting {
		return Setting{Key: "reasons." + key, label: label, help: help, value: func(s config.Settings) string { return of(s.Reasons) }, text: true, empty: "the usual ones", kind: screen.FieldText}
	}
	cancel := reasons("cancel", "Reasons to cancel", "an order or the loading of a van", func(r people.Reasons) string { return r.Cancel })
	cancel.section = "What the bench asks reasons for: codes with a space between, such as wrong-order"
	return []Setting{
		row("wrong_item", "A wrong item", "from so many in a row on; 0: never", func(c config.Cases) int { return c.WrongItem }),
		row("unknown_code", "A code that is not known", "from so many in a row on; 0: never", func(c config.Cases) int { return c.UnknownCode }),
		row("weight_off", "A weight that is off", "from so many in a row on; 0: never", func(c config.Cases) int { return c.WeightOff }),
		{Key: "cases.weight_off_g", label: "And off by at least", help: "grams more or less than expected", value: func(s config.Settings) string { return s.Cases.WeightOffBy.String() }, says: unit("g", "Any")},
		{Key: "cases.short", label: "A line that is short", help: "units left out, at least; 0: never", value: func(s config.Settings) string { return number(s.Cases.Short, true) }, says: unit("units", "Never")},
		{Key: "cases.damaged", label: "A damaged unit", help: "that was swapped", Choices: onOff, value: func(s config.Settings) string { return strconv.FormatBool(s.Cases.Damaged) }},
		cancel,
		reasons("accept", "Reasons to accept a weight", "and to let other things happen", func(r people.Reasons) string { return r.Accept }),
		reasons("let_pass", "Reasons to let goods pass", "that were turned away", func(r people.Reasons) string { return r.LetPass }),
		reasons("short", "Reasons to leave goods out", "of a line that is short", func(r people.Reasons) string { return r.Short }),
		reasons("reprint", "Reasons to print again", "a label, a paper or a list", func(r people.Reasons) string { return r.Reprint }),
		reasons("alone", "Reasons to pack all the same", "while the hub is away", func(r people.Reasons) string { return r.Alone }),
	}
}

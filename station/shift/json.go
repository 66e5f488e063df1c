package shift

import (
	"encoding/json"
	"io"
)

// object is the book for programs.
type object struct {
	Columns  []string          `json:"columns"`
	Rows     [][]any           `json:"rows"`
	Balances []Balance         `json:"balances"`
	Heads    map[string]string `json:"heads"`
	Changes  []Change          `json:"changes,omitempty"`
}

// JSON writes the book as one object on one line: "columns", "rows" with a
// list of cells each, "balances", "heads", and "changes" where there are any. A number that is not there is
// null; a mass is in milligrams.
func (b Book) JSON(w io.Writer) error {
	o := object{Columns: Columns(), Rows: [][]any{}, Balances: b.Balances, Heads: b.Heads, Changes: b.Changes}
	if o.Heads == nil {
		o.Heads = map[string]string{}
	}
	for _, r := range b.Rows {
		cells := b.log(r)
		for i, c := range cells {
			if n, ok := c.(number); ok {
				cells[i] = json.Number(n)
			}
		}
		o.Rows = append(o.Rows, cells)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(o)
}

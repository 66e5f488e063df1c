package intake

import (
	"slices"
	"strings"
)

// shape turns a row of a file that has several kinds of rows into one of an order; it
// reports whether it is one.
type shape func(row) (row, bool)

// fishbowlItems are the columns of the second heading, whose rows stand below the
// order that they belong to.
var fishbowlItems = schema{
	col("flag", "Flag"), must(col("sku", "ProductNumber")), col("item", "ProductDescription"), must(numbers(col("qty", "ProductQuantity"))), prices(col("price", "ProductPrice")), col("kind", "SOItemTypeID"), col("note", "Note"),
}

// fishbowlRows reads Fishbowl's sales orders: a heading for orders and one for items,
// then each order with its items below it. Items of other kinds than goods, such as
// shipping or tax, are left out.
func fishbowlRows() shape {
	var items match
	var number string
	return func(r row) (row, bool) {
		switch plain(strings.Join(r.cells[:min(1, len(r.cells))], "")) {
		case "flag":
			items, _ = fishbowlItems.match(r.cells) // else its items have no columns, and are faults
			items.comma, items.stored, items.serial = r.comma, r.stored, r.serial
			return r, false
		case "so":
			number = r.text("order")
			return r, true
		case "item":
			at := map[string]int{"order": len(r.cells)}
			for name, i := range items.at {
				at[name] = i
			}
			r.cells = append(slices.Clone(r.cells), number)
			r.match = items
			r.at = at
			kind := r.text("kind")
			return r, kind == "" || kind == "10"
		}
		return r, true
	}
}

// lineCells are what WebToffee calls the parts of a line.
var lineCells = map[string]string{"name": "item", "sku": "sku", "quantity": "qty", "total": "line total"}

// lineItems reads what WebToffee writes of each line into a cell of its own:
// "name:Blue shirt|product_id:93|sku:WOO-1|quantity:2|total:20.00".
func lineItems(r row) []row {
	var out []row
	for _, i := range r.many {
		if i >= len(r.cells) || strings.TrimSpace(r.cells[i]) == "" {
			continue
		}
		item := row{record: record{row: r.row}, match: match{at: map[string]int{}, title: map[string]string{}}}
		for part := range strings.SplitSeq(r.cells[i], "|") {
			name, value, _ := strings.Cut(part, ":")
			if to := lineCells[plain(name)]; to != "" {
				item.at[to], item.title[to] = len(item.cells), "line_item"
				item.cells = append(item.cells, value)
			}
		}
		out = append(out, item)
	}
	return out
}

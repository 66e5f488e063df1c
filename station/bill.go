package station

import "packbench/station/unit"

// Bill is what an order costs, as its shop says it to the customer. What the shop does
// not say has no currency; nothing of it is worked out here.
type Bill struct {
	Subtotal unit.Money `json:",omitzero"`  // of the goods
	Discount unit.Money `json:",omitzero"`  // what is taken off, above zero
	Off      bool       `json:",omitempty"` // Discount is taken off Subtotal already
	Shipping unit.Money `json:",omitzero"`  // what the customer pays for it
	Tax      unit.Money `json:",omitzero"`
	Within   bool       `json:",omitempty"` // the other amounts have the tax in them
	Total    unit.Money `json:",omitzero"`
	Paid     unit.Money `json:",omitzero"`
	Number   string     `json:",omitempty"` // of the shop's own invoice
}

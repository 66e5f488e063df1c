package config

import "packbench/station/carrier/rules"

// Insert is something that is put into parcels beside the goods, such as a card or a
// sample, and which orders it is for: all conditions hold, and none is for all.
type Insert = rules.Insert

func (l Look) encodeInserts(w *writer) {
	if len(l.Inserts) == 0 {
		w.WriteString(insertExample)
	}
	for _, in := range l.Inserts {
		w.WriteString("\n[[look.insert]]\n")
		w.key("text", in.Text, "what is put in: a line that the packer confirms")
		w.key("bin", in.Bin, "where it lies")
		w.key("off", in.Off, "")
		w.key("first_order", in.First, "only with a buyer's first order, as far as the e-mail address tells")
		w.words("countries", in.Countries)
		w.words("skus", in.SKUs)
		w.words("shops", in.Shops)
		w.words("tags", in.Tags)
		w.key("value_from", in.ValueFrom, `of the order; "": any`)
	}
}

// insertExample shows how an insert is written to whoever has none yet.
const insertExample = `
# What is put into parcels beside the goods, one table for each. Conditions: first_order, countries, skus ("BOOK-*" too), shops, tags, value_from.
# [[look.insert]]
# text = "Voucher: 10 % off the second order"
# bin = "Drawer 2"
# first_order = true
# countries = ["DE", "AT"]
`

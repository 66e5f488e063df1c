package store

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"

	"packbench/station"
)

// counts says which of two states of a row counts.
type counts int

const (
	theirsCounts counts = iota // the hub's
	mineCounts                 // that of here
	mixed                      // the hub's, with something of here put into it
)

// guarded are rows that do not go back to an older state, whoever says so last.
var guarded = map[string]bool{"orders": true, "purchases": true}

// settled says what counts of a row that is another one here and at the hub, both nil
// where it is gone there. both: it was changed here too, before this folder knew of the
// hub's. lost says that what somebody changed is in neither then. Of most rows the hub's
// counts: it was first there.
func (in *taking) settled(kind string, here, there sharedRow, both bool) (keep counts, lost bool, err error) {
	switch {
	case kind == "orders":
		return in.settledOrder(here, there, both)
	case kind == "purchases":
		return settledPurchase(here, there, both), both, nil
	case !both || here == nil || there == nil:
		return theirsCounts, both, nil
	}
	switch kind {
	case "products":
		return settledProduct(here, there)
	case "people":
		return settledPerson(here, there)
	case "pins":
		return in.settledPIN(here, there)
	case "close_outs":
		if here.text("state") != string(CloseOutSent) && there.text("state") == string(CloseOutSent) {
			return mineCounts, true, nil
		}
	case "tracked":
		if here.int("state_at") > there.int("state_at") {
			return mineCounts, false, nil
		}
		return theirsCounts, false, nil
	case "shop_lists": // no person says so, and it is read again
		return theirsCounts, false, nil
	case "account_services": // likewise, but for what a person does not want
		return theirsCounts, here.int("unused") != there.int("unused"), nil
	}
	return theirsCounts, true, nil
}

// settledOrder: the later version counts; of the same the one that stops more. An order that is
// packed here is not taken away.
func (in *taking) settledOrder(here, there sharedRow, both bool) (keep counts, lost bool, err error) {
	switch {
	case here == nil:
		return theirsCounts, both, nil
	case there == nil:
		begun, err := in.begunHere(here.text("id"))
		if begun {
			return mineCounts, false, err
		}
		return theirsCounts, both, err
	}
	stops := func(r sharedRow) int {
		return slices.Index([]station.OrderStatus{station.OrderOpen, station.OrderHeld, station.OrderCancelled, station.OrderDone}, station.OrderStatus(r.text("status")))
	}
	mine, theirs := here.int("version"), there.int("version")
	if mine > theirs || both && mine == theirs && stops(here) > stops(there) {
		return mineCounts, both, nil
	}
	return theirsCounts, both, nil
}

// settledPurchase: that a label was bought is never forgotten, nor that it was given back.
// Else the later word counts.
func settledPurchase(here, there sharedRow, both bool) counts {
	far := func(r sharedRow) int {
		order := []PurchaseState{PurchaseLost, PurchaseBought, PurchaseVoiding, PurchaseGone}
		return slices.Index(order, PurchaseState(r.text("state")))
	}
	const bought = 1
	mine, theirs := far(here), far(there)
	switch {
	case mine >= bought && theirs < bought:
		return mineCounts
	case both && (mine > theirs || mine == theirs && here.int("moved") > there.int("moved")):
		return mineCounts
	}
	return theirsCounts
}

// settledProduct: the hub's counts, with the barcodes and aliases that were linked here.
func settledProduct(here, there sharedRow) (keep counts, lost bool, err error) {
	var mine, theirs station.Product
	if json.Unmarshal(here.bytes("body"), &mine) != nil || json.Unmarshal(there.bytes("body"), &theirs) != nil {
		return theirsCounts, true, nil
	}
	for _, b := range mine.Barcodes {
		if !slices.ContainsFunc(theirs.Barcodes, func(have station.Barcode) bool { return have.Code == b.Code }) {
			theirs.Barcodes, keep = append(theirs.Barcodes, b), mixed
		}
	}
	for _, a := range mine.Aliases {
		if !slices.Contains(theirs.Aliases, a) {
			theirs.Aliases, keep = append(theirs.Aliases, a), mixed
		}
	}
	lost = slices.ContainsFunc(mine.Barcodes, func(b station.Barcode) bool { return !slices.Contains(theirs.Barcodes, b) })
	mine.Barcodes, mine.Aliases = theirs.Barcodes, theirs.Aliases
	if keep == mixed {
		body, err := json.Marshal(theirs)
		if err != nil {
			return theirsCounts, true, err
		}
		there.put("body", body)
	}
	return keep, lost || !reflect.DeepEqual(mine, theirs), nil
}

// settledPerson: the hub's counts, but a badge that was revoked here stays revoked.
func settledPerson(here, there sharedRow) (keep counts, lost bool, err error) {
	if here.text("badge") != there.text("badge") || here.int("revoked") == 0 || there.int("revoked") != 0 {
		return theirsCounts, true, nil
	}
	there.put("revoked", 1)
	for column := range here {
		lost = lost || !bytes.Equal(here[column], there[column])
	}
	return mixed, lost, nil
}

// settledPIN: the tries of all benches count together.
func (in *taking) settledPIN(here, there sharedRow) (keep counts, lost bool, err error) {
	if here.text("hash") != there.text("hash") {
		return theirsCounts, true, nil
	}
	known, err := one(in.ctx, in.tx, "", integer, `SELECT known FROM pins WHERE person = ?`, here.text("person"))
	mine, paused := here.int("tries")-known, max(here.int("paused"), there.int("paused"))
	if mine <= 0 && paused == there.int("paused") {
		return theirsCounts, false, err
	}
	there.put("tries", there.int("tries")+max(mine, 0))
	there.put("paused", paused)
	in.tries = max(mine, 0)
	return mixed, false, err
}

// triesTold notes how many tries of a PIN the hub knows.
func (r *runner) triesTold(c Shared) {
	if row, err := readRow(c); err == nil {
		r.exec(`UPDATE pins SET known = ? WHERE person = ?`, row.int("tries"), row.text("person"))
	}
}

// follow works out what follows from a row that came: nil is one that is gone. why says
// that it cannot stand here.
func (in *taking) follow(kind, key string, row sharedRow) (why string, err error) {
	switch kind {
	case "products":
		p := station.Product{SKU: key}
		if row != nil {
			if err := json.Unmarshal(row.bytes("body"), &p); err != nil || p.SKU != key {
				return "it cannot be read", nil //nolint:nilerr // what one folder wrote wrongly stops nobody
			}
			if why, err = kitClash(in.ctx, in.tx, p); why != "" || err != nil {
				return why, err
			}
		}
		in.putCodes(p, true)
	case "orders":
		return in.followOrder(key, row)
	case "pins":
		in.exec(`UPDATE pins SET known = tries - ? WHERE person = ?`, in.tries, key)
		in.tries = 0
	}
	return "", in.err
}

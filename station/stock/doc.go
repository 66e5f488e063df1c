// Package stock owns the sums of a shop's goods: what a movement is, out of which
// bins units leave, what a count says, how much is sold in a week, when it will be out
// and when more must be ordered (O5, O6). It is pure: it keeps nothing, reads no clock
// and asks nobody.
//
// A [Moved] is one movement of the ledger, which is only ever added to: the sum of a
// product in a bin is the sum of its movements. What leaves with a parcel is no fact of
// its own: it follows from the parcel that was closed, and comes back by its void.
//
// The shop's own system stays the master: the bench keeps what it saw and tells the
// differences ([Reason.Told]).
package stock

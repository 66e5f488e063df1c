// Package customs owns the question which papers a parcel needs to pass a
// border: none inside a customs and tax territory, a small declaration for a
// cheap packet, a full one with an invoice for the rest. Ask [Needed] with both
// addresses, then [Forms]. It is pure, and must not draw papers, read the
// catalogue or know a shop.
//
// It is a package of its own because the bench asks it before it buys a label,
// a screen may show it before anything is packed, and its tables change with
// the law and with nothing else here.
package customs

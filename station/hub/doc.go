// Package hub keeps the data folders of a shop in step: the exchange between one folder
// and a PostgreSQL database that all of them share.
//
// A bench works in its own folder as it would alone. Beside it [Exchange.Run] tells the
// hub the rows that the bench wrote, after they were committed here, and what was changed
// of the catalogue, orders and people, and it fetches what the others wrote. Few things wait
// for the hub, each for some seconds at most: to begin an order that this station has not
// claimed ([Exchange.ClaimOrder]), to hear before a label that nobody else was given the order
// ([Exchange.HeldElsewhere]), to load a parcel, to open what
// came back, to fetch a label that another bench made, and
// to tell a shop something ([Exchange] is the [lease.Turn] of its folder). Numbers are drawn
// ahead. Where the hub is away a bench packs on what it has, another order is refused with the
// reason, and shops are told later.
//
// The hub itself checks who may write what, that a row follows the one before it, and that
// its hash is right: see schema.sql. There is no server of ours between.
//
// Only this package knows pgx. It must hold no rule of packing, and nothing of pack, engine
// or screen may know it.
package hub

// Package hub keeps the data folders of a shop in step: the exchange between one folder
// and a PostgreSQL database that all of them share.
//
// A bench works in its own folder as it would alone. Beside it [Exchange.Run] tells the
// hub the rows that the bench wrote, after they were committed here, and what was changed
// of the catalogue, orders and people, and it fetches what the others wrote. Only two things
// wait for the hub: to begin an order that this station has not claimed
// ([Exchange.ClaimOrder]), and to draw new numbers when those in hand are used up
// ([Exchange.Run] draws them ahead). Where the hub is away a bench packs on what it has, and
// another order is refused with the reason.
//
// The hub itself checks who may write what, that a row follows the one before it, and that
// its hash is right: see schema.sql. There is no server of ours between.
//
// Only this package knows pgx. It must hold no rule of packing, and nothing of pack, engine
// or screen may know it.
package hub

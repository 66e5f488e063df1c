// Package effects carries out what the machine wishes for: it opens orders, asks
// carriers, buys of them and gives back, prints, tells the scale, claims and frees;
// one file an effect.
//
// A [Runner] is the engine's runner. It must not decide: each effect ends in an
// event that says what became of it, and where nobody can know, the event says so
// and nothing is done twice by itself (L4, C5). What stands on paper is for package
// papers, what only reads for package lookup; devices reach it as a printer.Printer
// and a [Scale], whoever sells the way of a parcel as a [Carrier], whoever sent an order
// as [Shops].
package effects

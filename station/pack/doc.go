// Package pack is the packing machine of one bench: every rule of packing, as
// two pure functions over plain values.
//
//	Decide(State, Input) []Fact  holds every rule
//	Fold(State, Fact) State      only applies
//
// A decision knows what the bench has in hand, a job: an order, a van, a return, or nothing
// yet. Commands and codes that mean goods, orders and parcels are given to it; what
// the bench itself is told (a badge, the scale's key, an unlock) is not. Facts carry
// what came out, so that folding them never asks a rule again; what journals of old
// leave to Fold is made whole in old.go.
//
// Both are total: any input in any state gives facts, never a panic; a wrong
// scan is a fact, not an error. The package has no clock, random, log or I/O.
// What a decision needs from outside (what a code means, what a parcel should
// weigh, what carriers ask) travels inside the input. It must not know
// devices, storage, screens or words for people: a Verdict is data, and the
// package say turns it into a sentence.
//
// Nothing in a State, Input or Fact is a person's name, an address, a free
// note or a badge code: they are written to a journal that is kept for ever.
package pack

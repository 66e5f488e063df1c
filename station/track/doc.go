// Package track owns what became of a parcel after it left: what carriers and tracking
// services say of it, put into one neutral state (T1). It is pure: events go in, a
// [Standing] comes out, and the same events give the same one in whatever order they came.
//
// A source reads its answers into [Event]s, with [Mean] for the words of its provider, and
// [Add] keeps each event once. [Of] works out the state by the time of the events, not by
// the order of their arrival. What does not fit together is a [Contradiction], which a
// person should look at: nothing is downgraded in silence. Delivered is what a carrier
// claims, with its [Evidence].
//
// What is new goes into the journal as [Told], in a chain of its own, with ids and codes
// alone: the words of carriers may name people and stand outside of it.
//
// It must not ask anybody, keep anything or know a shop.
package track

// Package watch owns which parcels need somebody after they left (T2): each with its
// reason, since when, and what shows it. It is pure: what clears itself is simply no longer
// found the next time.
//
// [NewGaps] learns how long each lane is usually silent, [Judge] says what is wrong with a
// parcel. Days are the carrier's working days. It must not ask anybody, and knows neither
// the shop nor where events come from.
package watch

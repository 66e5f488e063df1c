// Package member makes a data folder one of several that share a hub, and tells how it
// stands: [Join] brings a folder in or makes a new one from the hub, [Start] keeps it in
// step while a program runs, [Status] and [Release] are for the supervisor.
//
// The exchange itself is package hub's. What goes over here are files: the keys that read
// badges and trace codes, the shop's settings, and the keys of its shops, accounts and
// targets of messages. What two benches made of one thing becomes a case here. The password
// of a folder's login lies in a file of its own. The package must not hold a rule of packing.
package member

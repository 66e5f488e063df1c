// Package people owns what is known of the people at the benches: how a badge
// is recognised without its code being kept, who may do what, and what is
// wrong with a list of people. It must not store anything, and no name and no
// badge code ever leaves it in an error.
package people

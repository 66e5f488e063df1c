// Package screen owns every page, colour and shape that a person sees, and the
// words that are no answer of the machine (those are package say's). It turns
// what is known (the machine's state, the order, the lamps, the scale) into a
// View, one page at a time, and it says which key, touch or command card does
// what. All of it is pure: the same inputs give the same View.
//
// It must not know the toolkit that draws a View, hold any truth of its own,
// read a clock or block. Pixels are the business of the package that renders.
package screen

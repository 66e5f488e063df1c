// Package screen owns every word, colour and shape that a person sees: it
// turns what is known (the machine's state, the order, the lamps, the scale)
// into a View, one page at a time, and it says which key, touch or command
// card does what. All of it is pure: the same inputs give the same View.
//
// It must not know the toolkit that draws a View, hold any truth of its own,
// read a clock or block. Pixels are the business of the package that renders.
package screen

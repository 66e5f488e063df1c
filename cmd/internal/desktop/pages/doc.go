// Package pages is the window's pages beside the bench: the orders to pack and the dock
// for everybody, open cases and the shift book for
// supervisors and managers; one file and one small struct a page.
//
// A page reads by its Reading, in the background, and makes a view of what was read
// last. It must not read on the front's goroutine, and decides nothing that package
// desk decides.
package pages

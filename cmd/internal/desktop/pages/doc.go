// Package pages is the window's pages of supervisors and managers: open cases, the
// shift book, the dock, and the judging of trace codes; one file and one small struct a
// page.
//
// A page reads by its Reading, in the background, and makes a view of what was read
// last. It must not read on the front's goroutine, and decides nothing that package
// desk decides.
package pages

// Package home is the bench's own page in the window: what is shown while an order is
// opened, packed, weighed, labelled and closed, while a van is loaded, and between.
//
// It reads what the page shows of the database in the background, and decides nothing:
// the machine of station/pack does. It belongs to the goroutine of the front's Run, as
// all pages do.
package home

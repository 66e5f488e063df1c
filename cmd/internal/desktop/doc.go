// Package desktop is the window's front without the window: it turns what a person
// touches into inputs for the bench, and what the bench and the devices say into
// views.
//
// A [Front] belongs to the goroutine of its Run, which shows views and carries out
// intents and waits for nothing: the database, files and devices are asked in the
// background by Ask, and what was found is shown when it is there. Each page is one
// file with one small struct around the [shell] that all share. The package must not
// know the toolkit, and decides nothing that package pack decides.
package desktop

// Package sound owns the four sounds of the bench and how they are played. They
// differ in rhythm, not in pitch alone, because the packer looks at the box and
// the scanner beeps too. It must not decide which sound is due.
//
// Run a [Player] in a goroutine of its own and call its Play from anywhere.
package sound

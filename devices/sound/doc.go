// Package sound owns the four sounds of the bench and how they are played. They
// differ in rhythm, not in pitch alone, because the packer looks at the box and
// the scanner beeps too. It must not decide which sound is due.
package sound

package scanner_test

import (
	"fmt"
	"time"

	"packbench/devices/scanner"
)

// A serial scanner sends its AIM identifier, the code and CR, in two reads.
func ExampleFramer() {
	now := time.Now()
	framer := scanner.NewFramer(scanner.Options{})
	framer.Feed([]byte("]E0952123"), now)
	for _, f := range framer.Feed([]byte("4543213\r"), now) {
		fmt.Printf("%s %s\n", f.AIM, f.Data)
	}
	// Output: ]E0 9521234543213
}

// What comes faster than a person types is a scan, the rest is typing.
func ExampleWedge() {
	wedge := scanner.NewWedge(scanner.Options{})
	at := time.Now()
	for i, char := range "4711\r" {
		for _, out := range wedge.Rune(char, at.Add(time.Duration(i)*5*time.Millisecond)) {
			if out.Frame != nil {
				fmt.Printf("scan %s\n", out.Frame.Data)
			}
		}
	}
	// Output: scan 4711
}

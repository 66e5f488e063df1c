package main

import "flag"

// update writes the golden files again instead of comparing with them.
var update = flag.Bool("update", false, "write golden files anew")

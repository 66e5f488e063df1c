// Package assets owns what is compiled into the programs as files: [Sample],
// the sample shop, and [UdevRules], which let a person at the screen use the
// devices. It must not hold logic, and nothing in it may be changed at run
// time.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed sample
var sample embed.FS

// Sample is the sample shop: products.csv, cartons.csv, people.csv, orders.csv
// with days such as {today+1}, rates.json, station.toml, and
// shopify-orders.csv as an example of a shop's own export. Everybody and
// everything in it is invented.
func Sample() (fs.FS, error) { return fs.Sub(sample, "sample") }

package carton

import "packbench/station"

// ByVolume is the rule that the packer is measured beside.
func ByVolume(items []Item, cartons []station.Carton) station.Carton {
	c, _ := byVolume(items, cartons, DefaultOptions())
	return c
}

package account

import "packbench/station/carrier"

// Slug is the one word that a bench has for a carrier, see [carrier.Slug].
func Slug(name string) string { return carrier.Slug(name) }

// Named is what people call a carrier, see [carrier.Named].
func Named(slug string) string { return carrier.Named(slug) }

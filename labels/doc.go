// Package labels turns what a document says into a [Layout]: boxes on whole
// dots of one printer. A kind of document is one file with a value that says
// everything ([Shipping], [Slip], [Inside], [Sheet]) and one pure function that
// lays it out ([ShippingLabel], [PackingSlip], [InsideSlip], [CardSheet]). What
// draws a Layout (labels/pdf, labels/picture, labels/zpl) decides nothing more.
//
// Name the printer by a [Profile], call the function of the document, look at
// what is [Missing], and give the Layout to one that draws. An error means that
// there is no document; what is missing was left out or replaced, and the
// packer must be told.
//
// The package measures text with the embedded fonts, so that wrapping,
// shrinking and missing characters are settled before anything is drawn. It
// must not draw, print, read files or know where an order came from.
package labels

// Package labels turns what a document says into a Layout: boxes on whole dots
// of one printer. A kind of document is one file with a value that says
// everything (Shipping, Slip, Inside, Sheet) and one pure function that lays it
// out. What draws a Layout (labels/pdf, labels/picture, labels/zpl) decides
// nothing more.
//
// The package measures text with the embedded fonts, so that wrapping,
// shrinking and missing characters are settled before anything is drawn. It
// must not draw, print, read files or know where an order came from.
package labels

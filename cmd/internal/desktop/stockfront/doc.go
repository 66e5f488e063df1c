// Package stockfront is the window's side of the goods: what runs low with the ledger of
// each product, a count from bin to bin with the scanner, and the products of the
// catalogue.
//
// Each page belongs to the goroutine of the front's Run, asks the stockroom, the desk and
// the store in the background, and shows what came of it. It holds no more of a long list
// than it shows, and a little around. It must not book anything itself, and decides
// nothing that package stockroom or package desk decides; who counts is never told what
// should be there.
package stockfront

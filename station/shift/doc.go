// Package shift owns the manager's shift book (P4): what a window of time held,
// computed from the journal's facts alone, with three balances that must come
// out even and every gap named, and its export as CSV, XLSX, PDF and JSON.
//
// It is pure: the same entries give the same book, byte for byte. It decides
// nothing about packing, reads no clock and stores nothing; files are written
// by its callers, whole or not at all. It knows people by their ids only,
// unless the caller names them.
package shift

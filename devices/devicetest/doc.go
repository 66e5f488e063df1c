// Package devicetest owns the suite that every scale's decoder passes. It is
// for tests only.
package devicetest

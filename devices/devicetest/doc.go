// Package devicetest owns the suites that every decoder of a scale and of a
// scanner passes, and the events that a keyboard sends. It is for tests only.
package devicetest

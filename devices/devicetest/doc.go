// Package devicetest owns the suites that every decoder of a scale and of a
// scanner passes, [Scale] and [Scanner], and the events that a keyboard sends.
// A new protocol's test gives the suite its sessions: bytes, and what they
// mean. It is for tests only.
package devicetest

// Package cases owns the supervisor's desk: the cases that the benches open,
// what the desk decides about them, how repeated causes are grouped and the
// timeline behind a case (P3). It is pure: a projection of cases can be
// rebuilt from the journal at any time. It must not hold a note's text, a name
// or a badge code, nor store anything.
package cases

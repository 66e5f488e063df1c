// Package llrp owns what fixed RFID readers say by the Low Level Reader Protocol 1.0.1 of
// EPCglobal: which tags they see. [Decoder] turns bytes into messages and is pure; [Read]
// has a reader look for tags until it finds no new one.
//
// It knows what counting needs: that a reader is there (63), its reports of tags (61),
// whether it is still heard (62, 72), one order to look for tags (20, 24, 21) and the end
// (14). It must not know what a tag stands for, nor keep anything: package gs1 reads an
// EPC. Everything else that a reader says is passed over.
//
// A message is, big end first: 3 bits nothing, 3 bits version, 10 bits type, 32 bits
// length with the head, 32 bits id, then parameters. A parameter is either 1 bit 1, 7 bits
// type and a value whose length follows from the type, or 6 bits nothing, 10 bits type, 16
// bits length with its head, and a value.
//
// Source: EPCglobal Low Level Reader Protocol 1.0.1, 2007, chapters 16 and 9 to 15.
package llrp

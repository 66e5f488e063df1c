package sim

import "math/bits"

// even7 returns the bytes of a line with seven data bits and even parity, as
// they look when the host reads eight: bit 7 makes the count of ones even.
func even7(data []byte) []byte { return parity7(data, 0) }

// odd7 is even7 for odd parity.
func odd7(data []byte) []byte { return parity7(data, 1) }

func parity7(data []byte, odd int) []byte {
	sent := make([]byte, len(data))
	for i, b := range data {
		b &= 0x7F
		if bits.OnesCount8(b)%2 != odd {
			b |= 0x80
		}
		sent[i] = b
	}
	return sent
}
